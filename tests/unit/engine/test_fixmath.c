#include "model/engine/fixmath.h"
#include "model/engine/rng.h"
#include "tests/support/support.h"
#include <math.h>

/* libm is the oracle: it is right to about one unit in the last place. */
static void test_fixmath_exp_agrees_with_libm(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 4711, 0, 0, 0);
    for (int i = 0; i < 200000; i++) {
        const double x = 1400.0 * rng_uniform(&r) - 700.0, small = x * 1e-3;
        assert_close(fixmath_exp(x), exp(x), 1e-15);
        assert_close(fixmath_exp(small), exp(small), 1e-15);
    }
}

static void test_fixmath_log_agrees_with_libm(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 4712, 0, 0, 0);
    for (int i = 0; i < 200000; i++) {
        const double u = rng_uniform(&r) + 0x1p-54, wide = exp(1400.0 * u - 700.0);
        assert_close(fixmath_log(wide), log(wide), 1e-15);
        assert_close(fixmath_log(u), log(u), 1e-15);
        assert_close(fixmath_log(1.0 + u), log(1.0 + u), 1e-15);
    }
}

static void test_fixmath_ends_of_the_range(void **state)
{
    (void)state;
    assert_true(isinf(fixmath_exp(709.9)) && fixmath_exp(709.9) > 0.0);
    assert_true(isinf(fixmath_exp(HUGE_VAL)));
    assert_true(isnan(fixmath_exp((double)NAN)));
    assert_true(fixmath_exp(-746.0) == 0.0);
    assert_true(fixmath_exp(-HUGE_VAL) == 0.0);
    assert_true(fixmath_exp(-740.0) > 0.0);
    assert_close(fixmath_exp(-740.0), exp(-740.0), 0.05); /* a subnormal number of few bits */
    assert_true(fixmath_exp(0.0) == 1.0);
    assert_true(fixmath_log(1.0) == 0.0);
    assert_close(fixmath_log(0x1p-1022), log(0x1p-1022), 1e-15);
    assert_close(fixmath_log(0x1.fffffffffffffp1023), log(0x1.fffffffffffffp1023), 1e-15);
}

static void test_fixmath_power(void **state)
{
    (void)state;
    assert_close(fixmath_power(2.385, 7.25), pow(2.385, 7.25), 1e-14);
    assert_close(fixmath_power(0.0173, -0.61), pow(0.0173, -0.61), 1e-14);
    assert_true(fixmath_power(0.5, 1e6) == 0.0);
    assert_true(fixmath_power(1.0, 123.0) == 1.0);
}

/* The same bits on every machine: pinned from the first implementation. */
static void test_fixmath_bits_do_not_change(void **state)
{
    (void)state;
    assert_true(fixmath_exp(1.2345) == 0x1.b7e47790da685p+1);
    assert_true(fixmath_log(98.765) == 0x1.25ef818e6babcp+2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fixmath_exp_agrees_with_libm),
        cmocka_unit_test(test_fixmath_log_agrees_with_libm),
        cmocka_unit_test(test_fixmath_ends_of_the_range),
        cmocka_unit_test(test_fixmath_power),
        cmocka_unit_test(test_fixmath_bits_do_not_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
