/* speed.h - how fast an LP works for the VP that it runs.
 *
 * Does      host speed by busy LPs (contention, clock boost), x SMT share while the sibling is busy, x NUMA factor of the VP,
 *           x what spinning for locks of preempted VPs leaves
 * Units     factors of the reference speed
 * Source    the mechanisms contention, clock_boost, numa, lock_holder say how much; here is when
 */
#ifndef HVPLAN_HOST_SPEED_H
#define HVPLAN_HOST_SPEED_H

#include "model/host/run.h"

void speed_host_init(struct host *h);
/* The LP's speed for what it runs (or would run without anybody's help if it is free). */
double speed_of(const struct lp *lp);
/* The speed may have changed: rescales the work in progress. */
void speed_update(struct lp *lp);
/* Share of a running VP's time that spins now. */
double speed_lock_loss(const struct vm *vm);
/* A VP lost its LP in the middle of its work, or has it back (or no more work). */
void speed_preempted(struct vp *vp, bool preempted);
/* Number of busy LPs. */
void speed_busy(struct host *h, int change);

#endif
