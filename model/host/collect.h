/* collect.h - all cumulative counters of a run as one vector; a window is the difference of two.
 *
 * Does      lays out the counters, reads them at the present time
 * Units     ns, bytes, counts, areas in ns
 * Shape     the layout depends on the model only, so the vectors of all replications agree
 */
#ifndef HVPLAN_HOST_COLLECT_H
#define HVPLAN_HOST_COLLECT_H

#include "model/host/run.h"

enum lp_field { LPF_GUEST, LPF_HYPERVISOR, LPF_SWITCHES, LPF_INTERRUPTS, LPF_COUNT };
enum vp_field {
    VPF_GUEST,
    VPF_HYPERVISOR,
    VPF_WAIT,
    VPF_DISPATCHES,
    VPF_MIGRATIONS,
    VPF_PREEMPTIONS,
    VPF_REMOTE,
    VPF_CAPPED,
    VPF_ACCOUNT, /* ACCOUNTS of them: hypervisor time by cause, as far as it is booked (collect_settle) */
    VPF_COUNT = VPF_ACCOUNT + ACCOUNTS
};
/* Operations of a disk, as one observer of it counts them. */
enum operations_field {
    OPF_READS,
    OPF_WRITES,
    OPF_READ_BYTES,
    OPF_WRITE_BYTES,
    OPF_READ_NS,
    OPF_WRITE_NS,
    OPF_OUTSTANDING, /* area: operations not yet answered */
    OPF_IDLE,        /* time with none */
    OPF_COUNT
};
enum disk_field {
    DKF_BUSY,
    DKF_PRESENT,
    DKF_WAITING,
    DKF_OPERATIONS, /* a block of enum operations_field: as the root sees them */
    DKF_READS = DKF_OPERATIONS + OPF_READS,
    DKF_WRITES = DKF_OPERATIONS + OPF_WRITES,
    DKF_READ_BYTES = DKF_OPERATIONS + OPF_READ_BYTES,
    DKF_WRITE_BYTES = DKF_OPERATIONS + OPF_WRITE_BYTES,
    DKF_READ_NS = DKF_OPERATIONS + OPF_READ_NS,
    DKF_WRITE_NS = DKF_OPERATIONS + OPF_WRITE_NS,
    DKF_COUNT = DKF_OPERATIONS + OPF_COUNT
};
enum nic_field {
    NCF_SENT_BUSY,
    NCF_RECEIVED_BUSY,
    NCF_OUTPUT_PACKETS,
    NCF_WAITING,
    NCF_SENT_BYTES,
    NCF_RECEIVED_BYTES,
    NCF_SENT_PACKETS,
    NCF_RECEIVED_PACKETS,
    NCF_COUNT
};
enum vm_field {
    VMF_QUEUE,
    VMF_PRESENT,
    VMF_SPIN,
    VMF_POOL_BUSY,
    VMF_POOL_WAITING,
    VMF_ASSIGNED, /* areas: memory it has, demand over it, file cache it has, jobs inside */
    VMF_PRESSURE,
    VMF_CACHE,
    VMF_INSIDE,
    VMF_FAULTS, /* hard faults */
    VMF_COUNT
};
enum memory_field { MMF_USED, MMF_AVAILABLE, MMF_COUNT }; /* areas */
enum vdisk_field { /* two blocks of enum operations_field: from the root's provider on, and all that the guest waits for */
                   VDF_ROOT,
                   VDF_GUEST = VDF_ROOT + OPF_COUNT,
                   VDF_LOWER_OPS = VDF_GUEST + OPF_COUNT, /* operations and their time at the device below */
                   VDF_LOWER_NS,
                   VDF_NORMAL, /* operations in units of 8 KiB */
                   VDF_COUNT
};
enum vnic_field {
    VNF_SENT_BYTES,
    VNF_RECEIVED_BYTES,
    VNF_SENT_PACKETS,
    VNF_RECEIVED_PACKETS,
    VNF_OUTSIDE_BYTES,
    VNF_OUTSIDE_PACKETS,
    VNF_COUNT
};
enum station_field { STF_BUSY, STF_WAITING, STF_COUNT };
enum workload_field { WLF_STARTED, WLF_FINISHED, WLF_REFUSED, WLF_RESPONSE, WLF_INSIDE, WLF_COUNT };

/* Index of the first field of each block. */
struct layout {
    int size;
    int *lp, *root, *account, *disk, *nic; /* by host: of LP 0, root VP 0, account 0, disk 0, NIC 0 */
    int *memory;                           /* by host */
    int *vm, *vp, *vdisk, *vnic;           /* by VM */
    int external, lock;                    /* of number 0 */
    int *workload, *breakdown;             /* by workload of the model */
};

struct layout *collect_layout(struct arena *a, const struct run *run);
void collect_read(const struct run *run, const struct layout *l, double *v);
/* Memory in an interval of `ns`; what does not move is told as it is. */
struct collect_memory {
    double assigned, pressure, cache, inside; /* of a VM: means */
    double faults_per_s;
};
struct collect_memory collect_memory_vm(const struct vm *vm, const double *vm_fields, double ns);
/* Memory that is used (MMF_USED) or free (MMF_AVAILABLE) on a host, mean. */
double collect_memory_host(const struct host *h, const double *memory_fields, enum memory_field f, double ns);
/* Hypervisor time of an interval by account. The accounts of a burst are booked when it ends, so that those of an interval
 * lack what is in progress at its end and hold what was at its start: dispatches, booked at once, stay, the others are scaled
 * to the hypervisor time that there was. */
void collect_settle(const double booked[ACCOUNTS], double hypervisor_ns, double account_ns[ACCOUNTS]);

#endif
