/* findings.c - see findings.h. */
#include "reports/findings.h"
#include "model/base/units.h"
#include "reports/quantity.h"
#include "reports/view_blame.h"
#include "reports/view_curve.h"

#include <math.h>
#include <string.h>

/* Scenarios beyond this many are told by the tables only. */
enum { FINDINGS_SCENARIOS = 24 };

void findings_say(const struct view_context *c, struct view *v, const char *about, enum tone tone,
                  const char *text)
{
    *ARENA_PUSH(c->arena, v->finding, v->findings, v->finding_capacity) = (struct finding){about, text, tone};
}

static const char *percent(const struct view_context *c, double v)
{
    return quantity_value(c->arena, v, "1", c->unicode);
}

static const char *busy_and_sure(const struct view_context *c, const struct bottleneck_result *b)
{
    const char *how = strncmp(b->resource, "memory.", 7) == 0 ? "used" : "busy";
    const char *busy =
        isnan(b->utilization) ? "" : arena_printf(c->arena, "%s %s", percent(c, b->utilization), how);
    if (isnan(b->probability))
        return busy;
    return arena_printf(c->arena, "%s%sprobability %s", busy, *busy ? ", " : "", percent(c, b->probability));
}

/* An external bottleneck is told instead of the next one: relieving it is not in the planner's hands. */
static const char *what_follows(const struct view_context *c, const struct bottleneck_result *b)
{
    if (b->outside)
        return " It is outside the hosts: no change on the hosts helps.";
    if (b->nexts == 0)
        return "";
    const struct next_bottleneck *n = &b->next[0];
    return arena_printf(c->arena, " Once it is relieved, %s takes over at %s today's load.", n->resource,
                        quantity_factor(c->arena, n->takes_over_at, n->half_width, c->unicode));
}

/* Said of every scenario, moved or not: "it stays" is an answer as well. */
static void say_bottleneck(const struct view_context *c, struct view *v, const struct scenario_result *s)
{
    const struct bottleneck_result *now = &s->bottleneck, *before = &c->result->scenario[0].bottleneck;
    const char *lead;
    if (strcmp(now->resource, "none") == 0)
        lead = "Nothing limits: no resource is used.";
    else if (s == c->result->scenario)
        lead = arena_printf(c->arena, "%s is the bottleneck (%s).", now->resource, busy_and_sure(c, now));
    else if (strcmp(now->resource, before->resource) == 0)
        lead = arena_printf(c->arena, "The bottleneck stays %s (%s).", now->resource, busy_and_sure(c, now));
    else
        lead = arena_printf(c->arena, "The bottleneck moves from %s to %s (%s).", before->resource,
                            now->resource, busy_and_sure(c, now));
    findings_say(c, v, s->name, TONE_PLAIN, arena_printf(c->arena, "%s%s", lead, what_follows(c, now)));
}

/* A change that is certain but under 1 % moves nobody, so it is told with those that are not certain. */
static bool worth_telling(const struct comparison_row *row)
{
    bool certain = row->verdict == VERDICT_BETTER || row->verdict == VERDICT_WORSE;
    return certain && view_is_notable(row->delta, row->base);
}

/* "shop responds in 97.0 ms instead of 214 ms (−117 ± 5 ms, −55 %)." */
static void say_response(const struct view_context *c, struct view *v, const char *workload,
                         const struct comparison_row *row)
{
    findings_say(c, v, row->scenario, view_verdict_tone(row->verdict),
                 arena_printf(c->arena, "%s responds in %s instead of %s (%s, %s).", workload,
                              quantity_value(c->arena, row->value, "s", c->unicode),
                              quantity_value(c->arena, row->base, "s", c->unicode),
                              quantity_delta(c->arena, row->delta, row->half_width, "s", c->unicode),
                              quantity_relative(c->arena, row->delta, row->base, c->unicode)));
}

