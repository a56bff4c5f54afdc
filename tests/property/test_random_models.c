/* test_random_models.c - 200 random valid models run without breaking a law of conservation (checked inside every run). */
#include "model/host/run.h"
#include "tests/support/hostsim.h"
#include "tests/support/support.h"
#include <stdio.h>
#include <string.h>

#define MODELS 200
#define STUDIED 20 /* each twentieth goes through a whole study */
#define EVENTS 30000

struct text {
    char at[24000];
    size_t n;
    struct rng r;
    int hosts, vms, host_of[8];
    bool native[3];
    int depth;
};

static int below(struct text *t, int n)
{
    return (int)rng_below(&t->r, (uint64_t)n);
}

static void add(struct text *t, const char *format, ...) HVPLAN_PRINTF(2, 3);
static void add(struct text *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(t->at + t->n, sizeof t->at - t->n, format, args);
    va_end(args);
    assert_true(n >= 0 && (size_t)n < sizeof t->at - t->n);
    t->n += (size_t)n;
}

static const char *pick(struct text *t, const char *const *words, int n)
{
    return words[below(t, n)];
}
#define PICK(t, ...)                                                                                         \
    pick((t), (const char *const[]){__VA_ARGS__},                                                            \
         (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))

/* ---- hosts and VMs ---- */

/* d takes everything, l is a LUN for what comes over a network. */
static void add_disks(struct text *t)
{
    add(t, "    disks:\n      d: {kind: %s, raid: %s, write: %d.1 ms, write_cache: %s%s, sectors: %s}\n",
        PICK(t, "hdd, spindles: 4, read: 3.7 ms", "ssd, channels: 8, read: 1.3 ms",
             "san, spindles: 6, outside_iops: 20 /s, outside_writes: 30 %, read: 5.1 ms",
             "hdd, spindles: 4, queue: per-spindle, read: 8.3 ms",
             "hdd, spindles: 6, rpm: 15000, stripe: 16 KiB",
             "hdd, spindles: 6, queue: per-spindle, stripe: 32 KiB, rpm: 7200",
             "hdd, spindles: 2, reordering: 40 %, read: 6 ms", "nvme", "hdd, read: 7.7 ms, balancer: yes",
             "ssd, read: {quantiles: {p0: 20 us, p50: 90 us, p99: 2 ms, p100: 30 ms}}"),
        PICK(t, "1", "0", "10", "5", "6"), 1 + below(t, 8), PICK(t, "yes", "no"),
        PICK(t, "", ", cache: 300 KB"), PICK(t, "512", "512e"));
    add(t, "      l: {kind: san, spindles: 3, read: 2.2 ms}\n");
}

/* n has a switch of its own, m and o are a team. */
static void add_nics(struct text *t, bool native)
{
    add(t, "    nics:\n      n: {speed: %s, vmq: %s, chimney: %s, vmmq: %s, rsc: %s, jumbo: %s%s}\n",
        PICK(t, "1 Gbps", "100 Mbps", "10 Gbps"), PICK(t, "yes", "no"), PICK(t, "yes", "no"),
        PICK(t, "yes", "no"), PICK(t, "yes", "no"), PICK(t, "yes", "no"),
        PICK(t, "", ", large_send: no, checksum: no", ", queues: 1", ", round_trip: 3 ms"));
    add(t, "      m: {speed: 1 Gbps, vmq: %s}\n      o: {speed: 1 Gbps}\n", PICK(t, "yes", "no"));
    if (!native)
        add(t, "    switches: {s: {nics: [m, o], balance: %s}}\n", PICK(t, "port", "hash"));
}

static void add_host(struct text *t, int h)
{
    const char *version =
        h > 0 && below(t, 4) == 0 ? "none" : PICK(t, "2008", "2008r2", "2012r2", "2016", "2019");
    const int sockets = 1 + below(t, 2);
    t->native[h] = strcmp(version, "none") == 0;
    add(t, "  h%d:\n    cpu: {sockets: %d, cores: %d, threads: %d, speed: %d.%d, slat: %s%s}\n", h, sockets,
        1 + below(t, 4), 1 + below(t, 2), 1 + below(t, 2), below(t, 10),
        strncmp(version, "201", 3) == 0 ? "yes" : PICK(t, "yes", "no"),
        PICK(t, "", ", boost: 20 %", sockets > 1 ? ", numa_nodes: 2" : ", numa_nodes: 1"));
    if (t->native[h])
        add(t, "    hypervisor: none\n");
    else
        add(t,
            "    hypervisor: {version: %s, %s, quantum: %d ms, root_first: %s, root_load: 0.%d "
            "cores%s, cpu_groups: {g: {cap: 60 %%}}}\n",
            version,
            PICK(t, "placement: any", "placement: last", "scheduler: core", "scheduler: core, placement: any",
                 "scheduler: root", "scheduler: classic, queues: per-lp",
                 "scheduler: classic, queues: per-lp, placement: any, balance: 0 s",
                 "scheduler: classic, queues: per-lp, placement: stay, steal: no, balance: 3 ms"),
            1 + below(t, 20), PICK(t, "yes", "no"), below(t, 3),
            PICK(t, "", ", root_vps: 1", ", window: 37 ms"));
    if (below(t, 2))
        add(t, "    memory: %d GiB\n", 2 + below(t, 30));
    add_disks(t);
    add_nics(t, t->native[h]);
}

