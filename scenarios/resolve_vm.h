/* resolve_vm.h - VMs: host, disks, adapters, memory, processors. */
#ifndef HVPLAN_SCENARIOS_RESOLVE_VM_H
#define HVPLAN_SCENARIOS_RESOLVE_VM_H

#include "scenarios/resolve.h"

void resolve_vm(struct resolve *r, int i);

#endif
