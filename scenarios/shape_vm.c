/* shape_vm.c - VMs: processors, memory, virtual disks and adapters. */
#include "scenarios/shape_vm.h"

#include "model/host/model.h"
#include "scenarios/choices.h"

static const struct key_row disk_rows[] = {
    {"label", KEY_TEXT, "name in the log", KEY_AT(struct vdisk_spec, label)},
    {"kind", KEY_CHOICE, "how the disk reaches the hardware", .choices = &choices_vdisk,
     .absent = "fixed-vhd; physical on a physical machine", KEY_AT(struct vdisk_spec, kind)},
    {"on", KEY_REF, "disk of the host that holds it", .refs = "disks", .absent = "the host's only disk",
     KEY_NOT_STORED},
    {"controller", KEY_CHOICE, "virtual controller", .choices = &choices_controller, .def = "scsi",
     KEY_AT(struct vdisk_spec, controller)},
    {"controller_number", KEY_COUNT,
     "which of the VM's controllers of that kind: 0 to 3 of SCSI, 0 and 1 of IDE", .lo = 0, .hi = 3,
     .def = "0", KEY_AT(struct vdisk_spec, controller_number)},
    {"nic", KEY_REF, "iscsi: adapter of the VM that carries it", .refs = "vm nics",
     .absent = "the VM's only adapter", KEY_NOT_STORED},
    {"allocated", KEY_NUMBER,
     "share of the blocks of a dynamic or differencing disk that exist already; random writes to the others "
     "allocate them",
     .unit = UNIT_FRACTION, .lo = 0, .hi = 1, .absent = "overheads.disk_path.allocate_random as it is",
     KEY_AT(struct vdisk_spec, allocated)},
    {"misaligned", KEY_BOOL,
     "its sectors do not begin where physical sectors of 4 KiB do: growing disks of the VHD format, "
     "partitions "
     "that Windows Server 2003 made",
     .absent = "yes for dynamic-vhd and differencing-vhd, else no", KEY_AT(struct vdisk_spec, misaligned)},
    {"maximum_iops", KEY_NUMBER,
     "storage QoS: operations a second that it may make at most, counted in units of 8 KiB", KEY_POSITIVE,
     .unit = UNIT_RATE, .lo = 0, .hi = 1e9, .absent = "unlimited", KEY_AT(struct vdisk_spec, maximum_iops)},
    {"minimum_iops", KEY_NUMBER,
     "storage QoS: operations a second, in units of 8 KiB, below which an alert is due; it reserves nothing",
     KEY_POSITIVE, .unit = UNIT_RATE, .lo = 0, .hi = 1e9, .absent = "none",
     KEY_AT(struct vdisk_spec, minimum_iops)},
    {"chain", KEY_COUNT, "files of a differencing chain, the base counted", .lo = 1, .hi = 100,
     .absent = "2 for differencing kinds, else 1", KEY_AT(struct vdisk_spec, chain)},
    {"fragmentation", KEY_NUMBER,
     "extra splits an operation that fragments cause: of the virtual disk's file on the root's volume (Split "
     "IO/Sec over Disk Transfers/sec there), or of the guest's files where the disk is no file",
     .lo = 0, .hi = 100, .def = "0", KEY_AT(struct vdisk_spec, fragmentation)},
    {"guest_run", KEY_NUMBER,
     "mean length of what lies in one piece in the guest's file system: an operation is split once for each "
     "such length that it spans",
     KEY_POSITIVE, .unit = UNIT_BYTES, .lo = 0, .hi = 0x1p50, .absent = "files lie in one piece",
     KEY_AT(struct vdisk_spec, guest_run_bytes)},
    {"host_run", KEY_NUMBER,
     "the same of the virtual disk's file on the root's volume; dynamic files, which grow by blocks, lie in "
     "more pieces than fixed ones",
     KEY_POSITIVE, .unit = UNIT_BYTES, .lo = 0, .hi = 0x1p50, .absent = "the file lies in one piece",
     KEY_AT(struct vdisk_spec, host_run_bytes)},
    {"defragment", KEY_CHOICE,
     "what if files lay in one piece: of the guest (guest_run), of the host (host_run and fragmentation), or "
     "both; refused on a san and on shared disks, whose arrays hide where blocks lie",
     .choices = &choices_defragment, .def = "no", KEY_AT(struct vdisk_spec, defragment)},
};
const struct shape shape_vm_disk = {"vm_disk", "vms.V.disks.D", "A disk of a VM.", SHAPE_ROWS(disk_rows)};

