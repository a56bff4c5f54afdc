/* remarks.c - warnings with codes, and assumed values that mattered. */
#include "model/host/remarks.h"
#include "model/base/units.h"
#include "model/host/estimate.h"
#include "model/host/group.h"
#include "model/host/memory.h"
#include "model/host/memory_fit.h"
#include "model/host/resources.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MATTERS_LEAST 0.001 /* share of a response below which an assumed value is not listed */
#define OPINIONS_APART 0.5  /* relative difference of simulation and second opinion worth a warning */

struct list {
    struct arena *arena;
    struct warning *row;
    int n, capacity;
};

static void warn(struct list *l, const char *code, const char *where, const char *text)
{
    *ARENA_PUSH(l->arena, l->row, l->n, l->capacity) =
        (struct warning){.code = code, .text = text, .where = where};
}

/* ---- warnings ---- */

static void warn_saturated(struct list *l, const struct scenario_result *s)
{
    const char *help = s->bottleneck.outside ? "; it lies outside the hosts, so no change on them helps" : "";
    warn(l, "W301", s->name,
         arena_printf(l->arena,
                      "scenario '%s' is saturated: jobs pile up without end at %s (%.0f %% used)%s; its "
                      "means are those of "
                      "the run, not of a steady state",
                      s->name, s->bottleneck.resource, 100.0 * s->bottleneck.utilization, help));
}

static void warn_precision(struct list *l, const struct scenario_result *s)
{
    for (int i = 0; i < s->metrics; i++) {
        const struct metric *m = &s->metric[i];
        if (strncmp(m->name, "workload.", 9) != 0 || !strstr(m->name, ".response_s") || m->precision_reached)
            continue;
        warn(l, "W302", s->name,
             arena_printf(l->arena,
                          "scenario '%s': %s is known to +-%.1f %% only; allow more events (--max-events)",
                          s->name, m->name, 100.0 * m->half_width / m->mean));
    }
}

/* "1.37 ms": three digits. */
static const char *time_text(struct arena *a, double s)
{
    return units_format(a, strtod(arena_printf(a, "%.3g", s * 1e9), NULL), UNIT_TIME);
}

static void warn_opinion(struct list *l, const struct scenario_result *s)
{
    for (int i = 0; i < s->bounds; i++) {
        const struct bound_row *b = &s->bound[i];
        const struct metric *m = result_metric(s, b->metric);
        if (!m || isnan(b->second_opinion) || fabs(m->mean - b->second_opinion) <= OPINIONS_APART * m->mean)
            continue;
        warn(l, "W303", s->name,
             arena_printf(l->arena,
                          "scenario '%s': %s is %s by simulation and %s by %s; look at what the "
                          "formula leaves out "
                          "(bursts, locks, pools, priorities, varying demands)",
                          s->name, b->metric, time_text(l->arena, m->mean),
                          time_text(l->arena, b->second_opinion), b->method));
    }
}

static void warn_memory(struct list *l, const struct scenario_result *s)
{
    for (int i = 0; i < s->resources; i++)
        if (strcmp(s->resource[i].kind, "memory") == 0 &&
            s->resource[i].utilization > RESOURCES_OVERCOMMITTED)
            warn(l, "W304", s->name,
                 arena_printf(l->arena,
                              "scenario '%s': the VMs need %.0f %% of the memory of %s; static VMs would not "
                              "start, the "
                              "figures assume that all of them are squeezed alike and page",
                              s->name, 100.0 * s->resource[i].utilization,
                              s->resource[i].name + strlen("memory.")));
}

static void warn_suffers(struct list *l, const struct model *m, const struct scenario_result *s)
{
    for (int h = 0; h < m->hosts; h++) {
        const char *say = memory_fit_suffers(l->arena, m, h, s);
        if (say)
            warn(l, "W307", s->name, arena_printf(l->arena, "scenario '%s': %s", s->name, say));
    }
}

