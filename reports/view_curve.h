/* view_curve.h - the answer of compare --vcpu-curve: findings, the curve, what the neighbours lose.
 *
 * Does      fills one section each, see view.h; nothing where the result has no curve
 */
#ifndef HVPLAN_REPORTS_VIEW_CURVE_H
#define HVPLAN_REPORTS_VIEW_CURVE_H

#include "reports/view.h"

void view_curve_findings(const struct view_context *c, struct view *v);
void view_curve_points(const struct view_context *c, struct view_section *s);
void view_curve_neighbours(const struct view_context *c, struct view_section *s);

#endif
