/* network_path.c - from a guest's driver through the virtual switch to the physical adapter or to a
 * neighbour. */
#include "model/mechanism/mechanisms.h"
#include <math.h>

enum {
    GUEST,
    ROOT,
    COPY,
    SIGNAL,
    LARGE_SEND,
    COALESCE,
    CHIMNEY,
    CHIMNEY_SETUP,
    CONNECT_PACKETS,
    CONNECT_GUEST,
    EXITS,
    EXIT_ROOT,
    EXIT_HYPERVISOR,
    REBALANCE,
    PARAMS
};

#define ONE_CORE                                                                                             \
    "own arithmetic: one core carries 3 to 5 Gb/s of 1500-byte frames, 2.4 to 4.0 us a packet "              \
    "(argonsys.com, synthetic "                                                                              \
    "accelerations); with root and copy as here 3.9 Gb/s, with jumbo frames 9.0 Gb/s"

static const struct param params[PARAMS] = {
    [GUEST] = {"guest", UNIT_TIME, 200.0, 0.0, 100e3, CONF_ASSUMED, true,
               "assumed: the synthetic driver takes the place of a physical one, whose cost is in the "
               "measured demand",
               "Guest CPU of the synthetic driver per packet, beyond that of a physical driver."},
    [ROOT] = {"root", UNIT_TIME, 2e3, 0.0, 1e6, CONF_DOCUMENTED, true, ONE_CORE,
              "Root CPU per packet: physical driver, virtual switch, VMBus."},
    [COPY] = {"copy", UNIT_BANDWIDTH, 1.5e9, 50e6, 1e12, CONF_DOCUMENTED, true, ONE_CORE,
              "Rate at which the root copies payload."},
    [SIGNAL] = {"signal", UNIT_TIME, 100e3, 0.0, 100e6, CONF_DOCUMENTED, true,
                "TLFS 2.0, section 14.5: monitored notifications; \"the monitor latency - currently around "
                "100 usecs\" "
                "(Linux, include/linux/hyperv.h)",
                "Period in which the hypervisor looks for messages of synthetic adapters that the root has "
                "not seen; 0: it is "
                "told of each at once."},
    [LARGE_SEND] = {"large_send", UNIT_FRACTION, 0.3, 0.0, 1.0, CONF_ASSUMED, true,
                    "LSOv1 passes through the virtual switch since 2008 (Performance Tuning Guidelines, "
                    "2008); size assumed",
                    "Share of the cost per packet left for every packet after the first of one send: "
                    "large-send offload."},
    [COALESCE] =
        {"coalesce", UNIT_FRACTION, 0.3, 0.0, 1.0, CONF_ASSUMED, true,
         "receive-segment coalescing in the virtual switch since 2019 (learn.microsoft.com, RSC in the "
         "vSwitch); size assumed, as of large sends",
         "Share of the cost per packet left for every packet after the first of a chunk received: "
         "receive-segment coalescing."},
    [CHIMNEY] =
        {"chimney", UNIT_FRACTION, 0.4, 0.0, 1.0, CONF_ASSUMED, true,
         "TCP chimney since 2008 R2 (virtualization team blog, 2009-07-22); size assumed",
         "Share of the cost per packet left when the adapter runs the connection (chimney, without VMQ)."},
    [CHIMNEY_SETUP] = {"chimney_setup", UNIT_TIME, 30e3, 0.0, 10e6, CONF_ASSUMED, true,
                       "no figure is published; handing the state over takes several commands to the adapter",
                       "Root CPU to hand one connection to the adapter and take it back."},
    [CONNECT_PACKETS] = {"connect_packets", UNIT_NONE, 7.0, 0.0, 100.0, CONF_DOCUMENTED, true,
                         "RFC 793: three segments to open, four to close",
                         "Packets, both directions, to set up and tear down one connection."},
    [CONNECT_GUEST] =
        {"connect_guest", UNIT_TIME, 5e3, 0.0, 10e6, CONF_ASSUMED, true,
         "no figure is published; seven packets arrive alone, each with an interrupt and a signal of its own",
         "Guest CPU per connection through the synthetic driver, beyond that of a physical driver."},
    [EXITS] = {"exits", UNIT_NONE, 5.0, 0.0, 1000.0, CONF_ASSUMED, true,
               "no figure is published; registers of the DEC 21140 per frame: poll, status, acknowledge, "
               "two of the interrupt; calibrate from IO Intercept Messages/sec over frames",
               "Synchronous round trips to the worker process per packet of an emulated (legacy) adapter."},
    [EXIT_ROOT] = {"exit_root", UNIT_TIME, 10e3, 0.0, 10e6, CONF_ASSUMED, true,
                   "start value, as for emulated IDE; calibrate",
                   "Root CPU of each such round trip; the virtual processor is suspended meanwhile."},
    [EXIT_HYPERVISOR] =
        {"exit_hypervisor", UNIT_TIME, 2e3, 0.0, 1e6, CONF_ASSUMED, true,
         "own arithmetic: intercept, message to the root and resumption, 5000 cycles at 2.5 GHz",
         "Hypervisor time of each such round trip."},
    [REBALANCE] =
        {"rebalance", UNIT_TIME, 1e9, 1e6, 1e12, CONF_ASSUMED, true,
         "no figure is published; Performance Tuning Guidelines for Windows Server 2012: dynamic VMQ "
         "moves queues by the load of the processors",
         "Interval in which dynamic VMQ (2012 and later) moves queues from the busiest root processor "
         "to the idlest."},
};

