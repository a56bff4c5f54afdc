/* test_dist_quantiles.c - distributions given by quantiles. */
#include "model/base/arena.h"
#include "model/engine/dist.h"
#include "tests/support/support.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DRAWS 1000000

static const struct dist_quantile points[] = {{0.0, 20.5},    {0.5, 81.25},   {0.75, 81.25},
                                              {0.95, 2100.0}, {0.99, 9300.0}, {1.0, 200000.0}};
enum { POINTS = sizeof points / sizeof *points };

static double quantiles_cdf(const struct dist *d, double x)
{
    for (size_t i = 1; i < d->n_sample; i++) {
        const struct dist_quantile *a = &d->quantile[i - 1], *b = &d->quantile[i];
        if (x < d->p[0] * b->value)
            return a->level + (b->level - a->level) * (x / d->p[0] - a->value) / (b->value - a->value);
    }
    return 1.0;
}

/* Integrals of x and x^2 over the straight pieces, in closed form: level by level. */
static void test_dist_quantiles_mean_and_scv(void **state)
{
    (void)state;
    struct dist d;
    double m1 = 0.0, m2 = 0.0;
    for (int i = 1; i < POINTS; i++) {
        const double w = points[i].level - points[i - 1].level, a = points[i - 1].value, b = points[i].value;
        m1 += w * (a + b) / 2.0;
        m2 += b > a ? w * (b * b * b - a * a * a) / (3.0 * (b - a)) : w * a * a;
    }
    for (int k = 0; k < 2; k++) {
        const double scale = k ? 0.00731 : 1.0;
        assert_true(dist_make_quantiles(&d, points, POINTS, scale, NULL));
        assert_close(d.mean, scale * m1, 1e-13);
        assert_close(d.scv, m2 / (m1 * m1) - 1.0, 1e-11);
    }
    static const struct dist_quantile flat[] = {{0.0, 6.5}, {0.3, 6.5}, {1.0, 6.5}};
    assert_true(dist_make_quantiles(&d, flat, 3, 1.0, NULL));
    assert_true(d.scv == 0.0);
    assert_close(d.mean, 6.5, 1e-15);
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Largest distance between the sample's and the true distribution function (Kolmogorov and Smirnov), times root n. */
static double distance(const struct dist *d, const struct dist *truth, uint64_t seed)
{
    enum { N = 100000 };
    struct arena *a = arena_new();
    double *x = ARENA_ARRAY(a, double, N);
    struct rng r;
    double most = 0.0;
    rng_seed(&r, seed, 0, 0, 0);
    for (int i = 0; i < N; i++)
        x[i] = dist_draw(d, &r);
    qsort(x, N, sizeof *x, by_value);
    for (int i = 0; i < N; i++) {
        const double p = quantiles_cdf(truth, x[i]);
        most = fmax(most, fmax((i + 1.0) / N - p, p - (double)i / N));
    }
    arena_free(a);
    return most * sqrt(N);
}

/* Without the flat piece, where the distribution function jumps. 1.95: exceeded once in 1000 samples. */
static void test_dist_quantiles_sampling(void **state)
{
    (void)state;
    static const struct dist_quantile rising[] = {
        {0.0, 0.0}, {0.25, 40.0}, {0.5, 55.0}, {0.9, 250.0}, {1.0, 900.0}};
    static const struct dist_quantile off[] = {
        {0.0, 0.0}, {0.25, 42.0}, {0.5, 57.75}, {0.9, 262.5}, {1.0, 945.0}};
    struct dist d, twin;
    struct rng r;
    assert_true(dist_make_quantiles(&d, rising, 5, 3.5, NULL));
    assert_true(dist_make_quantiles(&twin, off, 5, 3.5, NULL));
    assert_true(distance(&d, &d, 901) < 1.95);
    assert_true(distance(&d, &twin, 901) > 1.95);
    assert_true(dist_make_quantiles(&d, points, POINTS, 1.0, NULL));
    rng_seed(&r, 902, 0, 0, 0);
    double flat = 0.0, tail = 0.0, sum = 0.0;
    for (int i = 0; i < DRAWS; i++) {
        const double x = dist_draw(&d, &r);
        assert_true(x >= 20.5 && x <= 200000.0);
        flat += x == 81.25;
        tail += x > 9300.0;
        sum += x;
    }
    assert_true(fabs(flat - 0.25 * DRAWS) < 4.0 * sqrt(0.25 * 0.75 * DRAWS));
    assert_true(fabs(tail - 0.01 * DRAWS) < 4.0 * sqrt(0.01 * DRAWS));
    assert_true(fabs(sum / DRAWS - d.mean) < 4.0 * d.mean * sqrt(d.scv / DRAWS));
}

static void test_dist_quantiles_refusals(void **state)
{
    (void)state;
    static const struct {
        struct dist_quantile point[3];
        size_t n;
        double scale;
    } bad[] = {
        {{{0.0, 1.0}, {1.0, 2.0}}, 1, 1.0},
        {{{0.1, 1.0}, {1.0, 2.0}}, 2, 1.0},
        {{{0.0, 1.0}, {0.9, 2.0}}, 2, 1.0},
        {{{0.0, 1.0}, {0.5, 0.5}, {1.0, 2.0}}, 3, 1.0},
        {{{0.0, 1.0}, {0.0, 1.5}, {1.0, 2.0}}, 3, 1.0},
        {{{0.0, -1.0}, {1.0, 2.0}}, 2, 1.0},
        {{{0.0, 1.0}, {1.0, HUGE_VAL}}, 2, 1.0},
        {{{0.0, 1.0}, {0.5, (double)NAN}, {1.0, 2.0}}, 3, 1.0},
        {{{0.0, 1.0}, {1.0, 2.0}}, 2, 0.0},
        {{{0.0, 1.0}, {1.0, 2.0}}, 2, (double)INFINITY},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct dist d;
        const char *why = NULL;
        assert_false(dist_make_quantiles(&d, bad[i].point, bad[i].n, bad[i].scale, &why));
        assert_non_null(strstr(why, "p100"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dist_quantiles_mean_and_scv),
        cmocka_unit_test(test_dist_quantiles_sampling),
        cmocka_unit_test(test_dist_quantiles_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
