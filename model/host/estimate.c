/* estimate.c - what a job costs on each resource, without simulating. */
#include "model/host/estimate.h"
#include "model/host/paging.h"
#include "model/host/spindle.h"
#include "model/host/storage.h"
#include <math.h>

struct adder {
    struct estimate e;
    double share; /* of this plan among the members of its site */
};

static void add_service(struct adder *a, int row, double ns)
{
    a->e.service[row] += a->share * ns;
    a->e.total_ns += a->share * ns;
}

static void add_behind(struct adder *a, int row, double ns)
{
    a->e.behind[row] += a->share * ns;
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

/* Round trips of an emulated device; the first of each end is in the plan's submit and complete. */
static void add_trips(struct adder *a, const struct trips *t, int row_vcpu, int row_root, double speed)
{
    const int more = (t->submit > 1 ? t->submit - 1 : 0) + (t->complete > 1 ? t->complete - 1 : 0);
    add_overhead(a, row_vcpu, more * t->hypervisor_ns / speed);
    add_overhead(a, row_root, (t->submit + t->complete) * t->root_ns / speed);
}

static void add_root(struct adder *a, const struct plan *p)
{
    add_trips(a, &p->trips, p->row_vcpu, p->row_root, p->speed);
    add_overhead(a, p->row_root, p->root_ns / p->speed);
}

/* How much longer the longest of n times is than their mean, over their mean: H(n) - 1 if they are exponential, in proportion
 * to their coefficient of variation otherwise (exact for shifted exponential times). */
static double longest_of(double n, double scv)
{
    double sum = 0.0;
    for (int i = 2; i <= n; i++)
        sum += 1.0 / i;
    return sqrt(scv) * sum;
}

static void add_device(struct adder *a, const struct plan *p, const struct instruction *in)
{
    const struct pdisk *d = p->device;
    const bool cached =
        in->step->kind == STEP_WRITE && d->spec->write_cache && p->bytes <= d->spec->cache_bytes;
    const double each = spindle_least_ns(d, p->device_ns, p->position_ns, cached) / d->relief;
    const double parts = cached ? 1.0 : p->device_ops;
    const double writes_ns = p->extra_writes * d->write_ns / d->relief;
    const bool kept = d->spec->write_cache; /* metadata writes */
    if (cached)
        add_delay(a, d->cache_latency_ns);
    else
        add_service(a, p->row_device, each);
    add_overhead(a, p->row_device, p->extra_reads * d->read_ns / d->relief + (kept ? 0.0 : writes_ns));
    if (kept)
        add_delay(a, fmin(1.0, p->extra_writes) * d->cache_latency_ns);
    add_behind(a, p->row_device, (p->device_ops - (cached ? 0.0 : 1.0)) * each);
    a->e.longest_ns +=
        a->share * longest_of(parts, p->factor.scv) * fmax(0.0, each - p->fixed_ns / d->relief);
    add_behind(a, p->row_device, (d->visit[true].ops - (kept ? 0.0 : 1.0)) * writes_ns);
}

/* `n` operations of the instruction. */
static void add_operations(struct adder *a, const struct plan *p, const struct instruction *in, double n)
{
    if (n <= 0.0)
        return;
    a->share *= n;
    add_burst(a, p, p->row_vcpu, &p->submit);
    add_burst(a, p, p->row_vcpu, &p->complete);
    add_root(a, p);
    add_device(a, p, in);
    add_delay(a, p->latency_ns);
    a->share /= n;
}

static void add_disk(struct adder *a, const struct plan *p, const struct instruction *in)
{
    const double n = storage_expected(in->step, p);
    add_operations(a, p, in, n);
    a->e.quota_ns += a->share * n * storage_quota_ns(p);
}

/* With the memory that the VM has at the start. */
static void add_paging(struct adder *a, const struct plan *p, const struct instruction *in)
{
    const double n = paging_expected(in, p, in->demand.mean);
    if (in->op == OP_FAULT)
        add_overhead(a, p->row_vcpu, n * p->vm->fault_cpu_ns / p->speed);
    if (p->disk)
        add_operations(a, p, in, n);
}

/* A connection keeps one of them, each as often as the others. */
static void add_lanes(struct adder *a, const struct lanes *l)
{
    for (int i = 0; i < l->n; i++)
        add_service(a, l->lane[i].row, l->lane[i].ns / l->n);
}

static void add_peer_root(struct adder *a, const struct plan *p)
{
    const double speed = p->peer->host->spec->cpu.speed;
    add_trips(a, &p->peer_trips, p->row_peer_vcpu, p->row_peer_root, speed);
    add_overhead(a, p->row_peer_root, p->peer_root_ns / speed);
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
        add_peer_root(a, p);
    add_lanes(a, &p->out);
    add_lanes(a, &p->in);
    a->share /= n;
}

static void add_lanes_behind(struct adder *a, const struct lanes *l, double packets)
{
    for (int i = 0; i < l->n; i++)
        add_behind(a, l->lane[i].row, packets * l->lane[i].ns / l->n);
}

static void add_closing(struct adder *a, const struct closing *c, int row_vcpu, int row_root, double speed)
{
    add_behind(a, row_vcpu, (c->guest.guest_ns + c->guest.hypervisor_ns) / speed);
    add_behind(a, row_root, c->root_ns / speed);
}

/* Nobody waits for it. */
static void add_tear_down(struct adder *a, const struct plan *p)
{
    add_closing(a, &p->closing, p->row_vcpu, p->row_root, p->speed);
    if (p->peer)
        add_closing(a, &p->peer_closing, p->row_peer_vcpu, p->row_peer_root, p->peer->host->spec->cpu.speed);
    add_lanes_behind(a, &p->out, p->closing_out);
    add_lanes_behind(a, &p->in, p->closing_out);
    add_lanes_behind(a, &p->answer_out, p->closing_in);
    add_lanes_behind(a, &p->answer_in, p->closing_in);
}

static void add_connect(struct adder *a, const struct plan *p, const struct instruction *in)
{
    a->share *= in->count;
    add_burst(a, p, p->row_vcpu, &p->submit);
    add_root(a, p);
    add_delay(a, p->latency_ns + p->round_trip_ns + 0.5 * (p->signal_ns + p->peer_signal_ns));
    if (p->peer) {
        add_burst(a, p, p->row_peer_vcpu, &p->complete);
        add_peer_root(a, p);
    }
    add_lanes(a, &p->out);
    add_lanes(a, &p->in);
    add_lanes(a, &p->answer_out);
    add_lanes(a, &p->answer_in);
    add_tear_down(a, p);
    a->share /= in->count;
}

static void add_step(struct adder *a, const struct instruction *in, const struct plan *p)
{
    switch (in->op) {
    case OP_CPU:
    case OP_CPU_PARTS:
        add_cpu(a, p, in->demand.mean);
        break;
    case OP_DISK:
        add_disk(a, p, in);
        break;
    case OP_INITIATE:
        add_burst(a, p, p->row_vcpu, &p->submit);
        break;
    case OP_LUN:
        add_device(a, p, in);
        break;
    case OP_AGAIN:
        add_burst(a, p, p->row_vcpu, &p->complete);
        break;
    case OP_FAULT:
    case OP_PAGE_OUT:
        add_paging(a, p, in);
        break;
    case OP_SEND:
    case OP_RECEIVE:
        add_message(a, p, in);
        break;
    case OP_CONNECT:
        add_connect(a, p, in);
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

static void add_plan(struct adder *a, const struct instruction *in, const struct plan *p)
{
    const double n = in->loop ? storage_expected(in->loop, p) : 1.0;
    if (p->skipped || n <= 0.0)
        return;
    a->share *= n;
    add_step(a, in, p);
    a->share /= n;
}

struct estimate estimate_workload(struct arena *a, const struct workload *w)
{
    const struct program *p = w->program;
    struct adder add = {.e = {.service = ARENA_ARRAY(a, double, (size_t)p->rows),
                              .overhead = ARENA_ARRAY(a, double, (size_t)p->rows),
                              .behind = ARENA_ARRAY(a, double, (size_t)p->rows)}};
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
