/* network.c - virtual adapters through the root and the virtual switch to links. */
#include "model/host/network.h"
#include "model/host/guest.h"
#include "model/host/root.h"
#include "model/host/steps.h"

/* Who sends and who receives in this instruction; vm NULL = outside. */
struct side {
    struct vm *vm;
    struct vnic *nic;
    double root_ns, exits, exit_root_ns, signal_ns;
    bool spread;
    int row_root;
};

static struct side mine(const struct plan *p)
{
    return (struct side){p->vm,           p->nic,       p->root_ns, p->exits,
                         p->exit_root_ns, p->signal_ns, p->spread,  p->row_root};
}

static struct side theirs(const struct plan *p)
{
    return (struct side){p->peer,        p->peer_nic,          p->peer_root_ns,
                         p->peer_exits,  p->peer_exit_root_ns, p->peer_signal_ns,
                         p->peer_spread, p->row_peer_root};
}

static struct side sender(const struct instruction *in, const struct plan *p)
{
    return in->op == OP_RECEIVE ? theirs(p) : mine(p);
}

static struct side receiver(const struct instruction *in, const struct plan *p)
{
    return in->op == OP_RECEIVE ? mine(p) : theirs(p);
}

static bool burst_or_skip(struct job *j, struct vm *vm, const struct overhead *o, bool interrupt,
                          bool suspends)
{
    const bool done = steps_burst(j, vm, 0.0, 0.0, o, interrupt);
    if (!done)
        j->burst.suspends = suspends;
    return done;
}

/* ---- round trips of an emulated adapter to the worker process of its VM ---- */

static bool exits_begin(struct job *j, const struct side *s)
{
    return s->vm && s->exits > 0.0 ? steps_hold(j, s->vm->worker, s->row_root) : true;
}

static bool exits_work(struct job *j, const struct side *s)
{
    return s->vm ? steps_root(j, s->vm->host, -1, s->exits * s->exit_root_ns, s->row_root) : true;
}

static void exits_end(struct job *j, const struct side *s)
{
    if (!s->vm || s->exits <= 0.0)
        return;
    steps_release(j);
    if (j->suspended)
        guest_resume(j->suspended);
    j->suspended = NULL;
}

/* ---- the sender's side ---- */

bool network_send_guest(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side s = sender(in, p);
    return s.vm ? burst_or_skip(j, s.vm, &p->submit, false, s.exits > 0.0) : true;
}

bool network_send_worker(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side s = sender(in, p);
    return exits_begin(j, &s);
}

bool network_send_exits(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side s = sender(in, p);
    return exits_work(j, &s);
}

/* Without VMQ all switch work of a host is on root VP 0. */
static int switch_vp(const struct side *s)
{
    return s->spread ? s->nic->root_vp : 0;
}

static bool switch_work(struct job *j, const struct side *s)
{
    return steps_root(j, s->vm->host, switch_vp(s), s->root_ns, s->row_root);
}

/* Monitored notification (TLFS 2.0, section 14.5): the driver sets a bit that the hypervisor looks at once in a period, so
 * that all messages of a period are one visit to the root. Nothing is waited for when the root is at work already, or has
 * the chunk before this one in hand. */
bool network_send_signal(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side s = sender(in, p);
    const sim_ns period = sim_round(s.signal_ns);
    if (!s.vm || period <= 0 || j->chunk > 0 || root_active(s.vm->host, switch_vp(&s)))
        return true;
    const double wait = (double)(period - job_run(j)->sim.now % period);
    job_phase(j, 0.0, wait);
    return steps_delay(j, wait, s.row_root);
}

bool network_send_root(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side s = sender(in, p);
    exits_end(j, &s);
    return s.vm ? switch_work(j, &s) : true;
}

bool network_delay(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    job_phase(j, 0.0, p->latency_ns);
    return steps_delay(j, p->latency_ns, p->row_root);
}

/* ---- links ---- */

static void link_done(struct sim *sim, struct customer *c)
{
    (void)sim;
    struct job *j = job_of_customer(c);
    job_charge(j, j->row, 0, 0.0);
    job_resume(j);
}

static bool link_wait(struct job *j, struct station *link, double ns, double packets, int row)
{
    j->row = row;
    job_phase(j, ns, 0.0);
    j->customer = (struct customer){.demand_ns = ns, .size = packets, .done = link_done};
    station_submit(link, &j->customer);
    return false;
}

/* The chunk that went out in the background has left. */
static void chunk_done(struct sim *sim, struct customer *c)
{
    (void)sim;
    struct job *j = job_of_link(c);
    j->link_busy = false;
    if (!j->link_wanted)
        return;
    j->link_wanted = false;
    job_charge(j, j->row, 0, 0.0);
    job_resume(j);
}

static void count_sent(const struct side *s, const struct plan *p)
{
    s->nic->sent_bytes += p->bytes;
    s->nic->sent_packets += p->packets;
    if (p->transmit_ns <= 0.0)
        return;
    s->nic->on->sent_bytes += p->bytes;
    s->nic->on->sent_packets += p->packets;
}

/* Stays at this stage while the chunk before is still on the link. */
static bool wait_for_link(struct job *j, const struct plan *p)
{
    j->link_wanted = true;
    j->row = p->row_transmit;
    job_phase(j, p->transmit_ns, 0.0);
    return false;
}

bool network_transmit(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side s = sender(in, p);
    if (!s.vm)
        return true;
    if (p->transmit_ns > 0.0 && j->link_busy) {
        j->stage--;
        return wait_for_link(j, p);
    }
    count_sent(&s, p);
    if (p->transmit_ns <= 0.0)
        return true;
    struct station *link = s.nic->on->transmit;
    const bool last = j->chunk + 1 == p->chunks;
    if (receiver(in, p).vm || last)
        return link_wait(j, link, p->transmit_ns, p->packets, p->row_transmit);
    j->link = (struct customer){.demand_ns = p->transmit_ns, .size = p->packets, .done = chunk_done};
    j->link_busy = true;
    station_submit(link, &j->link);
    return true;
}

bool network_receive(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side r = receiver(in, p);
    if (!r.vm)
        return true;
    r.nic->received_bytes += p->bytes;
    r.nic->received_packets += p->packets;
    if (p->receive_ns <= 0.0)
        return true;
    r.nic->on->received_bytes += p->bytes;
    r.nic->on->received_packets += p->packets;
    return link_wait(j, r.nic->on->receive, p->receive_ns, p->packets, p->row_receive);
}

bool network_receive_root(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side r = receiver(in, p);
    return r.vm ? switch_work(j, &r) : true;
}

bool network_receive_worker(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side r = receiver(in, p);
    return exits_begin(j, &r);
}

bool network_receive_exits(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side r = receiver(in, p);
    return exits_work(j, &r);
}

bool network_receive_guest(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side r = receiver(in, p);
    exits_end(j, &r);
    return r.vm ? burst_or_skip(j, r.vm, &p->complete, true, false) : true;
}

/* The next chunk of the message, or the end of it. */
bool network_next_chunk(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    if (++j->chunk < p->chunks)
        j->stage = 0;
    return true;
}
