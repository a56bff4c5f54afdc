/* study.c - runs the cases of a question side by side until they are known well enough. */
#include "model/host/study.h"
#include "model/engine/parallel.h"
#include "model/host/bottleneck.h"
#include "model/host/compare.h"
#include "model/host/estimate.h"
#include "model/host/group.h"
#include "model/host/remarks.h"
#include "model/host/summary.h"
#include <math.h>

#define PILOT_JOBS 300.0   /* of the slowest workload in a pilot run */
#define PILOT_JOBS_ALL 3e5 /* of all workloads together: a limit for very uneven rates */
#define PILOT_BINS 100
#define PILOT_DOUBLINGS 4
#define PILOT_PARTS 20
#define TRACE_TAIL_BINS 400 /* at most, of a hundredth of the trace each, for its last jobs to end */

struct study {
    const struct study_options *o;
    struct arena *arena;
    struct group *group;
    int n;
    sim_ns pilot;
    bool stopped; /* by the caller */
};

struct study_options study_defaults(void)
{
    return (struct study_options){.seed = 1,
                                  .precision = 0.02,
                                  .level = 0.95,
                                  .replications = 8,
                                  .max_events = 400000000,
                                  .prove_bottleneck = true};
}

/* ---- running ---- */

static void advance_task(int task, void *context)
{
    struct study *s = context;
    struct group *g = &s->group[task / s->o->replications];
    if (!g->done)
        cell_advance(g->cell[task % s->o->replications], g->until);
}

/* Each case that is not done to its own time. */
static void advance(struct study *s)
{
    parallel_for(s->n * s->o->replications, s->o->threads, advance_task, s);
    for (int i = 0; i < s->n; i++)
        if (group_stopped(&s->group[i]))
            s->group[i].done = s->group[i].saturated = true;
}

static void report(struct study *s, const char *phase, double precision, double done)
{
    if (!s->o->progress)
        return;
    const struct study_progress p = {
        .precision_now = precision, .precision_target = s->o->precision, .done = done, .phase = phase};
    if (!s->o->progress(&p, s->o->context))
        s->stopped = true;
}

static uint64_t events_so_far(const struct study *s)
{
    uint64_t sum = 0;
    for (int i = 0; i < s->n; i++)
        sum += group_events(&s->group[i]);
    return sum;
}

/* ---- lengths ---- */

/* A user's turn when storage QoS lets all users of a closed load through one after the other. */
static double closed_at_quota(const struct workload_spec *s, const struct estimate *e)
{
    return s->arrivals == ARRIVAL_CLOSED ? s->users * e->quota_ns * 1e-9 : 0.0;
}

/* Long enough for PILOT_JOBS of every workload, as far as that is sensible, and for 20 times the longest job. */
static sim_ns pilot_length(const struct model *m)
{
    struct arena *a = arena_new();
    const struct run *run = run_new(a, m, "pilot", 0, 0);
    double slowest = 0.0, all = 0.0, longest = 0.0;
    for (int i = 0; i < m->workloads; i++) {
        const struct estimate e = estimate_workload(a, &run->workload[i]);
        const double rate = estimate_rate(&run->workload[i], &e);
        slowest = fmax(slowest, PILOT_JOBS / fmax(rate, 1e-9));
        longest = fmax(longest, e.total_ns * 1e-9);
        longest = fmax(longest, closed_at_quota(&m->workload[i], &e));
        all += rate;
    }
    arena_free(a);
    const double seconds = fmax(fmin(slowest, PILOT_JOBS_ALL / fmax(all, 1e-9)), 20.0 * longest);
    return sim_round(fmax(seconds, 0.01) * 1e9);
}

/* To the last arrival; at least as long as one job. */
static sim_ns trace_length(const struct model *m)
{
    struct arena *a = arena_new();
    const struct run *run = run_new(a, m, "pilot", 0, 0);
    double last = 0.0;
    for (int i = 0; i < m->workloads; i++) {
        const struct trace *t = &m->workload[i].trace;
        if (m->workload[i].arrivals == ARRIVAL_TRACE && t->n > 0)
            last = fmax(last, fmax(t->at_ns[t->n - 1], estimate_workload(a, &run->workload[i]).total_ns));
    }
    arena_free(a);
    return sim_round(last);
}

static bool any_trace(const struct study *s)
{
    for (int i = 0; i < s->n; i++)
        if (group_traced(s->group[i].of->model))
            return true;
    return false;
}

/* ---- phases ---- */

static void record_all(struct study *s)
{
    for (int i = 0; i < s->n; i++)
        for (int r = 0; r < s->o->replications; r++)
            cell_record(s->group[i].cell[r]);
}

static bool find_transient(struct study *s, struct group *g)
{
    bool trusted = true;
    g->warm = group_transient(s->arena, g, &trusted);
    if (!trusted)
        g->warm = g->until / 2;
    return trusted;
}

/* Jobs of traces that are still inside. */
static bool trace_drained(const struct group *g)
{
    for (int r = 0; r < g->n; r++)
        for (int w = 0; w < g->of->model->workloads; w++) {
            const struct workload *l = &g->cell[r]->run->workload[w];
            if (l->spec->arrivals == ARRIVAL_TRACE && l->finished + l->refused < l->spec->trace.n)
                return false;
        }
    return true;
}

