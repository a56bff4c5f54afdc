/* test_invariance.c - what must not change a result, and what may change it in one direction only. */
#include "model/host/run.h"
#include "reports/report.h"
#include "tests/support/hostsim.h"
#include "tests/support/support.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* Two hosts; %s: keys of cpu, rate of web, more VMs, more workloads. */
static struct model *two_hosts(const char *cpu, double rate, const char *vms, const char *workloads)
{
    return hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts:\n"
        "  HV: {cpu: {sockets: 1, cores: 4%s}, hypervisor: {version: 2008r2, root_load: 0.1 cores}, nics: "
        "{n: {speed: 1 Gbps}},\n"
        "    disks: {d: {kind: hdd, spindles: 4, raid: 10, read: 6 ms, write: 5 ms, write_cache: yes}}}\n"
        "  H2: {cpu: {sockets: 1, cores: 2}, hypervisor: 2012r2}\n"
        "vms:\n"
        "  web: {host: HV, os: ws2003, vcpus: 2, disks: {c: {kind: dynamic-vhd, on: d}}, nics: {n: {kind: "
        "emulated, on: n}}}\n"
        "  sql: {host: HV, os: ws2008, vcpus: 2, disks: {c: {kind: fixed-vhd, on: d}}, nics: {n: {kind: "
        "synthetic, on: n}}}\n"
        "%s"
        "workloads:\n"
        "  shop: {arrivals: {rate: %g /s, scv: 2}, steps: [{on: web, cpu: 8 ms}, {read: {disk: c, size: 8 "
        "KiB}},"
        " {send: {nic: n, size: 90 KiB, to: sql}}, {on: sql, lock: l, steps: [{on: sql, cpu: 4 ms, threads: "
        "2}]}, {on: web, spawn: 1}]}\n"
        "  batch: {closed: {users: 2, think: 50 ms}, steps: [{on: sql, parallel: [[{on: sql, cpu: 3 ms}], "
        "[{on: sql, write: {disk: c,"
        " size: 64 KiB}}]]}]}\n"
        "%s",
        cpu, vms, rate, workloads);
}

/* ---- one seed, the same bytes, for any number of threads ---- */

static char *json_of(const struct model *m, int threads, uint64_t seed)
{
    const struct study_case cases[] = {{.name = "baseline", .model = m},
                                       {.name = "more", .model = two_hosts("", 22.0, "", "")}};
    struct study_options o = study_defaults();
    o.threads = threads;
    o.seed = seed;
    o.precision = 0.1;
    struct result r = {.version = "0", .commit = ""};
    study_run(arena, &o, cases, 2, &r);
    char *text = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&text, &size);
    assert_non_null(f);
    assert_true(report_json(f, &r));
    fclose(f);
    return text;
}

static void test_threads_do_not_matter(void **state)
{
    (void)state;
    const struct model *m = two_hosts("", 20.0, "", "");
    char *one = json_of(m, 1, 5);
    static const int threads[] = {1, 2, 8};
    for (size_t i = 0; i < sizeof threads / sizeof threads[0]; i++) {
        char *other = json_of(m, threads[i], 5);
        assert_string_equal(one, other);
        free(other);
    }
    char *seed = json_of(m, 1, 6);
    assert_true(strcmp(one, seed) != 0);
    free(seed);
    free(one);
}

/* ---- who is not concerned sees no difference ---- */

/* One replication of 40 s. */
static const struct run *replicate(const struct model *m)
{
    struct run *run = run_new(arena, m, "test", 1, 0);
    run_until(run, 40 * SIM_SECOND);
    return run;
}

static void assert_same(const struct run *a, const struct run *b)
{
    for (int w = 0; w < 2; w++) {
        assert_true(a->workload[w].finished > 500);
        assert_int_equal(a->workload[w].finished, b->workload[w].finished);
        assert_memory_equal(&a->workload[w].response_ns, &b->workload[w].response_ns, sizeof(double));
    }
    for (int v = 0; v < 2; v++)
        for (int k = 0; k < a->vm[v].vps; k++) {
            assert_memory_equal(&a->vm[v].vp[k].guest_ns, &b->vm[v].vp[k].guest_ns, sizeof(double));
            assert_memory_equal(&a->vm[v].vp[k].wait_ns, &b->vm[v].vp[k].wait_ns, sizeof(double));
        }
    assert_memory_equal(&a->host[0].disk[0].done, &b->host[0].disk[0].done, sizeof(struct device_counters));
}

static void test_an_idle_vm_changes_nobodys_numbers(void **state)
{
    (void)state;
    assert_same(
        replicate(two_hosts("", 20.0, "", "")),
        replicate(two_hosts("", 20.0, "  idle: {host: HV, os: ws2008, vcpus: 4, weight: 9000}\n", "")));
}

