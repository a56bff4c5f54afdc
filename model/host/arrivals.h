/* arrivals.h - where jobs come from: open streams, closed users, traces.
 *
 * Does      starts jobs; each has a random stream of its own (by number, or by user and cycle), so that a change elsewhere
 *           in the model does not shift its demands
 * Source    gaps by scv (dist.h); burst: on-off modulation, rate x burst during the share 1/burst of each period's mean
 */
#ifndef HVPLAN_HOST_ARRIVALS_H
#define HVPLAN_HOST_ARRIVALS_H

#include "model/host/run.h"

void arrivals_init(struct workload *w);
/* A job of `user` (-1: none) has ended; `instant`: in the moment in which it began. */
void arrivals_finished(struct workload *w, int user, bool instant);
/* It was refused: the user asks again later. */
void arrivals_refused(struct workload *w, int user);

#endif
