/* meter.h - reserve and limit of a VP over the accounting window.
 *
 * Does      tells whether a VP is below its reserve or has used up its limit in the window that holds the present time
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
bool meter_spent(const struct vp *vp);         /* the limit is used up */
/* Wakes the VP's timer at the next window. */
void meter_watch(struct vp *vp);

#endif
