/* test_mmc.c - model/analytic/mmc.h */
#include "model/analytic/mmc.h"
#include "tests/support/support.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Mean service 1, arrival rate rho c. Computed with GNU Octave queueing 1.2.7 (qsmmm), 6 decimals. */
static const struct {
    int servers;
    double rho, p_wait, wait, response, waiting, present;
} rows[] = {
    {1, 0.50, 0.500000, 1.000000, 2.000000, 0.500000, 1.000000},
    {1, 0.80, 0.800000, 4.000000, 5.000000, 3.200000, 4.000000},
    {1, 0.90, 0.900000, 9.000000, 10.000000, 8.100000, 9.000000},
    {1, 0.95, 0.950000, 19.000000, 20.000000, 18.050000, 19.000000},
    {2, 0.50, 0.333333, 0.333333, 1.333333, 0.333333, 1.333333},
    {2, 0.80, 0.711111, 1.777778, 2.777778, 2.844444, 4.444444},
    {2, 0.90, 0.852632, 4.263158, 5.263158, 7.673684, 9.473684},
    {4, 0.50, 0.173913, 0.086957, 1.086957, 0.173913, 2.173913},
    {4, 0.70, 0.428654, 0.357212, 1.357212, 1.000193, 3.800193},
    {4, 0.80, 0.596432, 0.745541, 1.745541, 2.385730, 5.585730},
    {4, 0.90, 0.787753, 1.969383, 2.969383, 7.089779, 10.689779},
    {4, 0.95, 0.891419, 4.457095, 5.457095, 16.936961, 20.736961},
    {8, 0.50, 0.059044, 0.014761, 1.014761, 0.059044, 4.059044},
    {8, 0.80, 0.457645, 0.286028, 1.286028, 1.830580, 8.230580},
    {8, 0.90, 0.701533, 0.876916, 1.876916, 6.313797, 13.513797},
    {8, 0.95, 0.844169, 2.110422, 3.110422, 16.039204, 23.639204},
    {16, 0.80, 0.304884, 0.095276, 1.095276, 1.219536, 14.019536},
    {16, 0.90, 0.591343, 0.369590, 1.369590, 5.322091, 19.722091},
    {16, 0.95, 0.780192, 0.975241, 1.975241, 14.823657, 30.023657},
};

/* Half a unit of the last printed place. */
static void printed(double actual, double expected)
{
    if (!(fabs(actual - expected) <= 0.5000001e-6))
        fail_msg("%.9f, table %.6f", actual, expected);
}

static void published_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct mmc m;
        assert_true(mmc_solve(rows[i].rho * rows[i].servers, 1.0, rows[i].servers, &m));
        assert_close(m.utilization, rows[i].rho, 1e-12);
        printed(m.p_wait, rows[i].p_wait);
        printed(m.wait, rows[i].wait);
        printed(m.response, rows[i].response);
        printed(m.waiting, rows[i].waiting);
        printed(m.present, rows[i].present);
    }
}

/* PDQ, demo mmm.R: U 0.666667, W 1.444444, L 2.888889; here in other units, so that none is 1. */
static void pdq_demo_in_other_units(void **state)
{
    (void)state;
    struct mmc m;
    assert_true(mmc_solve(2.0 / 7.3, 7.3, 3, &m));
    printed(m.utilization, 0.666667);
    printed(m.response / 7.3, 1.444444);
    printed(m.present, 2.888889);
    assert_close(m.waiting, m.present - 2.0, 1e-12);
}

/* Computed with qserlangb of GNU Octave queueing. */
static void erlang_b_rows(void **state)
{
    (void)state;
    assert_close(mmc_erlang_b(1, 1), 0.5, 1e-15);
    assert_close(mmc_erlang_b(2, 4), 0.0952380952, 1e-9);
    assert_close(mmc_erlang_b(8, 10), 0.1216610643, 1e-9);
    assert_close(mmc_erlang_b(20, 25), 0.0502217779, 1e-9);
    assert_close(mmc_erlang_b(0, 7), 0.0, 1e-15);
}

/* B = Poisson density / distribution function at c: GSL as oracle where factorials overflow. */
static void many_servers(void **state)
{
    (void)state;
    static const struct {
        double offered;
        int servers;
    } many[] = {{187.3, 200}, {950.0, 1000}, {1371.9, 1300}, {65000.0, 65536}};
    for (size_t i = 0; i < COUNT(many); i++) {
        const unsigned c = (unsigned)many[i].servers;
        const double oracle = gsl_ran_poisson_pdf(c, many[i].offered) / gsl_cdf_poisson_P(c, many[i].offered);
        assert_close(mmc_erlang_b(many[i].offered, many[i].servers), oracle, 1e-8);
    }
}

static void no_load_means_no_wait(void **state)
{
    (void)state;
    struct mmc m;
    assert_true(mmc_solve(0.0, 2.7, 3, &m));
    assert_close(m.response, 2.7, 0);
    assert_close(m.wait, 0.0, 0);
    assert_close(m.present, 0.0, 0);
    assert_close(m.p_wait, 0.0, 0);
}

static void saturation_is_refused(void **state)
{
    (void)state;
    struct mmc m;
    assert_false(mmc_solve(4.0, 1.0, 4, &m));
    assert_false(mmc_solve(41.0, 1.0, 4, &m));
    assert_false(mmc_solve((double)INFINITY, 1.0, 4, &m));
    assert_true(mmc_solve(3.9999, 1.0, 4, &m));
}

static void negative_rate(void *m)
{
    mmc_solve(-1.0, 1.0, 1, m);
}

static void no_servers(void *unused)
{
    (void)unused;
    mmc_erlang_b(1.0, 0);
}

static void saturated_c(void *unused)
{
    (void)unused;
    mmc_erlang_c(2.0, 2);
}

static void misuse_ends_the_program(void **state)
{
    (void)state;
    struct mmc m;
    assert_dies(negative_rate, &m, "arrival_rate >= 0.0");
    assert_dies(no_servers, NULL, "servers >= 1");
    assert_dies(saturated_c, NULL, "offered < servers");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_rows),          cmocka_unit_test(pdq_demo_in_other_units),
        cmocka_unit_test(erlang_b_rows),           cmocka_unit_test(many_servers),
        cmocka_unit_test(no_load_means_no_wait),   cmocka_unit_test(saturation_is_refused),
        cmocka_unit_test(misuse_ends_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
