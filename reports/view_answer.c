/* view_answer.c - see view_answer.h. */
#include "reports/view_answer.h"
#include "model/base/units.h"
#include "reports/quantity.h"

#include <math.h>
#include <string.h>

static const char *objectives_met(const struct view_context *c, const struct scenario_result *s,
                                  enum tone *tone)
{
    int met = 0;
    for (int i = 0; i < s->objectives; i++)
        met += s->objective[i].met;
    *tone = s->objectives == 0 ? TONE_PLAIN : met == s->objectives ? TONE_GOOD : TONE_BAD;
    return s->objectives ? arena_printf(c->arena, "%d of %d met", met, s->objectives) : "";
}

static void glance_row(const struct view_context *c, struct table *t, const struct scenario_result *s)
{
    const struct bottleneck_result *b = &s->bottleneck;
    const char *before = c->result->scenario[0].bottleneck.resource;
    bool moved = strcmp(before, b->resource) != 0;
    const char *arrow = c->unicode ? "\xE2\x86\x92" : "->";
    table_text(t, s->name);
    table_text(t, moved ? arena_printf(c->arena, "%s %s %s", before, arrow, b->resource) : b->resource);
    table_number(t, quantity_value(c->arena, b->utilization, "1", c->unicode), b->utilization)->share =
        b->utilization;
    table_number(t, quantity_value(c->arena, b->probability, "1", c->unicode), b->probability);
    enum tone tone;
    const char *objectives = objectives_met(c, s, &tone);
    table_text(t, objectives)->tone = tone;
    table_text(t, s->saturated ? "grows without bound" : "")->tone = TONE_BAD;
}

void view_answer_glance(const struct view_context *c, struct view_section *s)
{
    struct table *t = view_table(c, s, "", 1);
    table_column(t, "Scenario", false);
    table_column(t, "Bottleneck", false);
    table_bar_column(t, "Busy", 6);
    table_column(t, "Probability", true);
    table_column(t, "Objectives", false);
    table_column(t, "Load", false);
    for (int i = 0; i < c->result->scenarios; i++)
        glance_row(c, t, &c->result->scenario[i]);
}

void view_answer_changes(const struct view_context *c, struct view_section *s)
{
    struct table *t = view_table(c, s, "", 2);
    table_column(t, "Scenario", false);
    table_column(t, "Setting", false);
    table_column(t, "From", false);
    table_column(t, "To", false);
    for (int i = 0; i < c->result->scenarios; i++) {
        const struct scenario_result *scenario = &c->result->scenario[i];
        for (int k = 0; k < scenario->changes; k++) {
            const struct change_row *change = &scenario->change[k];
            table_text(t, scenario->name);
            table_text(t, change->path);
            table_text(t, change->from[0] ? change->from : "(absent)");
            table_text(t, change->to[0] && strcmp(change->to, "~") != 0 ? change->to : "(removed)");
        }
    }
}

static const struct objective_row *objective_find(const struct scenario_result *s, const char *name)
{
    for (int i = 0; i < s->objectives; i++) {
        if (strcmp(s->objective[i].name, name) == 0)
            return &s->objective[i];
    }
    return NULL;
}

/* A limit is printed as the user wrote it, not to three digits: "1 s". */
static const char *limit_text(const struct view_context *c, const struct objective_row *o)
{
    return units_format(c->arena, o->limit_s * 1e9, UNIT_TIME);
}

/* Met or missed is said in words as well: colour alone tells nothing on paper or to a screen reader. */
static void objective_cell(const struct view_context *c, struct table *t, const struct objective_row *o)
{
    if (!o) {
        table_text(t, "");
        return;
    }
    const char *value = quantity_value(c->arena, o->value_s, "s", c->unicode);
    const char *text = arena_printf(c->arena, "%s %s", value, o->met ? "met" : "MISSED");
    table_number(t, text, o->value_s)->tone = o->met ? TONE_GOOD : TONE_BAD;
}

void view_answer_objectives(const struct view_context *c, struct view_section *s)
{
    if (c->result->scenarios == 0)
        return;
    const struct scenario_result *base = &c->result->scenario[0];
    int n = view_matrix_scenarios(c->result);
    struct table *t = view_table(c, s, "", 1);
    table_column(t, "Objective", false);
    table_column(t, "Measure", false);
    table_column(t, "Limit", true);
    for (int i = 0; i < n; i++)
        table_column(t, c->result->scenario[i].name, true);
    for (int k = 0; k < base->objectives; k++) {
        const struct objective_row *o = &base->objective[k];
        table_text(t, o->name);
        table_text(t, arena_printf(c->arena, "%s %s", o->workload, o->measure));
        table_number(t, limit_text(c, o), o->limit_s);
        for (int i = 0; i < n; i++)
            objective_cell(c, t, objective_find(&c->result->scenario[i], o->name));
    }
}
