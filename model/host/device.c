/* device.c - physical disks, arrays and LUNs: operations, write cache, load of others. */
#include "model/host/device.h"
#include "model/host/balancer.h"
#include "model/host/build.h"
#include "model/host/place.h"
#include "model/host/spindle.h"
#include "model/host/steps.h"
#include <math.h>

#define PRIORITY_FOREGROUND 4u
#define PRIORITY_WRITE_BACK 8u
#define METADATA_BYTES 4096.0
#define REFERENCE_BYTES 8192.0

int device_count(double expected, struct rng *r)
{
    const double whole = floor(expected);
    return (int)whole + (rng_uniform(r) < expected - whole ? 1 : 0);
}

/* ---- operations ---- */

static struct disk_op *op_new(struct pdisk *d, struct job *j)
{
    struct disk_op *op = d->free_op;
    if (op)
        d->free_op = op->next;
    else
        op = ARENA_NEW(d->host->run->arena, struct disk_op);
    *op = (struct disk_op){.disk = d, .job = j, .counts_as = -1};
    return op;
}

void device_account(struct device_counters *k, bool write, double bytes, double ns)
{
    *(write ? &k->writes : &k->reads) += 1.0;
    *(write ? &k->write_bytes : &k->read_bytes) += bytes;
    *(write ? &k->write_ns : &k->read_ns) += ns;
}

void device_view(struct pdisk *d, int change)
{
    const sim_ns now = d->host->run->sim.now;
    const double since = (double)(now - d->view_since);
    d->view_area += d->view * since;
    d->idle_ns += d->view == 0 ? since : 0.0;
    d->view += change;
    d->view_since = now;
}

static void cache_admit(struct pdisk *d);

/* What the operation took at the spindle is the job's service; operations that run side by side count as the longest. */
static void op_book(const struct disk_op *op)
{
    struct job *j = op->job;
    double *ns = op->counts_as >= 0 ? &j->overhead_ns : &j->service_ns;
    *ns = fmax(*ns, op->customer.demand_ns);
}

static void op_done(struct sim *sim, struct customer *c)
{
    struct disk_op *op = (struct disk_op *)(void *)c;
    struct pdisk *d = op->disk;
    struct job *j = op->job;
    if (op->counts_as >= 0) {
        device_view(d, -1);
        device_account(&d->done, op->counts_as == STEP_WRITE, METADATA_BYTES,
                       (double)(sim->now - c->arrived));
    }
    if (j)
        op_book(op);
    balancer_finish(op);
    op->next = d->free_op;
    d->free_op = op;
    if (op->cached_bytes > 0.0) {
        d->cache_used_bytes -= op->cached_bytes;
        cache_admit(d);
    }
    if (!j || --j->outstanding > 0)
        return;
    job_charge(j, j->row, 0, 0.0);
    job_resume(j);
}

/* What one operation, of one or several parts, asks of the disk. */
struct request {
    struct pdisk *disk;
    struct job *job; /* NULL: nobody waits */
    struct device_cost cost;
    const void *stream;
    bool write;
    unsigned priority;
    double cached_bytes; /* in all */
    int counts_as, ops, first;
    int flow; /* of the I/O balancer */
};

/* Part i, whose random part takes `factor` of the mean. */
static void request_submit(const struct request *r, int i, double factor)
{
    struct pdisk *d = r->disk;
    struct disk_op *op = op_new(d, r->job);
    op->stream = r->stream;
    op->flow = r->flow;
    op->cached_bytes = r->cached_bytes / r->ops;
    op->counts_as = r->counts_as;
    op->position_ns = r->cost.position_ns * factor / d->relief;
    op->break_ns = r->cost.break_ns * factor / d->relief;
    const double ns = r->cost.fixed_ns + (r->cost.ns - r->cost.fixed_ns) * factor;
    op->customer = (struct customer){.demand_ns = ns / d->relief, .priority = r->priority, .done = op_done};
    /* done is never called from inside submit: service takes at least one event */
    balancer_submit(op, spindle_of(d, r->write, r->first, i, r->ops));
}

/* Parts beyond the first draw their times from `r`. */
static void request_send(struct request *q, double factor, const struct dist *time, struct rng *r)
{
    q->first = spindle_first(q->disk);
    for (int i = 0; i < q->ops; i++)
        request_submit(q, i, i == 0 ? factor : dist_draw(time, r));
}

/* Whole operations, whose mean is `expected`. */
static int whole_ops(double expected, struct rng *r)
{
    return expected == floor(expected) ? (int)expected : device_count(expected, r);
}

