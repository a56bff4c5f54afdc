/* job.h - one job of a workload (or one branch of it) on its way through the program.
 *
 * Does      interprets instructions; each is a short table of stages; books every ns of the job's life under one resource
 *           as wait, service or overhead, so that the breakdown sums to the response time exactly
 * Owns      jobs are recycled on the workload's free list
 * Order     a stage that returns false waits for a callback, which calls job_resume
 */
#ifndef HVPLAN_HOST_JOB_H
#define HVPLAN_HOST_JOB_H

#include "model/host/program.h"

enum share { SHARE_WAIT, SHARE_SERVICE, SHARE_OVERHEAD, SHARES };

/* Something held until released: a thread of a pool, a lock, a place in a channel, the worker process. */
struct hold {
    struct customer customer; /* first */
    struct job *job;
    struct hold *next;
    int row; /* of the breakdown, for the wait */
    bool granted;
    struct vm *inside; /* not NULL: the job counts as inside this VM */
};

struct job {
    struct burst burst; /* first: a burst pointer is a job pointer */
    struct customer customer;
    struct customer link;    /* a chunk on its way out while the next one is prepared */
    struct customer arrival; /* a chunk on the receiver's link while the one before is worked off */
    struct workload *workload;
    struct job *parent, *next_free;
    int pending; /* children that run */
    struct rng rng;
    sim_ns born, phase;
    double service_ns, overhead_ns; /* of the phase in progress */
    int pc, stage, remaining, chunk;
    int loop;                  /* times that OP_AGAIN still goes back, this one counted */
    int row;                   /* of the phase in progress, where a callback must know it */
    double account[ACCOUNTS];  /* shares of the burst in progress */
    double cpu_scale, part_ns; /* trace: factor on CPU demands; OP_CPU_PARTS: demand of each part */
    int outstanding;           /* device operations that are not yet done */
    sim_ns device_since;
    sim_ns issued, reached; /* a disk operation: in the guest, at the root */
    bool entering, link_busy, link_wanted, arrival_busy, arrival_wanted;
    int at_door, arrived; /* chunks that wait for the receiver's link, that are in and not worked off */
    int faults;           /* of the burst in progress (paging.c) */
    double fault_ns;      /* its own work between two of them */
    bool paging;          /* what it does now is not its own work: a page comes or goes */
    bool refused; /* by a pool with a full queue, or one of its branches was: it ends when it goes on */
    struct vp *suspended;
    uint64_t flow; /* of the connection in use: what a hash of its addresses would be; 0 = not drawn */
    unsigned flows;
    const struct plan *open; /* the connect of that connection, until it is torn down; NULL = none */
    int exit;                /* of the emulated device: part of the round trip in progress (exits.c) */
    struct hold *holds;
    struct sim_source timer;
    bool has_timer;
    int user; /* closed workloads */
    uint64_t cycle;
    uint16_t *member;  /* by site */
    double *breakdown; /* rows x SHARES; zero in the rows that are not touched */
    int *touched;      /* rows with something in them: a job over hundreds of VMs visits a few */
    int touches;
    bool *is_touched;
};

typedef bool (*stage_fn)(struct job *j, const struct instruction *in, const struct plan *p);

/* Starts a job at the present time. `number` names its random stream. cpu_scale 1 unless a trace says otherwise. */
struct job *job_start(struct workload *w, uint64_t number, int user, double cpu_scale);
void job_resume(struct job *j);

/* ---- for the stages (steps.c, storage.c, network.c) ---- */
static inline struct run *job_run(const struct job *j)
{
    return j->workload->run;
}
static inline struct job *job_of(struct burst *b)
{
    return (struct job *)(void *)b;
}
static inline struct job *job_of_customer(struct customer *c)
{
    return (struct job *)(void *)((char *)c - offsetof(struct job, customer));
}
static inline struct job *job_of_link(struct customer *c)
{
    return (struct job *)(void *)((char *)c - offsetof(struct job, link));
}
static inline struct job *job_of_arrival(struct customer *c)
{
    return (struct job *)(void *)((char *)c - offsetof(struct job, arrival));
}
const struct instruction *job_instruction(const struct job *j);
const struct plan *job_plan(const struct job *j, const struct instruction *in);
/* A phase begins: what it takes without virtualization, and what virtualization adds. */
void job_phase(struct job *j, double service_ns, double overhead_ns);
/* The phase has ended: its time goes to `row`; up to `elsewhere_ns` of the waiting goes to `elsewhere`. */
void job_charge(struct job *j, int row, int elsewhere, double elsewhere_ns);
void job_fork(struct job *j, int pc, double part_ns);

/* Stage tables by op, ended by NULL. */
extern const stage_fn *const job_stages[OP_COUNT];

#endif
