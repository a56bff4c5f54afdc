/* vCPU curves whose shape is known: one thread gains nothing from a second vCPU, a parallel load gains until the LPs run out and
 * its neighbours then pay, and an open load is M/M/c. */
#include "model/analytic/mmc.h"
#include "model/host/curve.h"
#include "tests/support/hosttest.h"

/* `load` may bring its own steps. */
static struct model *two_vms(int lps, int vcpus, const char *load)
{
    const char *steps = strstr(load, "steps:") ? "" : ", steps: [{on: a, cpu: 30 ms}]";
    struct model *m = hostsim_modelf(arena,
                                     "schema: hvplan.model/1\n"
                                     "hosts: {HV: {cpu: {sockets: 1, cores: %d}, hypervisor: 2012}}\n"
                                     "vms:\n"
                                     "  a: {host: HV, os: ws2012, vcpus: %d}\n"
                                     "  b: {host: HV, os: ws2012, vcpus: 1}\n"
                                     "workloads:\n"
                                     "  wa: {%s%s}\n"
                                     "  wb: {arrivals: {rate: 20 /s}, steps: [{on: b, cpu: 30 ms}]}\n",
                                     lps, vcpus, load, steps);
    return m;
}

/* The curve of VM a; the first of `vcpus` is today's number. No overheads where `neutral`. */
static const struct vcpu_curve *curve_of(int lps, const char *load, const int *vcpus, int n, bool neutral,
                                         double precision)
{
    struct study_options o = study_defaults();
    struct study_case of[CURVE_POINTS_MOST];
    struct result *r = ARENA_NEW(arena, struct result);
    o.precision = precision;
    o.prove_bottleneck = false;
    for (int i = 0; i < n; i++) {
        struct model *m = two_vms(lps, vcpus[i], load);
        for (size_t k = 0; neutral && k < mechanism_param_count(); k++)
            m->overhead[k] = mechanism_param(k, NULL)->lo;
        of[i] = (struct study_case){.name = arena_printf(arena, "%d", vcpus[i]), .model = m};
    }
    study_run(arena, &o, of, n, r);
    curve_fill(arena, of[0].model, 0, vcpus, o.level, r);
    assert_int_equal(r->vcpu_curve.points, n);
    return &r->vcpu_curve;
}

static const struct curve_workload *at(const struct vcpu_curve *k, int point, const char *workload)
{
    for (int i = 0; i < k->point[point].workloads; i++)
        if (strcmp(k->point[point].workload[i].workload, workload) == 0)
            return &k->point[point].workload[i];
    fail_msg("no workload %s", workload);
    return NULL;
}

/* ---- field truth 2 ---- */

static void test_one_thread_has_its_knee_at_one(void **state)
{
    (void)state;
    const struct vcpu_curve *k =
        curve_of(4, "closed: {users: 1, think: 0 s}", (const int[]){1, 2, 4}, 3, false, 0.05);
    assert_int_equal(k->knee, 1);
    assert_int_equal(k->now, 1);
    for (int i = 1; i < 3; i++)
        assert_close(at(k, i, "wa")->throughput_per_s, at(k, 0, "wa")->throughput_per_s, 0.02);
}

static void test_parallel_load_gains_until_the_lps_run_out_and_neighbours_pay(void **state)
{
    (void)state;
    const struct vcpu_curve *k =
        curve_of(4, "closed: {users: 8, think: 0 s}", (const int[]){2, 1, 3, 4}, 4, false, 0.04);
    const double one = at(k, 0, "wa")->throughput_per_s;
    assert_int_equal(k->knee, 0); /* the fourth still gains */
    assert_int_equal(k->now, 2);
    for (int i = 1; i < 3; i++) /* an LP each, next to the neighbour's 0.6 */
        assert_close(at(k, i, "wa")->throughput_per_s, (i + 1) * one, 0.04);
    const struct curve_workload *before = at(k, 2, "wb"), *after = at(k, 3, "wb");
    assert_true(before->response_delta_s < 0.05 * before->response_s); /* shared caches and memory alone */
    assert_int_equal(after->verdict, VERDICT_WORSE);
    assert_false(after->visits);
    assert_true(after->response_delta_s > 0.1 * before->response_s);
    assert_true(k->point[3].vm[1].ready_delta > k->point[3].vm[1].ready_delta_half_width);
    assert_string_equal(k->point[3].vm[1].vm, "b");
    /* 4 LPs are shared by five VPs that want 4.6 */
    assert_true(at(k, 3, "wa")->throughput_per_s < 3.8 * one);
}

