/* memory.h - who gets how much memory, and what is missing.
 *
 * Does      static VMs get all or count as not fitting; dynamic ones get demand plus buffer as far as the host reaches, shared
 *           by weight, looked at again every period where demands move; a lack shrinks the file cache, then becomes faults
 * Units     bytes
 * Shape     demand = stated demand + memory of the jobs inside (struct memory_spec); goal <= maximum, >= minimum
 * Order     memory_assign once all VMs are built; memory_inside as jobs come and go
 * Source    reserves: BizTalk guide (300 MB hypervisor, 512 MB root, 32 MB + 8 MB per further GB a VM); pressure, buffer and
 *           weight of Dynamic Memory: Eales 2016, Microsoft virtualization team blog (2010), part 6
 */
#ifndef HVPLAN_HOST_MEMORY_H
#define HVPLAN_HOST_MEMORY_H

#include "model/host/run.h"

/* Fills assigned, pressure, lack, faults and read factor of the host's VMs, and the host's own figures; starts the balancer
 * where demands move. */
void memory_assign(struct run *run, struct host *h);
/* Gives each VM at once what the balancer would end up with. */
void memory_settle(struct run *run, struct host *h);
/* What the VM needs now to run without paging, file cache included. */
double memory_demand(const struct vm *vm);
/* A job came to the VM (+1) or left it (-1). */
void memory_inside(struct vm *vm, int change);
/* Can the VM ever have less than it needs? */
bool memory_may_lack(const struct vm *vm);

/* Time integrals up to now, in bytes x ns. */
struct memory_areas {
    double assigned, pressure, cache, inside;
};
struct memory_areas memory_areas(const struct vm *vm);
double memory_used_area(const struct host *h);
double memory_available_area(const struct host *h);

#endif
