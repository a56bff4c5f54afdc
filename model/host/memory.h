/* memory.h - who gets how much memory, and what is missing.
 *
 * Does      static VMs get all or count as not fitting; dynamic ones get demand plus buffer as far as the host reaches, shared
 *           by weight; a lack becomes paging I/O, CPU and more disk reads
 * Units     bytes
 * Source    reserves: BizTalk guide (300 MB hypervisor, 512 MB root, 32 MB + 8 MB per further GB a VM), Dynamic Memory
 *           buffer: hyperv-mechanics 5
 */
#ifndef HVPLAN_HOST_MEMORY_H
#define HVPLAN_HOST_MEMORY_H

#include "model/host/run.h"

/* Fills assigned, pressure, lack, paging rate and read factor of the host's VMs, and the host's own figures. */
void memory_assign(struct run *run, struct host *h);

#endif
