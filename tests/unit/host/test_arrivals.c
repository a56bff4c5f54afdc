/* test_arrivals.c - where jobs come from, and services off the host. */
#include "tests/support/hosttest.h"

static struct model *arrivals_model(const char *workload)
{
    return hosttest_neutral(hostsim_modelf(arena,
                                           "schema: hvplan.model/1\n"
                                           "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: none}}\n"
                                           "vms: {a: {host: HV, os: ws2008}}\n"
                                           "external: {delay: {}, two: {servers: 2}}\n"
                                           "workloads: {w: {%s}}\n",
                                           workload));
}

/* Variance over mean of the arrivals in windows of `window_s`. */
static double dispersion(const char *workload, double window_s, double *rate)
{
    struct run *run = hosttest_run(arrivals_model(workload), 1.0);
    double sum = 0.0, squares = 0.0, before = (double)run->workload[0].started;
    const int n = 4000;
    for (int i = 1; i <= n; i++) {
        run_until(run, sim_round((1.0 + i * window_s) * 1e9));
        const double count = (double)run->workload[0].started - before;
        before += count;
        sum += count;
        squares += count * count;
    }
    *rate = sum / n / window_s;
    return (squares / n - sum / n * (sum / n)) / (sum / n);
}

static void test_open_arrivals_have_their_rate_and_variation(void **state)
{
    (void)state;
    double rate;
    assert_close(dispersion("arrivals: {rate: 50 /s}, steps: [{on: a, cpu: 1 us}]", 1.0, &rate), 1.0, 0.05);
    assert_close(rate, 50.0, 0.01);
    assert_true(dispersion("arrivals: {rate: 50 /s, scv: 0}, steps: [{on: a, cpu: 1 us}]", 1.0, &rate) <
                0.01);
    assert_close(rate, 50.0, 0.001);
    /* a renewal process: the index of dispersion tends to the scv (Cox, Renewal Theory, 1962) */
    const double four =
        dispersion("arrivals: {rate: 50 /s, scv: 4}, steps: [{on: a, cpu: 1 us}]", 4.0, &rate);
    assert_close(rate, 50.0, 0.02);
    assert_in_range((int)(100.0 * four), 330, 460);
}

static void test_bursts_keep_the_rate_and_raise_the_variance(void **state)
{
    (void)state;
    double rate;
    const double burst = dispersion(
        "arrivals: {rate: 50 /s, burst: 4, burst_period: 2 s}, steps: [{on: a, cpu: 1 us}]", 2.0, &rate);
    assert_close(rate, 50.0, 0.04);
    assert_true(burst > 10.0);
}

static void test_closed_users_think_and_come_again(void **state)
{
    (void)state;
    const struct run *run = hosttest_run(
        arrivals_model("closed: {users: 3, think: {mean: 90 ms, scv: 0}}, steps: [{on: a, cpu: {mean: "
                       "10 ms, scv: 0}}]"),
        100.05);
    assert_int_equal(run->workload[0].finished, 3 * 1000);
    const struct run *idle =
        hosttest_run(arrivals_model("closed: {users: 3, think: 0 s}, steps: [{on: a, cpu: 0 s}]"), 1e-4);
    assert_true(idle->sim.now == 100000); /* no demand, no think time: the clock goes on all the same */
}

static void test_think_time_may_be_a_pareto(void **state)
{
    (void)state;
    const struct run *run =
        hosttest_run(arrivals_model("closed: {users: 20, think: {dist: pareto-bounded, shape: 1.5, lower: 10 "
                                    "ms, upper: 1 s}}, steps: [{on: a, cpu: 1 us}]"),
                     500.0);
    /* bounded Pareto, mean = L^a / (1 - (L/H)^a) x a / (a - 1) x (1 / L^(a-1) - 1 / H^(a-1)) = 27.03 ms */
    assert_close((double)run->workload[0].finished / 500.0, 20.0 / 0.02703, 0.02);
}

static const char *write_trace(const char *text)
{
    const char *path = HVPLAN_BINARY_DIR "/arrivals.csv";
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    return path;
}

/* Every recorded job once, at its time, with its CPU time, and none is cut off at the end. */
static void test_a_trace_replays_every_job(void **state)
{
    (void)state;
    const char *path = write_trace("time_s,cpu_s\n0.5,0.020\n0.9,0.040\n0.9,0.010\n2.0,1.500\n");
    const struct model *m = arrivals_model(arena_printf(
        arena,
        "trace: %s, steps: [{on: a, cpu: 3 ms}, {call: delay, service: {mean: 100 ms, scv: 0}}, {cpu: 1 ms}]",
        path));
    const struct result *r = hostsim_run(arena, m, 0.02);
    const struct scenario_result *s = &r->scenario[0];
    assert_close(hostsim_mean(s, "workload.w.response_s"), (0.120 + 0.140 + 0.110 + 1.600) / 4.0, 1e-6);
    assert_close(hostsim_mean(s, "vm.a.cpu") * s->simulated_s, 1.570, 1e-6);
    assert_close(result_metric(s, "workload.w.response_s")->p99, 1.6, 0.02);
    assert_false(hosttest_warned(r, "W302", ""));
    const char *one = write_trace("time_s\n0\n");
    const struct model *lone =
        arrivals_model(arena_printf(arena, "trace: %s, steps: [{on: a, cpu: {mean: 3 s, scv: 0}}]", one));
    assert_close(hosttest_mean(lone, 0.02, "workload.w.response_s"), 3.0, 1e-6);
}

/* ---- external services ---- */

static void test_a_delay_never_queues_and_two_servers_do(void **state)
{
    (void)state;
    const struct scenario_result *delay =
        &hostsim_run(arena,
                     arrivals_model("arrivals: {rate: 90 /s}, steps: [{on: a, call: delay, service: 1 s}]"),
                     0.02)
             ->scenario[0];
    assert_close(hostsim_mean(delay, "workload.w.response_s"), 1.0, 0.02);
    assert_close(hostsim_mean(delay, "external.delay.busy"), 90.0, 0.03);
    assert_true(hostsim_row(delay, "w", "external.delay").wait_s < 1e-9);
    const struct scenario_result *two =
        &hostsim_run(arena,
                     arrivals_model("arrivals: {rate: 140 /s}, steps: [{on: a, call: two, service: 10 ms}]"),
                     0.009)
             ->scenario[0];
    const double mean = hostsim_mean(two, "workload.w.response_s"),
                 error = hostsim_error(two, "workload.w.response_s");
    assert_statistical(mean, error, 0.010 / (1.0 - 0.49)); /* M/M/2 */
    assert_false(support_statistically_equal(mean, error, 1.05 * 0.010 / (1.0 - 0.49)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_open_arrivals_have_their_rate_and_variation),
        HOSTTEST(test_bursts_keep_the_rate_and_raise_the_variance),
        HOSTTEST(test_closed_users_think_and_come_again),
        HOSTTEST(test_think_time_may_be_a_pareto),
        HOSTTEST(test_a_trace_replays_every_job),
        HOSTTEST(test_a_delay_never_queues_and_two_servers_do),
    };
    return cmocka_run_group_tests_name("arrivals", tests, NULL, NULL);
}
