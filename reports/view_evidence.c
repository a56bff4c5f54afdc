/* view_evidence.c - see view_evidence.h. */
#include "reports/view_evidence.h"
#include "reports/quantity.h"
#include "reports/words.h"

#include <math.h>
#include <string.h>

/* A share of the response, or a relative change, under this is noise to a reader. */
static const double matters_from = 0.02;

/* An empty cell says "does not apply" better than a column of "n/a". */
static void number_cell(const struct view_context *c, struct table *t, double v, const char *unit)
{
    table_number(t, !isfinite(v) ? "" : quantity_value(c->arena, v, unit, c->unicode), v);
}

/* The baseline has no row in the comparison: nothing is compared with itself. */
static void change_cells(const struct view_context *c, struct table *t, const struct comparison_row *row)
{
    if (!row) {
        table_text(t, "");
        table_text(t, "");
        return;
    }
    enum tone tone = view_change_tone(row->verdict, row->delta, row->base);
    const char *delta = quantity_delta(c->arena, row->delta, row->half_width, "s", c->unicode);
    table_number(t, delta, row->delta)->tone = tone;
    const char *word = words_verdict(row->verdict);
    table_text(t, word ? word : "")->tone = tone;
}

static void workload_row(const struct view_context *c, struct table *t, const struct scenario_result *s,
                         const struct workload_result *w)
{
    double none = (double)NAN;
    const struct metric *m = view_workload_metric(c, s, w->name, "response_s");
    const char *path = arena_printf(c->arena, "workload.%s.response_s", w->name);
    table_text(t, w->name);
    view_scenario_cell(c, t, s);
    number_cell(c, t, w->throughput_per_s, "/s");
    const char *mean = quantity_interval(c->arena, w->response_s, m ? m->half_width : none, "s", c->unicode);
    table_number(t, mean, w->response_s)->tone = m && !m->precision_reached ? TONE_WARN : TONE_PLAIN;
    if (c->result->scenarios > 1)
        change_cells(c, t, view_comparison(c->result, s->name, path));
    number_cell(c, t, m ? m->p50 : none, "s");
    number_cell(c, t, m ? m->p95 : none, "s");
    number_cell(c, t, m ? m->p99 : none, "s");
}

static const struct workload_result *workload_find(const struct scenario_result *s, const char *name)
{
    for (int i = 0; i < s->workloads; i++) {
        if (strcmp(s->workload[i].name, name) == 0)
            return &s->workload[i];
    }
    return NULL;
}

/* Workloads of all scenarios, each once, in order of appearance: a what-if may add one. */
static int workload_names(const struct view_context *c, const char ***names)
{
    int n = 0, capacity = 0;
    *names = NULL;
    for (int i = 0; i < c->result->scenarios; i++) {
        const struct scenario_result *s = &c->result->scenario[i];
        for (int w = 0; w < s->workloads; w++) {
            int k = 0;
            while (k < n && strcmp((*names)[k], s->workload[w].name) != 0)
                k++;
            if (k == n)
                *ARENA_PUSH(c->arena, *names, n, capacity) = s->workload[w].name;
        }
    }
    return n;
}

void view_evidence_workloads(const struct view_context *c, struct view_section *s)
{
    const char **names;
    int n = workload_names(c, &names);
    struct table *t = view_table(c, s, "", 2);
    table_column(t, "Workload", false);
    table_column(t, "Scenario", false);
    table_column(t, "Throughput", true);
    table_column(t, "Response", true);
    if (c->result->scenarios > 1) {
        table_column(t, "Change", true);
        table_column(t, "Verdict", false);
    }
    table_column(t, "p50", true);
    table_column(t, "p95", true);
    table_column(t, "p99", true);
    for (int k = 0; k < n; k++) {
        for (int i = 0; i < c->result->scenarios; i++) {
            const struct workload_result *w = workload_find(&c->result->scenario[i], names[k]);
            if (w)
                workload_row(c, t, &c->result->scenario[i], w);
        }
    }
}

/* Shares are of the response as reported, so that parts left out on a terminal show as a gap to 100 %. */
static void breakdown_row(const struct view_context *c, struct table *t, const struct scenario_result *s,
                          const struct workload_result *w, const struct breakdown_row *b)
{
    double total = b->wait_s + b->service_s + b->overhead_s;
    double share = w->response_s > 0.0 ? total / w->response_s : 0.0;
    if (!c->all && share < matters_from)
        return;
    view_scenario_cell(c, t, s);
    table_text(t, b->resource);
    number_cell(c, t, b->wait_s, "s");
    number_cell(c, t, b->service_s, "s");
    number_cell(c, t, b->overhead_s, "s");
    number_cell(c, t, total, "s");
    table_number(t, quantity_value(c->arena, share, "1", c->unicode), share)->share = share;
}

