#include "model/engine/rng.h"
#include "tests/support/support.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

#define DRAWS 2000000
#define BINS 200

/* First outputs for the state 1, 2, 3, 4 of the authors' own xoshiro256plusplus.c. */
static void test_rng_is_xoshiro256pp(void **state)
{
    (void)state;
    static const uint64_t expected[] = {
        UINT64_C(41943041),
        UINT64_C(58720359),
        UINT64_C(3588806011781223),
        UINT64_C(3591011842654386),
        UINT64_C(9228616714210784205),
        UINT64_C(9973669472204895162),
    };
    struct rng r = {{1, 2, 3, 4}};
    for (int i = 0; i < 6; i++)
        assert_true(rng_next(&r) == expected[i]);
}

/* The same numbers on every machine: pinned from the first implementation. */
static void test_rng_seeded_numbers_do_not_change(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 20260711, 2, UINT64_C(0xcbf29ce484222325), 17);
    assert_true(rng_next(&r) == UINT64_C(0x98eceed2ffdb5fe3));
    assert_true(rng_exponential(&r) == 0x1.c98ee2f7d038dp-2);
    assert_true(rng_normal(&r) == -0x1.01f7043b1ab5ep-2);
    double sum = 0.0; /* passes all branches of both ziggurats */
    for (int i = 0; i < 1000000; i++)
        sum += rng_exponential(&r) * rng_normal(&r);
    assert_true(sum == -0x1.0a0cfad624eddp+7);
}

/* Changing or swapping any part of the name gives a stream of its own. */
static void test_rng_streams_differ(void **state)
{
    (void)state;
    static const uint64_t parts[][4] = {{1, 2, 3, 4}, {2, 1, 3, 4}, {1, 3, 2, 4}, {1, 2, 4, 3}, {0, 2, 3, 4},
                                        {1, 0, 3, 4}, {1, 2, 0, 4}, {1, 2, 3, 0}, {0, 0, 0, 0}};
    enum { N = sizeof parts / sizeof *parts };
    struct rng r[N];
    for (int i = 0; i < N; i++)
        rng_seed(&r[i], parts[i][0], parts[i][1], parts[i][2], parts[i][3]);
    for (int i = 0; i < N; i++)
        for (int j = i + 1; j < N; j++)
            for (int k = 0; k < 4; k++)
                assert_true(r[i].s[k] != r[j].s[k]);
}

/* Neighbouring streams, as the jobs of a workload have them, are not correlated: 4 standard errors. */
static void test_rng_neighbouring_streams_are_independent(void **state)
{
    (void)state;
    double product = 0.0, mean = 0.0;
    struct rng a, b;
    const int n = 500000;
    for (int i = 0; i < n; i++) {
        rng_seed(&a, 5, 0, 99, (uint64_t)i);
        rng_seed(&b, 5, 0, 99, (uint64_t)i + 1);
        const double x = rng_uniform(&a) - 0.5, y = rng_uniform(&b) - 0.5;
        product += x * y;
        mean += x;
    }
    assert_true(fabs(product / n) < 4.0 / 12.0 / sqrt(n));
    assert_true(fabs(mean / n) < 4.0 / sqrt(12.0 * n));
}

/* Pearson's statistic of counts that should be equal; its distribution from GSL. Fails once in a million. */
static void assert_even(const uint64_t *count, int bins, double draws)
{
    double chi2 = 0.0;
    for (int i = 0; i < bins; i++) {
        const double d = (double)count[i] - draws / bins;
        chi2 += d * d / (draws / bins);
    }
    assert_true(gsl_cdf_chisq_Q(chi2, bins - 1) > 1e-6);
    assert_true(gsl_cdf_chisq_P(chi2, bins - 1) > 1e-6);
}

struct shape {
    double (*draw)(struct rng *r);
    double (*cdf)(double x);
};

static double uniform_cdf(double x)
{
    return x;
}
static double exponential_cdf(double x)
{
    return gsl_cdf_exponential_P(x, 1.0);
}
static double draw_exponential(struct rng *r)
{
    return rng_exponential(r);
}
static double draw_normal(struct rng *r)
{
    return rng_normal(r);
}
static double draw_uniform(struct rng *r)
{
    return rng_uniform(r);
}

static void count_bins(const struct shape *s, uint64_t seed, uint64_t count[BINS])
{
    struct rng r;
    rng_seed(&r, seed, 0, 0, 0);
    for (int i = 0; i < BINS; i++)
        count[i] = 0;
    for (int i = 0; i < DRAWS; i++) {
        const double p = s->cdf(s->draw(&r));
        assert_true(p >= 0.0 && p <= 1.0);
        count[p >= 1.0 ? BINS - 1 : (int)(p * BINS)]++;
    }
}

