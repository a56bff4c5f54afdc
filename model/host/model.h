/* model.h - a model as data: what hvplan.model/1 says, resolved and in internal units.
 *
 * Does      describes hosts, VMs, external services, workloads, objectives; nothing runs here
 * Units     ns, bytes, bytes per second, per second, fractions, LPs
 * Owns      all of it lives in the arena that it was built in; read-only during runs
 * Order     as in the file; references are indices into the arrays of struct model, or into the arrays of the host or VM
 */
#ifndef HVPLAN_HOST_MODEL_H
#define HVPLAN_HOST_MODEL_H

#include "model/engine/dist.h"
#include "model/mechanism/mechanism.h"
#include <stdbool.h>
#include <stddef.h>

/* A time that is a demand. scv < 0 is never stored: the default 1 (exponential) is filled in. */
struct time_spec {
    double mean_ns, scv;
    enum dist_kind family; /* DIST_AUTO unless the file names one */
    /* DIST_PARETO_BOUNDED given by its own parameters (dist_make_pareto); shape 0 = given by mean and scv. The mean and
     * scv that follow from them are filled in either way. */
    double shape, lower_ns, upper_ns;
    /* DIST_QUANTILES: the points in ns; mean and scv follow from them. */
    const struct dist_quantile *quantile;
    int quantiles;
};

struct cpu_spec {
    int sockets, cores, threads; /* cores per socket, threads per core: LPs = product, 1..512 */
    double speed;                /* relative to the reference, 1.0 */
    enum vendor vendor;
    bool slat, large_pages;
    int generation;    /* row of generations_rows; -1 = not stated */
    int nodes;         /* NUMA nodes, 1..; each has LPs / nodes */
    double boost;      /* clock above `speed` with one LP busy */
    const char *label; /* e.g. "Xeon E5450", or NULL */
};

/* VMs that share LPs or a budget of their time. */
struct cpu_group_spec {
    const char *name;
    int lps; /* LPs of its own, the next ones after those of the group before; 0 = all of the host, shared */
    double cap; /* budget of all its VPs together / (LPs x time) */
};

struct hypervisor_spec {
    enum hv_version version; /* HV_NONE = physical machine: exactly one VM, its VPs are the LPs */
    enum hv_scheduler scheduler;
    enum hv_placement placement;
    double quantum_ns, window_ns; /* dispatch quantum; accounting window of reserve and cap */
    int root_vps;                 /* 0 = one a LP; else the first n LPs (minroot) */
    enum hv_queues queues;
    bool steal;        /* QUEUES_PER_LP: an LP that falls idle takes from other queues at once */
    double balance_ns; /* QUEUES_PER_LP: period of evening the queues out; 0 = never */
    struct cpu_group_spec *group;
    int groups;
    bool root_first;    /* root VPs preempt guests (default), else fair share at weight 100 */
    double root_load;   /* the root's own background load, LPs */
    double root_relief; /* root work is divided by this; 0 = 1. Only bottleneck proofs set it */
};

struct pdisk_spec {
    const char *name, *label;
    enum pdisk_kind kind;
    int spindles; /* or channels: servers of the station */
    int raid;
    double stripe_bytes;          /* stripe unit; 0 = operations are not split */
    enum pdisk_queue queue;       /* of operations that wait for spindles */
    int rpm;                      /* 0 = not stated */
    double seek_ns;               /* mean; 0 = not stated */
    double reordering;            /* share of the positioning that a deep queue saves */
    struct time_spec read, write; /* one random 8 KiB operation on one spindle, before penalty and cache */
    bool write_cache;
    double cache_bytes;
    double transfer_bytes_per_s; /* of one spindle; 0 = default of the kind */
    double outside_iops;         /* load of others on a shared SAN LUN, operations per second */
    double outside_writes;       /* share of them */
    double outside_bytes;        /* size of each */
    bool shared;                 /* LUN of a SAN: no advice on defragmentation */
    bool defragment;             /* the files on it lie in one piece */
    enum sectors sectors;
    bool balancer, balancer_stated; /* the root's I/O balancer; not stated: for files on local disks */
    double relief;                  /* times are divided by this; 0 = 1. Only bottleneck proofs set it */
};

struct pnic_spec {
    const char *name, *label;
    double bytes_per_s; /* each direction */
    bool vmq, vmmq, chimney, jumbo, checksum, large_send, rsc;
    int queues;           /* hardware queues for VMQ beside the default one; 0 = one for each adapter */
    double round_trip_ns; /* to peers outside */
};

/* A virtual switch. An adapter of the host that is in none is a switch of its own. */
struct vswitch_spec {
    const char *name;
    enum switch_kind kind;
    int *nic; /* members, indices into the host's nic; none unless external */
    int nics;
    enum team_balance balance;
};

struct host_spec {
    const char *name, *label;
    struct cpu_spec cpu;
    struct hypervisor_spec hv;
    double memory_bytes; /* 0 = not stated: memory is then not modelled */
    struct pdisk_spec *disk;
    int disks;
    struct pnic_spec *nic;
    int nics;
    struct vswitch_spec *vswitch;
    int vswitches;
};

#define CONTROLLERS 4 /* of a kind in a VM */

struct vdisk_spec {
    const char *name, *label;
    enum vdisk_kind kind;
    enum controller controller;
    int controller_number;
    int on;                            /* index into the host's disk */
    int nic;                           /* VDISK_ISCSI: index into the VM's nic, else -1 */
    double allocated;                  /* share of its blocks that exist; < 0 = not stated */
    bool misaligned;                   /* its sectors do not begin where those of the physical disk do */
    double maximum_iops, minimum_iops; /* storage QoS, operations of 8 KiB a second; 0 = none */
    int chain;
    double
        fragmentation; /* splits an operation: of the virtual disk's file, or of the guest's files if it is none */
    double guest_run_bytes,
        host_run_bytes; /* mean length of what lies in one piece: files of the guest; the VHD file on the
                                               root's volume; 0 = all */
    enum defragment defragment;
};

