/* place.h - what the mechanisms are told about where a demand happens, and their answer for one instruction.
 */
#ifndef HVPLAN_HOST_PLACE_H
#define HVPLAN_HOST_PLACE_H

#include "model/host/program.h"

struct place place_of(const struct vm *vm, const struct workload_spec *w);
/* The distribution that a time of the model file stands for. */
struct dist place_dist(const struct time_spec *t);
/* mechanism_cost, with overheads: {cpu: 15 %} put in its place if the model has it. */
struct cost place_cost(const struct model *m, const struct demand *d);
/* Guest and hypervisor part of a cost, `share` of it. */
struct overhead place_overhead(const struct cost *c, double share);
/* Speed factors of a VP that runs in its VM's home NUMA node, and outside it; 1 on a host with one node. */
double place_home_speed(const struct vm *vm);
double place_remote_speed(const struct vm *vm);
/* Loss of speed of a running VP while all its siblings wait for an LP; with some of them it is linear. */
double place_preempted_loss(const struct vm *vm);
/* Fills the CPU part of a plan: speed, slowdown, tax. */
void place_plan_cpu(struct plan *p, const struct run *run, const struct workload_spec *w);
/* Operations that file systems add to these, where files lie in pieces: those of guests and the root's. */
struct splits {
    double guest, host;
};
struct splits place_disk_splits(const struct vdisk_spec *v, const struct pdisk_spec *on, double operations,
                                double bytes);
/* A random operation without anything of a virtual disk: metadata, load from outside. */
struct device_cost place_disk_random(const struct pdisk *d, double bytes, bool write);
/* What a virtual disk and the disk below it are, for operations of that size. Calibration asks it as well. */
void place_disk_at(struct place *at, const struct vdisk_spec *v, const struct pdisk_spec *on, double bytes);
void place_disk_plan(struct plan *p, const struct run *run, const struct workload_spec *w,
                     const struct step *s, int disk);
/* What a physical adapter offloads; `first` of a team, or further members: the team does what all of them do. */
void place_net_adapter(struct place *at, const struct pnic_spec *s, bool first);
/* One chunk of a message from the plan's VM (or its peer, when receiving) through the virtual switch. */
void place_net_message(struct plan *p, const struct run *run, const struct workload_spec *w,
                       const struct step *s, int nic, bool sending);
void place_net_connect(struct plan *p, const struct run *run, const struct workload_spec *w, int nic);
void place_plan_spawn(struct plan *p, const struct run *run, const struct workload_spec *w);

#endif
