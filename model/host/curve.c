/* curve.c - response against the number of vCPUs of one VM. */
#include "model/host/curve.h"
#include "model/base/check.h"
#include "model/host/paired.h"
#include <math.h>
#include <string.h>

/* ---- which points ---- */

static void lower(struct curve_limit *l, int most, const char *text)
{
    if (most > 0 && most < l->most)
        *l = (struct curve_limit){most, text};
}

/* The limits that supported_check warns of. Source: version_rows, os_rows; that a VM with more vCPUs than there are LPs
 * does not start is Hyper-V's own check. */
struct curve_limit curve_limit_of(struct arena *a, const struct model *m, int vm)
{
    const struct vm_spec *v = &m->vm[vm];
    const struct host_spec *h = &m->host[v->host];
    const struct version_row *version = &version_rows[h->hv.version];
    const struct os_row *os = &os_rows[v->os];
    const int lps = h->cpu.sockets * h->cpu.cores * h->cpu.threads;
    const bool early = h->hv.version == HV_2008 || h->hv.version == HV_2008R2;
    struct curve_limit l = {
        lps, arena_printf(a, "%s has %d logical processor%s", h->name, lps, lps == 1 ? "" : "s")};
    lower(&l, version->max_vps_per_vm,
          arena_printf(a, "Hyper-V %s supports %d vCPUs in a VM", version->name, version->max_vps_per_vm));
    if (early)
        lower(&l, os->max_vcpus,
              arena_printf(a, "%s supports %d vCPU%s in a VM of Hyper-V %s", os->label, os->max_vcpus,
                           os->max_vcpus == 1 ? "" : "s", version->name));
    return l;
}

/* Keeps `vcpus` ascending and without repeats. */
static int insert(int *vcpus, int n, int value)
{
    int at = n;
    while (at > 0 && vcpus[at - 1] > value)
        at--;
    if (at > 0 && vcpus[at - 1] == value)
        return n;
    memmove(vcpus + at + 1, vcpus + at, (size_t)(n - at) * sizeof *vcpus);
    vcpus[at] = value;
    return n + 1;
}

/* Sixteen at most in either table, the present number and the limit on top. */
int curve_counts(int most, int now, int *vcpus)
{
    static const int near[] = {1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 24, 32, 48, 64};
    static const int far[] = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256, 512};
    const int *from = most <= near[15] ? near : far;
    int n = 0;
    for (int i = 0; i < 16 && from[i] <= most; i++)
        n = insert(vcpus, n, from[i]);
    n = insert(vcpus, n, most);
    n = insert(vcpus, n, now);
    CHECK(n <= CURVE_POINTS_MOST);
    return n;
}

bool curve_visits(const struct workload_spec *w, int vm)
{
    for (int s = 0; s < w->sites; s++)
        for (int k = 0; k < w->site[s].n; k++)
            if (w->site[s].vm[k] == vm)
                return true;
    return false;
}

/* ---- the knee ---- */

bool curve_step_gains(double before, double fall, double half_width, int added)
{
    if (!(fall > half_width) || !(before > 0.0))
        return false;
    /* gains of several vCPUs multiply: (1 - one)^added = 1 - fall / before */
    return 1.0 - pow(fmax(0.0, 1.0 - fall / before), 1.0 / added) >= CURVE_GAIN;
}

int curve_knee(const bool *gains, int points)
{
    int knee = points - 1;
    while (knee > 0 && !gains[knee - 1])
        knee--;
    return points > 1 && knee == points - 1 ? -1 : knee;
}

/* ---- reading the study ---- */

struct reader {
    struct arena *arena;
    const struct model *model;
    int vm;
    double level;
    const struct scenario_result *base;
    struct vcpu_curve *curve;
    const struct scenario_result **of; /* scenario of each point */
};

static const struct metric *metric_of(const struct reader *k, const struct scenario_result *s,
                                      const char *kind, const char *entity, const char *what)
{
    const struct metric *m = result_metric(s, arena_printf(k->arena, "%s.%s.%s", kind, entity, what));
    CHECK(m != NULL);
    return m;
}

static double p95_half_width(const struct workload_result *w, int n, double level)
{
    struct tally t;
    tally_init(&t);
    for (int r = 0; r < n; r++)
        tally_add(&t, w->p95_by_run[r]);
    return tally_half_width(&t, level);
}

