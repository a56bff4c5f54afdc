/* shape_plan.c - fleets (what to place, where it may go, what must hold) and inventories (what counters cannot say). */
#include "scenarios/shape_plan.h"

#include "scenarios/choices.h"
#include "scenarios/shape_host.h"
#include "scenarios/shape_vm.h"
#include "scenarios/shape_workload.h"

static const struct key_row figures_rows[] = {
    {"name", KEY_TEXT, "name of the VM", KEY_REQUIRED, KEY_NOT_STORED},
    {"cpu", KEY_NUMBER, "processor time it uses", KEY_REQUIRED, .unit = UNIT_CORES, .lo = 0, .hi = 2048,
     KEY_NOT_STORED},
    {"memory", KEY_NUMBER, "memory it needs", KEY_REQUIRED, .unit = UNIT_BYTES, .lo = 0, .hi = 0x1p50,
     KEY_NOT_STORED},
    {"iops", KEY_NUMBER, "disk operations", .unit = UNIT_RATE, .lo = 0, .hi = 1e7, .def = "0 /s",
     KEY_NOT_STORED},
    {"network", KEY_NUMBER, "network traffic", .unit = UNIT_BANDWIDTH, .lo = 0, .hi = 1e12, .def = "0 bps",
     KEY_NOT_STORED},
};
static const struct shape figures_shape = {"figures", "place.N.vm", "A VM given by plain figures.",
                                           SHAPE_ROWS(figures_rows)};

static const struct key_row place_rows[] = {
    {"model", KEY_TEXT, "a model: all its VMs", KEY_ONE_OF, KEY_NOT_STORED},
    {"log", KEY_TEXT, "a counter log, calibrated on the way", KEY_ONE_OF, KEY_NOT_STORED},
    {"vm", KEY_MAP, "plain figures", KEY_ONE_OF, .shape = &figures_shape, .offset = 0},
    {"as", KEY_TEXT, "name that it gets", .with = "log model", KEY_NOT_STORED},
    {"count", KEY_COUNT, "that many of them", .lo = 1, .hi = 10000, .def = "1", KEY_NOT_STORED},
};
static const struct shape place_shape = {"place", "place.N", "What is to be placed.", SHAPE_ROWS(place_rows)};

static const struct key_row existing_rows[] = {
    {"model", KEY_TEXT, "model that describes the host", KEY_REQUIRED, KEY_NOT_STORED},
};
static const struct shape existing_shape = {"existing", "hosts.existing.H", "A host that is there.",
                                            SHAPE_ROWS(existing_rows)};

static const struct key_row offer_rows[] = {
    {"price", KEY_MONEY, "price of one", KEY_NOT_STORED},
    {"like", KEY_REF, "another row of the catalogue, whose keys hold where this one is silent",
     .refs = "catalogue", KEY_NOT_STORED},
    {"watts", KEY_NUMBER, "electrical power under load", .lo = 0, .hi = 1e6, KEY_NOT_STORED},
};
static const struct shape offer_shape = {"offer",
                                         "hosts.catalogue.H",
                                         "A host that can be bought.",
                                         SHAPE_ROWS(offer_rows),
                                         .base = &shape_host,
                                         .partial = true};

static const struct key_row hosts_rows[] = {
    {"existing", KEY_NAMED, "hosts that are there", .shape = &existing_shape, KEY_NOT_STORED},
    {"catalogue", KEY_NAMED, "hosts that can be bought", .shape = &offer_shape, KEY_NOT_STORED},
};
static const struct shape hosts_shape = {"candidates", "hosts", "Where VMs may go.", SHAPE_ROWS(hosts_rows)};

static const struct key_row reserve_rows[] = {
    {"cpu", KEY_NUMBER, "share of the logical processors", .unit = UNIT_FRACTION, .lo = 0, .hi = 1,
     .def = "0 %", KEY_NOT_STORED},
    {"memory", KEY_NUMBER, "memory", .unit = UNIT_BYTES, .lo = 0, .hi = 0x1p50, .def = "0 B", KEY_NOT_STORED},
};
static const struct shape reserve_shape = {"host_reserve", "rules.host_reserve",
                                           "What stays free on each host.", SHAPE_ROWS(reserve_rows)};

static const struct key_row rules_rows[] = {
    {"apart", KEY_TEXT_LISTS, "groups of VMs no two of which share a host", KEY_NOT_STORED},
    {"together", KEY_TEXT_LISTS, "groups of VMs that stay on one host", KEY_NOT_STORED},
    {"live_migration", KEY_CHOICE, "between which hosts VMs must be able to move",
     .choices = &choices_migration, KEY_NOT_STORED},
    {"spare_hosts", KEY_COUNT, "hosts that may fail at the busy hour", .lo = 0, .hi = 1000, .def = "0",
     KEY_NOT_STORED},
    {"host_reserve", KEY_MAP, "what stays free on each host", .shape = &reserve_shape, .offset = 0},
};
static const struct shape rules_shape = {"rules", "rules", "What a plan must respect.",
                                         SHAPE_ROWS(rules_rows)};

