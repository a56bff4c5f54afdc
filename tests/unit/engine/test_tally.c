#include "model/engine/rng.h"
#include "model/engine/tally.h"
#include "tests/support/support.h"
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#define N 997

static void fill(double *x, double offset)
{
    struct rng r;
    rng_seed(&r, 3, 0, 0, 0);
    for (int i = 0; i < N; i++)
        x[i] = offset + 2.385 * rng_normal(&r);
}

static void test_tally_agrees_with_gsl(void **state)
{
    (void)state;
    double x[N];
    struct tally t;
    fill(x, 1e6); /* a mean far from 0 must not swallow the variance */
    tally_init(&t);
    for (int i = 0; i < N; i++)
        tally_add(&t, x[i]);
    assert_int_equal(t.n, N);
    assert_close(t.mean, gsl_stats_mean(x, 1, N), 1e-14);
    assert_close(tally_variance(&t), gsl_stats_variance(x, 1, N), 1e-9);
    assert_close(tally_std_error(&t), gsl_stats_sd(x, 1, N) / sqrt(N), 1e-9);
    assert_close(t.min, gsl_stats_min(x, 1, N), 0.0);
    assert_close(t.max, gsl_stats_max(x, 1, N), 0.0);
}

static void test_tally_merge_at_every_cut(void **state)
{
    (void)state;
    double x[N];
    fill(x, 17.0);
    for (int cut = 0; cut <= N; cut += 83) {
        struct tally a, b;
        tally_init(&a);
        tally_init(&b);
        for (int i = 0; i < N; i++)
            tally_add(i < cut ? &a : &b, x[i]);
        tally_merge(&a, &b);
        assert_int_equal(a.n, N);
        assert_close(a.mean, gsl_stats_mean(x, 1, N), 1e-13);
        assert_close(tally_variance(&a), gsl_stats_variance(x, 1, N), 1e-12);
        assert_close(a.min, gsl_stats_min(x, 1, N), 0.0);
        assert_close(a.max, gsl_stats_max(x, 1, N), 0.0);
    }
}

static void test_tally_empty(void **state)
{
    (void)state;
    struct tally a, b;
    tally_init(&a);
    tally_init(&b);
    tally_merge(&a, &b);
    assert_int_equal(a.n, 0);
    assert_true(a.mean == 0.0 && a.m2 == 0.0);
    assert_true(a.min == HUGE_VAL && a.max == -HUGE_VAL);
    assert_true(tally_variance(&a) == 0.0 && tally_std_error(&a) == 0.0);
    assert_true(isinf(tally_half_width(&a, 0.95)));
    tally_add(&b, 6.25);
    tally_merge(&a, &b);
    assert_true(a.n == 1 && a.mean == 6.25 && a.min == 6.25 && a.max == 6.25);
    assert_true(tally_variance(&a) == 0.0);
    assert_true(isinf(tally_half_width(&a, 0.95)));
    tally_init(&b);
    tally_merge(&a, &b);
    assert_true(a.n == 1 && a.mean == 6.25 && a.m2 == 0.0);
}

/* Student (1908), table of hours of sleep gained: mean 0.75, s = 1.789, n = 10; t(9, 97.5 %) = 2.262157. */
static void test_tally_half_width(void **state)
{
    (void)state;
    static const double sleep[] = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
    struct tally t;
    tally_init(&t);
    for (int i = 0; i < 10; i++)
        tally_add(&t, sleep[i]);
    assert_close(t.mean, 0.75, 1e-14);
    assert_close(sqrt(tally_variance(&t)), 1.789010, 1e-6);
    assert_close(tally_half_width(&t, 0.95), 2.262157 * 1.789010 / sqrt(10.0), 1e-6);
}

/* 95 of 100 intervals hold the truth: binomial, 4 standard errors. */
static void test_tally_intervals_cover(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 10, 0, 0, 0);
    int covered = 0;
    const int rounds = 20000;
    for (int k = 0; k < rounds; k++) {
        struct tally t;
        tally_init(&t);
        for (int i = 0; i < 5; i++)
            tally_add(&t, 3.0 + rng_normal(&r));
        covered += fabs(t.mean - 3.0) <= tally_half_width(&t, 0.95);
    }
    assert_true(fabs(covered / (double)rounds - 0.95) < 4.0 * sqrt(0.95 * 0.05 / rounds));
}

static void level_of_one(void *t)
{
    tally_half_width(t, 1.0);
}

static void test_tally_misuse_is_checked(void **state)
{
    (void)state;
    struct tally t;
    tally_init(&t);
    assert_dies(level_of_one, &t, "level");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tally_agrees_with_gsl), cmocka_unit_test(test_tally_merge_at_every_cut),
        cmocka_unit_test(test_tally_empty),           cmocka_unit_test(test_tally_half_width),
        cmocka_unit_test(test_tally_intervals_cover), cmocka_unit_test(test_tally_misuse_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
