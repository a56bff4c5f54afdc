/* normal.c - distribution function and quantile of the normal distribution. */
#include "model/engine/normal.h"
#include "model/base/check.h"
#include "model/engine/fixmath.h"
#include <math.h>

#define ONE_BY_SQRT_2PI 0.3989422804014327
#define TERMS 8

static double normal_density(double x)
{
    return ONE_BY_SQRT_2PI * fixmath_exp(-0.5 * x * x);
}

/* Beyond x >= 2.5: density / (x + 1 / (x + 2 / (x + 3 / ...))); 150 levels settle 1e-14 at 2.5. */
static double upper_tail(double x)
{
    double fraction = x;
    for (int i = 150; i >= 1; i--)
        fraction = x + i / fraction;
    return normal_density(x) / fraction;
}

double normal_cdf(double x)
{
    if (x > 2.5)
        return 1.0 - upper_tail(x);
    if (x < -2.5)
        return upper_tail(-x);
    double sum = x, term = x;
    for (int i = 3; fabs(term) > 1e-18; i += 2) {
        term *= x * x / i;
        sum += term;
    }
    return 0.5 + sum * normal_density(x);
}

static double ratio(const double top[TERMS], const double bottom[TERMS], double x)
{
    double a = top[TERMS - 1], b = bottom[TERMS - 1];
    for (int i = TERMS - 2; i >= 0; i--) {
        a = a * x + top[i];
        b = b * x + bottom[i];
    }
    return a / b;
}

/* Coefficients of AS 241, PPND16. Check values of the paper: p = 0.25 gives -0.6744897501960817,
 * p = 0.001 gives -3.090232306167814, p = 1e-20 gives -9.262340089798408. */
static double quantile_centre(double q)
{
    static const double top[TERMS] = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                                      1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                      4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                      3.3430575583588128105e+4, 2.5090809287301226727e+3};
    static const double bottom[TERMS] = {1.0,
                                         4.2313330701600911252e+1,
                                         6.8718700749205790830e+2,
                                         5.3941960214247511077e+3,
                                         2.1213794301586595867e+4,
                                         3.9307895800092710610e+4,
                                         2.8729085735721942674e+4,
                                         5.2264952788528545610e+3};
    return q * ratio(top, bottom, 0.180625 - q * q);
}

static double quantile_near(double r)
{
    static const double top[TERMS] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                      5.76949722146069140550e0,  3.64784832476320460504e0,
                                      1.27045825245236838258e0,  2.41780725177450611770e-1,
                                      2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double bottom[TERMS] = {1.0,
                                         2.05319162663775882187e0,
                                         1.67638483018380384940e0,
                                         6.89767334985100004550e-1,
                                         1.48103976427480074590e-1,
                                         1.51986665636164571966e-2,
                                         5.47593808499534494600e-4,
                                         1.05075007164441684324e-9};
    return ratio(top, bottom, r - 1.6);
}

static double quantile_far(double r)
{
    static const double top[TERMS] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                      1.78482653991729133580e0,  2.96560571828504891230e-1,
                                      2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                      2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double bottom[TERMS] = {1.0,
                                         5.99832206555887937690e-1,
                                         1.36929880922735805310e-1,
                                         1.48753612908506148525e-2,
                                         7.86869131145613259100e-4,
                                         1.84631831751005468180e-5,
                                         1.42151175831644588870e-7,
                                         2.04426310338993978564e-15};
    return ratio(top, bottom, r - 5.0);
}

double normal_quantile(double p)
{
    CHECK(p > 0.0 && p < 1.0);
    const double q = p - 0.5;
    if (fabs(q) <= 0.425)
        return quantile_centre(q);
    const double r = sqrt(-fixmath_log(q < 0.0 ? p : 1.0 - p));
    const double x = r <= 5.0 ? quantile_near(r) : quantile_far(r);
    return q < 0.0 ? -x : x;
}
