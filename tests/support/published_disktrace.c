/* published_disktrace.c - a recorded solid-state disk: service times from one half of the trace against the other half, and
 * the response under the trace's own arrivals.
 *
 * Source    see disktrace.h; flushes (0.2 % of the operations) are left out, the model has no such operation
 */
#include "tests/support/disktrace.h"
#include "tests/support/published.h"
#include <math.h>

#define PRECISION 0.005

static const char *const kinds[] = {"reads", "writes"};
static const struct {
    const char *name;
    double level;
} levels[] = {{"p50", 0.5}, {"p95", 0.95}, {"p99", 0.99}};
enum { LEVELS = sizeof levels / sizeof *levels };

static double simulated(const struct metric *m, int level)
{
    return level == 0 ? m->p50 : level == 1 ? m->p95 : m->p99;
}

static void add(struct published *p, const char *name, const char *quantity, double measured_s,
                double predicted_s, enum published_role role)
{
    published_add(
        p, (struct published_row){name, quantity, "us", measured_s * 1e6, predicted_s * 1e6, role, 0.0});
}

static double mean_of(const double *x, int n)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += x[i];
    return sum / n;
}

/* ---- service: one operation at a time, times fitted to one half, held against the other ---- */

static const struct metric *service(struct arena *a, const char *fit)
{
    const struct model *m = hostsim_modelf(
        a,
        "schema: hvplan.model/1\n"
        "hosts: {PC: {cpu: {sockets: 1, cores: 8}, hypervisor: none, disks: {d: {kind: ssd, channels: 1, "
        "read: %s}}}}\n"
        "vms: {w: {host: PC, disks: {c: {on: d}}}}\n"
        "workloads: {io: {closed: {users: 1, think: 0 s}, steps: [{on: w, read: {disk: c, size: 8 KiB}}]}}\n",
        fit);
    return result_metric(published_run(a, m, PRECISION), "workload.io.response_s");
}

static void add_service(struct published *p, const struct disktrace *t, const char *name,
                        const struct disktrace_part *fitted, const struct disktrace_part *held_back,
                        enum published_role role)
{
    int n, others;
    const double *fit = disktrace_times(p->arena, t, fitted, &n);
    const double *other = disktrace_times(p->arena, t, held_back, &others);
    const struct metric *m = service(p->arena, disktrace_fit(p->arena, fit, n));
    add(p, name, "service, mean", mean_of(other, others), m->mean, role);
    for (int i = 0; i < LEVELS; i++)
        add(p, name, arena_printf(p->arena, "service, %s", levels[i].name),
            disktrace_quantile(other, others, levels[i].level), simulated(m, i), role);
}

static void add_services(struct published *p, const struct disktrace *t)
{
    for (int k = 0; k < 2; k++) {
        const enum disktrace_kind kind = (enum disktrace_kind)k;
        const struct disktrace_part even = {.kind = kind, .every = 0}, odd = {.kind = kind, .every = 1};
        const struct disktrace_part first = {.kind = kind, .every = -1, .half = 1},
                                    second = {.kind = kind, .every = -1, .half = 2};
        add_service(p, t, arena_printf(p->arena, "%s, every second one", kinds[k]), &even, &odd,
                    PUBLISHED_PREDICTED);
        add_service(p, t, arena_printf(p->arena, "%s, second half by the first", kinds[k]), &first, &second,
                    PUBLISHED_REPORTED);
    }
}

/* ---- response under the trace's own arrivals ---- */

static const struct scenario_result *replayed(struct arena *a, const struct disktrace *t, int half,
                                              int channels, const char *read, const char *write)
{
    const struct model *m =
        hostsim_modelf(a,
                       "schema: hvplan.model/1\n"
                       "hosts: {PC: {cpu: {sockets: 1, cores: 8}, hypervisor: none,\n"
                       "  disks: {d: {kind: ssd, channels: %d, read: %s, write: %s}}}}\n"
                       "vms: {w: {host: PC, disks: {c: {on: d}}}}\n"
                       "workloads:\n"
                       "  reads: {trace: '%s', steps: [{on: w, read: {disk: c, size: 8 KiB}}]}\n"
                       "  writes: {trace: '%s', steps: [{on: w, write: {disk: c, size: 8 KiB}}]}\n",
                       channels, read, write, disktrace_arrivals(a, t, DISKTRACE_READ, half),
                       disktrace_arrivals(a, t, DISKTRACE_WRITE, half));
    return published_run(a, m, PRECISION);
}

static const char *fit_of(struct arena *a, const struct disktrace *t, enum disktrace_kind kind, bool alone)
{
    const struct disktrace_part part = {
        .kind = kind, .every = -1, .half = 1, .found_empty = alone, .response = alone};
    int n;
    const double *times = disktrace_times(a, t, &part, &n);
    return disktrace_fit(a, times, n);
}

static void add_response(struct published *p, const struct disktrace *t, const char *name,
                         const struct scenario_result *s, int half)
{
    const struct metric *m = result_metric(s, "workload.reads.response_s");
    const struct disktrace_part part = {.kind = DISKTRACE_READ, .every = -1, .half = half, .response = true};
    int n;
    const double *times = disktrace_times(p->arena, t, &part, &n);
    add(p, name, "response, mean", mean_of(times, n), m->mean, PUBLISHED_REPORTED);
    for (int i = 0; i < LEVELS; i++)
        add(p, name, arena_printf(p->arena, "response, %s", levels[i].name),
            disktrace_quantile(times, n, levels[i].level), simulated(m, i), PUBLISHED_REPORTED);
}

/* The number of channels with which the first half's 95th percentile comes out nearest. */
static int fit_channels(struct arena *a, const struct disktrace *t, const char *read, const char *write)
{
    static const int tried[] = {2, 3, 4, 5, 6, 8};
    const struct disktrace_part part = {.kind = DISKTRACE_READ, .every = -1, .half = 1, .response = true};
    int n, best = 0;
    double least = (double)INFINITY;
    const double *times = disktrace_times(a, t, &part, &n);
    const double recorded = disktrace_quantile(times, n, 0.95);
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
        const struct scenario_result *s = replayed(a, t, 1, tried[i], read, write);
        const double off = fabs(log(result_metric(s, "workload.reads.response_s")->p95 / recorded));
        if (off < least) {
            least = off;
            best = tried[i];
        }
    }
    return best;
}

static void add_responses(struct published *p, const struct disktrace *t)
{
    struct arena *a = p->arena;
    const char *read = fit_of(a, t, DISKTRACE_READ, false), *write = fit_of(a, t, DISKTRACE_WRITE, false);
    add_response(p, t, "reads of the second half, 1 server", replayed(a, t, 2, 1, read, write), 2);
    read = fit_of(a, t, DISKTRACE_READ, true);
    write = fit_of(a, t, DISKTRACE_WRITE, true);
    const int channels = fit_channels(a, t, read, write);
    published_add(p, (struct published_row){"first half", "channels that fit its p95", "", (double)NAN,
                                            channels, PUBLISHED_FITTED, 0.0});
    add_response(p, t, "reads of the second half, so many channels", replayed(a, t, 2, channels, read, write),
                 2);
}

void published_disktrace(struct published *p)
{
    struct disktrace t;
    if (!disktrace_available())
        return;
    disktrace_read(p->arena, &t);
    add_services(p, &t);
    add_responses(p, &t);
}