struct vnic_spec {
    const char *name, *label;
    enum vnic_kind kind;
    int on;      /* index into the host's nic; -1 = on a switch */
    int vswitch; /* index into the host's vswitch, or -1 */
    bool vrss;
};

struct memory_spec {
    bool dynamic;
    double startup_bytes, minimum_bytes, maximum_bytes; /* static: all the same */
    double
        demand_bytes; /* what the guest needs to run without paging; 0 = not stated: the assigned size suffices */
    double cache_bytes;   /* part of the demand that is file cache */
    double per_job_bytes; /* that each job inside the VM adds to the demand */
    double miss_exponent; /* of its file cache; 0 = not stated: the mechanism's parameter */
    double buffer;        /* dynamic memory's buffer, 0.2 */
    double weight;        /* memory weight 0..10000, default 5000 */
};

struct vm_spec {
    const char *name, *label;
    int host;
    int os; /* row of os_rows */
    bool integration;
    bool enlightened; /* resolved: os and integration, or the override */
    bool compatibility;
    int vcpus;
    double weight, reserve, limit; /* per VP; reserve and limit as fractions of an LP */
    int group;                     /* CPU group of the host, or -1 */
    bool smt;                      /* core scheduler: two VPs share a core; no: each takes a whole one */
    int pool;                      /* threads; 0 = unlimited */
    int pool_queue;          /* jobs that may wait for one, beyond that they are refused; < 0 = any number */
    double guest_quantum_ns; /* guest scheduler's time slice */
    double lock_share;       /* of its CPU time inside kernel locks */
    double remote_memory;    /* share of its memory outside its home NUMA node; < 0 = as the memory fits */
    struct memory_spec memory;
    struct vdisk_spec *disk;
    int disks;
    struct vnic_spec *nic;
    int nics;
};

struct external_spec {
    const char *name;
    int servers;   /* 0 = infinite: a pure delay */
    double relief; /* service is divided by this; 0 = 1. Only bottleneck proofs set it */
};

/* Where a step happens: one VM, or a list of which a job takes one member in turn and keeps it. Steps with the same list
 * share one site. */
struct site {
    int *vm;
    int n;
};

enum step_kind {
    STEP_CPU,
    STEP_READ,
    STEP_WRITE,
    STEP_SEND,
    STEP_RECEIVE,
    STEP_CONNECT,
    STEP_EXTERNAL, /* call: EXTERNAL, service: TIME */
    STEP_CALL,     /* call: VM, steps: nested, the caller's thread is held */
    STEP_SPAWN,
    STEP_LOCK,    /* lock: NAME, steps */
    STEP_PARALLEL /* branches run at once and join */
};

struct step {
    enum step_kind kind;
    int site; /* index into workload.site: where the step runs (the caller's site for STEP_CALL) */
    struct time_spec time; /* STEP_CPU: total at speed 1.0; STEP_EXTERNAL: service */
    int threads;           /* STEP_CPU: equal parts that join, 1.. */
    int *device;           /* by member of the site: index of the VM's disk or nic */
    double size_bytes;
    int count; /* operations, connections or processes, one after the other */
    bool sequential;
    int peer_site; /* STEP_SEND/RECEIVE/CONNECT to: VM; -1 = outside */
    int external;  /* STEP_EXTERNAL */
    int lock;      /* STEP_LOCK: index into model.lock */
    struct step
        *child; /* STEP_CALL, STEP_LOCK: nested steps; STEP_PARALLEL: branches, each a STEP_LOCK-like group */
    int children;
    struct step **branch; /* STEP_PARALLEL: arrays of steps */
    int *branch_steps;
    int branches;
};

enum arrival_kind { ARRIVAL_OPEN, ARRIVAL_CLOSED, ARRIVAL_TRACE };

struct trace {
    const char *path;
    double *at_ns; /* arrival times from the start, ascending */
    double
        *cpu_ns; /* by job: replaces the sum of the job's CPU demands (shares kept); NULL = no such column */
    size_t n;
};

struct workload_spec {
    const char *name;
    enum arrival_kind arrivals;
    double rate_per_s; /* open */
    double scv;        /* of interarrival times, 1 = Poisson */
    double burst;      /* peak / mean rate of an on-off modulation, 1 = none */
    double burst_period_ns;
    int users; /* closed */
    struct time_spec think;
    struct trace trace;
    double memory_intensity;          /* default 1 */
    double compatibility_sensitivity; /* default 1 */
    struct site *site;
    int sites;
    struct step *step;
    int steps;
    const char *label; /* name in the log, or NULL */
};

struct objective_spec {
    const char *name;
    int workload;
    double quantile; /* 0.95 for p95; 0 = the mean */
    double limit_s;
};

struct model {
    struct arena *arena;
    const char *path; /* file it came from, for messages */
    struct host_spec *host;
    int hosts;
    struct vm_spec *vm;
    int vms;
    struct external_spec *external;
    int externals;
    const char **lock;
    int locks;
    struct workload_spec *workload;
    int workloads;
    struct objective_spec *objective;
    int objectives;
    double *overhead;      /* mechanism_param_count() values */
    bool *overhead_stated; /* the file (or calibration) gave it; else it is the default */
    double fixed_cpu;      /* overheads: {cpu: 15 %}: replaces every CPU overhead account; < 0 = not used */
    const char **guessed;  /* change paths of values that the calibration guessed */
    int guesseds;
    char grade; /* of the calibration, 'A'..'F'; 0 = not calibrated */
};

#endif
