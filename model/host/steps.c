/* steps.c - stages of CPU, external, pool, lock and fork instructions. */
#include "model/host/steps.h"
#include "model/host/guest.h"
#include "model/host/memory.h"
#include "model/host/paging.h"
#include "model/host/root.h"

/* ---- bursts ---- */

static void burst_done(struct run *run, struct burst *b)
{
    (void)run;
    struct job *j = job_of(b);
    const struct plan *p = job_plan(j, job_instruction(j));
    const bool peer = p->peer && b->vp->vm == p->peer;
    const int row = peer ? p->row_peer_vcpu : p->row_vcpu;
    const int lp = peer ? p->row_peer_lp : p->row_lp;
    job_charge(j, row, lp, b->lp_wait_ns);
    j->suspended = b->suspends ? b->vp : NULL;
    job_resume(j);
}

static void root_done(struct run *run, struct burst *b)
{
    (void)run;
    struct job *j = job_of(b);
    job_charge(j, j->row, 0, 0.0);
    job_resume(j);
}

bool steps_root(struct job *j, struct host *h, int index, double ns, int row)
{
    if (ns <= 0.0)
        return true;
    struct burst *b = &j->burst;
    const struct vp *near = b->vp;
    ns /= h->root_relief;
    b->left = b->total = ns;
    b->guest_share = 1.0;
    b->account = NULL;
    b->done = root_done;
    b->suspends = false;
    j->row = row;
    job_phase(j, 0.0, ns / h->spec->cpu.speed);
    root_submit(h, index, near && near->host == h ? near : NULL, b);
    return false;
}

/* Shares of the accounts when a tax on guest work and a cost of the event come together. */
static void mix_accounts(struct job *j, const struct plan *p, double taxed, const struct overhead *o)
{
    const double sum = taxed + (o ? o->hypervisor_ns : 0.0);
    for (int i = 0; i < ACCOUNTS; i++)
        j->account[i] = sum > 0.0
                            ? (taxed * p->tax_account[i] + (o ? o->hypervisor_ns * o->account[i] : 0.0)) / sum
                            : 0.0;
}

/* Fills the job's burst; false if there is nothing to do. */
static bool burst_fill(struct job *j, const struct vm *vm, double native, double tax,
                       const struct overhead *o)
{
    const struct plan *p = job_plan(j, job_instruction(j));
    const double guest = native * p->slowdown + (o ? o->guest_ns : 0.0);
    const double taxed = native * tax;
    const double total = guest + taxed + (o ? o->hypervisor_ns : 0.0);
    if (total <= 0.0)
        return false;
    struct burst *b = &j->burst;
    mix_accounts(j, p, taxed, o);
    b->left = b->total = total;
    b->guest_share = guest / total;
    b->account = j->account;
    b->done = burst_done;
    b->suspends = false;
    const double speed = vm->host->spec->cpu.speed;
    job_phase(j, native / speed, (total - native) / speed);
    return true;
}

bool steps_interrupt(struct job *j, struct vm *vm, int index, const struct overhead *o)
{
    if (!burst_fill(j, vm, 0.0, 0.0, o))
        return true;
    guest_interrupt(vm, index, &j->burst);
    return false;
}

bool steps_burst(struct job *j, struct vm *vm, double native, double tax, const struct overhead *o,
                 bool interrupt)
{
    if (!burst_fill(j, vm, native, tax, o))
        return true;
    struct burst *b = &j->burst;
    if (!interrupt && native <= 0.0 && !vm->continuing)
        guest_interrupt(vm, -1,
                        b); /* driver work of a thread that an I/O has woken: boosted, so it does not queue */
    else if (interrupt)
        guest_interrupt(vm, version_rows[vm->host->spec->hv.version].channel_per_controller_only ? 0 : -1, b);
    else
        guest_submit(vm, b);
    return false;
}

void steps_exit(struct job *j, struct vp *vp, double hypervisor_ns)
{
    static const double intercept[ACCOUNTS] = {[ACCOUNT_INTERCEPT] = 1.0};
    struct burst *b = &j->burst;
    b->left = b->total = hypervisor_ns;
    b->guest_share = 0.0;
    b->account = intercept;
    b->done = burst_done;
    b->suspends = true;
    job_phase(j, 0.0, hypervisor_ns / vp->host->spec->cpu.speed);
    guest_interrupt_vp(vp, b);
}

static double draw_cpu(struct job *j, const struct instruction *in)
{
    return dist_draw(&in->demand, &j->rng) * j->cpu_scale;
}

