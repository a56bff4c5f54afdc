/* sched.c - VPs on LPs: states, dispatch, preemption. Metering of reserves and limits is in meter.c. */
#include "model/host/sched.h"
#include "model/host/guest.h"
#include "model/host/meter.h"
#include <math.h>

#define CONTENTION_PERIOD_NS (10 * SIM_SECOND / 1000)
#define CLASS_ORDINARY (INT64_C(1) << 61) /* behind every VP below its reserve */

/* ---- progress and the next event of an LP ---- */

static void lp_account(struct lp *lp)
{
    const sim_ns now = lp->host->run->sim.now;
    const double dt = (double)(now - lp->accounted);
    struct vp *vp = lp->running;
    lp->accounted = now;
    if (!vp || dt <= 0.0)
        return;
    const double work = dt * lp->speed;
    const double switching = fmin(vp->dispatch_left, work);
    vp->dispatch_left -= switching;
    double hypervisor = dt;
    struct burst *b = guest_active(vp);
    lp->host->account[ACCOUNT_DISPATCH] += switching / lp->speed;
    if (b) {
        const double of_burst = (work - switching) / lp->speed * (1.0 - b->guest_share);
        b->left -= work - switching;
        b->hypervisor_ns += of_burst;
        hypervisor = fmin(dt, switching / lp->speed + of_burst);
    }
    const double guest = dt - hypervisor;
    lp->guest_ns += guest;
    vp->guest_ns += guest;
    lp->hypervisor_ns += hypervisor;
    vp->hypervisor_ns += hypervisor;
    vp->virtual_runtime += (int64_t)(dt * vp->inverse_weight);
    if (!vp->interrupt)
        vp->slice_left -= dt;
    if (vp->metered)
        meter_use(vp, dt);
}

static void lp_plan(struct lp *lp)
{
    struct sim *sim = &lp->host->run->sim;
    struct vp *vp = lp->running;
    const struct burst *b = guest_active(vp);
    sim_ns at = sim->now + sim_round((vp->dispatch_left + (b ? b->left : 0.0)) / lp->speed);
    if (vp->quantum_at < at)
        at = vp->quantum_at;
    if (b && !vp->interrupt && (double)(at - sim->now) > vp->slice_left)
        at = sim->now + sim_round(vp->slice_left);
    if (vp->metered && meter_next(vp) < at)
        at = meter_next(vp);
    sim_schedule(sim, lp->event, at < sim->now ? sim->now : at, 8);
}

/* ---- speed: contention by busy LPs, siblings of a core ---- */

static void lp_set_speed(struct lp *lp)
{
    const struct host *h = lp->host;
    const bool shared = lp->sibling >= 0 && h->lp[lp->sibling].running;
    const double speed = h->speed * (shared ? h->smt_share : 1.0);
    if (speed == lp->speed)
        return;
    if (lp->running)
        lp_account(lp);
    lp->speed = speed;
    if (lp->running)
        lp_plan(lp);
}

static void busy_change(struct host *h, int change)
{
    const sim_ns now = h->run->sim.now;
    h->busy_area += (double)h->busy * (double)(now - h->busy_since);
    h->busy_since = now;
    h->busy += change;
}

static void lp_occupy(struct lp *lp)
{
    struct host *h = lp->host;
    h->idle[lp->index / 64] &= ~(UINT64_C(1) << (lp->index % 64));
    busy_change(h, 1);
}

static void lp_vacate(struct lp *lp)
{
    struct host *h = lp->host;
    lp->running = NULL;
    sim_cancel(&h->run->sim, lp->event);
    h->idle[lp->index / 64] |= UINT64_C(1) << (lp->index % 64);
    busy_change(h, -1);
    if (lp->sibling >= 0)
        lp_set_speed(&h->lp[lp->sibling]);
}

static double contention_factor(const struct host *h, double busy_share)
{
    const struct place place = {.version = h->spec->hv.version, .vendor = h->spec->cpu.vendor, .lps = h->lps};
    const struct demand d = {.kind = DEMAND_SPEED, .amount = busy_share, .at = &place};
    return mechanism_cost(h->run->model->overhead, &d).speed;
}

