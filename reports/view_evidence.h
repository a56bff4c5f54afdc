/* view_evidence.h - the sections that prove: responses, breakdown, utilization, trail, differences, hypervisor time.
 *
 * Does      fills one section each, see view.h
 */
#ifndef HVPLAN_REPORTS_VIEW_EVIDENCE_H
#define HVPLAN_REPORTS_VIEW_EVIDENCE_H

#include "reports/view.h"

void view_evidence_workloads(const struct view_context *c, struct view_section *s);
void view_evidence_breakdown(const struct view_context *c, struct view_section *s);
void view_evidence_utilization(const struct view_context *c, struct view_section *s);
void view_evidence_trail(const struct view_context *c, struct view_section *s);
void view_evidence_comparison(const struct view_context *c, struct view_section *s);
void view_evidence_accounts(const struct view_context *c, struct view_section *s);

#endif
