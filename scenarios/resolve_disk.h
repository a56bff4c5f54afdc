/* resolve_disk.h - physical disks: times from rotation, defaults of kinds; where blocks lie, and whether that can be changed.
 *
 * Does      completes disks of hosts; checks what is said about fragments of virtual disks
 * Errors    ERR_INVALID at the key; warnings W105, W106
 */
#ifndef HVPLAN_SCENARIOS_RESOLVE_DISK_H
#define HVPLAN_SCENARIOS_RESOLVE_DISK_H

#include "scenarios/resolve.h"

void resolve_disk(struct resolve *r, struct pdisk_spec *d, const struct node *n, const struct bind_at *at);
/* guest_run, host_run and defragment of a virtual disk that is otherwise complete. */
void resolve_disk_layout(struct resolve *r, const struct vdisk_spec *v, const struct host_spec *host,
                         const struct node *n, const struct bind_at *at);

#endif
