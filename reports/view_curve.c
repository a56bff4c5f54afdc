/* view_curve.c - see view_curve.h. */
#include "reports/view_curve.h"
#include "reports/findings.h"
#include "reports/quantity.h"

#include <math.h>
#include <string.h>

/* A change that is certain but under 1 % moves nobody. */
static const double matters_from = 0.01;

static const char piles_up[] = "cannot keep up";

static const char *plural(int n)
{
    return n == 1 ? "" : "s";
}

static const struct curve_point *point_at(const struct vcpu_curve *k, int vcpus)
{
    for (int i = 0; i < k->points; i++) {
        if (k->point[i].vcpus == vcpus)
            return &k->point[i];
    }
    return NULL;
}

static const struct curve_workload *workload_at(const struct curve_point *p, const char *name)
{
    for (int i = 0; p && i < p->workloads; i++) {
        if (strcmp(p->workload[i].workload, name) == 0)
            return &p->workload[i];
    }
    return NULL;
}

static const struct curve_vm *vm_at(const struct curve_point *p, const char *name)
{
    for (int i = 0; i < p->vms; i++) {
        if (strcmp(p->vm[i].vm, name) == 0)
            return &p->vm[i];
    }
    return NULL;
}

/* ---- findings ---- */

static void say(const struct view_context *c, struct view *v, enum tone tone, const char *text)
{
    const char *about = arena_printf(c->arena, "vCPUs of %s", c->result->vcpu_curve.vm);
    findings_say(c, v, about, tone, text);
}

static const char *seconds(const struct view_context *c, double s)
{
    return quantity_value(c->arena, s, "s", c->unicode);
}

static bool moves(const struct curve_workload *now, const struct curve_workload *then)
{
    if (now->saturated || then->saturated)
        return now->saturated != then->saturated;
    return then->verdict != VERDICT_SAME && fabs(then->response_delta_s) >= matters_from * now->response_s;
}

/* "shop responds in 37.0 ms instead of 86.0 ms (−49.0 ± 1.1 ms, −57 %)" */
static void say_workload(const struct view_context *c, struct view *v, int vcpus,
                         const struct curve_workload *now, const struct curve_workload *then)
{
    const char *text;
    if (then->saturated)
        text =
            arena_printf(c->arena, "%s cannot keep up with %d vCPU%s.", then->workload, vcpus, plural(vcpus));
    else if (now->saturated)
        text = arena_printf(c->arena, "%s keeps up with %d vCPU%s and responds in %s; today it cannot.",
                            then->workload, vcpus, plural(vcpus), seconds(c, then->response_s));
    else
        text = arena_printf(c->arena, "%s%s responds in %s instead of %s with %d vCPU%s (%s, %s).",
                            then->visits ? "" : "The neighbour ", then->workload,
                            seconds(c, then->response_s), seconds(c, now->response_s), vcpus, plural(vcpus),
                            quantity_delta(c->arena, then->response_delta_s, then->response_delta_half_width,
                                           "s", c->unicode),
                            quantity_relative(c->arena, then->response_delta_s, now->response_s, c->unicode));
    say(c, v, view_verdict_tone(then->verdict), text);
}

/* Those that visit the VM, then the neighbours. Returns how many moved. */
static int say_workloads(const struct view_context *c, struct view *v, const struct curve_point *then,
                         bool visits)
{
    const struct curve_point *now = point_at(&c->result->vcpu_curve, c->result->vcpu_curve.now);
    int said = 0;
    for (int i = 0; i < then->workloads; i++) {
        const struct curve_workload *w = &then->workload[i];
        const struct curve_workload *before = workload_at(now, w->workload);
        if (w->visits == visits && before && moves(before, w)) {
            say_workload(c, v, then->vcpus, before, w);
            said++;
        }
    }
    return said;
}

static void say_knee(const struct view_context *c, struct view *v)
{
    const struct vcpu_curve *k = &c->result->vcpu_curve;
    const int last = k->point[k->points - 1].vcpus;
    if (k->points == 1)
        say(c, v, TONE_PLAIN, "No other number of vCPUs is possible.");
    else if (k->knee == 0)
        say(c, v, TONE_PLAIN,
            arena_printf(c->arena, "There is no knee: the last vCPU, number %d, still gains.", last));
    else if (k->knee == k->now)
        say(c, v, TONE_PLAIN,
            arena_printf(c->arena,
                         "The knee is at %d vCPU%s, what it has today: no further one gains 5 %% or more.",
                         k->now, plural(k->now)));
    else
        say(c, v, TONE_PLAIN,
            arena_printf(c->arena,
                         "The knee is at %d vCPU%s; it has %d. Beyond the knee none gains 5 %% or more.",
                         k->knee, plural(k->knee), k->now));
}

