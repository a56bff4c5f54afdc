/* shape_host_io.c - physical disks and adapters of hosts. */
#include "scenarios/shape_host.h"

#include "model/host/model.h"
#include "scenarios/choices.h"

static const struct key_row disk_rows[] = {
    {"label", KEY_TEXT, "name in the log", KEY_AT(struct pdisk_spec, label)},
    {"kind", KEY_CHOICE, "hard disks, solid state, or a LUN of a SAN", .choices = &choices_pdisk,
     .def = "hdd", KEY_AT(struct pdisk_spec, kind)},
    {"spindles", KEY_COUNT, "disks that serve at the same time", .lo = 1, .hi = 1000,
     .absent = "1; channels of an ssd or nvme", KEY_AT(struct pdisk_spec, spindles)},
    {"channels", KEY_COUNT, "operations that flash serves at the same time; stands in place of spindles",
     .lo = 1, .hi = 1000, .absent = "8 of an ssd, 32 of an nvme; else as spindles",
     KEY_AT(struct pdisk_spec, spindles),
     .source =
         "data sheets: SATA drives reach about 8 times the rate of one operation at a time, the Intel P3700 "
         "about 32 times",
     .confidence = CONF_ASSUMED},
    {"raid", KEY_CHOICE, "RAID level, which decides the write penalty", .choices = &choices_raid, .def = "0",
     KEY_AT(struct pdisk_spec, raid)},
    {"stripe", KEY_NUMBER, "stripe unit: what is larger works on several spindles at once",
     .unit = UNIT_BYTES, .lo = 0, .hi = 0x1p30,
     .absent = "64 KiB of several hard disks; else operations stay whole (0 B)",
     KEY_AT(struct pdisk_spec, stripe_bytes), .source = "usual default of RAID controllers",
     .confidence = CONF_ASSUMED},
    {"queue", KEY_CHOICE, "where operations wait: for any spindle, or for the one that their block lies on",
     .choices = &choices_pqueue, .def = "shared", KEY_AT(struct pdisk_spec, queue)},
    {"read", KEY_TIME, "time of one random read of 8 KiB on one spindle, before penalty and cache",
     .absent = "from rpm and seek; 110 us of an nvme", KEY_AT(struct pdisk_spec, read)},
    {"write", KEY_TIME, "time of one random write of 8 KiB on one spindle, before penalty and cache",
     .absent = "as read; from rpm: and the settling of the head; 350 us of an nvme",
     KEY_AT(struct pdisk_spec, write)},
    {"rpm", KEY_COUNT, "turns per minute of a hard disk, from which its times follow where read is not given",
     .lo = 5400, .hi = 15000, .absent = "read is given", KEY_AT(struct pdisk_spec, rpm)},
    {"seek", KEY_NUMBER, "mean seek time of a hard disk", KEY_POSITIVE, .unit = UNIT_TIME, .lo = 0,
     .hi = 100e6, .absent = "usual of its rpm (explain rotation)", .with = "rpm",
     KEY_AT(struct pdisk_spec, seek_ns)},
    {"reordering", KEY_NUMBER,
     "share of the positioning that a disk saves which takes from a deep queue what lies nearest; of q "
     "operations it saves 1 - 1 / sqrt(q) of this share",
     .unit = UNIT_FRACTION, .lo = 0, .hi = 0.9, .def = "0 %", KEY_AT(struct pdisk_spec, reordering),
     .source = "neutral; only where measured. Law: Seltzer, Chen, Ousterhout 1990; Jacobson, Wilkes 1991",
     .confidence = CONF_ASSUMED},
    {"write_cache", KEY_BOOL, "a protected write cache acknowledges writes at once", .def = "no",
     KEY_AT(struct pdisk_spec, write_cache)},
    {"cache", KEY_NUMBER, "size of the write cache", .unit = UNIT_BYTES, .lo = 0, .hi = 0x1p50,
     .def = "256 MiB", KEY_AT(struct pdisk_spec, cache_bytes),
     .source = "typical of RAID controllers of 2008", .confidence = CONF_ASSUMED},
    {"transfer", KEY_NUMBER, "sequential transfer rate of one spindle", KEY_POSITIVE, .unit = UNIT_BANDWIDTH,
     .lo = 0, .hi = 1e12, .absent = "default of the kind", KEY_AT(struct pdisk_spec, transfer_bytes_per_s)},
    {"outside_iops", KEY_NUMBER, "operations of other machines on a shared LUN", .unit = UNIT_RATE, .lo = 0,
     .hi = 1e7, .def = "0 /s", KEY_AT(struct pdisk_spec, outside_iops)},
    {"outside_writes", KEY_NUMBER, "share of writes among them", .unit = UNIT_FRACTION, .lo = 0, .hi = 1,
     .def = "0 %", KEY_AT(struct pdisk_spec, outside_writes)},
    {"outside_size", KEY_NUMBER, "size of each of them", KEY_POSITIVE, .unit = UNIT_BYTES, .lo = 0,
     .hi = 0x1p30, .def = "8 KiB", KEY_AT(struct pdisk_spec, outside_bytes)},
    {"sectors", KEY_CHOICE, "physical sectors", .choices = &choices_sectors, .def = "512",
     KEY_AT(struct pdisk_spec, sectors)},
    {"balancer", KEY_BOOL,
     "the root's I/O balancer: while the disk has more work than it can do in 83 ms, VMs take turns",
     .absent = "yes for VHD files on a disk that is no SAN, no for everything else",
     KEY_AT(struct pdisk_spec, balancer)},
    {"shared", KEY_BOOL, "a LUN shared with other machines: no advice on defragmentation", .def = "no",
     KEY_AT(struct pdisk_spec, shared)},
    {"defragment", KEY_BOOL,
     "what if the files on it lay in one piece, what guests keep inside theirs aside; refused for a san and "
     "for shared disks, whose arrays hide "
     "where blocks lie",
     .def = "no", KEY_AT(struct pdisk_spec, defragment)},
};
const struct shape shape_host_io_disk = {"disk", "hosts.H.disks.D",
                                         "A physical disk, array or LUN of a host.", SHAPE_ROWS(disk_rows)};

