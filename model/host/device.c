/* device.c - physical disks, arrays and LUNs: operations, write cache, load of others. */
#include "model/host/device.h"
#include "model/host/steps.h"
#include <math.h>

#define PRIORITY_FOREGROUND 4u
#define PRIORITY_WRITE_BACK 8u
#define METADATA_BYTES 4096.0

/* One operation on a spindle. job NULL: nobody waits for it (write-back, load from outside). */
struct disk_op {
    struct customer customer; /* first */
    struct pdisk *disk;
    struct job *job;
    double cached_bytes; /* leaves the write cache when done */
    int counts_as; /* metadata visits show in the root's PhysicalDisk counters: STEP_READ, STEP_WRITE or -1 */
    struct disk_op *next;
};

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

static void op_done(struct sim *sim, struct customer *c)
{
    struct disk_op *op = (struct disk_op *)(void *)c;
    struct job *j = op->job;
    op->disk->cache_used_bytes -= op->cached_bytes;
    if (op->counts_as >= 0) {
        device_view(op->disk, -1);
        device_account(&op->disk->done, op->counts_as == STEP_WRITE, METADATA_BYTES,
                       (double)(sim->now - c->arrived));
    }
    op->next = op->disk->free_op;
    op->disk->free_op = op;
    if (!j || --j->outstanding > 0)
        return;
    job_charge(j, j->row, 0, 0.0);
    job_resume(j);
}

static struct disk_op *op_submit(struct pdisk *d, struct job *j, double ns, unsigned priority,
                                 double cached_bytes)
{
    struct disk_op *op = op_new(d, j);
    op->cached_bytes = cached_bytes;
    op->customer = (struct customer){.demand_ns = ns / d->relief, .priority = priority, .done = op_done};
    station_submit(d->station, &op->customer);
    return op; /* done is never called from inside submit: service takes at least one event */
}

/* Metadata reads and writes that the virtual disk's format adds, before the operation itself. */
bool device_visits(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    struct rng *r = &p->disk->visits;
    if (p->extra_reads <= 0.0 && p->extra_writes <= 0.0)
        return true;
    const int reads = device_count(p->extra_reads, r);
    const int writes = device_count(p->extra_writes, r) * (int)p->device_ops;
    const int n = reads + writes;
    if (n == 0)
        return true;
    double longest = 0.0;
    j->outstanding = n;
    j->row = p->row_device;
    for (int i = 0; i < n; i++) {
        const bool read = i < reads;
        const struct dist *factor = read ? &p->device->read : &p->device->write;
        const double ns = (read ? p->device->read_ns : p->device->write_ns) * dist_draw(factor, r);
        longest = fmax(longest, ns / p->device->relief);
        op_submit(p->device, j, ns, PRIORITY_FOREGROUND, 0.0)->counts_as = read ? STEP_READ : STEP_WRITE;
        device_view(p->device, 1);
    }
    job_phase(j, 0.0, longest);
    return false;
}

/* A write that the cache takes: the host waits for the cache only, the spindles work off the data behind. */
static bool write_cached(struct job *j, const struct plan *p, double ns)
{
    struct pdisk *d = p->device;
    const int ops = (int)p->device_ops;
    d->cache_used_bytes += p->bytes;
    for (int i = 0; i < ops; i++)
        op_submit(d, NULL, i == 0 ? ns : ns * dist_draw(&p->factor, &p->disk->visits), PRIORITY_WRITE_BACK,
                  p->bytes / ops);
    job_phase(j, d->cache_latency_ns, 0.0);
    return steps_delay(j, d->cache_latency_ns, p->row_device);
}

static bool cache_takes(const struct pdisk *d, double bytes)
{
    return d->spec->write_cache && d->cache_used_bytes + bytes <= d->spec->cache_bytes;
}

bool device_operate(struct job *j, const struct instruction *in, const struct plan *p)
{
    struct pdisk *d = p->device;
    const double ns = p->device_ns * dist_draw(&p->factor, &j->rng);
    j->device_since = job_run(j)->sim.now;
    device_view(d, 1);
    if (in->step->kind == STEP_WRITE && cache_takes(d, p->bytes))
        return write_cached(j, p, ns);
    const int ops = (int)p->device_ops;
    double longest = 0.0;
    j->outstanding = ops;
    j->row = p->row_device;
    for (int i = 0; i < ops; i++) {
        const double each = i == 0 ? ns : p->device_ns * dist_draw(&p->factor, &p->disk->visits);
        longest = fmax(longest, each / d->relief);
        op_submit(d, j, each, PRIORITY_FOREGROUND, 0.0);
    }
    job_phase(j, longest, 0.0);
    return false;
}

/* ---- load of others on a shared LUN ---- */

static void outside_arrival(struct sim *sim, void *owner)
{
    struct pdisk *d = owner;
    const double ns = d->read_ns * dist_draw(&d->read, &d->outside);
    op_submit(d, NULL, ns, PRIORITY_FOREGROUND, 0.0);
    const double gap = 1e9 / d->spec->outside_iops * rng_exponential(&d->outside);
    sim_schedule(sim, d->outside_timer, sim->now + sim_round(gap), SIM_PRIORITY);
}

void device_outside_init(struct pdisk *d)
{
    struct sim *sim = &d->host->run->sim;
    if (d->spec->outside_iops <= 0.0)
        return;
    d->outside_timer = sim_source_new(sim, outside_arrival, d);
    sim_schedule(sim, d->outside_timer, sim_round(1e9 / d->spec->outside_iops * rng_exponential(&d->outside)),
                 SIM_PRIORITY);
}
