/* shape_host.c - hosts: processors, hypervisor. */
#include "scenarios/shape_host.h"

#include "model/host/model.h"
#include "scenarios/choices.h"

static const struct key_row cpu_rows[] = {
    {"sockets", KEY_COUNT, "processor packages", .lo = 1, .hi = 64, .def = "1",
     KEY_AT(struct cpu_spec, sockets)},
    {"cores", KEY_COUNT, "cores of one package", KEY_REQUIRED, .lo = 1, .hi = 512,
     KEY_AT(struct cpu_spec, cores)},
    {"threads", KEY_COUNT, "hardware threads of one core", .lo = 1, .hi = 2, .def = "1",
     KEY_AT(struct cpu_spec, threads)},
    {"speed", KEY_NUMBER,
     "speed of one core with all cores busy, relative to the machine on which the demands were measured",
     KEY_POSITIVE, .lo = 0, .hi = 100, .def = "1", KEY_AT(struct cpu_spec, speed)},
    {"generation", KEY_CHOICE,
     "processor generation, which fills in vendor, slat and numa_nodes where they are not stated; "
     "`hvplan explain generations` lists them",
     .choices = &choices_generation, .absent = "not known", KEY_AT(struct cpu_spec, generation)},
    {"vendor", KEY_CHOICE, "maker of the processor; live migration needs the same one",
     .choices = &choices_vendor, .absent = "that of the generation, else intel",
     KEY_AT(struct cpu_spec, vendor)},
    {"slat", KEY_BOOL, "second level address translation (EPT, RVI) in the processor",
     .absent = "that of the generation, else yes", KEY_AT(struct cpu_spec, slat),
     .source = "every server processor since 2009 has it; say no for older ones",
     .confidence = CONF_DOCUMENTED},
    {"numa_nodes", KEY_COUNT, "NUMA nodes of the host, each with as many cores", .lo = 1, .hi = 64,
     .absent = "by the generation, else 1", KEY_AT(struct cpu_spec, nodes)},
    {"boost", KEY_NUMBER,
     "clock above `speed` while one core is busy; falls in proportion to none with all busy",
     .unit = UNIT_FRACTION, .lo = 0, .hi = 1, .def = "0 %", KEY_AT(struct cpu_spec, boost),
     .source = "in the vendor's table of the processor; 0 keeps `speed` constant",
     .confidence = CONF_DOCUMENTED},
    {"large_pages", KEY_BOOL, "guest memory is backed by large pages", .def = "yes",
     KEY_AT(struct cpu_spec, large_pages)},
    {"model", KEY_TEXT, "name of the processor, for reports", KEY_AT(struct cpu_spec, label)},
};
static const struct shape cpu_shape = {"cpu", "hosts.H.cpu",
                                       "Processors of a host; logical processors = sockets x "
                                       "cores x threads, at most 512.",
                                       SHAPE_ROWS(cpu_rows)};

static const struct key_row group_rows[] = {
    {"lps", KEY_COUNT, "logical processors of its own: the next ones after those of the group before",
     .lo = 1, .hi = 512, .absent = "all of the host, shared with others", KEY_AT(struct cpu_group_spec, lps)},
    {"cap", KEY_NUMBER, "most of these processors that its VMs together may use", KEY_POSITIVE,
     .unit = UNIT_FRACTION, .lo = 0, .hi = 1, .def = "100 %", KEY_AT(struct cpu_group_spec, cap)},
};
static const struct shape group_shape = {
    "cpu_group", "hosts.H.hypervisor.cpu_groups.G",
    "A CPU group (2016 and later): its VMs share n x cap of n logical processors in every window, and run on "
    "those only if it has its own. Limits of the VMs hold besides. Other VMs may use all processors.",
    SHAPE_ROWS(group_rows)};

