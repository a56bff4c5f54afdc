/* view.c - see view.h. */
#include "reports/view.h"
#include "model/base/check.h"
#include "reports/findings.h"
#include "reports/quantity.h"
#include "reports/view_answer.h"
#include "reports/view_blame.h"
#include "reports/view_curve.h"
#include "reports/view_evidence.h"
#include "reports/view_method.h"
#include "reports/view_observers.h"
#include "reports/view_queues.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct section_row {
    const char *id, *title;
    enum view_part part;
    bool detail;
    const char *chart;
    const char *note;
    /* Fills the tables; a section that gets none (and no list) is left out. */
    void (*build)(const struct view_context *c, struct view_section *s);
};

static const struct section_row rows[] = {
    {"curve", "Response against vCPUs", VIEW_ANSWER, false, "curve",
     "The knee: fewest vCPUs from which on each further one shortens no response by 5 % and more than its "
     "interval. Changes are paired, against today's number.",
     view_curve_points},
    {"neighbours", "What the neighbours lose", VIEW_ANSWER, false, "neighbours",
     "Workloads that have no work on the VM, and the other VMs of its host.", view_curve_neighbours},
    {"blame", "Who delays whom", VIEW_ANSWER, false, NULL,
     "Down: who waits. Across: because of whom. Each time is what the mean response falls when the culprit "
     "is "
     "left out; itself is what it waits when it is alone. The parts need not add up: where a resource is "
     "nearly "
     "full, several culprits each cause most of the same wait.",
     view_blame_matrix},
    {"blame_rows", "Where they wait", VIEW_ANSWER, false, NULL,
     "Paired differences with 95 % intervals; what is within its interval or under 1 % of the response is "
     "left out. On a host's lp: ready, but no logical processor is free. On a VM's own vcpu because of "
     "another VM: its processors are slowed (shared caches, memory, clock) or kept ready, and the queue "
     "before them grows.",
     view_blame_rows},
    {"glance", "At a glance", VIEW_ANSWER, false, NULL, "", view_answer_glance},
    {"changes", "What changes", VIEW_ANSWER, false, NULL, "", view_answer_changes},
    {"objectives", "Objectives", VIEW_ANSWER, false, NULL, "", view_answer_objectives},
    {"workloads", "Response and throughput", VIEW_EVIDENCE, false, "response",
     "Intervals are 95 %. Changes are paired: every scenario meets the same random arrivals and demands.",
     view_evidence_workloads},
    {"breakdown", "Where the time goes", VIEW_EVIDENCE, false, "breakdown",
     "Service is the demand without virtualization on this hardware, overhead is what virtualization adds, "
     "wait "
     "is the rest. The parts add up to the response time.",
     view_evidence_breakdown},
    {"utilization", "How busy everything is", VIEW_EVIDENCE, false, "utilization",
     "Mean busy servers as a share of all servers; of the root, its busiest processor.",
     view_evidence_utilization},
    {"queues", "Queues over time", VIEW_EVIDENCE, false, "queues",
     "The longest queues of links (packets that wait to be sent) and disks (operations that wait or are "
     "served) "
     "in one replication, as means of equal parts of its time.",
     view_queues},
    {"trail", "Bottleneck trail", VIEW_EVIDENCE, false, "trail",
     "Relieve the bottleneck and the next one takes over, at this multiple of today's load.",
     view_evidence_trail},
    {"comparison", "Differences from the baseline", VIEW_EVIDENCE, false, NULL,
     "Paired differences with 95 % intervals. Only workloads are judged better or worse.",
     view_evidence_comparison},
    {"observers", "The same processors, as each sees them", VIEW_EVIDENCE, false, NULL,
     "% Total Run Time of a host's logical and of a VM's virtual processors, beside what Task Manager shows "
     "inside: "
     "the root knows its own virtual processors only, a guest takes the time when it waits for its own.",
     view_observers_processors},
    {"accounts", "Hypervisor time by cause", VIEW_EVIDENCE, false, NULL,
     "In logical processors (LPs). The causes add up to % Hypervisor Run Time.", view_evidence_accounts},
    {"card", "How far to trust the model", VIEW_EVIDENCE, false, "backtest",
     "Back-test: the model was fitted on one part of the log and predicted the rest.", view_method_card},
    {"warnings", "Warnings", VIEW_METHOD, false, NULL, "", view_method_warnings},
    {"assumed", "Assumed values that matter", VIEW_METHOD, false, NULL,
     "Nobody has published or measured these. Share of the response that each accounts for.",
     view_method_assumed},
    {"bounds", "Second opinion", VIEW_METHOD, true, NULL,
     "What queueing theory says without simulation. A simulated value outside the bounds would be a defect.",
     view_method_bounds},
    {"metrics", "Every metric", VIEW_METHOD, true, NULL, "", view_method_metrics},
    {"provenance", "Provenance", VIEW_METHOD, false, NULL,
     "The same seed, inputs and version give the same figures on any machine.", view_method_provenance},
};

static struct view_section *section_add(struct view *v, const struct section_row *row)
{
    struct view_section *s = &v->section[v->sections++];
    s->id = row->id;
    s->title = row->title;
    s->part = row->part;
    s->chart = row->chart;
    s->note = row->note;
    s->detail = row->detail;
    return s;
}

