/* view_method.c - see view_method.h. */
#include "reports/view_method.h"
#include "reports/quantity.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static void number_cell(const struct view_context *c, struct table *t, double v, const char *unit)
{
    table_number(t, !isfinite(v) ? "" : quantity_value(c->arena, v, unit, c->unicode), v);
}

/* A report card has no units, but its rows are named after metrics, whose names tell them (product: metric names). */
static const struct {
    const char *ending, *unit;
} endings[] = {
    {".utilization", "1"},
    {".guest", "1"},
    {".hypervisor", "1"},
    {".task_manager", "1"},
    {".ready", "1"},
    {".pressure", "1"},
    {".guest_processor_time", "1"},
    {"_per_s", "/s"},
    {".iops", "/s"},
    {"_s", "s"},
    {"_ns", "ns"},
    {".cpu", "LPs"},
    {"_bytes", "bytes"},
    {"_packets", "packets"},
};

/* "" for the path of a counter: its own name says what its values mean. */
static const char *unit_by_name(const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0] && !strchr(name, '\\'); i++) {
        size_t tail = strlen(endings[i].ending);
        if (n > tail && strcmp(name + n - tail, endings[i].ending) == 0)
            return endings[i].unit;
    }
    return "";
}

static void card_row(const struct view_context *c, struct table *t, const struct card_row *row)
{
    const char *unit = unit_by_name(row->counter);
    table_text(t, row->counter);
    number_cell(c, t, row->measured, unit);
    number_cell(c, t, row->predicted, unit);
    table_number(t, quantity_delta(c->arena, row->error, (double)NAN, row->measure, c->unicode), row->error);
    number_cell(c, t, row->weight, "");
}

void view_method_card(const struct view_context *c, struct view_section *s)
{
    const struct report_card *card = &c->result->card;
    struct table *t = view_table(c, s, "", 1);
    table_column(t, "Counter", false);
    static const char *const titles[] = {"Measured", "Predicted", "Error", "Weight"};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        table_column(t, titles[i], true);
    for (int i = 0; i < card->rows; i++)
        card_row(c, t, &card->row[i]);
    s->list_title[0] = "What limits the grade";
    s->list[0] = card->limits;
    s->list_items[0] = card->limit_count;
    s->list_title[1] = "What the log could not tell and was guessed";
    s->list[1] = card->unknown;
    s->list_items[1] = card->unknown_count;
}

void view_method_warnings(const struct view_context *c, struct view_section *s)
{
    struct table *t = view_table(c, s, "", 1);
    table_column(t, "Code", false);
    table_column(t, "Warning", false);
    table_column(t, "Where", false);
    for (int i = 0; i < c->result->warnings; i++) {
        const struct warning *w = &c->result->warning[i];
        table_text(t, w->code)->tone = TONE_WARN;
        table_text(t, w->text);
        table_text(t, w->where ? w->where : "");
    }
}

void view_method_assumed(const struct view_context *c, struct view_section *s)
{
    struct table *t = view_table(c, s, "", 1);
    table_column(t, "Parameter", false);
    table_column(t, "Value", false);
    table_column(t, "Confidence", false);
    table_bar_column(t, "Matters", 8);
    for (int i = 0; i < c->result->assumeds; i++) {
        const struct assumed_row *a = &c->result->assumed[i];
        if (!c->all && a->matters < 0.01)
            continue;
        table_text(t, a->parameter);
        table_text(t, a->value);
        table_text(t, a->confidence);
        const char *text =
            isnan(a->matters) ? "not known" : quantity_value(c->arena, a->matters, "1", c->unicode);
        table_number(t, text, a->matters)->share = a->matters;
    }
}

static void bound_cells(const struct view_context *c, struct table *t, const struct scenario_result *s,
                        const struct bound_row *b)
{
    const struct metric *m = view_metric(s, b->metric);
    const char *unit = view_unit(c->result, b->metric);
    view_scenario_cell(c, t, s);
    table_text(t, b->metric);
    number_cell(c, t, b->low, unit);
    double mean = m ? m->mean : (double)NAN, half = m ? m->half_width : (double)NAN;
    table_number(t, quantity_interval(c->arena, mean, half, unit, c->unicode), mean);
    number_cell(c, t, b->high, unit);
    number_cell(c, t, b->second_opinion, unit);
    table_text(t, b->method);
}