/* VMQ and chimney exist through the virtual switch from 2008 R2; a connection uses one or the other. */
static bool vmq_used(const struct place *at)
{
    return at->vmq && at->vnic == VNIC_SYNTHETIC && at->version >= HV_2008R2;
}

static bool chimney_used(const struct place *at)
{
    return at->chimney && !vmq_used(at) && !at->local && at->version >= HV_2008R2;
}

/* Between neighbours a large send stays whole whatever the adapter can do. */
static double left_of_later(const double *p, const struct demand *d)
{
    const struct place *at = d->at;
    if (d->kind == DEMAND_SEND)
        return at->small_sends && !at->local ? 1.0 : p[LARGE_SEND];
    return at->rsc && !at->local && at->version >= HV_2019 ? p[COALESCE] : 1.0;
}

/* Packets counted at full cost: of one large send the first, and a share of the others. */
static double full_cost_packets(const double *p, const struct demand *d)
{
    const double packets = d->amount - (1.0 - left_of_later(p, d)) * fmax(0.0, d->amount - 1.0);
    return chimney_used(d->at) ? p[CHIMNEY] * packets : packets;
}

/* Between VMs of one host the message is copied once: the visit to the root of the VM that sends, or opens the connection,
 * is the only one. */
static bool root_visited(const struct demand *d)
{
    return !d->at->local || d->kind == DEMAND_SEND || (d->kind == DEMAND_CONNECT && d->write);
}

static void cost_message(const double *p, const struct demand *d, struct cost *c)
{
    const double packets = full_cost_packets(p, d);
    if (d->at->vnic == VNIC_SYNTHETIC)
        c->guest_ns += p[GUEST] * packets;
    if (d->at->vnic == VNIC_SYNTHETIC && d->kind == DEMAND_SEND)
        c->signal_ns = fmax(c->signal_ns, p[SIGNAL]);
    if (root_visited(d))
        c->root_ns += p[ROOT] * packets + d->bytes / p[COPY] * 1e9;
}

static void cost_connect(const double *p, const struct demand *d, struct cost *c)
{
    const double packets = p[CONNECT_PACKETS] * d->amount;
    if (root_visited(d))
        c->root_ns += p[ROOT] * packets;
    if (d->at->vnic == VNIC_SYNTHETIC) {
        c->guest_ns += p[CONNECT_GUEST] * d->amount;
        c->signal_ns = fmax(c->signal_ns, p[SIGNAL]);
    }
    if (chimney_used(d->at))
        c->root_ns += p[CHIMNEY_SETUP] * d->amount;
}

/* Every packet of an emulated adapter is several register accesses, each served by the worker process. */
static void cost_emulation(const double *p, const struct demand *d, struct cost *c)
{
    const double packets = d->kind == DEMAND_CONNECT ? p[CONNECT_PACKETS] * d->amount : d->amount;
    c->exits += p[EXITS] * packets;
    c->exit_root_ns += p[EXIT_ROOT];
    c->exit_hypervisor_ns += p[EXIT_HYPERVISOR];
    c->hypervisor_ns[ACCOUNT_INTERCEPT] += p[EXITS] * p[EXIT_HYPERVISOR] * packets;
}

static void cost(const double *p, const struct demand *d, struct cost *c)
{
    const struct place *at = d->at;
    /* An SR-IOV function passes the virtual switch by. */
    if (at->version == HV_NONE || at->vnic == VNIC_PHYSICAL || at->vnic == VNIC_SRIOV)
        return;
    if (d->kind == DEMAND_CONNECT)
        cost_connect(p, d, c);
    else
        cost_message(p, d, c);
    if (at->vnic == VNIC_EMULATED)
        cost_emulation(p, d, c);
    c->spread = c->spread || vmq_used(at);
}

const struct mechanism network_path_mechanism = {
    .name = "network_path",
    .title = "Path of a virtual network adapter",
    .doc =
        "Packets through the virtual switch cost root CPU per packet and per byte, on one root virtual "
        "processor unless VMQ spreads them; offloads save part of it; a message between VMs of one host is "
        "copied once and never meets the adapter. Emulated adapters add exits to the worker process per "
        "packet; SR-IOV avoids the root.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_SEND) | DEMAND_BIT(DEMAND_RECEIVE) | DEMAND_BIT(DEMAND_CONNECT),
    .cost = cost,
};