static void test_a_vm_on_another_host_changes_nobodys_numbers(void **state)
{
    (void)state;
    assert_same(replicate(two_hosts("", 20.0, "", "")),
                replicate(two_hosts("", 20.0, "  far: {host: H2, os: ws2012, vcpus: 1}\n",
                                    "  far: {arrivals: {rate: 20 /s}, steps: [{on: far, cpu: 9 ms}]}\n")));
}

/* The twin: a VM that works on the same host does change them. */
static void test_a_busy_neighbour_changes_numbers(void **state)
{
    (void)state;
    const struct run *a = replicate(two_hosts("", 20.0, "", ""));
    const struct run *b =
        replicate(two_hosts("", 20.0, "  near: {host: HV, os: ws2008, vcpus: 4}\n",
                            "  near: {arrivals: {rate: 200 /s}, steps: [{on: near, cpu: 9 ms}]}\n"));
    assert_true(b->workload[0].response_ns > a->workload[0].response_ns);
}

/* ---- directions ---- */

static void test_more_load_never_lowers_a_utilization(void **state)
{
    (void)state;
    static const double rates[] = {5.0, 15.0, 30.0, 45.0, 60.0};
    const struct scenario_result *before = NULL;
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        const struct scenario_result *now =
            &hostsim_run(arena, two_hosts("", rates[i], "", ""), 0.05)->scenario[0];
        for (int k = 0; before && k < now->resources; k++)
            if (now->resource[k].utilization < before->resource[k].utilization * 0.98 - 0.002)
                fail_msg("%s: %g at %g /s, %g before", now->resource[k].name, now->resource[k].utilization,
                         rates[i], before->resource[k].utilization);
        before = now;
    }
}

static void test_double_speed_halves_cpu_service(void **state)
{
    (void)state;
    const struct scenario_result *one = &hostsim_run(arena, two_hosts("", 15.0, "", ""), 0.03)->scenario[0];
    const struct scenario_result *two =
        &hostsim_run(arena, two_hosts(", speed: 2.0", 15.0, "", ""), 0.03)->scenario[0];
    const struct breakdown_row a = hostsim_row(one, "shop", "vm.web.vcpu"),
                               b = hostsim_row(two, "shop", "vm.web.vcpu");
    assert_close(b.service_s, 0.5 * a.service_s, 0.02);
    assert_close(b.overhead_s, 0.5 * a.overhead_s, 0.02);
    assert_close(hostsim_row(two, "shop", "disk.HV.d").service_s,
                 hostsim_row(one, "shop", "disk.HV.d").service_s, 0.05);
}

/* ---- neutral settings are no hypervisor ---- */

static struct model *alone(const char *hypervisor, const char *vm, double tax)
{
    struct model *m = hostsim_modelf(arena,
                                     "schema: hvplan.model/1\n"
                                     "hosts: {HV: {cpu: {sockets: 1, cores: 2}, hypervisor: %s}}\n"
                                     "vms: {a: {host: HV, os: ws2008%s}}\n"
                                     "external: {x: {servers: 3}}\n"
                                     "workloads: {w: {arrivals: {rate: 130 /s}, steps: [{on: a, cpu: 10 ms}, "
                                     "{call: x, service: 12 ms}]}}\n",
                                     hypervisor, vm);
    for (size_t i = 0; i < mechanism_param_count(); i++)
        m->overhead[i] = mechanism_param(i, NULL)->lo;
    m->overhead[mechanism_param_index("virtualization", "timer")] = tax;
    return m;
}

static void test_neutral_settings_are_no_hypervisor(void **state)
{
    (void)state;
    const struct result *r =
        hostsim_pair(arena, alone("none", "", 0.0), alone("2008r2", ", vcpus: 2", 0.0), 0.01);
    double half_width;
    const double delta = hostsim_delta(r, "workload.w.response_s", &half_width, NULL);
    assert_true(fabs(delta) < 2.0 * half_width + 1e-6);
    const struct result *taxed =
        hostsim_pair(arena, alone("none", "", 0.0), alone("2008r2", ", vcpus: 2", 0.05), 0.01);
    assert_true(hostsim_delta(taxed, "workload.w.response_s", &half_width, NULL) > 2.0 * half_width + 1e-6);
}

#define PROPERTY(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROPERTY(test_threads_do_not_matter),
        PROPERTY(test_an_idle_vm_changes_nobodys_numbers),
        PROPERTY(test_a_vm_on_another_host_changes_nobodys_numbers),
        PROPERTY(test_a_busy_neighbour_changes_numbers),
        PROPERTY(test_more_load_never_lowers_a_utilization),
        PROPERTY(test_double_speed_halves_cpu_service),
        PROPERTY(test_neutral_settings_are_no_hypervisor),
    };
    return cmocka_run_group_tests_name("invariance", tests, NULL, NULL);
}
