/* meter.c - reserve and limit of a VP, and budgets of CPU groups, over the accounting window. */
#include "model/host/meter.h"

static double window_ns(const struct vp *vp)
{
    return vp->host->spec->hv.window_ns;
}

static int64_t window_now(const struct vp *vp)
{
    return vp->host->run->sim.now / (int64_t)window_ns(vp);
}

static double used_now(const struct vp *vp)
{
    return vp->window == window_now(vp) ? vp->used_ns : 0.0;
}

static sim_ns window_end(const struct vp *vp)
{
    return (window_now(vp) + 1) * (int64_t)window_ns(vp);
}

void meter_use(struct vp *vp, double wall_ns)
{
    /* Progress is booked at the latest at the window's end (meter_next), so it belongs to the window before now. */
    const int64_t of = (vp->host->run->sim.now - 1) / (int64_t)window_ns(vp);
    if (vp->window != of) {
        vp->window = of;
        vp->used_ns = 0.0;
    }
    vp->used_ns += wall_ns;
    vp->grant_ns -= wall_ns;
}

/* A grant in hand, or a new one; grants end with their window, so the budget is never exceeded in any. */
static bool group_grant(struct vp *vp)
{
    struct cpu_group *g = vp->group;
    const int64_t window = window_now(vp);
    if (vp->grant_window == window && vp->grant_ns >= 1.0)
        return true;
    if (g->window != window) {
        g->window = window;
        g->left_ns = g->budget_ns;
    }
    vp->grant_window = window;
    vp->grant_ns = g->left_ns < g->grant_ns ? g->left_ns : g->grant_ns;
    g->left_ns -= vp->grant_ns;
    return vp->grant_ns >= 1.0;
}

void meter_return(struct vp *vp)
{
    struct cpu_group *g = vp->group;
    if (!g || vp->grant_ns <= 0.0)
        return;
    if (vp->grant_window == window_now(vp) && g->window == vp->grant_window)
        g->left_ns += vp->grant_ns;
    vp->grant_ns = 0.0;
}

bool meter_below_reserve(const struct vp *vp)
{
    return vp->metered && vp->reserve > 0.0 && used_now(vp) < vp->reserve * window_ns(vp) - 1.0;
}

sim_ns meter_latest(const struct vp *vp)
{
    return window_end(vp) - sim_round(vp->reserve * window_ns(vp) - used_now(vp));
}

bool meter_spent(struct vp *vp)
{
    if (vp->limit < 1.0 && used_now(vp) >= vp->limit * window_ns(vp) - 1.0)
        return true;
    return vp->group && vp->group->budget_ns > 0.0 && !group_grant(vp);
}

sim_ns meter_next(struct vp *vp)
{
    const sim_ns now = vp->host->run->sim.now;
    const double used = used_now(vp);
    sim_ns next = window_end(vp);
    if (vp->limit < 1.0 && now + sim_round(vp->limit * window_ns(vp) - used) < next)
        next = now + sim_round(vp->limit * window_ns(vp) - used);
    if (meter_below_reserve(vp) && now + sim_round(vp->reserve * window_ns(vp) - used) < next)
        next = now + sim_round(vp->reserve * window_ns(vp) - used);
    if (vp->group && vp->group->budget_ns > 0.0) {
        const double grant = vp->grant_window == window_now(vp) && vp->grant_ns > 0.0 ? vp->grant_ns : 0.0;
        next = now + sim_round(grant) < next ? now + sim_round(grant) : next;
    }
    return next;
}

void meter_watch(struct vp *vp)
{
    sim_ns at = window_end(vp);
    if (vp->state == VP_READY && meter_below_reserve(vp) && meter_latest(vp) > vp->host->run->sim.now)
        at = meter_latest(vp);
    sim_schedule(&vp->host->run->sim, vp->timer, at, 7);
}
