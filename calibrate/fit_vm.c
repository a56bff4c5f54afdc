/* fit_vm.c - CPU, unit of work and burstiness of one VM, or of the system of a physical machine. */
#include "calibrate/fit.h"
#include <math.h>

/* Fewer disk operations a second than this are no unit of work. */
#define FEWEST_OPERATIONS 0.5
#define CHUNK_BYTES 65536.0
#define FAR_FROM_ONE 1.3
#define LEAST_CPU_S 1e-6 /* of a job; a VM that does nothing has one all the same */
#define CONSTANT 0.02    /* a smaller scv is that of the ends of intervals */
#define FEWEST_INTERVALS 20
/* Many VMs are asked; 1.5 half widths of 95 % are 99.7 %. */
#define MARGIN 1.5
/* Measured on a real scheduler: open loads -0.01 and more, closed ones -0.51 and less. */
#define CLOSED_CORRELATION (-0.35)
/* Variation of the number in progress when a fixed number is always in progress: what crosses the ends of intervals. */
#define NO_THINKING 0.12
#define MOST_USERS 2000

static double *counts(const struct grid *g, const double *rate)
{
    double *n = ARENA_ARRAY(g->arena, double, (size_t)g->n);
    for (int k = 0; k < g->n; k++) {
        n[k] = rate[k] * g->span_s[k];
    }
    return n;
}

/* Burstiness: for a renewal process the index of dispersion of counts tends to the scv of interarrival times (Cox and
 * Lewis 1966, 4.5). Within its error, or near 1, arrivals are taken for Poisson. */
static double arrival_scv(const struct grid *g, const double *rate)
{
    const struct estimate d = stats_dispersion(counts(g, rate), g->n);
    const bool poisson = isnan(d.value) ||
                         (d.value - MARGIN * d.half < 1.0 && d.value + MARGIN * d.half > 1.0) ||
                         (d.value < FAR_FROM_ONE && d.value > 1.0 / FAR_FROM_ONE);
    return poisson ? 1.0 : fmin(200.0, fmax(0.05, d.value));
}

/* Of n jobs the CPU varies by n scv D^2 around n D; jobs that lie across the ends of an interval add to that, so only
 * intervals of many jobs tell. */
static double demand_scv(const struct grid *g, const struct fit_vm *v)
{
    const double *n = counts(g, v->rate);
    const double jobs = stats_mean(n, g->n);
    const double inside = isnan(v->response_s) ? 2.0 : v->rate_per_s * v->response_s;
    if (!(jobs > 20.0 * fmax(1.0, inside)) || g->n < 20) {
        return 1.0;
    }
    double square = 0.0, used = 0.0;
    for (int k = 0; k < g->n; k++) {
        const double r = v->cpu[k] * g->span_s[k] - v->cpu_s.value * n[k];
        if (!isnan(r)) {
            square += r * r;
            used++;
        }
    }
    const double scv = square / used / jobs / (v->cpu_s.value * v->cpu_s.value);
    return scv < CONSTANT ? 0.0 : scv > 2.0 || scv < 0.5 ? fmin(50.0, scv) : 1.0;
}

static double *disk_operations(const struct grid *g, const struct fit_vm *v)
{
    double *sum = ARENA_ARRAY(g->arena, double, (size_t)g->n);
    for (int i = 0; i < v->flows; i++) {
        for (int k = 0; k < g->n && v->flow[i].kind <= FLOW_WRITE; k++) {
            sum[k] += v->flow[i].rate[k];
        }
    }
    return sum;
}

static double flow_sum(const struct fit_vm *v, enum flow_kind from, enum flow_kind to)
{
    double sum = 0.0;
    for (int i = 0; i < v->flows; i++) {
        sum += v->flow[i].kind >= from && v->flow[i].kind <= to ? v->flow[i].per_s : 0.0;
    }
    return sum;
}

/* Response of a machine-repair system: `users` who think for think_s, one queue of service_s, a delay_s besides. Exact mean
 * value analysis (Reiser and Lavenberg 1980). */
static double closed_response(int users, double think_s, double service_s, double delay_s)
{
    double queue = 0.0, response = 0.0;
    for (int n = 1; n <= users; n++) {
        const double at_queue = service_s * (1.0 + queue);
        response = at_queue + delay_s;
        queue = n / (response + think_s) * at_queue;
    }
    return response;
}

/* How many users, each thinking N / X - R, make the response that was logged. Several VPs count as one fast one and a
 * delay (Seidmann, Schweitzer, Shalev-Oren 1987). */
static void users_fit(struct fit_vm *v)
{
    const double d = v->cpu_s.value, service = d / v->vcpus, delay = d - service;
    double best = (double)INFINITY;
    for (int n = (int)ceil(v->rate_per_s * v->response_s); n <= MOST_USERS; n++) {
        const double think = fmax(0.0, n / v->rate_per_s - v->response_s);
        const double off = fabs(closed_response(n, think, service, delay) - v->response_s);
        if (off < best) {
            best = off;
            v->users = n;
            v->think_s = think;
        }
    }
}