/* ---- a quarter of the work under a lock ---- */

static void test_a_lock_ends_the_gain(void **state)
{
    (void)state;
    const char *load =
        "closed: {users: 20, think: 0 s}, steps: [{on: a, cpu: 12 ms}, {lock: l, steps: [{cpu: 4 ms}]}]";
    const struct vcpu_curve *k = curve_of(9, load, (const int[]){1, 2, 4, 6, 8}, 5, true, 0.03);
    assert_close(at(k, 0, "wa")->throughput_per_s, 1.0 / 0.016, 0.03);
    assert_close(at(k, 1, "wa")->throughput_per_s, 2.0 / 0.016, 0.03);
    assert_close(at(k, 4, "wa")->throughput_per_s, 1.0 / 0.004, 0.03); /* one holder at a time */
    assert_in_range(k->knee, 4, 6);
}

/* ---- M/M/c on c vCPUs ---- */

static double mmc_response(double rate, int servers)
{
    struct mmc exact;
    assert_true(mmc_solve(rate, 0.030, servers, &exact));
    return exact.response;
}

static void test_open_load_follows_mmc_and_says_where_it_cannot_keep_up(void **state)
{
    (void)state;
    const struct vcpu_curve *k =
        curve_of(8, "arrivals: {rate: 80 /s}", (const int[]){1, 2, 3, 4, 6}, 5, true, 0.03);
    for (int i = 0; i < 2; i++) { /* 2.4 LPs of work */
        assert_true(at(k, i, "wa")->saturated && k->point[i].saturated);
        assert_true(isnan(at(k, i, "wa")->response_s) && isnan(at(k, i, "wa")->p95_s));
        assert_close(at(k, i, "wa")->throughput_per_s, (i + 1) / 0.030, 0.02);
        assert_false(at(k, i, "wb")->saturated);
        assert_true(at(k, i, "wb")->response_s > 0.0);
    }
    for (int i = 2; i < 5; i++) {
        const struct curve_workload *w = at(k, i, "wa");
        assert_false(w->saturated);
        assert_int_equal(w->verdict, VERDICT_BETTER);
        assert_close(w->response_s, mmc_response(80.0, k->point[i].vcpus), 0.05);
    }
    /* 4 to 6: the response is 1.19 of its demand with four, 1.01 with six: 8 % a vCPU, so the last one still gains */
    assert_int_equal(k->knee, 0);
}

static void test_knee_of_an_open_load_with_room(void **state)
{
    (void)state;
    /* 0.6 LPs of work: M/M/1 75 ms, M/M/2 33.0 ms, M/M/3 30.3 ms, M/M/4 30.0 ms */
    const struct vcpu_curve *k =
        curve_of(8, "arrivals: {rate: 20 /s}", (const int[]){1, 2, 3, 4, 6}, 5, true, 0.03);
    assert_int_equal(k->knee, 3);
    assert_int_equal(k->worse_from, 0);
    for (int i = 0; i < 5; i++)
        assert_close(at(k, i, "wa")->response_s, mmc_response(20.0, k->point[i].vcpus), 0.05);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_one_thread_has_its_knee_at_one),
        HOSTTEST(test_parallel_load_gains_until_the_lps_run_out_and_neighbours_pay),
        HOSTTEST(test_a_lock_ends_the_gain),
        HOSTTEST(test_open_load_follows_mmc_and_says_where_it_cannot_keep_up),
        HOSTTEST(test_knee_of_an_open_load_with_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
