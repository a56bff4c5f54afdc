/* spindle.c - queues and heads of a physical disk. */
#include "model/host/spindle.h"
#include "model/host/balancer.h"
#include "model/host/build.h"
#include <math.h>
#include <string.h>

/* ---- heads ---- */

/* A random operation takes one of the heads away from its stream; it is the next to give way. An array's cache follows its
 * streams whatever else is read. */
static void heads_scatter(struct spindle *s)
{
    if (s->heads == 0 || s->disk->spec->kind == PDISK_SAN)
        return;
    const int i = s->heads > 1 ? (int)rng_below(&s->disk->choice, (uint64_t)s->heads) : 0;
    memmove(&s->head[i], &s->head[i + 1], sizeof *s->head * (size_t)(s->heads - 1 - i));
    s->head[s->heads - 1] = s;
}

/* true: a head is still where the stream left it, or has not been anywhere. */
static bool heads_follow(struct spindle *s, const void *stream)
{
    int i = 0;
    while (i < s->heads - 1 && s->head[i] != stream && s->head[i])
        i++;
    if (s->heads == 0)
        return true;
    const bool there = s->head[i] == stream || !s->head[i];
    memmove(&s->head[1], &s->head[0], sizeof *s->head * (size_t)i);
    s->head[0] = stream;
    return there;
}

/* ---- demands at the start of service ---- */

/* Share of the positioning that the choice among those who wait saves. */
static double saved_share(const struct spindle *s)
{
    const double r = s->disk->spec->reordering;
    if (r <= 0.0)
        return 0.0;
    const double queue = 1.0 + (double)station_waiting(s->station) / station_servers(s->station);
    return r * (1.0 - 1.0 / sqrt(queue));
}

static double sorted_share(const struct pdisk *d)
{
    return 1.0 - (1.0 - d->destage) * fmin(1.0, d->cache_used_bytes / d->spec->cache_bytes);
}

static double demand_now(void *owner, struct customer *c)
{
    struct spindle *s = owner;
    const struct disk_op *op = (const struct disk_op *)(const void *)c;
    double ns = c->demand_ns, position = op->position_ns;
    if (!op->stream) {
        heads_scatter(s);
    } else if (!heads_follow(s, op->stream)) {
        ns += op->break_ns;
        position += op->break_ns;
    }
    ns -= saved_share(s) * position;
    return !op->stream && op->cached_bytes > 0.0 ? ns * sorted_share(s->disk) : ns;
}

static bool depends_on_queue(const struct pdisk *d)
{
    return d->spec->reordering > 0.0 || (d->spec->write_cache && d->destage < 1.0);
}

static void ask_all(struct pdisk *d)
{
    for (int i = 0; i < d->queues; i++)
        station_set_demand(d->spindle[i].station, demand_now, &d->spindle[i]);
}

void spindle_expect(struct pdisk *d, bool sequential)
{
    d->streams += sequential;
    d->randoms += !sequential;
    if (sequential && d->spindle[0].heads > 0)
        ask_all(d);
}

bool spindle_remembers(const struct pdisk *d)
{
    const bool san = d->spec->kind == PDISK_SAN;
    const int heads = d->spindle[0].heads;
    const bool scattered = !san && (d->randoms > 0 || d->spec->outside_iops > 0.0);
    return depends_on_queue(d) || (heads > 0 && d->streams > 0 && (scattered || d->streams > heads));
}

double spindle_outside(const struct pdisk *d)
{
    const double writes = d->spec->outside_writes;
    const struct device_cost *r = &d->others[false], *w = &d->others[true];
    const double each_ns = (1.0 - writes) * r->ns * r->ops + writes * w->ns * w->ops;
    return d->spec->outside_iops * each_ns * 1e-9 / d->relief;
}

double spindle_least_ns(const struct pdisk *d, double ns, double position_ns, bool cached)
{
    return (ns - d->spec->reordering * position_ns) * (cached ? d->destage : 1.0);
}

