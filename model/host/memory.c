/* memory.c - who gets how much memory, and what is missing. */
#include "model/host/memory.h"
#include "model/host/place.h"
#include "model/mechanism/memory.h"
#include <math.h>

double memory_demand(const struct vm *vm)
{
    const struct memory_spec *s = &vm->spec->memory;
    const double stated = s->demand_bytes > 0.0 ? s->demand_bytes
                          : s->dynamic          ? s->startup_bytes
                                                : s->maximum_bytes;
    return stated + vm->inside * s->per_job_bytes;
}

static double target_of(const struct vm *vm)
{
    const struct memory_spec *s = &vm->spec->memory;
    if (!s->dynamic)
        return s->maximum_bytes;
    return fmin(s->maximum_bytes, fmax(s->minimum_bytes, memory_demand(vm) * (1.0 + s->buffer)));
}

/* Least that a running VM holds: all of it if static. */
static double floor_of(const struct vm *vm)
{
    return vm->spec->memory.dynamic ? vm->spec->memory.minimum_bytes : vm->spec->memory.maximum_bytes;
}

static bool modelled(const struct host *h)
{
    return h->spec->memory_bytes > 0.0;
}

static double reserves(const struct run *run, const struct host *h)
{
    const struct model *m = run->model;
    const enum hv_version version = h->spec->hv.version;
    double sum = memory_host_bytes(m->overhead, version, h->spec->memory_bytes);
    for (int i = 0; i < m->vms; i++)
        if (run->vm[i].host == h)
            sum += memory_vm_bytes(m->overhead, version, target_of(&run->vm[i]));
    return sum;
}

/* What is left of the host's memory over the floors is shared in proportion to weight x (target - floor), until all have
 * their target or it is gone. */
static double shared_part(const struct run *run, const struct host *h, double spare)
{
    double wanted = 0.0;
    for (int i = 0; i < run->model->vms; i++)
        if (run->vm[i].host == h)
            wanted += target_of(&run->vm[i]) - floor_of(&run->vm[i]);
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
            if (vm->host != h)
                continue;
            const double extra = target_of(vm) - floor_of(vm);
            const double got = extra * fmin(1.0, mid * vm->spec->memory.weight / 5000.0);
            vm->goal_bytes = floor_of(vm) + got;
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
            run->vm[i].goal_bytes = floor_of(&run->vm[i]) * fmax(0.05, usable / floors);
}

/* Goals of all VMs of the host from their demands now; returns what VMs may have in all. */
static double set_goals(struct run *run, struct host *h)
{
    double floors = 0.0;
    h->memory_demand_bytes = 0.0;
    for (int i = 0; i < run->model->vms; i++) {
        struct vm *vm = &run->vm[i];
        if (vm->host != h)
            continue;
        floors += floor_of(vm);
        vm->goal_bytes = target_of(vm);
        h->memory_demand_bytes += memory_demand(vm);
    }
    const double usable = h->spec->memory_bytes - reserves(run, h);
    if (!modelled(h))
        return (double)INFINITY;
    if (floors > usable)
        squeeze_floors(run, h, usable, floors);
    else
        share_by_weight(run, h, usable - floors);
    h->memory_missing_bytes = fmax(0.0, floors - usable);
    return usable;
}

/* ---- what a VM makes of its memory ---- */

struct memory_areas memory_areas(const struct vm *vm)
{
    const double since = (double)(vm->run->sim.now - vm->memory_since);
    return (struct memory_areas){.assigned = vm->assigned_area + since * vm->assigned_bytes,
                                 .pressure = vm->pressure_area + since * vm->pressure,
                                 .cache = vm->cache_area + since * vm->cache_bytes,
                                 .inside = vm->inside_area + since * vm->inside};
}

static void account(struct vm *vm)
{
    const struct memory_areas a = memory_areas(vm);
    vm->assigned_area = a.assigned;
    vm->pressure_area = a.pressure;
    vm->cache_area = a.cache;
    vm->inside_area = a.inside;
    vm->memory_since = vm->run->sim.now;
}

static struct cost cost_of(const struct vm *vm, enum demand_kind kind, double amount)
{
    const struct place at = place_of(vm, NULL);
    const struct demand d = {.kind = kind, .amount = amount, .at = &at};
    return place_cost(vm->run->model, &d);
}

static void settle(struct vm *vm)
{
    const double demand = memory_demand(vm);
    const struct memory_squeeze q =
        memory_squeeze(vm->run->model->overhead, demand, vm->spec->memory.cache_bytes, vm->assigned_bytes);
    vm->pressure = vm->assigned_bytes > 0.0 ? demand / vm->assigned_bytes : 0.0;
    vm->cache_bytes = q.cache_bytes;
    vm->lack = q.lack;
    vm->read_factor = 1.0;
    vm->pages_per_s = 0.0;
    if (q.cache_lack > 0.0)
        vm->read_factor = cost_of(vm, DEMAND_CACHE, q.cache_lack).read_factor;
    if (q.lack <= 0.0)
        return;
    const struct cost fault = cost_of(vm, DEMAND_MEMORY, q.lack);
    vm->pages_per_s = fault.pages_per_s;
    vm->fault_cpu_ns = fault.guest_ns;
    vm->page_writes = fault.extra_writes;
}

