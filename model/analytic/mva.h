/* mva.h - exact mean values of closed networks with several classes.
 *
 * Does      throughput, residence times, numbers present at a population of customers that think and come back
 * Units     see qnet.h; think times in the unit of the demands
 * Shape     population >= 0 of each class; the product of all (population + 1) at most 10^6, and the work (which grows
 *           with stations squared and servers) about a second
 * Errors    false beyond these limits (then use schweitzer.h); negative input, and a class that has customers but
 *           neither demand nor think time, CHECK
 * Source    Reiser and Lavenberg (1980); Buzen (1973)
 */
#ifndef HVPLAN_ANALYTIC_MVA_H
#define HVPLAN_ANALYTIC_MVA_H

#include "model/analytic/qnet.h"

/* Queues with several servers are load-dependent stations with rates min(n, servers). A class without
 * customers gets its bare demands as residence times. */
bool mva_exact(struct arena *a, const struct qnet *net, const int *population, const double *think,
               struct qnet_result *out);

#endif
