/* memory.c - what a VM short of memory does, and what the host keeps for itself. */
#include "model/mechanism/memory.h"
#include "model/mechanism/mechanisms.h"
#include <math.h>

enum {
    HYPERVISOR_RESERVE,
    ROOT_RESERVE,
    ROOT_BASE,
    ROOT_PER_GIB,
    VM_FIRST_GIB,
    VM_FURTHER_GIB,
    PAGE_RATE,
    FAULT_CPU,
    PAGE_WRITES,
    CACHE_EXPONENT,
    CACHE_FLOOR,
    BALANCE_PERIOD,
    BALLOON_RATE,
    PARAMS
};

#define MIB 1048576.0
#define GIB 1073741824.0
#define BIZTALK "BizTalk Server Hyper-V Guide, system resource costs on Hyper-V"
#define ROOT_R2                                                                                              \
    "hyper-v.nu, 2012-10: MemoryReserve = 384 MB + 64 MB per GB; one source, other formulas circulate"

static const struct param params[PARAMS] = {
    [HYPERVISOR_RESERVE] = {"hypervisor_reserve", UNIT_BYTES, 300.0 * MIB, 0.0, 64.0 * GIB, CONF_DOCUMENTED,
                            false, BIZTALK, "Memory of the hypervisor, once per host."},
    [ROOT_RESERVE] = {"root_reserve", UNIT_BYTES, 512.0 * MIB, 0.0, 1024.0 * GIB, CONF_DOCUMENTED, false,
                      BIZTALK, "Memory of the root on Windows Server 2008, and the least on later hosts."},
    [ROOT_BASE] = {"root_base", UNIT_BYTES, 384.0 * MIB, 0.0, 1024.0 * GIB, CONF_DOCUMENTED, false, ROOT_R2,
                   "Memory of the root from 2008 R2, part that does not depend on the host's memory."},
    [ROOT_PER_GIB] = {"root_per_gib", UNIT_BYTES, 64.0 * MIB, 0.0, 1.0 * GIB, CONF_DOCUMENTED, false, ROOT_R2,
                      "Memory of the root from 2008 R2 per GiB of the host."},
    [VM_FIRST_GIB] = {"vm_first_gib", UNIT_BYTES, 32.0 * MIB, 0.0, 1.0 * GIB, CONF_DOCUMENTED, false, BIZTALK,
                      "More than its own size that a VM takes for its first GiB."},
    [VM_FURTHER_GIB] =
        {"vm_further_gib", UNIT_BYTES, 8.0 * MIB, 0.0, 1.0 * GIB, CONF_DOCUMENTED, false, BIZTALK,
         "More than its own size that a VM takes for each further GiB, begun ones counted in part."},
    [PAGE_RATE] =
        {"page_rate", UNIT_RATE, 20e3, 0.0, 1e7, CONF_ASSUMED, true,
         "own arithmetic: a lack of 16 to 22 % then makes a processor that is busy all the time fault 500 to "
         "1000 times a second, which the BizTalk guide calls a warning",
         "Hard faults for each second of a VM's CPU work if it had none of the memory it needs; they go with "
         "the square of the lack."},
    [FAULT_CPU] = {"fault_cpu", UNIT_TIME, 20e3, 0.0, 1e7, CONF_ASSUMED, false,
                   "not published; a trap, a free page and a page table entry, tens of microseconds",
                   "CPU of the guest to take one hard fault, beside its disk operation."},
    [PAGE_WRITES] = {"page_writes", UNIT_NONE, 1.0 / 32.0, 0.0, 1.0, CONF_ASSUMED, false,
                     "own arithmetic: half of the pages that give way are modified, and Windows writes "
                     "them out by runs of 16, 64 KiB each",
                     "Writes of 64 KiB to the paging file for each hard fault."},
    [CACHE_EXPONENT] =
        {"cache_exponent", UNIT_NONE, 0.5, 0.0, 4.0, CONF_ASSUMED, true,
         "power law of cache misses with exponent 0.5 (Chow, 1974); fit from read rates at two cache sizes "
         "and state vms.NAME.memory.miss_exponent",
         "Disk reads go with (file cache there is / file cache wanted) to the power of minus this."},
    [CACHE_FLOOR] = {"cache_floor", UNIT_FRACTION, 0.1, 0.01, 1.0, CONF_ASSUMED, false,
                     "not published; Windows trims its file cache before it pages",
                     "Part of the wanted file cache that a guest keeps; below it, it pages."},
    [BALANCE_PERIOD] = {"balance_period", UNIT_TIME, 1e9, 1e7, 6e11, CONF_ASSUMED, false,
                        "not published; the counters of the balancer move every 1 to 5 s",
                        "Time between two looks of the Dynamic Memory balancer at the demands."},
    [BALLOON_RATE] = {"balloon_rate", UNIT_BANDWIDTH, 104857600.0, 1048576.0, 1e12, CONF_ASSUMED, false,
                      "not published; memory is given at once, a guest frees it page by page",
                      "How fast a guest gives memory back to Dynamic Memory."},
};

