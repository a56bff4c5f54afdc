/* emit_disk.h - disks in a counter log: the hardware, the virtual disks as the root serves them, and as guests wait for them.
 *
 * Does      PhysicalDisk and LogicalDisk of hosts and guests; Hyper-V Virtual Storage Device; Virtual IDE Controller (Emulated)
 * Units     as counter_rows says
 * Shape     LUNs that a guest reaches itself (iSCSI, virtual Fibre Channel) and disks assigned to it directly do not show in the
 *           root; Avg. Disk Queue Length is the time average of what is outstanding; reads' and writes' parts are booked when an
 *           operation ends, as Windows does it
 */
#ifndef HVPLAN_HOST_EMIT_DISK_H
#define HVPLAN_HOST_EMIT_DISK_H

#include "model/host/sheet.h"

/* The hardware, and its volumes: a disk given whole to a VM has none in the root. */
void emit_disk_host(struct sheet *s, const struct host *h);
/* The VM's disks, as its host sees them. */
void emit_disk_vm(struct sheet *s, const struct vm *vm);
/* The VM's disks, as it logs them itself. */
void emit_disk_guest(struct sheet *s, const struct vm *vm);

#endif