static void forget_times(struct curve_workload *c)
{
    c->response_s = c->response_half_width = c->p95_s = c->p95_half_width = (double)NAN;
}

static enum verdict verdict_of(double gain, double half_width)
{
    return !(fabs(gain) > half_width) ? VERDICT_SAME : gain > 0.0 ? VERDICT_BETTER : VERDICT_WORSE;
}

/* Where one of the two piles up, its response is not known, but that it does is an answer; if both do, the throughput is. */
static void fill_deltas(const struct reader *k, struct curve_workload *c,
                        const struct workload_result *before, const struct scenario_result *s)
{
    const char *response = arena_printf(k->arena, "workload.%s.response_s", c->workload);
    const char *throughput = arena_printf(k->arena, "workload.%s.throughput_per_s", c->workload);
    const struct paired r = paired_metric(k->base, s, response, k->level);
    const struct paired x = paired_metric(k->base, s, throughput, k->level);
    const bool known = !before->saturated && !c->saturated;
    c->response_delta_s = known ? r.delta : (double)NAN;
    c->response_delta_half_width = known ? r.half_width : (double)NAN;
    c->throughput_delta_per_s = x.delta;
    c->throughput_delta_half_width = x.half_width;
    if (known)
        c->verdict = verdict_of(-r.delta, r.half_width);
    else if (before->saturated && c->saturated)
        c->verdict = verdict_of(x.delta, x.half_width);
    else
        c->verdict = c->saturated ? VERDICT_WORSE : VERDICT_BETTER;
}

static void fill_workload(const struct reader *k, struct curve_workload *c, int index,
                          const struct scenario_result *s)
{
    const struct workload_result *w = &s->workload[index];
    const struct metric *x = metric_of(k, s, "workload", w->name, "throughput_per_s");
    const struct metric *t = metric_of(k, s, "workload", w->name, "response_s");
    *c = (struct curve_workload){.workload = w->name,
                                 .visits = curve_visits(&k->model->workload[index], k->vm),
                                 .saturated = w->saturated,
                                 .throughput_per_s = x->mean,
                                 .throughput_half_width = x->half_width,
                                 .response_s = t->mean,
                                 .response_half_width = t->half_width,
                                 .p95_s = t->p95,
                                 .p95_half_width = p95_half_width(w, s->replications, k->level)};
    c->response_delta_s = c->response_delta_half_width = (double)NAN;
    c->throughput_delta_per_s = c->throughput_delta_half_width = (double)NAN;
    if (c->saturated)
        forget_times(c);
    if (s != k->base)
        fill_deltas(k, c, &k->base->workload[index], s);
}

static void fill_vm(const struct reader *k, struct curve_vm *c, int vm, const struct scenario_result *s)
{
    const char *name = k->model->vm[vm].name;
    const struct metric *wait = metric_of(k, s, "vm", name, "wait_per_dispatch_ns");
    const struct metric *ready = metric_of(k, s, "vm", name, "ready");
    struct paired w = {(double)NAN, (double)NAN}, r = w;
    if (s != k->base) {
        w = paired_metric(k->base, s, wait->name, k->level);
        r = paired_metric(k->base, s, ready->name, k->level);
    }
    *c = (struct curve_vm){name,        metric_of(k, s, "vm", name, "cpu")->mean,
                           wait->mean,  wait->half_width,
                           ready->mean, ready->half_width,
                           w.delta,     w.half_width,
                           r.delta,     r.half_width};
}

static void fill_point(const struct reader *k, struct curve_point *p, const struct scenario_result *s)
{
    const struct model *m = k->model;
    p->scenario = s->name;
    p->bottleneck = s->bottleneck.resource;
    p->bottleneck_utilization = s->bottleneck.utilization;
    p->saturated = s->saturated;
    p->workload = ARENA_ARRAY(k->arena, struct curve_workload, (size_t)m->workloads);
    p->workloads = m->workloads;
    for (int i = 0; i < m->workloads; i++)
        fill_workload(k, &p->workload[i], i, s);
    p->vm = ARENA_ARRAY(k->arena, struct curve_vm, (size_t)m->vms);
    fill_vm(k, &p->vm[p->vms++], k->vm, s);
    for (int i = 0; i < m->vms; i++)
        if (i != k->vm && m->vm[i].host == m->vm[k->vm].host)
            fill_vm(k, &p->vm[p->vms++], i, s);
}

