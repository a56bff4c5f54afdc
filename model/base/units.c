/* units.c - one row for each suffix; parsing, printing and error texts read the rows. */
#include "model/base/units.h"
#include "model/base/check.h"
#include "model/base/text.h"
#include <math.h>
#include <string.h>

/* 1 of the unit = 10^shift x times / by internal units. Powers of ten go into the exponent of the decimal
 * text and the rest is exact or one rounding, so "1.1 ms" is the double nearest to 1100000. */
struct suffix {
    enum unit unit;
    int shift;
    const char *text;
    double times, by;
    bool printed; /* units_format may use it */
};

#define KI 1024.0
#define MI (KI * KI)
#define GI (MI * KI)
#define TI (GI * KI)

/* Within a kind from large to small: units_format prefers the larger of two equally short texts. */
/* clang-format off */
static const struct suffix suffixes[] = {
    {UNIT_TIME, 11, "d", 864, 1, true},
    {UNIT_TIME, 11, "h", 36, 1, true},
    {UNIT_TIME, 10, "min", 6, 1, true},
    {UNIT_TIME, 9, "s", 1, 1, true},
    {UNIT_TIME, 6, "ms", 1, 1, true},
    {UNIT_TIME, 3, "us", 1, 1, true},
    {UNIT_TIME, 3, "\xC2\xB5s", 1, 1, false}, /* micro sign */
    {UNIT_TIME, 3, "\xCE\xBCs", 1, 1, false}, /* Greek mu */
    {UNIT_TIME, 0, "ns", 1, 1, true},
    {UNIT_BYTES, 0, "TiB", TI, 1, true},
    {UNIT_BYTES, 12, "TB", 1, 1, true},
    {UNIT_BYTES, 0, "GiB", GI, 1, true},
    {UNIT_BYTES, 9, "GB", 1, 1, true},
    {UNIT_BYTES, 0, "MiB", MI, 1, true},
    {UNIT_BYTES, 6, "MB", 1, 1, true},
    {UNIT_BYTES, 0, "KiB", KI, 1, true},
    {UNIT_BYTES, 3, "kB", 1, 1, true},
    {UNIT_BYTES, 3, "KB", 1, 1, false},
    {UNIT_BYTES, 0, "B", 1, 1, true},
    {UNIT_BANDWIDTH, 0, "GiB/s", GI, 1, true},
    {UNIT_BANDWIDTH, 9, "GB/s", 1, 1, true},
    {UNIT_BANDWIDTH, 9, "Gbps", 1, 8, true},
    {UNIT_BANDWIDTH, 0, "MiB/s", MI, 1, true},
    {UNIT_BANDWIDTH, 6, "MB/s", 1, 1, true},
    {UNIT_BANDWIDTH, 6, "Mbps", 1, 8, true},
    {UNIT_BANDWIDTH, 0, "KiB/s", KI, 1, true},
    {UNIT_BANDWIDTH, 3, "kB/s", 1, 1, true},
    {UNIT_BANDWIDTH, 3, "KB/s", 1, 1, false},
    {UNIT_BANDWIDTH, 3, "kbps", 1, 8, true},
    {UNIT_BANDWIDTH, 3, "Kbps", 1, 8, false},
    {UNIT_BANDWIDTH, 0, "B/s", 1, 1, true},
    {UNIT_BANDWIDTH, 0, "bps", 1, 8, true},
    {UNIT_RATE, 0, "/s", 1, 1, true},
    {UNIT_RATE, -1, "/min", 1, 6, true},
    {UNIT_RATE, -2, "/h", 1, 36, true},
    {UNIT_FRACTION, -2, "%", 1, 1, true},
    {UNIT_CORES, 0, "cores", 1, 1, true},
    {UNIT_CORES, 0, "core", 1, 1, false},
};
/* clang-format on */
enum { SUFFIXES = sizeof suffixes / sizeof *suffixes };

/* Patterns: the number that text_scan_number reads, blanks (space, tab), the suffix. */
#define B "[ \t]*"
#define QUANTITY(unit) "^" B "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?" B "(" unit ")" B "$"

struct kind {
    const char *name, *example, *pattern;
    const char *zero; /* suffix of 0 */
};

static const struct kind kinds[] = {
    [UNIT_NONE] = {"number", "number such as 1.5", NULL, NULL},
    [UNIT_TIME] = {"time", "time such as 12 ms", QUANTITY("ns|us|\xC2\xB5s|\xCE\xBCs|ms|s|min|h|d"), "s"},
    [UNIT_BYTES] = {"bytes", "size such as 4 GiB", QUANTITY("[KMGT]iB|[kKMGT]?B"), "B"},
    [UNIT_BANDWIDTH] = {"bandwidth", "bandwidth such as 1 Gbps or 100 MB/s",
                        QUANTITY("[kKMG]?bps|[KMG]iB/s|[kKMG]?B/s"), "bps"},
    [UNIT_RATE] = {"rate", "rate such as 40 /s", QUANTITY("/(s|min|h)"), "/s"},
    [UNIT_FRACTION] = {"fraction", "fraction such as 15 %", QUANTITY("%"), "%"},
    [UNIT_CORES] = {"cores", "processor time such as 0.2 cores", QUANTITY("cores?"), "cores"},
    [UNIT_COUNT] = {"count", "whole number such as 8", NULL, NULL},
};

