#include "model/engine/rng.h"
#include "model/engine/warmup.h"
#include "tests/support/support.h"
#include <math.h>

#define N 400

/* White's rule the plain way: every cut by itself, all batches whole. */
static size_t plain_cut(const double *x, size_t n)
{
    const size_t batches = n / 5;
    double best = HUGE_VAL;
    size_t cut = 0;
    for (size_t d = 0; d + 5 <= batches; d++) {
        double sum = 0.0, squares = 0.0;
        const double left = (double)(batches - d);
        for (size_t b = d; b < batches; b++)
            sum += (x[5 * b] + x[5 * b + 1] + x[5 * b + 2] + x[5 * b + 3] + x[5 * b + 4]) / 5.0;
        for (size_t b = d; b < batches; b++) {
            const double z = (x[5 * b] + x[5 * b + 1] + x[5 * b + 2] + x[5 * b + 3] + x[5 * b + 4]) / 5.0;
            squares += (z - sum / left) * (z - sum / left);
        }
        if (squares / (left * left) < best) {
            best = squares / (left * left);
            cut = d;
        }
    }
    return 5 * cut;
}

static void transient(double *x, uint64_t seed, double height, double length)
{
    struct rng r;
    rng_seed(&r, seed, 0, 0, 0);
    for (int i = 0; i < N; i++)
        x[i] = 10.0 + rng_normal(&r) + height * exp(-i / length);
}

static void test_warmup_agrees_with_the_plain_rule(void **state)
{
    (void)state;
    double x[N];
    int trusted_runs = 0;
    for (uint64_t seed = 0; seed < 200; seed++) {
        bool trusted;
        transient(x, seed, (double)(seed % 7) * 8.0 - 16.0, 3.0 + (double)(seed % 23));
        const size_t plain = plain_cut(x, N), cut = warmup_mser5(x, N, &trusted);
        assert_int_equal(trusted, plain <= N / 2);
        if (trusted)
            assert_int_equal(cut, plain);
        else
            assert_true(cut <= N / 2);
        trusted_runs += trusted;
    }
    assert_true(trusted_runs > 150);
}

static void test_warmup_cuts_a_step(void **state)
{
    (void)state;
    double x[N];
    bool trusted;
    for (int i = 0; i < N; i++)
        x[i] = (i < 63 ? 50.0 : 10.0) + (double)(i % 5); /* batches have equal means */
    assert_int_equal(warmup_mser5(x, N, &trusted), 65);
    assert_true(trusted);
}

static void test_warmup_of_a_constant_is_nothing(void **state)
{
    (void)state;
    double x[N];
    bool trusted;
    for (int i = 0; i < N; i++)
        x[i] = 2.385;
    assert_int_equal(warmup_mser5(x, N, &trusted), 0);
    assert_true(trusted);
}

static void test_warmup_without_end_is_not_trusted(void **state)
{
    (void)state;
    double x[N];
    bool trusted;
    for (int i = 0; i < N; i++)
        x[i] = i < 300 ? i : 300.0; /* still rising in the last half */
    assert_true(warmup_mser5(x, N, &trusted) <= N / 2);
    assert_false(trusted);
}

static void test_warmup_short_series(void **state)
{
    (void)state;
    double x[N];
    bool trusted = true;
    transient(x, 8, 0.0, 1.0);
    for (size_t n = 0; n < 20; n++) {
        trusted = true;
        assert_int_equal(warmup_mser5(x, n, &trusted), 0);
        assert_false(trusted);
    }
    x[0] += 1000.0;
    assert_int_equal(warmup_mser5(x, 20, &trusted), 5);
    assert_true(trusted);
}

/* Bins without jobs. */
static void test_warmup_skips_nan(void **state)
{
    (void)state;
    double x[N];
    bool trusted;
    for (int i = 0; i < N; i++)
        x[i] = i < 63 ? 50.0 : 10.0;
    for (int i = 2; i < N; i += 3)
        x[i] = (double)NAN;
    for (int i = 100; i < 115; i++)
        x[i] = (double)NAN; /* whole batches */
    assert_int_equal(warmup_mser5(x, N, &trusted), 65);
    assert_true(trusted);
    for (int i = 0; i < N; i++)
        x[i] = (double)NAN;
    assert_int_equal(warmup_mser5(x, N, &trusted), 0);
    assert_false(trusted);
    x[N - 1] = 3.0; /* one value is no series, although its variance is 0 */
    warmup_mser5(x, N, &trusted);
    assert_false(trusted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_warmup_agrees_with_the_plain_rule),
        cmocka_unit_test(test_warmup_cuts_a_step),
        cmocka_unit_test(test_warmup_of_a_constant_is_nothing),
        cmocka_unit_test(test_warmup_without_end_is_not_trusted),
        cmocka_unit_test(test_warmup_short_series),
        cmocka_unit_test(test_warmup_skips_nan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
