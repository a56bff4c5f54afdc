/* test_allen_cunneen.c - model/analytic/allen_cunneen.h */
#include "model/analytic/allen_cunneen.h"
#include "model/analytic/mg1.h"
#include "tests/support/support.h"

static void exact_for_mmc(void **state)
{
    (void)state;
    struct mmc exact, approximate;
    assert_true(mmc_solve(3.7, 2.0, 9, &exact));
    assert_true(allen_cunneen_solve(3.7, 1.0, 2.0, 1.0, 9, &approximate));
    assert_memory_equal(&exact, &approximate, sizeof exact);
}

static void exact_for_mg1(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        struct mg1 exact;
        struct mmc approximate;
        assert_true(mg1_solve(0.043 * i, 1.1, 0.7 * i, &exact));
        assert_true(allen_cunneen_solve(0.043 * i, 1.0, 1.1, 0.7 * i, 1, &approximate));
        assert_close(approximate.wait, exact.wait, 1e-12);
        assert_close(approximate.response, exact.response, 1e-12);
        assert_close(approximate.waiting, exact.waiting, 1e-12);
        assert_close(approximate.present, exact.present, 1e-12);
    }
}

/* Wq of M/M/4 at rho 0.9 is 1.969383; arrivals with scv 2.2 and services with 0.4 weigh 1.3 times as much. */
static void scales_the_wait_only(void **state)
{
    (void)state;
    struct mmc m;
    assert_true(allen_cunneen_solve(3.6, 2.2, 1.0, 0.4, 4, &m));
    assert_close(m.wait, 1.3 * 1.969383, 1e-6);
    assert_close(m.response, 1.0 + 1.3 * 1.969383, 1e-6);
    assert_close(m.waiting, 1.3 * 7.089779, 1e-6);
    assert_close(m.p_wait, 0.787753, 1e-6);
    assert_close(m.utilization, 0.9, 1e-12);
}

static void saturation_is_refused(void **state)
{
    (void)state;
    struct mmc m;
    assert_false(allen_cunneen_solve(8.0, 1.0, 0.5, 1.0, 4, &m));
}

static void negative_scv(void *m)
{
    allen_cunneen_solve(1.0, -1.0, 0.5, 1.0, 4, m);
}

static void misuse_ends_the_program(void **state)
{
    (void)state;
    struct mmc m;
    assert_dies(negative_scv, &m, "arrival_scv >= 0.0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_for_mmc),           cmocka_unit_test(exact_for_mg1),
        cmocka_unit_test(scales_the_wait_only),    cmocka_unit_test(saturation_is_refused),
        cmocka_unit_test(misuse_ends_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
