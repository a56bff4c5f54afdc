/* enlightenment.c - what a guest pays that does not know that it is a guest. */
#include "model/mechanism/mechanisms.h"

enum { TIMER, INTERCEPT, SPIN, FLUSH, PROCESS, EVENT, PARAMS };

#define BIZTALK                                                                                              \
    "BizTalk Server Hyper-V Guide: older guest systems reach about 75 % of physical where WS2008 guests "    \
    "reach 95 %"

static const struct param params[PARAMS] = {
    [TIMER] = {"timer", UNIT_FRACTION, 0.03, 0.0, 1.0, CONF_ASSUMED, true,
               "own arithmetic: every clock read leaves the guest (18 times dearer: cloud-hypervisor "
               "#8383), 10,000 a CPU second of 3 us; " BIZTALK,
               "More timer work of an unenlightened guest, as a share of its CPU time: clock reads and "
               "periodic ticks."},
    [INTERCEPT] =
        {"intercept", UNIT_FRACTION, 0.10, 0.0, 1.0, CONF_ASSUMED, true,
         "own arithmetic: 50,000 accesses a CPU second to APIC registers (task priority above all) of 2 "
         "us; " BIZTALK,
         "Intercepts of APIC and other registers by an unenlightened guest, as a share of its CPU time."},
    [SPIN] = {"spin", UNIT_FRACTION, 0.08, 0.0, 1.0, CONF_ASSUMED, true,
              "no figure is published; TLFS 2.0a 18.3.3 describes the hint; " BIZTALK,
              "Time an unenlightened guest with many virtual processors burns in lock waits; with n of "
              "them the share is this times (1 - 1/n)."},
    [FLUSH] = {"flush", UNIT_FRACTION, 0.08, 0.0, 1.0, CONF_ASSUMED, true,
               "TLFS 2.0a 12.1 (enlightened guests are told which page-table operations to turn into "
               "hypercalls); size assumed: 80 % on top of slat.shadow; " BIZTALK,
               "Page-table work of an unenlightened guest on a host without SLAT, on top of slat.shadow, at "
               "memory intensity 1."},
    [PROCESS] =
        {"process", UNIT_TIME, 2e6, 0.0, 100e6, CONF_ASSUMED, true,
         "own arithmetic: 1000 flushes and page-table writes of 2 us that an enlightened guest batches",
         "More time per process created by an unenlightened guest without SLAT (a tenth of it with SLAT)."},
    [EVENT] = {"event", UNIT_TIME, 4e3, 0.0, 200e3, CONF_ASSUMED, true,
               "own arithmetic: task-priority and end-of-interrupt accesses, two of 2 us an interrupt",
               "More hypervisor time per disk operation, and a quarter of it per packet received (interrupts "
               "cover about four), of an unenlightened guest."},
};

/* With SLAT only the flushes of a process remain, and one interrupt announces about four packets. */
static const double process_share_with_slat = 0.1, interrupts_per_packet = 0.25;

static void cost_cpu(const double *p, const struct demand *d, struct cost *c)
{
    const struct place *at = d->at;
    const double others = at->vcpus > 1 ? 1.0 - 1.0 / at->vcpus : 0.0;
    c->hypervisor_ns[ACCOUNT_TIMER] += p[TIMER] * d->amount;
    c->hypervisor_ns[ACCOUNT_INTERCEPT] += p[INTERCEPT] * d->amount;
    c->hypervisor_ns[ACCOUNT_SPIN] += p[SPIN] * others * d->amount;
    if (!mechanism_slat(at))
        c->hypervisor_ns[ACCOUNT_PAGE_TABLE] += p[FLUSH] * at->memory_intensity * d->amount;
}

static void cost(const double *p, const struct demand *d, struct cost *c)
{
    const struct place *at = d->at;
    if (at->version == HV_NONE || at->enlightened)
        return;
    if (d->kind == DEMAND_CPU)
        cost_cpu(p, d, c);
    else if (d->kind == DEMAND_PROCESS)
        c->hypervisor_ns[ACCOUNT_PAGE_TABLE] +=
            (mechanism_slat(at) ? process_share_with_slat : 1.0) * p[PROCESS] * d->amount;
    else if (d->kind == DEMAND_IO && at->vdisk != VDISK_PHYSICAL && at->vdisk != VDISK_ISCSI)
        c->hypervisor_ns[ACCOUNT_INTERCEPT] += p[EVENT] * d->amount;
    else if (d->kind == DEMAND_RECEIVE && at->vnic != VNIC_PHYSICAL)
        c->hypervisor_ns[ACCOUNT_INTERCEPT] += interrupts_per_packet * p[EVENT] * d->amount;
}

const struct mechanism enlightenment_mechanism = {
    .name = "enlightenment",
    .title = "Enlightenment of the guest",
    .doc = "A guest that does not know the hypervisor reads clocks and interrupt controllers through "
           "intercepts, spins on locks whose holder is not running and has every page-table operation "
           "intercepted. It pays more per CPU second, per interrupt and per process created; an "
           "enlightened guest pays nothing here.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_CPU) | DEMAND_BIT(DEMAND_PROCESS) | DEMAND_BIT(DEMAND_IO) |
               DEMAND_BIT(DEMAND_RECEIVE),
    .cost = cost,
};
