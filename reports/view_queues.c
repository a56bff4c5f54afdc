/* view_queues.c - see view_queues.h. */
#include "reports/view_queues.h"
#include "reports/quantity.h"

#include <math.h>
#include <string.h>

enum { BLOCKS = 16, LEVELS = 8 };

static double highest(const struct series_result *s)
{
    double most = 0.0;
    for (int i = 0; i < s->points; i++)
        most = fmax(most, s->point[i].mean);
    return most;
}

static double mean_of(const struct series_result *s, int from, int to)
{
    double sum = 0.0;
    for (int i = from; i < to; i++)
        sum += s->point[i].mean;
    return sum / (to - from);
}

/* One block for each equal part, the highest is that of `most`; a queue that is empty has the lowest. */
static const char *course(const struct view_context *c, const struct series_result *s, double most)
{
    static const char *const block[] = {"\xE2\x96\x81", "\xE2\x96\x82", "\xE2\x96\x83", "\xE2\x96\x84",
                                        "\xE2\x96\x85", "\xE2\x96\x86", "\xE2\x96\x87", "\xE2\x96\x88"};
    static const char *const plain[] = {"_", ".", ":", "-", "=", "+", "*", "#"};
    const int n = s->points < BLOCKS ? s->points : BLOCKS;
    const char *text = "";
    for (int i = 0; i < n; i++) {
        const double v = mean_of(s, i * s->points / n, (i + 1) * s->points / n);
        const int level = most > 0.0 ? (int)fmin(LEVELS - 1, floor(v / most * LEVELS)) : 0;
        text = arena_printf(c->arena, "%s%s", text, (c->unicode ? block : plain)[level]);
    }
    return text;
}

static const struct series_result *series_of(const struct scenario_result *s, const char *metric)
{
    for (int i = 0; i < s->series_count; i++) {
        if (strcmp(s->series[i].metric, metric) == 0 && s->series[i].points > 0)
            return &s->series[i];
    }
    return NULL;
}

/* "nic.HV.lan, packets": the metric without its last part. */
static const char *queue_name(const struct view_context *c, const char *metric)
{
    const char *last = strrchr(metric, '.');
    const bool packets = last && strcmp(last, ".output_queue_packets") == 0;
    return arena_printf(c->arena, "%.*s (%s)", last ? (int)(last - metric) : (int)strlen(metric), metric,
                        packets ? "packets" : "operations");
}

static void number(const struct view_context *c, struct table *t, double v)
{
    table_number(t, quantity_value(c->arena, v, "", c->unicode), v);
}

/* All scenarios of a queue share one scale, so that their lines compare. */
static void queue_rows(const struct view_context *c, struct table *t, const char *metric)
{
    const int scenarios = view_matrix_scenarios(c->result);
    double most = 0.0;
    for (int i = 0; i < scenarios; i++) {
        const struct series_result *s = series_of(&c->result->scenario[i], metric);
        most = fmax(most, s ? highest(s) : 0.0);
    }
    for (int i = 0; i < scenarios; i++) {
        const struct series_result *s = series_of(&c->result->scenario[i], metric);
        if (!s)
            continue;
        table_text(t, queue_name(c, metric));
        view_scenario_cell(c, t, &c->result->scenario[i]);
        number(c, t, mean_of(s, 0, s->points));
        number(c, t, highest(s));
        number(c, t, s->point[s->points - 1].mean);
        table_text(t, course(c, s, most));
    }
}

static bool seen_before(const struct result *r, int scenario, const char *metric)
{
    for (int i = 0; i < scenario; i++) {
        if (series_of(&r->scenario[i], metric))
            return true;
    }
    return false;
}

void view_queues(const struct view_context *c, struct view_section *s)
{
    struct table *t = view_table(c, s, "", 2);
    table_column(t, "Queue", false);
    table_column(t, "Scenario", false);
    table_column(t, "Mean", true);
    table_column(t, "Highest", true);
    table_column(t, "At the end", true);
    table_column(t, "Course", false);
    for (int i = 0; i < view_matrix_scenarios(c->result); i++) {
        const struct scenario_result *of = &c->result->scenario[i];
        for (int k = 0; k < of->series_count; k++) {
            if (!seen_before(c->result, i, of->series[k].metric) && of->series[k].points > 0)
                queue_rows(c, t, of->series[k].metric);
        }
    }
}