void view_method_bounds(const struct view_context *c, struct view_section *s)
{
    struct table *t = view_table(c, s, "", 2);
    table_column(t, "Scenario", false);
    table_column(t, "Metric", false);
    static const char *const titles[] = {"At least", "Simulated", "At most", "Theory"};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        table_column(t, titles[i], true);
    table_column(t, "Method", false);
    for (int i = 0; i < c->result->scenarios; i++) {
        const struct scenario_result *scenario = &c->result->scenario[i];
        for (int k = 0; k < scenario->bounds; k++)
            bound_cells(c, t, scenario, &scenario->bound[k]);
    }
}

static void metric_cells(const struct view_context *c, struct table *t, const struct metric *m)
{
    const char *unit = quantity_unit(m->name, m->unit);
    table_text(t, m->name);
    table_number(t, quantity_interval(c->arena, m->mean, m->half_width, unit, c->unicode), m->mean);
    number_cell(c, t, m->p50, unit);
    number_cell(c, t, m->p95, unit);
    number_cell(c, t, m->p99, unit);
    number_cell(c, t, m->calibration_half_width, unit);
    table_number(t, arena_printf(c->arena, "%d", m->n), m->n);
    bool reached = m->precision_reached;
    table_text(t, reached ? "yes" : "no")->tone = reached ? TONE_PLAIN : TONE_WARN;
}

void view_method_metrics(const struct view_context *c, struct view_section *s)
{
    static const char *const titles[] = {"Mean", "p50", "p95", "p99", "Calibration doubt", "Runs"};
    for (int i = 0; i < c->result->scenarios; i++) {
        const struct scenario_result *scenario = &c->result->scenario[i];
        struct table *t = view_table(c, s, c->result->scenarios > 1 ? scenario->name : "", 1);
        table_column(t, "Metric", false);
        for (size_t k = 0; k < sizeof titles / sizeof titles[0]; k++)
            table_column(t, titles[k], true);
        table_column(t, "Precise", false);
        for (int k = 0; k < scenario->metrics; k++)
            metric_cells(c, t, &scenario->metric[k]);
    }
}

static void fact(struct table *t, const char *name, const char *value)
{
    table_text(t, name);
    table_text(t, value);
}

static void run_table(const struct view_context *c, struct view_section *s)
{
    struct table *t = view_table(c, s, "Runs", 1);
    table_column(t, "Scenario", false);
    static const char *const titles[] = {"Replications", "Warm-up", "Measured each", "Events"};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        table_column(t, titles[i], true);
    for (int i = 0; i < c->result->scenarios; i++) {
        const struct scenario_result *run = &c->result->scenario[i];
        table_text(t, run->name);
        table_number(t, arena_printf(c->arena, "%d", run->replications), run->replications);
        number_cell(c, t, run->warmup_s, "s");
        number_cell(c, t, run->simulated_s, "s");
        table_number(t, arena_printf(c->arena, "%" PRIu64, run->events), (double)run->events);
    }
}

void view_method_provenance(const struct view_context *c, struct view_section *s)
{
    const struct result *r = c->result;
    struct table *t = view_table(c, s, "", 1);
    table_column(t, "What", false);
    table_column(t, "Value", false);
    fact(t, "Command", view_command_line(c));
    fact(t, "Seed", arena_printf(c->arena, "%" PRIu64, r->provenance.seed));
    fact(t, "hvplan", arena_printf(c->arena, "%s (%s)", r->version, r->commit));
    if (r->provenance.incomplete)
        fact(t, "Incomplete", "yes, interrupted");
    for (int i = 0; i < r->provenance.inputs; i++) {
        const struct input_row *in = &r->provenance.input[i];
        fact(t, "Input", arena_printf(c->arena, "%s (SHA-256 %s)", in->path, in->sha256));
    }
    run_table(c, s);
}
