#include "model/engine/normal.h"
#include "tests/support/support.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

static void test_normal_cdf_agrees_with_gsl(void **state)
{
    (void)state;
    for (double x = -37.0; x <= 9.0; x += 0.0137)
        assert_close(normal_cdf(x), gsl_cdf_ugaussian_P(x), 1e-12);
    assert_true(normal_cdf(0.0) == 0.5);
    assert_true(normal_cdf(40.0) == 1.0);
}

static void test_normal_quantile_agrees_with_gsl(void **state)
{
    (void)state;
    for (double p = 0.00013; p < 1.0; p += 0.00071)
        assert_close(normal_quantile(p), gsl_cdf_ugaussian_Pinv(p), 1e-9);
    for (double p = 1e-300; p < 0.5; p *= 3.7) {
        /* GSL's own inverse is a rational approximation; its distribution function is the better judge. */
        assert_close(normal_cdf(normal_quantile(p)), p, 1e-9);
    }
}

/* Wichura (1988). */
static void test_normal_quantile_published(void **state)
{
    (void)state;
    assert_close(normal_quantile(0.25), -0.6744897501960817, 1e-15);
    assert_close(normal_quantile(0.001), -3.090232306167814, 1e-15);
    assert_close(normal_quantile(1e-20), -9.262340089798408, 1e-15);
    assert_true(normal_quantile(0.5) == 0.0);
    assert_close(normal_quantile(0.75), 0.6744897501960817, 1e-15);
}

static void quantile_of(void *p)
{
    normal_quantile(*(double *)p);
}

static void test_normal_misuse_is_checked(void **state)
{
    (void)state;
    double p[] = {0.0, 1.0, (double)NAN};
    for (int i = 0; i < 3; i++)
        assert_dies(quantile_of, &p[i], "p > 0.0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_normal_cdf_agrees_with_gsl),
        cmocka_unit_test(test_normal_quantile_agrees_with_gsl),
        cmocka_unit_test(test_normal_quantile_published),
        cmocka_unit_test(test_normal_misuse_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