/* To the end of the trace, and a little further until its last jobs have ended. */
static void replay(struct study *s)
{
    sim_ns until = s->pilot;
    bool all = false;
    report(s, "running", (double)INFINITY, 0.0);
    for (int bin = 0; bin <= TRACE_TAIL_BINS && !all && (bin == 0 || !s->stopped); bin++) {
        all = true;
        for (int i = 0; i < s->n; i++)
            s->group[i].until = until;
        advance(s);
        for (int i = 0; i < s->n; i++)
            all = (s->group[i].done || trace_drained(&s->group[i])) && all;
        until += s->group[0].cell[0]->width;
    }
}

/* In parts, so that a user may stop it and the limit of events binds: an estimated job can be hours long. false = it ended
 * early, and s->pilot is what there is. */
static bool advance_pilot(struct study *s)
{
    const sim_ns from = s->group[0].until, part = s->group[0].cell[0]->width;
    const int parts = (int)((s->pilot - from) / part);
    for (int k = 1; k <= PILOT_PARTS; k++) {
        for (int i = 0; i < s->n; i++)
            s->group[i].until = k < PILOT_PARTS ? from + (sim_ns)parts * k / PILOT_PARTS * part : s->pilot;
        advance(s);
        report(s, "warm-up", (double)INFINITY, 0.0);
        if (k < PILOT_PARTS && (s->stopped || events_so_far(s) >= s->o->max_events)) {
            s->pilot = s->group[0].until;
            return false;
        }
    }
    return true;
}

/* Runs until the transient of every case is known to lie in the first half. */
static void warm_up(struct study *s)
{
    for (int doubling = 0;; doubling++) {
        bool all = true;
        const bool whole = advance_pilot(s);
        for (int i = 0; i < s->n; i++)
            if (!s->group[i].done)
                all = find_transient(s, &s->group[i]) && all;
        if (all || !whole || s->stopped || doubling == PILOT_DOUBLINGS ||
            events_so_far(s) >= s->o->max_events)
            return;
        s->pilot *= 2;
    }
}

/* Half-widths shrink with the root of the length; a little more saves a round. */
static double growth_for(double precision, double target)
{
    const double wanted = isfinite(precision) ? 1.15 * (precision / target) * (precision / target) : 3.0;
    return fmin(fmax(wanted, 1.25), 3.0);
}

/* Is the case known well enough, or hopeless? If not, its next length is set. Returns its precision. */
static double judge(struct study *s, struct group *g)
{
    if (g->done)
        return 0.0;
    if (group_grows(g)) {
        g->done = g->saturated = true;
        return 0.0;
    }
    const double precision = group_precision(g, s->o);
    const struct group *base = &s->group[0];
    if (precision > s->o->precision)
        g->until = sim_round((double)g->until * growth_for(precision, s->o->precision));
    else if (g->until < base->until && !base->saturated)
        g->until = base->until; /* as long as the baseline at least: then all its numbers are shared */
    else
        g->done = g == base || base->done;
    return precision;
}

static bool all_done(const struct study *s)
{
    for (int i = 0; i < s->n; i++)
        if (!s->group[i].done)
            return false;
    return true;
}

static void run_to_precision(struct study *s)
{
    const bool spent = events_so_far(s) >= s->o->max_events;
    for (int i = 0; i < s->n; i++)
        s->group[i].until = (spent ? 2 : 4) * s->pilot;
    for (uint64_t before = events_so_far(s); !s->stopped;) {
        double worst = 0.0;
        advance(s);
        for (int i = 0; i < s->n; i++) /* the baseline first: the others follow it */
            worst = fmax(worst, judge(s, &s->group[i]));
        report(s, "running", worst, fmin(1.0, pow(s->o->precision / worst, 2.0)));
        const uint64_t events = events_so_far(s);
        if (all_done(s) || s->stopped || events >= s->o->max_events || events == before)
            return; /* without events (all users wait for each other) time would pass for nothing */
        before = events;
    }
}

static void execute(struct study *s)
{
    if (any_trace(s)) {
        replay(s);
        return;
    }
    warm_up(s);
    record_all(s);
    run_to_precision(s);
}

static void open_groups(struct study *s, const struct study_case *cases)
{
    sim_ns longest = 0;
    for (int i = 0; i < s->n; i++) {
        const struct model *m = cases[i].model;
        const sim_ns t = group_traced(m) ? trace_length(m) : pilot_length(m);
        longest = t > longest ? t : longest;
    }
    const sim_ns width = longest / PILOT_BINS + 1;
    s->group = ARENA_ARRAY(s->arena, struct group, (size_t)s->n);
    for (int i = 0; i < s->n; i++)
        s->group[i] = group_new(s->arena, &cases[i], s->o, width);
    s->pilot = width * PILOT_BINS;
    if (any_trace(s))
        record_all(s);
}

bool study_run(struct arena *a, const struct study_options *o, const struct study_case *cases, int n,
               struct result *out)
{
    struct study s = {.o = o, .arena = arena_new(), .n = n};
    bool reached = true;
    open_groups(&s, cases);
    execute(&s);
    out->scenario = ARENA_ARRAY(a, struct scenario_result, (size_t)n);
    out->scenarios = n;
    for (int i = 0; i < n; i++)
        reached = summary_fill(a, &s.group[i], o, &out->scenario[i]) && reached;
    for (int i = 0; i < n; i++) {
        report(&s, "bottleneck", o->precision, (double)i / n);
        bottleneck_find(a, &s.group[i], o, &out->scenario[i], o->prove_bottleneck && !s.stopped);
    }
    compare_scenarios(a, o, out);
    remarks_add(a, cases, out);
    out->provenance.seed = o->seed;
    out->provenance.incomplete = s.stopped;
    for (int i = 0; i < n; i++)
        group_free(&s.group[i]);
    arena_free(s.arena);
    return reached;
}
