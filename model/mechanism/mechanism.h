/* mechanism.h - what virtualization and hardware add to one unit of demand.
 *
 * Does      a mechanism is a pure function from parameters and one demand to a cost; the registry lists all of them
 * Units     ns of an LP of speed 1.0, bytes, fractions
 * Shape     costs are finite and >= 0; speed factors > 0, and above 1 only by `boost` of the place
 * Owns      nothing
 * Order     the registry's order is fixed; parameters are numbered through all mechanisms (mechanism_param_index)
 * Errors    none: ranges are checked where parameters are read
 *
 * A mechanism never sees clock, queue or host. model/host applies each kind of demand in one visible place.
 */
#ifndef HVPLAN_MECHANISM_MECHANISM_H
#define HVPLAN_MECHANISM_MECHANISM_H

#include "model/base/param.h"
#include "model/mechanism/kinds.h"
#include <stdbool.h>
#include <stddef.h>

/* Hypervisor time by class; the sum over classes is % Hypervisor Run Time. */
enum account {
    ACCOUNT_TIMER,      /* timer and interrupt virtualization */
    ACCOUNT_PAGE_TABLE, /* shadow page tables or nested page walks */
    ACCOUNT_HYPERCALL,  /* signals and hypercalls of synthetic I/O and packets */
    ACCOUNT_INTERCEPT,  /* intercepts of emulated devices, MSR, CPUID, APIC */
    ACCOUNT_SPIN,       /* lock waits without the long-spin hint */
    ACCOUNT_DISPATCH,   /* context switches */
    ACCOUNTS
};
extern const char *const account_names[ACCOUNTS];

enum demand_kind {
    DEMAND_CPU,     /* amount = ns of guest work */
    DEMAND_PROCESS, /* amount = processes created */
    DEMAND_IO,      /* one operation on a virtual disk */
    DEMAND_DEVICE, /* one operation on a physical disk; amount = ns of spindle time of a random 8 KiB operation */
    DEMAND_SEND,      /* amount = packets sent by a guest, bytes in all */
    DEMAND_RECEIVE,   /* amount = packets received by a guest */
    DEMAND_LINK,      /* bytes on a physical link; amount = packets */
    DEMAND_CONNECT,   /* amount = connections set up and torn down */
    DEMAND_DISPATCH,  /* one dispatch of a VP on an LP */
    DEMAND_SPEED,     /* amount = share of the host's LPs that are busy, 0..1 */
    DEMAND_REMOTE,    /* amount = share of a VP's memory that lies in another NUMA node, 0..1 */
    DEMAND_PREEMPTED, /* amount = share of a VP's siblings that have work and are off the LPs, 0..1 */
    DEMAND_MEMORY, /* amount = memory a VM lacks / memory it needs, 0..1, once its file cache has given way */
    DEMAND_CACHE,  /* amount = file cache a VM lacks / file cache it wants, 0..1 */
    DEMAND_EXTERNAL, /* amount = ns of service off the host */
    DEMAND_KINDS
};

/* Where the demand happens. Everything a mechanism may look at. */
struct place {
    enum hv_version version; /* HV_NONE = physical: every virtualization mechanism then costs nothing */
    bool slat, large_pages;
    enum vendor vendor;
    bool root_scheduler; /* the root's own scheduler dispatches VPs (DEMAND_DISPATCH) */
    int lps;             /* of the host; 0 = not known (DEMAND_SPEED) */
    double boost;        /* clock above nominal with one LP busy, 0.. (DEMAND_SPEED) */
    double lock_share;   /* of the VM's CPU time inside kernel locks (DEMAND_PREEMPTED) */
    int os;              /* row of os_rows */
    bool enlightened;    /* guest OS and integration components together, or the override */
    bool integration;    /* integration components installed */
    bool compatibility;
    int vcpus;
    double memory_intensity; /* of the workload: page-table work relative to a mixed server load (1.0) */
    double compatibility_sensitivity; /* of the workload, 1.0 = mixed */
    double miss_exponent; /* of the VM's file cache (DEMAND_CACHE); 0 = not fitted: the parameter */
    /* DEMAND_IO, DEMAND_DEVICE */
    enum vdisk_kind vdisk;
    enum controller controller;
    int chain;            /* files in a differencing chain, >= 1 */
    double fragmentation; /* extra splits an operation, >= 0 */
    double allocated;     /* share of a growing disk's blocks that exist; < 0 = not stated */
    bool misaligned;      /* its sectors do not begin where those of the physical disk do */
    enum sectors sectors; /* of the physical disk */
    enum pdisk_kind pdisk;
    int raid;                    /* 0 1 5 6 10 */
    double transfer_bytes_per_s; /* of one spindle or channel; 0 = the kind's default */
    int spindles;                /* 0 = not known */
    double stripe_bytes;         /* stripe unit; 0 = operations are not split */
    bool write_cache;
    /* DEMAND_SEND, DEMAND_RECEIVE, DEMAND_LINK, DEMAND_CONNECT */
    enum vnic_kind vnic;
    bool local; /* VM to VM on one host: never meets the NIC */
    bool vmq, chimney, jumbo, rsc;
    bool software_checksum, small_sends; /* the adapter offloads neither checksums nor large sends */
    double link_bytes_per_s;
};

