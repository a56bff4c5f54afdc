/* opinion.h - the second opinion beside each simulated response: bounds and a product-form network.
 *
 * Does      builds a queueing network from the plans and solves it
 * Shape     all workloads open: open network (M/M/c at each station); all closed: approximate MVA; mixed: closed ones enter
 *           as open at their simulated throughput
 * Order     a row a workload; NaN where it does not apply (saturated, parallel branches)
 * Source    model/analytic. CPU demand waits at the VM's VPs or at the host's LPs, whichever is used more: the network has
 *           no simultaneous possession
 */
#ifndef HVPLAN_HOST_OPINION_H
#define HVPLAN_HOST_OPINION_H

#include "model/host/result.h"
#include "model/host/run.h"

/* Needs out->resource and out->workload. Fills out->bound. */
void opinion_fill(struct arena *a, const struct run *run, struct scenario_result *out);

#endif
