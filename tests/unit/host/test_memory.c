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
    assert_true(hostsim_mean(s, "disk.HV.d.iops") > 20.0); /* 10 reads of its own, and paging */
    assert_true(hostsim_mean(s, "vm.a.pages_input_per_s") > 10.0);
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
    assert_true(run->vm[0].pages_per_s == 0.0 && run->vm[0].faults == 0.0);
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

/* A lack of 20 %: 20000 x 0.2 x 0.2 = 800 faults for each second of CPU work, so 4 for a job of 5 ms. */
static void test_a_lack_faults_the_jobs(void **state)
{
    (void)state;
    struct model *m = memory_model(16, "{startup: 4 GiB, demand: 5 GiB}", "6 GiB");
    const struct run *run = hosttest_run(m, 4000.0);
    assert_close(run->vm[0].pages_per_s, 800.0, 1e-9);
    assert_close(run->vm[0].faults / (double)run->workload[0].finished, 4.0, 0.05);
    assert_true(run->vm[0].read_factor == 1.0); /* none of the demand is cache */
    /* on the physical disk: the job's read, 4 pages, an eighth of a write of modified pages */
    assert_close(run->host[0].disk[0].done.reads, 5.0 * (double)run->workload[0].finished, 0.05);
    assert_close(run->host[0].disk[0].done.writes, 0.125 * (double)run->workload[0].finished, 0.05);
}

static double shares(const struct breakdown_row *b)
{
    return b->wait_s + b->service_s + b->overhead_s;
}

/* The job itself waits for its pages: 4 more operations of the disk, as overhead; its own work stays what it was. */
static void test_who_faults_waits(void **state)
{
    (void)state;
    const struct model *short_of = memory_model(16, "{startup: 4 GiB, demand: 5 GiB}", "6 GiB");
    const struct model *enough = memory_model(16, "{startup: 5 GiB, demand: 5 GiB}", "6 GiB");
    const struct result *r = hostsim_pair(arena, enough, short_of, 0.02);
    const struct breakdown_row before = hostsim_row(&r->scenario[0], "w", "disk.HV.d");
    const struct breakdown_row after = hostsim_row(&r->scenario[1], "w", "disk.HV.d");
    const struct breakdown_row cpu_before = hostsim_row(&r->scenario[0], "w", "vm.a.vcpu");
    const struct breakdown_row cpu_after = hostsim_row(&r->scenario[1], "w", "vm.a.vcpu");
    assert_close(after.service_s, before.service_s, 0.02);
    assert_close(cpu_after.service_s, cpu_before.service_s, 0.02);
    /* each fault like the read before it, and an eighth of a write of 64 KiB */
    assert_close(shares(&after) - shares(&before), 4.0 * shares(&before), 0.05);
    assert_true(cpu_after.overhead_s > cpu_before.overhead_s + 4.0 * 20e-6);
    assert_close(hostsim_delta(r, "workload.w.response_s", NULL, NULL),
                 shares(&after) - shares(&before) + shares(&cpu_after) - shares(&cpu_before), 0.01);
}

/* Parallel parts fault as well, each for its share. */
static void test_parallel_parts_fault_too(void **state)
{
    (void)state;
    struct model *m = hostsim_model(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2012, disks: {d: {kind: hdd, spindles: 8, "
        "read: 6 ms}}}}\n"
        "vms: {a: {host: HV, vcpus: 4, memory: {startup: 4 GiB, demand: 5 GiB}}}\n"
        "workloads: {w: {arrivals: {rate: 3 /s}, steps: [{on: a, cpu: 10 ms, threads: 4}]}}\n");
    const struct run *run = hosttest_run(m, 600.0);
    assert_close(run->vm[0].faults / (double)run->workload[0].finished, 8.0, 0.05);
    /* no disk to page to: the faults cost their CPU only */
    const double busy = hosttest_used(&run->vm[0]) / (double)run->workload[0].finished;
    m->overhead[mechanism_param_index("memory", "fault_cpu")] = 0.0;
    const struct run *free_of = hosttest_run(m, 600.0);
    const double less = hosttest_used(&free_of->vm[0]) / (double)free_of->workload[0].finished;
    assert_close(busy - less, 8.0 * 20e3, 0.05);
}

/* 5 GiB wanted, 3 of them cache, 4 there: 2 GiB of cache are left, nothing pages. */
static void test_the_cache_shrinks_first(void **state)
{
    (void)state;
    const struct model *m = memory_model(16, "{startup: 4 GiB, demand: 5 GiB, cache: 3 GiB}", "6 GiB");
    const struct result *r = hostsim_run(arena, m, 0.02);
    const double factor = pow(2.0 / 3.0, -0.5);
    assert_close(hostsim_mean(&r->scenario[0], "vm.a.memory.cache_bytes"), 2.0 * GIB, 1e-9);
    assert_true(hostsim_mean(&r->scenario[0], "vm.a.pages_input_per_s") == 0.0);
    assert_close(hostsim_mean(&r->scenario[0], "disk.HV.d.iops"), 10.0 * factor, 0.02);
    const struct model *fitted =
        memory_model(16, "{startup: 4 GiB, demand: 5 GiB, cache: 3 GiB, miss_exponent: 1.7}", "6 GiB");
    assert_close(run_new(arena, fitted, "fitted", 1, 0)->vm[0].read_factor, pow(2.0 / 3.0, -1.7), 1e-12);
}

/* What a physical server's system does not need is available. */
static void test_a_physical_server_has_what_it_does_not_need(void **state)
{
    (void)state;
    const struct model *m =
        hostsim_model(arena, "schema: hvplan.model/1\n"
                             "hosts: {P: {cpu: {sockets: 1, cores: 4}, hypervisor: none, memory: 8 GiB}}\n"
                             "vms: {s: {host: P, memory: {startup: 8 GiB, demand: 5 GiB}}}\n"
                             "workloads: {w: {arrivals: {rate: 3 /s}, steps: [{on: s, cpu: 10 ms}]}}\n");
    const struct run *run = run_new(arena, m, "physical", 1, 0);
    assert_close(run->host[0].memory_available_bytes, 3.0 * GIB, 1e-9);
    assert_close(run->vm[0].pressure, 5.0 / 8.0, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_static_memory_that_fits_changes_nothing),
        HOSTTEST(test_static_memory_that_does_not_fit_is_said),
        HOSTTEST(test_dynamic_memory_gives_the_demand_and_its_buffer),
        HOSTTEST(test_scarce_dynamic_memory_goes_by_weight),
        HOSTTEST(test_a_lack_faults_the_jobs),
        HOSTTEST(test_who_faults_waits),
        HOSTTEST(test_parallel_parts_fault_too),
        HOSTTEST(test_the_cache_shrinks_first),
        HOSTTEST(test_a_physical_server_has_what_it_does_not_need),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