void view_evidence_breakdown(const struct view_context *c, struct view_section *s)
{
    const char **names;
    int n = workload_names(c, &names);
    for (int k = 0; k < n; k++) {
        struct table *t = view_table(c, s, arena_printf(c->arena, "Workload %s", names[k]), 2);
        table_column(t, "Scenario", false);
        table_column(t, "Resource", false);
        static const char *const titles[] = {"Wait", "Service", "Overhead", "Total"};
        for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
            table_column(t, titles[i], true);
        table_bar_column(t, "Share", 8);
        for (int i = 0; i < c->result->scenarios; i++) {
            const struct scenario_result *scenario = &c->result->scenario[i];
            const struct workload_result *w = workload_find(scenario, names[k]);
            for (int b = 0; w && b < w->rows; b++)
                breakdown_row(c, t, scenario, w, &w->breakdown[b]);
        }
    }
}

static const struct resource_result *resource_find(const struct scenario_result *s, const char *name)
{
    for (int i = 0; i < s->resources; i++) {
        if (strcmp(s->resource[i].name, name) == 0)
            return &s->resource[i];
    }
    return NULL;
}

static int resource_names(const struct view_context *c, int scenarios, const char ***names)
{
    int n = 0, capacity = 0;
    *names = NULL;
    for (int i = 0; i < scenarios; i++) {
        const struct scenario_result *s = &c->result->scenario[i];
        for (int k = 0; k < s->resources; k++) {
            int j = 0;
            while (j < n && strcmp((*names)[j], s->resource[k].name) != 0)
                j++;
            if (j == n)
                *ARENA_PUSH(c->arena, *names, n, capacity) = s->resource[k].name;
        }
    }
    return n;
}

/* Round figures, for the eye only: where a queue begins to hurt depends on servers and variability. */
static enum tone busy_tone(double utilization)
{
    return utilization >= 0.9 ? TONE_BAD : utilization >= 0.7 ? TONE_WARN : TONE_PLAIN;
}

static void busy_cell(const struct view_context *c, struct table *t, const struct resource_result *u)
{
    if (!u) {
        table_text(t, "");
        return;
    }
    const char *text = quantity_value(c->arena, u->utilization, "1", c->unicode);
    struct cell *cell = table_number(t, text, u->utilization);
    cell->share = u->utilization;
    cell->tone = busy_tone(u->utilization);
}

/* With one scenario there is room for queue and servers; side by side only the utilization is told. */
static void utilization_alone(const struct view_context *c, struct view_section *s)
{
    const struct scenario_result *only = &c->result->scenario[0];
    struct table *t = view_table(c, s, "", 1);
    table_column(t, "Resource", false);
    table_column(t, "Kind", false);
    table_bar_column(t, "Busy", 16);
    table_column(t, "Waiting", true);
    table_column(t, "Servers", true);
    for (int i = 0; i < only->resources; i++) {
        const struct resource_result *u = &only->resource[i];
        table_text(t, u->name);
        table_text(t, u->kind);
        busy_cell(c, t, u);
        number_cell(c, t, u->queue, "");
        const char *servers = u->servers ? arena_printf(c->arena, "%d", u->servers) : "unlimited";
        table_number(t, servers, u->servers);
    }
}

void view_evidence_utilization(const struct view_context *c, struct view_section *s)
{
    if (c->result->scenarios == 1)
        utilization_alone(c, s);
    if (c->result->scenarios <= 1)
        return;
    int n = view_matrix_scenarios(c->result);
    const char **names;
    int resources = resource_names(c, n, &names);
    struct table *t = view_table(c, s, "", 1);
    table_column(t, "Resource", false);
    for (int i = 0; i < n; i++)
        table_bar_column(t, c->result->scenario[i].name, 6);
    for (int k = 0; k < resources; k++) {
        table_text(t, names[k]);
        for (int i = 0; i < n; i++)
            busy_cell(c, t, resource_find(&c->result->scenario[i], names[k]));
    }
}

