/* quantity.c - see quantity.h. */
#include "reports/quantity.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct scale {
    const char *unit;   /* of the value, as struct metric says */
    double from;        /* used for magnitudes from here on */
    double factor;      /* printed = value x factor */
    const char *suffix; /* as printed, with its blank */
    const char *ascii;  /* where the suffix is not ASCII */
};

/* Rows of one unit go from large to small; the last one has from = 0. The bounds are 0.05 % under the round figure, so that
 * 999.7 ms becomes "1.00 s" rather than "1000 ms". */
static const struct scale scales[] = {
    {"s", 0.9995, 1.0, " s", NULL},
    {"s", 0.9995e-3, 1e3, " ms", NULL},
    {"s", 0.9995e-6, 1e6, " \xC2\xB5s", " us"},
    {"s", 0.0, 1e9, " ns", NULL},
    {"ns", 0.9995e9, 1e-9, " s", NULL},
    {"ns", 0.9995e6, 1e-6, " ms", NULL},
    {"ns", 0.9995e3, 1e-3, " \xC2\xB5s", " us"},
    {"ns", 0.0, 1.0, " ns", NULL},
    {"1", 0.0, 100.0, " %", NULL},
    {"/s", 0.0, 1.0, " /s", NULL},
    {"bytes", 1099511627776.0 * 0.9995, 1.0 / 1099511627776.0, " TiB", NULL},
    {"bytes", 1073741824.0 * 0.9995, 1.0 / 1073741824.0, " GiB", NULL},
    {"bytes", 1048576.0 * 0.9995, 1.0 / 1048576.0, " MiB", NULL},
    {"bytes", 1024.0 * 0.9995, 1.0 / 1024.0, " KiB", NULL},
    {"bytes", 0.0, 1.0, " B", NULL},
    {"points", 0.0, 1.0, " points", NULL},
    {"%", 0.0, 1.0, " %", NULL},
    {"packets", 0.0, 1.0, " packets", NULL},
    {"LPs", 0.0, 1.0, " LPs", NULL},
    {"x", 0.0, 1.0, "\xC3\x97", "x"},
    {"", 0.0, 1.0, "", NULL},
};

static const struct scale *scale_find(const char *unit, double magnitude)
{
    size_t n = sizeof scales / sizeof scales[0];
    for (size_t i = 0; i < n; i++) {
        if (strcmp(scales[i].unit, unit) == 0 && magnitude >= scales[i].from)
            return &scales[i];
    }
    return NULL;
}

/* Decimals that leave `digits` significant ones, 0..6. */
static int decimals_for(double v, int digits)
{
    if (v == 0.0 || !isfinite(v))
        return 0;
    int exponent = (int)floor(log10(fabs(v)));
    double lead = fabs(v) / pow(10.0, exponent);
    exponent += lead >= 10.0 - 0.5 * pow(10.0, 1 - digits); /* 9.996 is printed as 10.0 */
    int d = digits - 1 - exponent;
    return d < 0 ? 0 : d > 6 ? 6 : d;
}

/* A half width is told to one digit, to two when it begins with 1 (where one digit would be 50 % off); the value
 * follows it, but never shows more than four digits. */
static int decimals_of_interval(double v, double half_width)
{
    if (!(half_width > 0.0))
        return decimals_for(v, 3);
    double lead = half_width / pow(10.0, floor(log10(half_width)));
    int d = decimals_for(half_width, lead < 1.95 ? 2 : 1);
    int most = decimals_for(fabs(v) > half_width ? v : half_width, 4);
    return d < most ? d : most;
}

/* Shares stand in columns and are compared, so from 1 % on they all have one decimal. */
static int decimals_alone(double value, const char *unit)
{
    if (strcmp(unit, "1") != 0)
        return decimals_for(value, 3);
    int decimals = decimals_for(value, 2);
    return fabs(value) >= 0.9995 ? 1 : decimals > 3 ? 3 : decimals;
}

