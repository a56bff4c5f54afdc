/* findings.h - the first paragraphs of a report: what happens, in sentences.
 *
 * Does      turns a result into findings: the best what-if per workload, then for each scenario its bottleneck before and after,
 *           responses, missed objectives, saturation; then what makes the figures doubtful
 * Order     summary, scenarios as in the result, doubts
 */
#ifndef HVPLAN_REPORTS_FINDINGS_H
#define HVPLAN_REPORTS_FINDINGS_H

#include "reports/view.h"

void findings_view(const struct view_context *c, struct view *v);

#endif
