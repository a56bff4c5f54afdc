/* shape_host_io.c - physical disks and adapters of hosts. */
#include "scenarios/shape_host.h"

#include "model/host/model.h"
#include "scenarios/choices.h"

static const struct key_row disk_rows[] = {
    {"label", KEY_TEXT, "name in the log", KEY_AT(struct pdisk_spec, label)},
    {"kind", KEY_CHOICE, "hard disks, solid state, or a LUN of a SAN", .choices = &choices_pdisk,
     .def = "hdd", KEY_AT(struct pdisk_spec, kind)},
    {"spindles", KEY_COUNT, "disks that serve at the same time", .lo = 1, .hi = 1000, .def = "1",
     KEY_AT(struct pdisk_spec, spindles)},
    {"channels", KEY_COUNT, "operations that an SSD serves at the same time; stands in place of spindles",
     .lo = 1, .hi = 1000, .absent = "as spindles", KEY_AT(struct pdisk_spec, spindles)},
    {"raid", KEY_CHOICE, "RAID level, which decides the write penalty", .choices = &choices_raid, .def = "0",
     KEY_AT(struct pdisk_spec, raid)},
    {"read", KEY_TIME, "time of one random read of 8 KiB on one spindle, before penalty and cache",
     KEY_REQUIRED, KEY_AT(struct pdisk_spec, read)},
    {"write", KEY_TIME, "time of one random write of 8 KiB on one spindle, before penalty and cache",
     .absent = "as read", KEY_AT(struct pdisk_spec, write)},
    {"write_cache", KEY_BOOL, "a protected write cache acknowledges writes at once", .def = "no",
     KEY_AT(struct pdisk_spec, write_cache)},
    {"cache", KEY_NUMBER, "size of the write cache", .unit = UNIT_BYTES, .lo = 0, .hi = 0x1p50,
     .def = "256 MiB", KEY_AT(struct pdisk_spec, cache_bytes),
     .source = "typical of RAID controllers of 2008", .confidence = CONF_ASSUMED},
    {"transfer", KEY_NUMBER, "sequential transfer rate of one spindle", KEY_POSITIVE, .unit = UNIT_BANDWIDTH,
     .lo = 0, .hi = 1e12, .absent = "default of the kind", KEY_AT(struct pdisk_spec, transfer_bytes_per_s)},
    {"outside_iops", KEY_NUMBER, "operations of other machines on a shared LUN", .unit = UNIT_RATE, .lo = 0,
     .hi = 1e7, .def = "0 /s", KEY_AT(struct pdisk_spec, outside_iops)},
    {"shared", KEY_BOOL, "a LUN shared with other machines: no advice on defragmentation", .def = "no",
     KEY_AT(struct pdisk_spec, shared)},
};
const struct shape shape_host_io_disk = {"disk", "hosts.H.disks.D",
                                         "A physical disk, array or LUN of a host.", SHAPE_ROWS(disk_rows)};

static const struct key_row nic_rows[] = {
    {"label", KEY_TEXT, "name in the log", KEY_AT(struct pnic_spec, label)},
    {"speed", KEY_NUMBER, "line speed in each direction", KEY_REQUIRED | KEY_POSITIVE, .unit = UNIT_BANDWIDTH,
     .lo = 0, .hi = 1e12, KEY_AT(struct pnic_spec, bytes_per_s)},
    {"vmq", KEY_BOOL, "virtual machine queues: packet work spreads over root processors", .def = "no",
     KEY_AT(struct pnic_spec, vmq)},
    {"chimney", KEY_BOOL, "TCP offload", .def = "no", KEY_AT(struct pnic_spec, chimney)},
    {"jumbo", KEY_BOOL, "jumbo frames", .def = "no", KEY_AT(struct pnic_spec, jumbo)},
};
const struct shape shape_host_io_nic = {"nic", "hosts.H.nics.N", "A physical network adapter of a host.",
                                        SHAPE_ROWS(nic_rows)};