/* `n` visits of one kind, each of as many operations as the disk makes of it. */
static void visit(struct job *j, const struct plan *p, bool write, int n)
{
    struct pdisk *d = p->device;
    const struct dist *time = write ? &d->write : &d->read;
    struct request q = {.disk = d,
                        .job = j,
                        .cost = d->visit[write],
                        .write = write,
                        .priority = PRIORITY_FOREGROUND,
                        .counts_as = write ? STEP_WRITE : STEP_READ,
                        .ops = (int)d->visit[write].ops,
                        .flow = p->disk->flow};
    for (int i = 0; i < n; i++) {
        request_send(&q, dist_draw(time, &p->disk->visits), time, &p->disk->visits);
        device_view(d, q.ops);
    }
}

static struct request request_of(const struct plan *p, struct job *j, bool write, int ops)
{
    return (struct request){.disk = p->device,
                            .job = j,
                            .cost = {p->device_ns, p->fixed_ns, p->position_ns, p->break_ns, p->device_ops},
                            .stream = p->sequential ? p : NULL,
                            .write = write,
                            .priority = PRIORITY_FOREGROUND,
                            .counts_as = -1,
                            .ops = ops,
                            .flow = j ? p->disk->flow : -1};
}

/* ---- write cache ---- */

static bool cache_has_room(const struct pdisk *d, double bytes)
{
    return d->cache_used_bytes + bytes <= d->spec->cache_bytes;
}

/* Until high water the spindles work off the cache when nothing else is to do; from there on at once, or a busy disk would
 * never empty it. */
static unsigned cache_take(struct pdisk *d, double bytes)
{
    d->cache_used_bytes += bytes;
    return d->cache_used_bytes > d->high_water_bytes ? PRIORITY_FOREGROUND : PRIORITY_WRITE_BACK;
}

/* Of `n` metadata writes those that the cache takes: nobody waits for the spindles. */
static int visits_cached(const struct plan *p, int n)
{
    struct pdisk *d = p->device;
    struct rng *r = &p->disk->visits;
    int taken = 0;
    for (; taken < n && d->spec->write_cache && !d->wait && cache_has_room(d, METADATA_BYTES); taken++) {
        struct request q = {.disk = d,
                            .cost = d->visit[true],
                            .write = true,
                            .priority = cache_take(d, METADATA_BYTES),
                            .cached_bytes = METADATA_BYTES,
                            .counts_as = -1,
                            .ops = whole_ops(d->visit[true].ops, r),
                            .flow = -1};
        request_send(&q, dist_draw(&d->write, r), &d->write, r);
        device_account(&d->done, true, METADATA_BYTES, d->cache_latency_ns);
        d->view_area += d->cache_latency_ns;
    }
    return taken;
}

/* Metadata reads and writes that the virtual disk's format adds, before the operation itself. */
bool device_visits(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    struct rng *r = &p->disk->visits;
    if (p->extra_reads <= 0.0 && p->extra_writes <= 0.0)
        return true;
    const int reads = device_count(p->extra_reads, r);
    int writes = device_count(p->extra_writes, r);
    const int cached = visits_cached(p, writes);
    writes -= cached;
    const struct device_cost *cost = p->device->visit;
    j->outstanding = reads * (int)cost[false].ops + writes * (int)cost[true].ops;
    if (j->outstanding == 0) {
        const double ns = cached > 0 ? p->device->cache_latency_ns : 0.0;
        job_phase(j, 0.0, ns);
        return steps_delay(j, ns, p->row_device);
    }
    j->row = p->row_device;
    job_phase(j, 0.0, 0.0);
    visit(j, p, false, reads);
    visit(j, p, true, writes);
    return false;
}

/* A write that the cache takes: the host waits for the cache only, the spindles work off the data behind. */
static bool write_cached(struct job *j, const struct plan *p, double factor)
{
    struct pdisk *d = p->device;
    struct request q = request_of(p, NULL, true, whole_ops(p->device_ops, &p->disk->visits));
    q.priority = cache_take(d, p->bytes);
    q.cached_bytes = p->bytes;
    request_send(&q, factor, &p->factor, &p->disk->visits);
    job_phase(j, d->cache_latency_ns, 0.0);
    return steps_delay(j, d->cache_latency_ns, p->row_device);
}

/* The cache is full: the write waits until the spindles have made room. */
static bool write_waits(struct job *j, const struct plan *p, double factor)
{
    struct pdisk *d = p->device;
    struct disk_op *op = op_new(d, j);
    op->plan = p;
    op->customer.demand_ns = factor;
    op->next = NULL;
    *(d->wait ? &d->wait_end->next : &d->wait) = op;
    d->wait_end = op;
    job_phase(j, 0.0, 0.0);
    return false;
}

