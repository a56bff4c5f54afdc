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
enum disk_field {
    DKF_BUSY,
    DKF_PRESENT,
    DKF_WAITING,
    DKF_READS,
    DKF_WRITES,
    DKF_READ_BYTES,
    DKF_WRITE_BYTES,
    DKF_READ_NS,
    DKF_WRITE_NS,
    DKF_VIEW, /* operations outstanding as the root sees them */
    DKF_IDLE, /* time with none */
    DKF_COUNT
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
enum vm_field { VMF_QUEUE, VMF_PRESENT, VMF_SPIN, VMF_POOL_BUSY, VMF_POOL_WAITING, VMF_COUNT };
enum vdisk_field { VDF_READS, VDF_WRITES, VDF_READ_BYTES, VDF_WRITE_BYTES, VDF_COUNT };
enum vnic_field { VNF_SENT_BYTES, VNF_RECEIVED_BYTES, VNF_SENT_PACKETS, VNF_RECEIVED_PACKETS, VNF_COUNT };
enum station_field { STF_BUSY, STF_WAITING, STF_COUNT };
enum workload_field { WLF_STARTED, WLF_FINISHED, WLF_RESPONSE, WLF_INSIDE, WLF_COUNT };

/* Index of the first field of each block. */
struct layout {
    int size;
    int *lp, *root, *account, *disk, *nic; /* by host: of LP 0, root VP 0, account 0, disk 0, NIC 0 */
    int *vm, *vp, *vdisk, *vnic;           /* by VM */
    int external, lock;                    /* of number 0 */
    int *workload, *breakdown;             /* by workload of the model */
};

struct layout *collect_layout(struct arena *a, const struct run *run);
void collect_read(const struct run *run, const struct layout *l, double *v);
/* Hypervisor time of an interval by account. The accounts of a burst are booked when it ends, so that those of an interval
 * lack what is in progress at its end and hold what was at its start: dispatches, booked at once, stay, the others are scaled
 * to the hypervisor time that there was. */
void collect_settle(const double booked[ACCOUNTS], double hypervisor_ns, double account_ns[ACCOUNTS]);

#endif
