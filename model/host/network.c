/* network.c - virtual adapters through the root and the virtual switch to links. */
#include "model/host/network.h"
#include "model/host/exits.h"
#include "model/host/queues.h"
#include "model/host/root.h"
#include "model/host/steps.h"

#define AHEAD 2 /* chunks on links beyond the one worked off: one on each */

/* ---- chunks of one message ---- */

/* From link to link: the receiver works off the chunk before the one on its link, which left before the one on the
 * sender's. */
static bool relayed(const struct plan *p)
{
    return p->chunks > 1 && p->out.n > 0 && p->in.n > 0;
}

/* Is there still a chunk to send in this turn? */
static bool leaves(const struct job *j, const struct plan *p)
{
    return j->chunk < p->chunks;
}

/* Is there a chunk to work off in this turn? */
static bool arrives(const struct job *j, const struct plan *p)
{
    return !relayed(p) || j->chunk >= AHEAD;
}

/* Who sends and who receives in this instruction; vm NULL = outside. */
struct side {
    struct vm *vm;
    struct vnic *nic;
    double root_ns, signal_ns;
    const struct trips *trips; /* .submit at either end */
    bool spread;
    int row_root;
};

static struct side mine(const struct plan *p)
{
    return (struct side){p->vm, p->nic, p->root_ns, p->signal_ns, &p->trips, p->spread, p->row_root};
}

static struct side theirs(const struct plan *p)
{
    return (struct side){p->peer,        p->peer_nic,    p->peer_root_ns, p->peer_signal_ns,
                         &p->peer_trips, p->peer_spread, p->row_peer_root};
}

static struct side sender(const struct instruction *in, const struct plan *p)
{
    return in->op == OP_RECEIVE ? theirs(p) : mine(p);
}

static struct side receiver(const struct instruction *in, const struct plan *p)
{
    return in->op == OP_RECEIVE ? mine(p) : theirs(p);
}

/* ---- which processors ---- */