/* Re-evaluated every 10 ms from the mean number of busy LPs: following each change would cost O(LPs) an event. */
static void contention_sample(struct sim *sim, void *owner)
{
    struct host *h = owner;
    busy_change(h, 0);
    const double busy = (h->busy_area - h->busy_area_sampled) / (double)CONTENTION_PERIOD_NS;
    h->busy_area_sampled = h->busy_area;
    h->speed = h->spec->cpu.speed * contention_factor(h, fmin(1.0, busy / h->lps));
    for (int i = 0; i < h->lps; i++)
        lp_set_speed(&h->lp[i]);
    sim_schedule(sim, h->contention_timer, sim->now + CONTENTION_PERIOD_NS, 4);
}

/* ---- choosing an LP ---- */

static int idle_count(const struct host *h)
{
    return h->lps - h->busy;
}

static int idle_nth(const struct host *h, int nth)
{
    for (int word = 0; word < 8; word++) {
        uint64_t bits = h->idle[word];
        const int here = __builtin_popcountll(bits);
        if (nth >= here) {
            nth -= here;
            continue;
        }
        while (nth-- > 0)
            bits &= bits - 1;
        return word * 64 + __builtin_ctzll(bits);
    }
    return -1;
}

static bool lp_idle(const struct host *h, int i)
{
    return h->idle[i / 64] >> (i % 64) & 1;
}

static int idle_in(const struct host *h, int from, int to)
{
    for (int i = from; i < to; i++)
        if (lp_idle(h, i))
            return i;
    return -1;
}

/* The LP that a ready VP may take at once, or -1. */
static int choose_idle(struct vp *vp)
{
    struct host *h = vp->host;
    if (vp->pinned >= 0)
        return lp_idle(h, vp->pinned) ? vp->pinned : -1;
    const int n = idle_count(h);
    if (n == 0)
        return -1;
    if (h->spec->hv.placement == PLACE_ANY || !vp->last_lp)
        return idle_nth(h, n == 1 ? 0 : (int)rng_below(&h->placement, (uint64_t)n));
    const int last = vp->last_lp->index;
    if (lp_idle(h, last))
        return last;
    const int per_socket = h->spec->cpu.cores * h->spec->cpu.threads;
    const int socket = last / per_socket;
    const int near = idle_in(h, socket * per_socket, (socket + 1) * per_socket);
    return near >= 0 ? near : idle_nth(h, 0);
}

/* ---- the ready queue ---- */

static int64_t vp_key(const struct vp *vp)
{
    return vp->virtual_runtime + (meter_below_reserve(vp) ? 0 : CLASS_ORDINARY);
}

static void queue_push(struct vp *vp)
{
    vp->state = VP_READY;
    if (vp->vm)
        heap4_set(&vp->host->ready, (uint32_t)vp->id, vp_key(vp), 8);
    if (vp->metered)
        meter_watch(vp);
}

static void queue_remove(struct vp *vp)
{
    if (vp->vm)
        heap4_remove(&vp->host->ready, (uint32_t)vp->id);
}

/* Sleepers wake with the clock's virtual time, so it follows whoever was due last. */
static void advance_clock(const struct vp *vp)
{
    struct host *h = vp->host;
    if (vp->vm && vp->virtual_runtime > h->virtual_clock)
        h->virtual_clock = vp->virtual_runtime;
}

/* Sleeping earns no credit, but being away for a moment loses none: a VP keeps up to two quanta of what it was owed. */
static void forget_sleep(struct vp *vp)
{
    const struct host *h = vp->host;
    const int64_t least = h->virtual_clock - 2 * (int64_t)h->spec->hv.quantum_ns;
    if (vp->virtual_runtime < least)
        vp->virtual_runtime = least;
    if (vp->virtual_runtime < 0)
        vp->virtual_runtime = 0;
}

static sim_ns quantum_from_now(const struct vp *vp)
{
    const struct host *h = vp->host;
    if (h->native || (!vp->vm && h->spec->hv.root_first))
        return SIM_NEVER;
    return h->run->sim.now + sim_round(h->spec->hv.quantum_ns);
}

/* ---- dispatch, preemption, blocking ---- */

