/* diskview.h - the same operations of a virtual disk as two observers see them: the guest and the root.
 *
 * Does      stages that note when an operation is issued in the guest, reaches the root, is answered there and ends in the guest;
 *           counts, latencies, outstanding operations and idle time of both views
 * Units     ns, bytes
 * Order     guest: from the wait for a place in the channel to the end of the completion's interrupt work; root: from the parser
 *           to the answer of the device, both included
 * Source    guest's PhysicalDisk: above the port driver; Hyper-V Virtual Storage Device: in the root's storage provider
 */
#ifndef HVPLAN_HOST_DISKVIEW_H
#define HVPLAN_HOST_DISKVIEW_H

#include "model/host/job.h"

bool diskview_issue(struct job *j, const struct instruction *in, const struct plan *p);
bool diskview_reach(struct job *j, const struct instruction *in, const struct plan *p);
bool diskview_answer(struct job *j, const struct instruction *in, const struct plan *p);
bool diskview_end(struct job *j, const struct instruction *in, const struct plan *p);

/* Operations outstanding x ns, and ns without any, up to the present. */
double diskview_area(const struct disk_view *v, sim_ns now);
double diskview_idle(const struct disk_view *v, sim_ns now);

#endif
