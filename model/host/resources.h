/* resources.h - utilization and queue of every resource in a window.
 *
 * Does      one walk over everything that can be a bottleneck
 * Units     utilization 0..1; queue: mean number waiting (VPs ready, threads, operations, chunks)
 * Order     processors, VMs and pools, devices, memory, externals, locks
 *
 * The root's utilization is that of its busiest VP: without VMQ one of them does all the switch's work, and a mean over
 * all would hide it. A NIC's is that of its busier direction.
 */
#ifndef HVPLAN_HOST_RESOURCES_H
#define HVPLAN_HOST_RESOURCES_H

#include "model/host/metrics.h"

/* Utilization of memory above which VMs do not fit; a host that is exactly full may round to a hair over 1. */
#define RESOURCES_OVERCOMMITTED 1.000001

typedef void (*resource_sink)(void *context, const struct resource_result *r);
void resources_walk(const struct window *w, struct arena *a, resource_sink sink, void *context);

#endif
