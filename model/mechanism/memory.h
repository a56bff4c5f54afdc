/* memory.h - what a Hyper-V host keeps of its memory, for itself and per VM.
 *
 * Does      reserves of hypervisor, root and VMs from the parameters of mechanism `memory`
 * Units     bytes; `values` are those of all mechanisms (mechanism_param_count() of them)
 * Shape     0 on a physical server
 * Source    BizTalk Server Hyper-V Guide, system resource costs; hyper-v.nu 2012-10 (root reserve from 2008
 * R2)
 */
#ifndef HVPLAN_MECHANISM_MEMORY_H
#define HVPLAN_MECHANISM_MEMORY_H

#include "model/mechanism/mechanism.h"

/* Hypervisor and root of a host with host_bytes. */
double memory_host_bytes(const double *values, enum hv_version version, double host_bytes);
/* A running VM of vm_bytes costs this much more than its size. */
double memory_vm_bytes(const double *values, enum hv_version version, double vm_bytes);

#endif
