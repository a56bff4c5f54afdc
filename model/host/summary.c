/* summary.c - from the replications of a case to its result. */
#include "model/host/summary.h"
#include "model/engine/tally.h"
#include "model/host/opinion.h"
#include "model/host/program.h"
#include "model/host/resources.h"
#include "model/host/series.h"
#include <math.h>
#include <string.h>

#define PILED_UP 0.003 /* of a workload's arrivals in the window still inside at its end */

/* The windows of all replications. */
struct windows {
    struct window *w;
    int n;
};

static struct windows windows_of(struct arena *scratch, const struct group *g)
{
    struct windows out = {.w = ARENA_ARRAY(scratch, struct window, (size_t)g->n), .n = g->n};
    for (int r = 0; r < g->n; r++) {
        const struct cell *c = g->cell[r];
        double *delta = ARENA_ARRAY(scratch, double, (size_t)c->layout->size);
        out.w[r].ns = group_window(g, r, SIM_NEVER, delta);
        out.w[r].run = c->run;
        out.w[r].layout = c->layout;
        out.w[r].delta = delta;
    }
    return out;
}

/* ---- metrics ---- */

struct metric_list {
    struct arena *arena;
    struct metric *metric;
    int n, capacity;
};

static void count_metric(void *context, const char *name, const char *unit, double value)
{
    struct metric_list *l = context;
    struct metric *m = ARENA_PUSH(l->arena, l->metric, l->n, l->capacity);
    *m = (struct metric){.name = name,
                         .unit = unit,
                         .mean = value,
                         .p50 = (double)NAN,
                         .p95 = (double)NAN,
                         .p99 = (double)NAN,
                         .calibration_half_width = (double)NAN};
}

struct value_row {
    double *value;
    int n;
};

static void store_value(void *context, const char *name, const char *unit, double value)
{
    (void)name;
    (void)unit;
    struct value_row *v = context;
    v->value[v->n++] = value;
}

