/* group.c - the replications of one case and what they say together. */
#include "model/host/group.h"
#include "model/engine/tally.h"
#include "model/engine/warmup.h"
#include "model/host/resources.h"
#include <math.h>
#include <string.h>

#define PILED_UP 0.003     /* of all arrivals still inside */
#define FULL 0.999         /* utilization */
#define FEW_JOBS 30.0      /* in a replication: below, an interval on its mean says nothing */
#define ALL_REFUSED 1000.0 /* jobs, with hardly one served: there is no response to be precise about */

struct group group_new(struct arena *a, const struct study_case *c, const struct study_options *o,
                       sim_ns width)
{
    struct group g = {
        .of = c, .n = o->replications, .cell = ARENA_ARRAY(a, struct cell *, (size_t)o->replications)};
    for (int r = 0; r < g.n; r++)
        g.cell[r] = cell_new(c->model, c->name, o->seed, r, width);
    return g;
}

void group_free(struct group *g)
{
    for (int r = 0; r < g->n; r++)
        cell_free(g->cell[r]);
}

uint64_t group_events(const struct group *g)
{
    uint64_t sum = 0;
    for (int r = 0; r < g->n; r++)
        sum += g->cell[r]->run->sim.executed;
    return sum;
}

bool group_traced(const struct model *m)
{
    for (int i = 0; i < m->workloads; i++)
        if (m->workload[i].arrivals == ARRIVAL_TRACE)
            return true;
    return false;
}

static double stopped_window(const struct cell *c, double *delta)
{
    const int half = c->bins / 2 - 1;
    for (int k = 0; k < c->layout->size; k++)
        delta[k] = c->last[k] - (half >= 0 ? c->bin[half][k] : 0.0);
    return (double)(c->stopped - (half + 1) * c->width);
}

double group_window(const struct group *g, int r, sim_ns until, double *delta)
{
    const struct cell *c = g->cell[r];
    if (c->stopped)
        return stopped_window(c, delta);
    const int from = cell_bin_at(c, g->warm);
    int to = cell_bin_at(c, until);
    if (to <= from)
        to = c->bins - 1;
    cell_delta(c, from, to, delta);
    return (double)((to - from) * c->width);
}

/* ---- warm-up ---- */

/* Jobs inside during each bin, each workload relative to its own mean, summed over workloads, averaged over replications. */
static void add_series(const struct cell *c, int workload, int bins, double *x)
{
    const int field = c->layout->workload[workload] + WLF_INSIDE;
    const double whole = c->bin[bins - 1][field];
    for (int b = 0; b < bins && whole > 0.0; b++)
        x[b] += (c->bin[b][field] - (b ? c->bin[b - 1][field] : 0.0)) / whole;
}

sim_ns group_transient(struct arena *a, const struct group *g, bool *trusted)
{
    int bins = g->cell[0]->bins;
    for (int r = 1; r < g->n; r++)
        if (g->cell[r]->bins < bins)
            bins = g->cell[r]->bins;
    double *x = ARENA_ARRAY(a, double, (size_t)bins);
    for (int r = 0; r < g->n && bins > 0; r++)
        for (int w = 0; w < g->of->model->workloads; w++)
            add_series(g->cell[r], w, bins, x);
    const size_t cut = warmup_mser5(x, (size_t)bins, trusted);
    return (sim_ns)cut * g->cell[0]->width;
}

/* ---- precision ---- */

static double relative_half_width(const struct tally *t, double level)
{
    const double half_width = tally_half_width(t, level);
    return half_width <= 0.0 ? 0.0 : t->mean > 0.0 ? half_width / t->mean : (double)INFINITY;
}

static double response_precision(const struct group *g, int workload, double level, double *delta)
{
    struct tally t;
    tally_init(&t);
    for (int r = 0; r < g->n; r++) {
        group_window(g, r, SIM_NEVER, delta);
        const double *f = delta + g->cell[r]->layout->workload[workload];
        if (f[WLF_FINISHED] < FEW_JOBS)
            return f[WLF_REFUSED] > ALL_REFUSED ? 0.0 : (double)INFINITY;
        tally_add(&t, f[WLF_RESPONSE] / f[WLF_FINISHED]);
    }
    return relative_half_width(&t, level);
}

static double quantile_precision(const struct group *g, const struct objective_spec *o, double level)
{
    struct tally t;
    tally_init(&t);
    for (int r = 0; r < g->n; r++) {
        const double q = hist_quantile(&g->cell[r]->run->workload[o->workload].hist, o->quantile);
        if (isnan(q))
            return (double)INFINITY;
        tally_add(&t, q);
    }
    return relative_half_width(&t, level);
}

