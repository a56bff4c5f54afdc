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
    CACHE_EXPONENT,
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
         "own arithmetic: a lack of 16 to 22 % then makes the 500 to 1000 pages/s that the BizTalk guide "
         "calls a warning",
         "Paging of a VM without any of the memory it needs; the rate goes with the square of the lack."},
    [CACHE_EXPONENT] =
        {"cache_exponent", UNIT_NONE, 0.5, 0.0, 4.0, CONF_ASSUMED, true,
         "power law of cache misses with exponent 0.5 (Chow, 1974); fit from read rates at two memory sizes",
         "Disk reads go with (memory there is / memory needed) to the power of minus this."},
};

/* The guest, not the host, pages when memory lacks: the same on a physical server. Reads cannot multiply
 * without end: beyond a lack of 95 % the curve is cut. */
static void cost(const double *p, const struct demand *d, struct cost *c)
{
    c->pages_per_s += p[PAGE_RATE] * d->amount * d->amount;
    c->read_factor *= pow(fmax(0.05, 1.0 - d->amount), -p[CACHE_EXPONENT]);
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

const struct mechanism memory_mechanism = {
    .name = "memory",
    .title = "Memory",
    .doc = "A VM that lacks memory pages, with the square of the lack, and reads more from disk because "
           "its file cache is smaller. The host keeps memory for the hypervisor, the root and each VM "
           "before VMs are admitted.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_MEMORY),
    .cost = cost,
};
