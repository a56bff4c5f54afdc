/* sched.c - VPs on LPs: states, dispatch, preemption. Queues are in runq.c, free LPs in seat.c, speeds in speed.c. */
#include "model/host/sched.h"
#include "model/host/guest.h"
#include "model/host/meter.h"
#include "model/host/progress.h"
#include "model/host/runq.h"
#include "model/host/seat.h"
#include "model/host/speed.h"

/* ---- an LP gets or loses a VP ---- */

static sim_ns quantum_from_now(const struct vp *vp)
{
    const struct host *h = vp->host;
    if (h->native || (!vp->vm && h->root_first))
        return SIM_NEVER;
    return h->run->sim.now + sim_round(h->quantum_ns);
}

static void lp_occupy(struct lp *lp)
{
    if (lp->occupied)
        return;
    lp->occupied = true;
    seat_mark(lp->host, seat_of(lp), false);
    speed_busy(lp->host, 1);
}

/* The waiting root VP of a seat that is due first, or NULL. */
static struct vp *seat_root(const struct host *h, int seat)
{
    struct vp *root = NULL;
    for (int i = seat; i < seat + h->seat_width; i++) {
        struct vp *vp = h->lp[i].root;
        if (vp && vp->state == VP_READY && (!root || vp->ready_since < root->ready_since))
            root = vp;
    }
    return root;
}

/* Somebody else waits for this LP. */
static bool lp_wanted(const struct lp *lp)
{
    return runq_head(lp) || seat_root(lp->host, seat_of(lp));
}

static void lp_dispatch(struct lp *lp, struct vp *vp)
{
    struct host *h = lp->host;
    const sim_ns now = h->run->sim.now;
    const double waited = (double)(now - vp->ready_since);
    struct burst *b = guest_active(vp);
    lp_occupy(lp);
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
    runq_dispatched(vp, lp, lp_wanted(lp));
    lp->running = vp;
    lp->accounted = now;
    lp->speed = speed_of(lp);
    progress_plan(lp);
    if (vp->preempted)
        speed_preempted(vp, false);
    if (lp->sibling >= 0)
        speed_update(&h->lp[lp->sibling]);
}

/* Takes the running VP off its LP; the LP stays occupied until it is given away or vacated. */
static struct vp *lp_take(struct lp *lp)
{
    struct vp *vp = lp->running;
    progress_book(lp);
    vp->dispatch_left = 0.0; /* the rest of the switch is never done */
    vp->lp = NULL;
    vp->ready_since = lp->host->run->sim.now;
    lp->running = NULL;
    return vp;
}

static bool seat_in_use(const struct host *h, int seat)
{
    for (int i = seat; i < seat + h->seat_width; i++)
        if (h->lp[i].running)
            return true;
    return false;
}

static void lp_vacate(struct lp *lp)
{
    struct host *h = lp->host;
    const int seat = seat_of(lp);
    sim_cancel(&h->run->sim, lp->event);
    lp->occupied = false;
    speed_busy(h, -1);
    if (h->seat_width == 1 || !seat_in_use(h, seat))
        seat_mark(h, seat, true);
    if (lp->sibling >= 0)
        speed_update(&h->lp[lp->sibling]);
}

/* ---- seats: an LP, or a core whose hyper-threads go to one VM at a time ---- */

static struct vp *mate(const struct vp *vp, int k)
{
    struct vp *of = vp->vm ? vp->vm->vp : vp->host->root;
    return &of[vp->core_first + k];
}

/* The VP takes a seat, and the VPs that share its core with it. */
static void seat_give(int seat, struct vp *vp)
{
    for (int k = 0; k < vp->core_n; k++)
        if (mate(vp, k)->state == VP_READY && mate(vp, k) != vp)
            runq_remove(mate(vp, k));
    lp_dispatch(seat_lp(vp, seat), vp);
    for (int k = 0; k < vp->core_n; k++)
        if (mate(vp, k)->state == VP_READY)
            lp_dispatch(seat_lp(mate(vp, k), seat), mate(vp, k));
}

/* The seat that a VP's mates hold, or -1. */
static int seat_of_mates(const struct vp *vp)
{
    for (int k = 0; k < vp->core_n && vp->core_n > 1; k++)
        if (mate(vp, k)->state == VP_RUNNING)
            return seat_of(mate(vp, k)->lp);
    return -1;
}

