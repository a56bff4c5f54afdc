/* machine.h - the machines of a set of logs, with what each of them has.
 *
 * Does      groups series by machine and instance; splits names such as "web01:Hv VP 0" into VM and number
 * Owns      everything lives in the arena of the set; series are those of the set
 * Order     as in the logs; VPs by VM
 */
#ifndef HVPLAN_CALIBRATE_MACHINE_H
#define HVPLAN_CALIBRATE_MACHINE_H

#include "calibrate/logset.h"

/* One LP, VP, disk, adapter ... with its counters. */
struct instance {
    const char *name; /* as logged; "" for objects without instances */
    const struct log_series *by[NAMES];
    int vm; /* CLASS_VP: index of the VM; else -1 until it is assigned */
};
struct instance_list {
    struct instance *item;
    int n, room;
    struct instance *total; /* the _Total instance, or NULL */
};
struct vm_log {
    const char *name;
    int vps;
    const struct log_series *requests, *response; /* Application(vm), or a throughput counter of the guest */
    bool guest_clock;                             /* they were logged by the guest itself */
};
struct machine {
    const char *name;
    bool hyperv;
    const struct machine *host; /* of a guest whose host is in the logs too; else NULL */
    struct instance_list cls[CLASSES];
    struct vm_log *vm;
    int vms, vm_room;
    const struct log_series *requests, *response; /* of a physical machine: all its applications together */
};
struct machines {
    struct machine *item;
    int n, room;
    const struct log_series **work; /* all series: the inventory may name any of them as unit of work */
    int works, work_room;
    const char *file;    /* first of the logs, for messages */
    const char *objects; /* names of the objects in the logs, for messages; cut after 8 */
};

struct machines *machine_all(const struct logset *s);
/* LPs that the log shows: LPs, root VPs or single processors; 0 if only a total is there. */
int machine_lps(const struct machine *m);
/* Mean over instances, or of the total where there are no single ones, within [from, to]; as a share of 1 for
 * percentages; NaN if not logged. Sets *from_total. */
double machine_mean(const struct machine *m, enum known_class c, int name, int64_t from_ns, int64_t to_ns);
/* VM of that name, without regard to case and to characters that PerfMon replaces; -1. */
int machine_vm(const struct machine *m, const char *name);

#endif