static void cache_admit(struct pdisk *d)
{
    while (d->wait && cache_has_room(d, d->wait->plan->bytes)) {
        struct disk_op *op = d->wait;
        struct job *j = op->job;
        d->wait = op->next;
        op->next = d->free_op;
        d->free_op = op;
        job_charge(j, op->plan->row_device, 0, 0.0);
        if (write_cached(j, op->plan, op->customer.demand_ns))
            job_resume(j);
    }
}

bool device_operate(struct job *j, const struct instruction *in, const struct plan *p)
{
    struct pdisk *d = p->device;
    const bool write = in->step->kind == STEP_WRITE;
    const double factor = dist_draw(&p->factor, &j->rng);
    j->device_since = job_run(j)->sim.now;
    device_view(d, 1);
    if (write && d->spec->write_cache && p->bytes <= d->spec->cache_bytes)
        return !d->wait && cache_has_room(d, p->bytes) ? write_cached(j, p, factor)
                                                       : write_waits(j, p, factor);
    struct request q = request_of(p, j, write, whole_ops(p->device_ops, &p->disk->visits));
    j->outstanding = q.ops;
    j->row = p->row_device;
    job_phase(j, 0.0, 0.0);
    request_send(&q, factor, &p->factor, &p->disk->visits);
    return false;
}

/* ---- load of others on a shared LUN ---- */

static void outside_arrival(struct sim *sim, void *owner)
{
    struct pdisk *d = owner;
    const struct pdisk_spec *s = d->spec;
    struct rng *r = &d->outside;
    const bool write = s->outside_writes > 0.0 && rng_uniform(r) < s->outside_writes;
    const struct dist *time = write ? &d->write : &d->read;
    struct request q = {.disk = d,
                        .cost = d->others[write],
                        .write = write,
                        .priority = PRIORITY_FOREGROUND,
                        .counts_as = -1,
                        .ops = whole_ops(d->others[write].ops, r),
                        .flow = -1};
    if (write && s->write_cache && cache_has_room(d, s->outside_bytes)) {
        q.priority = cache_take(d, s->outside_bytes);
        q.cached_bytes = s->outside_bytes;
    }
    request_send(&q, dist_draw(time, r), time, r);
    const double gap = 1e9 / s->outside_iops * rng_exponential(r);
    sim_schedule(sim, d->outside_timer, sim->now + sim_round(gap), SIM_PRIORITY);
}

static void outside_init(struct pdisk *d)
{
    struct sim *sim = &d->host->run->sim;
    build_seed(d->host->run, &d->outside, "outside", d->host->spec->name, d->spec->name);
    if (d->spec->outside_iops <= 0.0)
        return;
    d->outside_timer = sim_source_new(sim, outside_arrival, d);
    sim_schedule(sim, d->outside_timer, sim_round(1e9 / d->spec->outside_iops * rng_exponential(&d->outside)),
                 SIM_PRIORITY);
}

/* ---- making ---- */

/* The shape of a device time, scaled to mean 1: the mechanisms say the mean. */
static struct dist factor_of(const struct time_spec *t)
{
    struct time_spec one = *t;
    struct dist d;
    const double mean = t->mean_ns > 0.0 ? t->mean_ns : 1.0;
    if (t->family == DIST_QUANTILES) {
        CHECK(dist_make_quantiles(&d, t->quantile, (size_t)t->quantiles, 1.0 / mean, NULL));
        return d;
    }
    one.mean_ns = 1.0;
    one.lower_ns = t->lower_ns / mean;
    one.upper_ns = t->upper_ns / mean;
    return place_dist(&one);
}

static double parameter(const struct pdisk *d, const char *name)
{
    return d->host->run->model->overhead[mechanism_param_index("physical_disk", name)];
}

void device_init(struct pdisk *d, struct host *h, const struct pdisk_spec *s)
{
    const bool nvme = s->kind == PDISK_NVME;
    d->host = h;
    d->spec = s;
    d->read = factor_of(&s->read);
    d->write = factor_of(&s->write);
    d->read_ns = s->read.mean_ns;
    d->write_ns = s->write.mean_ns;
    d->relief = s->relief > 0.0 ? s->relief : 1.0;
    d->cache_latency_ns = parameter(d, nvme ? "nvme_cache_latency" : "cache_latency");
    d->high_water_bytes = parameter(d, "high_water") * s->cache_bytes;
    d->destage = parameter(d, "destage");
    for (int write = 0; write < 2; write++) {
        d->visit[write] = place_disk_random(d, REFERENCE_BYTES, write);
        d->others[write] = place_disk_random(d, s->outside_bytes, write);
    }
    spindle_init(d);
    outside_init(d);
}
