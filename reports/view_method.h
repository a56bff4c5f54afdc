/* view_method.h - the sections that say how far to trust: report card, warnings, assumptions, theory, provenance.
 *
 * Does      fills one section each, see view.h
 */
#ifndef HVPLAN_REPORTS_VIEW_METHOD_H
#define HVPLAN_REPORTS_VIEW_METHOD_H

#include "reports/view.h"

void view_method_card(const struct view_context *c, struct view_section *s);
void view_method_warnings(const struct view_context *c, struct view_section *s);
void view_method_assumed(const struct view_context *c, struct view_section *s);
void view_method_bounds(const struct view_context *c, struct view_section *s);
void view_method_metrics(const struct view_context *c, struct view_section *s);
void view_method_provenance(const struct view_context *c, struct view_section *s);

#endif
