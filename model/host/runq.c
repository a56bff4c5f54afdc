/* runq.c - queues of ready VPs. */
#include "model/host/runq.h"
#include "model/host/meter.h"

static struct runq *queue_for(const struct vp *vp, int near)
{
    struct host *h = vp->host;
    if (h->queue_per_lp)
        return &h->queue[near >= 0 ? near : vp->queue->lo];
    return vp->queue;
}

static int64_t *clock_of(struct host *h, struct runq *q)
{
    return h->queue_per_lp ? &q->clock : &h->virtual_clock;
}

int64_t runq_key(const struct vp *vp)
{
    return meter_below_reserve(vp) ? meter_latest(vp) : vp->virtual_runtime + RUNQ_ORDINARY;
}

int64_t runq_lead(const struct vp *vp)
{
    if (meter_below_reserve(vp))
        return meter_latest(vp);
    return vp->virtual_runtime - *clock_of(vp->host, vp->queue) + 2 * RUNQ_ORDINARY;
}

/* What it is owed, or owes, stays the same on the other queue's clock. */
static void queue_change(struct vp *vp, struct runq *to)
{
    if (vp->queue == to)
        return;
    vp->virtual_runtime += *clock_of(vp->host, to) - *clock_of(vp->host, vp->queue);
    if (vp->virtual_runtime < 0)
        vp->virtual_runtime = 0;
    vp->queue = to;
}

void runq_push(struct vp *vp, int near)
{
    struct host *h = vp->host;
    vp->state = VP_READY;
    if (!vp->vm)
        return;
    if (!heap4_has(&vp->queue->ready, (uint32_t)vp->id)) {
        queue_change(vp, queue_for(vp, near));
        vp->queue->waiting++;
        h->waiting++;
    }
    heap4_set(&vp->queue->ready, (uint32_t)vp->id, runq_key(vp), 8);
    if (vp->metered)
        meter_watch(vp);
}

void runq_remove(struct vp *vp)
{
    if (!vp->vm)
        return;
    heap4_remove(&vp->queue->ready, (uint32_t)vp->id);
    vp->queue->waiting--;
    vp->host->waiting--;
}

static struct vp *head_of(const struct host *h, const struct runq *q)
{
    return heap4_empty(&q->ready) ? NULL : h->vp[heap4_top_id(&q->ready)];
}

struct vp *runq_head(const struct lp *lp)
{
    const struct host *h = lp->host;
    if (h->waiting == 0)
        return NULL;
    if (h->queue_per_lp)
        return head_of(h, &h->queue[lp->index]);
    struct runq *best = NULL;
    for (int i = 0; i < h->queues; i++) {
        struct runq *q = &h->queue[i];
        if (heap4_empty(&q->ready) || lp->index < q->lo || lp->index >= q->hi)
            continue;
        if (!best || heap4_top_major(&q->ready) < heap4_top_major(&best->ready))
            best = q;
    }
    return best ? head_of(h, best) : NULL;
}

static bool may_run(const struct vp *vp, const struct lp *lp)
{
    return lp->index >= vp->lo && lp->index < vp->hi;
}

/* The first of a queue that may run on this LP: the head, unless it belongs to a CPU group with LPs of its own. */
static struct vp *first_for(const struct host *h, const struct runq *q, const struct lp *lp)
{
    struct vp *first = head_of(h, q);
    if (!first || may_run(first, lp))
        return first;
    first = NULL;
    for (int i = 0; i < h->vps; i++) {
        struct vp *vp = h->vp[i];
        if (vp->state == VP_READY && vp->queue == q && vp->vm && may_run(vp, lp) &&
            (!first || runq_key(vp) < runq_key(first)))
            first = vp;
    }
    return first;
}