static const struct kind *kind_of(enum unit unit)
{
    CHECK((size_t)unit < sizeof kinds / sizeof *kinds);
    return &kinds[unit];
}

static bool is_bare(enum unit unit)
{
    return unit == UNIT_NONE || unit == UNIT_COUNT;
}

static const char *skip_blanks(const char *s)
{
    return s + strspn(s, " \t");
}

/* The row of [s, s + n), NULL if there is none. */
static const struct suffix *find_suffix(enum unit unit, const char *s, size_t n)
{
    for (const struct suffix *row = suffixes; row < suffixes + SUFFIXES; row++)
        if (row->unit == unit && strlen(row->text) == n && memcmp(row->text, s, n) == 0)
            return row;
    return NULL;
}

/* Length of `s` without the blanks at its end. */
static size_t trimmed_length(const char *s)
{
    size_t n = strlen(s);
    while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
        n--;
    return n;
}

/* What can follow a number directly and be meant as a unit; anything else ("1,5", "1.2.3") spoils the number.
 */
static bool may_begin_suffix(char c)
{
    const char lowered = (char)(c | 0x20);
    return c == '%' || c == '/' || (lowered >= 'a' && lowered <= 'z') || (unsigned char)c >= 0x80;
}

static bool has_digit_but_zero(const char *s, const char *end)
{
    while (s < end && *s != 'e' && *s != 'E' && !(*s >= '1' && *s <= '9'))
        s++;
    return s < end && *s >= '1' && *s <= '9';
}

/* Beyond this a quantity is refused, so that it stays finite in its smallest unit as well. */
#define LARGEST 1e300

/* Too large, too small to differ from zero, minus zero; or not whole where a count is due. */
static bool out_of_range(double v, enum unit unit, const char *s, const char *end)
{
    if (!isfinite(v) || (!is_bare(unit) && fabs(v) > LARGEST) ||
        (v == 0.0 && (signbit(v) || has_digit_but_zero(s, end))))
        return true;
    return unit == UNIT_COUNT && (v != floor(v) || fabs(v) > 0x1p53);
}

enum units_status units_parse(const char *text, enum unit unit, double *value)
{
    const char *const start = skip_blanks(text);
    double v = 0;
    const char *const end = text_scan_number(start, 0, &v);
    if (!end)
        return UNITS_NOT_A_NUMBER;
    const char *const suffix = skip_blanks(end);
    const size_t n = trimmed_length(suffix);
    if (n > 0 && !may_begin_suffix(*suffix))
        return UNITS_NOT_A_NUMBER;
    if (n == 0 && !is_bare(unit))
        return UNITS_MISSING;
    if (n > 0) {
        const struct suffix *row = find_suffix(unit, suffix, n);
        if (!row)
            return UNITS_UNKNOWN;
        text_scan_number(start, row->shift, &v);
        v = v * row->times / row->by;
    }
    if (out_of_range(v, unit, start, end))
        return UNITS_RANGE;
    *value = v;
    return UNITS_OK;
}

static double factor(const struct suffix *row)
{
    return pow(10.0, row->shift) * row->times / row->by;
}

/* 10 digits: within 5e-10 of the value. */
static char *in_unit(struct arena *a, double value, const struct suffix *row)
{
    return arena_printf(a, "%s %s", text_number(a, value / factor(row), 10), row->text);
}

char *units_format(struct arena *a, double value, enum unit unit)
{
    const struct kind *kind = kind_of(unit);
    if (is_bare(unit) || !isfinite(value) || fabs(value) > LARGEST)
        return text_double(a, value);
    if (value == 0.0)
        return arena_printf(a, "0 %s", kind->zero);
    char *best = NULL, *last = NULL;
    for (const struct suffix *row = suffixes; row < suffixes + SUFFIXES; row++) {
        if (row->unit != unit || !row->printed || !isfinite(value / factor(row)))
            continue;
        last = in_unit(a, value, row);
        if (fabs(value) >= factor(row) && (!best || strlen(last) < strlen(best)))
            best = last;
    }
    return best ? best : last; /* less than 1 of the smallest unit */
}

const char *units_example(enum unit unit)
{
    return kind_of(unit)->example;
}

const char *units_pattern(enum unit unit)
{
    return kind_of(unit)->pattern;
}

const char *units_name(enum unit unit)
{
    return kind_of(unit)->name;
}
