/* storage.h - virtual disks through the root to physical disks.
 *
 * Does      stages of one disk operation: place in the channel, guest driver, emulation round trips, root work, latency of
 *           the path, then the device (device.h), completion interrupt
 * Units     ns, bytes
 * Source    disk_path mechanism
 */
#ifndef HVPLAN_HOST_STORAGE_H
#define HVPLAN_HOST_STORAGE_H

#include "model/host/job.h"

/* How many operations this instruction makes now: `count`, more for reads when the file cache is short of memory. */
int storage_operations(struct job *j, const struct instruction *in);

/* Its mean, with the memory that the VM has now. */
double storage_expected(const struct step *s, const struct plan *p);

/* What an operation takes of the maximum of storage QoS: time in which nothing else may go; 0 without a maximum. */
double storage_quota_ns(const struct plan *p);

bool storage_channel(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_submit(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_exits(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_root(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_delay(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_throttle(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_complete(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_leave(struct job *j, const struct instruction *in, const struct plan *p);

/* An initiator in the guest (iSCSI): how often the loop goes round; the LUN has answered; the guest has the data. */
bool storage_loop(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_served(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_finish(struct job *j, const struct instruction *in, const struct plan *p);

#endif
