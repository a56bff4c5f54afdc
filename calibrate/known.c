/* known.c - what a counter is, by its name. */
#include "calibrate/known.h"
#include "model/base/text.h"
#include <string.h>

struct further_row {
    int name;
    const char *object, *counter; /* NULL as counter of NAME_WORK rows never occurs */
    const char *unit;
};

/* Throughput counters in the order of trust: requests and transactions before calls. Sources: Microsoft's
 * counter references of ASP.NET, IIS, SQL Server, Exchange and BizTalk Server. */
static const struct further_row further[] = {
    {NAME_WORK, "ASP.NET Applications", "Requests/Sec", "1/s"},
    {NAME_WORK, "Web Service", "Total Method Requests/sec", "1/s"},
    {NAME_WORK, "HTTP Service Request Queues", "ArrivalRate", "1/s"},
    {NAME_WORK, "SQLServer:SQL Statistics", "Batch Requests/sec", "1/s"},
    {NAME_WORK, "MSExchangeIS", "RPC Operations/sec", "1/s"},
    {NAME_WORK, "MSExchangeIS Store", "RPC Operations/sec", "1/s"},
    {NAME_WORK, "BizTalk:Messaging", "Documents processed/Sec", "1/s"},
    {NAME_WORK, "SMB Server Shares", "Data Requests/sec", "1/s"},
};
#define FURTHER (sizeof further / sizeof *further)

/* Objects that carry the same counters under another name. */
static const struct {
    const char *name, *means;
} aliases[] = {
    {"Processor Information", "Processor"},
    {"Network Adapter", "Network Interface"},
};