static const struct key_row nic_rows[] = {
    {"label", KEY_TEXT, "name in the log", KEY_AT(struct vnic_spec, label)},
    {"kind", KEY_CHOICE, "kind of adapter", .choices = &choices_vnic,
     .absent = "synthetic; physical on a physical machine", KEY_AT(struct vnic_spec, kind)},
    {"on", KEY_REF, "virtual switch of the host, or the adapter that is one of its own",
     .refs = "nics switches", .absent = "the host's only one", KEY_NOT_STORED},
    {"vrss", KEY_BOOL,
     "virtual RSS (2012 R2 and later, with vmq): what it receives spreads over several root processors and "
     "virtual processors by connection; no: one of each",
     .def = "no", KEY_AT(struct vnic_spec, vrss)},
};
static const struct shape nic_shape = {"vm_nic", "vms.V.nics.N", "A network adapter of a VM.",
                                       SHAPE_ROWS(nic_rows)};

static const struct key_row memory_rows[] = {
    {"startup", KEY_NUMBER, "memory at start; the whole of it without dynamic memory",
     KEY_REQUIRED | KEY_POSITIVE, .unit = UNIT_BYTES, .lo = 0, .hi = 0x1p50,
     KEY_AT(struct memory_spec, startup_bytes)},
    {"dynamic", KEY_BOOL, "dynamic memory", .absent = "yes when minimum or maximum is given",
     KEY_AT(struct memory_spec, dynamic)},
    {"minimum", KEY_NUMBER, "least memory under dynamic memory", KEY_POSITIVE, .unit = UNIT_BYTES, .lo = 0,
     .hi = 0x1p50, .absent = "as startup", KEY_AT(struct memory_spec, minimum_bytes)},
    {"maximum", KEY_NUMBER, "most memory under dynamic memory", KEY_POSITIVE, .unit = UNIT_BYTES, .lo = 0,
     .hi = 0x1p50, .absent = "as startup", KEY_AT(struct memory_spec, maximum_bytes)},
    {"demand", KEY_NUMBER, "what the guest needs to run without paging", KEY_POSITIVE, .unit = UNIT_BYTES,
     .lo = 0, .hi = 0x1p50, .absent = "the assigned size suffices", KEY_AT(struct memory_spec, demand_bytes)},
    {"cache", KEY_NUMBER, "part of the demand that is file cache", .unit = UNIT_BYTES, .lo = 0, .hi = 0x1p50,
     .def = "0 B", KEY_AT(struct memory_spec, cache_bytes)},
    {"per_job", KEY_NUMBER,
     "memory that each job inside the VM adds to the demand: stack, buffers, objects of a request",
     .unit = UNIT_BYTES, .lo = 0, .hi = 0x1p50, .def = "0 B", KEY_AT(struct memory_spec, per_job_bytes)},
    {"miss_exponent", KEY_NUMBER,
     "disk reads go with the file cache to the power of minus this; fit it from read rates at two sizes of "
     "the cache",
     KEY_POSITIVE, .lo = 0, .hi = 4, .absent = "overheads.memory.cache_exponent, an assumption",
     KEY_AT(struct memory_spec, miss_exponent)},
    {"buffer", KEY_NUMBER, "memory kept above the demand by dynamic memory", .unit = UNIT_FRACTION, .lo = 0,
     .hi = 20, .def = "20 %", KEY_AT(struct memory_spec, buffer),
     .source = "default of Hyper-V (2008 R2 SP1)", .confidence = CONF_DOCUMENTED},
    {"weight", KEY_NUMBER, "memory weight", .lo = 0, .hi = 10000, .def = "5000",
     KEY_AT(struct memory_spec, weight), .source = "default of Hyper-V", .confidence = CONF_DOCUMENTED},
};
static const struct shape memory_shape = {
    "memory", "vms.V.memory", "Memory of a VM; a size alone is static memory.", SHAPE_ROWS(memory_rows)};

