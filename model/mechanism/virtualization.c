/* virtualization.c - what any hypervisor costs: a little per CPU second, most of it per event. */
#include "model/mechanism/mechanisms.h"

enum { TIMER, IO, PACKET, CONNECTION, DISPATCH, ROOT_DISPATCH, PARAMS };

static const struct param params[PARAMS] = {
    [TIMER] = {"timer", UNIT_FRACTION, 0.005, 0.0, 0.2, CONF_ASSUMED, true,
               "own arithmetic: 1000 clock and inter-processor interrupts a second of 5 us each; an idle "
               "enlightened guest uses under 1 % of a CPU (learn.microsoft.com, Hyper-V processor "
               "performance)",
               "Timer and interrupt virtualization as a share of guest CPU time."},
    [IO] =
        {"io", UNIT_TIME, 3e3, 0.0, 200e3, CONF_ASSUMED, true,
         "own arithmetic: signal, virtual interrupt and its end, each a round trip of 'a few hundred up to "
         "a few thousand cycles' (anandtech.com 2480) at 2.5 GHz",
         "Hypervisor time of one synthetic disk operation: the signal to the root and the interrupt back."},
    [PACKET] =
        {"packet", UNIT_TIME, 600.0, 0.0, 100e3, CONF_ASSUMED, true,
         "own arithmetic: one round trip of 1500 cycles at 2.5 GHz; with network_path it makes the 8 to 12 "
         "us a small request and reply cost in the directory server test (learn.microsoft.com, virtualized "
         "domain controllers)",
         "Hypervisor time of one packet on a synthetic adapter: the signal, or the virtual interrupt."},
    [CONNECTION] = {"connection", UNIT_TIME, 4.2e3, 0.0, 1e6, CONF_ASSUMED, true,
                    "own arithmetic: seven packets (RFC 793) at the cost of `packet`",
                    "Hypervisor time to set up and tear down one connection on a synthetic adapter."},
    [DISPATCH] =
        {"dispatch", UNIT_TIME, 1.5e3, 0.0, 100e3, CONF_ASSUMED, true,
         "own arithmetic: leaving one and entering another virtual processor, 4000 cycles at 2.6 GHz; no "
         "figure is published; calibrate from Context Switch Time / Context Switches/sec",
         "Hypervisor time of one dispatch of a virtual processor on a logical processor."},
    [ROOT_DISPATCH] =
        {"root_dispatch", UNIT_TIME, 3e3, 0.0, 100e3, CONF_ASSUMED, true,
         "own arithmetic: a switch of threads in the root and the hypercall that runs the virtual processor, "
         "two "
         "round trips of 4000 cycles at 2.6 GHz; no figure is published",
         "The same under the root scheduler (Windows clients), where the root's own threads stand for "
         "virtual processors."},
};

/* Synthetic packets signal once when sent and interrupt once when received; an SR-IOV function signals the
 * adapter itself and only its interrupts pass through the hypervisor; emulated adapters are accounted by
 * network_path. */
static bool packet_counts(const struct demand *d)
{
    switch (d->at->vnic) {
    case VNIC_SYNTHETIC:
        return true;
    case VNIC_SRIOV:
        return d->kind == DEMAND_RECEIVE;
    default:
        return false;
    }
}

static bool moves_packets(enum demand_kind kind)
{
    return kind == DEMAND_SEND || kind == DEMAND_RECEIVE;
}

/* Share of a synthetic disk operation: a signal to the root and an interrupt back. A device given to the VM interrupts only;
 * the operations of an initiator in the guest are packets. */
static double io_share(const struct place *at)
{
    const bool emulated = at->controller == CTRL_IDE && !at->integration;
    if (at->vdisk == VDISK_DIRECT)
        return 0.5;
    return vdisk_traits[at->vdisk].root && !emulated ? 1.0 : 0.0;
}

static void cost(const double *p, const struct demand *d, struct cost *c)
{
    if (d->at->version == HV_NONE)
        return;
    if (d->kind == DEMAND_CPU)
        c->hypervisor_ns[ACCOUNT_TIMER] += p[TIMER] * d->amount;
    else if (d->kind == DEMAND_DISPATCH)
        c->hypervisor_ns[ACCOUNT_DISPATCH] += p[d->at->root_scheduler ? ROOT_DISPATCH : DISPATCH] * d->amount;
    else if (d->kind == DEMAND_IO)
        c->hypervisor_ns[ACCOUNT_HYPERCALL] += io_share(d->at) * p[IO] * d->amount;
    else if (d->kind == DEMAND_CONNECT && d->at->vnic == VNIC_SYNTHETIC)
        c->hypervisor_ns[ACCOUNT_HYPERCALL] += p[CONNECTION] * d->amount;
    else if (moves_packets(d->kind) && packet_counts(d))
        c->hypervisor_ns[ACCOUNT_HYPERCALL] += p[PACKET] * d->amount;
}

const struct mechanism virtualization_mechanism = {
    .name = "virtualization",
    .title = "Virtualization itself",
    .doc = "Guest CPU time pays a small share for timers and interrupts; every disk operation, packet and "
           "dispatch pays a fixed time in the hypervisor. The tax is therefore mostly one per event: the "
           "same 10 us weigh 11 % on a light request and 3 % on a heavier one.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_CPU) | DEMAND_BIT(DEMAND_DISPATCH) | DEMAND_BIT(DEMAND_IO) |
               DEMAND_BIT(DEMAND_SEND) | DEMAND_BIT(DEMAND_RECEIVE) | DEMAND_BIT(DEMAND_CONNECT),
    .cost = cost,
};
