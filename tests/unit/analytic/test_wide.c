/* test_wide.c - model/analytic/wide.h */
#include "model/analytic/wide.h"
#include "tests/support/support.h"

/* 40000! / 39999! and 40000 factors of 1e-9: far outside of double. */
static void factorials_keep_their_digits(void **state)
{
    (void)state;
    struct wide up = wide_of(1.0), before = up, down = wide_of(1.0);
    for (int i = 1; i <= 40000; i++) {
        before = up;
        up = wide_times(up, i);
        down = wide_times(down, 1e-9 * i);
    }
    assert_close(wide_ratio(up, before), 40000.0, 1e-11);
    assert_true(up.e > 500);
    struct wide back = down;
    for (int i = 1; i <= 40000; i++)
        back = wide_times(back, 1e9 / i);
    assert_close(wide_ratio(back, wide_of(1.0)), 1.0, 1e-10);
}

/* On both sides of a change of exponent nothing is lost that a double would keep. */
static void sums_across_exponents(void **state)
{
    (void)state;
    const struct wide big = wide_times(wide_times(wide_of(0x1.8p200), 0x1p50), 0x1p10);
    const struct wide small = wide_times(wide_of(0x1.8p200), 0x1p48);
    assert_int_equal(big.e, 1);
    assert_int_equal(small.e, 0);
    assert_close(wide_ratio(wide_sum(big, small), small), 4097.0, 1e-15);
    assert_close(wide_ratio(wide_sum(small, big), small), 4097.0, 1e-15);
    const struct wide far = wide_product(wide_product(big, big), big);
    assert_close(wide_ratio(wide_sum(far, small), far), 1.0, 0);
    assert_close(wide_ratio(wide_product(big, small), wide_product(small, small)), 4096.0, 1e-15);
}

static void zero_is_neutral(void **state)
{
    (void)state;
    const struct wide zero = wide_of(0.0), x = {3.0, -7};
    assert_int_equal(wide_sum(zero, x).e, -7);
    assert_int_equal(wide_sum(x, zero).e, -7);
    assert_close(wide_ratio(zero, x), 0.0, 0);
    assert_close(wide_times(x, 0.0).m, 0.0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(factorials_keep_their_digits),
        cmocka_unit_test(sums_across_exponents),
        cmocka_unit_test(zero_is_neutral),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
