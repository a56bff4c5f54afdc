/* place.c - the one place where each kind of demand meets the mechanisms. */
#include "model/host/place.h"
#include <math.h>

#define CHUNK_BYTES 65536.0 /* large-send offload hands at most 64 KiB at a time to the adapter */

struct place place_of(const struct vm *vm, const struct workload_spec *w)
{
    const struct host_spec *h = vm->host->spec;
    return (struct place){
        .version = h->hv.version,
        .slat = h->cpu.slat,
        .large_pages = h->cpu.large_pages,
        .vendor = h->cpu.vendor,
        .os = vm->spec->os,
        .enlightened = vm->spec->enlightened,
        .integration = vm->spec->integration,
        .compatibility = vm->spec->compatibility,
        .vcpus = vm->vps,
        .lps = vm->host->lps,
        .boost = h->cpu.boost,
        .lock_share = vm->spec->lock_share,
        .memory_intensity = w ? w->memory_intensity : 1.0,
        .compatibility_sensitivity = w ? w->compatibility_sensitivity : 1.0,
        .chain = 1,
    };
}

struct dist place_dist(const struct time_spec *t)
{
    struct dist d;
    const char *why = NULL;
    const bool made = t->family == DIST_PARETO_BOUNDED && t->shape > 0.0
                          ? dist_make_pareto(&d, t->shape, t->lower_ns, t->upper_ns, &why)
                          : dist_make(&d, t->family, t->mean_ns, t->scv, &why);
    CHECK(made);
    return d;
}

struct cost place_cost(const struct model *m, const struct demand *d)
{
    struct cost c = mechanism_cost(m->overhead, d);
    if (m->fixed_cpu < 0.0 || d->at->version == HV_NONE)
        return c;
    for (int i = 0; i < ACCOUNTS; i++)
        c.hypervisor_ns[i] = 0.0;
    if (d->kind != DEMAND_PROCESS)
        c.guest_ns = 0.0;
    if (d->kind == DEMAND_CPU || d->kind == DEMAND_PROCESS)
        c.hypervisor_ns[ACCOUNT_TIMER] = m->fixed_cpu * (d->kind == DEMAND_CPU ? d->amount : c.guest_ns);
    c.root_ns = c.exits = c.exit_root_ns = c.signal_ns = 0.0;
    return c;
}

struct overhead place_overhead(const struct cost *c, double share)
{
    struct overhead o = {.guest_ns = share * c->guest_ns, .hypervisor_ns = share * cost_hypervisor_ns(c)};
    for (int i = 0; i < ACCOUNTS; i++)
        o.account[i] = o.hypervisor_ns > 0.0 ? share * c->hypervisor_ns[i] / o.hypervisor_ns : 0.0;
    return o;
}

static double vm_speed(const struct vm *vm, enum demand_kind kind, double amount)
{
    const struct place at = place_of(vm, NULL);
    const struct demand d = {.kind = kind, .amount = amount, .at = &at};
    return mechanism_cost(vm->host->run->model->overhead, &d).speed;
}

double place_home_speed(const struct vm *vm)
{
    return vm->host->spec->cpu.nodes < 2 ? 1.0 : vm_speed(vm, DEMAND_REMOTE, vm->spec->remote_memory);
}

/* Away from home the home memory is remote, and of the rest, spread over the other nodes, all but one node's part. */
double place_remote_speed(const struct vm *vm)
{
    const int nodes = vm->host->spec->cpu.nodes;
    return nodes < 2 ? 1.0 : vm_speed(vm, DEMAND_REMOTE, 1.0 - vm->spec->remote_memory / (nodes - 1));
}

double place_preempted_loss(const struct vm *vm)
{
    return 1.0 - vm_speed(vm, DEMAND_PREEMPTED, 1.0);
}

void place_plan_cpu(struct plan *p, const struct run *run, const struct workload_spec *w)
{
    const struct place at = place_of(p->vm, w);
    const double second = 1e9;
    const struct demand d = {.kind = DEMAND_CPU, .amount = second, .at = &at};
    const struct cost c = place_cost(run->model, &d);
    const struct overhead o = place_overhead(&c, 1.0);
    p->speed = p->vm->host->spec->cpu.speed;
    p->slowdown = (1.0 + c.guest_ns / second) / c.speed;
    p->tax = o.hypervisor_ns / second;
    for (int i = 0; i < ACCOUNTS; i++)
        p->tax_account[i] = o.account[i];
}

void place_plan_spawn(struct plan *p, const struct run *run, const struct workload_spec *w)
{
    const struct place at = place_of(p->vm, w);
    const struct demand d = {.kind = DEMAND_PROCESS, .amount = 1.0, .at = &at};
    const struct cost c = place_cost(run->model, &d);
    struct place bare = at;
    bare.version = HV_NONE;
    const struct demand native = {.kind = DEMAND_PROCESS, .amount = 1.0, .at = &bare};
    const struct cost n = mechanism_cost(run->model->overhead, &native);
    p->spawn_ns = n.guest_ns;
    p->submit = place_overhead(&c, 1.0);
    p->submit.guest_ns -= n.guest_ns;
}

static double device_mean(const struct pdisk *d, bool write)
{
    return write ? d->write_ns : d->read_ns;
}

void place_plan_disk(struct plan *p, const struct run *run, const struct workload_spec *w,
                     const struct step *s, int disk)
{
    struct vdisk *v = &p->vm->disk[disk];
    struct place at = place_of(p->vm, w);
    const bool write = s->kind == STEP_WRITE;
    at.vdisk = v->spec->kind;
    at.controller = v->spec->controller;
    at.chain = v->spec->chain;
    at.fragmentation = v->spec->fragmentation;
    at.pdisk = v->on->spec->kind;
    at.raid = v->on->spec->raid;
    at.transfer_bytes_per_s = v->on->spec->transfer_bytes_per_s;
    const struct demand io = {.kind = DEMAND_IO,
                              .amount = 1.0,
                              .bytes = s->size_bytes,
                              .write = write,
                              .sequential = s->sequential,
                              .at = &at};
    const struct cost c = place_cost(run->model, &io);
    const struct demand device = {.kind = DEMAND_DEVICE,
                                  .amount = device_mean(v->on, write),
                                  .bytes = s->size_bytes,
                                  .write = write,
                                  .sequential = s->sequential,
                                  .at = &at};
    const struct cost d = place_cost(run->model, &device);
    p->disk = v;
    p->device = v->on;
    p->submit = p->complete = place_overhead(&c, 0.5);
    p->root_ns = c.root_ns;
    p->exits = c.exits;
    p->exit_root_ns = c.exit_root_ns;
    p->latency_ns = c.latency_ns;
    p->extra_reads = c.extra_reads;
    p->extra_writes = c.extra_writes;
    p->device_ns = d.device_ns;
    p->device_ops = fmax(1.0, d.device_ops);
    p->factor = write ? v->on->write : v->on->read;
    p->bytes = s->size_bytes;
    p->read_factor = write ? 1.0 : p->vm->read_factor;
}

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
void place_plan_message(struct plan *p, const struct run *run, const struct workload_spec *w,
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

void place_plan_connect(struct plan *p, const struct run *run, const struct workload_spec *w, int nic)
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
