/* bench_host.c - how fast hosts are simulated: the host of sixteen processors, and how events get dearer on large ones. */
#include "model/host/run.h"
#include "model/host/study.h"
#include "scenarios/load.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define TEXT_SIZE 262144

struct text {
    char at[TEXT_SIZE];
    size_t n;
};

static void add(struct text *t, const char *format, ...) HVPLAN_PRINTF(2, 3);
static void add(struct text *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    t->n += (size_t)vsnprintf(t->at + t->n, sizeof t->at - t->n, format, args);
    va_end(args);
    CHECK(t->n < sizeof t->at);
}

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* How VPs are scheduled: more keys of the hypervisor, and threads a core. */
struct kind {
    const char *name, *hypervisor;
    int threads;
};
static const struct kind kinds[] = {
    {"one queue", "", 1},
    {"queue per LP", ", scheduler: classic, queues: per-lp", 1},
    {"core scheduler", ", scheduler: core", 2},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

struct shape {
    int lps, vms, vcpus, workloads;
    double load; /* busy LPs; 0 = every VP always has work, some have a reserve and some a limit */
};

static void add_vms(struct text *t, const struct shape *s)
{
    static const char *const metered[] = {"", ", reserve: 5 %", "", ", limit: 60 %"};
    add(t, "vms:\n");
    for (int v = 0; v < s->vms; v++)
        add(t,
            "  v%d: {host: HV, os: ws2012, vcpus: %d%s, disks: {c: {kind: fixed-vhdx, on: d}}, nics: {n: "
            "{kind: "
            "synthetic, on: n}}}\n",
            v, s->vcpus, s->load > 0.0 ? "" : metered[v % 4]);
}

/* The VMs of workload `w`, over which its jobs go in turn. */
static void add_site(struct text *t, const struct shape *s, int w)
{
    add(t, "{on: [");
    for (int v = w; v < s->vms; v += s->workloads)
        add(t, "%sv%d", v == w ? "" : ", ", v);
    add(t, "], cpu: 5 ms}");
}

/* A web-like load: CPU, disk and network twice; or CPU alone for users who never rest. */
static void add_workload(struct text *t, const struct shape *s, int w)
{
    static const char io[] = ", {read: {disk: c, size: 8 KiB, count: 2}}, {send: {nic: n, size: 12 KiB}}";
    if (s->load > 0.0)
        add(t, "  w%d: {arrivals: {rate: %g /s}, steps: [", w, s->load / 0.012 / s->workloads);
    else
        add(t, "  w%d: {closed: {users: %d}, steps: [", w, 2 * s->vms * s->vcpus / s->workloads);
    add_site(t, s, w);
    if (s->load > 0.0) {
        add(t, "%s, ", io);
        add_site(t, s, w);
        add(t, "%s", io);
    }
    add(t, "]}\n");
}

static const struct model *model_of(struct arena *a, struct text *t, const struct kind *k, struct shape s)
{
    struct errs *e = errs_new(a);
    t->n = 0;
    add(t,
        "schema: hvplan.model/1\nhosts: {HV: {cpu: {sockets: 2, cores: %d, threads: %d, slat: yes}, "
        "hypervisor: "
        "{version: 2016, root_load: 0.1 cores%s},\n"
        "  nics: {n: {speed: 10 Gbps, vmq: yes}}, disks: {d: {kind: ssd, channels: %d, read: 300 us, write: "
        "300 us}}}}\n",
        s.lps / 2 / k->threads, k->threads, k->hypervisor, 8 * s.lps);
    add_vms(t, &s);
    add(t, "workloads:\n");
    for (int w = 0; w < s.workloads; w++)
        add_workload(t, &s, w);
    const struct node *root = yamltree_parse(a, "bench", t->at, t->n, e);
    const struct model *m = root ? model_load(a, root, e) : NULL;
    for (size_t i = 0; i < errs_count(e); i++)
        fprintf(stderr, "%s\n", errs_format(a, errs_get(e, i)));
    CHECK(m);
    return m;
}

/* Events per second of one replication on one processor. */
static double event_rate(const char *kind, const char *name, const struct model *m, double simulated_s)
{
    struct arena *a = arena_new();
    struct run *run = run_new(a, m, name, 1, 0);
    const double from = seconds_now();
    run_until(run, (sim_ns)(simulated_s * 1e9));
    const double took = seconds_now() - from;
    const double rate = (double)run->sim.executed / took;
    printf("%-14s %-26s %7.3f s for %.3g s simulated, %9.0f events/s, %6.1f ns an event\n", kind, name, took,
           simulated_s, rate, 1e9 / rate);
    arena_free(a);
    return rate;
}

static void time_study(struct arena *a, const char *name, const struct model *m, bool prove)
{
    struct study_options o = study_defaults();
    const struct study_case c = {.name = "baseline", .model = m};
    struct result r = {0};
    o.prove_bottleneck = prove;
    const double from = seconds_now();
    const bool reached = study_run(a, &o, &c, 1, &r);
    printf("%-34s %8.3f s to 2 %% at 95 %% (%s), %llu events%s\n", name, seconds_now() - from,
           reached ? "reached" : "NOT reached", (unsigned long long)r.scenario[0].events,
           prove ? ", bottleneck proved" : "");
}

/* Events per second of a large host against a small one, and with more and more VPs on the large one. `share` of the LPs are
 * busy; 0 = more VPs than LPs always have work. */
static void compare_sizes(struct arena *a, struct text *t, const struct kind *k, double share)
{
    const char *how = share > 0.0 ? "" : ", full";
    const double simulated_s = share > 0.0 ? 10.0 : 100.0;
    const double small =
        event_rate(k->name, arena_printf(a, "4 LPs, 8 VPs%s", how),
                   model_of(a, t, k, (struct shape){4, 4, 2, 2, 4.0 * share}), 16.0 * simulated_s);
    double first = 0.0;
    for (int vms = 100; vms <= 400; vms *= 2) {
        const double rate =
            event_rate(k->name, arena_printf(a, "64 LPs, %d VPs%s", 2 * vms, how),
                       model_of(a, t, k, (struct shape){64, vms, 2, vms / 20, 64.0 * share}), simulated_s);
        first = vms == 100 ? rate : first;
        printf("    %.2f of the small host's events/s (at least 1/3 with 200 VPs); an event costs %.2f times "
               "one with "
               "200 VPs (the logarithm: %.2f)\n",
               rate / small, first / rate, log(2.0 * vms) / log(200.0));
    }
}

int main(void)
{
    struct arena *a = arena_new();
    struct text *t = ARENA_NEW(a, struct text);
    const struct model *issue = model_of(a, t, &kinds[0], (struct shape){16, 20, 2, 5, 9.0});
    time_study(a, "16 LPs, 20 VMs, 5 workloads", issue, false);
    time_study(a, "16 LPs, 20 VMs, 5 workloads", issue, true);
    event_rate(kinds[0].name, "16 LPs, 40 VPs", issue, 60.0);
    for (int i = 0; i < KINDS; i++) {
        compare_sizes(a, t, &kinds[i], 0.6 / kinds[i].threads);
        compare_sizes(a, t, &kinds[i], 0.0);
    }
    /* each job's account has a row for each VM that its workload may use: the price of wide workloads */
    const double narrow = event_rate(kinds[0].name, "20 VMs a workload",
                                     model_of(a, t, &kinds[0], (struct shape){64, 400, 2, 20, 0.0}), 100.0);
    const double wide = event_rate(kinds[0].name, "400 VMs a workload",
                                   model_of(a, t, &kinds[0], (struct shape){64, 400, 2, 1, 0.0}), 100.0);
    printf("    an event costs %.2f times as much in a workload over 400 VMs\n", narrow / wide);
    arena_free(a);
    return 0;
}