static bool section_empty(const struct view_section *s)
{
    for (const struct table *t = s->table; t; t = t->next) {
        if (table_rows(t) > 0)
            return false;
    }
    return s->list_items[0] + s->list_items[1] == 0;
}

/* Scenarios of a curve or of blame are told by their answer; on a terminal the rest would bury it. */
static bool section_aside(const struct result *r, const struct view_section *s)
{
    static const char *const told[] = {"changes", "workloads",  "breakdown", "utilization", "queues",
                                       "trail",   "comparison", "observers", "accounts"};
    for (size_t i = 0; view_is_question(r) && i < sizeof told / sizeof told[0]; i++) {
        if (strcmp(s->id, told[i]) == 0)
            return true;
    }
    return false;
}

bool view_is_question(const struct result *r)
{
    return r->vcpu_curve.points > 0 || r->blame.victims > 0;
}

static const char *title_of(const struct result *r)
{
    if (r->vcpu_curve.points > 0)
        return "vCPU curve";
    if (r->blame.victims > 0)
        return "Who makes whom wait";
    if (r->scenarios > 1)
        return "What-if report";
    return r->scenarios == 1 ? "Simulation report" : "Calibration report card";
}

struct view *view_new(const struct view_context *c)
{
    size_t n = sizeof rows / sizeof rows[0];
    struct view *v = ARENA_NEW(c->arena, struct view);
    v->title = title_of(c->result);
    v->command = view_command_line(c);
    findings_view(c, v);
    v->section = ARENA_ARRAY(c->arena, struct view_section, n);
    for (size_t i = 0; i < n; i++) {
        struct view_section *s = section_add(v, &rows[i]);
        rows[i].build(c, s);
        s->aside = section_aside(c->result, s);
        if (section_empty(s)) {
            memset(s, 0, sizeof *s);
            v->sections--;
        }
    }
    return v;
}

const char *view_part_title(enum view_part part)
{
    static const char *const titles[VIEW_PARTS] = {"Answers", "Evidence", "Method and provenance"};
    return titles[part];
}

struct table *view_table(const struct view_context *c, struct view_section *s, const char *caption, int heads)
{
    struct table *t = table_new(c->arena, caption, heads);
    if (s->last)
        s->last->next = t;
    else
        s->table = t;
    s->last = t;
    return t;
}

int view_matrix_scenarios(const struct result *r)
{
    return r->scenarios < VIEW_MATRIX_MOST ? r->scenarios : VIEW_MATRIX_MOST;
}

const struct metric *view_metric(const struct scenario_result *s, const char *name)
{
    for (int i = 0; i < s->metrics; i++) {
        if (strcmp(s->metric[i].name, name) == 0)
            return &s->metric[i];
    }
    return NULL;
}

const struct metric *view_workload_metric(const struct view_context *c, const struct scenario_result *s,
                                          const char *workload, const char *what)
{
    return view_metric(s, arena_printf(c->arena, "workload.%s.%s", workload, what));
}

const struct comparison_row *view_comparison(const struct result *r, const char *scenario, const char *metric)
{
    for (int i = 0; i < r->comparisons; i++) {
        if (strcmp(r->comparison[i].scenario, scenario) == 0 && strcmp(r->comparison[i].metric, metric) == 0)
            return &r->comparison[i];
    }
    return NULL;
}

const char *view_unit(const struct result *r, const char *metric)
{
    for (int i = 0; i < r->scenarios; i++) {
        const struct metric *m = view_metric(&r->scenario[i], metric);
        if (m)
            return quantity_unit(metric, m->unit);
    }
    return "";
}

void view_scenario_cell(const struct view_context *c, struct table *t, const struct scenario_result *s)
{
    table_text(t, c->result->scenarios > 1 ? s->name : "");
}

static const char *shell_quoted(struct arena *a, const char *s)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+@%";
    if (*s && !s[strspn(s, plain)])
        return s;
    char *quoted = arena_alloc(a, 4 * strlen(s) + 3, 1), *to = quoted;
    *to++ = '\'';
    for (; *s; s++)
        to += snprintf(to, 5, "%s", *s == '\'' ? "'\\''" : (char[]){*s, '\0'});
    *to = '\'';
    return quoted;
}

const char *view_command_line(const struct view_context *c)
{
    const struct provenance *p = &c->result->provenance;
    const char *line = "hvplan";
    for (int i = 0; i < p->arguments; i++)
        line = arena_printf(c->arena, "%s %s", line, shell_quoted(c->arena, p->argument[i]));
    return line;
}

enum tone view_verdict_tone(enum verdict v)
{
    static const enum tone tones[] = {TONE_PLAIN, TONE_GOOD, TONE_BAD, TONE_DIM};
    return tones[v];
}

bool view_is_notable(double delta, double base)
{
    return fabs(delta) >= 0.01 * fabs(base);
}

enum tone view_change_tone(enum verdict v, double delta, double base)
{
    const enum tone tone = view_verdict_tone(v);
    return tone == TONE_DIM || view_is_notable(delta, base) ? tone : TONE_PLAIN;
}
