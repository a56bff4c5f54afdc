/* blame.c - each culprit is left out once. */
#include "model/host/blame.h"
#include "model/base/check.h"
#include "model/base/units.h"
#include "model/host/paired.h"
#include <math.h>
#include <string.h>

enum source_kind { SOURCE_WORKLOAD, SOURCE_ROOT, SOURCE_OUTSIDE };

/* What can be left out: a workload, or load that the model has beside its workloads. */
struct source {
    enum source_kind kind;
    int index, disk; /* workload, or host */
};

struct culprit {
    const char *name, *kind;
    const bool *out; /* by source: leaving the culprit out leaves these out */
    int of;          /* its case */
};

struct left_out {
    const bool *out;
};

struct blame_plan {
    struct arena *arena;
    const struct model *model;
    struct source *source;
    int sources, source_capacity;
    struct culprit *culprit;
    int culprits, culprit_capacity;
    struct study_case *of;
    struct left_out *without; /* by case */
    int cases, case_capacity, without_capacity;
    int *alone; /* case of each workload */
};

/* ---- sources and culprits ---- */

static void add_source(struct blame_plan *p, enum source_kind kind, int index, int disk)
{
    *ARENA_PUSH(p->arena, p->source, p->sources, p->source_capacity) = (struct source){kind, index, disk};
}

static void find_sources(struct blame_plan *p)
{
    const struct model *m = p->model;
    for (int i = 0; i < m->workloads; i++)
        add_source(p, SOURCE_WORKLOAD, i, 0);
    for (int h = 0; h < m->hosts; h++) {
        if (m->host[h].hv.version != HV_NONE && m->host[h].hv.root_load > 0.0)
            add_source(p, SOURCE_ROOT, h, 0);
        for (int d = 0; d < m->host[h].disks; d++)
            if (m->host[h].disk[d].outside_iops > 0.0)
                add_source(p, SOURCE_OUTSIDE, h, d);
    }
}

static void add_culprit(struct blame_plan *p, const char *name, const char *kind, const bool *out)
{
    *ARENA_PUSH(p->arena, p->culprit, p->culprits, p->culprit_capacity) =
        (struct culprit){.name = name, .kind = kind, .out = out};
}

static const char *source_name(const struct blame_plan *p, const struct source *s)
{
    const struct model *m = p->model;
    if (s->kind == SOURCE_WORKLOAD)
        return m->workload[s->index].name;
    const struct host_spec *h = &m->host[s->index];
    return s->kind == SOURCE_ROOT
               ? arena_printf(p->arena, "root of %s", h->name)
               : arena_printf(p->arena, "others on disk.%s.%s", h->name, h->disk[s->disk].name);
}

/* The VM that has all steps of the workload; -1 if there are several. */
static int only_vm(const struct workload_spec *w)
{
    int only = -1;
    for (int s = 0; s < w->sites; s++)
        for (int k = 0; k < w->site[s].n; k++) {
            if (only >= 0 && w->site[s].vm[k] != only)
                return -1;
            only = w->site[s].vm[k];
        }
    return only;
}

/* A VM with several workloads of its own, as their sum; where it has all that there are, nobody is left to suffer. */
static void add_vm(struct blame_plan *p, int vm)
{
    const struct model *m = p->model;
    bool *out = ARENA_ARRAY(p->arena, bool, (size_t)p->sources);
    int own = 0;
    for (int i = 0; i < m->workloads; i++) {
        out[i] = only_vm(&m->workload[i]) == vm; /* workloads are the first sources */
        own += out[i];
    }
    if (own > 1 && own < m->workloads)
        add_culprit(p, arena_printf(p->arena, "vm.%s", m->vm[vm].name), "vm", out);
}

static void find_culprits(struct blame_plan *p)
{
    static const char *const kinds[] = {"workload", "root", "outside"};
    for (int i = 0; i < p->sources; i++) {
        bool *out = ARENA_ARRAY(p->arena, bool, (size_t)p->sources);
        out[i] = true;
        add_culprit(p, source_name(p, &p->source[i]), kinds[p->source[i].kind], out);
    }
    for (int i = 0; i < p->model->vms; i++)
        add_vm(p, i);
}

/* ---- models with something left out ---- */