/* clang-format off */
static const char *const memories[] = {
    "1 GiB",
    "4 GiB",
    "{startup: 1 GiB, demand: 1.5 GiB, cache: 700 MiB}",
    "{startup: 1 GiB, minimum: 512 MiB, maximum: 6 GiB, demand: 2 GiB, cache: 1 GiB, per_job: 40 MiB}",
    "{startup: 512 MiB, maximum: 3 GiB, demand: 1 GiB, per_job: 5 MiB, buffer: 50 %, weight: 9000}",
    "{startup: 1 GiB, demand: 900 MiB, cache: 600 MiB, per_job: 80 MiB, miss_exponent: 1.5}",
};
/* clang-format on */

static void add_vm(struct text *t, int v, int host)
{
    t->host_of[v] = host;
    if (t->native[host]) {
        add(t,
            "  v%d: {host: h%d, os: ws2008, disks: {c: {kind: physical, on: d}}, nics: {n: {kind: physical, "
            "on: n}}}\n",
            v, host);
        return;
    }
    add(t, "  v%d:\n    {host: h%d, os: %s, vcpus: %d, weight: %d, memory: %s%s,\n", v, host,
        PICK(t, "ws2003", "ws2008", "ws2008r2"), 1 + below(t, 2), 1 + below(t, 900),
        pick(t, memories, (int)(sizeof memories / sizeof *memories)),
        PICK(t, "", "", ", reserve: 20 %", ", limit: 40 %", ", pool: 3", ", pool: 1, guest_quantum: 1 ms",
             ", compatibility: yes", ", cpu_group: g", ", smt: no", ", lock_share: 20 %",
             ", cpu_group: g, limit: 50 %", ", pool: 2, pool_queue: 1", ", pool: 1, pool_queue: 0"));
    add(t, "    disks: {c: {kind: %s, controller: %s}}, nics: {n: {kind: %s}}}\n",
        PICK(t, "pass-through, on: d", "fixed-vhd, on: d", "dynamic-vhd, on: d",
             "differencing-vhd, chain: 4, on: d", "fixed-vhdx, on: d, maximum_iops: 200 /s",
             "dynamic-vhdx, on: d, allocated: 40 %", "iscsi, on: l, nic: n", "virtual-fc, on: l",
             "fixed-vhd, on: d, guest_run: 32 KiB, host_run: 100 KiB, fragmentation: 0.5",
             "dynamic-vhd, on: d, maximum_iops: 90 /s, misaligned: no"),
        PICK(t, "scsi", "ide", "scsi, controller_number: 3"),
        PICK(t, "synthetic, on: n", "emulated, on: n", "synthetic, on: s", "emulated, on: s",
             "synthetic, on: n, vrss: yes", "sr-iov, on: n"));
}

/* ---- steps ---- */

static void add_steps(struct text *t, int on);

static void add_simple(struct text *t, int on)
{
    const int other = below(t, t->vms);
    switch (below(t, 7)) {
    case 0:
        add(t, "{on: v%d, read: {disk: c, size: %d KiB, count: %d, pattern: %s}}", on, 1 + below(t, 200),
            1 + below(t, 3), PICK(t, "random", "sequential"));
        break;
    case 1:
        add(t, "{on: v%d, write: {disk: c, size: %d KiB}}", on, 1 + below(t, 100));
        break;
    case 2:
        add(t, "{on: v%d, %s: {nic: n, size: %d KiB", on, PICK(t, "send", "receive"),
            below(t, 5) ? 1 + below(t, 30) : 200);
        if (other != on)
            add(t, ", to: v%d", other);
        add(t, "}}");
        break;
    case 3:
        add(t, "{on: v%d, connect: {nic: n, count: %d}}", on, 1 + below(t, 2));
        break;
    case 4:
        add(t, "{on: v%d, call: %s, service: %d ms}", on, PICK(t, "x", "y"), 1 + below(t, 20));
        break;
    case 5:
        add(t, "{on: v%d, spawn: %d}", on, 1 + below(t, 2));
        break;
    default:
        add(t, "{on: v%d, cpu: {mean: %d.%d ms, scv: %s}, threads: %d}", on, below(t, 9), 1 + below(t, 9),
            PICK(t, "0", "0.4", "1", "3"), 1 + below(t, 3));
        break;
    }
}