static const struct key_row vm_rows[] = {
    {"label", KEY_TEXT, "name in the log", KEY_AT(struct vm_spec, label)},
    {"host", KEY_REF, "host that it runs on", KEY_REQUIRED, .refs = "hosts", KEY_NOT_STORED},
    {"os", KEY_CHOICE, "guest system; decides enlightenment and supported vCPUs", .choices = &choices_os,
     .def = "ws2008r2", KEY_AT(struct vm_spec, os)},
    {"integration", KEY_BOOL, "integration components are installed", .absent = "yes; no for linux",
     KEY_AT(struct vm_spec, integration)},
    {"enlightened", KEY_BOOL, "the guest kernel knows the hypervisor",
     .absent = "as the guest system with integration components", KEY_AT(struct vm_spec, enlightened)},
    {"compatibility", KEY_BOOL, "processor compatibility mode for live migration", .def = "no",
     KEY_AT(struct vm_spec, compatibility)},
    {"vcpus", KEY_COUNT, "virtual processors; on a physical machine all of its logical processors", .lo = 1,
     .hi = 2048, .def = "1", KEY_AT(struct vm_spec, vcpus)},
    {"weight", KEY_NUMBER, "share of each virtual processor while they contend", .lo = 1, .hi = 10000,
     .def = "100", KEY_AT(struct vm_spec, weight), .source = "TLFS 2.0, section 18.2.3",
     .confidence = CONF_DOCUMENTED},
    {"reserve", KEY_NUMBER, "guaranteed part of a logical processor for each virtual processor",
     .unit = UNIT_FRACTION, .lo = 0, .hi = 1, .def = "0 %", KEY_AT(struct vm_spec, reserve),
     .source = "TLFS 2.0, section 18.2.1", .confidence = CONF_DOCUMENTED},
    {"limit", KEY_NUMBER, "most of a logical processor that each virtual processor may use", KEY_POSITIVE,
     .unit = UNIT_FRACTION, .lo = 0, .hi = 1, .def = "100 %", KEY_AT(struct vm_spec, limit),
     .source = "TLFS 2.0, section 18.2.2", .confidence = CONF_DOCUMENTED},
    {"cpu_group", KEY_TEXT, "CPU group of the host that it belongs to", .absent = "none", KEY_NOT_STORED},
    {"smt", KEY_BOOL,
     "core scheduler: its virtual processors share cores in pairs; no (VMs made before 2019): each takes a "
     "whole "
     "core",
     .def = "yes", KEY_AT(struct vm_spec, smt),
     .source = "Microsoft, about Hyper-V hypervisor scheduler type selection (HwThreadCountPerCore)",
     .confidence = CONF_DOCUMENTED},
    {"pool", KEY_COUNT, "threads that serve jobs; held through nested calls", .lo = 1, .hi = 1000000,
     .absent = "unlimited", KEY_AT(struct vm_spec, pool)},
    {"pool_queue", KEY_COUNT,
     "jobs that may wait for a thread of the pool; one that finds threads and queue full is refused: its job "
     "ends there and is counted, not timed. A user who is refused asks again after the think time, 1 ms at "
     "the "
     "least",
     KEY_UNSET, .lo = 0, .hi = 1000000, .absent = "unlimited", .with = "pool",
     KEY_AT(struct vm_spec, pool_queue)},
    {"guest_quantum", KEY_NUMBER, "time slice of the guest's own scheduler", .unit = UNIT_TIME, .lo = 1e5,
     .hi = 1e9, .def = "20 ms", KEY_AT(struct vm_spec, guest_quantum_ns),
     .source = "Windows Internals: 2 clock ticks on a client, 12 on a server; jobs also yield by themselves",
     .confidence = CONF_ASSUMED},
    {"lock_share", KEY_NUMBER, "share of its CPU time that the guest spends inside kernel locks",
     .unit = UNIT_FRACTION, .lo = 0, .hi = 0.9, .def = "0 %", KEY_AT(struct vm_spec, lock_share),
     .source = "not published; fit until Long Spin Wait Hypercalls/sec moves as measured",
     .confidence = CONF_ASSUMED},
    {"remote_memory", KEY_NUMBER,
     "share of its memory outside its home NUMA node: Remote Physical Pages / Physical Pages Allocated",
     .unit = UNIT_FRACTION, .lo = 0, .hi = 1,
     .absent = "what does not fit into its node, if host and VM state their memory; else 0 %",
     KEY_AT(struct vm_spec, remote_memory)},
    {"memory", KEY_NUMBER, "static memory", KEY_POSITIVE, .unit = UNIT_BYTES, .lo = 0, .hi = 0x1p50,
     .absent = "memory is not modelled", KEY_AT(struct vm_spec, memory.startup_bytes)},
    {"memory", KEY_MAP, "dynamic memory, or what the guest needs", .shape = &memory_shape,
     .scalar_key = "startup", KEY_AT(struct vm_spec, memory)},
    {"disks", KEY_NAMED, "disks by name", .shape = &shape_vm_disk, .limit = 256,
     KEY_ARRAY(struct vm_spec, disk, disks, struct vdisk_spec)},
    {"nics", KEY_NAMED, "network adapters by name", .shape = &nic_shape, .limit = 64,
     KEY_ARRAY(struct vm_spec, nic, nics, struct vnic_spec)},
};
const struct shape shape_vm = {"vm", "vms.V", "A virtual machine, or the one system of a physical machine.",
                               SHAPE_ROWS(vm_rows)};
