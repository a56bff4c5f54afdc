/* resolve_io.h - disks and adapters of a VM: the device below, the kind. */
#ifndef HVPLAN_SCENARIOS_RESOLVE_IO_H
#define HVPLAN_SCENARIOS_RESOLVE_IO_H

#include "scenarios/resolve.h"

/* `host` = the host's node in the file; `at` = the VM. */
void resolve_io_disks(struct resolve *r, struct vm_spec *v, const struct node *vm, const struct node *host,
                      bool physical, const struct bind_at *at);
void resolve_io_nics(struct resolve *r, struct vm_spec *v, const struct node *vm, const struct node *host,
                     bool physical, const struct bind_at *at);

/* Once all VMs are complete: a disk that a VM has for itself (discrete device assignment) is nobody else's. */
void resolve_io_exclusive(struct resolve *r);

#endif
