/* disk_path.c - from the guest's driver to the root's disk stack, by kind of virtual disk. */
#include "model/mechanism/mechanisms.h"
#include <math.h>

enum {
    GUEST,
    ROOT_PASS_THROUGH,
    ROOT_FIXED,
    ROOT_DYNAMIC,
    ROOT_PARENT,
    LATENCY_READ,
    LATENCY_WRITE,
    LATENCY_FILE,
    MODERN_STACK,
    ALLOCATE_RANDOM,
    ALLOCATE_SEQUENTIAL,
    METADATA_VHD,
    METADATA_VHDX,
    METADATA_2008,
    MAP_MISS,
    CHAIN_MISS,
    EXITS,
    EXITS_COMPLETION,
    EXIT_ROOT,
    EXIT_HYPERVISOR,
    IDE_TRANSFER,
    ISCSI_OPERATION,
    ISCSI_COPY,
    QOS_BURST,
    BALANCE_TARGET,
    BALANCE_OVERHEAD,
    PARAMS
};

#define IOMETER                                                                                              \
    "BizTalk Server Hyper-V Guide, IOMeter with one 2 KB operation outstanding: +0.373 ms a read, +0.117 "   \
    "ms a write"
#define START_VALUE "start value; no trustworthy cycles per operation are published for this stack; calibrate"
#define DYNAMIC_LOSS                                                                                         \
    "own arithmetic: 10 to 15 % less than fixed on 2008 (winserverperformance, 2008-09-19), about 10 % on "  \
    "2008 R2 "                                                                                               \
    "(concurrency.com), of random 2:1 reads and writes"

