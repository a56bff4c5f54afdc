/* place_net.c - the cost of one message or connection. */
#include "model/host/exits.h"
#include "model/host/place.h"
#include "model/host/switches.h"
#include <math.h>

#define CHUNK_BYTES 65536.0 /* large-send offload hands at most 64 KiB at a time to the adapter */
#define OPEN_PACKETS                                                                                         \
    3.0 /* SYN, its answer and the acknowledgement (RFC 793): the set-up, which the job waits for */

void place_net_adapter(struct place *at, const struct pnic_spec *s, bool first)
{
    at->vmq = (first || at->vmq) && s->vmq;
    at->chimney = (first || at->chimney) && s->chimney;
    at->jumbo = (first || at->jumbo) && s->jumbo;
    at->rsc = (first || at->rsc) && s->rsc;
    at->software_checksum = at->software_checksum || !s->checksum;
    at->small_sends = at->small_sends || !s->large_send;
}

static void nic_place(struct place *at, const struct vm *vm, const struct workload_spec *w,
                      const struct vnic *v, bool local)
{
    *at = place_of(vm, w);
    at->vnic = v->spec->kind;
    at->local = local;
    for (int i = 0; i < v->lanes; i++)
        place_net_adapter(at, v->lane[i]->spec, i == 0);
    at->link_bytes_per_s = v->lanes > 0 ? v->lane[0]->spec->bytes_per_s : 0.0;
}

/* Through the virtual switch alone: an SR-IOV function has the switch inside the adapter, at the speed of its link. */
static bool is_local(const struct plan *p)
{
    return p->peer && p->peer->host == p->vm->host && !p->vm->host->native &&
           switches_same(p->nic->spec, p->peer_nic->spec) && p->nic->spec->kind != VNIC_SRIOV &&
           p->peer_nic->spec->kind != VNIC_SRIOV;
}

static void plan_adapters(struct plan *p, const struct run *run, int nic)
{
    p->nic = &p->vm->nic[nic];
    if (!p->peer)
        return;
    const int at = switches_peer(run->model, p->vm->index, nic, p->peer->index);
    CHECK(at >= 0); /* resolved */
    p->peer_nic = &p->peer->nic[at];
}

static struct cost message_cost(const struct run *run, const struct plan *p, const struct place *at,
                                enum demand_kind kind)
{
    const struct demand d = {
        .kind = kind, .amount = p->packets, .bytes = p->bytes, .write = kind == DEMAND_SEND, .at = at};
    return place_cost(run->model, &d);
}

static struct lanes lanes_of(const struct run *run, const struct plan *p, const struct vnic *v,
                             const struct place *at)
{
    struct lanes l = {.lane = ARENA_ARRAY(run->arena, struct lane, (size_t)v->lanes), .n = v->lanes};
    struct place here = *at;
    for (int i = 0; i < v->lanes; i++) {
        here.link_bytes_per_s = v->lane[i]->spec->bytes_per_s;
        l.lane[i] =
            (struct lane){.nic = v->lane[i], .ns = message_cost(run, p, &here, DEMAND_LINK).device_ns};
    }
    return l;
}

/* Guest work of one of the two VMs. */
static void plan_side(struct plan *p, const struct cost *c, const struct trips *t, bool sender)
{
    *(sender ? &p->submit : &p->complete) = exits_overhead(c, t, 1.0, t->submit);
    p->latency_ns += c->latency_ns;
}

static void plan_mine(struct plan *p, const struct cost *c, bool sending)
{
    p->trips = exits_trips(c);
    plan_side(p, c, &p->trips, sending);
    p->root_ns = c->root_ns;
    p->signal_ns = c->signal_ns;
    p->spread = c->spread;
}

static void plan_theirs(struct plan *p, const struct cost *c, bool sending)
{
    p->peer_trips = exits_trips(c);
    plan_side(p, c, &p->peer_trips, sending);
    p->peer_root_ns = c->root_ns;
    p->peer_signal_ns = c->signal_ns;
    p->peer_spread = c->spread;
}

