/* balancer.h - the root's I/O balancer in front of a physical disk.
 *
 * Does      gives the disk so much work at a time; while it has more than that, further operations wait in the root, in a queue
 *           for each VM, and the VMs take turns: one random operation, or a sequential run long enough that the positioning
 *           between two runs costs no more than a few per cent
 * Units     ns of work on one spindle or channel
 * Shape     nothing to do, and nothing done, for a disk that operations of one VM alone pass
 * Order     operations of one VM keep their order; work given to the disk is served as the disk serves it
 * Source    Performance tuning for Hyper-V servers (I/O balancing controls): on for storage, 83 ms of outstanding work, 8 %
 *           overhead of switching; parameters balance_target and balance_overhead of mechanism `disk_path`
 */
#ifndef HVPLAN_HOST_BALANCER_H
#define HVPLAN_HOST_BALANCER_H

#include "model/host/spindle.h"

/* The queue of the VM at this disk for the virtual disk `s`, or -1 if the balancer is off for it. */
int balancer_join(struct pdisk *d, const struct vm *vm, const struct vdisk_spec *s);
/* The operation goes to `to`: now, or when its VM's turn comes. */
void balancer_submit(struct disk_op *op, struct station *to);
/* The disk has finished it: others may go. */
void balancer_finish(struct disk_op *op);
/* Operations that waited, integrated over time. */
double balancer_held_area(const struct pdisk *d);
/* Has it decided about more than a few of those that waited? Then the disk was not first come, first served. */
bool balancer_rules(const struct pdisk *d);

#endif