static void drop_workloads(struct arena *a, struct model *c, const bool *out)
{
    int *now = ARENA_ARRAY(a, int, (size_t)c->workloads), n = 0, objectives = 0;
    struct workload_spec *kept = ARENA_ARRAY(a, struct workload_spec, (size_t)c->workloads);
    struct objective_spec *asked = ARENA_ARRAY(a, struct objective_spec, (size_t)c->objectives);
    for (int i = 0; i < c->workloads; i++) {
        now[i] = n;
        if (!out[i])
            kept[n++] = c->workload[i];
    }
    for (int i = 0; i < c->objectives; i++) {
        if (out[c->objective[i].workload])
            continue;
        asked[objectives] = c->objective[i];
        asked[objectives++].workload = now[c->objective[i].workload];
    }
    c->workload = kept;
    c->workloads = n;
    c->objective = asked;
    c->objectives = objectives;
}

/* Hosts and VMs stay: an idle VM still takes memory, and its timers tick. */
static const struct model *model_without(const struct blame_plan *p, const bool *out)
{
    struct arena *a = p->arena;
    struct model *c = ARENA_NEW(a, struct model);
    *c = *p->model;
    c->host = arena_grow(a, c->host, (size_t)c->hosts, (size_t)c->hosts, sizeof *c->host);
    for (int i = 0; i < p->sources; i++) {
        const struct source *s = &p->source[i];
        if (!out[i] || s->kind == SOURCE_WORKLOAD)
            continue;
        struct host_spec *h = &c->host[s->index];
        if (s->kind == SOURCE_ROOT) {
            h->hv.root_load = 0.0;
        } else {
            h->disk = arena_grow(a, h->disk, (size_t)h->disks, (size_t)h->disks, sizeof *h->disk);
            h->disk[s->disk].outside_iops = 0.0;
        }
    }
    drop_workloads(a, c, out);
    return c;
}

static struct change_row change_of(const struct blame_plan *p, const struct source *s)
{
    struct arena *a = p->arena;
    if (s->kind == SOURCE_WORKLOAD)
        return (struct change_row){arena_printf(a, "workloads.%s", p->model->workload[s->index].name),
                                   "present", ""};
    const struct host_spec *h = &p->model->host[s->index];
    if (s->kind == SOURCE_ROOT)
        return (struct change_row){arena_printf(a, "hosts.%s.hypervisor.root_load", h->name),
                                   units_format(a, h->hv.root_load, UNIT_CORES), "0 cores"};
    return (struct change_row){
        arena_printf(a, "hosts.%s.disks.%s.outside_iops", h->name, h->disk[s->disk].name),
        units_format(a, h->disk[s->disk].outside_iops, UNIT_RATE), "0 /s"};
}

/* The case that leaves out these; an equal one is taken again. */
static int case_without(struct blame_plan *p, const char *name, const bool *out)
{
    const size_t bytes = (size_t)p->sources * sizeof *out;
    for (int i = 0; i < p->cases; i++)
        if (memcmp(p->without[i].out, out, bytes) == 0)
            return i;
    struct change_row *change = ARENA_ARRAY(p->arena, struct change_row, (size_t)p->sources);
    int changes = 0;
    for (int i = 0; i < p->sources; i++)
        if (out[i])
            change[changes++] = change_of(p, &p->source[i]);
    int n = p->cases;
    *ARENA_PUSH(p->arena, p->without, n, p->without_capacity) = (struct left_out){out};
    *ARENA_PUSH(p->arena, p->of, p->cases, p->case_capacity) =
        (struct study_case){name, model_without(p, out), change, changes};
    return p->cases - 1;
}

static bool leaves_somebody(const struct blame_plan *p, const bool *out)
{
    for (int i = 0; i < p->model->workloads; i++)
        if (!out[i])
            return true;
    return false;
}

static void make_cases(struct blame_plan *p)
{
    for (int i = 0; i < p->culprits; i++) {
        struct culprit *c = &p->culprit[i];
        c->of = leaves_somebody(p, c->out)
                    ? case_without(p, arena_printf(p->arena, "without %s", c->name), c->out)
                    : 0;
    }
    p->alone = ARENA_ARRAY(p->arena, int, (size_t)p->model->workloads);
    for (int w = 0; w < p->model->workloads; w++) {
        bool *out = ARENA_ARRAY(p->arena, bool, (size_t)p->sources);
        for (int i = 0; i < p->sources; i++)
            out[i] = i != w;
        p->alone[w] = case_without(p, arena_printf(p->arena, "%s alone", p->model->workload[w].name), out);
    }
}

static void start(struct blame_plan *p, struct arena *a, const struct model *m)
{
    *p = (struct blame_plan){.arena = a, .model = m};
    find_sources(p);
    find_culprits(p);
}

