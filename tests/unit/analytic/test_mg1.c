/* test_mg1.c - model/analytic/mg1.h */
#include "model/analytic/mg1.h"
#include "tests/support/support.h"

/* rho 0.8, mean service 1: Pollaczek-Khinchine by hand. */
static void published_rows(void **state)
{
    (void)state;
    static const struct {
        double scv, wait, response, waiting;
    } rows[] = {{0, 2, 3, 1.6}, {0.5, 3, 4, 2.4}, {1, 4, 5, 3.2}, {4, 10, 11, 8}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mg1 m;
        assert_true(mg1_solve(0.8, 1.0, rows[i].scv, &m));
        assert_close(m.utilization, 0.8, 1e-12);
        assert_close(m.wait, rows[i].wait, 1e-12);
        assert_close(m.response, rows[i].response, 1e-12);
        assert_close(m.waiting, rows[i].waiting, 1e-12);
        assert_close(m.present, rows[i].waiting + 0.8, 1e-12);
    }
}

static void time_units_do_not_matter(void **state)
{
    (void)state;
    struct mg1 m;
    assert_true(mg1_solve(0.8 / 13.7, 13.7, 4.0, &m));
    assert_close(m.wait, 137.0, 1e-12);
    assert_close(m.waiting, 8.0, 1e-12);
}

static void sharing_does_not_know_the_scv(void **state)
{
    (void)state;
    struct mg1 shared, exponential;
    assert_true(mg1_solve_ps(0.31, 2.9, &shared));
    assert_true(mg1_solve(0.31, 2.9, 1.0, &exponential));
    assert_close(shared.response, 2.9 / (1 - 0.899), 1e-12);
    assert_close(shared.response, exponential.response, 1e-12);
    assert_close(shared.present, exponential.present, 1e-12);
    assert_close(shared.utilization, 0.899, 1e-12);
    assert_close(shared.wait, 0.0, 0);
    assert_close(shared.waiting, 0.0, 0);
}

static void saturation_is_refused(void **state)
{
    (void)state;
    struct mg1 m;
    assert_false(mg1_solve(2.0, 0.5, 0.0, &m));
    assert_false(mg1_solve_ps(2.0, 0.5, &m));
    assert_true(mg1_solve(2.0, 0.4999, 0.0, &m));
}

static void negative_scv(void *m)
{
    mg1_solve(0.5, 1.0, -0.1, m);
}

static void negative_time(void *m)
{
    mg1_solve_ps(0.5, -1.0, m);
}

static void misuse_ends_the_program(void **state)
{
    (void)state;
    struct mg1 m;
    assert_dies(negative_scv, &m, "scv >= 0.0");
    assert_dies(negative_time, &m, "service_time >= 0.0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_rows),
        cmocka_unit_test(time_units_do_not_matter),
        cmocka_unit_test(sharing_does_not_know_the_scv),
        cmocka_unit_test(saturation_is_refused),
        cmocka_unit_test(misuse_ends_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