void place_net_message(struct plan *p, const struct run *run, const struct workload_spec *w,
                       const struct step *s, int nic, bool sending)
{
    struct place mine, theirs;
    plan_adapters(p, run, nic);
    const bool local = is_local(p);
    nic_place(&mine, p->vm, w, p->nic, local);
    if (p->peer) {
        nic_place(&theirs, p->peer, w, p->peer_nic, local);
        mine.jumbo = theirs.jumbo = mine.jumbo && theirs.jumbo; /* the smaller segment (RFC 793) */
    }
    p->chunks = (int)fmax(1.0, ceil(s->size_bytes / CHUNK_BYTES));
    p->bytes = s->size_bytes / p->chunks;
    p->packets = fmax(1.0, ceil(p->bytes / mechanism_packet_bytes(&mine)));
    const struct cost c = message_cost(run, p, &mine, sending ? DEMAND_SEND : DEMAND_RECEIVE);
    plan_mine(p, &c, sending);
    if (!local)
        *(sending ? &p->out : &p->in) = lanes_of(run, p, p->nic, &mine);
    if (!p->peer)
        return;
    const struct cost far = message_cost(run, p, &theirs, sending ? DEMAND_RECEIVE : DEMAND_SEND);
    plan_theirs(p, &far, !sending);
    if (!local)
        *(sending ? &p->in : &p->out) = lanes_of(run, p, p->peer_nic, &theirs);
}

/* ---- connections ---- */

static struct cost part_of(struct cost c, double share)
{
    c.guest_ns *= share;
    c.root_ns *= share;
    c.exits *= share;
    for (int i = 0; i < ACCOUNTS; i++)
        c.hypervisor_ns[i] *= share;
    return c;
}

static struct closing closing_of(const struct cost *c, double share)
{
    const struct cost rest = part_of(*c, share);
    return (struct closing){place_overhead(&rest, 1.0), rest.root_ns + rest.exits * rest.exit_root_ns};
}

/* Packets of which nobody waits for the end: all but SYN and its answer, starting and ending with one of the opener. */
static void plan_closing(struct plan *p, double packets)
{
    const double rest = fmax(0.0, packets - 2.0);
    p->closing_in = floor(0.5 * rest);
    p->closing_out = rest - p->closing_in;
}

void place_net_connect(struct plan *p, const struct run *run, const struct workload_spec *w, int nic)
{
    const double packets = run->model->overhead[mechanism_param_index("network_path", "connect_packets")];
    const double open = packets > OPEN_PACKETS ? OPEN_PACKETS / packets : 1.0;
    struct place mine, theirs;
    plan_adapters(p, run, nic);
    const bool local = is_local(p);
    nic_place(&mine, p->vm, w, p->nic, local);
    p->chunks = 1;
    p->packets = 1.0; /* of SYN and of its answer, which carry no payload */
    const struct demand d = {.kind = DEMAND_CONNECT, .amount = 1.0, .write = true, .at = &mine};
    const struct cost c = place_cost(run->model, &d), set_up = part_of(c, open);
    plan_mine(p, &set_up, true);
    p->closing = closing_of(&c, 1.0 - open);
    plan_closing(p, packets);
    if (!local)
        p->out = p->answer_in = lanes_of(run, p, p->nic, &mine);
    if (!p->peer) {
        p->round_trip_ns = p->nic->lane[0]->spec->round_trip_ns;
        return;
    }
    nic_place(&theirs, p->peer, w, p->peer_nic, local);
    const struct demand far = {.kind = DEMAND_CONNECT, .amount = 1.0, .write = false, .at = &theirs};
    const struct cost f = place_cost(run->model, &far), answer = part_of(f, open);
    plan_theirs(p, &answer, false);
    p->peer_closing = closing_of(&f, 1.0 - open);
    if (!local)
        p->in = p->answer_out = lanes_of(run, p, p->peer_nic, &theirs);
}
