/* student.c - Student's t by bisection on its distribution function. */
#include "model/engine/student.h"
#include "model/base/check.h"
#include "model/engine/fixmath.h"
#include "model/engine/normal.h"
#include <math.h>

#define SQRT_PI 1.7724538509055161
#define DF_MANY 1e4

/* Gamma(a + 1/2) / Gamma(a): the asymptotic series, whose last term is 1e-12 at 30, reached by
 * ratio(a) = ratio(a + 1) a / (a + 1/2). Check: a = 1/2 gives 1 / sqrt(pi). */
static double gamma_ratio(double a)
{
    double factor = 1.0;
    for (; a < 30.0; a += 1.0)
        factor *= a / (a + 0.5);
    const double u = 1.0 / a;
    const double series =
        1.0 + u * (-1.0 / 8 + u * (1.0 / 128 + u * (5.0 / 1024 + u * (-21.0 / 32768 - u * 399.0 / 262144))));
    return factor * sqrt(a) * series;
}

static double away_from_zero(double x)
{
    return fabs(x) < 1e-300 ? 1e-300 : x;
}

/* Continued fraction of the incomplete beta function, A&S 26.5.8, by Lentz's method. */
static double beta_fraction(double a, double b, double x)
{
    double c = 1.0, d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0)), h = d;
    for (int m = 1; m < 5000; m++) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        h *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        h *= d * c;
        if (fabs(d * c - 1.0) < 1e-14)
            break;
    }
    return h;
}

/* P(T > t) for t > 0 = I_x(df/2, 1/2) / 2 with x = df / (df + t^2), A&S 26.7.1; the fraction converges fast
 * on one side of the mean of the beta, and I_x(a, b) = 1 - I_(1-x)(b, a) leads to that side. */
static double upper_tail(double t, double df)
{
    const double x = df / (df + t * t), y = t * t / (df + t * t), a = 0.5 * df;
    const double front = gamma_ratio(a) / SQRT_PI * fixmath_exp(a * fixmath_log(x)) * sqrt(y);
    if (x < (a + 1.0) / (a + 2.5))
        return 0.5 * front * beta_fraction(a, 0.5, x) / a;
    return 0.5 - front * beta_fraction(0.5, a, y);
}

/* Expansion around the normal quantile, A&S 26.7.5. */
static double quantile_many(double p, double df)
{
    const double z = normal_quantile(p), z2 = z * z;
    const double g1 = z * (z2 + 1.0) / 4.0;
    const double g2 = z * ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
    const double g3 = z * (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
    return z + (g1 + (g2 + g3 / df) / df) / df;
}

double student_quantile(double p, double df)
{
    CHECK(p > 0.0 && p < 1.0 && df >= 1.0);
    if (df > DF_MANY)
        return quantile_many(p, df);
    if (p == 0.5)
        return 0.0;
    const double tail = p < 0.5 ? p : 1.0 - p;
    double low = 0.0, high = 1.0;
    while (upper_tail(high, df) > tail) {
        low = high;
        high *= 2.0;
    }
    for (int i = 0; i < 80; i++) {
        const double middle = 0.5 * (low + high);
        if (upper_tail(middle, df) > tail)
            low = middle;
        else
            high = middle;
    }
    const double t = 0.5 * (low + high);
    return p < 0.5 ? -t : t;
}
