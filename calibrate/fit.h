/* fit.h - what the logs say about hosts, VMs, disks and load, as figures.
 *
 * Does      the result of fitting a range of time; tree.c makes a model of it
 * Units     seconds, bytes, per second, LPs; shares as fractions
 * Owns      everything lives in the arena of the set of logs
 * Absent    figures that the log does not have are NaN
 */
#ifndef HVPLAN_CALIBRATE_FIT_H
#define HVPLAN_CALIBRATE_FIT_H

#include "calibrate/grid.h"
#include "calibrate/inventory.h"
#include "calibrate/stats.h"
#include "model/host/model.h"

enum flow_kind { FLOW_READ, FLOW_WRITE, FLOW_SEND, FLOW_RECEIVE, FLOW_KINDS };
extern const char *const fit_flow_verbs[FLOW_KINDS];

/* Disk operations or network bytes of a VM. */
struct fit_flow {
    enum flow_kind kind;
    int device;           /* index into the VM's disks or adapters */
    double per_s;         /* operations; bytes */
    double bytes;         /* of one operation */
    double packets_per_s; /* network; NaN if not logged */
    double *rate;         /* by interval: operations or packets (bytes where packets are not logged) */
};

struct fit_disk {
    const struct instance *log;
    const char *name, *label;
    struct inventory_entry known;
    enum pdisk_kind kind;
    int servers;
    bool kind_guessed, servers_guessed;
    double reads, writes;           /* per second */
    double read_bytes, write_bytes; /* of one operation */
    double utilization;             /* 1 - idle; NaN */
    double read_latency_s, write_latency_s, queue;
    struct estimate read_s, write_s;  /* service as it was, of operations of that size */
    double scv;                       /* of service times; 1 unless the waits say otherwise */
    int intervals, rejected;          /* rejected: Little's law does not hold within 25 % */
    double read_base_s, write_base_s; /* of one random 8 KiB operation, which the model wants */
    double transfer_bytes_per_s;      /* 0 = the default of the kind fits */
    bool time_guessed;                /* the log has neither latency nor idle time */
};

struct fit_nic {
    const struct instance *log;
    const char *name, *label;
    struct inventory_entry known;
    double bytes_per_s;
    bool guessed;
};

struct fit_device { /* of a VM */
    const char *name, *label;
    struct inventory_entry known;
    const struct instance *log;
    int on;
    bool on_guessed;
};

enum fit_unit { UNIT_OF_COUNTER, UNIT_OF_IO, UNIT_OF_TIME };

struct fit_vm {
    const char *name, *label;
    struct inventory_entry known;
    const struct vm_spec *spec; /* as the model has it */
    int index;                  /* in the machine; -1 = the system of a physical machine */
    int vcpus;
    enum fit_unit unit;
    const char *unit_text, *workload; /* what counts one job; name of the workload */
    double *cpu;                      /* guest LPs by interval */
    double *rate;                     /* jobs per second by interval; NULL unless a counter counts them */
    double cpu_lps, hypervisor_lps;   /* means; hypervisor NaN if it is not logged */
    double wait_ns, dispatches;       /* means over its VPs and sum; NaN */
    double rate_per_s;
    struct estimate cpu_s; /* guest CPU of one job on the logged host, drivers and contention included */
    double job_cpu_s;      /* of the model's cpu step */
    double cpu_scv, arrival_scv;
    double response_s; /* NaN */
    double *response;  /* by interval; NULL unless the log has it */
    int users;         /* > 0: a closed load */
    double think_s;
    double limit;  /* share of each VP; 0 = none seen */
    double weight; /* 0 = nothing seen */
    bool legacy;   /* its hypervisor time is that of a guest that does not know the hypervisor */
    struct fit_device *disk, *nic;
    int disks, nics;
    struct fit_flow *flow;
    int flows, flow_room;
    double memory_bytes, memory_demand_bytes;
    bool memory_guessed;
    double work_correlation; /* of CPU and jobs over intervals; NaN */
};

