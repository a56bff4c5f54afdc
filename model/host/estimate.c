/* estimate.c - what a job costs on each resource, without simulating. */
#include "model/host/estimate.h"
#include "model/host/program.h"

struct adder {
    struct estimate e;
    double share; /* of this plan among the members of its site */
};

static void add_service(struct adder *a, int row, double ns)
{
    a->e.service[row] += a->share * ns;
    a->e.total_ns += a->share * ns;
}

static void add_overhead(struct adder *a, int row, double ns)
{
    a->e.overhead[row] += a->share * ns;
    a->e.total_ns += a->share * ns;
}

static void add_delay(struct adder *a, double ns)
{
    a->e.delay_ns += a->share * ns;
    a->e.total_ns += a->share * ns;
}

static void add_burst(struct adder *a, const struct plan *p, int row, const struct overhead *o)
{
    add_overhead(a, row, (o->guest_ns + o->hypervisor_ns) / p->speed);
}

static void add_cpu(struct adder *a, const struct plan *p, double mean_ns)
{
    add_service(a, p->row_vcpu, mean_ns / p->speed);
    add_overhead(a, p->row_vcpu, mean_ns * (p->slowdown + p->tax - 1.0) / p->speed);
}

static void add_root(struct adder *a, const struct plan *p)
{
    add_overhead(a, p->row_root, (p->root_ns + p->exits * p->exit_root_ns) / p->speed);
}

static void add_disk(struct adder *a, const struct plan *p, const struct instruction *in)
{
    const double n = in->count * p->read_factor;
    const bool cached = in->step->kind == STEP_WRITE && p->device->spec->write_cache;
    a->share *= n;
    add_burst(a, p, p->row_vcpu, &p->submit);
    add_burst(a, p, p->row_vcpu, &p->complete);
    add_root(a, p);
    if (cached)
        add_delay(a, p->device->cache_latency_ns);
    else
        add_service(a, p->row_device, p->device_ns / p->device->relief);
    add_delay(a, p->latency_ns);
    add_overhead(a, p->row_device,
                 (p->extra_reads * p->device->read_ns + p->extra_writes * p->device->write_ns) /
                     p->device->relief);
    a->share /= n;
}

static void add_message(struct adder *a, const struct plan *p, const struct instruction *in)
{
    const bool sending = in->op == OP_SEND;
    const double n = (double)in->count * p->chunks;
    a->share *= n;
    if (sending || p->peer)
        add_burst(a, p, sending ? p->row_vcpu : p->row_peer_vcpu, &p->submit);
    if (!sending || p->peer)
        add_burst(a, p, sending ? p->row_peer_vcpu : p->row_vcpu, &p->complete);
    add_root(a, p);
    add_delay(a, p->latency_ns + 0.5 * (p->signal_ns + p->peer_signal_ns) / p->chunks);
    if (p->peer)
        add_overhead(a, p->row_peer_root,
                     (p->peer_root_ns + p->peer_exits * p->peer_exit_root_ns) /
                         p->peer->host->spec->cpu.speed);
    if (p->transmit_ns > 0.0)
        add_service(a, p->row_transmit, p->transmit_ns);
    if (p->receive_ns > 0.0)
        add_service(a, p->row_receive, p->receive_ns);
    a->share /= n;
}

static void add_plan(struct adder *a, const struct instruction *in, const struct plan *p)
{
    switch (in->op) {
    case OP_CPU:
    case OP_CPU_PARTS:
        add_cpu(a, p, in->demand.mean);
        break;
    case OP_DISK:
        add_disk(a, p, in);
        break;
    case OP_SEND:
    case OP_RECEIVE:
        add_message(a, p, in);
        break;
    case OP_CONNECT:
        a->share *= in->count;
        add_burst(a, p, p->row_vcpu, &p->submit);
        add_root(a, p);
        add_delay(a, p->latency_ns);
        a->share /= in->count;
        break;
    case OP_SPAWN:
        a->share *= in->count;
        add_service(a, p->row_vcpu, p->spawn_ns / p->speed);
        add_burst(a, p, p->row_vcpu, &p->submit);
        a->share /= in->count;
        break;
    case OP_EXTERNAL:
        add_service(a, p->row_device, in->count * in->demand.mean);
        break;
    default: /* OP_CPU_PART is in OP_CPU_PARTS; the rest costs nothing by itself */
        break;
    }
}

struct estimate estimate_workload(struct arena *a, const struct workload *w)
{
    const struct program *p = w->program;
    struct adder add = {.e = {.service = ARENA_ARRAY(a, double, (size_t)p->rows),
                              .overhead = ARENA_ARRAY(a, double, (size_t)p->rows)}};
    for (int i = 0; i < p->length; i++) {
        const struct instruction *in = &p->code[i];
        if (!in->plan)
            continue;
        const int n = p->members[in->site] * (in->peer_site >= 0 ? p->members[in->peer_site] : 1);
        add.share = 1.0 / n;
        for (int k = 0; k < n; k++)
            add_plan(&add, in, &in->plan[k]);
    }
    return add.e;
}

double estimate_rate(const struct workload *w, const struct estimate *e)
{
    const struct workload_spec *s = w->spec;
    if (s->arrivals == ARRIVAL_OPEN)
        return s->rate_per_s;
    if (s->arrivals == ARRIVAL_CLOSED)
        return s->users * 1e9 / (s->think.mean_ns + e->total_ns + 1.0);
    const struct trace *t = &s->trace;
    return t->n > 1 ? (double)t->n * 1e9 / (t->at_ns[t->n - 1] + 1.0) : 1.0;
}