static const struct key_row growth_rows[] = {
    {"months", KEY_COUNT, "how long the plan must hold", KEY_REQUIRED, .lo = 1, .hi = 240, KEY_NOT_STORED},
    {"per_year", KEY_NUMBER, "growth of the load in a year", KEY_REQUIRED, .unit = UNIT_FRACTION, .lo = -0.99,
     .hi = 100, KEY_NOT_STORED},
};
static const struct shape growth_shape = {"growth", "growth", "How the load grows.", SHAPE_ROWS(growth_rows)};

static const struct key_row fleet_rows[] = {
    {"schema", KEY_CONST, "hvplan.fleet/1", KEY_REQUIRED, KEY_NOT_STORED},
    {"place", KEY_LIST, "what to place", KEY_REQUIRED, .shape = &place_shape, .limit = 10000, KEY_NOT_STORED},
    {"hosts", KEY_MAP, "where it may go", KEY_REQUIRED, .shape = &hosts_shape, .offset = 0},
    {"rules", KEY_MAP, "what a plan must respect", .shape = &rules_shape, .offset = 0},
    {"growth", KEY_MAP, "how the load grows", .shape = &growth_shape, .offset = 0},
    {"objectives", KEY_NAMED, "objectives by name (any text)", KEY_FREE_NAMES,
     .shape = &shape_workload_objective, KEY_NOT_STORED},
    {"goal", KEY_CHOICE, "what is best among the plans that hold", .choices = &choices_goal,
     .def = "least money", KEY_NOT_STORED},
};
const struct shape shape_plan_fleet = {"fleet", "", "A consolidation or purchase to plan.",
                                       SHAPE_ROWS(fleet_rows)};

/* The inventory has the rows of the model, all optional, and the names in the log. */
#define LOG_NAME(what)                                                                                       \
    {                                                                                                        \
        "log", KEY_TEXT, "instance name of the " what " in the log", KEY_NOT_STORED                          \
    }

static const struct key_row known_disk_rows[] = {LOG_NAME("disk")};
static const struct shape known_disk_shape = {"known_disk",
                                              "inventory.hosts.H.disks.D",
                                              "What is known of a physical disk.",
                                              SHAPE_ROWS(known_disk_rows),
                                              .base = &shape_host_io_disk,
                                              .partial = true};
static const struct key_row known_nic_rows[] = {LOG_NAME("adapter")};
static const struct shape known_nic_shape = {"known_nic",
                                             "inventory.hosts.H.nics.N",
                                             "What is known of a physical adapter.",
                                             SHAPE_ROWS(known_nic_rows),
                                             .base = &shape_host_io_nic,
                                             .partial = true};
static const struct key_row known_host_rows[] = {
    LOG_NAME("machine"),
    {"disks", KEY_NAMED, "physical disks by name", .shape = &known_disk_shape, .limit = 256, KEY_NOT_STORED},
    {"nics", KEY_NAMED, "physical adapters by name", .shape = &known_nic_shape, .limit = 64, KEY_NOT_STORED},
};
static const struct shape known_host_shape = {
    "known_host",        "inventory.hosts.H", "What is known of a host.", SHAPE_ROWS(known_host_rows),
    .base = &shape_host, .partial = true};
static const struct key_row known_vm_disk_rows[] = {LOG_NAME("virtual disk")};
static const struct shape known_vm_disk_shape = {"known_vm_disk",
                                                 "inventory.vms.V.disks.D",
                                                 "What is known of a virtual disk.",
                                                 SHAPE_ROWS(known_vm_disk_rows),
                                                 .base = &shape_vm_disk,
                                                 .partial = true};
static const struct key_row known_vm_rows[] = {
    LOG_NAME("VM"),
    {"disks", KEY_NAMED, "disks by name", .shape = &known_vm_disk_shape, .limit = 256, KEY_NOT_STORED},
};
static const struct shape known_vm_shape = {
    "known_vm",        "inventory.vms.V", "What is known of a VM.", SHAPE_ROWS(known_vm_rows),
    .base = &shape_vm, .partial = true};

static const struct key_row work_rows[] = {
    {"counter", KEY_TEXT, "counter path whose rate counts the work", KEY_REQUIRED, KEY_NOT_STORED},
    {"vm", KEY_TEXT, "VM that does it", .absent = "the machine of the counter", KEY_NOT_STORED},
};
static const struct shape work_shape = {"unit_of_work", "inventory.units_of_work.W",
                                        "What one job of a workload is.", SHAPE_ROWS(work_rows)};

static const struct key_row inventory_rows[] = {
    {"schema", KEY_CONST, "hvplan.inventory/1", KEY_REQUIRED, KEY_NOT_STORED},
    {"hosts", KEY_NAMED, "hosts by name", .shape = &known_host_shape, KEY_NOT_STORED},
    {"vms", KEY_NAMED, "VMs by name", .shape = &known_vm_shape, .limit = 10000, KEY_NOT_STORED},
    {"units_of_work", KEY_NAMED, "workloads by name", .shape = &work_shape, KEY_NOT_STORED},
};
const struct shape shape_plan_inventory = {
    "inventory", "", "What counters cannot say; everything is optional.", SHAPE_ROWS(inventory_rows)};