struct fit_host {
    const struct machine *machine;
    const struct host_spec *spec; /* as the model has it */
    const char *name, *label;
    struct inventory_entry known;
    const struct grid *grid;
    int lps;
    bool lps_guessed, hyperv, slat, slat_guessed, split; /* split: guest and hypervisor time are told apart */
    enum hv_version version;
    bool version_guessed;
    double busy;       /* mean share of LPs */
    double hypervisor; /* LPs; NaN */
    double root_lps, root_load_lps;
    double residual; /* of the LP budget, LPs (mean of what LPs show and nobody accounts for) */
    bool total_only;
    struct fit_disk *disk;
    int disks;
    struct fit_nic *nic;
    int nics;
    struct fit_vm *vm;
    int vms;
    double memory_bytes, available_bytes;
    bool memory_guessed;
};

struct fit_overhead {
    size_t param; /* mechanism_param */
    double value, half;
};

struct fit {
    struct arena *arena;
    struct fit_host *host;
    int hosts;
    double *overhead; /* mechanism_param_count() values that the fit uses */
    struct fit_overhead *fitted;
    int fitted_n, fitted_room;
    bool no_overhead;  /* `overheads: {cpu: 0 %}`: run times hold everything and nothing tells them apart */
    const char **note; /* what was assumed and why, for the card */
    int notes, note_room;
};

/* Fits intervals of [from, to) as fractions of each machine's grid. NULL after errors: nothing to calibrate
 * from. */
struct fit *fit_new(struct arena *a, const struct machines *machines, const struct inventory *inv,
                    double from, double to, struct errs *e);
void fit_note(struct fit *f, const char *fmt, ...) HVPLAN_PRINTF(2, 3);

/* fit_names.c: no two hosts, VMs, or disks or adapters of a host have one name. */
void fit_names_settle(struct fit *f);
/* fit_hyperv.c: run times, version, memory and LP budget of a Hyper-V host and its VMs. */
void fit_hyperv_measure(struct fit_host *h);
/* fit_memory.c: memory of a host, told or guessed. */
void fit_memory_measure(struct fit_host *h);
/* fit_unit.c: what one job of each VM is, and its rate. */
void fit_unit_all(struct fit *f, struct fit_host *h, const struct machines *all, const struct inventory *inv);
/* fit_disk.c: everything but log and name is filled in. */
void fit_disk_measure(struct arena *a, struct fit_disk *d, const struct grid *g);
/* fit_vm.c: CPU, unit of work, flows of the system of a physical machine, or of a VM. */
void fit_vm_measure(struct fit *f, struct fit_host *h, struct fit_vm *v, const struct log_series *work);
/* fit_flow.c: disks and adapters of a VM with their traffic. */
void fit_flow_physical(struct fit *f, struct fit_host *h, struct fit_vm *v);
void fit_flow_virtual(struct fit *f, struct fit_host *h);
/* fit_place.c: what the mechanisms are told about a VM and its devices (device -1 = none) is read from the model that the
 * fit makes, so that inventory and defaults hold here as they do in a simulation. false after errors. */
void fit_place_kind(struct fit_disk *d);
bool fit_place_load(struct fit *f, struct errs *e);
struct place fit_place_of(const struct fit_host *h, const struct fit_vm *v, enum flow_kind kind, int device,
                          double bytes);
struct cost fit_place_cost(const struct fit *f, const struct place *at, enum demand_kind kind, double amount,
                           double bytes, bool write);
/* Cost of one operation of a disk flow, or of what a network flow sends for one job. */
struct cost fit_place_flow(const struct fit *f, const struct fit_host *h, const struct fit_vm *v,
                           const struct fit_flow *w);
/* Speed of an LP while the host is as busy as it was in the log. */
double fit_place_speed(const struct fit *f, const struct fit_host *h, const struct fit_vm *v);
/* Base times of a disk: the random 8 KiB operation that takes, at the size logged, the time that was fitted. */
void fit_place_disk(const struct fit *f, const struct fit_host *h, struct fit_disk *d);
/* fit_overhead.c: costs of virtualization from run times, and the CPU demand of jobs with drivers and
 * contention taken out. */
void fit_overhead_all(struct fit *f);

/* Sum of a counter over instances as shares or values by interval; only those of `vm` if vm >= 0. NaN where
 * one of them has no value; all NaN if no instance has the counter. */
double *fit_sum(const struct grid *g, const struct instance_list *list, int name, int vm);

#endif
