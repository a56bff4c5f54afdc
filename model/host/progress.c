/* progress.c - progress of an LP and its next event. */
#include "model/host/progress.h"
#include "model/host/guest.h"
#include "model/host/meter.h"
#include "model/host/speed.h"
#include <math.h>

/* Wall time by whose it was: the hypervisor's for the VP, the VP's own code, and what of it was off its memory or lost. */
static void book_times(struct lp *lp, struct vp *vp, double dt, double hypervisor)
{
    const double guest = dt - hypervisor;
    lp->guest_ns += guest;
    vp->guest_ns += guest;
    lp->hypervisor_ns += hypervisor;
    vp->hypervisor_ns += hypervisor;
    vp->virtual_runtime += (int64_t)(dt * vp->inverse_weight);
    if (vp->home >= 0 && vp->home != lp->node)
        vp->remote_ns += dt;
    if (vp->vm && vp->vm->preempted > 0)
        vp->vm->spin_ns += guest * speed_lock_loss(vp->vm);
    if (!vp->interrupt)
        vp->slice_left -= dt;
    if (vp->metered)
        meter_use(vp, dt);
}

void progress_book(struct lp *lp)
{
    const sim_ns now = lp->host->run->sim.now;
    const double dt = (double)(now - lp->accounted);
    struct vp *vp = lp->running;
    lp->accounted = now;
    if (!vp || dt <= 0.0)
        return;
    const double work = dt * lp->speed;
    const double switching = fmin(vp->dispatch_left, work);
    const double switching_ns = switching / lp->speed;
    vp->dispatch_left -= switching;
    lp->host->account[ACCOUNT_DISPATCH] += switching_ns;
    vp->account[ACCOUNT_DISPATCH] += switching_ns;
    double hypervisor = dt;
    struct burst *b = guest_active(vp);
    if (b) {
        const double of_burst = (work - switching) / lp->speed * (1.0 - b->guest_share);
        b->left -= work - switching;
        b->hypervisor_ns += of_burst;
        hypervisor = fmin(dt, switching_ns + of_burst);
    }
    book_times(lp, vp, dt, hypervisor);
}

void progress_plan(struct lp *lp)
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
