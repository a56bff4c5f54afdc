/* test_hardware.c - numa, clock_boost, lock_holder: speed factors of processors. */
#include "tests/unit/mechanism/fixture.h"

static double speed(const struct fixture *f, enum demand_kind kind, double amount)
{
    const struct cost c = fixture_cost(f, kind, amount, 0.0);
    assert_true(fixture_cpu_ns(&c) == 0.0 && c.latency_ns == 0.0);
    return c.speed;
}

static void remote_memory_slows_in_proportion(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    assert_close(speed(&f, DEMAND_REMOTE, 0.37), 1.0 - 0.37 * 0.3, 1e-14); /* the default of the facts */
    *fixture_param(&f, "numa", "penalty") = 0.419;
    assert_true(speed(&f, DEMAND_REMOTE, 0.0) == 1.0);
    assert_close(speed(&f, DEMAND_REMOTE, 0.37), 1.0 - 0.37 * 0.419, 1e-14);
    assert_close(speed(&f, DEMAND_REMOTE, 1.0), 1.0 - 0.419, 1e-14);
    f.at.version = HV_NONE;
    assert_true(speed(&f, DEMAND_REMOTE, 1.0) == 1.0);
}

/* One busy of 5: the whole boost; all busy: none; a line between, as contention is. */
static void the_boost_falls_with_the_busy_processors(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "contention", "loss") = 0.0;
    f.at.lps = 5;
    f.at.boost = 0.171;
    static const struct {
        double busy, share;
    } cases[] = {{0.0, 1.0}, {0.2, 1.0}, {0.4, 0.75}, {0.6, 0.5}, {0.8, 0.25}, {1.0, 0.0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_close(speed(&f, DEMAND_SPEED, cases[i].busy), 1.0 + 0.171 * cases[i].share, 1e-14);
    f.at.version = HV_NONE; /* physical servers boost too */
    assert_close(speed(&f, DEMAND_SPEED, 0.6), 1.0 + 0.171 * 0.5, 1e-14);
    f.at.lps = 1; /* alone: one busy is all busy, and nobody else takes the boost away */
    assert_close(speed(&f, DEMAND_SPEED, 1.0), 1.171, 1e-14);
}

static void boost_and_contention_multiply(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "contention", "loss") = 0.083;
    f.at.lps = 3;
    f.at.boost = 0.29;
    assert_close(speed(&f, DEMAND_SPEED, 2.0 / 3.0), (1.0 + 0.29 / 2.0) * (1.0 - 0.083 / 2.0), 1e-14);
}

static void preempted_siblings_make_the_others_spin(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "lock_holder", "hint") = 0.193;
    f.at.vcpus = 4;
    assert_true(speed(&f, DEMAND_PREEMPTED, 1.0) == 1.0); /* no lock_share, the default */
    f.at.lock_share = 0.117;
    assert_close(speed(&f, DEMAND_PREEMPTED, 1.0), 1.0 - 0.117 * 0.193, 1e-14);
    f.at.enlightened = false;
    assert_close(speed(&f, DEMAND_PREEMPTED, 1.0), 1.0 - 0.117, 1e-14);
    assert_close(speed(&f, DEMAND_PREEMPTED, 1.0 / 3.0), 1.0 - 0.117 / 3.0, 1e-14); /* k = 1 of n - 1 = 3 */
    assert_true(speed(&f, DEMAND_PREEMPTED, 0.0) == 1.0);
    f.at.vcpus = 1;
    assert_true(speed(&f, DEMAND_PREEMPTED, 1.0) == 1.0);
    f.at.vcpus = 4;
    f.at.version = HV_NONE;
    assert_true(speed(&f, DEMAND_PREEMPTED, 1.0) == 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(remote_memory_slows_in_proportion),
        cmocka_unit_test(the_boost_falls_with_the_busy_processors),
        cmocka_unit_test(boost_and_contention_multiply),
        cmocka_unit_test(preempted_siblings_make_the_others_spin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
