/* place.c - the one place where each kind of demand meets the mechanisms. */
#include "model/host/place.h"

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
        .miss_exponent = vm->spec->memory.miss_exponent,
        .chain = 1,
    };
}

struct dist place_dist(const struct time_spec *t)
{
    struct dist d;
    const char *why = NULL;
    bool made;
    if (t->family == DIST_QUANTILES)
        made = dist_make_quantiles(&d, t->quantile, (size_t)t->quantiles, 1.0, &why);
    else if (t->family == DIST_PARETO_BOUNDED && t->shape > 0.0)
        made = dist_make_pareto(&d, t->shape, t->lower_ns, t->upper_ns, &why);
    else
        made = dist_make(&d, t->family, t->mean_ns, t->scv, &why);
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
    c.root_ns = c.exits = c.exits_completion = c.exit_root_ns = c.exit_hypervisor_ns = c.signal_ns = 0.0;
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
    return vm->host->spec->cpu.nodes < 2 ? 1.0 : vm_speed(vm, DEMAND_REMOTE, vm->remote_memory);
}

/* Away from home the home memory is remote, and of the rest, spread over the other nodes, all but one node's part. */
double place_remote_speed(const struct vm *vm)
{
    const int nodes = vm->host->spec->cpu.nodes;
    return nodes < 2 ? 1.0 : vm_speed(vm, DEMAND_REMOTE, 1.0 - vm->remote_memory / (nodes - 1));
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
