/* build.c - from a model to the entities of one run. */
#include "model/host/build.h"
#include "model/base/text.h"
#include "model/host/arrivals.h"
#include "model/host/estimate.h"
#include "model/host/laws.h"
#include "model/host/memory.h"
#include "model/host/memory_nodes.h"
#include "model/host/place.h"
#include "model/host/queues.h"
#include "model/host/root.h"
#include "model/host/run.h"
#include "model/host/sched.h"
#include <string.h>

#define POPULATION_LIMIT 20000

uint64_t build_stream(const struct run *run, const char *kind, const char *a, const char *b)
{
    return text_hash(arena_printf(run->arena, "%s.%s.%s", kind, a, b ? b : ""));
}

void build_seed(const struct run *run, struct rng *r, const char *kind, const char *a, const char *b)
{
    rng_seed(r, run->seed, (uint64_t)run->sim.replication, build_stream(run, kind, a, b), 0);
}

static double dispatch_cost(const struct run *run, const struct host *h)
{
    const struct place at = {.version = h->spec->hv.version,
                             .vendor = h->spec->cpu.vendor,
                             .slat = h->spec->cpu.slat,
                             .root_scheduler = h->spec->hv.scheduler == SCHED_ROOT};
    const struct demand d = {.kind = DEMAND_DISPATCH, .amount = 1.0, .at = &at};
    const struct cost c = place_cost(run->model, &d);
    return run->model->fixed_cpu >= 0.0 ? 0.0 : cost_hypervisor_ns(&c);
}

static void build_host(struct run *run, struct host *h, int index)
{
    h->run = run;
    h->index = index;
    h->spec = &run->model->host[index];
    h->native = h->spec->hv.version == HV_NONE;
    build_cpu_lps(run, h);
    build_io_host(run, h);
}

/* How fast a VP runs at home and away follows from where its memory lies. */
static void start_vms(struct run *run, struct host *h)
{
    for (int i = 0; i < run->model->vms; i++) {
        struct vm *vm = &run->vm[i];
        if (vm->host != h)
            continue;
        vm->home_speed = place_home_speed(vm);
        vm->remote_speed = place_remote_speed(vm);
    }
}

static void start_host(struct run *run, struct host *h)
{
    build_cpu_scheduler(run, h);
    build_cpu_vps(run, h);
    build_cpu_nodes(run, h);
    h->dispatch_ns = dispatch_cost(run, h);
    build_seed(run, &h->placement, "placement", h->spec->name, NULL);
    build_seed(run, &h->background, "background", h->spec->name, NULL);
    sched_host_init(h);
    memory_assign(run, h);
    memory_nodes_place(run, h);
    start_vms(run, h);
    queues_init(h);
    root_background_init(h);
}

/* ---- VMs ---- */

static void build_vm(struct run *run, struct vm *vm, int index)
{
    const struct vm_spec *s = &run->model->vm[index];
    vm->run = run;
    vm->spec = s;
    vm->index = index;
    vm->host = &run->host[s->host];
    vm->vps = vm->host->native ? vm->host->lps : s->vcpus;
    vm->vp = ARENA_ARRAY(run->arena, struct vp, (size_t)vm->vps);
    vm->pool = s->pool > 0 ? station_new(&run->sim, s->pool, STATION_FIFO) : NULL;
    if (vm->pool && s->pool_queue >= 0)
        station_set_limit(vm->pool, s->pool + s->pool_queue);
    vm->read_factor = 1.0;
    vm->lock_loss = place_preempted_loss(vm);
    build_io_vm(run, vm);
}

/* ---- workloads ---- */

static void build_workload(struct run *run, struct workload *w, const struct workload_spec *s, int index)
{
    w->run = run;
    w->spec = s;
    w->index = index;
    w->name = build_stream(run, "workload", s->name, NULL);
    w->program = program_compile(run, w);
    w->next_member = ARENA_ARRAY(run->arena, int, (size_t)w->program->sites);
    w->breakdown = ARENA_ARRAY(run->arena, double, (size_t)(w->program->rows * 3));
    hist_init(&w->hist, run->arena);
}

static void build_workloads(struct run *run)
{
    const struct model *m = run->model;
    run->workload = ARENA_ARRAY(run->arena, struct workload, (size_t)m->workloads);
    for (int i = 0; i < m->workloads; i++)
        build_workload(run, &run->workload[run->workloads++], &m->workload[i], i);
}

static void build_externals(struct run *run)
{
    const struct model *m = run->model;
    run->external = ARENA_ARRAY(run->arena, struct external, (size_t)m->externals);
    for (int i = 0; i < m->externals; i++) {
        const struct external_spec *s = &m->external[i];
        run->external[i].spec = s;
        run->external[i].station = s->servers > 0 ? station_new(&run->sim, s->servers, STATION_FIFO) : NULL;
    }
    run->lock = ARENA_ARRAY(run->arena, struct station *, (size_t)m->locks);
    for (int i = 0; i < m->locks; i++)
        run->lock[i] = station_new(&run->sim, 1, STATION_FIFO);
}

/* Far more jobs than would be inside if nobody waited: then an open load is taken to grow without end. */
static int64_t population_limit(const struct run *run)
{
    struct arena *a = arena_new();
    double inside = 0.0;
    for (int i = 0; i < run->workloads; i++) {
        const struct estimate e = estimate_workload(a, &run->workload[i]);
        inside += estimate_rate(&run->workload[i], &e) * e.total_ns * 1e-9;
    }
    arena_free(a);
    return POPULATION_LIMIT + (int64_t)(10.0 * inside);
}

struct run *run_new(struct arena *a, const struct model *m, const char *name, uint64_t seed, int replication)
{
    struct run *run = ARENA_NEW(a, struct run);
    sim_init(&run->sim, a, seed, replication);
    run->arena = a;
    run->model = m;
    run->name = name;
    run->seed = seed;
    run->host = ARENA_ARRAY(a, struct host, (size_t)m->hosts);
    run->vm = ARENA_ARRAY(a, struct vm, (size_t)m->vms);
    for (int i = 0; i < m->hosts; i++)
        build_host(run, &run->host[i], i);
    for (int i = 0; i < m->vms; i++)
        build_vm(run, &run->vm[i], i);
    for (int i = 0; i < m->hosts; i++)
        start_host(run, &run->host[i]);
    build_externals(run);
    build_workloads(run);
    run->population_limit = population_limit(run);
    for (int i = 0; i < run->workloads; i++)
        arrivals_init(&run->workload[i]);
    return run;
}

void run_until(struct run *run, sim_ns until)
{
    if (run->saturated)
        return;
    sim_run(&run->sim, until);
    for (int i = 0; i < run->model->hosts; i++)
        sched_account_all(&run->host[i]);
    laws_check(run);
}