int blame_culprits(const struct model *m)
{
    struct arena *a = arena_new();
    struct blame_plan p;
    start(&p, a, m);
    const int n = p.culprits;
    arena_free(a);
    return n;
}

struct blame_plan *blame_plan_new(struct arena *a, const struct study_case *base)
{
    struct blame_plan *p = ARENA_NEW(a, struct blame_plan);
    start(p, a, base->model);
    CHECK(p->culprits <= BLAME_CULPRITS_MOST);
    int n = 0;
    *ARENA_PUSH(a, p->without, n, p->without_capacity) =
        (struct left_out){ARENA_ARRAY(a, bool, (size_t)p->sources)};
    *ARENA_PUSH(a, p->of, p->cases, p->case_capacity) = *base;
    make_cases(p);
    return p;
}

const struct study_case *blame_cases(const struct blame_plan *p, int *n)
{
    *n = p->cases;
    return p->of;
}

/* ---- reading the study ---- */

struct reader {
    struct arena *arena;
    const struct blame_plan *plan;
    double level;
    const struct result *result;
    struct blame_result *out;
    int row_capacity;
};

static const struct workload_result *workload_of(const struct scenario_result *s, const char *name)
{
    for (int i = 0; i < s->workloads; i++)
        if (strcmp(s->workload[i].name, name) == 0)
            return &s->workload[i];
    return NULL;
}

static int row_of(const struct workload_result *w, const char *resource)
{
    for (int i = 0; i < w->rows; i++)
        if (strcmp(w->breakdown[i].resource, resource) == 0)
            return i;
    return -1;
}

static double total_of(const struct breakdown_row *b)
{
    return b->wait_s + b->service_s + b->overhead_s;
}

/* From the difference between the baseline and `scenario`. */
static void add_row(struct reader *k, const struct scenario_result *scenario, struct blame_row row)
{
    row.scenario = scenario->name;
    *ARENA_PUSH(k->arena, k->out->row, k->out->rows, k->row_capacity) = row;
}

/* Its response falls on one resource when the culprit is gone. */
static struct paired fall_on(const struct reader *k, const struct workload_result *before, int row,
                             const struct workload_result *after)
{
    const int n = k->result->scenario[0].replications;
    const int other = row_of(after, before->breakdown[row].resource);
    double *x = ARENA_ARRAY(k->arena, double, (size_t)(2 * n));
    for (int r = 0; r < n; r++) {
        x[r] = before->row_by_run[row * n + r].total_s;
        x[n + r] = other < 0 ? 0.0 : after->row_by_run[other * n + r].total_s;
    }
    return paired_values(x + n, x, 1, n, k->level);
}

static void add_falls(struct reader *k, const struct culprit *c, const struct workload_result *before,
                      const struct workload_result *after)
{
    for (int i = 0; i < before->rows; i++) {
        const struct paired f = fall_on(k, before, i, after);
        if (fabs(f.delta) > f.half_width && fabs(f.delta) >= BLAME_LEAST * before->response_s)
            add_row(k, &k->result->scenario[c->of],
                    (struct blame_row){.victim = before->name,
                                       .culprit = c->name,
                                       .resource = before->breakdown[i].resource,
                                       .seconds = f.delta,
                                       .half_width = f.half_width,
                                       .share = f.delta / before->response_s});
    }
}

/* Nobody can say by how much what grows without bound falls: only where, and that it does. */
static void add_unbounded(struct reader *k, const struct scenario_result *scenario, const char *culprit,
                          const struct workload_result *before, const struct workload_result *after)
{
    int most = 0;
    double fall = 0.0;
    for (int i = 0; i < before->rows; i++) {
        const int other = after ? row_of(after, before->breakdown[i].resource) : -1;
        const double f =
            total_of(&before->breakdown[i]) - (other < 0 ? 0.0 : total_of(&after->breakdown[other]));
        if (f > fall) {
            most = i;
            fall = f;
        }
    }
    const double none = (double)NAN;
    if (before->rows > 0)
        add_row(k, scenario,
                (struct blame_row){.victim = before->name,
                                   .culprit = culprit,
                                   .resource = before->breakdown[most].resource,
                                   .seconds = none,
                                   .half_width = none,
                                   .share = none,
                                   .unbounded = true});
}

/* With many culprits some difference would pass its interval by chance: the response as a whole has to pass one that holds
 * for all of them together. Source: Bonferroni's inequality. */
