/* test_slat_loads.c - which loads SLAT helps: little a compute loop, much one that creates processes or lives in page tables.
 *
 * All from the default parameters, in a simulated host; the loads differ in their steps and memory intensity alone. */
#include "tests/support/hosttest.h"

struct load {
    const char *steps;
    double intensity;
};

/* Sixteen users keep the 4 vCPUs of one guest busy on 4 LPs; jobs a second. */
static double capacity(const struct load *l, const char *cpu, const char *hypervisor)
{
    const struct model *m = hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {cores: 4, %s}, hypervisor: %s}}\n"
        "vms: {a: {host: HV, os: ws2008, vcpus: 4, pool: 16}}\n"
        "workloads: {w: {closed: {users: 16, think: 0 s}, memory_intensity: %g, steps: [%s]}}\n",
        cpu, hypervisor, l->intensity, l->steps);
    return hostsim_mean(&hostsim_run(arena, m, 0.01)->scenario[0], "workload.w.throughput_per_s");
}

static double slat_gain(const struct load *l)
{
    return capacity(l, "generation: xeon5500, threads: 1", "2008r2") /
           capacity(l, "generation: xeon5400", "2008r2");
}

static const struct load loop = {"{on: a, cpu: 10 ms}", 0.0}, server = {"{on: a, cpu: 10 ms}", 1.0},
                         page_tables = {"{on: a, cpu: 10 ms}", 4.0},
                         /* a request served by a thread of a pool, or by a process of its own */
    pooled = {"{on: a, cpu: 6 ms}", 1.0}, spawned = {"{on: a, cpu: 6 ms}, {spawn: 1}", 1.0},
                         processes = {"{on: a, spawn: 4}", 1.0};

/* Field truth 11. The vendor's "about 20 % across the board" is not reached by a mixed load: 8 %. */
static void test_slat_helps_a_compute_loop_little_and_a_spawning_load_much(void **state)
{
    (void)state;
    const double little = slat_gain(&loop), mixed = slat_gain(&server), pool = slat_gain(&pooled),
                 spawn = slat_gain(&spawned);
    assert_close(little, 1.0, 0.01);
    assert_true(mixed > 1.05 && mixed < 1.12);
    assert_close(pool, mixed, 0.01);
    assert_true(spawn > 1.6 && spawn < 2.2);
}

/* What a pool in place of processes brings: the process's own time with SLAT, several times that without. */
static void test_a_pool_spares_most_without_slat(void **state)
{
    (void)state;
    const char *const old = "generation: xeon5400", *const later = "generation: xeon5500, threads: 1";
    const double physical = capacity(&pooled, old, "none") / capacity(&spawned, old, "none");
    const double with = capacity(&pooled, later, "2008r2") / capacity(&spawned, later, "2008r2");
    const double without = capacity(&pooled, old, "2008r2") / capacity(&spawned, old, "2008r2");
    assert_close(physical, 7.5 / 6.0,
                 0.01); /* 6 ms of request and 1.5 ms of process against the request alone */
    assert_true(with > physical && with < 1.1 * physical);
    assert_true(without > 1.7 * physical);
}

/* E1: 1.6 to 2.5 times the terminal server sessions. What sessions do is not published in these terms: memory intensity 4,
 * and 10, 20 or 30 % of the physical CPU time in creating processes. */
static void test_terminal_servers_carry_more_sessions(void **state)
{
    (void)state;
    static const struct load sessions[] = {{"{on: a, cpu: 13.5 ms}, {spawn: 1}", 4.0},
                                           {"{on: a, cpu: 6 ms}, {spawn: 1}", 4.0},
                                           {"{on: a, cpu: 3.5 ms}, {spawn: 1}", 4.0}};
    double last = 1.6;
    for (int i = 0; i < 3; i++) {
        const double gain = slat_gain(&sessions[i]);
        assert_true(gain > last && gain < 2.5);
        last = gain;
    }
}

/* E3, E4: up to 48 % (EPT) and 42 % (RVI) for programs bound by page tables, up to 6 and 5 times more in microbenchmarks. */
static void test_programs_gain_within_the_published_bounds(void **state)
{
    (void)state;
    const double program = slat_gain(&page_tables), micro = slat_gain(&processes);
    assert_true(program > 1.2 && program < 1.42);
    assert_true(micro > 3.0 && micro < 6.0);
}

/* A version that does not use SLAT, and small pages: the processor alone does not do it. */
static void test_slat_needs_a_version_and_large_pages(void **state)
{
    (void)state;
    const char *const later = "generation: xeon5500, threads: 1";
    assert_close(capacity(&spawned, later, "2008"), capacity(&spawned, "generation: xeon5400", "2008"), 0.01);
    const double large = capacity(&page_tables, later, "2012");
    const double small = capacity(&page_tables, "generation: xeon5500, threads: 1, large_pages: no", "2012");
    assert_true(large / small > 1.10 && large / small < 1.20); /* the vendor: large pages bring 10 to 20 % */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_slat_helps_a_compute_loop_little_and_a_spawning_load_much),
        HOSTTEST(test_a_pool_spares_most_without_slat),
        HOSTTEST(test_terminal_servers_carry_more_sessions),
        HOSTTEST(test_programs_gain_within_the_published_bounds),
        HOSTTEST(test_slat_needs_a_version_and_large_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
