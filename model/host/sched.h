/* sched.h - the hypervisor's scheduler: VPs on LPs.
 *
 * Does      preemptive fair share by weight with quantum; reserve, cap and CPU groups over an accounting window; root VPs
 *           pinned one to one and first (or fair). Kinds: classic (an LP is given out at a time), core (a core with its
 *           hyper-threads, to one VM), root (the root's threads: neither weights nor limits nor priority of the root)
 * Units     wall ns on the LPs; virtual runtime = ns x 100 / weight
 * Order     least virtual runtime first, VPs below their reserve before all others; ties by arrival in the queue
 * Source    TLFS 2.0a 10.1.3 (states), 18.1-18.3 (policies); no gang scheduling, no boost for pending interrupts
 *           (Friedman); quantum and window are not published: parameters
 */
#ifndef HVPLAN_HOST_SCHED_H
#define HVPLAN_HOST_SCHED_H

#include "model/host/run.h"

void sched_host_init(struct host *h);
/* An idle, suspended or capped VP has work now. */
void sched_ready(struct vp *vp);
/* A VP's work changed while it may be running: call before and after the change. */
void sched_before_change(struct vp *vp);
void sched_after_change(struct vp *vp);
/* Books progress of all LPs up to now, for reading counters. */
void sched_account_all(struct host *h);

#endif
