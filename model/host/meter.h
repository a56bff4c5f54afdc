/* meter.h - reserve and limit of a VP, and budgets of CPU groups, over the accounting window.
 *
 * Does      tells whether a VP is below its reserve, or has used up its limit or its group's budget, in the window that holds
 *           the present time. VPs draw on the budget by grants of a few ms, which end with the window: no window exceeds it
 * Units     wall ns of LP time; windows start at multiples of the host's window
 * Source    TLFS 2.0a 18.2: both hold "over a sufficiently long period", hundredths of a second
 */
#ifndef HVPLAN_HOST_METER_H
#define HVPLAN_HOST_METER_H

#include "model/host/run.h"

void meter_use(struct vp *vp, double wall_ns);
/* Time by which the scheduler must look at the VP again, if it keeps running. */
sim_ns meter_next(struct vp *vp);
bool meter_below_reserve(const struct vp *vp); /* false for VPs without reserve */
/* Of a VP below its reserve: when it must run at the latest, and without a break, to have it within the window. While the VP
 * waits it stays the same. */
sim_ns meter_latest(const struct vp *vp);
/* The limit is used up, or the group has nothing more to grant. */
bool meter_spent(struct vp *vp);
/* The VP has no more work: what it holds of the group's budget goes back. */
void meter_return(struct vp *vp);
/* Wakes the VP's timer at the next window, or when a waiting VP must run to have its reserve. */
void meter_watch(struct vp *vp);

#endif
