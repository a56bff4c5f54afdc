/* slat.c - page tables in a guest: shadowed by software, or walked twice by hardware (EPT, RVI). */
#include "model/mechanism/mechanisms.h"

enum { SHADOW, NESTED, SMALL_PAGES, PROCESS_SHADOW, PROCESS_NESTED, PARAMS };

#define TEN_TO_TWO                                                                                           \
    "Microsoft figures: hypervisor overhead falls from about 10 % to about 2 % with SLAT "                   \
    "(virtualizationadmin.com, 2009)"

static const struct param params[PARAMS] = {
    [SHADOW] = {"shadow", UNIT_FRACTION, 0.10, 0.0, 2.0, CONF_DOCUMENTED, true, TEN_TO_TWO,
                "Hypervisor time for shadow page tables without SLAT, as a share of guest CPU time, at "
                "memory intensity 1."},
    [NESTED] = {"nested", UNIT_FRACTION, 0.02, 0.0, 1.0, CONF_DOCUMENTED, true, TEN_TO_TWO,
                "Cost of nested page walks with SLAT and large pages, as a share of guest CPU time, at "
                "memory intensity 1."},
    [SMALL_PAGES] =
        {"small_pages", UNIT_FRACTION, 0.20, 0.0, 2.0, CONF_DOCUMENTED, true,
         "Microsoft virtualization team blog, 2010-04-07: SLAT without large pages costs about 20 %",
         "Cost of more TLB misses with SLAT but without large pages, as a share of guest CPU time, for a "
         "load bound by memory; at intensity i it is this times i / (1 + i)."},
    [PROCESS_SHADOW] =
        {"process_shadow", UNIT_TIME, 6e6, 0.0, 200e6, CONF_ASSUMED, true,
         "own arithmetic: 3000 pages mapped, shared and torn down a process, 2 us each; process-bound "
         "microbenchmarks gain up to 6 times from hardware page tables (VMware EPT evaluation, 2009)",
         "Hypervisor time per process created without SLAT: its address space is shadowed page by page."},
    [PROCESS_NESTED] =
        {"process_nested", UNIT_TIME, 150e3, 0.0, 20e6, CONF_ASSUMED, true,
         "own arithmetic: 10 % of the CPU time of a process, cold TLB with two-dimensional walks",
         "Cost per process created with SLAT."},
};

/* Without SLAT every guest page-table write, fault and context switch is the hypervisor's work; with it only
 * misses of the TLB cost more. The share of small-page misses saturates: a load can miss at most on every
 * access. */
static void cost(const double *p, const struct demand *d, struct cost *c)
{
    const struct place *at = d->at;
    if (at->version == HV_NONE)
        return;
    const bool slat = mechanism_slat(at);
    const double intensity = at->memory_intensity;
    double share = slat ? p[NESTED] * intensity : p[SHADOW] * intensity;
    if (slat && !at->large_pages)
        share += p[SMALL_PAGES] * intensity / (1.0 + intensity);
    const double process = slat ? p[PROCESS_NESTED] : p[PROCESS_SHADOW];
    c->hypervisor_ns[ACCOUNT_PAGE_TABLE] += (d->kind == DEMAND_CPU ? share : process) * d->amount;
}

const struct mechanism slat_mechanism = {
    .name = "slat",
    .title = "Second-level address translation (EPT, RVI)",
    .doc = "Without SLAT the hypervisor shadows the guest's page tables: a tax on guest CPU that grows "
           "with the memory intensity of the load, and a large cost per process created. With SLAT a small "
           "tax on TLB misses is left, larger when guest memory is not backed by large pages. It has "
           "effect from 2008 R2.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_CPU) | DEMAND_BIT(DEMAND_PROCESS),
    .cost = cost,
};