static const enum known_class class_of[CTR_COUNT] = {
    [CTR_LP_TOTAL] = CLASS_LP,
    [CTR_LP_GUEST] = CLASS_LP,
    [CTR_LP_HYPERVISOR] = CLASS_LP,
    [CTR_LP_SWITCHES] = CLASS_LP,
    [CTR_LP_IDLE] = CLASS_LP,
    [CTR_LP_SWITCH_TIME] = CLASS_LP,
    [CTR_LP_INTERRUPTS] = CLASS_LP,
    [CTR_ROOT_TOTAL] = CLASS_ROOT,
    [CTR_ROOT_GUEST] = CLASS_ROOT,
    [CTR_ROOT_HYPERVISOR] = CLASS_ROOT,
    [CTR_ROOT_WAIT] = CLASS_ROOT,
    [CTR_ROOT_DISPATCHES] = CLASS_ROOT,
    [CTR_ROOT_TOTAL_INTERCEPTS] = CLASS_ROOT,
    [CTR_ROOT_TOTAL_INTERCEPTS_COST] = CLASS_ROOT,
    [CTR_VP_TOTAL] = CLASS_VP,
    [CTR_VP_GUEST] = CLASS_VP,
    [CTR_VP_HYPERVISOR] = CLASS_VP,
    [CTR_VP_WAIT] = CLASS_VP,
    [CTR_VP_DISPATCHES] = CLASS_VP,
    [CTR_VP_MIGRATIONS] = CLASS_VP,
    [CTR_VP_REMOTE] = CLASS_VP,
    [CTR_VP_IO_MESSAGES] = CLASS_VP,
    [CTR_VP_LONG_SPIN] = CLASS_VP,
    [CTR_VP_TOTAL_INTERCEPTS] = CLASS_VP,
    [CTR_VP_TOTAL_INTERCEPTS_COST] = CLASS_VP,
    [CTR_VSD_READ_OPS] = CLASS_VDISK,
    [CTR_VSD_WRITE_OPS] = CLASS_VDISK,
    [CTR_VSD_READ_BYTES] = CLASS_VDISK,
    [CTR_VSD_WRITE_BYTES] = CLASS_VDISK,
    [CTR_VSD_ERRORS] = CLASS_VDISK,
    [CTR_VSD_QUEUE] = CLASS_VDISK,
    [CTR_VSD_NORMALIZED] = CLASS_VDISK,
    [CTR_VSD_THROUGHPUT] = CLASS_VDISK,
    [CTR_VSD_LATENCY] = CLASS_VDISK,
    [CTR_VSD_LOWER_QUEUE] = CLASS_VDISK,
    [CTR_VSD_LOWER_LATENCY] = CLASS_VDISK,
    [CTR_VSD_LEAST_RATE] = CLASS_VDISK,
    [CTR_VSD_MOST_RATE] = CLASS_VDISK,
    [CTR_IDE_READ_BYTES] = CLASS_IDE,
    [CTR_IDE_WRITTEN_BYTES] = CLASS_IDE,
    [CTR_IDE_READ_SECTORS] = CLASS_IDE,
    [CTR_IDE_WRITTEN_SECTORS] = CLASS_IDE,
    [CTR_VNIC_SENT_BYTES] = CLASS_VNIC,
    [CTR_VNIC_RECEIVED_BYTES] = CLASS_VNIC,
    [CTR_VNIC_SENT_PACKETS] = CLASS_VNIC,
    [CTR_VNIC_RECEIVED_PACKETS] = CLASS_VNIC,
    [CTR_VNIC_BYTES] = CLASS_VNIC,
    [CTR_VNIC_PACKETS] = CLASS_VNIC,
    [CTR_LEGACY_SENT_BYTES] = CLASS_LEGACY,
    [CTR_LEGACY_RECEIVED_BYTES] = CLASS_LEGACY,
    [CTR_LEGACY_SENT_FRAMES] = CLASS_LEGACY,
    [CTR_LEGACY_RECEIVED_FRAMES] = CLASS_LEGACY,
    [CTR_SWITCH_BYTES] = CLASS_SWITCH,
    [CTR_SWITCH_PACKETS] = CLASS_SWITCH,
    [CTR_NIC_SENT_BYTES] = CLASS_NIC,
    [CTR_NIC_RECEIVED_BYTES] = CLASS_NIC,
    [CTR_NIC_SENT_PACKETS] = CLASS_NIC,
    [CTR_NIC_RECEIVED_PACKETS] = CLASS_NIC,
    [CTR_NIC_BANDWIDTH] = CLASS_NIC,
    [CTR_NIC_OUTPUT_QUEUE] = CLASS_NIC,
    [CTR_NIC_BYTES] = CLASS_NIC,
    [CTR_NIC_PACKETS] = CLASS_NIC,
    [CTR_PROCESSOR_TIME] = CLASS_PROCESSOR,
    [CTR_PROCESSOR_IDLE] = CLASS_PROCESSOR,
    [CTR_PROCESSOR_USER] = CLASS_PROCESSOR,
    [CTR_PROCESSOR_PRIVILEGED] = CLASS_PROCESSOR,
    [CTR_PROCESSOR_INTERRUPT] = CLASS_PROCESSOR,
    [CTR_MEMORY_AVAILABLE_BYTES] = CLASS_MEMORY,
    [CTR_MEMORY_AVAILABLE_MBYTES] = CLASS_MEMORY,
    [CTR_MEMORY_COMMITTED] = CLASS_MEMORY,
    [CTR_MEMORY_PAGES] = CLASS_MEMORY,
    [CTR_MEMORY_PAGES_INPUT] = CLASS_MEMORY,
    [CTR_VID_PAGES] = CLASS_VM_MEMORY,
    [CTR_DM_PRESSURE] = CLASS_VM_MEMORY,
    [CTR_DM_CURRENT_PRESSURE] = CLASS_VM_MEMORY,
    [CTR_DM_LEAST_PRESSURE] = CLASS_VM_MEMORY,
    [CTR_DM_MOST_PRESSURE] = CLASS_VM_MEMORY,
    [CTR_DM_PHYSICAL] = CLASS_VM_MEMORY,
    [CTR_DM_VISIBLE] = CLASS_VM_MEMORY,
    [CTR_DM_ADDED] = CLASS_VM_MEMORY,
    [CTR_DM_REMOVED] = CLASS_VM_MEMORY,
    [CTR_DM_SMART_PAGING] = CLASS_VM_MEMORY,
    [CTR_BALANCER_AVAILABLE] = CLASS_BALANCER,
    [CTR_BALANCER_PRESSURE] = CLASS_BALANCER,
    [CTR_ADDRESS_SPACES] = CLASS_PARTITION,
    [CTR_ROOT_PARTITION_VPS] = CLASS_PARTITION,
    [CTR_PARTITION_SPACES] = CLASS_CONFIGURATION,
    [CTR_PARTITION_VPS] = CLASS_CONFIGURATION,
    [CTR_HV_LPS] = CLASS_CONFIGURATION,
    [CTR_HV_PARTITIONS] = CLASS_CONFIGURATION,
    [CTR_HV_VPS] = CLASS_CONFIGURATION,
    [CTR_SYSTEM_QUEUE] = CLASS_SYSTEM,
    [CTR_APP_REQUESTS] = CLASS_APP,
    [CTR_APP_RESPONSE] = CLASS_APP,
};