static const char *suffix_of(const struct scale *s, bool unicode)
{
    return s->ascii && !unicode ? s->ascii : s->suffix;
}

/* The number alone; `sign` forces "+" and the true minus. */
static char *number(struct arena *a, double v, int decimals, bool sign, bool unicode)
{
    char digits[64];
    (void)snprintf(digits, sizeof digits, "%.*f", decimals, fabs(v));
    bool zero = strspn(digits, "0.") == strlen(digits);
    const char *mark = zero ? "" : v < 0.0 ? (unicode ? "\xE2\x88\x92" : "-") : sign ? "+" : "";
    return arena_printf(a, "%s%s", mark, digits);
}

static char *half_width_text(struct arena *a, double half_width, int decimals)
{
    if (half_width > 0.0 && half_width < 0.5 * pow(10.0, -decimals))
        return arena_printf(a, "<%.*f", decimals, pow(10.0, -decimals));
    return arena_printf(a, "%.*f", decimals, half_width);
}

static char *format(struct arena *a, double v, double half_width, const char *unit, bool sign, bool unicode)
{
    if (!isfinite(v))
        return arena_strdup(a, "n/a");
    if (v == 0.0 && !(half_width > 0.0) && (strcmp(unit, "s") == 0 || strcmp(unit, "ns") == 0))
        return arena_strdup(a, "0 s");
    double magnitude = isfinite(half_width) && half_width > fabs(v) ? half_width : fabs(v);
    const struct scale *s = scale_find(unit, magnitude);
    struct scale plain = {unit, 0.0, 1.0, arena_printf(a, " %s", unit), NULL};
    if (!s)
        s = &plain;
    double value = v * s->factor, half = half_width * s->factor;
    int decimals = isfinite(half) ? decimals_of_interval(value, half) : decimals_alone(value, unit);
    const char *text = number(a, value, decimals, sign, unicode);
    if (!isfinite(half))
        return arena_printf(a, "%s%s", text, suffix_of(s, unicode));
    return arena_printf(a, "%s %s %s%s", text, unicode ? "\xC2\xB1" : "+/-",
                        half_width_text(a, half, decimals), suffix_of(s, unicode));
}

char *quantity_value(struct arena *a, double v, const char *unit, bool unicode)
{
    return format(a, v, (double)NAN, unit, false, unicode);
}

char *quantity_interval(struct arena *a, double v, double half_width, const char *unit, bool unicode)
{
    return format(a, v, half_width, unit, false, unicode);
}

char *quantity_delta(struct arena *a, double v, double half_width, const char *unit, bool unicode)
{
    /* A difference of shares is told in points: "-2 %" could be read as a relative change. */
    if (strcmp(unit, "1") == 0)
        return format(a, 100.0 * v, 100.0 * half_width, "points", true, unicode);
    return format(a, v, half_width, unit, true, unicode);
}

char *quantity_relative(struct arena *a, double delta, double base, bool unicode)
{
    if (!isfinite(delta) || !isfinite(base) || base == 0.0)
        return arena_strdup(a, "n/a");
    double percent = 100.0 * delta / fabs(base);
    if (percent >= 999.5 && base > 0.0)
        return arena_printf(
            a, "%s times",
            number(a, (base + delta) / base, decimals_for(percent / 100.0, 2), false, unicode));
    int decimals = fabs(percent) < 9.95 ? 1 : 0;
    return arena_printf(a, "%s %%", number(a, percent, decimals, true, unicode));
}

char *quantity_factor(struct arena *a, double v, double half_width, bool unicode)
{
    return format(a, v, half_width, "x", false, unicode);
}

const char *quantity_unit(const char *metric, const char *unit)
{
    static const char *const counts[] = {".queue", ".jobs_inside", ".outstanding"};
    const size_t n = strlen(metric);
    bool count = false;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        const size_t k = strlen(counts[i]);
        count |= n > k && strcmp(metric + n - k, counts[i]) == 0;
    }
    return count && strcmp(unit, "1") == 0 ? "" : unit;
}