struct vp *runq_steal(const struct lp *lp)
{
    const struct host *h = lp->host;
    const struct runq *best = NULL;
    bool best_near = false;
    if (!h->queue_per_lp || !h->spec->hv.steal || h->waiting == 0)
        return NULL;
    for (int i = 0; i < h->queues; i++) {
        const struct runq *q = &h->queue[i];
        if (q->waiting == 0 || !first_for(h, q, lp))
            continue;
        const bool near = h->lp[q->lo].node == lp->node;
        if (!best || near > best_near || (near == best_near && q->waiting > best->waiting)) {
            best = q;
            best_near = near;
        }
    }
    return best ? first_for(h, best, lp) : NULL;
}

void runq_dispatched(struct vp *vp, const struct lp *lp, bool contended)
{
    struct host *h = vp->host;
    if (h->queue_per_lp && vp->vm)
        queue_change(vp, &h->queue[lp->index]);
    int64_t *clock = clock_of(h, vp->queue);
    if (!contended && vp->virtual_runtime > *clock)
        vp->virtual_runtime = *clock; /* it takes from nobody, so it owes nobody */
    else if (vp->vm && vp->virtual_runtime > *clock)
        *clock = vp->virtual_runtime;
}

/* Where the VPs are that it meets when it wakes. A group with LPs of its own may be far behind the rest of the host. */
static int64_t due_now(const struct vp *vp)
{
    struct host *h = vp->host;
    const int64_t clock = *clock_of(h, vp->queue);
    const bool own_lps = !h->queue_per_lp && vp->queue != &h->queue[0];
    const struct vp *head = own_lps ? head_of(h, vp->queue) : NULL;
    return head && head->virtual_runtime < clock ? head->virtual_runtime : clock;
}

void runq_forget_sleep(struct vp *vp)
{
    const int64_t least = due_now(vp) - 2 * (int64_t)vp->host->quantum_ns;
    if (vp->virtual_runtime < least)
        vp->virtual_runtime = least;
    if (vp->virtual_runtime < 0)
        vp->virtual_runtime = 0;
}

/* ---- balancing queues that belong to LPs ---- */

static int load_of(const struct host *h, int lp)
{
    return h->queue[lp].waiting + (h->lp[lp].occupied ? 1 : 0);
}

struct vp *runq_uneven(const struct host *h, int *to)
{
    int most = 0, least = 0;
    for (int i = 1; i < h->lps; i++) {
        most = load_of(h, i) > load_of(h, most) ? i : most;
        least = load_of(h, i) < load_of(h, least) ? i : least;
    }
    *to = least;
    if (load_of(h, most) - load_of(h, least) < 2)
        return NULL;
    return first_for(h, &h->queue[most], &h->lp[least]);
}

/* ---- set-up ---- */

static void queue_init(struct host *h, struct runq *q, int lo, int hi)
{
    q->lo = lo;
    q->hi = hi;
    heap4_init(&q->ready, h->run->arena);
    for (int i = 0; i < h->vps; i++)
        heap4_reserve(&q->ready, (uint32_t)i);
}

/* A group with LPs of its own has a queue of its own. */
static struct runq *group_queue(const struct host *h, const struct vp *vp)
{
    return vp->group && vp->group->spec->lps > 0 ? &h->queue[1 + (vp->group - h->group)] : &h->queue[0];
}

void runq_init(struct host *h)
{
    h->queues = h->queue_per_lp ? h->lps : 1 + h->spec->hv.groups;
    h->queue = ARENA_ARRAY(h->run->arena, struct runq, (size_t)h->queues);
    for (int i = 0; i < h->queues; i++) {
        const bool whole = !h->queue_per_lp && i == 0;
        const int lo = h->queue_per_lp ? i : whole ? 0 : h->group[i - 1].lo;
        const int hi = h->queue_per_lp ? i + 1 : whole ? h->lps : h->group[i - 1].hi;
        queue_init(h, &h->queue[i], lo, hi);
    }
    for (int i = 0; i < h->vps; i++)
        h->vp[i]->queue = h->queue_per_lp ? &h->queue[h->vp[i]->lo + i % (h->vp[i]->hi - h->vp[i]->lo)]
                                          : group_queue(h, h->vp[i]);
}
