/* shape_vm.h - tables of what a VM is made of. */
#ifndef HVPLAN_SCENARIOS_SHAPE_VM_H
#define HVPLAN_SCENARIOS_SHAPE_VM_H

#include "scenarios/shape.h"

extern const struct shape shape_vm, shape_vm_disk;

#endif