static bool starts_with(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

static void set_interval(struct metric *m, const double *value, int stride, int n,
                         const struct study_options *o)
{
    struct tally t;
    tally_init(&t);
    for (int r = 0; r < n; r++)
        if (!isnan(value[r * stride]))
            tally_add(&t, value[r * stride]);
    m->n = n;
    m->mean = t.n ? t.mean : (double)NAN;
    m->half_width = t.n > 1 ? tally_half_width(&t, o->level) : (double)NAN;
    m->precision_reached = m->half_width <= fmax(o->precision * fabs(m->mean), 1e-12);
}

/* Values by replication, then by metric: replications x n. */
static double *metric_values(struct arena *scratch, const struct windows *w, int n)
{
    double *by_run = ARENA_ARRAY(scratch, double, (size_t)(n * w->n));
    for (int r = 0; r < w->n; r++) {
        struct value_row row = {.value = by_run + r * n};
        metrics_walk(&w->w[r], scratch, store_value, &row);
    }
    return by_run;
}

static void fill_metrics(struct arena *a, const struct windows *w, const struct study_options *o,
                         struct scenario_result *out)
{
    struct arena *scratch = arena_new();
    struct metric_list list = {.arena = a};
    metrics_walk(&w->w[0], a, count_metric, &list);
    const int n = list.n, runs = w->n;
    const double *value = metric_values(scratch, w, n);
    out->metric = list.metric;
    out->metrics = n;
    out->replications = runs;
    out->replicate_mean = ARENA_ARRAY(a, double, (size_t)(n * runs));
    for (int m = 0; m < n; m++) {
        set_interval(&out->metric[m], value + m, n, runs, o);
        for (int r = 0; r < runs; r++)
            out->replicate_mean[m * runs + r] = value[r * n + m];
    }
    arena_free(scratch);
}

static struct metric *find_metric(const struct scenario_result *s, const char *name)
{
    for (int i = 0; i < s->metrics; i++)
        if (strcmp(s->metric[i].name, name) == 0)
            return &s->metric[i];
    return NULL;
}

static struct hist merged(struct arena *a, const struct group *g, int workload)
{
    struct hist h;
    hist_init(&h, a);
    for (int r = 0; r < g->n; r++)
        hist_merge(&h, &g->cell[r]->run->workload[workload].hist);
    return h;
}

static void fill_percentiles(const struct group *g, struct scenario_result *out)
{
    struct arena *scratch = arena_new();
    for (int w = 0; w < g->of->model->workloads; w++) {
        const char *name = g->of->model->workload[w].name;
        struct metric *m = find_metric(out, arena_printf(scratch, "workload.%s.response_s", name));
        const struct hist h = merged(scratch, g, w);
        m->p50 = hist_quantile(&h, 0.50) * 1e-9;
        m->p95 = hist_quantile(&h, 0.95) * 1e-9;
        m->p99 = hist_quantile(&h, 0.99) * 1e-9;
    }
    arena_free(scratch);
}

/* ---- resources ---- */

struct resource_list {
    struct arena *arena;
    struct resource_result *row;
    int n, capacity, at;
};

static void add_resource(void *context, const struct resource_result *r)
{
    struct resource_list *l = context;
    if (l->at == l->n) {
        *ARENA_PUSH(l->arena, l->row, l->n, l->capacity) = *r;
    } else {
        l->row[l->at].utilization += r->utilization;
        l->row[l->at].queue += r->queue;
    }
    l->at++;
}

static void fill_resources(struct arena *a, const struct windows *w, struct scenario_result *out)
{
    struct resource_list l = {.arena = a};
    for (int r = 0; r < w->n; r++) {
        l.at = 0;
        resources_walk(&w->w[r], a, add_resource, &l);
    }
    for (int i = 0; i < l.n; i++) {
        l.row[i].utilization /= w->n;
        l.row[i].queue /= w->n;
    }
    out->resource = l.row;
    out->resources = l.n;
}

/* ---- workloads ---- */

static bool row_is_used(const struct breakdown_row *b)
{
    return b->wait_s > 0.0 || b->service_s > 0.0 || b->overhead_s > 0.0;
}

/* Mean over the replications of each one's own mean, so that the rows sum to the mean response exactly. */
static void fill_breakdown(struct arena *a, const struct windows *w, int index, struct workload_result *out)
{
    const struct program *p = w->w[0].run->workload[index].program;
    struct breakdown_row *rows = ARENA_ARRAY(a, struct breakdown_row, (size_t)p->rows);
    struct breakdown_run *by_run = ARENA_ARRAY(a, struct breakdown_run, (size_t)(p->rows * w->n));
    int runs = 0;
    for (int r = 0; r < w->n; r++)
        runs += w->w[r].delta[w->w[r].layout->workload[index] + WLF_FINISHED] > 0.0;
    for (int r = 0; r < w->n && runs > 0; r++) {
        const struct layout *l = w->w[r].layout;
        const double finished = w->w[r].delta[l->workload[index] + WLF_FINISHED];
        const double *v = w->w[r].delta + l->breakdown[index];
        const double scale = finished > 0.0 ? 1e-9 / finished / runs : 0.0;
        for (int i = 0; i < p->rows; i++) {
            rows[i].wait_s += scale * v[3 * i];
            rows[i].service_s += scale * v[3 * i + 1];
            rows[i].overhead_s += scale * v[3 * i + 2];
            by_run[i * w->n + r] = (struct breakdown_run){
                runs * scale * v[3 * i], runs * scale * (v[3 * i] + v[3 * i + 1] + v[3 * i + 2])};
        }
    }
    out->breakdown = rows;
    out->row_by_run = by_run;
    for (int i = 0; i < p->rows; i++) {
        rows[i].resource = arena_strdup(a, p->row[i]);
        if (!row_is_used(&rows[i]))
            continue;
        for (int r = 0; r < w->n; r++)
            by_run[out->rows * w->n + r] = by_run[i * w->n + r];
        rows[out->rows++] = rows[i];
    }
}

static double *p95_by_run(struct arena *a, const struct group *g, int workload)
{
    double *p95 = ARENA_ARRAY(a, double, (size_t)g->n);
    for (int r = 0; r < g->n; r++)
        p95[r] = hist_quantile(&g->cell[r]->run->workload[workload].hist, 0.95) * 1e-9;
    return p95;
}

/* Of a saturated case: in every replication more of its jobs came than went. */
static bool piles_up(const struct windows *w, int workload)
{
    for (int r = 0; r < w->n; r++) {
        const double *f = w->w[r].delta + w->w[r].layout->workload[workload];
        if (f[WLF_STARTED] - f[WLF_FINISHED] - f[WLF_REFUSED] < PILED_UP * f[WLF_STARTED])
            return false;
    }
    return true;
}

/* A write cache hides who fills it: then all of them may be meant. */
static void find_saturated(const struct windows *w, struct scenario_result *out)
{
    int found = 0;
    for (int i = 0; i < out->workloads; i++) {
        out->workload[i].saturated = piles_up(w, i);
        found += out->workload[i].saturated;
    }
    for (int i = 0; i < out->workloads && found == 0; i++)
        out->workload[i].saturated = true;
}

static void fill_workloads(struct arena *a, const struct group *g, const struct windows *w,
                           struct scenario_result *out)
{
    const struct model *m = g->of->model;
    out->workload = ARENA_ARRAY(a, struct workload_result, (size_t)m->workloads);
    out->workloads = m->workloads;
    for (int i = 0; i < m->workloads; i++) {
        struct workload_result *r = &out->workload[i];
        r->name = m->workload[i].name;
        r->throughput_per_s =
            find_metric(out, arena_printf(a, "workload.%s.throughput_per_s", r->name))->mean;
        r->response_s = find_metric(out, arena_printf(a, "workload.%s.response_s", r->name))->mean;
        fill_breakdown(a, w, i, r);
        r->p95_by_run = p95_by_run(a, g, i);
    }
    if (g->saturated)
        find_saturated(w, out);
}

static void fill_objectives(struct arena *a, const struct group *g, struct scenario_result *out)
{
    const struct model *m = g->of->model;
    struct arena *scratch = arena_new();
    out->objective = ARENA_ARRAY(a, struct objective_row, (size_t)m->objectives);
    out->objectives = m->objectives;
    for (int i = 0; i < m->objectives; i++) {
        const struct objective_spec *o = &m->objective[i];
        const struct hist h = merged(scratch, g, o->workload);
        const double value =
            o->quantile > 0.0 ? hist_quantile(&h, o->quantile) * 1e-9 : out->workload[o->workload].response_s;
        out->objective[i] = (struct objective_row){
            .name = o->name,
            .workload = m->workload[o->workload].name,
            .measure = o->quantile > 0.0 ? arena_printf(a, "p%g", 100.0 * o->quantile) : "mean",
            .limit_s = o->limit_s,
            .value_s = value,
            .met = value <= o->limit_s && !g->saturated};
    }
    arena_free(scratch);
}

/* ---- hypervisor time by class ---- */

static void fill_accounts(struct arena *a, const struct windows *w, struct scenario_result *out)
{
    const struct model *m = w->w[0].run->model;
    out->account = ARENA_ARRAY(a, struct account_row, (size_t)(m->hosts * ACCOUNTS));
    for (int h = 0; h < m->hosts; h++) {
        if (m->host[h].hv.version == HV_NONE)
            continue;
        double sum[ACCOUNTS] = {0.0}, lps[ACCOUNTS];
        for (int r = 0; r < w->n; r++) {
            metrics_accounts(&w->w[r], &w->w[r].run->host[h], lps);
            for (int k = 0; k < ACCOUNTS; k++)
                sum[k] += lps[k] / w->n;
        }
        for (int k = 0; k < ACCOUNTS; k++)
            out->account[out->accounts++] =
                (struct account_row){.host = m->host[h].name, .account = account_names[k], .lps = sum[k]};
    }
}

static bool responses_precise(const struct scenario_result *s)
{
    for (int i = 0; i < s->metrics; i++)
        if (starts_with(s->metric[i].name, "workload.") && strstr(s->metric[i].name, ".response_s") &&
            !s->metric[i].precision_reached)
            return false;
    return true;
}

bool summary_fill(struct arena *a, const struct group *g, const struct study_options *o,
                  struct scenario_result *out)
{
    struct arena *scratch = arena_new();
    const struct windows w = windows_of(scratch, g);
    *out =
        (struct scenario_result){.name = g->of->name, .saturated = g->saturated, .events = group_events(g)};
    out->change = ARENA_ARRAY(a, struct change_row, (size_t)g->of->changes);
    out->changes = g->of->changes;
    for (int i = 0; i < g->of->changes; i++)
        out->change[i] = g->of->change[i];
    out->warmup_s = (double)g->warm * 1e-9;
    out->simulated_s = w.w[0].ns * 1e-9;
    fill_metrics(a, &w, o, out);
    fill_percentiles(g, out);
    fill_resources(a, &w, out);
    fill_workloads(a, g, &w, out);
    fill_objectives(a, g, out);
    fill_accounts(a, &w, out);
    series_fill(a, g, out);
    opinion_fill(a, g->cell[0]->run, out);
    arena_free(scratch);
    return g->saturated || group_traced(g->of->model) || responses_precise(out);
}
