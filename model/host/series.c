/* series.c - how queues come and go over a run. */
#include "model/host/series.h"
#include <math.h>
#include <string.h>

#define SHORT_QUEUE 0.1 /* nobody waits to speak of */

/* Where in the counters the area of a queue stands. */
struct queue {
    const char *metric;
    int area, waiting; /* waiting: what decides whether it is a queue at all */
    double mean;
};

struct queues {
    struct arena *arena;
    struct queue *item;
    int n, capacity;
};

static void add(struct queues *q, const char *metric, int area, int waiting)
{
    *ARENA_PUSH(q->arena, q->item, q->n, q->capacity) = (struct queue){metric, area, waiting, 0.0};
}

static struct queues queues_of(struct arena *a, const struct run *run, const struct layout *l)
{
    struct queues q = {.arena = a};
    for (int i = 0; i < run->model->hosts; i++) {
        const struct host_spec *h = run->host[i].spec;
        for (int k = 0; k < h->nics; k++) {
            const int at = l->nic[i] + k * NCF_COUNT + NCF_OUTPUT_PACKETS;
            add(&q, arena_printf(a, "nic.%s.%s.output_queue_packets", h->name, h->nic[k].name), at, at);
        }
        for (int k = 0; k < h->disks; k++) {
            const int at = l->disk[i] + k * DKF_COUNT;
            add(&q, arena_printf(a, "disk.%s.%s.queue", h->name, h->disk[k].name), at + DKF_PRESENT,
                at + DKF_WAITING);
        }
    }
    return q;
}

/* Counters at the end of bin i; NULL = the start. */
static double at_end(const struct cell *c, int bin, int counter)
{
    return bin >= 0 ? c->bin[bin][counter] : 0.0;
}

static double mean_between(const struct cell *c, int from, int to, int counter)
{
    return (at_end(c, to, counter) - at_end(c, from, counter)) / ((double)c->width * (to - from));
}

/* Four digits are more than a picture shows. */
static double rounded(double v)
{
    if (v <= 0.0)
        return 0.0;
    const double unit = pow(10.0, floor(log10(v)) - 3.0);
    return round(v / unit) * unit;
}

static void fill_one(struct arena *a, const struct cell *c, int from, const struct queue *q,
                     struct series_result *out)
{
    const int bins = c->bins - 1 - from, step = (bins + SERIES_POINTS - 1) / SERIES_POINTS;
    out->metric = arena_strdup(a, q->metric);
    out->from_s = 1e-9 * (double)(c->width * (from + 1));
    out->step_s = 1e-9 * (double)(c->width * step);
    out->points = bins / step;
    out->point = ARENA_ARRAY(a, struct series_point, (size_t)out->points);
    for (int i = 0; i < out->points; i++)
        out->point[i].mean = rounded(mean_between(c, from + i * step, from + (i + 1) * step, q->area));
}

static struct queue *longest(struct queues *q)
{
    struct queue *best = NULL;
    for (int i = 0; i < q->n; i++)
        if (q->item[i].mean > 0.0 && (!best || q->item[i].mean > best->mean))
            best = &q->item[i];
    return best;
}

void series_fill(struct arena *a, const struct group *g, struct scenario_result *out)
{
    const struct cell *c = g->cell[0];
    const int from = g->saturated ? -1 : cell_bin_at(c, g->warm);
    struct arena *scratch = arena_new();
    struct queues q = queues_of(scratch, c->run, c->layout);
    struct queue *next;
    for (int i = 0; i < q.n && c->bins - 1 > from; i++) {
        const double waiting = mean_between(c, from, c->bins - 1, q.item[i].waiting);
        q.item[i].mean = waiting < SHORT_QUEUE ? 0.0 : mean_between(c, from, c->bins - 1, q.item[i].area);
    }
    out->series = ARENA_ARRAY(a, struct series_result, SERIES_MOST);
    while (out->series_count < SERIES_MOST && (next = longest(&q))) {
        fill_one(a, c, from, next, &out->series[out->series_count++]);
        next->mean = 0.0;
    }
    arena_free(scratch);
}
