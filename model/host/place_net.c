/* place_net.c - the cost of one message or connection. */
#include "model/host/place.h"
#include <math.h>

#define CHUNK_BYTES 65536.0 /* large-send offload hands at most 64 KiB at a time to the adapter */

static void nic_place(struct place *at, const struct vm *vm, const struct workload_spec *w, int nic,
                      bool local)
{
    const struct vnic *v = &vm->nic[nic];
    *at = place_of(vm, w);
    at->vnic = v->spec->kind;
    at->local = local;
    at->vmq = v->on->spec->vmq;
    at->chimney = v->on->spec->chimney;
    at->jumbo = v->on->spec->jumbo;
    at->link_bytes_per_s = v->on->spec->bytes_per_s;
}

static struct cost message_cost(const struct run *run, const struct plan *p, const struct place *at,
                                enum demand_kind kind)
{
    const struct demand d = {
        .kind = kind, .amount = p->packets, .bytes = p->bytes, .write = kind == DEMAND_SEND, .at = at};
    return place_cost(run->model, &d);
}

/* Guest work of one of the two VMs. */
static void plan_side(struct plan *p, const struct cost *c, bool sender)
{
    if (sender)
        p->submit = place_overhead(c, 1.0);
    else
        p->complete = place_overhead(c, 1.0);
    p->latency_ns += c->latency_ns;
}

/* sender and receiver as VMs; NULL = outside. */
void place_net_message(struct plan *p, const struct run *run, const struct workload_spec *w,
                       const struct step *s, int nic, bool sending)
{
    const bool local = p->peer && p->peer->host == p->vm->host && !p->vm->host->native;
    struct place mine, theirs;
    nic_place(&mine, p->vm, w, nic, local);
    p->nic = &p->vm->nic[nic];
    p->chunks = (int)fmax(1.0, ceil(s->size_bytes / CHUNK_BYTES));
    p->bytes = s->size_bytes / p->chunks;
    p->packets = fmax(1.0, ceil(p->bytes / mechanism_packet_bytes(&mine)));
    const struct cost c = message_cost(run, p, &mine, sending ? DEMAND_SEND : DEMAND_RECEIVE);
    plan_side(p, &c, sending);
    p->root_ns = c.root_ns;
    p->signal_ns = c.signal_ns;
    p->exits = c.exits;
    p->exit_root_ns = c.exit_root_ns;
    p->spread = c.spread;
    if (!local) {
        const struct cost link = message_cost(run, p, &mine, DEMAND_LINK);
        *(sending ? &p->transmit_ns : &p->receive_ns) = link.device_ns;
    }
    if (!p->peer)
        return;
    nic_place(&theirs, p->peer, w, 0, local);
    p->peer_nic = &p->peer->nic[0];
    const struct cost far = message_cost(run, p, &theirs, sending ? DEMAND_RECEIVE : DEMAND_SEND);
    plan_side(p, &far, !sending);
    p->peer_root_ns = far.root_ns;
    p->peer_signal_ns = far.signal_ns;
    p->peer_exits = far.exits;
    p->peer_exit_root_ns = far.exit_root_ns;
    p->peer_spread = far.spread;
    if (!local) {
        const struct cost link = message_cost(run, p, &theirs, DEMAND_LINK);
        *(sending ? &p->receive_ns : &p->transmit_ns) = link.device_ns;
    }
}

void place_net_connect(struct plan *p, const struct run *run, const struct workload_spec *w, int nic)
{
    struct place at;
    nic_place(&at, p->vm, w, nic, false);
    p->nic = &p->vm->nic[nic];
    const struct demand d = {.kind = DEMAND_CONNECT, .amount = 1.0, .at = &at};
    const struct cost c = place_cost(run->model, &d);
    p->submit = place_overhead(&c, 1.0);
    p->root_ns = c.root_ns;
    p->exits = c.exits;
    p->exit_root_ns = c.exit_root_ns;
    p->spread = c.spread;
    p->latency_ns = c.latency_ns;
}
