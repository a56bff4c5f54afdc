/* findings.h - the first paragraphs of a report: what happens, in sentences.
 *
 * Does      turns a result into findings: the answer of a vCPU curve or of blame; else the best what-if per workload, then for each scenario its bottleneck before and after,
 *           responses, missed objectives, saturation; then what makes the figures doubtful
 * Order     summary, scenarios as in the result, doubts
 */
#ifndef HVPLAN_REPORTS_FINDINGS_H
#define HVPLAN_REPORTS_FINDINGS_H

#include "reports/view.h"

void findings_say(const struct view_context *c, struct view *v, const char *about, enum tone tone,
                  const char *text);
void findings_view(const struct view_context *c, struct view *v);

#endif