void memory_inside(struct vm *vm, int change)
{
    account(vm);
    vm->inside += change;
    settle(vm);
}

/* A static VM whose demand is not stated lacks only what the host never gave it. */
bool memory_may_lack(const struct vm *vm)
{
    const struct memory_spec *s = &vm->spec->memory;
    return s->dynamic || s->demand_bytes > 0.0 || vm->lack > 0.0;
}

/* ---- the host ---- */

double memory_used_area(const struct host *h)
{
    return h->memory_used_area + h->memory_used_bytes * (double)(h->run->sim.now - h->memory_since);
}

double memory_available_area(const struct host *h)
{
    return h->memory_available_area + h->memory_available_bytes * (double)(h->run->sim.now - h->memory_since);
}

/* What a physical server's system does not need is available; a VM holds what it was given. */
static double held_by(const struct vm *vm)
{
    return vm->host->native ? fmin(vm->assigned_bytes, memory_demand(vm)) : vm->assigned_bytes;
}

static void count_host(struct run *run, struct host *h, double usable)
{
    double used = 0.0;
    h->memory_used_area = memory_used_area(h);
    h->memory_available_area = memory_available_area(h);
    h->memory_since = run->sim.now;
    for (int i = 0; i < run->model->vms; i++)
        if (run->vm[i].host == h)
            used += held_by(&run->vm[i]);
    h->memory_used_bytes = used + (modelled(h) ? h->spec->memory_bytes - usable : 0.0);
    h->memory_available_bytes =
        modelled(h) ? fmax(0.0, h->spec->memory_bytes - h->memory_used_bytes) : (double)NAN;
}

/* ---- the balancer ---- */

/* A guest frees memory no faster than its balloon grows. Returns what all VMs of the host then hold. */
static double take_away(struct run *run, struct host *h, double most)
{
    double held = 0.0;
    for (int i = 0; i < run->model->vms; i++) {
        struct vm *vm = &run->vm[i];
        if (vm->host != h)
            continue;
        account(vm);
        vm->assigned_bytes -= fmin(most, fmax(0.0, vm->assigned_bytes - vm->goal_bytes));
        held += vm->assigned_bytes;
    }
    return held;
}

/* Memory is given at once, in proportion to what is wanted while others still free theirs. */
static void give(struct run *run, struct host *h, double spare)
{
    double wanted = 0.0;
    for (int i = 0; i < run->model->vms; i++)
        if (run->vm[i].host == h)
            wanted += fmax(0.0, run->vm[i].goal_bytes - run->vm[i].assigned_bytes);
    const double share = wanted > 0.0 ? fmin(1.0, fmax(0.0, spare) / wanted) : 0.0;
    for (int i = 0; i < run->model->vms; i++) {
        struct vm *vm = &run->vm[i];
        if (vm->host != h)
            continue;
        vm->assigned_bytes += share * fmax(0.0, vm->goal_bytes - vm->assigned_bytes);
        settle(vm);
    }
}

static void balance(struct sim *sim, void *owner)
{
    struct host *h = owner;
    struct run *run = h->run;
    const double period = memory_balance_ns(run->model->overhead);
    const double most = memory_balloon_bytes_per_s(run->model->overhead) * period * 1e-9;
    const double usable = set_goals(run, h);
    give(run, h, usable - take_away(run, h, most));
    count_host(run, h, usable);
    sim_schedule(sim, h->balancer, sim->now + sim_round(period), SIM_PRIORITY);
}

static bool demands_move(const struct run *run, const struct host *h)
{
    bool moves = false;
    for (int i = 0; i < run->model->vms; i++)
        moves = moves || (run->vm[i].host == h && run->vm[i].spec->memory.per_job_bytes > 0.0);
    return moves;
}

void memory_settle(struct run *run, struct host *h)
{
    const double usable = set_goals(run, h);
    for (int i = 0; i < run->model->vms; i++) {
        if (run->vm[i].host != h)
            continue;
        run->vm[i].assigned_bytes = run->vm[i].goal_bytes;
        settle(&run->vm[i]);
    }
    count_host(run, h, usable);
}

void memory_assign(struct run *run, struct host *h)
{
    memory_settle(run, h);
    h->memory_moves = demands_move(run, h);
    if (!h->memory_moves)
        return;
    h->balancer = sim_source_new(&run->sim, balance, h);
    sim_schedule(&run->sim, h->balancer, sim_round(memory_balance_ns(run->model->overhead)), SIM_PRIORITY);
}