static void say_responses(const struct view_context *c, struct view *v, const struct scenario_result *s)
{
    const char *unmoved = "";
    for (int w = 0; w < s->workloads; w++) {
        const char *name = s->workload[w].name;
        const char *metric = arena_printf(c->arena, "workload.%s.response_s", name);
        const struct comparison_row *row = view_comparison(c->result, s->name, metric);
        if (!row || row->verdict == VERDICT_NONE)
            continue;
        if (worth_telling(row))
            say_response(c, v, name, row);
        else
            unmoved = arena_printf(c->arena, "%s%s%s", unmoved, *unmoved ? ", " : "", name);
    }
    if (*unmoved)
        findings_say(
            c, v, s->name, TONE_DIM,
            arena_printf(c->arena, "No change that matters (within the noise or under 1 %%): %s.", unmoved));
}

static void say_objectives(const struct view_context *c, struct view *v, const struct scenario_result *s)
{
    for (int i = 0; i < s->objectives; i++) {
        const struct objective_row *o = &s->objective[i];
        if (!o->met)
            findings_say(
                c, v, s->name, TONE_BAD,
                arena_printf(
                    c->arena,
                    c->unicode ? "Objective \xE2\x80\x9C%s\xE2\x80\x9D is missed: %s %s of %s is over %s."
                               : "Objective \"%s\" is missed: %s %s of %s is over %s.",
                    o->name, o->workload, o->measure, quantity_value(c->arena, o->value_s, "s", c->unicode),
                    units_format(c->arena, o->limit_s * 1e9, UNIT_TIME)));
    }
}

/* Warnings that answer what was asked (does it fit? is it held back?) and do not doubt the answer. */
static bool is_answer(const struct warning *w)
{
    static const char *const codes[] = {"W304", "W306", "W307", "W308", "W309", "W310"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (strcmp(w->code, codes[i]) == 0)
            return true;
    }
    return false;
}

/* "The VMs need 110 % of the memory of HV01; ... (W304)." The scenario's name stands before the finding anyhow. */
static void say_answers(const struct view_context *c, struct view *v, const struct scenario_result *s)
{
    const char *lead = arena_printf(c->arena, "scenario '%s': ", s->name);
    for (int i = 0; i < c->result->warnings; i++) {
        const struct warning *w = &c->result->warning[i];
        if (!w->where || strcmp(w->where, s->name) != 0 || !is_answer(w))
            continue;
        const size_t skip = strncmp(w->text, lead, strlen(lead)) == 0 ? strlen(lead) : 0;
        char *text = arena_printf(c->arena, "%s (%s).", w->text + skip, w->code);
        if (*text >= 'a' && *text <= 'z')
            *text = (char)(*text - 'a' + 'A');
        findings_say(c, v, s->name, TONE_WARN, text);
    }
}

static void say_scenario(const struct view_context *c, struct view *v, const struct scenario_result *s)
{
    if (s->saturated)
        findings_say(
            c, v, s->name, TONE_BAD,
            "Cannot keep up: some load grows without bound, so its figures are those of the run and not of a "
            "steady state.");
    say_bottleneck(c, v, s);
    say_answers(c, v, s);
    say_responses(c, v, s);
    say_objectives(c, v, s);
}

/* The what-if that shortens the response of a workload most; NULL if none is better. */
static const struct comparison_row *best_for(const struct view_context *c, const char *metric)
{
    const struct comparison_row *best = NULL;
    for (int i = 0; i < c->result->comparisons; i++) {
        const struct comparison_row *row = &c->result->comparison[i];
        bool better = row->verdict == VERDICT_BETTER && worth_telling(row);
        if (better && strcmp(row->metric, metric) == 0 && (!best || row->delta < best->delta))
            best = row;
    }
    return best;
}

static void say_best(const struct view_context *c, struct view *v, const char *workload,
                     const struct comparison_row *best)
{
    findings_say(c, v, "Summary", TONE_GOOD,
                 arena_printf(c->arena, "Best for %s: %s, %s instead of %s (%s).", workload, best->scenario,
                              quantity_value(c->arena, best->value, "s", c->unicode),
                              quantity_value(c->arena, best->base, "s", c->unicode),
                              quantity_relative(c->arena, best->delta, best->base, c->unicode)));
}

