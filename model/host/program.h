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
    OP_DISK,
    OP_SEND,    /* from the site's VM to outside or to a peer */
    OP_RECEIVE, /* the other way */
    OP_CONNECT,
    OP_SPAWN,
    OP_EXTERNAL,
    OP_POOL, /* takes a thread of the VM; held until the matching OP_RELEASE */
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

/* One instruction on one VM (and one peer). */
struct plan {
    struct vm *vm, *peer;
    double speed;                     /* nominal speed of the VM's LPs */
    double slowdown;                  /* >= 1: guest work takes this much longer (compatibility mode) */
    double tax;                       /* hypervisor ns per ns of guest work */
    double tax_account[ACCOUNTS];     /* shares of it */
    struct overhead submit, complete; /* guest side of an I/O or a packet: before and after the device */
    double root_ns, exits, exit_root_ns, latency_ns;
    double peer_root_ns, peer_exits, peer_exit_root_ns;
    double signal_ns, peer_signal_ns; /* period of monitored notifications of the sender; 0 = none */
    bool spread, peer_spread;
    double extra_reads, extra_writes;
    double device_ns, device_ops, transmit_ns, receive_ns;
    double spawn_ns;
    double packets, bytes; /* of one chunk */
    int chunks;
    double read_factor;
    struct vdisk *disk;
    struct pdisk *device;
    struct vnic *nic, *peer_nic;
    struct dist factor; /* of device time, mean 1 */
    struct external *external;
    /* rows of the breakdown */
    int row_vcpu, row_lp, row_root, row_device, row_peer_vcpu, row_peer_lp, row_peer_root, row_transmit,
        row_receive;
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
    int join;      /* OP_FORK, OP_CPU_PARTS: where the parent goes on */
    int lock, row; /* OP_LOCK, OP_POOL */
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
/* Number of the row for a resource, made if it is new. */
int program_row(struct run *run, struct program *p, const char *resource);

#endif
