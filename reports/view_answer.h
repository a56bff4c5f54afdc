/* view_answer.h - the sections that answer: at a glance, what changes, objectives.
 *
 * Does      fills one section each, see view.h
 */
#ifndef HVPLAN_REPORTS_VIEW_ANSWER_H
#define HVPLAN_REPORTS_VIEW_ANSWER_H

#include "reports/view.h"

void view_answer_glance(const struct view_context *c, struct view_section *s);
void view_answer_changes(const struct view_context *c, struct view_section *s);
void view_answer_objectives(const struct view_context *c, struct view_section *s);

#endif
