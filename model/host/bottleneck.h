/* bottleneck.h - which resource holds the workloads back, how sure that is, and what comes next.
 *
 * Does      ranks by utilization; proves by giving each of the first few about 10 % more, on the same random numbers, and
 *           seeing whose relief saves most waiting (a faster device also serves faster: that does not count)
 * Units     probability: that this resource's relief (or utilization) is the largest, from paired replicate differences
 * Order     next: by utilization; takes_over_at = 1 / utilization: the factor on today's load at which that resource is full
 */
#ifndef HVPLAN_HOST_BOTTLENECK_H
#define HVPLAN_HOST_BOTTLENECK_H

#include "model/host/group.h"
#include "model/host/result.h"

/* Needs out->resource. prove = false: by utilization alone. */
void bottleneck_find(struct arena *a, const struct group *g, const struct study_options *o,
                     struct scenario_result *out, bool prove);

#endif
