/* run.h - one replication of a model: the entities that live while it runs.
 *
 * Does      declares hosts, LPs, VPs, VMs, devices and jobs as model/host's files share them; nobody else includes it
 * Units     ns; CPU work in reference ns (an LP of speed 1.0 with nothing else running)
 * Owns      everything lives in run->arena; jobs and operations are on free lists inside it
 * Counters  are cumulative and never reset; a window is the difference of two reads (collect.h)
 */
#ifndef HVPLAN_HOST_RUN_H
#define HVPLAN_HOST_RUN_H

#include "model/base/check.h"
#include "model/engine/hist.h"
#include "model/engine/rng.h"
#include "model/engine/sim.h"
#include "model/engine/station.h"
#include "model/host/model.h"

struct run;
struct host;
struct vm;
struct vp;
struct job;
struct burst;
struct user;

/* CHECK with the run's context. */
#define RUN_CHECK(run, cond)                                                                                 \
    (HVPLAN_UNLIKELY(!(cond)) ? check_fail_run(__FILE__, __LINE__, #cond, (run)->sim.now, (run)->seed,       \
                                               (run)->sim.replication, (run)->name)                          \
                              : (void)0)

typedef void (*burst_fn)(struct run *run, struct burst *b);

/* One piece of CPU work of one thread. */
struct burst {
    double left, total; /* reference ns, guest and hypervisor together */
    double guest_share; /* of total; the rest is hypervisor time */
    const double
        *account; /* how the hypervisor part splits over the accounts (sums to 1); NULL if there is none */
    double lp_wait_ns;    /* while its VP was Ready */
    double hypervisor_ns; /* wall ns of the hypervisor part so far */
    burst_fn done;
    bool suspends; /* the VP stays Suspended after it until guest_resume */
    struct vp *vp; /* where it ran last */
    struct burst *next;
};

enum vp_state { VP_IDLE, VP_READY, VP_RUNNING, VP_SUSPENDED, VP_CAPPED };

/* Ready VPs that one or more LPs take from. */
struct runq {
    struct heap4 ready;
    int64_t clock; /* virtual time of the VP that was due last */
    int lo, hi;    /* LPs that it serves: lo .. hi-1 */
    int waiting;
};

/* VMs that share a budget of LP time (a CPU group). */
struct cpu_group {
    const struct cpu_group_spec *spec;
    double budget_ns, left_ns; /* a window's; what is left of the current one */
    double grant_ns;           /* handed to a VP at a time */
    int64_t window;
    int lo, hi; /* LPs that it may use */
};

struct lp {
    struct host *host;
    int index, sibling; /* sibling: the other hyper-thread of the core, or -1 */
    int node;
    bool occupied; /* something runs here, or is about to within this instant */
    struct vp *running;
    struct vp *last;
    struct vp *root; /* root VP pinned here, or NULL */
    struct sim_source event;
    sim_ns accounted; /* progress is booked up to here */
    double speed;
    double guest_ns, hypervisor_ns; /* wall ns; guest includes root code */
    uint64_t switches, interrupts;  /* interrupts: work of the root VP here that a device or a VM asked for */
};

struct vp {
    struct host *host;
    struct vm *vm;          /* NULL: a root VP */
    int index, id;          /* in the VM or root; in the host's ready queue */
    int pinned;             /* LP, or -1 */
    int home;               /* NUMA node of its memory; -1 = every node is equally far */
    int lo, hi;             /* LPs that it may run on: lo .. hi-1 */
    int core_first, core_n; /* VPs that take a core together, by index (core scheduler); core_n 1: alone */
    enum vp_state state;
    struct runq *queue;
    struct lp *lp, *last_lp;
    struct burst *burst;     /* the thread it runs */
    struct burst *interrupt; /* goes before the thread */
    struct burst *interrupt_tail;
    double dispatch_left; /* reference ns of context switch still to do */
    double slice_left;    /* wall ns until the guest scheduler rotates */
    double inverse_weight;
    int64_t virtual_runtime;
    sim_ns ready_since, quantum_at;
    bool suspended; /* its intercept is being served by the root */
    bool metered;   /* has a reserve or a limit */
    double reserve, limit, used_ns;
    int64_t window;
    struct cpu_group *group;
    double grant_ns; /* what it holds of the group's budget of window grant_window */
    int64_t grant_window;
    struct sim_source timer; /* of metered VPs */
    bool preempted;          /* lost its LP in the middle of its work */
    sim_ns capped_since;
    double guest_ns, hypervisor_ns, wait_ns, remote_ns, capped_ns;
    double account[ACCOUNTS]; /* hypervisor_ns by class */
    uint64_t dispatches, migrations, preemptions;
};

