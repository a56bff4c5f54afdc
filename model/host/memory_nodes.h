/* memory_nodes.h - which NUMA node the memory of each VM lies in.
 *
 * Does      fills remote_memory of the host's VMs: a VM's memory goes to the nodes of its processors as far as they have room,
 *           in the order of the model; a stated share wins
 * Units     share of the VM's memory that its processors reach through another node, 0..1
 * Order     after memory_assign and build_cpu_nodes; the memory does not move later
 * Source    Microsoft, Hyper-V processor performance: memory near the processor where possible; a VM with Dynamic Memory has
 *           one virtual NUMA node, and none has more before Hyper-V 2012
 */
#ifndef HVPLAN_HOST_MEMORY_NODES_H
#define HVPLAN_HOST_MEMORY_NODES_H

#include "model/host/run.h"

void memory_nodes_place(struct run *run, struct host *h);

#endif
