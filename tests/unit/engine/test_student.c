#include "model/engine/student.h"
#include "tests/support/support.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

/* GSL's distribution function is the judge: its own inverse is less exact. */
static void assert_quantile(double p, double df)
{
    const double t = student_quantile(p, df), e = 1e-6 * fabs(t);
    const double tail = p < 0.5 ? p : 1.0 - p, sign = p < 0.5 ? -1.0 : 1.0;
    assert_true(t * sign > 0.0);
    assert_true(gsl_cdf_tdist_Q(fabs(t) - e, df) >= tail);
    assert_true(gsl_cdf_tdist_Q(fabs(t) + e, df) <= tail);
}

static void test_student_quantile_agrees_with_gsl(void **state)
{
    (void)state;
    static const double p[] = {1e-9, 0.0004, 0.025, 0.31, 0.4999, 0.52, 0.77, 0.95, 0.975, 0.9995, 0.999999};
    static const double df[] = {1.0,  1.5,  2.0,   3.0,   4.0,    7.3,     19.0,
                                59.0, 60.0, 128.0, 999.0, 9999.0, 20001.0, 1e9};
    for (int i = 0; i < 11; i++)
        for (int j = 0; j < 14; j++)
            assert_quantile(p[i], df[j]);
}

/* The tables of every textbook, and the closed forms for 1 and 2 degrees of freedom. */
static void test_student_quantile_published(void **state)
{
    (void)state;
    assert_close(student_quantile(0.975, 1), 12.7062047, 1e-8);
    assert_close(student_quantile(0.975, 4), 2.776445105, 1e-8);
    assert_close(student_quantile(0.95, 9), 1.833112933, 1e-8);
    assert_close(student_quantile(0.995, 30), 2.749995654, 1e-8);
    assert_close(student_quantile(0.83, 1), tan(3.141592653589793 * 0.33), 1e-12);
    assert_close(student_quantile(0.83, 2), 0.66 / sqrt(2.0 * 0.83 * 0.17), 1e-12);
    assert_true(student_quantile(0.5, 7) == 0.0);
    assert_close(student_quantile(0.1, 7), -student_quantile(0.9, 7), 1e-14);
}

struct arguments {
    double p, df;
};

static void quantile_of(void *a)
{
    const struct arguments *x = a;
    student_quantile(x->p, x->df);
}

static void test_student_misuse_is_checked(void **state)
{
    (void)state;
    struct arguments bad[] = {{0.0, 5.0}, {1.0, 5.0}, {0.5, 0.5}, {(double)NAN, 5.0}, {0.9, (double)NAN}};
    for (int i = 0; i < 5; i++)
        assert_dies(quantile_of, &bad[i], "df >= 1.0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_student_quantile_agrees_with_gsl),
        cmocka_unit_test(test_student_quantile_published),
        cmocka_unit_test(test_student_misuse_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
