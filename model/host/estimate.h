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
    double delay_ns;            /* latencies that hold no resource */
    double total_ns;            /* all of it, one after the other */
};

struct estimate estimate_workload(struct arena *a, const struct workload *w);
/* Jobs a second that the workload offers when nobody waits. */
double estimate_rate(const struct workload *w, const struct estimate *e);

#endif
