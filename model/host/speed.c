/* speed.c - speed of LPs. */
#include "model/host/speed.h"
#include "model/host/progress.h"
#include <math.h>

#define CONTENTION_PERIOD_NS (10 * SIM_SECOND / 1000)

double speed_lock_loss(const struct vm *vm)
{
    return vm->vps > 1 ? vm->lock_loss * vm->preempted / (vm->vps - 1) : 0.0;
}

double speed_of(const struct lp *lp)
{
    const struct host *h = lp->host;
    const struct vp *vp = lp->running;
    double speed = h->speed;
    if (lp->sibling >= 0 && h->lp[lp->sibling].running)
        speed *= h->smt_share;
    if (!vp || !vp->vm)
        return speed;
    speed *= vp->home < 0 || vp->home == lp->node ? vp->vm->home_speed : vp->vm->remote_speed;
    return vp->vm->preempted > 0 ? speed * (1.0 - speed_lock_loss(vp->vm)) : speed;
}

void speed_update(struct lp *lp)
{
    const double speed = speed_of(lp);
    if (speed == lp->speed)
        return;
    if (lp->running)
        progress_book(lp);
    lp->speed = speed;
    if (lp->running)
        progress_plan(lp);
}

void speed_preempted(struct vp *vp, bool preempted)
{
    struct vm *vm = vp->vm;
    if (vp->preempted == preempted)
        return;
    vp->preempted = preempted;
    vp->preemptions += preempted;
    if (!vm || vm->lock_loss <= 0.0 || vm->vps == 1)
        return;
    for (int i = 0; i < vm->vps; i++) /* at the old speed up to now */
        if (vm->vp[i].state == VP_RUNNING)
            progress_book(vm->vp[i].lp);
    vm->preempted += preempted ? 1 : -1;
    for (int i = 0; i < vm->vps; i++)
        if (vm->vp[i].state == VP_RUNNING)
            speed_update(vm->vp[i].lp);
}

void speed_busy(struct host *h, int change)
{
    const sim_ns now = h->run->sim.now;
    h->busy_area += (double)h->busy * (double)(now - h->busy_since);
    h->busy_since = now;
    h->busy += change;
}

static double busy_factor(const struct host *h, double busy_share)
{
    const struct cpu_spec *c = &h->spec->cpu;
    const struct place place = {
        .version = h->spec->hv.version, .vendor = c->vendor, .lps = h->lps, .boost = c->boost};
    const struct demand d = {.kind = DEMAND_SPEED, .amount = busy_share, .at = &place};
    return mechanism_cost(h->run->model->overhead, &d).speed;
}

/* Re-evaluated every 10 ms from the mean number of busy LPs: following each change would cost O(LPs) an event. */
static void busy_sample(struct sim *sim, void *owner)
{
    struct host *h = owner;
    speed_busy(h, 0);
    const double busy = (h->busy_area - h->busy_area_sampled) / (double)CONTENTION_PERIOD_NS;
    h->busy_area_sampled = h->busy_area;
    h->speed = h->spec->cpu.speed * busy_factor(h, fmin(1.0, busy / h->lps));
    for (int i = 0; i < h->lps; i++)
        speed_update(&h->lp[i]);
    sim_schedule(sim, h->contention_timer, sim->now + CONTENTION_PERIOD_NS, 4);
}

void speed_host_init(struct host *h)
{
    struct sim *sim = &h->run->sim;
    const double alone = busy_factor(h, 0.0), full = busy_factor(h, 1.0);
    h->speed = h->spec->cpu.speed * alone;
    for (int i = 0; i < h->lps; i++)
        h->lp[i].speed = h->speed;
    if (alone == full)
        return;
    h->contention_timer = sim_source_new(sim, busy_sample, h);
    sim_schedule(sim, h->contention_timer, CONTENTION_PERIOD_NS, 4);
}