static const struct param params[PARAMS] = {
    [GUEST] = {"guest", UNIT_TIME, 10e3, 0.0, 1e6, CONF_ASSUMED, true, START_VALUE,
               "Guest CPU of the storage driver for one operation, beyond that of a physical driver."},
    [ROOT_PASS_THROUGH] = {"root_pass_through", UNIT_TIME, 20e3, 0.0, 10e6, CONF_ASSUMED, true, START_VALUE,
                           "Root CPU of one operation on a pass-through disk."},
    [ROOT_FIXED] = {"root_fixed", UNIT_TIME, 25e3, 0.0, 10e6, CONF_ASSUMED, true, START_VALUE,
                    "Root CPU of one operation on a fixed VHD or VHDX: the file system besides."},
    [ROOT_DYNAMIC] =
        {"root_dynamic", UNIT_TIME, 30e3, 0.0, 10e6, CONF_ASSUMED, true, START_VALUE,
         "Root CPU of one operation on a dynamic or differencing VHD or VHDX: the block map besides."},
    [ROOT_PARENT] =
        {"root_parent", UNIT_TIME, 3e3, 0.0, 1e6, CONF_ASSUMED, true,
         "long chains raise CPU (learn.microsoft.com, Hyper-V storage I/O performance); no figure published",
         "Root CPU per further file of a differencing chain that is looked up."},
    [LATENCY_READ] = {"latency_read", UNIT_TIME, 335e3, 0.0, 1e9, CONF_MEASURED, true,
                      IOMETER ", less about 38 us of CPU time on the way",
                      "Delay of one read through the virtual storage path, no CPU held."},
    [LATENCY_WRITE] = {"latency_write", UNIT_TIME, 79e3, 0.0, 1e9, CONF_MEASURED, true,
                       IOMETER ", less about 38 us of CPU time on the way",
                       "Delay of one write through the virtual storage path, no CPU held."},
    [LATENCY_FILE] =
        {"latency_file", UNIT_TIME, 1e6, 0.0, 1e9, CONF_MEASURED, true,
         "SQL Server on 2008 R2: pass-through about 1 ms faster than fixed VHD (taylorb, 2010-07-06)",
         "More delay where the disk is a file in the root's file system (2008, 2008 R2)."},
    [MODERN_STACK] =
        {"modern_stack", UNIT_FRACTION, 0.3, 0.0, 1.0, CONF_ASSUMED, true,
         "2012 reworked the storage stack (several channels, VHDX); no figure published for one operation",
         "Share of the three delays that is left from 2012 on."},
    [ALLOCATE_RANDOM] =
        {"allocate_random", UNIT_FRACTION, 0.10, 0.0, 1.0, CONF_ASSUMED, true, DYNAMIC_LOSS,
         "Share of random writes to a dynamic or differencing disk that meet an unallocated block."},
    [ALLOCATE_SEQUENTIAL] =
        {"allocate_sequential", UNIT_FRACTION, 0.45, 0.0, 1.0, CONF_ASSUMED, true,
         "own arithmetic: VHDX writes 1 MB runs about 25 % faster than VHD (QLogic 2600, page 9)",
         "Share of sequential writing to a dynamic or differencing disk that extends the file; it "
         "allocates once per block passed (VHD 2 MiB, VHDX 32 MiB)."},
    [METADATA_VHD] = {"metadata_vhd", UNIT_NONE, 2.0, 0.0, 20.0, CONF_ASSUMED, true,
                      "VHD format: block allocation table and sector bitmap; " DYNAMIC_LOSS,
                      "Further disk writes per allocation in a VHD."},
    [METADATA_VHDX] = {"metadata_vhdx", UNIT_NONE, 1.0, 0.0, 20.0, CONF_ASSUMED, true,
                       "VHDX format: one log entry, the table is written later with others",
                       "Further disk writes per allocation in a VHDX."},
    [METADATA_2008] = {"metadata_2008", UNIT_NONE, 1.3, 1.0, 10.0, CONF_ASSUMED, true, DYNAMIC_LOSS,
                       "Factor on metadata visits of Windows Server 2008, whose dynamic disks were slower "
                       "than those of R2."},
    [MAP_MISS] =
        {"map_miss", UNIT_FRACTION, 0.04, 0.0, 1.0, CONF_ASSUMED, true, DYNAMIC_LOSS,
         "Share of random operations on a dynamic or differencing disk whose block map must be read first."},
    [CHAIN_MISS] = {"chain_miss", UNIT_FRACTION, 0.05, 0.0, 1.0, CONF_ASSUMED, true,
                    "long chains noticeably slow reads (learn.microsoft.com, Hyper-V storage I/O "
                    "performance); no figure",
                    "Further disk reads of one read per parent file of a differencing chain."},
    [EXITS] = {"exits", UNIT_NONE, 7.0, 0.0, 1000.0, CONF_DOCUMENTED, true,
               "Savill, Mastering Windows Server 2016 Hyper-V, p. 85: seven port writes program one transfer",
               "Synchronous round trips to the worker process before each operation on emulated IDE."},
    [EXITS_COMPLETION] = {"exits_completion", UNIT_NONE, 1.0, 0.0, 1000.0, CONF_ASSUMED, true,
                          "ATA: the guest reads the status register to end the interrupt; Voellm, "
                          "virtualized disk performance "
                          "(2007-12-12): completion goes back through the worker process",
                          "Further round trips when the operation is complete."},
    [EXIT_ROOT] = {"exit_root", UNIT_TIME, 10e3, 0.0, 10e6, CONF_ASSUMED, true, START_VALUE,
                   "Root CPU of each such round trip; the virtual processor is suspended meanwhile."},
    [EXIT_HYPERVISOR] =
        {"exit_hypervisor", UNIT_TIME, 2e3, 0.0, 1e6, CONF_ASSUMED, true,
         "own arithmetic: intercept, message to the root and resumption, 5000 cycles at 2.5 GHz",
         "Hypervisor time of each such round trip."},
    [IDE_TRANSFER] = {"ide_transfer", UNIT_BYTES, 131072.0, 65536.0, 0x1p40, CONF_ASSUMED, true,
                      "IDE has a smaller maximum transfer size (learn.microsoft.com, Hyper-V storage I/O "
                      "performance); size: "
                      "an ATA command with 28 bits of address moves 256 sectors",
                      "Largest operation of a disk on an IDE controller; a larger one is made in several."},
    [ISCSI_OPERATION] =
        {"iscsi_operation", UNIT_TIME, 20e3, 0.0, 10e6, CONF_ASSUMED, true,
         "own arithmetic: less than 10,000 operations a second cost low single-digit CPU % (Microsoft "
         "virtualization team blog, 2010-02-24): 3 % of 8 processors is 24 us an operation, the driver's "
         "packets "
         "included",
         "CPU of the iSCSI initiator and of TCP/IP under it for one operation, in the guest or on the "
         "physical "
         "machine."},
    [ISCSI_COPY] = {"iscsi_copy", UNIT_BANDWIDTH, 2e9, 50e6, 1e12, CONF_ASSUMED, true,
                    "start value: one copy between the sockets' and the file system's memory; calibrate",
                    "Rate at which the initiator copies data."},
    [QOS_BURST] =
        {"qos_burst", UNIT_TIME, 100e6, 0.0, 60e9, CONF_ASSUMED, true,
         "no figure is published; operations that come unevenly are not held back as long as their mean is "
         "within the maximum",
         "Storage QoS: what a disk did not use of its maximum within this time it may use later."},
    [BALANCE_TARGET] =
        {"balance_target", UNIT_TIME, 83e6, 0.0, 60e9, CONF_DOCUMENTED, true,
         "Performance tuning for Hyper-V servers, 2012 R2 (IOBalance_KeepHwBusyLatencyTarget): 83 ms for "
         "storage",
         "The root's I/O balancer: work that a disk is given at a time; what is beyond waits, by VM."},
    [BALANCE_OVERHEAD] = {"balance_overhead", UNIT_FRACTION, 0.08, 0.001, 1.0, CONF_DOCUMENTED, true,
                          "Performance tuning for Hyper-V servers, 2012 R2 "
                          "(IOBalance_AllowedPercentOverheadDueToFlowSwitching): "
                          "8 % for storage",
                          "The root's I/O balancer: time that switching between VMs may cost; the turn of a "
                          "VM with a sequential "
                          "run is so much longer than one positioning."},
};

