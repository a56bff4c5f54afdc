/* bench_host.c - how fast hosts are simulated: the host of sixteen processors, and how events get dearer on large ones. */
#include "model/host/run.h"
#include "model/host/study.h"
#include "scenarios/load.h"
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

/* `vms` VMs of `vcpus` on `cores` x 2 LPs, `workloads` of them with a web-like load each, over all VMs in turn, at
 * `load` busy LPs together. */
static const struct model *model_of(struct arena *a, struct text *t, int cores, int vms, int vcpus,
                                    int workloads, double load)
{
    struct errs *e = errs_new(a);
    t->n = 0;
    add(t,
        "schema: hvplan.model/1\nhosts: {HV: {cpu: {sockets: 2, cores: %d, slat: yes}, hypervisor: {version: "
        "2012r2, root_load: 0.1 cores},\n"
        "  nics: {n: {speed: 10 Gbps, vmq: yes}}, disks: {d: {kind: ssd, channels: %d, read: 300 us, write: "
        "300 us}}}}\nvms:\n",
        cores, 16 * cores);
    for (int v = 0; v < vms; v++)
        add(t,
            "  v%d: {host: HV, os: ws2012, vcpus: %d, disks: {c: {kind: fixed-vhdx, on: d}}, nics: {n: "
            "{kind: synthetic, on: n}}}\n",
            v, vcpus);
    add(t, "workloads:\n");
    for (int w = 0; w < workloads; w++) {
        add(t, "  w%d: {arrivals: {rate: %g /s}, steps: [", w, load / 0.012 / workloads);
        for (int k = 0; k < 2; k++) {
            add(t, "{on: [");
            for (int v = w; v < vms; v += workloads)
                add(t, "%sv%d", v == w ? "" : ", ", v);
            add(t,
                "], cpu: 5 ms}, {read: {disk: c, size: 8 KiB, count: 2}}, {send: {nic: n, size: 12 KiB}}%s",
                k ? "]}\n" : ", ");
        }
    }
    const struct node *root = yamltree_parse(a, "bench", t->at, t->n, e);
    const struct model *m = root ? model_load(a, root, e) : NULL;
    for (size_t i = 0; i < errs_count(e); i++)
        fprintf(stderr, "%s\n", errs_format(a, errs_get(e, i)));
    CHECK(m);
    return m;
}

/* Events per second of one replication on one processor. */
static double event_rate(const char *name, const struct model *m, double simulated_s)
{
    struct arena *a = arena_new();
    struct run *run = run_new(a, m, name, 1, 0);
    const double from = seconds_now();
    run_until(run, (sim_ns)(simulated_s * 1e9));
    const double took = seconds_now() - from;
    const double rate = (double)run->sim.executed / took;
    printf("%-34s %8.3f s for %.3g s simulated, %9.0f events/s, %6.1f ns an event\n", name, took, simulated_s,
           rate, 1e9 / rate);
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

int main(void)
{
    struct arena *a = arena_new();
    struct text *t = ARENA_NEW(a, struct text);
    const struct model *issue = model_of(a, t, 8, 20, 2, 5, 9.0);
    time_study(a, "16 LPs, 20 VMs, 5 workloads", issue, false);
    time_study(a, "16 LPs, 20 VMs, 5 workloads", issue, true);
    event_rate("16 LPs, 20 VMs of 2 VPs", issue, 60.0);
    const double small = event_rate("4 LPs, 4 VMs of 2 VPs", model_of(a, t, 2, 4, 2, 2, 2.4), 200.0);
    const double large = event_rate("64 LPs, 200 VMs of 2 VPs", model_of(a, t, 32, 200, 2, 5, 38.0), 15.0);
    printf("an event on the large host costs %.2f times one on the small host\n", small / large);
    arena_free(a);
    return 0;
}