static void lp_dispatch(struct lp *lp, struct vp *vp)
{
    struct host *h = lp->host;
    const sim_ns now = h->run->sim.now;
    const double waited = (double)(now - vp->ready_since);
    struct burst *b = guest_active(vp);
    vp->wait_ns += waited;
    if (b)
        b->lp_wait_ns += waited;
    vp->dispatches++;
    if (vp->last_lp && vp->last_lp != lp)
        vp->migrations++;
    lp->switches += lp->last != vp;
    lp->last = vp;
    vp->state = VP_RUNNING;
    vp->lp = vp->last_lp = lp;
    vp->dispatch_left = h->dispatch_ns;
    vp->quantum_at = quantum_from_now(vp);
    advance_clock(vp);
    lp->running = vp;
    lp->accounted = now;
    if (lp->sibling >= 0) {
        const bool shared = h->lp[lp->sibling].running != NULL;
        lp->speed = h->speed * (shared ? h->smt_share : 1.0);
        lp_set_speed(&h->lp[lp->sibling]);
    } else {
        lp->speed = h->speed;
    }
    lp_plan(lp);
}

/* Takes the running VP off its LP; the LP still counts as busy until it is given away or vacated. */
static struct vp *lp_take(struct lp *lp)
{
    struct vp *vp = lp->running;
    lp_account(lp);
    vp->dispatch_left = 0.0; /* the rest of the switch is never done */
    vp->lp = NULL;
    vp->ready_since = lp->host->run->sim.now;
    lp->running = NULL;
    return vp;
}

/* Gives a free LP to whoever is due: the root VP pinned to it (if it waits), else the head of the ready queue. */
static void lp_pick(struct lp *lp)
{
    struct host *h = lp->host;
    struct vp *root = lp->root && lp->root->state == VP_READY ? lp->root : NULL;
    const bool queued = !heap4_empty(&h->ready);
    if (root && (h->spec->hv.root_first || !queued || vp_key(root) <= heap4_top_major(&h->ready))) {
        lp_dispatch(lp, root);
    } else if (queued) {
        struct vp *vp = h->vp[heap4_top_id(&h->ready)];
        queue_remove(vp);
        lp_dispatch(lp, vp);
    } else {
        lp_vacate(lp);
    }
}

/* A VP lost its LP but has work: another idle LP, else the queue. */
static void vp_place(struct vp *vp)
{
    const int i = choose_idle(vp);
    if (i < 0) {
        queue_push(vp);
        return;
    }
    lp_occupy(&vp->host->lp[i]);
    lp_dispatch(&vp->host->lp[i], vp);
}

/* The running guest VP that has used most, of those not below their reserve; NULL if there is none. */
static struct lp *preempt_victim(struct host *h)
{
    struct lp *victim = NULL;
    for (int i = 0; i < h->lps; i++) {
        struct vp *vp = h->lp[i].running;
        if (!vp || !vp->vm || meter_below_reserve(vp))
            continue;
        if (!victim || vp->virtual_runtime > victim->running->virtual_runtime)
            victim = &h->lp[i];
    }
    return victim;
}

static void lp_replace(struct lp *lp, struct vp *by)
{
    struct vp *out = lp_take(lp);
    lp_dispatch(lp, by);
    vp_place(out);
}

/* The VP stands in the ready queue below its reserve: it goes before whoever is not. */
static void reserve_preempt(struct vp *vp)
{
    struct lp *lp = preempt_victim(vp->host);
    if (!lp)
        return;
    queue_remove(vp);
    lp_replace(lp, vp);
}

void sched_ready(struct vp *vp)
{
    struct host *h = vp->host;
    vp->ready_since = h->run->sim.now;
    forget_sleep(vp);
    if (vp->metered && meter_spent(vp)) {
        vp->state = VP_CAPPED;
        meter_watch(vp);
        return;
    }
    struct lp *home = vp->vm ? NULL : &h->lp[vp->pinned];
    if (home && home->running && (h->spec->hv.root_first || idle_count(h) > 0)) {
        lp_replace(home, vp);
        return;
    }
    vp_place(vp);
    if (vp->state == VP_READY && meter_below_reserve(vp))
        reserve_preempt(vp);
}

static void vp_stop(struct vp *vp, enum vp_state state)
{
    struct lp *lp = vp->lp;
    if (vp->state == VP_RUNNING) {
        lp_take(lp);
        vp->state = state;
        lp_pick(lp);
    } else {
        if (vp->state == VP_READY)
            queue_remove(vp);
        vp->state = state;
    }
}