static void warn_restart(struct list *l, const struct model *m, const struct scenario_result *s)
{
    if (!memory_fit_restarts(m))
        return;
    struct arena *scratch = arena_new();
    const struct run *run = run_new(scratch, m, "restart", 0, 0);
    for (int h = 0; h < m->hosts; h++) {
        const char *say = memory_fit_restart(l->arena, run, h);
        if (say)
            warn(l, "W308", s->name, arena_printf(l->arena, "scenario '%s': %s", s->name, say));
    }
    arena_free(scratch);
}

/* No time at all between one job and the next: nothing limits the load. */
static void warn_instant(struct list *l, const struct model *m, const struct scenario_result *s)
{
    for (int i = 0; i < m->workloads; i++) {
        const struct workload_spec *w = &m->workload[i];
        if (w->arrivals == ARRIVAL_CLOSED && w->think.mean_ns <= 0.0 && s->workload[i].response_s <= 0.0)
            warn(
                l, "W305", s->name,
                arena_printf(
                    l->arena,
                    "scenario '%s': jobs of %s take no time and its users do not think: its throughput means "
                    "nothing",
                    s->name, w->name));
    }
}

static double mean_or_zero(const struct scenario_result *s, const char *metric)
{
    const struct metric *m = result_metric(s, metric);
    return m ? m->mean : 0.0;
}

static void warn_refused(struct list *l, const struct scenario_result *s)
{
    for (int i = 0; i < s->workloads; i++) {
        const struct workload_result *w = &s->workload[i];
        const double refused = mean_or_zero(s, arena_printf(l->arena, "workload.%s.refused_per_s", w->name));
        if (refused > 0.0)
            warn(l, "W306", s->name,
                 arena_printf(l->arena,
                              "scenario '%s': %.3g %% of the jobs of %s (%.3g /s) found a pool and its queue "
                              "full and were refused; its throughput and response are of the others",
                              s->name, 100.0 * refused / (refused + w->throughput_per_s), w->name, refused));
    }
}

#define QOS_REACHED 0.98 /* of the maximum: operations are held back */

static void warn_disk(struct list *l, const struct scenario_result *s, const char *vm,
                      const struct vdisk_spec *d)
{
    const char *metric = arena_printf(l->arena, "vdisk.%s.%s.", vm, d->name);
    const double rate = mean_or_zero(s, arena_printf(l->arena, "%snormalized_iops", metric));
    const double outstanding = mean_or_zero(s, arena_printf(l->arena, "%soutstanding", metric));
    if (rate < d->minimum_iops && outstanding >= 1.0)
        warn(l, "W309", s->name,
             arena_printf(
                 l->arena,
                 "scenario '%s': disk %s of VM %s makes %.3g operations of 8 KiB a second, less than its "
                 "minimum of %.3g, and %.3g wait on average",
                 s->name, d->name, vm, rate, d->minimum_iops, outstanding));
    if (d->maximum_iops > 0.0 && rate >= QOS_REACHED * d->maximum_iops)
        warn(l, "W310", s->name,
             arena_printf(
                 l->arena,
                 "scenario '%s': disk %s of VM %s is held at its maximum of %.3g operations of 8 KiB a "
                 "second; more of anything else does not help it",
                 s->name, d->name, vm, d->maximum_iops));
}

static void warn_qos(struct list *l, const struct model *m, const struct scenario_result *s)
{
    for (int v = 0; v < m->vms; v++)
        for (int k = 0; k < m->vm[v].disks; k++)
            warn_disk(l, s, m->vm[v].name, &m->vm[v].disk[k]);
}

/* ---- assumed values ---- */

