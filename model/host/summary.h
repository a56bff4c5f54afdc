/* summary.h - from the replications of a case to its result.
 *
 * Does      means and intervals of every metric, percentiles, resources, breakdowns, objectives, hypervisor accounts, bounds
 */
#ifndef HVPLAN_HOST_SUMMARY_H
#define HVPLAN_HOST_SUMMARY_H

#include "model/host/group.h"
#include "model/host/result.h"

/* Returns false when the precision was not reached for a workload's response (never for saturated cases). */
bool summary_fill(struct arena *a, const struct group *g, const struct study_options *o,
                  struct scenario_result *out);

#endif
