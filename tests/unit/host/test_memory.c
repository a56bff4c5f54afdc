/* test_memory.c - who gets how much memory, and what a lack of it does. */
#include "tests/support/hosttest.h"

#define MIB 1048576.0
#define GIB 1073741824.0

static struct model *memory_model(double host_gib, const char *a, const char *b)
{
    return hostsim_modelf(arena,
                          "schema: hvplan.model/1\n"
                          "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2008r2, memory: %g GiB,\n"
                          "  disks: {d: {kind: hdd, spindles: 8, read: 6 ms, write: 4 ms}}}}\n"
                          "vms:\n"
                          "  a: {host: HV, os: ws2008, memory: %s, disks: {c: {kind: fixed-vhd, on: d}}}\n"
                          "  b: {host: HV, os: ws2008, memory: %s, disks: {c: {kind: fixed-vhd, on: d}}}\n"
                          "workloads: {w: {arrivals: {rate: 10 /s}, steps: [{on: a, cpu: 5 ms}, {read: "
                          "{disk: c, size: 8 KiB}}]}}\n",
                          host_gib, a, b);
}

static void test_static_memory_that_fits_changes_nothing(void **state)
{
    (void)state;
    const struct result *r = hostsim_run(arena, memory_model(16, "4 GiB", "6 GiB"), 0.05);
    const struct scenario_result *s = &r->scenario[0];
    /* root 384 + 64 x 16, hypervisor 300, VMs 32 + 8 x 3 and 32 + 8 x 5 MiB beyond their own */
    const double left = 6.0 * GIB - (384.0 + 1024.0 + 300.0 + 56.0 + 72.0) * MIB;
    assert_close(hostsim_mean(s, "memory.HV.available_bytes"), left, 1e-6);
    assert_close(hostsim_mean(s, "vm.a.memory.pressure"), 1.0, 1e-9);
    assert_false(hosttest_warned(r, "W304", "HV"));
    assert_close(hostsim_mean(s, "disk.HV.d.iops"), 10.0, 0.05);
}

static void test_static_memory_that_does_not_fit_is_said(void **state)
{
    (void)state;
    const struct result *r = hostsim_run(arena, memory_model(8, "4 GiB", "6 GiB"), 0.1);
    const struct scenario_result *s = &r->scenario[0];
    assert_true(hosttest_warned(r, "W304", "HV"));
    assert_true(hosttest_resource(s, "memory.HV")->utilization > 1.25);
    assert_true(hostsim_mean(s, "vm.a.memory.pressure") > 1.2);
    assert_close(hostsim_mean(s, "vm.a.memory.pressure"), hostsim_mean(s, "vm.b.memory.pressure"), 1e-9);
    assert_true(hostsim_mean(s, "disk.HV.d.iops") > 100.0); /* paging */
    assert_string_equal(s->bottleneck.resource, "memory.HV");
}

#define DYNAMIC                                                                                              \
    "{dynamic: yes, startup: 1 GiB, minimum: 1 GiB, maximum: 8 GiB, demand: 4 GiB, buffer: 20 %%, weight: "  \
    "%d}"

static struct run *dynamic_pair(double host_gib, int wa, int wb)
{
    return hosttest_run(
        memory_model(host_gib, arena_printf(arena, DYNAMIC, wa), arena_printf(arena, DYNAMIC, wb)), 0.1);
}

static void test_dynamic_memory_gives_the_demand_and_its_buffer(void **state)
{
    (void)state;
    const struct run *run = dynamic_pair(16, 5000, 5000);
    assert_close(run->vm[0].assigned_bytes, 4.8 * GIB, 1e-9);
    assert_close(run->vm[0].pressure, 1.0 / 1.2, 1e-9);
    assert_int_equal(run->workloads, 1); /* nobody pages */
}

static void test_scarce_dynamic_memory_goes_by_weight(void **state)
{
    (void)state;
    const struct run *even = dynamic_pair(8, 5000, 5000), *uneven = dynamic_pair(8, 9000, 3000);
    assert_close(even->vm[0].assigned_bytes, even->vm[1].assigned_bytes, 1e-9);
    assert_close((uneven->vm[0].assigned_bytes - GIB) / (uneven->vm[1].assigned_bytes - GIB), 3.0, 0.01);
    assert_close(uneven->vm[0].assigned_bytes + uneven->vm[1].assigned_bytes,
                 even->vm[0].assigned_bytes + even->vm[1].assigned_bytes, 1e-6);
    assert_true(even->host[0].memory_available_bytes < 1.0);
    /* full is not too full */
    const struct result *r = hostsim_run(
        arena, memory_model(8, arena_printf(arena, DYNAMIC, 5000), arena_printf(arena, DYNAMIC, 5000)), 0.1);
    assert_false(hosttest_warned(r, "W304", "HV"));
    assert_true(strcmp(r->scenario[0].bottleneck.resource, "memory.HV") != 0);
}

static void test_a_lack_pages_and_reads_more(void **state)
{
    (void)state;
    struct model *m = memory_model(16, "{startup: 4 GiB, demand: 5 GiB}", "6 GiB");
    const double rate = m->overhead[mechanism_param_index("memory", "page_rate")];
    const struct run *run = hosttest_run(m, 20.0);
    assert_close(run->vm[0].pages_per_s, rate * 0.2 * 0.2, 1e-9); /* lack 20 %, squared */
    assert_true(run->workload[1].hidden);
    assert_close((double)run->workload[1].started / 20.0, run->vm[0].pages_per_s, 0.05);
    /* without a file cache in the demand reads do not multiply; with one they do */
    struct model *cached = memory_model(16, "{startup: 4 GiB, demand: 5 GiB, cache: 3 GiB}", "6 GiB");
    cached->overhead[mechanism_param_index("memory", "page_rate")] = 0.0;
    const struct result *r = hostsim_run(arena, cached, 0.05);
    const struct run *of = hosttest_run(cached, 0.1);
    assert_true(of->vm[0].read_factor > 1.05);
    assert_close(hostsim_mean(&r->scenario[0], "disk.HV.d.iops"), 10.0 * of->vm[0].read_factor, 0.05);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_static_memory_that_fits_changes_nothing),
        HOSTTEST(test_static_memory_that_does_not_fit_is_said),
        HOSTTEST(test_dynamic_memory_gives_the_demand_and_its_buffer),
        HOSTTEST(test_scarce_dynamic_memory_goes_by_weight),
        HOSTTEST(test_a_lack_pages_and_reads_more),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
