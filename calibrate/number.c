/* number.c - decimal numbers of a log, exactly. */
#include "calibrate/number.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

struct decimal {
    uint64_t digits;
    int exponent;         /* value = digits x 10^exponent */
    bool negative, exact; /* exact: `digits` holds all significant digits */
};

static size_t digits_scan(const char *s, size_t i, size_t n, struct decimal *d, int per_digit, bool *any)
{
    for (; i < n && s[i] >= '0' && s[i] <= '9'; i++) {
        *any = true;
        if (d->digits > (UINT64_MAX - 9) / 10) {
            d->exact = false;
            continue;
        }
        d->digits = d->digits * 10 + (uint64_t)(s[i] - '0');
        d->exponent += per_digit;
    }
    return i;
}

static size_t exponent_scan(const char *s, size_t i, size_t n, struct decimal *d)
{
    if (i >= n || (s[i] != 'e' && s[i] != 'E')) {
        return i;
    }
    i++;
    const bool negative = i < n && s[i] == '-';
    i += i < n && (s[i] == '-' || s[i] == '+') ? 1 : 0;
    const size_t first = i;
    int e = 0;
    for (; i < n && s[i] >= '0' && s[i] <= '9'; i++) {
        e = e < 100000 ? e * 10 + (s[i] - '0') : e;
    }
    d->exponent += negative ? -e : e;
    return i > first ? i : SIZE_MAX;
}

static bool decimal_scan(const char *s, size_t n, struct decimal *d)
{
    *d = (struct decimal){.negative = n > 0 && s[0] == '-', .exact = true};
    bool any = false;
    size_t i = n > 0 && (s[0] == '-' || s[0] == '+') ? 1 : 0;
    i = digits_scan(s, i, n, d, 0, &any);
    if (i < n && s[i] == '.') {
        i = digits_scan(s, i + 1, n, d, -1, &any);
    }
    return any && exponent_scan(s, i, n, d) == n;
}

/* Clinger, "How to read floating point numbers accurately" (1990): both factors are exact doubles, so one
 * rounding. */
static bool decimal_fast(const struct decimal *d, double *value)
{
    static const double ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (!d->exact || d->digits > (UINT64_C(1) << 53) || d->exponent < -22 || d->exponent > 22) {
        return false;
    }
    const double m = (double)d->digits;
    *value = d->exponent < 0 ? m / ten[-d->exponent] : m * ten[d->exponent];
    *value = d->negative ? -*value : *value;
    return true;
}

bool number_parse(const char *text, size_t n, double *value)
{
    struct decimal d;
    if (!decimal_scan(text, n, &d)) {
        return false;
    }
    if (!decimal_fast(&d, value)) {
        *value = strtod(text, NULL);
    }
    return isfinite(*value);
}
