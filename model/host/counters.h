/* counters.h - the PerfMon counters that hvplan writes and understands, as a table.
 *
 * Does      names of objects and counters, in one place, for --emit-log, calibrate, inspect, counters and explain
 */
#ifndef HVPLAN_HOST_COUNTERS_H
#define HVPLAN_HOST_COUNTERS_H

#include <stddef.h>

enum counter_id {
    CTR_LP_TOTAL,
    CTR_LP_GUEST,
    CTR_LP_HYPERVISOR,
    CTR_LP_SWITCHES,
    CTR_ROOT_TOTAL,
    CTR_ROOT_GUEST,
    CTR_ROOT_HYPERVISOR,
    CTR_VP_TOTAL,
    CTR_VP_GUEST,
    CTR_VP_HYPERVISOR,
    CTR_VP_WAIT,
    CTR_VP_DISPATCHES,
    CTR_VSD_READ_OPS,
    CTR_VSD_WRITE_OPS,
    CTR_VSD_READ_BYTES,
    CTR_VSD_WRITE_BYTES,
    CTR_VNIC_SENT_BYTES,
    CTR_VNIC_RECEIVED_BYTES,
    CTR_VNIC_SENT_PACKETS,
    CTR_VNIC_RECEIVED_PACKETS,
    CTR_DISK_READS,
    CTR_DISK_WRITES,
    CTR_DISK_READ_BYTES,
    CTR_DISK_WRITE_BYTES,
    CTR_DISK_SEC_READ,
    CTR_DISK_SEC_WRITE,
    CTR_DISK_QUEUE,
    CTR_DISK_IDLE,
    CTR_NIC_SENT_BYTES,
    CTR_NIC_RECEIVED_BYTES,
    CTR_NIC_SENT_PACKETS,
    CTR_NIC_RECEIVED_PACKETS,
    CTR_NIC_BANDWIDTH,
    CTR_NIC_OUTPUT_QUEUE,
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
    CTR_ADDRESS_SPACES,
    CTR_APP_REQUESTS,
    CTR_APP_RESPONSE,
    CTR_COUNT
};

struct counter_row {
    const char *object, *counter;
    const char *instance; /* form of the instance name: "Hv LP %d", "%s:Hv VP %d", "" = none; for explain */
    const char
        *unit; /* of the logged value: "%", "ns", "1/s", "bytes/s", "s", "bits/s", "bytes", "MiB", "1" */
    const char *doc, *source;
};
extern const struct counter_row counter_rows[CTR_COUNT];

#endif
