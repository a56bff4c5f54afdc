/* queues.c - which root VPs do the switch work of adapters. */
#include "model/host/queues.h"
#include <math.h>

#define START_PARTS 128.0 /* the first balance comes after this part of the interval */
#define RSS_MOST 16       /* processors that share the work of one adapter */

int queues_vp(const struct host *h, const struct vnic *n, int share)
{
    return h->switch_vp[(n->seat + share) % h->switch_vps];
}

static bool dynamic(const struct host *h)
{
    return h->spec->hv.version >= HV_2012;
}

/* The second hyper-thread of a core, which dynamic VMQ leaves out. */
static bool is_second(const struct vp *root)
{
    const struct lp *lp = &root->host->lp[root->pinned];
    return lp->sibling >= 0 && lp->sibling < lp->index;
}

static void choose_vps(struct host *h)
{
    h->switch_vp = ARENA_ARRAY(h->run->arena, int, (size_t)h->roots);
    for (int i = 0; i < h->roots; i++)
        if (!dynamic(h) || (i > 0 && !is_second(&h->root[i])))
            h->switch_vp[h->switch_vps++] = i;
    if (h->switch_vps == 0)
        h->switch_vp[h->switch_vps++] = 0;
    h->queue_load = ARENA_ARRAY(h->run->arena, double, (size_t)h->switch_vps);
}

/* MaxRssProcessors of the tuning guide. */
static int rss_processors(const struct host *h, int team)
{
    const int n = h->spec->cpu.threads > 1 ? (h->lps - 2) / 2 / team : (h->lps - 1) / team;
    const int most = n < RSS_MOST ? n : RSS_MOST;
    const int here = most < h->switch_vps ? most : h->switch_vps;
    return here > 1 ? here : 1;
}

/* A queue on each member that the adapter may use: of a team that shares by hash the one with the fewest counts. */
static bool queue_take(struct vnic *n)
{
    for (int i = 0; i < n->lanes; i++) {
        const struct pnic_spec *s = n->lane[i]->spec;
        if (!s->vmq || (s->queues > 0 && n->lane[i]->queues >= s->queues))
            return false;
    }
    for (int i = 0; i < n->lanes; i++)
        n->lane[i]->queues++;
    return n->lanes > 0;
}

static bool has_vmmq(const struct vnic *n)
{
    for (int i = 0; i < n->lanes; i++)
        if (!n->lane[i]->spec->vmmq)
            return false;
    return true;
}

/* Function of a physical adapter, and that itself: their interrupts go to all processors. */
static bool interrupts_spread(enum vnic_kind kind)
{
    return kind == VNIC_PHYSICAL || kind == VNIC_SRIOV;
}

static void adapter_init(struct vm *vm, struct vnic *n, int index)
{
    struct host *h = vm->host;
    const enum hv_version version = h->spec->hv.version;
    n->send_width = n->receive_width = 1;
    n->guest_width = interrupts_spread(n->spec->kind) ? 0 : 1;
    if (n->spec->kind != VNIC_SYNTHETIC || version < HV_2008R2 || !queue_take(n))
        return;
    n->queued = true;
    n->seat = (dynamic(h) ? h->vmq_adapters : 1 + vm->index + index) % h->switch_vps;
    h->vmq_adapter[h->vmq_adapters++] = n;
    const int shares = rss_processors(h, n->lanes);
    const bool vmmq = version >= HV_2016 && has_vmmq(n), vrss = version >= HV_2012R2 && n->spec->vrss;
    n->send_width = vmmq ? shares : 1;
    n->receive_width = vmmq || vrss ? shares : 1;
    if (vrss)
        n->guest_width = vm->vps < RSS_MOST ? vm->vps : RSS_MOST;
}

/* ---- dynamic VMQ ---- */

/* Moves the largest queue that fits from the busiest VP to the idlest; false if none helps. */
static bool move_one(struct host *h)
{
    int most = 0, least = 0;
    struct vnic *best = NULL;
    for (int i = 1; i < h->switch_vps; i++) {
        most = h->queue_load[i] > h->queue_load[most] ? i : most;
        least = h->queue_load[i] < h->queue_load[least] ? i : least;
    }
    for (int i = 0; i < h->vmq_adapters; i++) {
        struct vnic *n = h->vmq_adapter[i];
        const bool fits = n->seat == most && n->receive_width == 1 && n->work_ns > 0.0 &&
                          h->queue_load[least] + n->work_ns < h->queue_load[most];
        if (fits && (!best || n->work_ns > best->work_ns))
            best = n;
    }
    if (!best)
        return false;
    h->queue_load[most] -= best->work_ns;
    h->queue_load[least] += best->work_ns;
    best->seat = least;
    return true;
}

static void balance(struct sim *sim, void *owner)
{
    struct host *h = owner;
    const size_t interval = mechanism_param_index("network_path", "rebalance");
    for (int i = 0; i < h->switch_vps; i++)
        h->queue_load[i] = 0.0;
    for (int i = 0; i < h->vmq_adapters; i++) {
        const struct vnic *n = h->vmq_adapter[i];
        for (int k = 0; k < n->receive_width; k++)
            h->queue_load[(n->seat + k) % h->switch_vps] += n->work_ns / n->receive_width;
    }
    for (int i = 0; i < h->vmq_adapters && move_one(h); i++) {
    }
    for (int i = 0; i < h->vmq_adapters; i++)
        h->vmq_adapter[i]->work_ns = 0.0;
    /* A host that has run for long has its queues in place: at first the time so far doubles. */
    const double whole = h->run->model->overhead[interval],
                 so_far = fmax((double)sim->now, whole / START_PARTS);
    sim_schedule(sim, h->queue_timer, sim->now + sim_round(fmin(whole, so_far)), SIM_PRIORITY);
}

void queues_init(struct host *h)
{
    struct run *run = h->run;
    int adapters = 0;
    for (int i = 0; i < run->model->vms; i++)
        adapters += run->vm[i].host == h ? run->vm[i].spec->nics : 0;
    if (!h->native)
        choose_vps(h);
    h->vmq_adapter = ARENA_ARRAY(run->arena, struct vnic *, (size_t)adapters);
    for (int i = 0; i < run->model->vms; i++)
        for (int k = 0; k < run->vm[i].spec->nics && run->vm[i].host == h; k++)
            adapter_init(&run->vm[i], &run->vm[i].nic[k], k);
    if (!dynamic(h) || h->vmq_adapters < 2 || h->switch_vps < 2)
        return;
    h->queue_timer = sim_source_new(&run->sim, balance, h);
    balance(&run->sim, h);
}