/* Gives a seat without a running VP to whoever is due: a root VP pinned to it, the head of the queue, another LP's head. */
static void seat_pick(struct lp *lp)
{
    struct host *h = lp->host;
    const int seat = seat_of(lp);
    struct vp *root = seat_root(h, seat), *head = runq_head(lp);
    if (root && (h->root_first || !head || runq_key(root) <= runq_key(head))) {
        seat_give(seat, root);
    } else if (head || (head = runq_steal(lp)) != NULL) {
        runq_remove(head);
        seat_give(seat, head);
    }
    for (int i = seat; i < seat + h->seat_width; i++)
        if (h->lp[i].occupied && !h->lp[i].running)
            lp_vacate(&h->lp[i]);
}

/* An LP has lost its VP. While another VP of the core runs, its VM keeps the core. */
static void lp_release(struct lp *lp)
{
    struct host *h = lp->host;
    if (h->seat_width > 1 && seat_in_use(h, seat_of(lp)))
        lp_vacate(lp);
    else
        seat_pick(lp);
}

/* All VPs of the seat become Ready; the seat stays occupied. Returns one of them. */
static struct vp *seat_evict(struct host *h, int seat)
{
    struct vp *out = NULL;
    for (int i = seat; i < seat + h->seat_width; i++) {
        if (!h->lp[i].running)
            continue;
        out = lp_take(&h->lp[i]);
        runq_push(out, i);
        speed_preempted(out, true);
    }
    return out;
}

/* A VP that stands Ready takes a free seat, if there is one. */
static void vp_seat(struct vp *vp)
{
    const int seat = vp->state == VP_READY ? seat_choose(vp) : -1;
    if (seat < 0)
        return;
    runq_remove(vp);
    seat_give(seat, vp);
}

/* The VP takes this seat from whoever runs there. */
static void seat_replace(int seat, struct vp *by)
{
    struct host *h = by->host;
    struct vp *out = seat_evict(h, seat);
    if (by->state == VP_READY)
        runq_remove(by);
    seat_give(seat, by);
    for (int i = seat; i < seat + h->seat_width; i++)
        if (h->lp[i].occupied && !h->lp[i].running)
            lp_vacate(&h->lp[i]);
    if (out)
        vp_seat(out);
}

/* ---- becoming ready ---- */

/* Where the guest VP runs that can best do without: one that is not below its reserve, by virtual runtime; or, when `by` must
 * run now to have its reserve, one that still has time for its own. NULL if there is none. */
static struct lp *preempt_victim(const struct vp *by)
{
    struct host *h = by->host;
    const bool urgent = meter_latest(by) <= h->run->sim.now;
    const int64_t least = urgent ? runq_key(by) : RUNQ_ORDINARY - 1;
    struct lp *victim = NULL;
    for (int i = by->lo; i < by->hi; i++) {
        struct vp *vp = h->lp[i].running;
        if (!vp || !vp->vm)
            continue;
        if (vp->metered)
            progress_book(&h->lp[i]);
        if (runq_lead(vp) > least && (!victim || runq_lead(vp) > runq_lead(victim->running)))
            victim = &h->lp[i];
    }
    return victim;
}

/* The VP stands in the ready queue below its reserve: it goes before whoever can do without. */
static void reserve_preempt(struct vp *vp)
{
    struct lp *lp = preempt_victim(vp);
    if (lp)
        seat_replace(seat_of(lp), vp);
}

/* A root VP is wanted on its LP now: at once if the root goes first, or if the guest there can go elsewhere. */
static bool root_preempts(const struct vp *vp, int seat)
{
    const struct host *h = vp->host;
    return !vp->vm && seat_in_use(h, seat) && (h->root_first || h->idle_seats > 0);
}

void sched_ready(struct vp *vp)
{
    struct host *h = vp->host;
    vp->ready_since = h->run->sim.now;
    runq_forget_sleep(vp);
    if (vp->metered && meter_spent(vp)) {
        vp->state = VP_CAPPED;
        vp->capped_since = vp->ready_since;
        meter_watch(vp);
        return;
    }
    const int mates = seat_of_mates(vp);
    if (mates >= 0) {
        lp_dispatch(seat_lp(vp, mates), vp);
        return;
    }
    const int home = vp->vm ? -1 : seat_of(&h->lp[vp->pinned]);
    if (home >= 0 && root_preempts(vp, home)) {
        seat_replace(home, vp);
        return;
    }
    const int seat = seat_choose(vp);
    if (seat >= 0) {
        seat_give(seat, vp);
        return;
    }
    runq_push(vp, vp->last_lp ? vp->last_lp->index : -1);
    if (meter_below_reserve(vp))
        reserve_preempt(vp);
}

/* ---- leaving the LP ---- */

