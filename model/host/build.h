/* build.h - from a model to the entities of one run, in parts: processors (build_cpu.c), devices (build_io.c), the rest.
 *
 * Owns      everything lives in run->arena
 * Order     LPs and devices of hosts, then VMs, then schedulers and VPs, then workloads
 */
#ifndef HVPLAN_HOST_BUILD_H
#define HVPLAN_HOST_BUILD_H

#include "model/host/run.h"

/* Random stream of an entity (kind, name, name inside it; the last may be NULL), so that adding one does not shift others. */
uint64_t build_stream(const struct run *run, const char *kind, const char *a, const char *b);
void build_seed(const struct run *run, struct rng *r, const char *kind, const char *a, const char *b);

void build_cpu_lps(struct run *run, struct host *h);
void build_cpu_scheduler(struct run *run, struct host *h);
void build_cpu_vps(struct run *run, struct host *h);
void build_cpu_nodes(struct run *run, struct host *h);

void build_io_host(struct run *run, struct host *h);
/* Channels, worker process, disks and adapters of a VM. */
void build_io_vm(struct run *run, struct vm *vm);

#endif
