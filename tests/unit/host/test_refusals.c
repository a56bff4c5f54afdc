/* test_refusals.c - pools with a limited queue: who is refused, what that gives back, what is counted. */
#include "tests/support/hosttest.h"

#define HOST                                                                                                 \
    "schema: hvplan.model/1\n"                                                                               \
    "hosts: {HV: {cpu: {sockets: 1, cores: 8}, hypervisor: 2008r2}}\n"                                       \
    "external: {x: {}}\n"                                                                                    \
    "vms:\n"                                                                                                 \
    "  a: {host: HV, os: ws2008, vcpus: 4%s}\n"                                                              \
    "  b: {host: HV, os: ws2008, vcpus: 4%s}\n"                                                              \
    "workloads:\n"

static const struct result *simulate(const char *a, const char *b, const char *workloads)
{
    struct model *m = hostsim_model(arena, arena_printf(arena, HOST "%s", a, b, workloads));
    return hostsim_run(arena, hosttest_neutral(m), 0.02);
}

static double mean(const struct result *r, const char *metric)
{
    return hostsim_mean(&r->scenario[0], metric);
}

/* Every second comes while the one thread is held: no queue refuses it, a queue of one keeps it. */
static void test_a_full_queue_refuses(void **state)
{
    (void)state;
    const char *w =
        "  w: {arrivals: {rate: 20 /s, scv: 0}, steps: [{on: a, call: x, service: {mean: 70 ms, scv: 0}}]}\n";
    const struct result *none = simulate(", pool: 1, pool_queue: 0", "", w);
    assert_close(mean(none, "workload.w.refused_per_s"), 10.0, 1e-3);
    assert_close(mean(none, "workload.w.throughput_per_s"), 10.0, 1e-3);
    assert_close(mean(none, "workload.w.response_s"), 0.07, 1e-6);
    assert_true(hosttest_warned(none, "W306", "50 %"));
    const struct result *one = simulate(", pool: 1, pool_queue: 1", "", w);
    const double served = 1.0 / 0.07;
    assert_close(mean(one, "workload.w.throughput_per_s"), served, 1e-3);
    assert_close(mean(one, "workload.w.refused_per_s"), 20.0 - served, 2e-3);
    assert_true(mean(one, "workload.w.response_s") > 0.1);
}

static void test_without_a_limit_there_is_no_such_metric(void **state)
{
    (void)state;
    const struct result *r = simulate(
        ", pool: 1", "", "  w: {arrivals: {rate: 5 /s}, steps: [{on: a, call: x, service: 70 ms}]}\n");
    assert_null(result_metric(&r->scenario[0], "workload.w.refused_per_s"));
    assert_false(hosttest_warned(r, "W306", ""));
    assert_true(!isnan(r->scenario[0].bound[0].second_opinion));
    const struct result *limited =
        simulate(", pool: 1, pool_queue: 2", "",
                 "  w: {arrivals: {rate: 5 /s}, steps: [{on: a, call: x, service: 70 ms}]}\n");
    assert_true(isnan(limited->scenario[0].bound[0].second_opinion)); /* no formula here knows refusals */
}

/* The job of a refused call holds a lock and a thread of the caller: both must come back, or nobody would be served again. */
static void test_a_refused_call_gives_back_what_the_job_holds(void **state)
{
    (void)state;
    const struct result *r = simulate(
        ", pool: 2", ", pool: 1, pool_queue: 0",
        "  w: {arrivals: {rate: 10 /s}, steps: [{on: a, lock: l, steps: [{on: a, call: b, steps: "
        "[{on: b, call: x, service: {mean: 20 ms, scv: 0}}]}]}]}\n"
        "  v: {arrivals: {rate: 25 /s}, steps: [{on: b, call: x, service: {mean: 20 ms, scv: 0}}]}\n");
    const double w = mean(r, "workload.w.refused_per_s"), v = mean(r, "workload.v.refused_per_s");
    assert_true(w > 1.0 && v > 1.0);
    assert_close(w + mean(r, "workload.w.throughput_per_s"), 10.0, 0.03);
    assert_close(v + mean(r, "workload.v.throughput_per_s"), 25.0, 0.03);
    assert_close(mean(r, "pool.b.utilization"),
                 0.02 * (mean(r, "workload.w.throughput_per_s") + mean(r, "workload.v.throughput_per_s")),
                 0.01);
    assert_close(mean(r, "lock.l.utilization"), 0.02 * mean(r, "workload.w.throughput_per_s"), 0.03);
}

/* The other branch is worked off; then the whole job is refused, once. */
static void test_a_refused_branch_refuses_the_job(void **state)
{
    (void)state;
    const struct result *r = simulate(
        "", ", pool: 1, pool_queue: 0",
        "  w: {arrivals: {rate: 2 /s, scv: 0}, steps: [{on: a, parallel: [[{on: b, call: x, service: "
        "{mean: 1 ms, scv: 0}}], [{on: b, call: x, service: {mean: 1 ms, scv: 0}}, {on: a, cpu: 30 "
        "ms}]]}]}\n");
    assert_close(mean(r, "workload.w.refused_per_s"), 2.0, 1e-3); /* the second branch meets the first */
    assert_close(mean(r, "workload.w.throughput_per_s") + 1.0, 1.0, 1e-9);
}

/* Nobody thinks: who has the thread goes on at once, the other one asks in vain every millisecond. */
static void test_users_who_are_refused_come_again(void **state)
{
    (void)state;
    const struct result *r = simulate(
        ", pool: 1, pool_queue: 0", "",
        "  w: {closed: {users: 2, think: 0 s}, steps: [{on: a, call: x, service: {mean: 10 ms, scv: 0}}]}\n");
    assert_close(mean(r, "workload.w.throughput_per_s"), 100.0, 0.01);
    assert_close(mean(r, "workload.w.refused_per_s"), 1000.0, 0.02);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_a_full_queue_refuses),
        HOSTTEST(test_without_a_limit_there_is_no_such_metric),
        HOSTTEST(test_a_refused_call_gives_back_what_the_job_holds),
        HOSTTEST(test_a_refused_branch_refuses_the_job),
        HOSTTEST(test_users_who_are_refused_come_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