static const struct key_row nic_rows[] = {
    {"label", KEY_TEXT, "name in the log", KEY_AT(struct pnic_spec, label)},
    {"speed", KEY_NUMBER, "line speed in each direction", KEY_REQUIRED | KEY_POSITIVE, .unit = UNIT_BANDWIDTH,
     .lo = 0, .hi = 1e12, KEY_AT(struct pnic_spec, bytes_per_s)},
    {"vmq", KEY_BOOL,
     "virtual machine queues (2008 R2 and later): the packets of each VM's adapter are worked on by a root "
     "processor of its own. Windows has it off below 10 Gbps unless its registry says otherwise; yes means "
     "that it is on at any speed",
     .def = "no", KEY_AT(struct pnic_spec, vmq)},
    {"queues", KEY_COUNT,
     "adapters of VMs that VMQ can serve; those beyond share the default queue on the first root processor",
     .lo = 1, .hi = 4096, .absent = "enough for all", KEY_AT(struct pnic_spec, queues)},
    {"vmmq", KEY_BOOL,
     "several hardware queues for each adapter of a VM (2016 and later, with vmq): what it sends and "
     "receives spreads over several root processors by connection",
     .def = "no", KEY_AT(struct pnic_spec, vmmq)},
    {"checksum", KEY_BOOL, "the adapter computes checksums; no: the processor does, byte by byte",
     .def = "yes", KEY_AT(struct pnic_spec, checksum),
     .source = "offload through the virtual switch since 2008 (Performance Tuning Guidelines, 2008)",
     .confidence = CONF_DOCUMENTED},
    {"large_send", KEY_BOOL, "the adapter cuts large sends into packets (large-send offload)", .def = "yes",
     KEY_AT(struct pnic_spec, large_send),
     .source = "offload through the virtual switch since 2008 (Performance Tuning Guidelines, 2008)",
     .confidence = CONF_DOCUMENTED},
    {"rsc", KEY_BOOL,
     "receive-segment coalescing in the virtual switch (2019 and later): packets received in a row are "
     "handed on as one",
     .def = "no", KEY_AT(struct pnic_spec, rsc)},
    {"chimney", KEY_BOOL, "TCP offload (2008 R2 and later); where VMQ is on, VMQ is used", .def = "no",
     KEY_AT(struct pnic_spec, chimney)},
    {"jumbo", KEY_BOOL, "jumbo frames (2008 R2 and later)", .def = "no", KEY_AT(struct pnic_spec, jumbo)},
    {"round_trip", KEY_NUMBER,
     "network's round-trip time to peers outside, which setting up a connection waits for", .unit = UNIT_TIME,
     .lo = 0, .hi = 1e10, .def = "200 us", KEY_AT(struct pnic_spec, round_trip_ns),
     .source = "usual for a local network with the peer's processing; a ping to the peer tells",
     .confidence = CONF_ASSUMED},
};
const struct shape shape_host_io_nic = {"nic", "hosts.H.nics.N", "A physical network adapter of a host.",
                                        SHAPE_ROWS(nic_rows)};

static const struct key_row switch_rows_keys[] = {
    {"kind", KEY_CHOICE, "whom its VMs reach", .choices = &choices_switch, .def = "external",
     KEY_AT(struct vswitch_spec, kind)},
    {"nics", KEY_REF, "adapters of the host that it is bound to; several are a team", KEY_LIST_TOO,
     .refs = "nics", .absent = "the host's only adapter; none unless external", KEY_NOT_STORED},
    {"balance", KEY_CHOICE, "how a team shares the load", .choices = &choices_balance, .def = "port",
     KEY_AT(struct vswitch_spec, balance),
     .source = "Hyper-V Port is the mode advised for virtual switches (NIC teaming, 2012)",
     .confidence = CONF_DOCUMENTED},
};
const struct shape shape_host_io_switch = {"switch", "hosts.H.switches.S",
                                           "A virtual switch. An adapter of the host that stands in no "
                                           "switch is an external switch of its own, under its "
                                           "own name.",
                                           SHAPE_ROWS(switch_rows_keys)};
