/* build_cpu.c - logical and virtual processors, queues and groups of a run. */
#include "model/host/build.h"

void build_cpu_lps(struct run *run, struct host *h)
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

void build_cpu_scheduler(struct run *run, struct host *h)
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
void build_cpu_nodes(struct run *run, struct host *h)
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

void build_cpu_vps(struct run *run, struct host *h)
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