static bool has_neighbours(const struct curve_point *p)
{
    for (int i = 0; i < p->workloads; i++) {
        if (!p->workload[i].visits)
            return true;
    }
    return false;
}

/* At the knee; at the last point if there is none, if it is where the VM is, or if nobody loses before. */
static void say_neighbours(const struct view_context *c, struct view *v)
{
    const struct vcpu_curve *k = &c->result->vcpu_curve;
    const struct curve_point *last = &k->point[k->points - 1];
    const bool elsewhere = k->knee > 0 && k->knee != k->now;
    const struct curve_point *then = elsewhere ? point_at(k, k->knee) : last;
    if (!then || !has_neighbours(then) || then->vcpus == k->now || say_workloads(c, v, then, false) > 0)
        return;
    say(c, v, TONE_DIM,
        arena_printf(
            c->arena,
            "With %d vCPU%s no neighbour loses anything that matters (within the noise or under 1 %%).",
            then->vcpus, plural(then->vcpus)));
    if (then != last)
        say_workloads(c, v, last, false);
}

/* The first number beyond today's at which something else limits. */
static void say_bottleneck(const struct view_context *c, struct view *v)
{
    const struct vcpu_curve *k = &c->result->vcpu_curve;
    const struct curve_point *now = point_at(k, k->now);
    for (int i = 0; now && i < k->points; i++) {
        const struct curve_point *p = &k->point[i];
        if (p->vcpus <= k->now || strcmp(p->bottleneck, now->bottleneck) == 0)
            continue;
        say(c, v, TONE_PLAIN,
            arena_printf(c->arena, "With %d vCPU%s the bottleneck moves from %s to %s.", p->vcpus,
                         plural(p->vcpus), now->bottleneck, p->bottleneck));
        return;
    }
}

void view_curve_findings(const struct view_context *c, struct view *v)
{
    const struct vcpu_curve *k = &c->result->vcpu_curve;
    if (k->points == 0)
        return;
    const struct curve_point *knee = k->knee ? point_at(k, k->knee) : &k->point[k->points - 1];
    say_knee(c, v);
    if (knee && knee->vcpus != k->now)
        say_workloads(c, v, knee, true);
    if (k->worse_from)
        say(c, v, TONE_BAD,
            arena_printf(c->arena, "From %d vCPUs on the response gets worse again.", k->worse_from));
    say_neighbours(c, v);
    say_bottleneck(c, v);
    say(c, v, TONE_DIM, arena_printf(c->arena, "The curve ends at %d: %s.", k->most, k->limited_by));
}

/* ---- tables ---- */

static void number_cell(const struct view_context *c, struct table *t, double v, const char *unit)
{
    table_number(t, !isfinite(v) ? "" : quantity_value(c->arena, v, unit, c->unicode), v);
}

static void interval_cell(const struct view_context *c, struct table *t, double v, double half_width,
                          const char *unit)
{
    table_number(t, !isfinite(v) ? "" : quantity_interval(c->arena, v, half_width, unit, c->unicode), v);
}

static void delta_cell(const struct view_context *c, struct table *t, double v, double half_width,
                       const char *unit, enum tone tone)
{
    table_number(t, !isfinite(v) ? "" : quantity_delta(c->arena, v, half_width, unit, c->unicode), v)->tone =
        tone;
}

/* "1", "2 today", "3 knee" */
static void vcpus_cell(const struct view_context *c, struct table *t, const struct curve_point *p)
{
    const struct vcpu_curve *k = &c->result->vcpu_curve;
    const char *mark = p->vcpus == k->now    ? p->vcpus == k->knee ? " today, knee" : " today"
                       : p->vcpus == k->knee ? " knee"
                                             : "";
    table_text(t, arena_printf(c->arena, "%d%s", p->vcpus, mark));
}

static void response_cells(const struct view_context *c, struct table *t, const struct curve_workload *w,
                           double longest)
{
    if (w->saturated) {
        table_text(t, piles_up)->tone = TONE_BAD;
    } else {
        const char *text =
            quantity_interval(c->arena, w->response_s, w->response_half_width, "s", c->unicode);
        table_number(t, text, w->response_s)->share = longest > 0.0 ? w->response_s / longest : 0.0;
    }
    const enum tone tone =
        view_change_tone(w->verdict, w->response_delta_s, w->response_s - w->response_delta_s);
    delta_cell(c, t, w->response_delta_s, w->response_delta_half_width, "s", tone);
    interval_cell(c, t, w->p95_s, w->p95_half_width, "s");
}