/* ---- queues ---- */

/* Heads of one queue; an array has one memory of streams for all of its servers. Flash has nothing to move. */
static int heads_of(const struct pdisk *d)
{
    const struct pdisk_spec *s = d->spec;
    if (s->kind == PDISK_SAN)
        return (int)d->host->run->model->overhead[mechanism_param_index("physical_disk", "san_streams")];
    return s->kind == PDISK_HDD ? s->spindles / d->queues : 0;
}

void spindle_init(struct pdisk *d)
{
    const struct pdisk_spec *s = d->spec;
    struct run *run = d->host->run;
    d->queues = s->queue == PQUEUE_PER_SPINDLE ? s->spindles : 1;
    d->spindle = ARENA_ARRAY(run->arena, struct spindle, (size_t)d->queues);
    build_seed(run, &d->choice, "spindles", d->host->spec->name, s->name);
    for (int i = 0; i < d->queues; i++) {
        struct spindle *q = &d->spindle[i];
        const bool shared = i > 0 && s->kind == PDISK_SAN;
        *q = (struct spindle){.disk = d, .heads = heads_of(d)};
        q->station = station_new(&run->sim, s->spindles / d->queues, STATION_PRIORITY);
        q->head = shared ? d->spindle[0].head : ARENA_ARRAY(run->arena, const void *, (size_t)q->heads + 1);
    }
    d->station = d->spindle[0].station;
    if (depends_on_queue(d))
        ask_all(d);
}

int spindle_first(struct pdisk *d)
{
    return d->queues > 1 ? (int)rng_below(&d->choice, (uint64_t)d->queues) : 0;
}

/* Of the two mirrors: both for a write; for a read the one with the shorter queue. */
static int mirror_of(struct pdisk *d, bool write, int first, int i)
{
    const int pairs = d->queues / 2;
    const int a = 2 * ((first + (write ? i / 2 : i)) % pairs);
    if (write)
        return a + i % 2;
    const int difference =
        station_present(d->spindle[a].station) - station_present(d->spindle[a + 1].station);
    if (difference == 0)
        return a + (int)rng_below(&d->choice, 2);
    return difference < 0 ? a : a + 1;
}

/* Reading and writing of a modified block and of its parity fall on the same spindles; whole stripes on all. */
static int parity_spread(const struct pdisk *d, bool write, int ops)
{
    const int parities = d->spec->raid == 6 ? 2 : 1;
    const bool modifies = write && (d->spec->raid == 5 || d->spec->raid == 6) &&
                          (ops == 2 * (1 + parities) || ops < d->queues) && ops % 2 == 0;
    return modifies ? ops / 2 : d->queues;
}

struct station *spindle_of(struct pdisk *d, bool write, int first, int i, int ops)
{
    if (d->queues == 1)
        return d->station;
    const bool mirrored = d->spec->raid == 1 || d->spec->raid == 10;
    const int at =
        mirrored ? mirror_of(d, write, first, i) : (first + i % parity_spread(d, write, ops)) % d->queues;
    return d->spindle[at].station;
}

struct station_counters spindle_read(const struct pdisk *d)
{
    struct station_counters sum = station_read(d->station);
    const double held = balancer_held_area(d);
    sum.present_area += held;
    sum.waiting_area += held;
    for (int i = 1; i < d->queues; i++) {
        const struct station_counters c = station_read(d->spindle[i].station);
        sum.busy_area += c.busy_area;
        sum.present_area += c.present_area;
        sum.waiting_area += c.waiting_area;
        sum.sojourn_ns += c.sojourn_ns;
        sum.wait_ns += c.wait_ns;
        sum.arrivals += c.arrivals;
        sum.completions += c.completions;
    }
    return sum;
}

int spindle_present(const struct pdisk *d)
{
    int n = 0;
    for (int i = 0; i < d->queues; i++)
        n += station_present(d->spindle[i].station);
    return n;
}