struct demand {
    enum demand_kind kind;
    double amount;
    double bytes;
    bool write, sequential;
    const struct place *at;
};

struct cost {
    double guest_ns;                /* extra guest CPU (drivers) */
    double hypervisor_ns[ACCOUNTS]; /* spent on the VP that demands */
    double root_ns;                 /* on a root VP */
    double exits; /* synchronous round trips to the worker process: the VP is Suspended meanwhile */
    double exits_completion;   /* of them, after the device has done its work */
    double exit_root_ns;       /* root CPU of each */
    double exit_hypervisor_ns; /* hypervisor time of each; all of them are in hypervisor_ns */
    double latency_ns;         /* pure delay, no resource held */
    double signal_ns; /* the root looks for such work at multiples of this time; 0 = it is told at once */
    double extra_reads, extra_writes; /* more visits to the physical disk (metadata), expected number */
    double device_ns;                 /* time on one server of the device (spindle, channel, link) */
    double sector_reads,
        sector_writes;  /* partial physical sectors, read and written inside the drive (512e) */
    double device_ops;  /* operations of that length at the device (RAID write penalty, stripe units) */
    double fixed_ns;    /* of device_ns: does not vary from operation to operation */
    double position_ns; /* positioning inside device_ns, of which a deep queue saves a part */
    double break_ns;    /* what a sequential operation pays more if another stream came between */
    double pages_per_s; /* DEMAND_MEMORY: hard faults for each second of the guest's CPU work; guest_ns
                                         and extra_writes are those of one */
    double read_factor; /* DEMAND_CACHE: disk reads are multiplied by this; 1 = none */
    double speed;       /* CPU speed factor, 1 = none; factors multiply. Of a DEMAND_CPU: of this very work
                                       (compatibility mode); of a DEMAND_SPEED: of the LPs (contention, clock
                                       boost); of a DEMAND_REMOTE or _PREEMPTED: of the VP that demands */
    bool spread;        /* root work may go to a root VP of the adapter's own (VMQ), else all on one */
};

struct mechanism {
    const char *name; /* YAML key under overheads:, docs page, explain */
    const char *title;
    const char *doc; /* how it acts, in two or three sentences */
    const struct param *params;
    size_t n_params;
    unsigned
        demands; /* bit 1u << kind for each kind of demand that it acts on; `cost` is called for these only */
    /* Adds its share to *c. `p` = its own parameters in the order of `params`. */
    void (*cost)(const double *p, const struct demand *d, struct cost *c);
};

extern const struct mechanism *const mechanism_registry[];
extern const size_t mechanism_count;

/* All parameters of all mechanisms, one after the other in registry order. */
size_t mechanism_param_count(void);
const struct param *mechanism_param(size_t index, const struct mechanism **owner);
/* SIZE_MAX if there is none. */
size_t mechanism_param_index(const char *mechanism, const char *param);
void mechanism_defaults(double *values); /* mechanism_param_count() of them */

/* Total cost of one demand: neutral cost (all 0, read_factor 1, speed 1), then each mechanism adds. */
struct cost mechanism_cost(const double *values, const struct demand *d);
double cost_hypervisor_ns(const struct cost *c);

/* Of a DEMAND_SPEED: share of the *other* LPs that are busy; an LP that is alone has no others. */
double mechanism_others_busy(const struct demand *d);

/* SLAT in effect: the processor has it and the Hyper-V version uses it. */
bool mechanism_slat(const struct place *at);

/* Maximum segment payload in bytes: 1460, or 8960 with jumbo frames. */
double mechanism_packet_bytes(const struct place *at);

#endif
