/* memory.h - what a Hyper-V host keeps of its memory, for itself and per VM, and what a guest gives up when it has less
 * than it needs.
 *
 * Does      reserves of hypervisor, root and VMs, the split of a shortage, the balancer's pace, from the parameters of
 *           mechanism `memory`
 * Units     bytes; `values` are those of all mechanisms (mechanism_param_count() of them)
 * Shape     reserves are 0 on a physical server
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

/* What a guest makes of less memory than it needs. */
struct memory_squeeze {
    double cache_bytes; /* file cache that is left */
    double cache_lack;  /* share of the wanted cache that is gone: amount of a DEMAND_CACHE */
    double lack;        /* missing / needed once the cache has given way: amount of a DEMAND_MEMORY */
};
struct memory_squeeze memory_squeeze(const double *values, double demand_bytes, double cache_bytes,
                                     double there_bytes);

/* Dynamic Memory: time between two looks at the demands; how fast a guest gives memory back. */
double memory_balance_ns(const double *values);
double memory_balloon_bytes_per_s(const double *values);

#endif
