/* build.c - from a model to the entities of one run. */
#include "model/base/text.h"
#include "model/host/arrivals.h"
#include "model/host/estimate.h"
#include "model/host/laws.h"
#include "model/host/memory.h"
#include "model/host/place.h"
#include "model/host/root.h"
#include "model/host/run.h"
#include "model/host/sched.h"
#include "model/host/storage.h"
#include <string.h>

#define CHANNEL_PLACES                                                                                       \
    256 /* outstanding operations a controller: one VMBus channel (2008 R2); 2012+ one per 16 VPs */
#define POPULATION_LIMIT 20000
#define PAGE_BYTES 4096.0
#define PAGE_FAULT_CPU_NS 20000.0 /* guest CPU to take a hard fault and map the page; assumed */

static uint64_t stream(const struct run *run, const char *kind, const char *a, const char *b)
{
    return text_hash(arena_printf(run->arena, "%s.%s.%s", kind, a, b ? b : ""));
}

static void seed_stream(const struct run *run, struct rng *r, const char *kind, const char *a, const char *b)
{
    rng_seed(r, run->seed, (uint64_t)run->sim.replication, stream(run, kind, a, b), 0);
}

/* ---- devices ---- */

/* The shape of a device time, scaled to mean 1: the mechanisms say the mean. */
static struct dist factor_of(const struct time_spec *t)
{
    struct time_spec one = *t;
    const double mean = t->mean_ns > 0.0 ? t->mean_ns : 1.0;
    one.mean_ns = 1.0;
    one.lower_ns = t->lower_ns / mean;
    one.upper_ns = t->upper_ns / mean;
    return place_dist(&one);
}

static void build_disk(struct run *run, struct host *h, struct pdisk *d, const struct pdisk_spec *s)
{
    const size_t latency = mechanism_param_index("physical_disk", "cache_latency");
    d->host = h;
    d->spec = s;
    d->station = station_new(&run->sim, s->spindles, STATION_PRIORITY);
    d->read = factor_of(&s->read);
    d->write = factor_of(&s->write);
    d->read_ns = s->read.mean_ns;
    d->write_ns = s->write.mean_ns;
    d->relief = s->relief > 0.0 ? s->relief : 1.0;
    d->cache_latency_ns = run->model->overhead[latency];
    seed_stream(run, &d->outside, "outside", h->spec->name, s->name);
    storage_outside_init(d);
}

static void build_devices(struct run *run, struct host *h)
{
    const struct host_spec *s = h->spec;
    h->disk = ARENA_ARRAY(run->arena, struct pdisk, (size_t)s->disks);
    for (int i = 0; i < s->disks; i++)
        build_disk(run, h, &h->disk[i], &s->disk[i]);
    h->nic = ARENA_ARRAY(run->arena, struct pnic, (size_t)s->nics);
    for (int i = 0; i < s->nics; i++) {
        h->nic[i].spec = &s->nic[i];
        h->nic[i].transmit = station_new(&run->sim, 1, STATION_FIFO);
        h->nic[i].receive = station_new(&run->sim, 1, STATION_FIFO);
    }
}

/* ---- processors ---- */

static void build_lps(struct run *run, struct host *h)
{
    const struct cpu_spec *c = &h->spec->cpu;
    h->lps = c->sockets * c->cores * c->threads;
    h->nodes = c->nodes > 1 && c->nodes <= h->lps && !h->native ? c->nodes : 1;
    h->lp = ARENA_ARRAY(run->arena, struct lp, (size_t)h->lps);
    for (int i = 0; i < h->lps; i++) {
        h->lp[i].host = h;
        h->lp[i].index = i;
        h->lp[i].sibling = c->threads == 2 ? i ^ 1 : -1;
        h->lp[i].node = i * h->nodes / h->lps;
    }
    h->root_relief = h->spec->hv.root_relief > 0.0 ? h->spec->hv.root_relief : 1.0;
    const size_t gain = mechanism_param_index("contention", "smt_gain");
    h->smt_share = c->threads == 2 ? run->model->overhead[gain] / 2.0 : 1.0;
}

/* Weight, reserve, limit and CPU group: the hypervisor's schedulers heed them, the root scheduler does not. */
static void vp_controls(struct vp *vp, const struct vm_spec *s)
{
    struct host *h = vp->host;
    vp->inverse_weight = 100.0 / s->weight;
    vp->reserve = s->reserve;
    vp->limit = s->limit;
    if (s->group >= 0) {
        vp->group = &h->group[s->group];
        vp->lo = vp->group->lo;
        vp->hi = vp->group->hi;
    }
    vp->metered = vp->reserve > 0.0 || vp->limit < 1.0 || (vp->group && vp->group->budget_ns > 0.0);
}

