/* test_memory_fit.c - "it fits" against "it fits and still performs", and what a restart takes. */
#include "model/host/memory_fit.h"
#include "tests/support/hosttest.h"
#include <stdlib.h>

#define GIB 1073741824.0

static struct model *fit_model(const char *version, double host_gib, const char *a, const char *b)
{
    return hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: %s, memory: %g GiB,\n"
        "  disks: {d: {kind: hdd, spindles: 8, read: 6 ms, write: 4 ms}}}}\n"
        "vms: {alpha: {host: HV, memory: %s, disks: {c: {on: d}}}, beta: {host: HV, memory: %s}}\n"
        "workloads: {w: {arrivals: {rate: 10 /s}, steps: [{on: alpha, cpu: 5 ms}]}}\n"
        "objectives: {quick: {workload: w, mean: 10 ms}}\n",
        version, host_gib, a, b);
}

static const struct result *fit_run(const char *a, const char *b)
{
    return hostsim_run(arena, fit_model("2012", 16, a, b), 0.05);
}

static void test_what_has_enough_is_not_warned_about(void **state)
{
    (void)state;
    const struct result *r = fit_run("{startup: 4 GiB, demand: 4 GiB, cache: 1 GiB}", "6 GiB");
    assert_false(hosttest_warned(r, "W307", "HV"));
    assert_false(hosttest_warned(r, "W308", "HV"));
}

static void test_paging_vms_fit_but_do_not_perform(void **state)
{
    (void)state;
    const struct result *r = fit_run("{startup: 4 GiB, demand: 5 GiB}", "6 GiB");
    assert_false(hosttest_warned(r, "W304", "HV"));
    assert_true(hosttest_warned(r, "W307", "memory of HV (74 % used), but do not perform: alpha reads "));
    assert_true(hosttest_warned(r, "W307", "(pressure 125 %); missed: quick"));
    assert_false(hosttest_warned(r, "W307", "beta"));
}

static void test_a_squeezed_cache_is_told(void **state)
{
    (void)state;
    const struct result *r = fit_run("{startup: 4 GiB, demand: 5 GiB, cache: 2 GiB}", "6 GiB");
    assert_true(hosttest_warned(
        r, "W307",
        "alpha has 50 % of its file cache and reads more by the assumed miss curve (pressure 125 %)"));
    assert_false(hosttest_warned(r, "W307", "missed"));
}

static void test_a_buffer_that_is_cut_is_told(void **state)
{
    (void)state;
    const char *one = "{startup: 1 GiB, maximum: 12 GiB, demand: 6 GiB, buffer: 30 %}";
    const struct result *r = fit_run(one, one);
    assert_true(hosttest_warned(r, "W307", "alpha gets less than its buffer (pressure 8"));
    assert_true(hosttest_warned(r, "W307", "beta gets less"));
}

/* Over-committed: W304 has said it. */
static void test_one_warning_for_one_trouble(void **state)
{
    (void)state;
    const struct result *r = fit_run("10 GiB", "10 GiB");
    assert_true(hosttest_warned(r, "W304", "HV"));
    assert_false(hosttest_warned(r, "W307", "HV"));
}

static const char *restart_of(const char *version, double host_gib, const char *a, const char *b)
{
    const struct model *m = fit_model(version, host_gib, a, b);
    return memory_fit_restart(arena, run_new(arena, m, "restart", 1, 0), 0);
}

/* alpha runs with 1.2 GiB and starts with 4; beta is static. 8 GiB less what the host keeps (300 + 384 + 512 MiB), less the VMs'
 * own 32 + 1.6 and 32 + 32 MiB: what beta's 5 GiB and alpha leave is free. */
static void test_a_restart_needs_more_than_the_run(void **state)
{
    (void)state;
    const char *alpha = "{dynamic: yes, startup: 4 GiB, minimum: 512 MiB, maximum: 6 GiB, demand: 1 GiB}";
    const double there = 8192.0 - 300.0 - 896.0 - 33.6 - 64.0 - 5120.0, paged = 4096.0 - there;
    const char *say = restart_of("2012", 8, alpha, "5 GiB");
    assert_non_null(say);
    assert_non_null(strstr(say, arena_printf(arena, "alpha %.6g MiB of its 4 GiB", paged)));
    assert_null(restart_of("2012", 12, alpha, "5 GiB"));  /* enough is free */
    assert_null(restart_of("2008r2", 8, alpha, "5 GiB")); /* came with 2012 */
    assert_null(restart_of("2012", 8, "1.2 GiB", "5 GiB"));
    /* a neighbour whose buffer can be had lowers it */
    const char *rich = "{dynamic: yes, startup: 5 GiB, minimum: 1 GiB, maximum: 5 GiB, demand: 4 GiB}";
    const char *less = restart_of("2012", 8, alpha, rich);
    assert_non_null(less);
    assert_true(atof(strstr(less, "alpha ") + 6) < paged);
}

static void test_the_restart_is_told(void **state)
{
    (void)state;
    const char *alpha = "{dynamic: yes, startup: 4 GiB, minimum: 512 MiB, maximum: 6 GiB, demand: 1 GiB}";
    const struct result *r = hostsim_run(arena, fit_model("2016", 8, alpha, "5 GiB"), 0.1);
    assert_true(hosttest_warned(r, "W308", "a restart on HV"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_what_has_enough_is_not_warned_about),
        HOSTTEST(test_paging_vms_fit_but_do_not_perform),
        HOSTTEST(test_a_squeezed_cache_is_told),
        HOSTTEST(test_a_buffer_that_is_cut_is_told),
        HOSTTEST(test_one_warning_for_one_trouble),
        HOSTTEST(test_a_restart_needs_more_than_the_run),
        HOSTTEST(test_the_restart_is_told),
    };
    return cmocka_run_group_tests_name("fits and performs", tests, NULL, NULL);
}