/* The guest, not the host, pages when memory lacks: the same on a physical server. */
static void page(const double *p, const struct demand *d, struct cost *c)
{
    if (d->amount <= 0.0)
        return;
    c->pages_per_s += p[PAGE_RATE] * d->amount * d->amount;
    c->guest_ns += p[FAULT_CPU];
    c->extra_writes += p[PAGE_WRITES];
}

/* Chow (1974): misses go with a power of the size of the cache. No floor is below a hundredth. */
static void miss(const double *p, const struct demand *d, struct cost *c)
{
    const double exponent = d->at->miss_exponent > 0.0 ? d->at->miss_exponent : p[CACHE_EXPONENT];
    c->read_factor *= pow(fmax(0.01, 1.0 - d->amount), -exponent);
}

static void cost(const double *p, const struct demand *d, struct cost *c)
{
    (d->kind == DEMAND_CACHE ? miss : page)(p, d, c);
}

static const double *own(const double *values)
{
    return values + mechanism_param_index("memory", params[0].name);
}

double memory_host_bytes(const double *values, enum hv_version version, double host_bytes)
{
    if (version == HV_NONE)
        return 0.0;
    const double *p = own(values);
    const double grown = p[ROOT_BASE] + p[ROOT_PER_GIB] * host_bytes / GIB;
    const double root = version >= HV_2008R2 ? fmax(p[ROOT_RESERVE], grown) : p[ROOT_RESERVE];
    return p[HYPERVISOR_RESERVE] + root;
}

/* Check value: 2 GiB and the hypervisor's 300 MiB make 2388 MiB. */
double memory_vm_bytes(const double *values, enum hv_version version, double vm_bytes)
{
    if (version == HV_NONE)
        return 0.0;
    const double *p = own(values);
    return p[VM_FIRST_GIB] + p[VM_FURTHER_GIB] * fmax(0.0, vm_bytes / GIB - 1.0);
}

/* The file cache gives way first, down to its floor; what is missing then has to be paged. */
struct memory_squeeze memory_squeeze(const double *values, double demand_bytes, double cache_bytes,
                                     double there_bytes)
{
    const double missing = fmax(0.0, demand_bytes - there_bytes);
    const double given = fmin(missing, cache_bytes * (1.0 - own(values)[CACHE_FLOOR]));
    return (struct memory_squeeze){
        .cache_bytes = cache_bytes - given,
        .cache_lack = cache_bytes > 0.0 ? given / cache_bytes : 0.0,
        .lack = demand_bytes > 0.0 ? (missing - given) / demand_bytes : 0.0,
    };
}

double memory_balance_ns(const double *values)
{
    return own(values)[BALANCE_PERIOD];
}

double memory_balloon_bytes_per_s(const double *values)
{
    return own(values)[BALLOON_RATE];
}

const struct mechanism memory_mechanism = {
    .name = "memory",
    .title = "Memory",
    .doc = "A VM that lacks memory gives up file cache first and reads more from disk; then its jobs fault, "
           "with the square of the lack, and wait for their pages. Dynamic Memory looks at the demands again "
           "and again. The host keeps memory for the hypervisor, the root and each VM before VMs are "
           "admitted.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_MEMORY) | DEMAND_BIT(DEMAND_CACHE),
    .cost = cost,
};
