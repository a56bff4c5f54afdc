/* schweitzer.h - approximate mean values of closed networks of any population.
 *
 * Does      as mva.h, but an arriving customer sees its own class reduced in proportion, which needs no recursion over
 *           populations; usually within a few per cent. Several servers: a queue with the demand divided by the
 *           servers, and a delay for the rest (Seidmann), exact for one customer and in saturation
 * Units     see qnet.h; think times in the unit of the demands
 * Errors    false if the iteration does not settle; negative input, and a class that has customers but neither demand
 *           nor think time, CHECK
 * Source    Schweitzer (1979); Bard (1979); Seidmann, Schweitzer, Shalev-Oren (1987)
 */
#ifndef HVPLAN_ANALYTIC_SCHWEITZER_H
#define HVPLAN_ANALYTIC_SCHWEITZER_H

#include "model/analytic/qnet.h"

bool schweitzer_solve(struct arena *a, const struct qnet *net, const int *population, const double *think,
                      struct qnet_result *out);

#endif