/* Named instances of SQL Server carry their name in the object: "MSSQL$NAME:SQL Statistics". */
static const char *plain_object(const char *object)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        if (text_same(object, aliases[i].name)) {
            return aliases[i].means;
        }
    }
    const char *colon = strchr(object, ':');
    return strncmp(object, "MSSQL$", 6) == 0 && colon != NULL && text_same(colon, ":SQL Statistics")
               ? "SQLServer:SQL Statistics"
               : object;
}

int known_find(const struct counter_path *p)
{
    const char *object = plain_object(p->object);
    for (int i = 0; i < CTR_COUNT; i++) {
        if (text_same(p->counter, counter_rows[i].counter) && text_same(object, counter_rows[i].object)) {
            return i;
        }
    }
    for (size_t i = 0; i < FURTHER; i++) {
        if (text_same(p->counter, further[i].counter) && text_same(object, further[i].object)) {
            return further[i].name;
        }
    }
    return NAME_UNKNOWN;
}

enum known_class known_class_of(int name)
{
    if (name >= CTR_ROOT_CLASSES && name <= CTR_ROOT_CLASSES_END) {
        return CLASS_ROOT;
    }
    if (name >= CTR_VP_CLASSES && name <= CTR_VP_CLASSES_END) {
        return CLASS_VP;
    }
    if (name >= CTR_DISK_READS && name < CTR_VOLUME_END) {
        return name < CTR_DISK_END ? CLASS_DISK : CLASS_VOLUME;
    }
    return name < CTR_COUNT ? class_of[name] : CLASS_WORK;
}

double known_scale(int name)
{
    return name < CTR_COUNT && counter_rows[name].unit[0] == '%' ? 100.0 : 1.0;
}

static const struct further_row *further_of(int name)
{
    for (size_t i = 0; i < FURTHER; i++) {
        if (further[i].name == name) {
            return &further[i];
        }
    }
    return NULL;
}

const char *known_counter(int name)
{
    return name < CTR_COUNT ? counter_rows[name].counter : further_of(name)->counter;
}

const char *known_object(int name)
{
    return name < CTR_COUNT ? counter_rows[name].object : further_of(name)->object;
}

const char *known_nearest(struct arena *a, const struct counter_path *p)
{
    const char *known[CTR_COUNT + FURTHER];
    size_t n = 0;
    for (int i = 0; i < CTR_COUNT; i++) {
        known[n++] = arena_printf(a, "%s\\%s", counter_rows[i].object, counter_rows[i].counter);
    }
    for (size_t i = 0; i < FURTHER; i++) {
        known[n++] = arena_printf(a, "%s\\%s", further[i].object, further[i].counter);
    }
    return text_nearest(arena_printf(a, "%s\\%s", p->object, p->counter), known, n);
}

bool known_is_total(const char *instance)
{
    const size_t n = strlen(instance);
    return text_same(instance, "_Total") || (n > 7 && text_same(instance + n - 7, ",_Total"));
}