static void add_step(struct text *t, int on)
{
    const int kind = t->depth < 2 ? below(t, 6) : 5;
    t->depth++;
    if (kind == 0) {
        add(t, "{on: v%d, lock: l%d, steps: [", on,
            t->depth); /* deeper locks have higher numbers: no deadlock */
        add_steps(t, on);
        add(t, "]}");
    } else if (kind == 1 && on + 1 < t->vms) {
        const int callee =
            on + 1 + below(t, t->vms - on - 1); /* calls go to higher numbers: pools cannot deadlock */
        add(t, "{on: v%d, call: v%d, steps: [", on, callee);
        add_steps(t, callee);
        add(t, "]}");
    } else if (kind == 2) {
        add(t, "{on: v%d, parallel: [[", on);
        add_simple(t, on);
        add(t, "], [");
        add_simple(t, on);
        add(t, "]]}");
    } else {
        add_simple(t, on);
    }
    t->depth--;
}

static void add_steps(struct text *t, int on)
{
    const int n = 1 + below(t, 3);
    for (int i = 0; i < n; i++) {
        if (i)
            add(t, ", ");
        add_step(t, on);
    }
}

static void add_workload(struct text *t, int w)
{
    add(t, "  w%d:\n", w);
    if (below(t, 2))
        add(t, "    closed: {users: %d, think: %d ms}\n", 1 + below(t, 9), below(t, 3) * 20);
    else
        add(t, "    arrivals: {rate: %d /s, scv: %s%s}\n", 1 + below(t, 30), PICK(t, "0", "1", "2.5"),
            PICK(t, "", ", burst: 3, burst_period: 1 s"));
    add(t, "    steps: [");
    add_steps(t, below(t, t->vms));
    add(t, "]\n");
}

static const char *random_model(struct text *t, uint64_t number)
{
    memset(t, 0, sizeof *t);
    rng_seed(&t->r, 20261122, number, 0, 0);
    t->hosts = 1 + below(t, 3);
    add(t, "schema: hvplan.model/1\nhosts:\n");
    for (int h = 0; h < t->hosts; h++)
        add_host(t, h);
    add(t, "vms:\n");
    for (int h = 0; h < t->hosts; h++)
        for (int k = t->native[h] ? 1 : 1 + below(t, 2); k > 0; k--, t->vms++)
            add_vm(t, t->vms, h);
    add(t, "external: {x: {servers: 2}, y: {}}\nworkloads:\n");
    for (int w = 1 + below(t, 3); w > 0; w--)
        add_workload(t, w);
    return t->at;
}

/* ---- the property ---- */

static bool finite_metrics(const struct scenario_result *s)
{
    for (int i = 0; i < s->metrics; i++) {
        const struct metric *m = &s->metric[i];
        const bool share = strcmp(m->unit, "1") == 0 &&
                           (strstr(m->name, "utilization") || strstr(m->name, "processor_time"));
        if (m->mean < 0.0 || (share && m->mean > 1.0 + 1e-6)) {
            print_error("%s = %g\n", m->name, m->mean);
            return false;
        }
    }
    return true;
}

static bool breakdown_adds_up(const struct scenario_result *s)
{
    for (int w = 0; w < s->workloads; w++) {
        double sum = 0.0;
        for (int i = 0; i < s->workload[w].rows; i++)
            sum += s->workload[w].breakdown[i].wait_s + s->workload[w].breakdown[i].service_s +
                   s->workload[w].breakdown[i].overhead_s;
        const double response = s->workload[w].response_s;
        if (response > 0.0 && !(sum > response * (1.0 - 1e-6) && sum < response * (1.0 + 1e-6)))
            return false;
    }
    return true;
}

static void test_random_models_keep_the_laws(void **state)
{
    (void)state;
    struct text t;
    struct study_options o = study_defaults();
    o.replications = 2;
    o.max_events = EVENTS;
    o.precision = 0.1;
    for (uint64_t i = 0; i < MODELS; i++) {
        struct arena *a = arena_new();
        const char *yaml = random_model(&t, i);
        const struct model *m = hostsim_model(a, yaml);
        run_until(run_new(a, m, yaml, i, 0), SIM_SECOND);
        if (i % STUDIED != 0) {
            arena_free(a);
            continue;
        }
        o.prove_bottleneck = i % (2 * STUDIED) == 0;
        const struct study_case c = {.name = "baseline", .model = m};
        struct result r = {0};
        study_run(a, &o, &c, 1, &r);
        if (!finite_metrics(&r.scenario[0]) || !breakdown_adds_up(&r.scenario[0]))
            fail_msg("model %d:\n%s", (int)i, yaml);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_models_keep_the_laws)};
    return cmocka_run_group_tests_name("random models", tests, NULL, NULL);
}
