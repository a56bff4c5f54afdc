/* device.h - physical disks, arrays and LUNs.
 *
 * Does      stages of an operation at the device: metadata visits, the operation itself (RAID, stripes, write cache); load of
 *           others on a shared LUN; what the root's PhysicalDisk counters see. Spindles and heads are in spindle.h
 * Units     ns of one spindle or channel; bytes
 * Order     a queue serves FIFO; write-back of cached data goes behind foreground operations until the cache is full to its high
 *           water; writes that find no room wait for it in the order of arrival
 * Source    RAID write penalty and write-back cache: physical_disk mechanism
 */
#ifndef HVPLAN_HOST_DEVICE_H
#define HVPLAN_HOST_DEVICE_H

#include "model/host/job.h"

void device_init(struct pdisk *d, struct host *h, const struct pdisk_spec *s);

/* Stages of a job's instruction. */
bool device_visits(struct job *j, const struct instruction *in, const struct plan *p);
bool device_operate(struct job *j, const struct instruction *in, const struct plan *p);

/* An operation is sent (+1) or answered (-1): queue and idle time of PhysicalDisk. */
void device_view(struct pdisk *d, int change);
void device_account(struct device_counters *k, bool write, double bytes, double ns);
/* A whole number whose mean is `expected`. */
int device_count(double expected, struct rng *r);

#endif
