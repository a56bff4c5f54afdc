/* bottleneck.c - which resource holds the workloads back. */
#include "model/host/bottleneck.h"
#include "model/engine/parallel.h"
#include "model/engine/tally.h"
#include "model/host/program.h"
#include "model/host/relief.h"
#include "model/host/resources.h"
#include <math.h>
#include <string.h>

#define CANDIDATES 3
#define WORTH_PROVING 0.3     /* of the highest utilization */
#define WORTH_RELIEVING 0.002 /* of the response: below, nobody waits for it to speak of */
#define PROOF_PART 6          /* of the case's own length: paired differences need less */
#define AS_LOADED 1.1 /* a link at least 1/1.1 as busy is full where the other one gets a tenth more */
#define NEXT_MAX 4
#define NEXT_LEAST 0.02 /* utilization below which a resource is not worth naming */

struct candidate {
    int resource;
    struct tally utilization;
    double *score; /* by replication: share of the response that 10 % more saves of the waiting */
    struct group relieved;
    const struct model *model;
    struct study_case of;
    double share;
};

struct search {
    struct arena *arena; /* scratch */
    const struct group *g;
    const struct study_options *o;
    struct scenario_result *out;
    double *utilization; /* resources x replications */
    struct candidate candidate[CANDIDATES];
    int candidates;
    sim_ns until;
};

/* ---- utilization ---- */

struct column {
    double *value;
    int at, stride;
};

static void store(void *context, const struct resource_result *r)
{
    struct column *c = context;
    c->value[c->stride * c->at++] = r->utilization;
}

static void read_utilizations(struct search *s)
{
    const int n = s->out->resources;
    s->utilization = ARENA_ARRAY(s->arena, double, (size_t)(n * s->g->n));
    for (int r = 0; r < s->g->n; r++) {
        const struct cell *c = s->g->cell[r];
        double *delta = ARENA_ARRAY(s->arena, double, (size_t)c->layout->size);
        struct window w = {.run = c->run, .layout = c->layout, .delta = delta};
        w.ns = group_window(s->g, r, SIM_NEVER, delta);
        struct column col = {.value = s->utilization + r, .stride = s->g->n};
        resources_walk(&w, s->arena, store, &col);
    }
}

static struct tally utilization_tally(const struct search *s, int resource)
{
    struct tally t;
    tally_init(&t);
    for (int r = 0; r < s->g->n; r++)
        tally_add(&t, s->utilization[resource * s->g->n + r]);
    return t;
}

static bool host_is_native(const struct model *m, const char *vcpu)
{
    struct arena *a = arena_new();
    bool native = false;
    for (int i = 0; i < m->vms; i++)
        if (strcmp(vcpu, arena_printf(a, "vm.%s.vcpu", m->vm[i].name)) == 0)
            native = m->host[m->vm[i].host].hv.version == HV_NONE;
    arena_free(a);
    return native;
}

/* A physical server's VPs are its LPs; a service without queue holds nobody back; memory does only when it is missing. */
static bool counts(const struct search *s, const struct resource_result *r)
{
    if (strcmp(r->kind, "vcpu") == 0)
        return !host_is_native(s->g->of->model, r->name);
    if (strcmp(r->kind, "memory") == 0)
        return r->utilization > RESOURCES_OVERCOMMITTED;
    return r->servers > 0;
}

/* The resource with the `rank`-th highest utilization of those that count; -1 if there are fewer. */
static int ranked(const struct search *s, int rank)
{
    const struct scenario_result *out = s->out;
    for (int i = 0; i < out->resources; i++) {
        int before = 0;
        if (!counts(s, &out->resource[i]))
            continue;
        for (int k = 0; k < out->resources; k++) {
            const double d = out->resource[k].utilization - out->resource[i].utilization;
            before += counts(s, &out->resource[k]) && (d > 0.0 || (d == 0.0 && k < i));
        }
        if (before == rank)
            return i;
    }
    return -1;
}

/* P(x > y) from paired replicate values, normal. */
static double probability_larger(const double *x, const double *y, int n)
{
    struct tally t;
    tally_init(&t);
    for (int r = 0; r < n; r++)
        tally_add(&t, x[r] - y[r]);
    const double error = tally_std_error(&t);
    if (!(error > 0.0))
        return t.mean > 0.0 ? 1.0 : t.mean < 0.0 ? 0.0 : 0.5;
    return normal_cdf(t.mean / error);
}

static double probability_by_utilization(const struct search *s, int best)
{
    const int n = s->g->n;
    double p = 1.0;
    for (int k = 0; k < s->out->resources; k++)
        if (k != best && counts(s, &s->out->resource[k]))
            p *= probability_larger(s->utilization + best * n, s->utilization + k * n, n);
    return p;
}

/* ---- links in a row ---- */

static bool has_lane(const struct program *p, const struct lanes *l, const char *name)
{
    for (int i = 0; i < l->n; i++)
        if (strcmp(p->row[l->lane[i].row], name) == 0)
            return true;
    return false;
}

