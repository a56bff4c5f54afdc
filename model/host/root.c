/* root.c - work of the root partition. */
#include "model/host/root.h"
#include "model/engine/dist.h"
#include "model/host/guest.h"
#include "model/host/seat.h"

#define BACKGROUND_BURST_NS 2e6 /* services, agents, backup: mean run of 2 ms; assumed */

/* First idle LP at or after `from`, cyclic, that carries a root VP; -1 if none. */
static int idle_root(const struct host *h, int from)
{
    if (h->busy >= h->lps)
        return -1;
    for (int k = 0; k < h->roots; k++) {
        const int i = from + k < h->roots ? from + k : from + k - h->roots;
        if (seat_free(h, seat_of(&h->lp[i])))
            return i;
    }
    return -1;
}

static int choose_root(struct host *h, const struct vp *near)
{
    const int hint = near && near->last_lp ? near->last_lp->index % h->roots : h->next_root;
    h->next_root = h->next_root + 1 < h->roots ? h->next_root + 1 : 0;
    const int idle = idle_root(h, hint);
    return idle >= 0 ? idle : hint;
}

void root_submit(struct host *h, int index, const struct vp *near, struct burst *b)
{
    struct vp *vp = &h->root[index >= 0 ? index % h->roots : choose_root(h, near)];
    guest_interrupt_vp(vp, b);
}

bool root_active(const struct host *h, int index)
{
    return h->root[index % h->roots].state != VP_IDLE;
}

/* ---- background load: Poisson bursts ---- */

static void background_done(struct run *run, struct burst *b)
{
    (void)run;
    struct host *h = b->vp->host;
    b->next = h->free_burst;
    h->free_burst = b;
}

static void background_next(struct host *h)
{
    struct sim *sim = &h->run->sim;
    const double gap = BACKGROUND_BURST_NS / h->spec->hv.root_load * rng_exponential(&h->background);
    sim_schedule(sim, h->background_timer, sim->now + sim_round(gap), 8);
}

static void background_arrival(struct sim *sim, void *owner)
{
    (void)sim;
    struct host *h = owner;
    struct burst *b = h->free_burst;
    if (b)
        h->free_burst = b->next;
    else
        b = ARENA_NEW(h->run->arena, struct burst);
    /* root_load is measured in LPs of this host, so the work is scaled by its speed */
    const double ns = BACKGROUND_BURST_NS * rng_exponential(&h->background) * h->spec->cpu.speed;
    *b = (struct burst){.left = ns, .total = ns, .guest_share = 1.0, .done = background_done};
    root_submit(h, -1, NULL, b);
    background_next(h);
}

void root_background_init(struct host *h)
{
    if (h->native || h->spec->hv.root_load <= 0.0)
        return;
    h->background_timer = sim_source_new(&h->run->sim, background_arrival, h);
    background_next(h);
}
