/* mechanisms.h - the mechanisms that the registry lists, one a file.
 *
 * Does      lets registry.c name them; everybody else goes through mechanism.h
 * Order     that of mechanism_registry
 */
#ifndef HVPLAN_MECHANISM_MECHANISMS_H
#define HVPLAN_MECHANISM_MECHANISMS_H

#include "model/mechanism/mechanism.h"

#define DEMAND_BIT(kind) (1u << (kind))

extern const struct mechanism virtualization_mechanism, enlightenment_mechanism, slat_mechanism,
    compatibility_mechanism, contention_mechanism, numa_mechanism, clock_boost_mechanism,
    lock_holder_mechanism, disk_path_mechanism, physical_disk_mechanism, network_path_mechanism,
    physical_nic_mechanism, memory_mechanism, process_creation_mechanism, external_mechanism;

#endif