static bool passes_both(const struct program *p, const struct instruction *in, const char *x, const char *y)
{
    const int peers = in->peer_site >= 0 ? p->members[in->peer_site] : 1;
    if (in->op != OP_SEND && in->op != OP_RECEIVE)
        return false;
    for (int k = 0; k < p->members[in->site] * peers; k++) {
        const struct plan *at = &in->plan[k];
        if ((has_lane(p, &at->out, x) && has_lane(p, &at->in, y)) ||
            (has_lane(p, &at->out, y) && has_lane(p, &at->in, x)))
            return true;
    }
    return false;
}

/* Are both links about as busy, and does a message leave by one of them and arrive by the other? */
static bool in_a_row(const struct search *s, int i, int k)
{
    const struct resource_result *x = &s->out->resource[i], *y = &s->out->resource[k];
    const struct run *run = s->g->cell[0]->run;
    if (i == k || strcmp(x->kind, "nic") != 0 || strcmp(y->kind, "nic") != 0 ||
        fmax(x->utilization, y->utilization) > AS_LOADED * fmin(x->utilization, y->utilization))
        return false;
    for (int w = 0; w < run->model->workloads; w++) {
        const struct program *p = run->workload[w].program;
        for (int at = 0; at < p->length; at++)
            if (passes_both(p, &p->code[at], x->name, y->name))
                return true;
    }
    return false;
}

/* As a member of a team it has been, with another one. */
static bool is_relieved(struct search *s, const struct model *m, const char *nic)
{
    const struct model *base = s->g->of->model;
    for (int h = 0; h < m->hosts; h++)
        for (int i = 0; i < m->host[h].nics; i++)
            if (strcmp(nic, arena_printf(s->arena, "nic.%s.%s", m->host[h].name, m->host[h].nic[i].name)) ==
                0)
                return m->host[h].nic[i].bytes_per_s > base->host[h].nic[i].bytes_per_s;
    return false;
}

/* More of one alone would move the queue to the other: they are relieved together. */
static void relieve_row(struct search *s, struct candidate *c)
{
    double share;
    for (int k = 0; c->model && k < s->out->resources; k++)
        if (in_a_row(s, c->resource, k) && !is_relieved(s, c->model, s->out->resource[k].name))
            c->model = relief_make(s->arena, c->model, &s->out->resource[k], &share);
}

/* Is it proved with a candidate before it? Of links in a row or in a team the one with the queue gives the name. */
static bool joins_row(struct search *s, int i)
{
    for (int k = 0; k < s->candidates; k++) {
        struct candidate *c = &s->candidate[k];
        if (!is_relieved(s, c->model, s->out->resource[i].name))
            continue;
        if (s->out->resource[i].queue > s->out->resource[c->resource].queue)
            c->resource = i;
        return true;
    }
    return false;
}

/* ---- proof ---- */

static void choose_candidates(struct search *s)
{
    const int first = ranked(s, 0);
    for (int rank = 0; rank < CANDIDATES; rank++) {
        const int i = ranked(s, rank);
        if (i < 0 || s->out->resource[i].utilization < WORTH_PROVING * s->out->resource[first].utilization)
            return;
        if (joins_row(s, i))
            continue;
        struct candidate *c = &s->candidate[s->candidates];
        c->resource = i;
        c->model = relief_make(s->arena, s->g->of->model, &s->out->resource[i], &c->share);
        if (!c->model && rank == 0) {
            s->candidates = 0; /* a lock, or memory: nothing can be proved against it, utilization decides */
            return;
        }
        if (!c->model)
            continue;
        relieve_row(s, c);
        c->of = *s->g->of;
        c->of.model = c->model;
        c->score = ARENA_ARRAY(s->arena, double, (size_t)s->g->n);
        s->candidates++;
    }
}

static void relieve_task(int task, void *context)
{
    struct search *s = context;
    struct candidate *c = &s->candidate[task / s->g->n];
    cell_advance(c->relieved.cell[task % s->g->n], s->until);
}

/* Waiting per job, as a share of `response` (seconds by workload), averaged over the workloads. response is filled from
 * this window first when `fill` is set. */
static double wait_share(const struct group *g, int r, sim_ns until, double *delta, double *response,
                         bool fill)
{
    const struct cell *c = g->cell[r];
    const int n = g->of->model->workloads;
    double sum = 0.0;
    group_window(g, r, until, delta);
    for (int w = 0; w < n; w++) {
        const double *f = delta + c->layout->workload[w];
        const double *rows = delta + c->layout->breakdown[w];
        double wait = 0.0;
        if (f[WLF_FINISHED] <= 0.0)
            continue;
        for (int i = 0; i < c->run->workload[w].program->rows; i++)
            wait += rows[3 * i];
        if (fill)
            response[w] = f[WLF_RESPONSE] / f[WLF_FINISHED];
        if (response[w] > 0.0)
            sum += wait / f[WLF_FINISHED] / response[w] / n;
    }
    return sum;
}