struct form {
    int root;     /* parameter */
    int metadata; /* parameter; 0 = no block map */
    double block_bytes;
};

static const struct form forms[VDISK_KINDS] = {
    [VDISK_PASS_THROUGH] = {ROOT_PASS_THROUGH, 0, 0.0},
    [VDISK_FIXED_VHD] = {ROOT_FIXED, 0, 0.0},
    [VDISK_DYNAMIC_VHD] = {ROOT_DYNAMIC, METADATA_VHD, 2097152.0},
    [VDISK_DIFF_VHD] = {ROOT_DYNAMIC, METADATA_VHD, 2097152.0},
    [VDISK_FIXED_VHDX] = {ROOT_FIXED, 0, 0.0},
    [VDISK_DYNAMIC_VHDX] = {ROOT_DYNAMIC, METADATA_VHDX, 33554432.0},
    [VDISK_DIFF_VHDX] = {ROOT_DYNAMIC, METADATA_VHDX, 33554432.0},
    [VDISK_VIRTUAL_FC] = {ROOT_PASS_THROUGH, 0, 0.0},
};

static const double sector_bytes = 4096.0, logical_bytes = 512.0;

/* A write that begins or ends inside a physical sector: that sector is read, changed and written whole. With 4 KiB that lie
 * across two sectors 2 reads and 2 writes (learn.microsoft.com, Hyper-V storage I/O performance); of a larger write the two
 * ends. A sequential run is put together in the drive's memory. */
static void add_sectors(const struct demand *d, struct cost *c)
{
    const struct place *at = d->at;
    if (at->sectors != SECTORS_512E || !d->write || d->sequential || d->bytes <= 0.0)
        return;
    double ends = fmod(d->bytes, sector_bytes) > 0.0 ? 1.0 : 0.0;
    if (at->misaligned) /* a smaller one meets a border in proportion to its length */
        ends = d->bytes >= sector_bytes ? 2.0 : 1.0 + fmax(0.0, d->bytes - logical_bytes) / sector_bytes;
    c->sector_reads += ends * d->amount;
    c->sector_writes += fmax(0.0, ends - 1.0) * d->amount;
}

static void add_initiator(const double *p, const struct demand *d, struct cost *c)
{
    c->guest_ns += (p[ISCSI_OPERATION] + d->bytes / p[ISCSI_COPY] * 1e9) * d->amount;
}