/* Scrambles all bits of x (finalizer of SplitMix64). */
static uint64_t scramble(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* Takes nothing from the job's random numbers: they stay those of the same model without teams. */
uint64_t network_flow(struct job *j)
{
    struct rng peek = j->rng;
    if (j->flow == 0)
        j->flow = scramble(rng_next(&peek) + ++j->flows * UINT64_C(0x9e3779b97f4a7c15)) | 1;
    return j->flow >> 1;
}

/* One of n that a connection keeps: other bits of its hash than those that choose the member of a team. */
static int share_of(struct job *j, int n)
{
    return n <= 1 ? 0 : (int)((network_flow(j) >> 24) % (uint64_t)n);
}

/* Without VMQ the first root VP does all switch work. */
int network_root_vp(struct job *j, const struct vm *vm, const struct vnic *n, bool spread, bool receiving)
{
    if (!spread || !n->queued)
        return 0;
    return queues_vp(vm->host, n, share_of(j, receiving ? n->receive_width : n->send_width));
}

static int switch_vp(struct job *j, const struct side *s, bool receiving)
{
    return network_root_vp(j, s->vm, s->nic, s->spread, receiving);
}

/* VP of the VM that takes the interrupts of an adapter; -1 = any. */
static int guest_vp(struct job *j, const struct vnic *n)
{
    return n->guest_width > 0 ? share_of(j, n->guest_width) : -1;
}

/* Round trips of an emulated adapter to the worker process of its VM, packet after packet. */
static bool exits_of(struct job *j, const struct side *s)
{
    return s->vm ? exits_walk(j, s->vm, s->trips->submit, s->trips, s->row_root) : true;
}

/* ---- the sender's side ---- */

bool network_send_guest(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side s = sender(in, p);
    if (!s.vm || !leaves(j, p) || steps_burst(j, s.vm, 0.0, 0.0, &p->submit, false))
        return true;
    j->burst.suspends = s.trips->submit > 0;
    return false;
}

bool network_send_exits(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side s = sender(in, p);
    return !leaves(j, p) || exits_of(j, &s);
}

static bool switch_work(struct job *j, const struct side *s, bool receiving)
{
    s->nic->work_ns += s->root_ns;
    return steps_root(j, s->vm->host, switch_vp(j, s, receiving), s->root_ns, s->row_root);
}

/* Monitored notification (TLFS 2.0, section 14.5): the driver sets a bit that the hypervisor looks at once in a period, so
 * that all messages of a period are one visit to the root. Nothing is waited for when the root is at work already, or has
 * the chunk before this one in hand. */
static bool signal_wait(struct job *j, const struct side *s)
{
    const sim_ns period = sim_round(s->signal_ns);
    if (!s->vm || period <= 0 || j->chunk > 0 || root_active(s->vm->host, switch_vp(j, s, false)))
        return true;
    const double wait = (double)(period - job_run(j)->sim.now % period);
    job_phase(j, 0.0, wait);
    return steps_delay(j, wait, s->row_root);
}

bool network_send_signal(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side s = sender(in, p);
    return signal_wait(j, &s);
}

bool network_answer_signal(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side s = receiver(in, p);
    return signal_wait(j, &s);
}

bool network_send_root(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side s = sender(in, p);
    return s.vm && leaves(j, p) ? switch_work(j, &s, false) : true;
}

bool network_delay(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    if (!leaves(j, p))
        return true;
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

static bool link_wait(struct job *j, struct station *link, const struct lane *l, double packets)
{
    j->row = l->row;
    job_phase(j, l->ns, 0.0);
    j->customer = (struct customer){.demand_ns = l->ns, .size = packets, .done = link_done};
    station_submit(link, &j->customer);
    return false;
}

const struct lane *network_lane(struct job *j, const struct lanes *l)
{
    return l->n <= 1 ? l->lane : &l->lane[network_flow(j) % (uint64_t)l->n];
}

static void count_sent(struct vnic *n, const struct lane *l, double bytes, double packets)
{
    n->sent_bytes += bytes;
    n->sent_packets += packets;
    if (!l)
        return;
    l->nic->sent_bytes += bytes;
    l->nic->sent_packets += packets;
}

static void count_received(struct vnic *n, const struct lane *l, double bytes, double packets)
{
    n->received_bytes += bytes;
    n->received_packets += packets;
    if (!l)
        return;
    n->outside_bytes += bytes;
    n->outside_packets += packets;
    l->nic->received_bytes += bytes;
    l->nic->received_packets += packets;
}

bool network_transmit_on(struct job *j, struct vnic *n, const struct lanes *lanes, const struct plan *p)
{
    const struct lane *l = network_lane(j, lanes);
    count_sent(n, l, p->bytes, p->packets);
    return l ? link_wait(j, l->nic->transmit, l, p->packets) : true;
}

bool network_receive_on(struct job *j, struct vnic *n, const struct lanes *lanes, const struct plan *p)
{
    const struct lane *l = network_lane(j, lanes);
    count_received(n, l, p->bytes, p->packets);
    return l ? link_wait(j, l->nic->receive, l, p->packets) : true;
}

static void wanted_over(struct job *j, bool *wanted)
{
    if (!*wanted)
        return;
    *wanted = false;
    job_charge(j, j->row, 0, 0.0);
    job_resume(j);
}

static void chunks_enter(struct job *j, const struct instruction *in, const struct plan *p, int more);

/* The chunk that came in in the background is there. */
static void chunk_arrived(struct sim *sim, struct customer *c)
{
    (void)sim;
    struct job *j = job_of_arrival(c);
    const struct instruction *in = job_instruction(j);
    j->arrival_busy = false;
    j->arrived++;
    chunks_enter(j, in, job_plan(j, in), 0);
    wanted_over(j, &j->arrival_wanted);
}

/* `more` chunks wait for the receiver's link, one after the other. */
static void chunks_enter(struct job *j, const struct instruction *in, const struct plan *p, int more)
{
    j->at_door += more;
    if (j->at_door == 0 || j->arrival_busy)
        return;
    const struct lane *l = network_lane(j, &p->in);
    j->at_door--;
    j->arrival_busy = true;
    count_received(receiver(in, p).nic, l, p->bytes, p->packets);
    j->arrival = (struct customer){.demand_ns = l->ns, .size = p->packets, .done = chunk_arrived};
    station_submit(l->nic->receive, &j->arrival);
}

/* The chunk that went out in the background has left. */
static void chunk_done(struct sim *sim, struct customer *c)
{
    (void)sim;
    struct job *j = job_of_link(c);
    const struct instruction *in = job_instruction(j);
    const struct plan *p = job_plan(j, in);
    j->link_busy = false;
    if (relayed(p))
        chunks_enter(j, in, p, 1);
    wanted_over(j, &j->link_wanted);
}

/* Stays at this stage while a chunk is still on the link. */
static bool wait_for_link(struct job *j, const struct lane *l, bool *wanted)
{
    j->stage--;
    *wanted = true;
    j->row = l->row;
    job_phase(j, l->ns, 0.0);
    return false;
}

bool network_transmit(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side s = sender(in, p);
    if (!s.vm)
        return true;
    const struct lane *l = network_lane(j, &p->out);
    if (l && j->link_busy)
        return wait_for_link(j, l, &j->link_wanted);
    if (!leaves(j, p))
        return true;
    if (!l || (!relayed(p) && j->chunk + 1 == p->chunks))
        return network_transmit_on(j, s.nic, &p->out, p);
    count_sent(s.nic, l, p->bytes, p->packets);
    j->link = (struct customer){.demand_ns = l->ns, .size = p->packets, .done = chunk_done};
    j->link_busy = true;
    station_submit(l->nic->transmit, &j->link);
    return true;
}

bool network_receive(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side r = receiver(in, p);
    const struct lane *l = network_lane(j, &p->in);
    if (!r.vm || !arrives(j, p))
        return true;
    if (!l || p->chunks == 1)
        return network_receive_on(j, r.nic, &p->in, p);
    if (!relayed(p) && j->chunk == 0 && !j->arrival_busy && j->arrived == 0)
        chunks_enter(j, in, p, AHEAD);
    if (j->arrived == 0)
        return wait_for_link(j, l, &j->arrival_wanted);
    j->arrived--;
    if (!relayed(p) && j->chunk + AHEAD < p->chunks)
        chunks_enter(j, in, p, 1);
    return true;
}

/* ---- the receiver's side ---- */

bool network_receive_root(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side r = receiver(in, p);
    return r.vm && arrives(j, p) ? switch_work(j, &r, true) : true;
}

bool network_receive_guest(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side r = receiver(in, p);
    if (!r.vm || !arrives(j, p) || steps_interrupt(j, r.vm, guest_vp(j, r.nic), &p->complete))
        return true;
    j->burst.suspends = r.trips->submit > 0;
    return false;
}

bool network_receive_exits(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct side r = receiver(in, p);
    return !arrives(j, p) || exits_of(j, &r);
}

/* The next chunk of the message, or the end of it. */
bool network_next_chunk(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    if (++j->chunk < p->chunks + (relayed(p) ? AHEAD : 0))
        j->stage = 0;
    return true;
}
