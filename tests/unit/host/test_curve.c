/* Points, limits and the knee of a vCPU curve. */
#include "model/host/curve.h"
#include "tests/support/hosttest.h"

/* ---- points ---- */

static void assert_counts(int most, int now, const char *expected)
{
    int vcpus[CURVE_POINTS_MOST];
    const int n = curve_counts(most, now, vcpus);
    const char *text = "";
    for (int i = 0; i < n; i++)
        text = arena_printf(arena, "%s%s%d", text, i ? " " : "", vcpus[i]);
    assert_string_equal(text, expected);
}

static void test_points_are_dense_up_to_eight_then_further_apart(void **state)
{
    (void)state;
    assert_counts(1, 1, "1");
    assert_counts(4, 2, "1 2 3 4");
    assert_counts(11, 3, "1 2 3 4 5 6 7 8 10 11");
    assert_counts(64, 18, "1 2 3 4 5 6 7 8 10 12 16 18 20 24 32 48 64");
    assert_counts(65, 7, "1 2 3 4 6 7 8 12 16 24 32 48 64 65");
    assert_counts(512, 511, "1 2 3 4 6 8 12 16 24 32 48 64 96 128 256 511 512");
}

/* A VM that has more than is supported keeps its point: it is what the others are compared with. */
static void test_present_number_beyond_the_limit_stays(void **state)
{
    (void)state;
    assert_counts(2, 6, "1 2 6");
}

/* ---- limits ---- */

static struct curve_limit limit_of(const char *version, int cores, const char *os)
{
    const struct model *m =
        hostsim_modelf(arena,
                       "schema: hvplan.model/1\n"
                       "hosts: {H7: {cpu: {sockets: 1, cores: %d}, hypervisor: %s}}\n"
                       "vms: {v: {host: H7, os: %s, vcpus: 1}}\n"
                       "workloads: {w: {arrivals: {rate: 3 /s}, steps: [{on: v, cpu: 7 ms}]}}\n",
                       cores, version, os);
    return curve_limit_of(arena, m, 0);
}

static void test_limit_says_who_ends_the_curve(void **state)
{
    (void)state;
    struct curve_limit l = limit_of("2008r2", 3, "ws2008");
    assert_int_equal(l.most, 3);
    assert_string_equal(l.text, "H7 has 3 logical processors");
    l = limit_of("2008r2", 12, "ws2008");
    assert_int_equal(l.most, 4);
    assert_string_equal(l.text, "Hyper-V 2008r2 supports 4 vCPUs in a VM");
    l = limit_of("2008", 12, "ws2003");
    assert_int_equal(l.most, 2);
    assert_string_equal(l.text, "Windows Server 2003 supports 2 vCPUs in a VM of Hyper-V 2008");
    l = limit_of("2012", 12, "ws2012");
    assert_int_equal(l.most, 12);
    l = limit_of("2012", 1, "w2000");
    assert_string_equal(l.text, "H7 has 1 logical processor");
}

/* ---- the knee ---- */

static void test_step_gains_from_five_per_cent_a_vcpu(void **state)
{
    (void)state;
    assert_true(curve_step_gains(0.2, 0.0101, 0.004, 1));
    assert_false(curve_step_gains(0.2, 0.0099, 0.004, 1)); /* under 5 % */
    assert_false(curve_step_gains(0.2, 0.05, 0.051, 1));   /* within its interval */
    assert_false(curve_step_gains(0.2, -0.05, 0.004, 1));  /* worse */
    assert_false(curve_step_gains(0.2, (double)NAN, 0.004, 1));
    assert_false(curve_step_gains((double)NAN, 0.05, 0.004, 1));
    /* four at once: 1 - 0.95^4 = 18.5 % */
    assert_true(curve_step_gains(1.0, 0.1856, 0.001, 4));
    assert_false(curve_step_gains(1.0, 0.1854, 0.001, 4));
}

static void test_knee_is_the_first_point_behind_which_none_gains(void **state)
{
    (void)state;
    assert_int_equal(curve_knee((const bool[]){true, true, false, false}, 5), 2);
    assert_int_equal(curve_knee((const bool[]){false, false, false, false}, 5), 0);
    assert_int_equal(curve_knee((const bool[]){true, false, true, false}, 5),
                     3); /* a dip on the way is no knee */
    assert_int_equal(curve_knee((const bool[]){true, true, true, true}, 5), -1);
    assert_int_equal(curve_knee((const bool[]){false, false, false, true}, 5), -1);
    assert_int_equal(curve_knee(NULL, 1), 0);
}

/* ---- who visits ---- */

static void test_visits_by_steps_calls_and_farms(void **state)
{
    (void)state;
    const struct model *m =
        hostsim_model(arena, "schema: hvplan.model/1\n"
                             "hosts: {H: {cpu: {sockets: 1, cores: 4}, hypervisor: 2012}}\n"
                             "vms:\n"
                             "  a: {host: H, os: ws2012, vcpus: 1}\n"
                             "  b: {host: H, os: ws2012, vcpus: 1}\n"
                             "  c: {host: H, os: ws2012, vcpus: 1}\n"
                             "  d: {host: H, os: ws2012, vcpus: 1}\n"
                             "workloads:\n"
                             "  w: {arrivals: {rate: 3 /s}, steps: [{on: [a, b], cpu: 7 ms}, {on: a, call: "
                             "c, steps: [{cpu: 1 ms}]}]}\n"
                             "  x: {arrivals: {rate: 3 /s}, steps: [{on: d, cpu: 7 ms}]}\n");
    const bool expected[] = {true, true, true, false};
    for (int v = 0; v < 4; v++) {
        assert_int_equal(curve_visits(&m->workload[0], v), expected[v]);
        assert_int_equal(curve_visits(&m->workload[1], v), v == 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_points_are_dense_up_to_eight_then_further_apart),
        HOSTTEST(test_present_number_beyond_the_limit_stays),
        HOSTTEST(test_limit_says_who_ends_the_curve),
        cmocka_unit_test(test_step_gains_from_five_per_cent_a_vcpu),
        cmocka_unit_test(test_knee_is_the_first_point_behind_which_none_gains),
        HOSTTEST(test_visits_by_steps_calls_and_farms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
