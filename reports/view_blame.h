/* view_blame.h - the answer of compare --blame: findings, who delays whom, on which resource.
 *
 * Does      fills one section each, see view.h; nothing where the result blames nobody
 */
#ifndef HVPLAN_REPORTS_VIEW_BLAME_H
#define HVPLAN_REPORTS_VIEW_BLAME_H

#include "reports/view.h"

void view_blame_findings(const struct view_context *c, struct view *v);
void view_blame_matrix(const struct view_context *c, struct view_section *s);
void view_blame_rows(const struct view_context *c, struct view_section *s);

#endif