struct host {
    struct run *run;
    const struct host_spec *spec;
    int index;
    bool native;
    struct lp *lp;
    int lps;
    struct vp **vp; /* by id: guests then root */
    int vps;
    struct vp *root;
    int roots;
    struct runq *queue; /* one for the host and one for each CPU group with LPs of its own; or one an LP */
    int queues, waiting;
    bool queue_per_lp, root_first, weighted;
    double quantum_ns;
    int64_t virtual_clock;
    int seat_width;       /* LPs given out together: 1, or the threads of a core (core scheduler) */
    uint64_t idle[8];     /* bitmap of free seats, by their first LP */
    int idle_seats, busy; /* busy: LPs */
    int nodes;
    struct cpu_group *group;
    struct sim_source balance_timer;
    double speed; /* of an LP now, before SMT */
    double smt_share;
    struct sim_source contention_timer;
    double busy_area, busy_area_sampled;
    sim_ns busy_since;
    struct rng placement;
    double dispatch_ns;
    double root_relief;       /* root work is divided by this */
    double account[ACCOUNTS]; /* hypervisor wall ns by class */
    struct burst *free_burst;
    struct sim_source background_timer;
    struct rng background;
    int next_root;
    struct pdisk *disk;
    struct pnic *nic;
    int *ports;     /* adapters on each virtual switch so far, while VMs are built */
    int *switch_vp; /* root VPs that queues of VMQ may use */
    int switch_vps;
    struct vnic **vmq_adapter; /* those with a queue of VMQ */
    int vmq_adapters;
    double *queue_load; /* by switch_vp */
    struct sim_source queue_timer;
    double memory_used_bytes, memory_available_bytes, memory_demand_bytes;
    double memory_missing_bytes; /* floors of the VMs that do not fit */
    bool memory_moves;           /* demands follow the jobs inside: the figures are means over time */
    double memory_used_area, memory_available_area;
    sim_ns memory_since;
    struct sim_source balancer;
};

struct vm {
    struct run *run;
    const struct vm_spec *spec;
    struct host *host;
    int index;
    struct vp *vp;
    int vps;
    uint64_t idle[8];                 /* bitmap of VPs without work */
    struct burst *queue, *queue_tail; /* threads that wait for a VP */
    int queued;
    double home_speed, remote_speed; /* factors of CPU speed on its own and on other NUMA nodes */
    double lock_loss;      /* share of speed that spinning takes while all other VPs are preempted */
    int preempted;         /* VPs that lost their LP in the middle of their work */
    double spin_ns;        /* wall ns of VPs that spun for locks of preempted ones */
    struct vp *continuing; /* VP whose thread just ended a burst and may go on */
    double queue_area;     /* threads waiting x ns */
    double present_area;   /* VPs not idle x ns */
    int active;            /* VPs not idle */
    sim_ns area_since;
    struct station *pool;                             /* NULL = unlimited */
    struct station *worker;                           /* worker process: one at a time */
    struct station *channel[CTRL_KINDS][CONTROLLERS]; /* VMBus channels by controller; NULL: it has no disk */
    struct vdisk *disk;
    struct vnic *nic;
    /* memory now (memory.h) */
    double assigned_bytes, goal_bytes; /* goal: what the balancer means to give it */
    double cache_bytes;                /* file cache that it has */
    double pressure;                   /* demand / assigned, 1.0 = 100 % */
    double lack;                       /* memory it lacks / memory it needs, once the cache has given way */
    double read_factor;                /* disk reads multiply by this */
    double pages_per_s;                /* hard faults for each second of its CPU work */
    double fault_cpu_ns, page_writes;  /* of one fault */
    double remote_memory;              /* share outside its home NUMA node */
    int inside;                        /* jobs inside it */
    double faults;                     /* so far */
    double assigned_area, pressure_area, cache_area, inside_area;
    sim_ns memory_since;
};

struct device_counters {
    double reads, writes, read_bytes, write_bytes, read_ns, write_ns;
};

/* Operations of a virtual disk between two points of their way (diskview.h). */
struct disk_view {
    int outstanding;
    sim_ns since;
    double area, idle_ns;
    struct device_counters done;
};

/* One operation as the device meets it. */
struct device_cost {
    double ns, fixed_ns, position_ns, break_ns; /* see struct cost */
    double ops;                                 /* of it at the device */
};