static void test_rng_bins_agree_with_gsl(void **state)
{
    (void)state;
    static const struct shape shapes[] = {
        {draw_uniform, uniform_cdf}, {draw_exponential, exponential_cdf}, {draw_normal, gsl_cdf_ugaussian_P}};
    uint64_t count[BINS];
    for (int i = 0; i < 3; i++)
        for (uint64_t seed = 1; seed <= 3; seed++) {
            count_bins(&shapes[i], seed, count);
            assert_even(count, BINS, DRAWS);
        }
}

/* The bin test sees an error of 5 %. */
static double draw_exponential_5_percent_off(struct rng *r)
{
    return 1.05 * rng_exponential(r);
}

static void test_rng_bin_test_sees_5_percent(void **state)
{
    (void)state;
    static const struct shape off = {draw_exponential_5_percent_off, exponential_cdf};
    uint64_t count[BINS];
    double chi2 = 0.0;
    count_bins(&off, 1, count);
    for (int i = 0; i < BINS; i++) {
        const double d = (double)count[i] - DRAWS / BINS;
        chi2 += d * d / (DRAWS / BINS);
    }
    assert_true(gsl_cdf_chisq_Q(chi2, BINS - 1) < 1e-12);
}

/* The parts that the bins do not resolve: beyond the last layer (r = 7.697 and 3.654), and inside each layer. */
static void test_rng_tails(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 31, 0, 0, 0);
    const int n = 20000000;
    double over8 = 0, over10 = 0, over4 = 0, under4 = 0;
    for (int i = 0; i < n; i++) {
        const double e = rng_exponential(&r), z = rng_normal(&r);
        over8 += e > 8.0;
        over10 += e > 10.0;
        over4 += z > 4.0;
        under4 += z < -4.0;
    }
    const double counts[] = {over8, over10, over4, under4};
    const double tail = gsl_cdf_ugaussian_Q(4.0), p[] = {exp(-8.0), exp(-10.0), tail, tail};
    for (int i = 0; i < 4; i++)
        assert_true(fabs(counts[i] - n * p[i]) < 4.0 * sqrt(n * p[i]));
}

struct moments {
    double x, x2, x3, x4;
};

static void test_rng_moments(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 12, 0, 0, 0);
    struct moments e = {0, 0, 0, 0}, z = {0, 0, 0, 0};
    const double n = 5e6;
    for (int i = 0; i < 5000000; i++) {
        const double x = rng_exponential(&r), y = rng_normal(&r);
        e.x += x, e.x2 += x * x, e.x3 += x * x * x;
        z.x += y, z.x2 += y * y, z.x3 += y * y * y, z.x4 += y * y * y * y;
    }
    /* E X^k = k! and Var X^k = (2k)! - k!^2; normal: E Z^2k = (2k - 1)!! */
    assert_true(fabs(e.x / n - 1.0) < 4.0 * sqrt(1.0 / n));
    assert_true(fabs(e.x2 / n - 2.0) < 4.0 * sqrt(20.0 / n));
    assert_true(fabs(e.x3 / n - 6.0) < 4.0 * sqrt(684.0 / n));
    assert_true(fabs(z.x / n) < 4.0 * sqrt(1.0 / n));
    assert_true(fabs(z.x2 / n - 1.0) < 4.0 * sqrt(2.0 / n));
    assert_true(fabs(z.x3 / n) < 4.0 * sqrt(15.0 / n));
    assert_true(fabs(z.x4 / n - 3.0) < 4.0 * sqrt(96.0 / n));
}

static void test_rng_below(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 8, 0, 0, 0);
    uint64_t count[7] = {0};
    for (int i = 0; i < 700000; i++)
        count[rng_below(&r, 7)]++;
    assert_even(count, 7, 700000);
    for (int i = 0; i < 1000; i++)
        assert_true(rng_below(&r, 1) == 0);
    /* With 3/4 of 2^64 a plain remainder would be twice as often below 1/4 of 2^64; here all thirds are even. */
    const uint64_t n = UINT64_C(3) << 62, third = UINT64_C(1) << 62;
    uint64_t thirds[3] = {0};
    for (int i = 0; i < 300000; i++) {
        const uint64_t x = rng_below(&r, n);
        assert_true(x < n);
        thirds[x / third]++;
    }
    assert_even(thirds, 3, 300000);
}

static void below_zero(void *r)
{
    rng_below(r, 0);
}

static void test_rng_misuse_is_checked(void **state)
{
    (void)state;
    struct rng r = {{1, 2, 3, 4}};
    assert_dies(below_zero, &r, "n >= 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rng_is_xoshiro256pp),
        cmocka_unit_test(test_rng_seeded_numbers_do_not_change),
        cmocka_unit_test(test_rng_streams_differ),
        cmocka_unit_test(test_rng_neighbouring_streams_are_independent),
        cmocka_unit_test(test_rng_bins_agree_with_gsl),
        cmocka_unit_test(test_rng_bin_test_sees_5_percent),
        cmocka_unit_test(test_rng_tails),
        cmocka_unit_test(test_rng_moments),
        cmocka_unit_test(test_rng_below),
        cmocka_unit_test(test_rng_misuse_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