double group_precision(const struct group *g, const struct study_options *o)
{
    const struct model *m = g->of->model;
    struct arena *scratch = arena_new();
    double *delta = ARENA_ARRAY(scratch, double, (size_t)g->cell[0]->layout->size);
    double worst = 0.0;
    for (int w = 0; w < m->workloads; w++)
        worst = fmax(worst, response_precision(g, w, o->level, delta));
    for (int i = 0; i < m->objectives; i++)
        if (m->objective[i].quantile > 0.0)
            worst = fmax(worst, quantile_precision(g, &m->objective[i], o->level));
    arena_free(scratch);
    return worst;
}

/* ---- growth without bound ---- */

static double mean_level(const struct cell *c, int field, int from, int to)
{
    const double area = c->bin[to][field] - (from >= 0 ? c->bin[from][field] : 0.0);
    return area / ((double)(to - from) * (double)c->width);
}

/* Four quarters of the run, each fuller than the one before. `field` is an area over time. */
static bool level_grows(const struct cell *c, int field)
{
    const int q = c->bins / 4;
    if (q < 1)
        return false;
    double before = mean_level(c, field, -1, q - 1);
    for (int k = 1; k < 4; k++) {
        const double now = mean_level(c, field, k * q - 1, (k + 1) * q - 1);
        if (now <= 1.1 * before)
            return false;
        before = now;
    }
    return true;
}

/* And more jobs came than went. */
static bool cell_grows(const struct cell *c, int workload)
{
    const int block = c->layout->workload[workload];
    const double *last = c->bin[c->bins - 1] + block;
    const double left = last[WLF_STARTED] - last[WLF_FINISHED] - last[WLF_REFUSED];
    return left >= PILED_UP * last[WLF_STARTED] && level_grows(c, block + WLF_INSIDE);
}

/* A write cache fills more slowly than any run is long, and hides until then that the spindles cannot follow. */
static bool backlog_grows(const struct cell *c, int host, int disk)
{
    const struct pdisk_spec *d = &c->run->model->host[host].disk[disk];
    const int block = c->layout->disk[host] + disk * DKF_COUNT, half = c->bins / 2 - 1;
    return d->write_cache && level_grows(c, block + DKF_WAITING) &&
           mean_level(c, block + DKF_BUSY, half, c->bins - 1) >= FULL * d->spindles;
}

static bool some_backlog_grows(const struct cell *c)
{
    const struct model *m = c->run->model;
    for (int h = 0; h < m->hosts; h++)
        for (int d = 0; d < m->host[h].disks; d++)
            if (backlog_grows(c, h, d))
                return true;
    return false;
}

bool group_stopped(const struct group *g)
{
    for (int r = 0; r < g->n; r++)
        if (g->cell[r]->stopped)
            return true;
    return false;
}

static void highest(void *context, const struct resource_result *r)
{
    double *most = context;
    if (r->servers > 0 && strcmp(r->kind, "memory") != 0 && r->utilization > *most)
        *most = r->utilization;
}

/* Something was busy all the time in the second half of the run, or every VP of some VM had work all the time (a limit
 * or its neighbours keep it from the LPs). A long transient near saturation is not: it leaves idle moments. */
static bool cell_is_full(const struct cell *c)
{
    struct arena *scratch = arena_new();
    double *delta = ARENA_ARRAY(scratch, double, (size_t)c->layout->size);
    const int half = c->bins / 2;
    cell_delta(c, half - 1, c->bins - 1, delta);
    const struct window w = {.run = c->run,
                             .layout = c->layout,
                             .delta = delta,
                             .ns = (double)(c->bins - half) * (double)c->width};
    double most = 0.0;
    resources_walk(&w, scratch, highest, &most);
    for (int i = 0; i < c->run->model->vms; i++)
        most = fmax(most, delta[c->layout->vm[i] + VMF_PRESENT] / w.ns / c->run->vm[i].vps);
    arena_free(scratch);
    return most >= FULL;
}

static bool all_full(const struct group *g)
{
    for (int r = 0; r < g->n; r++)
        if (!cell_is_full(g->cell[r]))
            return false;
    return true;
}

bool group_grows(const struct group *g)
{
    const struct model *m = g->of->model;
    for (int w = 0; w < m->workloads; w++) {
        int growing = 0;
        for (int r = 0; r < g->n && m->workload[w].arrivals == ARRIVAL_OPEN; r++)
            growing += cell_grows(g->cell[r], w);
        if (growing == g->n && all_full(g))
            return true;
    }
    int filling = 0;
    for (int r = 0; r < g->n; r++)
        filling += some_backlog_grows(g->cell[r]);
    return filling == g->n;
}
