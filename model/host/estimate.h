/* estimate.h - what a job costs on each resource, without simulating: for pilot lengths, bounds and second opinions.
 *
 * Does      adds up the plans of a compiled workload: expected service and overhead by row of its breakdown
 * Units     ns a job; members of a site count with equal shares; parallel branches all count
 */
#ifndef HVPLAN_HOST_ESTIMATE_H
#define HVPLAN_HOST_ESTIMATE_H

#include "model/host/run.h"

struct estimate {
    double *service, *overhead; /* by row of the workload's program */
    double *
        behind; /* by row: work of the resource that the job does not wait for: writes from a cache, the other parts of a
                       RAID write or of a striped operation */
    double delay_ns; /* latencies that hold no resource */
    double
        longest_ns; /* what the longest of parts that run side by side takes more than their mean; not in the total */
    double
        quota_ns; /* what it takes of the maxima of storage QoS; not in the total: it waits for that only when too many come */
    double total_ns; /* all of it, one after the other */
};

struct estimate estimate_workload(struct arena *a, const struct workload *w);
/* Jobs a second that the workload offers when nobody waits, and that storage QoS lets through. */
double estimate_rate(const struct workload *w, const struct estimate *e);

#endif
