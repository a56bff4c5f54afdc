/* queues.h - which root VPs do the switch work of adapters: queues of VMQ.
 *
 * Does      gives adapters of VMs queues as far as the physical adapters have them, and queues root VPs; from 2012 on moves
 *           them in intervals from the busiest to the idlest while that helps
 * Units     ns of switch work
 * Order     without a queue all work is on the first root VP; the first root VP keeps the default queue where there are others
 * Source    Performance Tuning Guidelines for Windows Server 2012, network: VMQ, dynamic VMQ, second hyper-threads left out,
 *           processors that RSS uses
 */
#ifndef HVPLAN_HOST_QUEUES_H
#define HVPLAN_HOST_QUEUES_H

#include "model/host/run.h"

/* After the root VPs and the VMs of the host are built. */
void queues_init(struct host *h);
/* Root VP of share `share` of an adapter's work. */
int queues_vp(const struct host *h, const struct vnic *n, int share);

#endif
