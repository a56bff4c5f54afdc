/* emit_memory.h - memory in a counter log.
 *
 * Does      Memory of hosts and guests; Hyper-V Dynamic Memory Balancer and VM; VM Vid Partition
 * Units     as counter_rows says
 * Shape     the root of a Hyper-V host does not page, so that it has no Pages/sec; a guest's Memory is logged where the model says
 *           what it needs; Committed Bytes of a guest is its demand without file cache, which is Available
 * Order     emit_memory_look at least once a second of simulated time: lowest and highest pressure, memory added and removed are
 *           of these moments, as those of the Dynamic Memory service are
 */
#ifndef HVPLAN_HOST_EMIT_MEMORY_H
#define HVPLAN_HOST_EMIT_MEMORY_H

#include "model/host/sheet.h"

/* What is seen of a VM's memory between two rows. */
struct memory_watch {
    double least, most;           /* pressure, this interval */
    double pressure_area, faults; /* at its start */
    double assigned, peak;        /* last seen; highest ever */
    double added, removed;        /* since the start */
};

/* By VM; as of now. */
struct memory_watch *emit_memory_watch(struct arena *a, const struct run *run);
void emit_memory_look(struct memory_watch *w, const struct run *run);
/* The row is written: a new interval begins. */
void emit_memory_next(struct memory_watch *w, const struct run *run);

void emit_memory_host(struct sheet *s, const struct host *h);
/* The VM's memory, as its host sees it. */
void emit_memory_vm(struct sheet *s, const struct vm *vm);
/* The VM's memory, as it logs it itself. */
void emit_memory_guest(struct sheet *s, const struct vm *vm);

#endif
