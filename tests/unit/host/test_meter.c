/* test_meter.c - reserve and limit of a VP over the accounting window. */
#include "tests/support/hosttest.h"

#define WINDOW_NS 50e6

static struct model *crowd(const char *first, int others)
{
    return hosttest_neutral(
        hostsim_modelf(arena,
                       "schema: hvplan.model/1\n"
                       "hosts: {HV: {cpu: {sockets: 1, cores: 2}, hypervisor: {version: 2008r2, window: 50 "
                       "ms, quantum: 10 ms}}}\n"
                       "vms:\n"
                       "  a: {host: HV, os: ws2008, vcpus: 1%s}\n"
                       "  b: {host: HV, os: ws2008, vcpus: 4, weight: 10000}\n"
                       "workloads:\n"
                       "  a: {closed: {users: 1}, steps: [{on: a, cpu: 17 ms}]}\n"
                       "  b: {closed: {users: %d, think: %s}, steps: [{on: b, cpu: 23 ms}]}\n",
                       first, others, others > 1 ? "0 s" : "10000 s"));
}

/* Least and most that VM a used of a window, as a share. */
static void windows(const struct model *m, double *least, double *most)
{
    struct run *run = hosttest_run(m, 0.5);
    double before = hosttest_used(&run->vm[0]);
    *least = 1.0;
    *most = 0.0;
    for (int i = 11; i < 400; i++) {
        run_until(run, sim_round(i * WINDOW_NS));
        const double now = hosttest_used(&run->vm[0]);
        *least = fmin(*least, (now - before) / WINDOW_NS);
        *most = fmax(*most, (now - before) / WINDOW_NS);
        before = now;
    }
}

static void test_limit_is_exact_in_every_window(void **state)
{
    (void)state;
    double least, most;
    windows(crowd(", limit: 30 %", 1), &least, &most);
    assert_close(most, 0.30, 1e-6);
    assert_close(least, 0.30, 1e-6);
    windows(crowd("", 1), &least, &most);
    assert_close(least, 1.0, 1e-6);
}

static void test_reserve_holds_in_every_window_under_saturation(void **state)
{
    (void)state;
    double least, most;
    windows(crowd(", weight: 1, reserve: 40 %", 8), &least, &most);
    assert_true(least >= 0.40 - 1e-6);
    assert_true(most <=
                0.40 + 10e6 / WINDOW_NS + 1e-6); /* the quantum in which it had its reserve goes to its end */
    windows(crowd(", weight: 1", 8), &least, &most);
    assert_true(least < 0.01); /* without it the weight leaves next to nothing */
}

/* Five VPs on two LPs whose reserves fill them: when one has had its part, the next one must not wait for its quantum. */
static void test_reserves_of_several_vps_are_met_together(void **state)
{
    (void)state;
    const struct model *m = hosttest_neutral(
        hostsim_model(arena, "schema: hvplan.model/1\n"
                             "hosts: {HV: {cpu: {sockets: 1, cores: 2}, hypervisor: {version: 2008r2, "
                             "window: 100 ms, quantum: 20 ms}}}\n"
                             "vms:\n"
                             "  a: {host: HV, os: ws2008, vcpus: 1, weight: 1, reserve: 38 %}\n"
                             "  b: {host: HV, os: ws2008, vcpus: 4, weight: 10000, reserve: 38 %}\n"
                             "workloads:\n"
                             "  a: {closed: {users: 1}, steps: [{on: a, cpu: 170 s}]}\n"
                             "  b: {closed: {users: 8}, steps: [{on: b, cpu: 23 ms}]}\n"));
    const struct run *run = hosttest_run(m, 50.0);
    assert_true(hosttest_used(&run->vm[0]) / 50e9 > 0.379);
    for (int k = 0; k < 4; k++)
        assert_true((run->vm[1].vp[k].guest_ns + run->vm[1].vp[k].hypervisor_ns) / 50e9 > 0.379);
}

static void test_waiting_for_the_window_is_no_ready_time(void **state)
{
    (void)state;
    const struct run *run = hosttest_run(crowd(", limit: 30 %", 1), 10.0);
    assert_true(run->vm[0].vp[0].wait_ns < 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_limit_is_exact_in_every_window),
        HOSTTEST(test_reserve_holds_in_every_window_under_saturation),
        HOSTTEST(test_reserves_of_several_vps_are_met_together),
        HOSTTEST(test_waiting_for_the_window_is_no_ready_time),
    };
    return cmocka_run_group_tests_name("meter", tests, NULL, NULL);
}