/* Of a random write the chance to meet a block that is not there; of a sequential one the blocks passed that are not. */
static double allocations_of(const double *p, const struct demand *d, const struct form *f)
{
    const double missing = d->at->allocated >= 0.0 ? 1.0 - d->at->allocated
                           : d->sequential         ? p[ALLOCATE_SEQUENTIAL]
                                                   : p[ALLOCATE_RANDOM];
    return d->sequential ? missing * d->bytes / f->block_bytes : missing;
}

static void add_latency(const double *p, const struct demand *d, struct cost *c)
{
    const double path = d->write ? p[LATENCY_WRITE] : p[LATENCY_READ];
    const double stack = d->at->version >= HV_2012 ? p[MODERN_STACK] : 1.0;
    c->latency_ns += stack * (path + (vdisk_traits[d->at->vdisk].file ? p[LATENCY_FILE] : 0.0)) * d->amount;
}

/* Visits to the disk beyond the operation's own: the block map, allocations. */
static void add_metadata(const double *p, const struct demand *d, const struct form *f, struct cost *c)
{
    if (!f->metadata)
        return;
    const double era = d->at->version == HV_2008 ? p[METADATA_2008] : 1.0;
    if (!d->sequential)
        c->extra_reads += era * p[MAP_MISS] * d->amount;
    if (d->write)
        c->extra_writes += era * p[f->metadata] * allocations_of(p, d, f) * d->amount;
}

static void add_chain(const double *p, const struct demand *d, struct cost *c)
{
    const double parents = vdisk_traits[d->at->vdisk].differencing ? fmax(0.0, d->at->chain - 1.0) : 0.0;
    c->root_ns += parents * p[ROOT_PARENT] * d->amount;
    if (!d->write)
        c->extra_reads += parents * p[CHAIN_MISS] * d->amount;
}

/* A split of a random operation is one more operation of the root's disk. Splits of a sequential run are
 * seeks inside it: physical_disk has them. On a SAN the array hides where blocks lie. */
static void add_splits(const struct demand *d, struct cost *c)
{
    const struct place *at = d->at;
    if (!vdisk_traits[at->vdisk].file || d->sequential || at->pdisk == PDISK_SAN)
        return;
    *(d->write ? &c->extra_writes : &c->extra_reads) += at->fragmentation * d->amount;
}

static void add_emulation(const double *p, const struct demand *d, struct cost *c)
{
    if (d->at->controller != CTRL_IDE || d->at->integration)
        return;
    const double exits = (p[EXITS] + p[EXITS_COMPLETION]) * d->amount;
    c->exits += exits;
    c->exits_completion += p[EXITS_COMPLETION] * d->amount;
    c->exit_root_ns += p[EXIT_ROOT];
    c->exit_hypervisor_ns += p[EXIT_HYPERVISOR];
    c->hypervisor_ns[ACCOUNT_INTERCEPT] += exits * p[EXIT_HYPERVISOR];
}

static void cost(const double *p, const struct demand *d, struct cost *c)
{
    add_sectors(d, c);
    if (d->at->vdisk == VDISK_ISCSI)
        add_initiator(p, d, c);
    if (d->at->version == HV_NONE || !vdisk_traits[d->at->vdisk].root)
        return;
    const struct form *f = &forms[d->at->vdisk];
    c->guest_ns += p[GUEST] * d->amount;
    c->root_ns += p[f->root] * d->amount;
    add_latency(p, d, c);
    add_metadata(p, d, f, c);
    add_chain(p, d, c);
    add_splits(d, c);
    add_emulation(p, d, c);
}

const struct mechanism disk_path_mechanism = {
    .name = "disk_path",
    .title = "Path of a virtual disk",
    .doc =
        "Each operation costs guest and root CPU and a delay by kind of disk; dynamic and differencing "
        "disks visit the physical disk more often, for their block map, allocations and parents; "
        "fragmented files split operations. IDE without integration components makes seven synchronous "
        "exits before and one after each operation, one by one. Virtual Fibre Channel and pass-through go "
        "around the root's file system, a device assigned to the VM around the root, iSCSI from within the "
        "guest over its network adapter. On sectors of 512e a write that does not fill physical sectors "
        "reads "
        "them first. Storage QoS and the I/O balancer let operations wait in the root.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_IO),
    .cost = cost,
};
