/* runq.h - queues of ready VPs.
 *
 * Does      VPs below their reserve first, by the time when they must run at the latest; then least virtual runtime; ties by
 *           arrival. One queue for the host (and
 *           one for each CPU group with LPs of its own), or one an LP: then LPs without work take from the others, those
 *           of their NUMA node first, and a periodic balance evens the queues out
 * Units     virtual runtime = wall ns x 100 / weight
 * Shape     root VPs never stand in a queue: they wait at their LP
 * Source    TLFS 2.0a 18.2.3 (weight); start-time fair queueing: Goyal, Vin and Cheng (1996) for the clock that sleepers wake
 *           with
 */
#ifndef HVPLAN_HOST_RUNQ_H
#define HVPLAN_HOST_RUNQ_H

#include "model/host/run.h"

#define RUNQ_ORDINARY (INT64_C(1) << 61) /* behind every VP below its reserve */

void runq_init(struct host *h);
int64_t runq_key(const struct vp *vp);
/* The same order among VPs of different queues, whose clocks differ: how far each is ahead of its own. */
int64_t runq_lead(const struct vp *vp);
/* The VP is Ready; near = the LP whose queue it joins where there is one an LP. */
void runq_push(struct vp *vp, int near);
void runq_remove(struct vp *vp);
/* The VP that this LP should run next, NULL if none waits; it stays in its queue. */
struct vp *runq_head(const struct lp *lp);
/* The same from other LPs' queues, for an LP with nothing to do. */
struct vp *runq_steal(const struct lp *lp);
/* Queues per LP: a VP of the longest that should go to the shortest, LP *to; NULL if they differ by less than two VPs
 * (running ones counted). */
struct vp *runq_uneven(const struct host *h, int *to);
/* The VP goes to this LP, or goes on there. While others wait for it (`contended`) the clock follows whoever was due last; else
 * what the VP has used is forgotten: it took it from nobody. */
void runq_dispatched(struct vp *vp, const struct lp *lp, bool contended);
/* Sleeping earns no credit, but being away for a moment loses none: up to two quanta of what it was owed are kept. */
void runq_forget_sleep(struct vp *vp);

#endif