static bool response_moves(const struct reader *k, const char *victim, const struct scenario_result *without)
{
    const double level = 1.0 - (1.0 - k->level) / k->plan->culprits;
    const char *metric = arena_printf(k->arena, "workload.%s.response_s", victim);
    const struct paired p = paired_metric(&k->result->scenario[0], without, metric, level);
    return fabs(p.delta) > p.half_width;
}

static void blame_one(struct reader *k, const struct culprit *c, const struct workload_result *before)
{
    const struct scenario_result *without = &k->result->scenario[c->of];
    const struct workload_result *after = c->of > 0 ? workload_of(without, before->name) : NULL;
    if (!after || after->saturated)
        return;
    if (before->saturated)
        add_unbounded(k, without, c->name, before, after);
    else if (response_moves(k, before->name, without))
        add_falls(k, c, before, after);
}

/* What it waits with nobody else there, it owes to itself. */
static void blame_itself(struct reader *k, int w, const struct workload_result *before)
{
    const struct scenario_result *s = &k->result->scenario[k->plan->alone[w]];
    const struct workload_result *alone = workload_of(s, before->name);
    if (alone->saturated) {
        add_unbounded(k, s, before->name, alone, NULL);
        return;
    }
    const double whole = before->saturated ? (double)NAN : before->response_s;
    for (int i = 0; i < alone->rows; i++) {
        struct tally t;
        tally_init(&t);
        for (int r = 0; r < s->replications; r++)
            tally_add(&t, alone->row_by_run[i * s->replications + r].wait_s);
        const double half_width = tally_half_width(&t, k->level);
        const double least = BLAME_LEAST * (before->saturated ? alone->response_s : whole);
        if (t.mean >= least && t.mean > half_width)
            add_row(k, s,
                    (struct blame_row){.victim = before->name,
                                       .culprit = before->name,
                                       .resource = alone->breakdown[i].resource,
                                       .seconds = t.mean,
                                       .half_width = half_width,
                                       .share = t.mean / whole});
    }
}

/* Unbounded first, then the largest. */
static bool goes_before(const struct blame_row *x, const struct blame_row *y)
{
    if (x->unbounded != y->unbounded)
        return x->unbounded;
    return !x->unbounded && fabs(x->seconds) > fabs(y->seconds);
}

static void sort_rows(struct blame_row *row, int n)
{
    for (int i = 1; i < n; i++) {
        const struct blame_row r = row[i];
        int at = i;
        for (; at > 0 && goes_before(&r, &row[at - 1]); at--)
            row[at] = row[at - 1];
        row[at] = r;
    }
}

static double half_width_of(const struct reader *k, const struct scenario_result *s, const char *victim)
{
    const struct metric *m = result_metric(s, arena_printf(k->arena, "workload.%s.response_s", victim));
    CHECK(m != NULL);
    return m->half_width;
}

static void fill_victim(struct reader *k, int w)
{
    const struct scenario_result *base = &k->result->scenario[0];
    const struct scenario_result *lone = &k->result->scenario[k->plan->alone[w]];
    const struct workload_result *before = &base->workload[w], *alone = workload_of(lone, before->name);
    struct blame_victim *v = &k->out->victim[k->out->victims++];
    const double none = (double)NAN;
    v->workload = before->name;
    v->response_s = before->saturated ? none : before->response_s;
    v->half_width = before->saturated ? none : half_width_of(k, base, before->name);
    v->alone_s = alone->saturated ? none : alone->response_s;
    v->alone_half_width = alone->saturated ? none : half_width_of(k, lone, before->name);
    const int first = k->out->rows;
    for (int i = 0; i < k->plan->culprits; i++)
        blame_one(k, &k->plan->culprit[i], before);
    blame_itself(k, w, before);
    sort_rows(k->out->row + first, k->out->rows - first);
}

void blame_fill(struct arena *a, const struct blame_plan *p, double level, struct result *r)
{
    struct reader k = {.arena = a, .plan = p, .level = level, .result = r, .out = &r->blame};
    r->blame =
        (struct blame_result){.victim = ARENA_ARRAY(a, struct blame_victim, (size_t)p->model->workloads),
                              .culprit = ARENA_ARRAY(a, struct blame_culprit, (size_t)p->culprits),
                              .culprits = p->culprits};
    for (int i = 0; i < p->culprits; i++)
        r->blame.culprit[i] =
            (struct blame_culprit){p->culprit[i].name, p->culprit[i].kind, p->of[p->culprit[i].of].name};
    for (int w = 0; w < p->model->workloads; w++)
        fill_victim(&k, w);
}
