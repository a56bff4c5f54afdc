/* wide.h - non-negative numbers far beyond the range of double: m x 2^(512 e).
 *
 * Does      keeps normalisation constants of large populations, which over- and underflow a double, at full precision
 * Shape     factors up to 2^250; sums drop what is 2^-512 of the rest
 */
#ifndef HVPLAN_ANALYTIC_WIDE_H
#define HVPLAN_ANALYTIC_WIDE_H

#include <math.h>

struct wide {
    double m; /* 0, or within 2^-256 .. 2^256 */
    int e;
};

static inline struct wide wide_of(double x)
{
    return (struct wide){x, 0};
}

static inline struct wide wide_normal(struct wide a)
{
    if (a.m > 0x1p256)
        return (struct wide){a.m * 0x1p-512, a.e + 1};
    if (a.m < 0x1p-256 && a.m > 0.0)
        return (struct wide){a.m * 0x1p512, a.e - 1};
    return a;
}

static inline struct wide wide_times(struct wide a, double x)
{
    return wide_normal((struct wide){a.m * x, a.e});
}

static inline struct wide wide_product(struct wide a, struct wide b)
{
    return wide_normal((struct wide){a.m * b.m, a.e + b.e});
}

static inline struct wide wide_sum(struct wide a, struct wide b)
{
    if (a.m == 0.0)
        return b;
    if (b.m == 0.0)
        return a;
    if (a.e == b.e)
        return wide_normal((struct wide){a.m + b.m, a.e});
    const struct wide high = a.e > b.e ? a : b, low = a.e > b.e ? b : a;
    return high.e - low.e > 1 ? high : wide_normal((struct wide){high.m + low.m * 0x1p-512, high.e});
}

/* a / b as a double. */
static inline double wide_ratio(struct wide a, struct wide b)
{
    return a.m == 0.0 ? 0.0 : ldexp(a.m / b.m, 512 * (a.e - b.e));
}

#endif