/* Only times and throughputs of workloads have a precision target; other metrics are as precise as they happen to be. */
static int count_imprecise(const struct result *r)
{
    int n = 0;
    for (int i = 0; i < r->scenarios; i++) {
        for (int m = 0; m < r->scenario[i].metrics; m++) {
            const char *name = r->scenario[i].metric[m].name;
            n += strncmp(name, "workload.", 9) == 0 && !strstr(name, ".refused_per_s") &&
                 !r->scenario[i].metric[m].precision_reached;
        }
    }
    return n;
}

static void say_doubts(const struct view_context *c, struct view *v)
{
    const struct result *r = c->result;
    int imprecise = count_imprecise(r);
    if (r->provenance.incomplete)
        findings_say(c, v, "Doubts", TONE_WARN,
                     "The run was interrupted: what was finished is here, the rest is missing.");
    if (imprecise)
        findings_say(
            c, v, "Doubts", TONE_WARN,
            arena_printf(
                c->arena,
                "The precision asked for was not reached for %d workload figure%s: see the intervals.",
                imprecise, imprecise == 1 ? "" : "s"));
    if (r->warnings)
        findings_say(c, v, "Doubts", TONE_WARN,
                     arena_printf(c->arena, "%d warning%s, listed below with %s.", r->warnings,
                                  r->warnings == 1 ? "" : "s",
                                  r->warnings == 1 ? "its code" : "their codes"));
}

static void say_card(const struct view_context *c, struct view *v)
{
    const struct report_card *card = &c->result->card;
    if (!card->grade)
        return;
    enum tone tone = card->grade <= 'B' ? TONE_GOOD : card->grade == 'F' ? TONE_BAD : TONE_WARN;
    const char *meaning = card->grade == 'F' ? " Not good enough to plan with." : "";
    findings_say(c, v, "Grade", tone,
                 arena_printf(c->arena, "%c: %d counters back-tested.%s", card->grade, card->rows, meaning));
}

/* The best what-if of each workload, and in one line those that have none. */
static void say_summary(const struct view_context *c, struct view *v)
{
    const struct scenario_result *base = &c->result->scenario[0];
    const char *none = "";
    for (int w = 0; w < base->workloads; w++) {
        const char *name = base->workload[w].name;
        const struct comparison_row *best =
            best_for(c, arena_printf(c->arena, "workload.%s.response_s", name));
        if (best)
            say_best(c, v, name, best);
        else
            none = arena_printf(c->arena, "%s%s%s", none, *none ? ", " : "", name);
    }
    if (*none)
        findings_say(c, v, "Summary", TONE_PLAIN,
                     arena_printf(c->arena, "No what-if shortens the response of %s.", none));
}

/* The summary, then every scenario. */
static void say_what_ifs(const struct view_context *c, struct view *v)
{
    const struct result *r = c->result;
    if (r->scenarios > 1)
        say_summary(c, v);
    for (int i = 0; i < r->scenarios && i < FINDINGS_SCENARIOS; i++)
        say_scenario(c, v, &r->scenario[i]);
    if (r->scenarios > FINDINGS_SCENARIOS)
        findings_say(c, v, "Summary", TONE_DIM,
                     arena_printf(c->arena,
                                  "The first %d of %d scenarios are told here; the tables list all.",
                                  (int)FINDINGS_SCENARIOS, r->scenarios));
}

/* A curve and blame are answers of their own: their scenarios are only how they were found. */
void findings_view(const struct view_context *c, struct view *v)
{
    say_card(c, v);
    if (view_is_question(c->result)) {
        view_curve_findings(c, v);
        view_blame_findings(c, v);
        say_scenario(c, v, &c->result->scenario[0]);
    } else {
        say_what_ifs(c, v);
    }
    say_doubts(c, v);
}
