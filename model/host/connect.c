/* connect.c - connections of a job. */
#include "model/host/connect.h"
#include "model/host/guest.h"
#include "model/host/network.h"
#include "model/host/root.h"
#include "model/host/steps.h"

/* Packets of a tear-down on a link: no job waits for them. */
struct lone_packet {
    struct customer customer; /* first */
    struct lone_packet *next;
};

/* ---- work that nobody waits for ---- */

static void packet_done(struct sim *sim, struct customer *c)
{
    struct run *run = run_of(sim);
    struct lone_packet *packet = (struct lone_packet *)(void *)c;
    packet->next = run->free_packet;
    run->free_packet = packet;
}

/* `packets` of them behind each other; the lane's time is that of one. */
static void packets_submit(struct run *run, struct station *link, const struct lane *l, double packets)
{
    struct lone_packet *packet = run->free_packet;
    if (packet)
        run->free_packet = packet->next;
    else
        packet = ARENA_NEW(run->arena, struct lone_packet);
    packet->customer = (struct customer){.demand_ns = packets * l->ns, .size = packets, .done = packet_done};
    station_submit(link, &packet->customer);
}

static void work_done(struct run *run, struct burst *b)
{
    (void)run;
    struct host *h = b->vp->host;
    b->next = h->free_burst;
    h->free_burst = b;
}

static struct burst *burst_new(struct host *h, double ns)
{
    struct burst *b = h->free_burst;
    if (b)
        h->free_burst = b->next;
    else
        b = ARENA_NEW(h->run->arena, struct burst);
    *b = (struct burst){.left = ns, .total = ns, .guest_share = 1.0, .done = work_done};
    return b;
}

/* ---- tear-down ---- */

static void end_close(struct job *j, struct vm *vm, const struct vnic *n, const struct closing *c,
                      bool spread)
{
    const double guest = c->guest.guest_ns + c->guest.hypervisor_ns;
    if (guest > 0.0) {
        struct burst *b = burst_new(vm->host, guest);
        b->guest_share = c->guest.guest_ns / guest;
        b->account = c->guest.account;
        guest_interrupt(vm, n->guest_width == 1 ? 0 : -1, b);
    }
    if (c->root_ns > 0.0)
        root_submit(vm->host, network_root_vp(j, vm, n, spread, false), NULL,
                    burst_new(vm->host, c->root_ns / vm->host->root_relief));
}

static void packets_exchange(struct run *run, struct vnic *n, const struct lane *out, const struct lane *in,
                             double sent, double received)
{
    n->sent_packets += sent;
    n->received_packets += received;
    if (!out || !in)
        return;
    n->outside_packets += received;
    out->nic->sent_packets += sent;
    in->nic->received_packets += received;
    if (sent > 0.0)
        packets_submit(run, out->nic->transmit, out, sent);
    if (received > 0.0)
        packets_submit(run, in->nic->receive, in, received);
}

void connect_close(struct job *j)
{
    const struct plan *p = j->open;
    struct run *run = job_run(j);
    if (!p)
        return;
    j->open = NULL;
    end_close(j, p->vm, p->nic, &p->closing, p->spread);
    packets_exchange(run, p->nic, network_lane(j, &p->out), network_lane(j, &p->answer_in), p->closing_out,
                     p->closing_in);
    if (!p->peer)
        return;
    end_close(j, p->peer, p->peer_nic, &p->peer_closing, p->peer_spread);
    packets_exchange(run, p->peer_nic, network_lane(j, &p->answer_out), network_lane(j, &p->in),
                     p->closing_in, p->closing_out);
}

/* ---- set-up ---- */

bool connect_begin(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    (void)p;
    connect_close(j);
    j->flow = 0;
    return true;
}

bool connect_answer(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    return p->peer ? network_transmit_on(j, p->peer_nic, &p->answer_out, p) : true;
}

bool connect_round_trip(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    if (p->round_trip_ns <= 0.0)
        return true;
    job_phase(j, p->round_trip_ns, 0.0);
    return steps_delay(j, p->round_trip_ns, network_lane(j, &p->out)->row);
}

bool connect_established(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    j->open = p;
    return network_receive_on(j, p->nic, &p->answer_in, p);
}
