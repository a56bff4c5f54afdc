/* exits.h - synchronous round trips of emulated devices to the worker process of their VM.
 *
 * Does      makes the round trips of one operation or chunk of packets one after the other: the VP enters the hypervisor and is
 *           Suspended, the VM's worker process takes the access (one at a time, first come first served), a root VP answers
 *           it, the VP resumes and makes the next one
 * Units     ns of an LP of speed 1.0
 * Order     the burst before the stage makes the first trip: it ends in the Suspended state (burst.suspends); nothing else runs
 *           on that VP until the trip is answered, and interrupts that came meanwhile go before the next one
 * Source    Savill, Mastering Windows Server 2016 Hyper-V, p. 85; TLFS 2.0 section 9.1: only that VP is suspended
 */
#ifndef HVPLAN_HOST_EXITS_H
#define HVPLAN_HOST_EXITS_H

#include "model/host/job.h"
#include "model/mechanism/mechanism.h"

/* Round trips of a cost, in whole numbers: what a fraction is more or less goes to the length of each. */
struct trips exits_trips(const struct cost *c);
/* The guest's side of a cost without its round trips, but for the first of each end that has any. */
struct overhead exits_overhead(const struct cost *c, const struct trips *t, double share, int trips);
/* A stage: `trips` of them on `vm`, the first one already made; it stays the job's stage until the last one is answered. */
bool exits_walk(struct job *j, struct vm *vm, int trips, const struct trips *t, int row_root);

#endif
