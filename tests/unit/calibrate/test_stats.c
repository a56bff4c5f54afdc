/* Estimates from intervals. */
#include "calibrate/stats.h"
#include "tests/support/support.h"
#include <gsl/gsl_errno.h>
#include <math.h>

#define N 400

struct source {
    uint64_t x;
};

static double uniform(struct source *s)
{
    s->x ^= s->x << 13;
    s->x ^= s->x >> 7;
    s->x ^= s->x << 17;
    return ((double)(s->x >> 11) + 0.5) * 0x1p-53;
}

static double normal(struct source *s)
{
    return sqrt(-2.0 * log(uniform(s))) * cos(6.283185307179586 * uniform(s));
}

/* Hand-computed: sum(y) / sum(x) = 30 / 12. */
static void test_ratio(void **state)
{
    (void)state;
    const double x[] = {2.0, 4.0, (double)NAN, 6.0}, y[] = {5.0, 11.0, 3.0, 14.0};
    const struct estimate r = stats_ratio(y, x, 4);
    assert_close(r.value, 2.5, 1e-15);
    /* residuals 0, 1, -1: sqrt(2 / 2 / 3) / 4 = 0.1443; t(0.975, 2) = 4.3027 */
    assert_close(r.half, 4.302653 * 0.1443376, 1e-6);
    assert_true(isnan(stats_ratio(y, (const double[]){0, 0, 0, 0}, 4).value));
    assert_true(isnan(stats_ratio(y, x, 0).value));
}

/* The 95 % interval holds the truth in about 95 % of cases. */
static void test_ratio_interval_covers(void **state)
{
    (void)state;
    struct source s = {UINT64_C(0x2545F4914F6CDD1D)};
    int inside = 0;
    for (int trial = 0; trial < 1000; trial++) {
        double x[40], y[40];
        for (int k = 0; k < 40; k++) {
            x[k] = 20.0 + 4.0 * normal(&s);
            y[k] = 0.0173 * x[k] + 0.03 * normal(&s);
        }
        const struct estimate r = stats_ratio(y, x, 40);
        inside += fabs(r.value - 0.0173) <= r.half;
    }
    assert_in_range(inside, 925, 975);
}

static void test_correlation(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, (double)NAN}, y[] = {2.5, 4.5, 6.5, 8.5, 1}, z[] = {4, 3, 2, 1, 7},
                 flat[] = {3, 3, 3, 3, 3};
    assert_close(stats_correlation(x, y, 5), 1.0, 1e-12);
    assert_close(stats_correlation(x, z, 5), -1.0, 1e-12);
    assert_true(isnan(stats_correlation(x, flat, 5)));
    assert_true(isnan(stats_correlation(x, y, 2)));
}

static void test_mean_variation_quantile(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const double x[] = {4, (double)NAN, 1, 3, 2};
    assert_close(stats_mean(x, 5), 2.5, 1e-15);
    assert_close(stats_variation(x, 5), 1.2909944487 / 2.5, 1e-9);
    assert_close(stats_quantile(a, x, 5, 0.5), 2.5, 1e-15);
    assert_close(stats_quantile(a, x, 5, 0.95), 3.85, 1e-12);
    assert_close(stats_quantile(a, x, 5, 1.0), 4.0, 1e-15);
    assert_true(isnan(stats_mean(x, 0)));
    assert_true(isnan(stats_quantile(a, x + 1, 1, 0.5)));
    arena_free(a);
}

/* A count with variance v x mean has dispersion v, whatever its slow trend. */
static void test_dispersion(void **state)
{
    (void)state;
    struct source s = {UINT64_C(0x9E3779B97F4A7C15)};
    double count[4000];
    for (int k = 0; k < 4000; k++) {
        const double mean = 900.0 + 0.1 * k;
        count[k] = mean + sqrt(3.7 * mean) * normal(&s);
    }
    const struct estimate d = stats_dispersion(count, 4000);
    assert_true(fabs(d.value - 3.7) < d.half);
    assert_true(d.half < 0.25);
    assert_true(isnan(stats_dispersion(count, 3).value));
}

static void fill(struct source *s, double *m, double *y, int rows, double noise)
{
    for (int i = 0; i < rows; i++) {
        m[3 * i] = 1.0;
        m[3 * i + 1] = 40.0 + 10.0 * normal(s);
        m[3 * i + 2] = 700.0 + 150.0 * normal(s);
        y[i] =
            0.07 * m[3 * i] + 25e-6 * m[3 * i + 1] * 100.0 + 2e-6 * m[3 * i + 2] * 10.0 + noise * normal(s);
    }
}

static void test_nnls_finds_known_costs(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct source s = {12345};
    double m[3 * N], y[N], x[3], half[3];
    fill(&s, m, y, N, 0.0);
    assert_true(stats_nnls(a, m, y, N, 3, x, half));
    assert_close(x[0], 0.07, 1e-9);
    assert_close(x[1], 2.5e-3, 1e-9);
    assert_close(x[2], 2e-5, 1e-9);
    arena_free(a);
}

/* An unconstrained fit would make the second coefficient negative. */
static void test_nnls_keeps_signs(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct source s = {777};
    double m[2 * N], y[N], x[2], half[2];
    for (int i = 0; i < N; i++) {
        m[2 * i] = 5.0 + normal(&s);
        m[2 * i + 1] = 5.0 + normal(&s);
        y[i] = 3.0 * m[2 * i] - 0.4 * m[2 * i + 1];
    }
    assert_true(stats_nnls(a, m, y, N, 2, x, half));
    assert_close(x[1], 0.0, 0.0);
    assert_true(isnan(half[1]));
    /* then x0 = (m0 . y) / (m0 . m0) */
    double up = 0.0, down = 0.0;
    for (int i = 0; i < N; i++) {
        up += m[2 * i] * y[i];
        down += m[2 * i] * m[2 * i];
    }
    assert_close(x[0], up / down, 1e-9);
    arena_free(a);
}

static void test_nnls_says_when_columns_are_alike(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct source s = {99};
    double m[2 * N], y[N], x[2], half[2];
    for (int i = 0; i < N; i++) {
        m[2 * i] = 100.0 + 10.0 * normal(&s);
        m[2 * i + 1] = 3.0 * m[2 * i] + 0.01 * normal(&s);
        y[i] = m[2 * i] + m[2 * i + 1] + normal(&s);
    }
    assert_false(stats_nnls(a, m, y, N, 2, x, half));
    assert_false(stats_nnls(a, m, y, 2, 2, x, half)); /* as many unknowns as rows */
    arena_free(a);
}

static void test_nnls_intervals_cover(void **state)
{
    (void)state;
    struct source s = {4242};
    int inside = 0;
    for (int trial = 0; trial < 400; trial++) {
        struct arena *a = arena_new();
        double m[3 * 60], y[60], x[3], half[3];
        fill(&s, m, y, 60, 0.004);
        stats_nnls(a, m, y, 60, 3, x, half);
        inside += fabs(x[1] - 2.5e-3) <= half[1];
        arena_free(a);
    }
    assert_in_range(inside, 360, 396);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ratio),
        cmocka_unit_test(test_ratio_interval_covers),
        cmocka_unit_test(test_correlation),
        cmocka_unit_test(test_mean_variation_quantile),
        cmocka_unit_test(test_dispersion),
        cmocka_unit_test(test_nnls_finds_known_costs),
        cmocka_unit_test(test_nnls_keeps_signs),
        cmocka_unit_test(test_nnls_says_when_columns_are_alike),
        cmocka_unit_test(test_nnls_intervals_cover),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
