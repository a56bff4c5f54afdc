/* test_study.c - when a study ends, what it compares, what it says about itself; the bins of its cells. */
#include "model/host/cell.h"
#include "tests/support/hosttest.h"

static struct model *queue_model(double rate)
{
    return hosttest_neutral(
        hostsim_modelf(arena,
                       "schema: hvplan.model/1\n"
                       "hosts: {HV: {cpu: {sockets: 1, cores: 1}, hypervisor: none}}\n"
                       "vms: {a: {host: HV, os: ws2008}}\n"
                       "workloads: {w: {arrivals: {rate: %g /s}, steps: [{on: a, cpu: 10 ms}]}}\n",
                       rate));
}

static bool study(const struct model *m, struct study_options o, struct result *r)
{
    const struct study_case c = {.name = "baseline", .model = m};
    o.prove_bottleneck = false;
    return study_run(arena, &o, &c, 1, r);
}

static void test_precision_is_reached_or_said_not_to_be(void **state)
{
    (void)state;
    struct study_options o = study_defaults();
    struct result r = {0};
    assert_true(study(queue_model(70.0), o, &r));
    const struct metric *m = result_metric(&r.scenario[0], "workload.w.response_s");
    assert_true(m->precision_reached && m->half_width <= 0.02 * m->mean);
    assert_int_equal(m->n, 8);
    assert_false(hosttest_warned(&r, "W302", ""));
    o.max_events = 20000;
    o.precision = 0.001;
    struct result few = {0};
    assert_false(study(queue_model(70.0), o, &few));
    assert_true(hosttest_warned(&few, "W302", "workload.w.response_s"));
    assert_true(few.scenario[0].events < 1000000);
    assert_false(few.provenance.incomplete);
}

static void test_growth_without_end_is_found_early_and_named(void **state)
{
    (void)state;
    struct result r = {0};
    assert_true(study(queue_model(130.0), study_defaults(), &r));
    assert_true(r.scenario[0].saturated);
    assert_true(hosttest_warned(&r, "W301", "host.HV.lp"));
    assert_true(r.scenario[0].events < 10000000);
    struct result busy = {0};
    study(queue_model(93.0), study_defaults(), &busy);
    assert_false(busy.scenario[0].saturated);
}

struct stops {
    int calls, at;
};

static bool stop_at(const struct study_progress *p, void *context)
{
    struct stops *s = context;
    assert_true(p->done >= 0.0 && p->done <= 1.0 && p->phase);
    return ++s->calls < s->at;
}

static void test_the_caller_may_stop_at_any_time(void **state)
{
    (void)state;
    for (int at = 1; at <= 3; at++) {
        struct stops stops = {.at = at};
        struct study_options o = study_defaults();
        o.progress = stop_at;
        o.context = &stops;
        o.precision = 0.001;
        struct result r = {0};
        study(queue_model(70.0), o, &r);
        assert_true(r.provenance.incomplete);
        assert_true(r.scenario[0].events < 3000000);
        assert_true(hostsim_mean(&r.scenario[0], "workload.w.response_s") > 0.01);
    }
}

/* Two users of a pool of one thread that call back into it wait for each other for ever: no event is left. */
static void test_a_deadlock_ends_the_study(void **state)
{
    (void)state;
    const struct model *m =
        hostsim_model(arena, "schema: hvplan.model/1\n"
                             "hosts: {HV: {cpu: {sockets: 1, cores: 2}, hypervisor: none}, H2: {cpu: "
                             "{sockets: 1, cores: 2}, hypervisor: none}}\n"
                             "vms: {a: {host: HV, os: ws2008, pool: 1}, b: {host: H2, os: ws2008, pool: 1}}\n"
                             "workloads: {w: {closed: {users: 2}, steps: [{on: a, cpu: 1 ms}, {call: b, "
                             "steps: [{on: b, cpu: 1 ms},"
                             " {call: a, steps: [{on: a, cpu: 1 ms}]}]}]}}\n");
    struct result r = {0};
    assert_false(study(m, study_defaults(), &r));
    assert_true(isnan(result_metric(&r.scenario[0], "workload.w.response_s")->mean));
}

static void test_scenarios_are_compared_pair_by_pair(void **state)
{
    (void)state;
    const struct result *same = hostsim_pair(arena, queue_model(70.0), queue_model(70.0), 0.02);
    double half_width;
    enum verdict verdict;
    assert_true(fabs(hostsim_delta(same, "workload.w.response_s", &half_width, &verdict)) < 1e-15);
    assert_int_equal(verdict, VERDICT_SAME);
    const struct result *more = hostsim_pair(arena, queue_model(70.0), queue_model(75.0), 0.02);
    const double delta = hostsim_delta(more, "workload.w.response_s", &half_width, &verdict);
    assert_int_equal(verdict, VERDICT_WORSE);
    assert_true(fabs(delta - (0.010 / 0.25 - 0.010 / 0.30)) < 2.0 * half_width);
    hostsim_delta(more, "workload.w.throughput_per_s", &half_width, &verdict);
    assert_int_equal(verdict, VERDICT_BETTER);
    hostsim_delta(more, "host.HV.lp.utilization", &half_width, &verdict);
    assert_int_equal(verdict, VERDICT_NONE);
    assert_close(hostsim_delta(more, "workload.w.response_s", NULL, NULL),
                 hostsim_mean(&more->scenario[1], "workload.w.response_s") -
                     hostsim_mean(&more->scenario[0], "workload.w.response_s"),
                 1e-12);
}

/* ---- cells ---- */

static double finished(const struct cell *c, int j, int i)
{
    double *delta = ARENA_ARRAY(arena, double, (size_t)c->layout->size);
    cell_delta(c, j, i, delta);
    return delta[c->layout->workload[0] + WLF_FINISHED];
}

static void test_bins_are_thinned_and_stay_differences(void **state)
{
    (void)state;
    const struct model *m = queue_model(50.0);
    struct cell *c = cell_new(m, "test", 1, 0, SIM_SECOND / 100);
    struct cell *whole = cell_new(m, "test", 1, 0, SIM_SECOND / 50);
    cell_advance(c, 512 * (SIM_SECOND / 100));
    assert_int_equal(c->bins, 512);
    cell_advance(c, 512 * (SIM_SECOND / 100) + 1);
    assert_int_equal(c->bins, 257);
    assert_true(c->width == SIM_SECOND / 50);
    cell_advance(whole, cell_now(c));
    assert_true(cell_now(whole) == cell_now(c));
    for (int i = 0; i < 257; i++)
        assert_close(finished(c, -1, i), finished(whole, -1, i), 0.0);
    assert_close(finished(c, 99, 199) + finished(c, 199, 256), finished(c, 99, 256), 0.0);
    assert_int_equal(cell_bin_at(c, 0), -1);
    assert_int_equal(cell_bin_at(c, c->width), 0);
    assert_int_equal(cell_bin_at(c, SIM_NEVER), 256);
    cell_free(c);
    cell_free(whole);
    cell_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_precision_is_reached_or_said_not_to_be),
        HOSTTEST(test_growth_without_end_is_found_early_and_named),
        HOSTTEST(test_the_caller_may_stop_at_any_time),
        HOSTTEST(test_a_deadlock_ends_the_study),
        HOSTTEST(test_scenarios_are_compared_pair_by_pair),
        HOSTTEST(test_bins_are_thinned_and_stay_differences),
    };
    return cmocka_run_group_tests_name("study", tests, NULL, NULL);
}