bool steps_cpu(struct job *j, const struct instruction *in, const struct plan *p)
{
    return steps_burst(j, p->vm, paging_cut(j, in, p, draw_cpu(j, in)), p->tax, NULL, false);
}

bool steps_cpu_part(struct job *j, const struct instruction *in, const struct plan *p)
{
    return steps_burst(j, p->vm, paging_cut(j, in, p, j->part_ns), p->tax, NULL, false);
}

bool steps_cpu_parts(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)p;
    const int threads = in->step->threads;
    const double part = draw_cpu(j, in) / threads;
    j->entering = true;
    for (int i = 0; i < threads; i++)
        job_fork(j, j->pc + 1, part);
    j->entering = false;
    return j->pending == 0;
}

bool steps_spawn(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    return steps_burst(j, p->vm, p->spawn_ns, 0.0, &p->submit, false);
}

bool steps_fork(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)p;
    j->entering = true;
    for (int i = 0; i < in->branches; i++)
        job_fork(j, in->branch[i], 0.0);
    j->entering = false;
    return j->pending == 0;
}

/* ---- delays ---- */

static void delay_done(struct sim *sim, void *owner)
{
    (void)sim;
    struct job *j = owner;
    job_charge(j, j->row, 0, 0.0);
    job_resume(j);
}

bool steps_delay(struct job *j, double ns, int row)
{
    struct sim *sim = &job_run(j)->sim;
    if (ns <= 0.0)
        return true;
    if (!j->has_timer) {
        j->timer = sim_source_new(sim, delay_done, j);
        j->has_timer = true;
    }
    j->row = row;
    sim_schedule(sim, j->timer, sim->now + sim_round(ns), 8);
    return false;
}

/* ---- external services ---- */

static void service_done(struct sim *sim, struct customer *c)
{
    (void)sim;
    struct job *j = job_of_customer(c);
    job_charge(j, j->row, 0, 0.0);
    job_resume(j);
}

bool steps_external(struct job *j, const struct instruction *in, const struct plan *p)
{
    struct external *x = p->external;
    const double relief = x->spec->relief > 0.0 ? x->spec->relief : 1.0;
    const double ns = dist_draw(&in->demand, &j->rng) / relief;
    job_phase(j, ns, 0.0);
    x->calls++;
    x->service_ns += ns;
    if (!x->station)
        return steps_delay(j, ns, p->row_device);
    j->row = p->row_device;
    j->customer = (struct customer){.demand_ns = ns, .done = service_done};
    station_submit(x->station, &j->customer);
    return false;
}

/* ---- things held: pool threads, locks, channels, the worker process ---- */

static void hold_granted(struct sim *sim, struct customer *c)
{
    (void)sim;
    struct hold *h = (struct hold *)(void *)c;
    struct job *j = h->job;
    h->granted = true;
    if (j->entering)
        return; /* granted at once: steps_hold goes on */
    job_charge(j, h->row, 0, 0.0);
    job_resume(j);
}

bool steps_hold(struct job *j, struct station *s, int row)
{
    struct workload *w = j->workload;
    struct hold *h = w->free_hold;
    if (h)
        w->free_hold = h->next;
    else
        h = ARENA_NEW(w->run->arena, struct hold);
    *h = (struct hold){
        .customer = {.demand_ns = -1.0, .done = hold_granted}, .job = j, .next = j->holds, .row = row};
    j->holds = h;
    if (!s)
        return true;
    job_phase(j, 0.0, 0.0);
    j->entering = true;
    j->refused = !station_submit(s, &h->customer);
    j->entering = false;
    return h->granted || j->refused;
}

void steps_release(struct job *j)
{
    struct hold *h = j->holds;
    j->holds = h->next;
    if (h->inside)
        memory_inside(h->inside, -1);
    if (h->customer.at)
        station_release(h->customer.at, &h->customer);
    h->next = j->workload->free_hold;
    j->workload->free_hold = h;
}

bool steps_pool(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    return steps_hold(j, p->vm->pool, p->row_device);
}

bool steps_enter(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    steps_hold(j, NULL, p->row_vcpu);
    j->holds->inside = p->vm;
    memory_inside(p->vm, 1);
    return true;
}

bool steps_lock(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)p;
    return steps_hold(j, job_run(j)->lock[in->lock], in->row);
}

bool steps_leave(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    (void)p;
    steps_release(j);
    return true;
}
