#include "model/engine/hist.h"
#include "model/engine/rng.h"
#include "tests/support/support.h"
#include <math.h>
#include <stdlib.h>

#define N 20000

static int by_value(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Values over the whole range, evenly in their logarithm. */
static void test_hist_quantiles_within_the_promise(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct hist h;
    struct rng r;
    static int64_t x[N];
    hist_init(&h, a);
    rng_seed(&r, 21, 0, 0, 0);
    for (int i = 0; i < N; i++) {
        x[i] = (int64_t)exp2(62.0 * rng_uniform(&r));
        hist_add(&h, x[i]);
    }
    qsort(x, N, sizeof *x, by_value);
    for (int i = 1; i <= N; i += 7)
        assert_close(hist_quantile(&h, (i - 0.5) / N), (double)x[i - 1], 0.008);
    assert_close(hist_quantile(&h, 0.0), (double)x[0], 0.0);
    assert_close(hist_quantile(&h, 1.0), (double)x[N - 1], 0.0);
    arena_free(a);
}

/* In practice: an exponential stream, error far below the promise. */
static void test_hist_quantiles_of_a_smooth_stream(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct hist h;
    struct rng r;
    hist_init(&h, a);
    rng_seed(&r, 22, 0, 0, 0);
    for (int i = 0; i < 4000000; i++)
        hist_add(&h, (int64_t)(1e6 * rng_exponential(&r)));
    assert_close(hist_quantile(&h, 0.5), 1e6 * log(2.0), 0.002);
    assert_close(hist_quantile(&h, 0.95), 1e6 * log(20.0), 0.003);
    assert_close(hist_quantile(&h, 0.99), 1e6 * log(100.0), 0.004);
    arena_free(a);
}

static void test_hist_small_values_and_constants_are_exact(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct hist h;
    hist_init(&h, a);
    for (int i = 1; i <= 200; i++)
        hist_add(&h, i);
    assert_close(hist_quantile(&h, 0.25), 50.0, 0.0);
    assert_close(hist_quantile(&h, 0.5), 100.0, 0.0);
    assert_close(hist_quantile(&h, 0.995), 199.0, 0.0);
    hist_clear(&h);
    for (int i = 0; i < 100; i++)
        hist_add(&h, INT64_C(123456789012));
    assert_close(hist_quantile(&h, 0.01), 123456789012.0, 0.0);
    assert_close(hist_quantile(&h, 0.99), 123456789012.0, 0.0);
    arena_free(a);
}

static void test_hist_ends_of_the_range(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct hist h;
    hist_init(&h, a);
    hist_add(&h, -5);
    hist_add(&h, 0);
    hist_add(&h, INT64_MAX);
    assert_close(hist_quantile(&h, 0.5), 0.0, 0.0);
    assert_close(hist_quantile(&h, 1.0), 0x1p62, 0.0);
    assert_int_equal(h.n, 3);
    arena_free(a);
}

static void test_hist_empty_and_merge(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct hist h, g, both;
    struct rng r;
    hist_init(&h, a);
    hist_init(&g, a);
    hist_init(&both, a);
    assert_close(hist_quantile(&h, 0.5), (double)NAN, 0.0);
    hist_merge(&h, &g);
    assert_close(hist_quantile(&h, 0.5), (double)NAN, 0.0);
    rng_seed(&r, 23, 0, 0, 0);
    for (int i = 0; i < 9000; i++) {
        const int64_t x = (int64_t)(1e9 * rng_exponential(&r));
        hist_add(i % 3 ? &h : &g, x);
        hist_add(&both, x);
    }
    hist_merge(&g, &h);
    assert_int_equal(g.n, 9000);
    for (double p = 0.0; p <= 1.0; p += 0.03125)
        assert_close(hist_quantile(&g, p), hist_quantile(&both, p), 0.0);
    hist_clear(&g);
    hist_merge(&g, &both);
    assert_close(hist_quantile(&g, 0.77), hist_quantile(&both, 0.77), 0.0);
    arena_free(a);
}

static void quantile_beyond(void *h)
{
    hist_quantile(h, 1.01);
}

static void test_hist_misuse_is_checked(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct hist h;
    hist_init(&h, a);
    assert_dies(quantile_beyond, &h, "p <= 1.0");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hist_quantiles_within_the_promise),
        cmocka_unit_test(test_hist_quantiles_of_a_smooth_stream),
        cmocka_unit_test(test_hist_small_values_and_constants_are_exact),
        cmocka_unit_test(test_hist_ends_of_the_range),
        cmocka_unit_test(test_hist_empty_and_merge),
        cmocka_unit_test(test_hist_misuse_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