static void vp_init(struct vp *vp, struct host *h, struct vm *vm, int index)
{
    vp->host = h;
    vp->vm = vm;
    vp->index = index;
    vp->pinned = vm && !h->native ? -1 : index;
    vp->lo = vp->pinned >= 0 ? index : 0;
    vp->hi = vp->pinned >= 0 ? index + 1 : h->lps;
    vp->home = -1;
    vp->inverse_weight = 1.0;
    vp->limit = 1.0;
    if (vm && h->weighted)
        vp_controls(vp, vm->spec);
    vp->core_first = index;
    vp->core_n = 1;
    vp->slice_left = vm ? vm->spec->guest_quantum_ns : 1e18;
    vp->id = h->vps;
    h->vp[h->vps++] = vp;
}

/* Two VPs of a VM that knows of hyper-threads share a core; the root's always do. */
static void vp_core(struct vp *vp, int vps)
{
    const int width = vp->host->seat_width;
    if (width == 1 || (vp->vm && !vp->vm->spec->smt))
        return;
    vp->core_first = vp->index - vp->index % width;
    vp->core_n = vps - vp->core_first < width ? vps - vp->core_first : width;
}

#define GRANTS 8 /* a budget's parts an LP: enough that little of it is stranded with VPs that stop */

static void build_groups(struct run *run, struct host *h)
{
    const struct hypervisor_spec *hv = &h->spec->hv;
    int next = 0;
    h->group = ARENA_ARRAY(run->arena, struct cpu_group, (size_t)hv->groups);
    for (int i = 0; i < hv->groups; i++) {
        struct cpu_group *g = &h->group[i];
        const int lps = hv->group[i].lps > 0 ? hv->group[i].lps : h->lps;
        g->spec = &hv->group[i];
        g->lo = hv->group[i].lps > 0 ? next : 0;
        g->hi = g->lo + lps;
        next += hv->group[i].lps;
        g->budget_ns = hv->group[i].cap < 1.0 ? hv->group[i].cap * lps * hv->window_ns : 0.0;
        g->grant_ns = g->budget_ns / (GRANTS * lps);
        g->window = -1;
    }
}

static void build_scheduler(struct run *run, struct host *h)
{
    const struct hypervisor_spec *hv = &h->spec->hv;
    const bool core = hv->scheduler == SCHED_CORE && h->spec->cpu.threads > 1;
    h->weighted = !h->native && hv->scheduler != SCHED_ROOT;
    h->root_first = hv->root_first && hv->scheduler != SCHED_ROOT;
    h->seat_width = core && !h->native ? h->spec->cpu.threads : 1;
    h->queue_per_lp = hv->queues == QUEUES_PER_LP && !h->native && h->seat_width == 1;
    h->quantum_ns = hv->quantum_ns;
    build_groups(run, h);
}

/* The node with the fewest VPs so far, in proportion, whose LPs hold the whole VM; -1 if none does. */
static int node_for(const struct host *h, const int *vps, const struct vm *vm)
{
    const int lps = h->lps / h->nodes;
    int best = -1;
    for (int n = 0; n < h->nodes && vm->vps <= lps; n++)
        if (best < 0 || vps[n] < vps[best])
            best = n;
    return best;
}

/* VMs go to nodes whole where they fit; a larger one is spread evenly (virtual NUMA; TLFS 2.0a 18.3.2 for the placement
 * by memory). */
static void build_nodes(struct run *run, struct host *h)
{
    int *vps = ARENA_ARRAY(run->arena, int, (size_t)h->nodes);
    for (int i = 0; i < run->model->vms && h->nodes > 1; i++) {
        struct vm *vm = &run->vm[i];
        if (vm->host != h)
            continue;
        const int node = node_for(h, vps, vm);
        for (int k = 0; k < vm->vps; k++) {
            vm->vp[k].home = node >= 0 ? node : k * h->nodes / vm->vps;
            vps[vm->vp[k].home]++;
        }
    }
}

static int count_vps(const struct run *run, const struct host *h)
{
    int n = h->roots;
    for (int i = 0; i < run->model->vms; i++)
        if (run->vm[i].host == h)
            n += run->vm[i].vps;
    return n;
}

static void build_vps(struct run *run, struct host *h)
{
    const struct hypervisor_spec *hv = &h->spec->hv;
    h->roots = h->native ? 0 : hv->root_vps > 0 && hv->root_vps < h->lps ? hv->root_vps : h->lps;
    h->vp = ARENA_ARRAY(run->arena, struct vp *, (size_t)count_vps(run, h));
    for (int i = 0; i < run->model->vms; i++) {
        struct vm *vm = &run->vm[i];
        for (int k = 0; vm->host == h && k < vm->vps; k++) {
            vp_init(&vm->vp[k], h, vm, k);
            vp_core(&vm->vp[k], vm->vps);
            vm->idle[k / 64] |= UINT64_C(1) << (k % 64);
        }
    }
    h->root = ARENA_ARRAY(run->arena, struct vp, (size_t)h->roots);
    for (int k = 0; k < h->roots; k++) {
        vp_init(&h->root[k], h, NULL, k);
        vp_core(&h->root[k], h->roots);
        h->lp[k].root = &h->root[k];
    }
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
    build_lps(run, h);
    build_devices(run, h);
}