/* What 10 % more capacity would save of the waiting, from what `share` more saved: waiting goes as k / (capacity - d), as
 * in M/M/1, through both points. Where less was saved than d = 0 explains, a part of the waiting does not go with this
 * capacity at all: the rest then goes as 1 / capacity. */
static double saved_by_tenth(double before, double after, double share)
{
    const double saved = before - after, explained = before - after * (1.0 + share);
    if (!(saved > 0.0))
        return saved;
    if (explained <= 0.0)
        return saved * (1.0 - 1.0 / 1.1) / (1.0 - 1.0 / (1.0 + share));
    const double d = explained / saved;
    return before - before * (1.0 - d) / (1.1 - d);
}

static void score(struct search *s, struct candidate *c)
{
    double *delta = ARENA_ARRAY(
        s->arena, double, (size_t)c->relieved.cell[0]->layout->size + (size_t)s->g->cell[0]->layout->size);
    double *response = ARENA_ARRAY(s->arena, double, (size_t)s->g->of->model->workloads);
    for (int r = 0; r < s->g->n; r++) {
        const double before = wait_share(s->g, r, s->until, delta, response, true);
        const double after = wait_share(&c->relieved, r, s->until, delta, response, false);
        c->score[r] = saved_by_tenth(before, after, c->share);
    }
}

static double mean_score(const struct search *s, const struct candidate *c)
{
    double sum = 0.0;
    for (int r = 0; r < s->g->n; r++)
        sum += c->score[r] / s->g->n;
    return sum;
}

static void run_reliefs(struct search *s)
{
    const struct cell *base = s->g->cell[0];
    s->until = s->g->warm + (cell_now(base) - s->g->warm) / PROOF_PART;
    for (int i = 0; i < s->candidates; i++) {
        struct candidate *c = &s->candidate[i];
        c->relieved = group_new(s->arena, &c->of, s->o, base->width);
        c->relieved.warm = s->g->warm;
    }
    parallel_for(s->candidates * s->g->n, s->o->threads, relieve_task, s);
    for (int i = 0; i < s->candidates; i++) {
        score(s, &s->candidate[i]);
        group_free(&s->candidate[i].relieved);
    }
}

/* The candidate whose relief helps most; NULL if none helps to speak of. */
static const struct candidate *prove(struct search *s, double *probability)
{
    const struct candidate *best = NULL;
    choose_candidates(s);
    if (s->candidates == 0)
        return NULL;
    run_reliefs(s);
    for (int i = 0; i < s->candidates; i++)
        if (!best || mean_score(s, &s->candidate[i]) > mean_score(s, best))
            best = &s->candidate[i];
    if (mean_score(s, best) < WORTH_RELIEVING)
        return NULL;
    *probability = 1.0;
    for (int i = 0; i < s->candidates; i++)
        if (&s->candidate[i] != best)
            *probability *= probability_larger(best->score, s->candidate[i].score, s->g->n);
    return best;
}

/* ---- answer ---- */

static void fill_next(struct arena *a, const struct search *s, int first, struct bottleneck_result *b)
{
    b->next = ARENA_ARRAY(a, struct next_bottleneck, NEXT_MAX);
    for (int rank = 0; b->nexts < NEXT_MAX; rank++) {
        const int i = ranked(s, rank);
        if (i < 0 || s->out->resource[i].utilization < NEXT_LEAST)
            return;
        if (i == first)
            continue;
        const struct tally t = utilization_tally(s, i);
        b->next[b->nexts++] =
            (struct next_bottleneck){.resource = s->out->resource[i].name,
                                     .takes_over_at = 1.0 / t.mean,
                                     .half_width = tally_half_width(&t, s->o->level) / (t.mean * t.mean)};
    }
}

void bottleneck_find(struct arena *a, const struct group *g, const struct study_options *o,
                     struct scenario_result *out, bool prove_it)
{
    struct search s = {.arena = arena_new(), .g = g, .o = o, .out = out};
    struct bottleneck_result *b = &out->bottleneck;
    read_utilizations(&s);
    int best = ranked(&s, 0);
    *b = (struct bottleneck_result){.resource = "none"};
    if (best >= 0 && out->resource[best].utilization > 0.0) {
        double probability = 1.0;
        const bool can = prove_it && !g->saturated && !group_traced(g->of->model);
        const struct candidate *proved = can ? prove(&s, &probability) : NULL;
        if (proved)
            best = proved->resource;
        else
            probability = probability_by_utilization(&s, best);
        b->resource = out->resource[best].name;
        b->utilization = out->resource[best].utilization;
        b->probability = probability;
        b->outside = strcmp(out->resource[best].kind, "external") == 0;
        fill_next(a, &s, best, b);
    }
    arena_free(s.arena);
}