struct pdisk {
    struct host *host;
    const struct pdisk_spec *spec;
    struct station *station;         /* the only queue, or the first spindle's */
    struct spindle *spindle;         /* by queue */
    int queues;                      /* 1, or one a spindle */
    struct device_cost visit[2];     /* metadata: read, write */
    struct device_cost others[2];    /* load from outside: read, write */
    struct rng choice;               /* of spindles */
    int streams, randoms;            /* instructions that use it */
    struct disk_op *wait, *wait_end; /* writes that wait for space in the cache */
    struct dist read, write;         /* factor of mean 1 */
    double read_ns, write_ns;        /* of the reference operation */
    double relief;                   /* operations take 1 / relief of their time */
    double cache_latency_ns, cache_used_bytes;
    double high_water_bytes; /* of the cache: above, it is emptied on equal terms with everything else */
    double destage;          /* share of a random write's time from a full cache */
    struct disk_op *free_op;
    struct balancer *balancer; /* NULL: none */
    struct rng outside;
    struct sim_source outside_timer;
    struct device_counters done;
    /* what the root's PhysicalDisk sees: operations sent and not yet answered */
    int view;
    sim_ns view_since;
    double view_area, idle_ns;
};

struct vdisk {
    const struct vdisk_spec *spec;
    struct station *channel; /* of its controller; NULL if its operations do not pass the root */
    int flow;                /* of the I/O balancer of `on`, or -1 */
    double qos_due_ns;       /* storage QoS: when the next operation is due at the maximum */
    double qos_burst_ns;     /* so much earlier it may go */
    struct disk_view guest, root;
    double normal_ops; /* answered by the root, in units of 8 KiB */
    struct pdisk *on;
    struct rng visits;
    struct device_counters done;
};

struct pnic {
    const struct pnic_spec *spec;
    struct station *transmit, *receive;
    int queues; /* of VMQ, in use */
    double sent_bytes, received_bytes, sent_packets, received_packets;
};

struct vnic {
    const struct vnic_spec *spec;
    struct pnic **
        lane; /* adapters that its messages leave and arrive by: one of them each connection; none on a switch
                           that reaches nothing outside */
    int lanes;
    /* switch work (queues.h) */
    bool queued;                   /* has a queue of VMQ, else its work is on the first root VP */
    int seat;                      /* of the host's switch_vp */
    int send_width, receive_width; /* root VPs, from the seat on, that share its work by connection */
    int guest_width;               /* VPs of the VM that take its interrupts; 0 = any */
    double work_ns;                /* switch work since queues were balanced */
    double sent_bytes, received_bytes, sent_packets, received_packets;
    double outside_bytes, outside_packets; /* the part of those received that came over a link */
};

struct external {
    const struct external_spec *spec;
    struct station *station;  /* NULL = pure delay */
    double calls, service_ns; /* so far */
};

struct workload {
    struct run *run;
    const struct workload_spec *spec;
    struct program *program;
    uint64_t name; /* hash for random streams */
    int index;
    int *next_member; /* by site */
    struct job *free_job;
    struct hold *free_hold;
    struct sim_source arrival;
    struct rng arrivals;
    struct dist gap;
    struct user *user; /* closed */
    bool burst_on;
    struct sim_source burst_timer;
    struct rng burst_random;
    double cpu_mean_ns;                  /* of a job's CPU demands in all */
    uint64_t started, finished, refused; /* refused: met a full pool queue */
    double response_ns;                  /* of the finished */
    double refused_ns;                   /* of the refused, until then */
    double inside_area;
    double born_sum; /* sum of arrival times of the jobs inside */
    sim_ns inside_since;
    int64_t inside;
    double *breakdown; /* rows x 3: wait, service, overhead */
    struct hist hist;
    bool record; /* hist on */
};

struct run {
    struct sim sim; /* first: a sim pointer is a run pointer */
    struct arena *arena;
    const struct model *model;
    const char *name; /* scenario */
    uint64_t seed;
    struct host *host;
    struct vm *vm;
    struct external *external;
    struct station **lock;
    struct lone_packet *free_packet; /* connect.c */
    struct workload *workload;
    int workloads;
    int64_t population_limit;
    bool saturated; /* an open load passed the limit and the run stopped */
};

static inline struct run *run_of(struct sim *sim)
{
    return (struct run *)(void *)sim;
}

/* Builds all entities; arrivals start at time 0. */
struct run *run_new(struct arena *a, const struct model *m, const char *name, uint64_t seed, int replication);
/* Runs until `until` (or saturation); then checks the conservation laws. */
void run_until(struct run *run, sim_ns until);

#endif
