/* memory.c - who gets how much memory, and what is missing. */
#include "model/host/memory.h"
#include "model/host/place.h"
#include "model/mechanism/memory.h"
#include <math.h>

static double demand_of(const struct memory_spec *s)
{
    if (s->demand_bytes > 0.0)
        return s->demand_bytes;
    return s->dynamic ? s->startup_bytes : s->maximum_bytes;
}

static double target_of(const struct memory_spec *s)
{
    if (!s->dynamic)
        return s->maximum_bytes;
    return fmin(s->maximum_bytes, fmax(s->minimum_bytes, demand_of(s) * (1.0 + s->buffer)));
}

/* Least that a running VM holds: all of it if static. */
static double floor_of(const struct memory_spec *s)
{
    return s->dynamic ? s->minimum_bytes : s->maximum_bytes;
}

static double reserves(const struct run *run, const struct host *h)
{
    const struct model *m = run->model;
    const enum hv_version version = h->spec->hv.version;
    double sum = memory_host_bytes(m->overhead, version, h->spec->memory_bytes);
    for (int i = 0; i < m->vms; i++)
        if (run->vm[i].host == h)
            sum += memory_vm_bytes(m->overhead, version, target_of(&run->vm[i].spec->memory));
    return sum;
}

/* What is left of the host's memory over the floors is shared in proportion to weight x (target - floor), until all have
 * their target or it is gone. */
static double shared_part(const struct run *run, const struct host *h, double spare)
{
    double wanted = 0.0;
    for (int i = 0; i < run->model->vms; i++)
        if (run->vm[i].host == h)
            wanted += target_of(&run->vm[i].spec->memory) - floor_of(&run->vm[i].spec->memory);
    return wanted > 0.0 ? fmin(1.0, fmax(0.0, spare) / wanted) : 1.0;
}

static void share_by_weight(struct run *run, struct host *h, double spare)
{
    double level = shared_part(run, h, spare);
    if (level >= 1.0)
        return;
    /* scale of weight that spends `spare`: found by bisection, the spending grows with it */
    double lo = 0.0, hi = 10000.0;
    for (int round = 0; round < 60; round++) {
        const double mid = 0.5 * (lo + hi);
        double spent = 0.0;
        for (int i = 0; i < run->model->vms; i++) {
            struct vm *vm = &run->vm[i];
            const struct memory_spec *s = &vm->spec->memory;
            if (vm->host != h)
                continue;
            const double extra = target_of(s) - floor_of(s);
            const double got = extra * fmin(1.0, mid * s->weight / 5000.0);
            vm->assigned_bytes = floor_of(s) + got;
            spent += got;
        }
        if (spent > spare)
            hi = mid;
        else
            lo = mid;
    }
}

/* Static memory that does not fit at all is taken from all floors alike: the plan is not feasible, and the shortfall shows
 * as pressure on every VM. */
static void squeeze_floors(struct run *run, struct host *h, double usable, double floors)
{
    for (int i = 0; i < run->model->vms; i++)
        if (run->vm[i].host == h)
            run->vm[i].assigned_bytes = floor_of(&run->vm[i].spec->memory) * fmax(0.05, usable / floors);
}

static void settle(struct run *run, struct vm *vm)
{
    const double demand = demand_of(&vm->spec->memory);
    vm->pressure = vm->assigned_bytes > 0.0 ? demand / vm->assigned_bytes : 0.0;
    vm->lack = demand > 0.0 ? fmax(0.0, demand - vm->assigned_bytes) / demand : 0.0;
    const struct place at = place_of(vm, NULL);
    const struct demand d = {
        .kind = DEMAND_MEMORY, .amount = vm->lack, .bytes = vm->spec->memory.cache_bytes, .at = &at};
    const struct cost c = place_cost(run->model, &d);
    vm->read_factor = c.read_factor;
    vm->pages_per_s = c.pages_per_s;
}

void memory_assign(struct run *run, struct host *h)
{
    double floors = 0.0, used = 0.0;
    for (int i = 0; i < run->model->vms; i++) {
        struct vm *vm = &run->vm[i];
        if (vm->host != h)
            continue;
        floors += floor_of(&vm->spec->memory);
        vm->assigned_bytes = target_of(&vm->spec->memory);
        h->memory_demand_bytes += demand_of(&vm->spec->memory);
    }
    const double usable = h->spec->memory_bytes - reserves(run, h);
    const bool modelled = h->spec->memory_bytes > 0.0;
    if (modelled && floors > usable)
        squeeze_floors(run, h, usable, floors);
    else if (modelled)
        share_by_weight(run, h, usable - floors);
    for (int i = 0; i < run->model->vms; i++) {
        if (run->vm[i].host != h)
            continue;
        settle(run, &run->vm[i]);
        used += run->vm[i].assigned_bytes;
    }
    h->memory_used_bytes = used + (modelled ? h->spec->memory_bytes - usable : 0.0);
    h->memory_available_bytes =
        modelled ? fmax(0.0, h->spec->memory_bytes - h->memory_used_bytes) : (double)NAN;
    h->memory_missing_bytes = modelled ? fmax(0.0, floors - usable) : 0.0;
}
