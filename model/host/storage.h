/* storage.h - virtual disks through the root to physical disks.
 *
 * Does      stages of one disk operation: place in the channel, guest driver, emulation round trips, root work, latency of
 *           the path, metadata visits, the operation itself (RAID penalty, write cache), completion interrupt
 * Units     ns of one spindle or channel; bytes
 * Order     a physical disk serves FIFO; write-back of cached data goes behind foreground operations
 * Source    paths: hyperv-mechanics 3.1-3.3; RAID write penalty and write-back cache: physical_disk mechanism
 */
#ifndef HVPLAN_HOST_STORAGE_H
#define HVPLAN_HOST_STORAGE_H

#include "model/host/job.h"

/* How many operations this instruction makes now: `count`, more for reads when the file cache is short of memory. */
int storage_operations(struct job *j, const struct instruction *in);
void storage_outside_init(struct pdisk *d);

bool storage_channel(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_submit(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_worker(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_exits(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_root(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_delay(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_visits(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_device(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_complete(struct job *j, const struct instruction *in, const struct plan *p);
bool storage_leave(struct job *j, const struct instruction *in, const struct plan *p);

#endif