/* In an open system responses are long when many jobs come; in a closed one few jobs come when responses are long. */
static void closed_fit(const struct grid *g, struct fit_vm *v, const double *response)
{
    double *inside = ARENA_ARRAY(g->arena, double, (size_t)g->n);
    for (int k = 0; k < g->n; k++) {
        inside[k] = v->rate[k] * response[k];
    }
    if (g->n < FEWEST_INTERVALS || !(stats_correlation(v->rate, response, g->n) < CLOSED_CORRELATION)) {
        return;
    }
    if (stats_variation(inside, g->n) < NO_THINKING) {
        v->users = (int)fmax(1.0, round(stats_mean(inside, g->n)));
        v->think_s = 0.0;
    } else {
        users_fit(v);
    }
}

/* Always the same CPU time, less than all VPs could have: a limit holds it there. */
static void limit_fit(struct fit *f, const struct fit_host *h, struct fit_vm *v)
{
    const double share = v->cpu_lps / v->vcpus;
    if (v->users > 0 && v->think_s == 0.0 && share < 0.97 && h->busy < 0.9 &&
        stats_variation(v->cpu, h->grid->n) < 0.01) {
        v->limit = share;
        fit_note(
            f, "%s uses %.0f %% of its virtual processors in every interval: a limit of that size is assumed",
            v->label, 100.0 * share);
    }
}

static void unit_counter(struct fit *f, struct fit_host *h, struct fit_vm *v, const struct log_series *work)
{
    const struct log_series *response =
        v->index >= 0 ? h->machine->vm[v->index].response : h->machine->response;
    v->unit = UNIT_OF_COUNTER;
    v->unit_text = work->path->text;
    v->rate = grid_values(h->grid, work);
    v->rate_per_s = grid_mean(h->grid, v->rate);
    double *response_s = grid_values(h->grid, response);
    v->response = response != NULL ? response_s : NULL;
    v->response_s = grid_weighted(h->grid, response_s, v->rate);
    v->cpu_s = stats_ratio(v->cpu, v->rate, h->grid->n);
    v->work_correlation = stats_correlation(v->cpu, v->rate, h->grid->n);
    v->arrival_scv = arrival_scv(h->grid, v->rate);
    v->cpu_scv = demand_scv(h->grid, v);
    closed_fit(h->grid, v, response_s);
    limit_fit(f, h, v);
    if (v->index >= 0 && h->machine->vm[v->index].guest_clock) {
        fit_note(f, "the throughput of %s was counted by the guest, whose clock may be off by some per cent",
                 v->label);
    }
}

static void unit_guess(struct fit *f, const struct fit_host *h, struct fit_vm *v)
{
    const double operations = flow_sum(v, FLOW_READ, FLOW_WRITE),
                 bytes = flow_sum(v, FLOW_SEND, FLOW_RECEIVE);
    double *rate = disk_operations(h->grid, v);
    const double together = stats_correlation(v->cpu, rate, h->grid->n);
    if (operations >= FEWEST_OPERATIONS && together > 0.3) {
        v->unit = UNIT_OF_IO;
        v->unit_text = "one disk operation (the log has no throughput counter)";
        v->rate = rate;
        v->rate_per_s = operations;
        v->work_correlation = together;
        v->arrival_scv = arrival_scv(h->grid, rate);
        v->cpu_s = stats_ratio(v->cpu, rate, h->grid->n);
    } else {
        v->unit = UNIT_OF_TIME;
        v->unit_text = "one request a second (nothing in the log counts work)";
        v->rate_per_s = fmin(1000.0, fmax(1.0, bytes / CHUNK_BYTES));
        v->cpu_s = (struct estimate){v->cpu_lps / v->rate_per_s, (double)NAN};
    }
    fit_note(
        f, "%s has no throughput counter: its unit of work is %s, and response times are those of that unit",
        v->label, v->unit == UNIT_OF_IO ? "one disk operation" : "an assumed request");
}

void fit_vm_measure(struct fit *f, struct fit_host *h, struct fit_vm *v, const struct log_series *work)
{
    v->cpu_scv = v->arrival_scv = 1.0;
    if (isnan(v->cpu_lps)) {
        v->cpu_lps = 0.0;
        fit_note(f, "%s has no run time in the log: its CPU is taken for nothing", v->label);
    }
    v->response_s = v->work_correlation = (double)NAN;
    v->workload = v->workload != NULL ? v->workload : v->name;
    const double rate = work != NULL ? grid_mean(h->grid, grid_values(h->grid, work)) : 0.0;
    if (rate > 0.0) {
        unit_counter(f, h, v, work);
    } else {
        unit_guess(f, h, v);
    }
    v->cpu_s.value = v->cpu_s.value > LEAST_CPU_S ? v->cpu_s.value : LEAST_CPU_S;
    v->job_cpu_s = v->cpu_s.value; /* until drivers and contention are taken out */
}