static const struct key_row hypervisor_rows[] = {
    {"version", KEY_CHOICE, "Hyper-V version, or none for a physical machine", KEY_REQUIRED,
     .choices = &choices_version, KEY_AT(struct hypervisor_spec, version)},
    {"scheduler", KEY_CHOICE, "hypervisor scheduler", .choices = &choices_scheduler,
     .absent = "default of the version", KEY_AT(struct hypervisor_spec, scheduler)},
    {"placement", KEY_CHOICE, "where a virtual processor that becomes ready runs",
     .choices = &choices_placement, .absent = "default of the version",
     KEY_AT(struct hypervisor_spec, placement)},
    {"quantum", KEY_NUMBER, "time slice of a virtual processor while others wait", .unit = UNIT_TIME,
     .lo = 1e5, .hi = 1e9, .def = "10 ms", KEY_AT(struct hypervisor_spec, quantum_ns),
     .source = "not published; \"hundredths of a second\" (TLFS 2.0, section 18.1)",
     .confidence = CONF_ASSUMED},
    {"window", KEY_NUMBER, "time over which reserve and limit are accounted", .unit = UNIT_TIME, .lo = 1e6,
     .hi = 1e10, .def = "100 ms", KEY_AT(struct hypervisor_spec, window_ns),
     .source = "not published; a small multiple of the quantum", .confidence = CONF_ASSUMED},
    {"queues", KEY_CHOICE, "queues of ready virtual processors", .choices = &choices_queues, .def = "shared",
     KEY_AT(struct hypervisor_spec, queues), .source = "not published", .confidence = CONF_ASSUMED},
    {"steal", KEY_BOOL,
     "a logical processor that falls idle takes from the others' queues at once; no: at the next balance",
     .def = "yes", KEY_AT(struct hypervisor_spec, steal), .source = "not published",
     .confidence = CONF_ASSUMED},
    {"balance", KEY_NUMBER, "period in which queues per logical processor are evened out; 0 s: never",
     .unit = UNIT_TIME, .lo = 0, .hi = 1e10, .def = "10 ms", KEY_AT(struct hypervisor_spec, balance_ns),
     .source = "not published for Hyper-V; Linux looks every few ms", .confidence = CONF_ASSUMED},
    {"cpu_groups", KEY_NAMED, "groups of VMs with processors or a budget of their own, by name",
     .shape = &group_shape, .limit = 64,
     KEY_ARRAY(struct hypervisor_spec, group, groups, struct cpu_group_spec)},
    {"root_vps", KEY_COUNT, "virtual processors of the root on the first n logical processors (minroot)",
     .lo = 1, .hi = 512, .absent = "one for each logical processor",
     KEY_AT(struct hypervisor_spec, root_vps)},
    {"root_first", KEY_BOOL, "root work preempts guests; no: fair share at weight 100", .def = "yes",
     KEY_AT(struct hypervisor_spec, root_first), .source = "not published", .confidence = CONF_ASSUMED},
    {"root_load", KEY_NUMBER, "background load of the root itself", .unit = UNIT_CORES, .lo = 0, .hi = 512,
     .def = "0 cores", KEY_AT(struct hypervisor_spec, root_load)},
};
static const struct shape hypervisor_shape = {"hypervisor", "hosts.H.hypervisor",
                                              "The hypervisor of a host; a word alone is its version.",
                                              SHAPE_ROWS(hypervisor_rows)};

static const struct key_row host_rows[] = {
    {"label", KEY_TEXT, "name in the log", KEY_AT(struct host_spec, label)},
    {"cpu", KEY_MAP, "processors", KEY_REQUIRED, .shape = &cpu_shape, KEY_AT(struct host_spec, cpu)},
    {"hypervisor", KEY_CHOICE, "Hyper-V version, or none for a physical machine", KEY_REQUIRED,
     .choices = &choices_version, KEY_AT(struct host_spec, hv.version)},
    {"hypervisor", KEY_MAP, "version and settings of the hypervisor", KEY_REQUIRED,
     .shape = &hypervisor_shape, .scalar_key = "version", KEY_AT(struct host_spec, hv)},
    {"memory", KEY_NUMBER, "memory of the host", KEY_POSITIVE, .unit = UNIT_BYTES, .lo = 0, .hi = 0x1p50,
     .absent = "memory is not modelled", KEY_AT(struct host_spec, memory_bytes)},
    {"disks", KEY_NAMED, "physical disks by name", .shape = &shape_host_io_disk, .limit = 256,
     KEY_ARRAY(struct host_spec, disk, disks, struct pdisk_spec)},
    {"nics", KEY_NAMED, "physical network adapters by name", .shape = &shape_host_io_nic, .limit = 64,
     KEY_ARRAY(struct host_spec, nic, nics, struct pnic_spec)},
    {"switches", KEY_NAMED, "virtual switches by name", .shape = &shape_host_io_switch, .limit = 64,
     KEY_ARRAY(struct host_spec, vswitch, vswitches, struct vswitch_spec)},
};
const struct shape shape_host = {
    "host", "hosts.H", "A Hyper-V host, or a physical server (hypervisor: none).", SHAPE_ROWS(host_rows)};