/* As many jobs inside the VMs as the scenario had on average, with the memory that they leave. */
static void suppose_inside(struct arena *a, struct run *run, const struct scenario_result *s)
{
    for (int i = 0; i < run->model->vms; i++) {
        const char *name = arena_printf(a, "vm.%s.jobs_inside", run->model->vm[i].name);
        const int inside = (int)(mean_or_zero(s, name) + 0.5);
        if (inside > 0)
            memory_inside(&run->vm[i], inside);
    }
    for (int i = 0; i < run->model->hosts; i++)
        memory_settle(run, &run->host[i]);
}

/* Expected time of each workload's job with nobody waiting, at these parameters. */
static void job_times(const struct model *m, const struct scenario_result *s, double *ns)
{
    struct arena *a = arena_new();
    struct run *run = run_new(a, m, "assumed", 0, 0);
    suppose_inside(a, run, s);
    for (int i = 0; i < m->workloads; i++)
        ns[i] = estimate_workload(a, &run->workload[i]).total_ns;
    arena_free(a);
}

/* Largest share of a workload's response that goes with the parameter: its elasticity, from a tenth more or, at the upper
 * end of the range, less. For a cost that is the share it makes up. */
static double matters(const struct model *m, size_t parameter, const double *base,
                      const struct scenario_result *s, double *ns)
{
    struct arena *a = arena_new();
    struct model changed = *m;
    const size_t n = mechanism_param_count();
    double most = 0.0;
    changed.overhead = arena_grow(a, m->overhead, n, n, sizeof *m->overhead);
    const bool room = 1.1 * m->overhead[parameter] <= mechanism_param(parameter, NULL)->hi;
    changed.overhead[parameter] *= room ? 1.1 : 0.9;
    job_times(&changed, s, ns);
    for (int i = 0; i < m->workloads; i++)
        if (s->workload[i].response_s > 0.0)
            most = fmax(most, 10.0 * fabs(base[i] - ns[i]) * 1e-9 / s->workload[i].response_s);
    arena_free(a);
    return most;
}

static void add_assumed(struct arena *a, const struct model *m, struct result *out)
{
    struct arena *scratch = arena_new();
    const size_t n = mechanism_param_count();
    double *base = ARENA_ARRAY(scratch, double, (size_t)m->workloads);
    double *ns = ARENA_ARRAY(scratch, double, (size_t)m->workloads);
    job_times(m, &out->scenario[0], base);
    out->assumed = ARENA_ARRAY(a, struct assumed_row, n);
    for (size_t i = 0; i < n; i++) {
        const struct mechanism *owner = NULL;
        const struct param *p = mechanism_param(i, &owner);
        if (p->confidence != CONF_ASSUMED || m->overhead_stated[i])
            continue;
        const double share = matters(m, i, base, &out->scenario[0], ns);
        if (share < MATTERS_LEAST)
            continue;
        out->assumed[out->assumeds++] =
            (struct assumed_row){.parameter = arena_printf(a, "overheads.%s.%s", owner->name, p->name),
                                 .value = units_format(a, m->overhead[i], p->unit),
                                 .confidence = confidence_name(p->confidence),
                                 .matters = share};
    }
    arena_free(scratch);
}

void remarks_add(struct arena *a, const struct study_case *cases, struct result *out)
{
    struct list l = {.arena = a};
    for (int i = 0; i < out->warnings; i++)
        *ARENA_PUSH(a, l.row, l.n, l.capacity) = out->warning[i];
    for (int i = 0; i < out->scenarios; i++) {
        const struct scenario_result *s = &out->scenario[i];
        warn_memory(&l, s);
        warn_suffers(&l, cases[i].model, s);
        warn_restart(&l, cases[i].model, s);
        warn_instant(&l, cases[i].model, s);
        warn_qos(&l, cases[i].model, s);
        warn_refused(&l, s);
        if (s->saturated) {
            warn_saturated(&l, s);
            continue;
        }
        if (!group_traced(cases[i].model)) /* a trace is as long as it is */
            warn_precision(&l, s);
        warn_opinion(&l, s);
    }
    out->warning = l.row;
    out->warnings = l.n;
    add_assumed(a, cases[0].model, out);
}