/* One workload on the way from point i to point j. */
static bool workload_gains(const struct reader *k, int w, int i, int j)
{
    const struct curve_workload *from = &k->curve->point[i].workload[w],
                                *to = &k->curve->point[j].workload[w];
    const int added = k->curve->point[j].vcpus - k->curve->point[i].vcpus;
    if (from->saturated != to->saturated)
        return from->saturated;
    if (from->saturated) {
        const char *metric = arena_printf(k->arena, "workload.%s.throughput_per_s", from->workload);
        const struct paired x = paired_metric(k->of[i], k->of[j], metric, k->level);
        /* as a response: time from one job to the next */
        const double before = from->throughput_per_s, after = before + x.delta;
        return x.delta > x.half_width &&
               curve_step_gains(1.0 / before, 1.0 / before - 1.0 / after, 0.0, added);
    }
    const char *metric = arena_printf(k->arena, "workload.%s.response_s", from->workload);
    const struct paired r = paired_metric(k->of[i], k->of[j], metric, k->level);
    return curve_step_gains(from->response_s, -r.delta, r.half_width, added);
}

static bool workload_loses(const struct reader *k, int w, int i, int j)
{
    const struct curve_workload *from = &k->curve->point[i].workload[w],
                                *to = &k->curve->point[j].workload[w];
    if (from->saturated || to->saturated)
        return to->saturated && !from->saturated;
    const char *metric = arena_printf(k->arena, "workload.%s.response_s", from->workload);
    const struct paired r = paired_metric(k->of[i], k->of[j], metric, k->level);
    return r.delta > r.half_width && r.delta >= CURVE_LOSS * from->response_s;
}

/* What one of the workloads that visit the VM does. */
static bool some(const struct reader *k, int i, int j, bool (*does)(const struct reader *, int, int, int))
{
    const struct curve_point *p = &k->curve->point[i];
    for (int w = 0; w < p->workloads; w++)
        if (p->workload[w].visits && does(k, w, i, j))
            return true;
    return false;
}

static void find_knee(const struct reader *k)
{
    struct vcpu_curve *c = k->curve;
    bool *gains = ARENA_ARRAY(k->arena, bool, (size_t)c->points);
    for (int i = 0; i + 1 < c->points; i++)
        gains[i] = some(k, i, i + 1, workload_gains);
    const int knee = curve_knee(gains, c->points);
    if (knee < 0)
        return;
    c->knee = c->point[knee].vcpus;
    for (int j = c->points - 1; j > knee && some(k, knee, j, workload_loses); j--)
        c->worse_from = c->point[j].vcpus;
}

/* Index of each point's scenario, by vCPUs. */
static void sort_scenarios(const int *vcpus, int n, int *order)
{
    for (int i = 0; i < n; i++) {
        int at = i;
        for (; at > 0 && vcpus[order[at - 1]] > vcpus[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

void curve_fill(struct arena *a, const struct model *m, int vm, const int *vcpus, double level,
                struct result *r)
{
    const struct curve_limit limit = curve_limit_of(a, m, vm);
    struct vcpu_curve *c = &r->vcpu_curve;
    const struct scenario_result **of = ARENA_ARRAY(a, const struct scenario_result *, (size_t)r->scenarios);
    int *order = ARENA_ARRAY(a, int, (size_t)r->scenarios);
    const struct reader k = {a, m, vm, level, &r->scenario[0], c, of};
    *c = (struct vcpu_curve){.vm = m->vm[vm].name,
                             .host = m->host[m->vm[vm].host].name,
                             .now = vcpus[0],
                             .most = limit.most,
                             .limited_by = limit.text};
    c->point = ARENA_ARRAY(a, struct curve_point, (size_t)r->scenarios);
    c->points = r->scenarios;
    sort_scenarios(vcpus, r->scenarios, order);
    for (int i = 0; i < c->points; i++) {
        of[i] = &r->scenario[order[i]];
        c->point[i].vcpus = vcpus[order[i]];
        fill_point(&k, &c->point[i], of[i]);
    }
    find_knee(&k);
}