static void vp_stop(struct vp *vp, enum vp_state state)
{
    struct lp *lp = vp->lp;
    if (vp->state == VP_RUNNING)
        lp_take(lp);
    else if (vp->state == VP_READY)
        runq_remove(vp);
    const bool ran = vp->state == VP_RUNNING;
    vp->state = state;
    if (vp->metered && state != VP_CAPPED)
        meter_return(vp);
    if (ran || vp->preempted) /* at its limit it may hold locks as well */
        speed_preempted(vp, ran && state == VP_CAPPED);
    if (ran)
        lp_release(lp);
}

static void move_to(struct vp *vp, int seat)
{
    struct lp *from = vp->lp;
    lp_take(from);
    seat_give(seat, vp);
    lp_release(from);
}

/* The quantum is over: whoever is due, else (placement any) perhaps another idle LP, else go on. */
static void quantum_end(struct lp *lp)
{
    struct host *h = lp->host;
    struct vp *vp = lp->running;
    const int seat = seat_of(lp);
    const struct vp *root = seat_root(h, seat), *head = runq_head(lp);
    if ((root && runq_key(root) <= runq_key(vp)) || (head && runq_key(head) <= runq_key(vp))) {
        seat_evict(h, seat);
        seat_pick(lp);
        if (vp->vm && h->idle_seats > 0)
            vp_seat(vp); /* it made way for the root VP of this LP */
        return;
    }
    const int elsewhere = seat_wander(vp);
    if (elsewhere >= 0) {
        move_to(vp, elsewhere);
        return;
    }
    if (!head)
        runq_forget_sleep(vp); /* while nobody waits nobody is owed anything */
    vp->quantum_at = quantum_from_now(vp);
    runq_dispatched(vp, lp, head || root);
    progress_plan(lp);
}

/* The VP has had its reserve of this window while one that has not waits. */
static bool reserve_is_due(const struct vp *vp)
{
    if (!vp->vm || vp->host->waiting == 0)
        return false;
    const struct vp *head = runq_head(vp->lp);
    return head && meter_below_reserve(head) && !meter_below_reserve(vp);
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
        vp->capped_since = vp->host->run->sim.now;
        meter_watch(vp);
    } else if (vp->state == VP_RUNNING) {
        if (vp->host->run->sim.now >= vp->quantum_at || reserve_is_due(vp))
            quantum_end(vp->lp);
        else
            progress_plan(vp->lp);
    }
}

static void lp_event(struct sim *sim, void *owner)
{
    (void)sim;
    struct lp *lp = owner;
    struct vp *vp = lp->running;
    progress_book(lp);
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
        vp->capped_ns += (double)(vp->host->run->sim.now - vp->capped_since);
        sched_ready(vp);
    } else if (vp->state == VP_READY && meter_below_reserve(vp)) {
        runq_push(vp, -1);
        reserve_preempt(vp);
    }
}

/* Queues that belong to LPs are evened out; an idle LP starts at once on what it gets. */
static void balance(struct sim *sim, void *owner)
{
    struct host *h = owner;
    struct vp *vp;
    int to;
    while (h->waiting > 0 && (vp = runq_uneven(h, &to)) != NULL) {
        runq_remove(vp);
        if (h->lp[to].occupied)
            runq_push(vp, to);
        else
            seat_give(to, vp);
    }
    sim_schedule(sim, h->balance_timer, sim->now + sim_round(h->spec->hv.balance_ns), 8);
}

/* ---- for others ---- */

void sched_before_change(struct vp *vp)
{
    if (vp->state == VP_RUNNING)
        progress_book(vp->lp);
}

void sched_after_change(struct vp *vp)
{
    if (vp->state == VP_RUNNING)
        progress_plan(vp->lp);
}

void sched_account_all(struct host *h)
{
    for (int i = 0; i < h->lps; i++)
        if (h->lp[i].running)
            progress_book(&h->lp[i]);
    speed_busy(h, 0);
}

void sched_host_init(struct host *h)
{
    struct sim *sim = &h->run->sim;
    for (int i = 0; i < h->vps; i++)
        if (h->vp[i]->metered)
            h->vp[i]->timer = sim_source_new(sim, vp_window, h->vp[i]);
    for (int i = 0; i < h->lps; i++)
        h->lp[i].event = sim_source_new(sim, lp_event, &h->lp[i]);
    seat_init(h);
    runq_init(h);
    speed_host_init(h);
    if (h->queue_per_lp && h->spec->hv.balance_ns > 0.0 && h->lps > 1) {
        h->balance_timer = sim_source_new(sim, balance, h);
        sim_schedule(sim, h->balance_timer, sim_round(h->spec->hv.balance_ns), 8);
    }
}
