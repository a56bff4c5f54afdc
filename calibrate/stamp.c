/* stamp.c - time stamps of counter logs. */
#include "calibrate/stamp.h"

/* Days from 1970-01-01. Source: Hinnant, "chrono-compatible low-level date algorithms"; 2000-03-01 is day
 * 11017. */
static int64_t days_from_civil(int64_t y, int64_t m, int64_t d)
{
    y -= m <= 2;
    const int64_t era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
    const int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static void civil_from_days(int64_t z, int64_t *y, int64_t *m, int64_t *d)
{
    z += 719468;
    const int64_t era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
    const int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    *d = doy - (153 * mp + 2) / 5 + 1;
    *m = mp < 10 ? mp + 3 : mp - 9;
    *y = yoe + era * 400 + (*m <= 2);
}

/* One whole number of 1 to 4 digits. */
static bool part(const char *s, size_t n, size_t *i, int64_t *v)
{
    const size_t first = *i;
    for (*v = 0; *i < n && *i < first + 4 && s[*i] >= '0' && s[*i] <= '9'; ++*i) {
        *v = *v * 10 + (s[*i] - '0');
    }
    return *i > first;
}

static bool sign(const char *s, size_t n, size_t *i, char c)
{
    if (*i >= n || s[*i] != c) {
        return false;
    }
    ++*i;
    return true;
}

static bool date(const char *s, size_t n, size_t *i, int64_t *days)
{
    int64_t p[3];
    if (!part(s, n, i, &p[0]) || *i >= n || (s[*i] != '/' && s[*i] != '-')) {
        return false;
    }
    const char c = s[*i];
    if (!sign(s, n, i, c) || !part(s, n, i, &p[1]) || !sign(s, n, i, c) || !part(s, n, i, &p[2])) {
        return false;
    }
    const int64_t y = c == '/' ? p[2] : p[0], m = c == '/' ? p[0] : p[1], d = c == '/' ? p[1] : p[2];
    static const int8_t longest[13] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (y < 1970 || y > 2200 || m < 1 || m > 12 || d < 1 || d > longest[m]) {
        return false;
    }
    *days = days_from_civil(y, m, d);
    return true;
}

static bool fraction(const char *s, size_t n, size_t *i, int64_t *ns)
{
    *ns = 0;
    if (!sign(s, n, i, '.')) {
        return true;
    }
    const size_t first = *i;
    for (int64_t unit = 100000000; *i < n && s[*i] >= '0' && s[*i] <= '9'; ++*i, unit /= 10) {
        *ns += (s[*i] - '0') * unit;
    }
    return *i > first;
}

bool stamp_parse(const char *text, size_t n, int64_t *at_ns)
{
    size_t i = 0;
    int64_t days, h, m, sec = 0, ns = 0;
    if (!date(text, n, &i, &days) || (!sign(text, n, &i, ' ') && !sign(text, n, &i, 'T')) ||
        !part(text, n, &i, &h) || !sign(text, n, &i, ':') || !part(text, n, &i, &m)) {
        return false;
    }
    if (sign(text, n, &i, ':') && (!part(text, n, &i, &sec) || !fraction(text, n, &i, &ns))) {
        return false;
    }
    if (i != n || h > 23 || m > 59 || sec > 60) {
        return false;
    }
    *at_ns = (((days * 24 + h) * 60 + m) * 60 + sec) * INT64_C(1000000000) + ns;
    return true;
}

char *stamp_text(struct arena *a, int64_t at_ns)
{
    const int64_t day = INT64_C(86400000000000);
    const int64_t days = at_ns / day - (at_ns % day < 0), ms = (at_ns - days * day) / 1000000;
    int64_t y, m, d;
    civil_from_days(days, &y, &m, &d);
    return arena_printf(a, "%04d-%02d-%02d %02d:%02d:%02d.%03d", (int)y, (int)m, (int)d, (int)(ms / 3600000),
                        (int)(ms / 60000 % 60), (int)(ms / 1000 % 60), (int)(ms % 1000));
}