/* The quantum is over: the queue's head if it is due, else (placement any) perhaps another idle LP, else go on. */
static void quantum_end(struct lp *lp)
{
    struct host *h = lp->host;
    struct vp *vp = lp->running;
    const bool root_due = lp->root && lp->root->state == VP_READY && vp_key(lp->root) <= vp_key(vp);
    if (root_due || (!heap4_empty(&h->ready) && heap4_top_major(&h->ready) <= vp_key(vp))) {
        lp_take(lp);
        queue_push(vp);
        lp_pick(lp);
        if (vp->vm && vp->state == VP_READY &&
            idle_count(h) > 0) { /* it made way for the root VP of this LP */
            queue_remove(vp);
            vp_place(vp);
        }
        return;
    }
    const int n = idle_count(h);
    if (h->spec->hv.placement == PLACE_ANY && vp->pinned < 0 && n > 0) {
        const int pick = (int)rng_below(&h->placement, (uint64_t)n + 1);
        if (pick < n) {
            struct lp *to = &h->lp[idle_nth(h, pick)];
            lp_take(lp);
            lp_occupy(to);
            lp_dispatch(to, vp);
            lp_pick(lp);
            return;
        }
    }
    if (heap4_empty(&h->ready))
        forget_sleep(vp); /* while nobody waits nobody is owed anything */
    vp->quantum_at = quantum_from_now(vp);
    advance_clock(vp);
    lp_plan(lp);
}

/* The VP has had its reserve of this window while one that has not waits. */
static bool reserve_is_due(const struct vp *vp)
{
    const struct host *h = vp->host;
    return vp->vm && !heap4_empty(&h->ready) && heap4_top_major(&h->ready) < CLASS_ORDINARY &&
           !meter_below_reserve(vp);
}

/* After anything happened to a VP that was running: it may have no work, be over its cap, or be due to yield. */
static void vp_continue(struct vp *vp)
{
    if (vp->suspended) {
        vp_stop(vp, VP_SUSPENDED);
    } else if (!guest_active(vp)) {
        vp_stop(vp, VP_IDLE);
    } else if (vp->state == VP_RUNNING && vp->metered && meter_spent(vp)) {
        vp_stop(vp, VP_CAPPED);
        meter_watch(vp);
    } else if (vp->state == VP_RUNNING) {
        if (vp->host->run->sim.now >= vp->quantum_at || reserve_is_due(vp))
            quantum_end(vp->lp);
        else
            lp_plan(vp->lp);
    }
}

static void lp_event(struct sim *sim, void *owner)
{
    (void)sim;
    struct lp *lp = owner;
    struct vp *vp = lp->running;
    lp_account(lp);
    const struct burst *b = guest_active(vp);
    if (b && vp->dispatch_left + b->left <= lp->speed) /* under 1 ns of wall time: rounding of the clock */
        guest_complete(vp);
    else if (b && !vp->interrupt && vp->slice_left < 1.0)
        guest_rotate(vp);
    vp_continue(vp);
}

/* A new window has begun for a metered VP. */
static void vp_window(struct sim *sim, void *owner)
{
    (void)sim;
    struct vp *vp = owner;
    if (vp->state == VP_CAPPED) {
        sched_ready(vp);
    } else if (vp->state == VP_READY && meter_below_reserve(vp)) {
        queue_push(vp);
        reserve_preempt(vp);
    }
}

void sched_before_change(struct vp *vp)
{
    if (vp->state == VP_RUNNING)
        lp_account(vp->lp);
}

void sched_after_change(struct vp *vp)
{
    if (vp->state == VP_RUNNING)
        lp_plan(vp->lp);
}

void sched_account_all(struct host *h)
{
    for (int i = 0; i < h->lps; i++)
        if (h->lp[i].running)
            lp_account(&h->lp[i]);
    busy_change(h, 0);
}

void sched_host_init(struct host *h)
{
    struct sim *sim = &h->run->sim;
    heap4_init(&h->ready, h->run->arena);
    for (int i = 0; i < h->vps; i++) {
        heap4_reserve(&h->ready, (uint32_t)i);
        if (h->vp[i]->metered)
            h->vp[i]->timer = sim_source_new(sim, vp_window, h->vp[i]);
    }
    for (int i = 0; i < h->lps; i++) {
        h->lp[i].event = sim_source_new(sim, lp_event, &h->lp[i]);
        h->lp[i].speed = h->speed;
        h->idle[i / 64] |= UINT64_C(1) << (i % 64);
    }
    if (contention_factor(h, 1.0) < 1.0) {
        h->contention_timer = sim_source_new(sim, contention_sample, h);
        sim_schedule(sim, h->contention_timer, CONTENTION_PERIOD_NS, 4);
    }
}
