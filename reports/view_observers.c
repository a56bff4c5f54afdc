/* view_observers.c - see view_observers.h. */
#include "reports/view_observers.h"
#include "reports/quantity.h"

#include <math.h>
#include <string.h>

/* Two views that are no further apart than this mislead nobody. */
static const double apart_from = 0.02;

/* What the hypervisor counts and what the observer's own Task Manager shows, by metric. */
static const struct observer {
    const char *kind, *own, *truth;
    const char *ready, *wait; /* NULL: not of this observer */
} observers[] = {
    {"host.", ".task_manager", ".lp.utilization", NULL, NULL},
    {"vm.", ".guest_processor_time", ".vcpu.utilization", ".ready", ".wait_per_dispatch_ns"},
};

/* "web01" of vm.web01.guest_processor_time; NULL if the metric is another one. */
static const char *name_of(const struct view_context *c, const struct observer *o, const char *metric)
{
    const size_t kind = strlen(o->kind), own = strlen(o->own), n = strlen(metric);
    if (n <= kind + own || strncmp(metric, o->kind, kind) != 0 || strcmp(metric + n - own, o->own) != 0)
        return NULL;
    return arena_printf(c->arena, "%.*s", (int)(n - kind - own), metric + kind);
}

static double value_of(const struct view_context *c, const struct scenario_result *s,
                       const struct observer *o, const char *name, const char *what)
{
    const struct metric *m =
        what ? view_metric(s, arena_printf(c->arena, "%s%s%s", o->kind, name, what)) : NULL;
    return m ? m->mean : (double)NAN;
}

static struct cell *value_cell(const struct view_context *c, struct table *t, double v, const char *unit)
{
    return table_number(t, isfinite(v) ? quantity_value(c->arena, v, unit, c->unicode) : "", v);
}

static void share_cell(const struct view_context *c, struct table *t, double v)
{
    value_cell(c, t, v, "1")->share = v;
}

static void observer_row(const struct view_context *c, struct table *t, const struct scenario_result *s,
                         const struct observer *o, const char *name)
{
    const double own = value_of(c, s, o, name, o->own), truth = value_of(c, s, o, name, o->truth);
    if (!c->all && !(fabs(own - truth) >= apart_from))
        return;
    table_text(t, name);
    view_scenario_cell(c, t, s);
    share_cell(c, t, truth);
    share_cell(c, t, own);
    value_cell(c, t, value_of(c, s, o, name, o->ready), "1");
    value_cell(c, t, value_of(c, s, o, name, o->wait), "ns");
}

/* Names come from the baseline; what a what-if adds has nothing to compare with. */
void view_observers_processors(const struct view_context *c, struct view_section *s)
{
    struct table *t = view_table(c, s, "", 2);
    table_column(t, "Host or VM", false);
    table_column(t, "Scenario", false);
    table_bar_column(t, "Hypervisor counts", 6);
    table_bar_column(t, "Its Task Manager shows", 6);
    table_column(t, "Ready", true);
    table_column(t, "Wait per dispatch", true);
    const int scenarios = view_matrix_scenarios(c->result);
    for (size_t k = 0; scenarios > 0 && k < sizeof observers / sizeof observers[0]; k++) {
        const struct scenario_result *base = &c->result->scenario[0];
        for (int m = 0; m < base->metrics; m++) {
            const char *name = name_of(c, &observers[k], base->metric[m].name);
            for (int i = 0; name && i < scenarios; i++)
                observer_row(c, t, &c->result->scenario[i], &observers[k], name);
        }
    }
}
