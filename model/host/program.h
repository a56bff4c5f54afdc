/* program.h - a workload compiled for one run: a flat list of instructions with their costs.
 *
 * Does      turns steps into instructions; asks the mechanisms once for the cost of each on each VM that may run it
 * Owns      memory in the run arena
 * Order     instruction 0 starts a job; OP_FINISH ends it
 */
#ifndef HVPLAN_HOST_PROGRAM_H
#define HVPLAN_HOST_PROGRAM_H

#include "model/host/run.h"

enum op {
    OP_CPU,
    OP_CPU_PARTS, /* draws the total, forks `branches` children that run OP_CPU_PART each */
    OP_CPU_PART,
    OP_FAULT,    /* hard faults of the burst before it, and the rest of that burst */
    OP_PAGE_OUT, /* writes to the paging file that they cause */
    OP_DISK,
    OP_LOOP, /* a disk that an initiator in the guest reaches: what follows up to OP_AGAIN, once an operation */
    OP_INITIATE, /* its CPU before */
    OP_LUN,      /* the operation on the LUN; OP_SEND and OP_RECEIVE stand around it */
    OP_AGAIN,    /* its CPU after, and back for the next operation */
    OP_SEND,     /* from the site's VM to outside or to a peer */
    OP_RECEIVE,  /* the other way */
    OP_CONNECT,
    OP_SPAWN,
    OP_EXTERNAL,
    OP_ENTER, /* counts as inside the VM (its memory) until the matching OP_RELEASE */
    OP_POOL,  /* takes a thread of the VM; held until the matching OP_RELEASE */
    OP_LOCK,
    OP_RELEASE, /* gives back what was taken last */
    OP_FORK,    /* children start at branch[i], each ends with OP_JOIN */
    OP_JOIN,
    OP_FINISH,
    OP_COUNT
};

/* Work of one burst beyond the job's own demand. */
struct overhead {
    double guest_ns, hypervisor_ns; /* reference ns */
    double account[ACCOUNTS];       /* shares of hypervisor_ns */
};

/* Synchronous round trips of an emulated device, whole ones of equal length (exits.h). */
struct trips {
    int submit, complete;          /* before the device or the link, and after it */
    double root_ns, hypervisor_ns; /* of each; the first of each end is in plan.submit and plan.complete */
};

/* A link that one chunk may take, and how long it holds it. */
struct lane {
    struct pnic *nic;
    double ns;
    int row;
};
struct lanes {
    struct lane *lane;
    int n; /* 0 = no link; several: a connection keeps one */
};

/* What the end of a connection costs one of its ends: nobody waits for it. */
struct closing {
    struct overhead guest;
    double root_ns;
};

/* One instruction on one VM (and one peer). */
struct plan {
    struct vm *vm, *peer;
    bool skipped;    /* not for this member of the site: its disk is (or is not) an initiator's */
    int pieces;      /* operations that one of a disk becomes */
    double speed;    /* nominal speed of the VM's LPs */
    double slowdown; /* >= 1: guest work takes this much longer (compatibility mode) */
    double tax;      /* hypervisor ns per ns of guest work */
    double tax_account[ACCOUNTS];     /* shares of it */
    struct overhead submit, complete; /* guest side of an I/O or a packet: before and after the device */
    double root_ns, latency_ns, peer_root_ns;
    struct trips trips, peer_trips;
    double signal_ns, peer_signal_ns; /* period of monitored notifications of the sender; 0 = none */
    bool spread, peer_spread;
    double extra_reads, extra_writes;
    double device_ns, device_ops, fixed_ns, position_ns, break_ns; /* see struct cost */
    struct lanes out, in;               /* of the sender's and of the receiver's host */
    struct lanes answer_out, answer_in; /* of the answer to a connect */
    double round_trip_ns;
    struct closing closing, peer_closing;
    double closing_out, closing_in; /* packets, as the one sees it that opened the connection */
    bool sequential;                /* a stream of its own on the disk */
    double spawn_ns;
    double packets, bytes; /* of one chunk */
    int chunks;
    struct vdisk *disk;
    struct pdisk *device;
    struct vnic *nic, *peer_nic;
    struct dist factor; /* of device time, mean 1 */
    struct external *external;
    /* rows of the breakdown */
    int row_vcpu, row_lp, row_root, row_device, row_peer_vcpu, row_peer_lp, row_peer_root;
};

struct instruction {
    enum op op;
    const struct step *step; /* NULL for OP_POOL ... OP_FINISH */
    int site, peer_site;     /* peer_site -1: none */
    int count;
    struct dist demand;
    struct plan *plan; /* by member, or member x peer member */
    int *branch;       /* OP_FORK */
    int branches;
    int join; /* OP_FORK, OP_CPU_PARTS: where the parent goes on; OP_LOOP: behind; OP_AGAIN: where it starts */
    const struct step *loop; /* not NULL: done once for each operation of this step */
    int lock, row;           /* OP_LOCK, OP_POOL */
};

struct program {
    struct instruction *code;
    int length, capacity;
    const char **row; /* resource names */
    int rows, row_capacity;
    int sites;
    int *members; /* by site */
};

struct program *program_compile(struct run *run, struct workload *w);
/* Can a pool with a limited queue turn its jobs away? */
bool program_refuses(const struct program *p);
/* Number of the row for a resource, made if it is new. */
int program_row(struct run *run, struct program *p, const char *resource);

#endif