/* "now" is the bottleneck itself: it limits at today's load, whatever its utilization. */
static void trail_rows(const struct view_context *c, struct table *t, const struct scenario_result *s)
{
    view_scenario_cell(c, t, s);
    table_text(t, "now");
    table_text(t, s->bottleneck.resource);
    for (int i = 0; i < s->bottleneck.nexts; i++) {
        const struct next_bottleneck *n = &s->bottleneck.next[i];
        view_scenario_cell(c, t, s);
        const char *factor = quantity_factor(c->arena, n->takes_over_at, n->half_width, c->unicode);
        table_number(t, factor, n->takes_over_at);
        table_text(t, n->resource);
    }
}

void view_evidence_trail(const struct view_context *c, struct view_section *s)
{
    struct table *t = view_table(c, s, "", 2);
    table_column(t, "Scenario", false);
    table_column(t, "Load", true);
    table_column(t, "Limited by", false);
    for (int i = 0; i < c->result->scenarios; i++) {
        if (c->result->scenario[i].bottleneck.nexts > 0)
            trail_rows(c, t, &c->result->scenario[i]);
    }
}

/* On a terminal a row earns its place by a change that is both certain and large enough to see, a judged one sooner. */
static bool comparison_matters(const struct comparison_row *row)
{
    if (row->verdict == VERDICT_BETTER || row->verdict == VERDICT_WORSE)
        return view_is_notable(row->delta, row->base);
    bool certain = fabs(row->delta) > row->half_width;
    return certain && fabs(row->delta) >= matters_from * fabs(row->base);
}

static void comparison_cells(const struct view_context *c, struct table *t, const struct comparison_row *row)
{
    const char *unit = view_unit(c->result, row->metric), *word = words_verdict(row->verdict);
    table_text(t, row->metric);
    number_cell(c, t, row->base, unit);
    number_cell(c, t, row->value, unit);
    const char *delta = quantity_delta(c->arena, row->delta, row->half_width, unit, c->unicode);
    table_number(t, delta, row->delta)->tone = view_change_tone(row->verdict, row->delta, row->base);
    table_text(t, word ? word : "")->tone = view_change_tone(row->verdict, row->delta, row->base);
}

static void comparison_table(const struct view_context *c, struct view_section *s, const char *scenario)
{
    static const char *const titles[] = {"Baseline", "What-if", "Difference"};
    struct table *t = view_table(c, s, scenario, 1);
    table_column(t, "Metric", false);
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        table_column(t, titles[i], true);
    table_column(t, "Verdict", false);
    for (int i = 0; i < c->result->comparisons; i++) {
        const struct comparison_row *row = &c->result->comparison[i];
        bool wanted = strcmp(row->scenario, scenario) == 0 && !isnan(row->delta);
        if (wanted && (c->all || comparison_matters(row)))
            comparison_cells(c, t, row);
    }
}

void view_evidence_comparison(const struct view_context *c, struct view_section *s)
{
    for (int i = 1; i < c->result->scenarios; i++)
        comparison_table(c, s, c->result->scenario[i].name);
}

static double account_of(const struct scenario_result *s, const struct account_row *like)
{
    for (int i = 0; i < s->accounts; i++) {
        if (strcmp(s->account[i].host, like->host) == 0 && strcmp(s->account[i].account, like->account) == 0)
            return s->account[i].lps;
    }
    return (double)NAN;
}

/* Rows: the accounts of all scenarios, each once. */
static int account_rows(const struct view_context *c, int scenarios, struct account_row **rows)
{
    int n = 0, capacity = 0;
    *rows = NULL;
    for (int i = 0; i < scenarios; i++) {
        const struct scenario_result *s = &c->result->scenario[i];
        for (int k = 0; k < s->accounts; k++) {
            bool known = false;
            for (int earlier = 0; earlier < i && !known; earlier++)
                known = !isnan(account_of(&c->result->scenario[earlier], &s->account[k]));
            if (!known)
                *ARENA_PUSH(c->arena, *rows, n, capacity) = s->account[k];
        }
    }
    return n;
}

void view_evidence_accounts(const struct view_context *c, struct view_section *s)
{
    int n = view_matrix_scenarios(c->result);
    struct account_row *rows;
    int accounts = account_rows(c, n, &rows);
    struct table *t = view_table(c, s, "", 2);
    table_column(t, "Host", false);
    table_column(t, "Cause", false);
    for (int i = 0; i < n; i++)
        table_column(t, c->result->scenario[i].name, true);
    for (int k = 0; k < accounts; k++) {
        table_text(t, rows[k].host);
        table_text(t, rows[k].account);
        for (int i = 0; i < n; i++)
            number_cell(c, t, account_of(&c->result->scenario[i], &rows[k]), "");
    }
}
