/* counters.h - the PerfMon counters that hvplan writes and understands, as a table.
 *
 * Does      names of objects and counters, in one place, for --emit-log, calibrate, inspect, counters and explain; since which
 *           Hyper-V version each exists
 * Order     the pairs of an intercept class (rate, then cost) stand in the order of enum intercept_class
 */
#ifndef HVPLAN_HOST_COUNTERS_H
#define HVPLAN_HOST_COUNTERS_H

#include "model/mechanism/kinds.h"

/* Events that enter the hypervisor, as it counts and times them: a rate and a mean cost each. */
enum intercept_class {
    INTERCEPT_HYPERCALL,
    INTERCEPT_PAGE_INVALIDATION,
    INTERCEPT_CONTROL_REGISTER,
    INTERCEPT_IO,
    INTERCEPT_HALT,
    INTERCEPT_MSR,
    INTERCEPT_OTHER,
    INTERCEPT_EXTERNAL_INTERRUPT,
    INTERCEPT_PENDING_INTERRUPT,
    INTERCEPT_EMULATED,
    INTERCEPT_PAGE_FAULT,
    INTERCEPT_NESTED_FAULT,
    INTERCEPT_CLASSES
};

enum counter_id {
    CTR_LP_TOTAL,
    CTR_LP_GUEST,
    CTR_LP_HYPERVISOR,
    CTR_LP_SWITCHES,
    CTR_LP_IDLE,
    CTR_LP_SWITCH_TIME,
    CTR_LP_INTERRUPTS,
    CTR_ROOT_TOTAL,
    CTR_ROOT_GUEST,
    CTR_ROOT_HYPERVISOR,
    CTR_ROOT_WAIT,
    CTR_ROOT_DISPATCHES,
    CTR_ROOT_TOTAL_INTERCEPTS,
    CTR_ROOT_TOTAL_INTERCEPTS_COST,
    CTR_ROOT_CLASSES, /* 2 x INTERCEPT_CLASSES of them */
    CTR_ROOT_CLASSES_END = CTR_ROOT_CLASSES + 2 * INTERCEPT_CLASSES - 1,
    CTR_VP_TOTAL,
    CTR_VP_GUEST,
    CTR_VP_HYPERVISOR,
    CTR_VP_WAIT,
    CTR_VP_DISPATCHES,
    CTR_VP_MIGRATIONS,
    CTR_VP_REMOTE,
    CTR_VP_IO_MESSAGES,
    CTR_VP_LONG_SPIN,
    CTR_VP_TOTAL_INTERCEPTS,
    CTR_VP_TOTAL_INTERCEPTS_COST,
    CTR_VP_CLASSES, /* 2 x INTERCEPT_CLASSES of them */
    CTR_VP_CLASSES_END = CTR_VP_CLASSES + 2 * INTERCEPT_CLASSES - 1,
    CTR_VSD_READ_OPS,
    CTR_VSD_WRITE_OPS,
    CTR_VSD_READ_BYTES,
    CTR_VSD_WRITE_BYTES,
    CTR_VSD_ERRORS,
    CTR_VSD_QUEUE,
    CTR_VSD_NORMALIZED,
    CTR_VSD_THROUGHPUT,
    CTR_VSD_LATENCY,
    CTR_VSD_LOWER_QUEUE,
    CTR_VSD_LOWER_LATENCY,
    CTR_VSD_LEAST_RATE,
    CTR_VSD_MOST_RATE,
    CTR_IDE_READ_BYTES,
    CTR_IDE_WRITTEN_BYTES,
    CTR_IDE_READ_SECTORS,
    CTR_IDE_WRITTEN_SECTORS,
    CTR_VNIC_SENT_BYTES,
    CTR_VNIC_RECEIVED_BYTES,
    CTR_VNIC_SENT_PACKETS,
    CTR_VNIC_RECEIVED_PACKETS,
    CTR_VNIC_BYTES,
    CTR_VNIC_PACKETS,
    CTR_LEGACY_SENT_BYTES,
    CTR_LEGACY_RECEIVED_BYTES,
    CTR_LEGACY_SENT_FRAMES,
    CTR_LEGACY_RECEIVED_FRAMES,
    CTR_SWITCH_BYTES,
    CTR_SWITCH_PACKETS,
    CTR_DISK_READS, /* PhysicalDisk */
    CTR_DISK_WRITES,
    CTR_DISK_READ_BYTES,
    CTR_DISK_WRITE_BYTES,
    CTR_DISK_SEC_READ,
    CTR_DISK_SEC_WRITE,
    CTR_DISK_QUEUE,
    CTR_DISK_IDLE,
    CTR_DISK_TRANSFERS,
    CTR_DISK_BYTES,
    CTR_DISK_SEC_TRANSFER,
    CTR_DISK_CURRENT_QUEUE,
    CTR_DISK_READ_QUEUE,
    CTR_DISK_WRITE_QUEUE,
    CTR_DISK_TIME,
    CTR_DISK_SPLIT,
    CTR_DISK_END,
    CTR_VOLUME_READS = CTR_DISK_END, /* LogicalDisk: the same counters in the same order */
    CTR_VOLUME_END = CTR_VOLUME_READS + CTR_DISK_END - CTR_DISK_READS,
    CTR_NIC_SENT_BYTES = CTR_VOLUME_END,
    CTR_NIC_RECEIVED_BYTES,
    CTR_NIC_SENT_PACKETS,
    CTR_NIC_RECEIVED_PACKETS,
    CTR_NIC_BANDWIDTH,
    CTR_NIC_OUTPUT_QUEUE,
    CTR_NIC_BYTES,
    CTR_NIC_PACKETS,
    CTR_PROCESSOR_TIME,
    CTR_PROCESSOR_IDLE,
    CTR_PROCESSOR_USER,
    CTR_PROCESSOR_PRIVILEGED,
    CTR_PROCESSOR_INTERRUPT,
    CTR_MEMORY_AVAILABLE_BYTES,
    CTR_MEMORY_AVAILABLE_MBYTES,
    CTR_MEMORY_COMMITTED,
    CTR_MEMORY_PAGES,
    CTR_MEMORY_PAGES_INPUT,
    CTR_VID_PAGES,
    CTR_DM_PRESSURE,
    CTR_DM_CURRENT_PRESSURE,
    CTR_DM_LEAST_PRESSURE,
    CTR_DM_MOST_PRESSURE,
    CTR_DM_PHYSICAL,
    CTR_DM_VISIBLE,
    CTR_DM_ADDED,
    CTR_DM_REMOVED,
    CTR_DM_SMART_PAGING,
    CTR_BALANCER_AVAILABLE,
    CTR_BALANCER_PRESSURE,
    CTR_ADDRESS_SPACES,
    CTR_ROOT_PARTITION_VPS,
    CTR_PARTITION_SPACES,
    CTR_PARTITION_VPS,
    CTR_HV_LPS,
    CTR_HV_PARTITIONS,
    CTR_HV_VPS,
    CTR_SYSTEM_QUEUE,
    CTR_APP_REQUESTS,
    CTR_APP_RESPONSE,
    CTR_COUNT
};

struct counter_row {
    const char *object, *counter;
    const char *instance; /* form of the instance name: "Hv LP %d", "%s:Hv VP %d", "" = none; for explain */
    const char *
        unit; /* of the logged value: "%", "ns", "1/s", "bytes/s", "s", "bits/s", "bytes", "MiB", "1", "ns/s" */
    const char *doc, *source;
    enum hv_version since; /* first Hyper-V version that has it; HV_NONE = every Windows machine has it */
};
extern const struct counter_row counter_rows[CTR_COUNT];

/* A machine of that version has the counter; HV_NONE = a machine without Hyper-V. */
bool counters_in(enum counter_id id, enum hv_version version);

#endif
