/* fixmath.c - exponential and logarithm by reduction and series. */
#include "model/engine/fixmath.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

#define LOG2_E 1.4426950408889634
/* ln 2 in two parts: the first ends in 20 zero bits, so that k times it is exact. */
#define LN2_HIGH 0x1.62e42feep-1
#define LN2_LOW 0x1.a39ef35793c76p-33
#define SQRT_2 1.4142135623730951

/* -1022 <= k <= 1023 */
static double power_of_two(int k)
{
    const uint64_t bits = (uint64_t)(k + 1023) << 52;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* e^x = 2^k e^r with |r| <= ln 2 / 2; what the Taylor series leaves out after r^13 is below 4e-18. */
double fixmath_exp(double x)
{
    static const double inverse_factorial[] = {1.0 / 6227020800.0, 1.0 / 479001600.0, 1.0 / 39916800.0,
                                               1.0 / 3628800.0,    1.0 / 362880.0,    1.0 / 40320.0,
                                               1.0 / 5040.0,       1.0 / 720.0,       1.0 / 120.0,
                                               1.0 / 24.0,         1.0 / 6.0,         1.0 / 2.0};
    if (!(x < 709.7))
        return x > 0.0 ? HUGE_VAL : x;
    if (x < -745.2)
        return 0.0;
    const int k = (int)(x * LOG2_E + (x < 0.0 ? -0.5 : 0.5));
    const double r = (x - k * LN2_HIGH) - k * LN2_LOW;
    double sum = inverse_factorial[0];
    for (int i = 1; i < 12; i++)
        sum = sum * r + inverse_factorial[i];
    const double e_r = 1.0 + (r + r * r * sum);
    /* Two factors, because 2^k alone may be no normal number. */
    return e_r * power_of_two(k / 2) * power_of_two(k - k / 2);
}

/* ln x = k ln 2 + ln m with m in [1/sqrt 2, sqrt 2); ln m = 2 artanh s, s = (m - 1) / (m + 1), |s| < 0.172.
 */
double fixmath_log(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int k = (int)(bits >> 52) - 1023;
    bits = (bits & UINT64_C(0x000fffffffffffff)) | UINT64_C(0x3ff0000000000000);
    double m;
    memcpy(&m, &bits, sizeof m);
    if (m >= SQRT_2) {
        m *= 0.5;
        k++;
    }
    const double s = (m - 1.0) / (m + 1.0), s2 = s * s;
    double sum = 0.0;
    for (int i = 23; i >= 3; i -= 2)
        sum = (sum + 1.0 / i) * s2;
    return k * LN2_HIGH + (2.0 * (s + s * sum) + k * LN2_LOW);
}

double fixmath_power(double x, double y)
{
    return fixmath_exp(y * fixmath_log(x));
}