static double longest_response(const struct vcpu_curve *k, const char *workload)
{
    double longest = 0.0;
    for (int i = 0; i < k->points; i++) {
        const struct curve_workload *w = workload_at(&k->point[i], workload);
        if (w && w->response_s > longest)
            longest = w->response_s;
    }
    return longest;
}

static void workload_table(const struct view_context *c, struct view_section *s, const char *workload)
{
    const struct vcpu_curve *k = &c->result->vcpu_curve;
    struct table *t = view_table(c, s, arena_printf(c->arena, "Workload %s", workload), 1);
    table_column(t, "vCPUs", false);
    table_bar_column(t, "Response", 8);
    table_column(t, "Change", true);
    table_column(t, "p95", true);
    table_column(t, "Throughput", true);
    table_column(t, "Throughput change", true); /* a narrow terminal tears it from its column */
    const double longest = longest_response(k, workload);
    for (int i = 0; i < k->points; i++) {
        const struct curve_workload *w = workload_at(&k->point[i], workload);
        if (!w)
            continue;
        vcpus_cell(c, t, &k->point[i]);
        response_cells(c, t, w, longest);
        interval_cell(c, t, w->throughput_per_s, w->throughput_half_width, "/s");
        delta_cell(c, t, w->throughput_delta_per_s, w->throughput_delta_half_width, "/s", TONE_PLAIN);
    }
}

static void workload_tables(const struct view_context *c, struct view_section *s, bool visits)
{
    const struct vcpu_curve *k = &c->result->vcpu_curve;
    for (int i = 0; k->points && i < k->point[0].workloads; i++) {
        if (k->point[0].workload[i].visits == visits)
            workload_table(c, s, k->point[0].workload[i].workload);
    }
}

/* Of a neighbour the changes are told as well: they are what it loses. */
static void vm_columns(struct table *t, bool changes)
{
    table_column(t, "vCPUs", false);
    table_column(t, "CPU", true);
    table_column(t, "Ready", true);
    if (changes)
        table_column(t, "Ready change", true);
    table_column(t, "Wait per dispatch", true);
    if (changes)
        table_column(t, "Wait change", true);
}

static void vm_cells(const struct view_context *c, struct table *t, const struct curve_vm *vm, bool changes)
{
    number_cell(c, t, vm->cpu_lps, "LPs");
    interval_cell(c, t, vm->ready, vm->ready_half_width, "1");
    if (changes)
        delta_cell(c, t, vm->ready_delta, vm->ready_delta_half_width, "1", TONE_PLAIN);
    interval_cell(c, t, vm->wait_per_dispatch_ns, vm->wait_half_width, "ns");
    if (changes)
        delta_cell(c, t, vm->wait_delta_ns, vm->wait_delta_half_width, "ns", TONE_PLAIN);
}

static void bottleneck_cells(const struct view_context *c, struct table *t, const struct curve_point *p)
{
    const double busy = p->bottleneck_utilization;
    table_text(t, p->bottleneck);
    table_number(t, isfinite(busy) ? quantity_value(c->arena, busy, "1", c->unicode) : "", busy);
    table_text(t, p->saturated ? piles_up : "")->tone = TONE_BAD;
}

void view_curve_points(const struct view_context *c, struct view_section *s)
{
    const struct vcpu_curve *k = &c->result->vcpu_curve;
    if (k->points == 0)
        return;
    workload_tables(c, s, true);
    struct table *t = view_table(c, s, arena_printf(c->arena, "CPU of %s", k->vm), 1);
    vm_columns(t, false);
    table_column(t, "Bottleneck", false);
    table_column(t, "Busy", true);
    table_column(t, "Some load", false);
    for (int i = 0; i < k->points; i++) {
        const struct curve_vm *vm = vm_at(&k->point[i], k->vm);
        if (!vm)
            continue;
        vcpus_cell(c, t, &k->point[i]);
        vm_cells(c, t, vm, false);
        bottleneck_cells(c, t, &k->point[i]);
    }
}

void view_curve_neighbours(const struct view_context *c, struct view_section *s)
{
    const struct vcpu_curve *k = &c->result->vcpu_curve;
    if (k->points == 0)
        return;
    workload_tables(c, s, false);
    for (int n = 0; n < k->point[0].vms; n++) {
        const char *name = k->point[0].vm[n].vm;
        if (strcmp(name, k->vm) == 0)
            continue;
        struct table *t = view_table(c, s, arena_printf(c->arena, "CPU of %s", name), 1);
        vm_columns(t, true);
        for (int i = 0; i < k->points; i++) {
            const struct curve_vm *vm = vm_at(&k->point[i], name);
            if (!vm)
                continue;
            vcpus_cell(c, t, &k->point[i]);
            vm_cells(c, t, vm, true);
        }
    }
}
