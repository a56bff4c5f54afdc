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

bool storage_channel(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_submit(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_worker(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_exits(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_root(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_delay(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_complete(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_leave(struct job *j, const struct instruction *in, const struct plan *p);

#endif