static void start_host(struct run *run, struct host *h)
{
    build_scheduler(run, h);
    build_vps(run, h);
    build_nodes(run, h);
    h->dispatch_ns = dispatch_cost(run, h);
    seed_stream(run, &h->placement, "placement", h->spec->name, NULL);
    seed_stream(run, &h->background, "background", h->spec->name, NULL);
    sched_host_init(h);
    memory_assign(run, h);
    root_background_init(h);
}

/* ---- VMs ---- */

static int channel_places(const struct vm *vm)
{
    const bool single = version_rows[vm->host->spec->hv.version].channel_per_controller_only;
    const int channels = single ? 1 : 1 + (vm->vps - 1) / 16;
    return CHANNEL_PLACES * (channels > 16 ? 16 : channels);
}

static void build_vm_devices(struct run *run, struct vm *vm)
{
    const struct vm_spec *s = vm->spec;
    vm->disk = ARENA_ARRAY(run->arena, struct vdisk, (size_t)s->disks);
    for (int i = 0; i < s->disks; i++) {
        vm->disk[i].spec = &s->disk[i];
        vm->disk[i].on = &vm->host->disk[s->disk[i].on];
        seed_stream(run, &vm->disk[i].visits, "visits", s->name, s->disk[i].name);
    }
    vm->nic = ARENA_ARRAY(run->arena, struct vnic, (size_t)s->nics);
    for (int i = 0; i < s->nics; i++) {
        vm->nic[i].spec = &s->nic[i];
        vm->nic[i].on = &vm->host->nic[s->nic[i].on];
        /* VMQ: each adapter has a root VP of its own, and the default queue keeps VP 0 */
        vm->nic[i].root_vp = 1 + vm->index + i;
    }
}

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
    vm->read_factor = 1.0;
    vm->home_speed = place_home_speed(vm);
    vm->remote_speed = place_remote_speed(vm);
    vm->lock_loss = place_preempted_loss(vm);
    if (!vm->host->native) {
        vm->worker = station_new(&run->sim, 1, STATION_FIFO);
        for (int c = 0; c < CTRL_KINDS; c++)
            vm->channel[c] = station_new(&run->sim, channel_places(vm), STATION_FIFO);
    }
    build_vm_devices(run, vm);
}

/* ---- workloads ---- */

static void build_workload(struct run *run, struct workload *w, const struct workload_spec *s, int index)
{
    w->run = run;
    w->spec = s;
    w->index = index;
    w->name = stream(run, "workload", s->name, NULL);
    w->program = program_compile(run, w);
    w->next_member = ARENA_ARRAY(run->arena, int, (size_t)w->program->sites);
    w->breakdown = ARENA_ARRAY(run->arena, double, (size_t)(w->program->rows * 3));
    hist_init(&w->hist, run->arena);
}

/* The paging of a VM that lacks memory, as a workload of its own: a hard fault's CPU and a page read. */
static struct workload_spec *paging_spec(const struct run *run, const struct vm *vm)
{
    struct arena *a = run->arena;
    struct workload_spec *w = ARENA_NEW(a, struct workload_spec);
    struct step *s = ARENA_ARRAY(a, struct step, 2);
    struct site *site = ARENA_NEW(a, struct site);
    int *member = ARENA_NEW(a, int);
    *member = vm->index;
    *site = (struct site){.vm = member, .n = 1};
    s[0] = (struct step){.kind = STEP_CPU,
                         .time = {.mean_ns = PAGE_FAULT_CPU_NS, .scv = 0.0, .family = DIST_AUTO},
                         .threads = 1,
                         .peer_site = -1};
    s[1] = (struct step){.kind = STEP_READ,
                         .device = ARENA_NEW(a, int),
                         .size_bytes = PAGE_BYTES,
                         .count = 1,
                         .peer_site = -1};
    *w = (struct workload_spec){.name = arena_printf(a, "%s (paging)", vm->spec->name),
                                .arrivals = ARRIVAL_OPEN,
                                .rate_per_s = vm->pages_per_s,
                                .scv = 1.0,
                                .burst = 1.0,
                                .memory_intensity = 1.0,
                                .compatibility_sensitivity = 1.0,
                                .site = site,
                                .sites = 1,
                                .step = s,
                                .steps = vm->spec->disks > 0 ? 2 : 1};
    return w;
}

static void build_workloads(struct run *run)
{
    const struct model *m = run->model;
    run->workload = ARENA_ARRAY(run->arena, struct workload, (size_t)(m->workloads + m->vms));
    for (int i = 0; i < m->workloads; i++)
        build_workload(run, &run->workload[run->workloads++], &m->workload[i], i);
    for (int i = 0; i < m->vms; i++) {
        if (run->vm[i].pages_per_s <= 0.0)
            continue;
        struct workload *w = &run->workload[run->workloads];
        w->hidden = true;
        build_workload(run, w, paging_spec(run, &run->vm[i]), run->workloads++);
    }
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
