/* text.c - names and numbers as text. */
#include "model/base/text.h"
#include "model/base/check.h"
#include "model/base/sha256.h"
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAME_LENGTH = 64,
    NEAREST_LENGTH = 100,  /* longer texts are no typing slips of names */
    MANTISSA_LENGTH = 100, /* text_scan_number */
    EXPONENT_LIMIT = 100000
};

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

bool text_same(const char *a, const char *b)
{
    while (*a && lower(*a) == lower(*b))
        a++, b++;
    return lower(*a) == lower(*b);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: insert, delete, replace, swap neighbours; each costs 1.
 * Source: Damerau (1964); Wagner and Fischer (1974). Three rows of the table are enough. */
static size_t distance(const char *a, size_t na, const char *b, size_t nb)
{
    size_t row[3][NEAREST_LENGTH + 1];
    size_t *before = row[0], *above = row[1], *here = row[2];
    for (size_t j = 0; j <= nb; j++)
        here[j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t *oldest = before;
        before = above, above = here, here = oldest;
        here[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            const size_t differ = lower(a[i - 1]) != lower(b[j - 1]);
            here[j] = smaller(above[j - 1] + differ, 1 + smaller(above[j], here[j - 1]));
            const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && //
                                 lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped)
                here[j] = smaller(here[j], before[j - 2] + 1);
        }
    }
    return here[nb];
}

/* The one candidate that begins with `name` and goes on with a new word: "remote" for "remote_memory". */
static const char *only_longer(const char *name, size_t length, const char *const *candidates, size_t n)
{
    const char *found = NULL;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < length && lower(candidates[i][k]) == lower(name[k]))
            k++;
        if (k < length || candidates[i][k] != '_' || strlen(candidates[i]) > NEAREST_LENGTH)
            continue;
        if (found)
            return NULL;
        found = candidates[i];
    }
    return found;
}

const char *text_nearest(const char *name, const char *const *candidates, size_t n)
{
    const size_t length = strlen(name);
    if (length == 0 || length > NEAREST_LENGTH)
        return NULL;
    const char *best = NULL;
    size_t best_distance = smaller(2 + length / 4, length); /* the first that is too far */
    for (size_t i = 0; i < n; i++) {
        const size_t candidate_length = strlen(candidates[i]);
        if (candidate_length > NEAREST_LENGTH)
            continue;
        const size_t d = distance(name, length, candidates[i], candidate_length);
        if (d < best_distance) {
            best = candidates[i];
            best_distance = d;
        }
    }
    return best ? best : only_longer(name, length, candidates, n);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '-';
}

bool text_is_name(const char *s)
{
    size_t n = 0;
    while (n <= NAME_LENGTH && is_name_char(s[n]))
        n++;
    return n > 0 && n <= NAME_LENGTH && s[n] == '\0';
}

/* What cannot stand in a name separates what can: nothing of it stays at the ends. A legal name stays as it
 * is. */
char *text_to_name(struct arena *a, const char *label)
{
    char *name = arena_alloc(a, NAME_LENGTH + 1, 1);
    size_t n = 0;
    bool gap = false;
    for (const char *s = label; *s && n < NAME_LENGTH; s++) {
        if (!is_name_char(*s)) {
            gap = n > 0;
            continue;
        }
        if (gap && n + 1 < NAME_LENGTH)
            name[n++] = '_';
        gap = false;
        name[n++] = *s;
    }
    if (n == 0)
        name[0] = 'x';
    return name;
}

/* Source: Fowler, Noll, Vo; 64-bit offset basis and prime of the authors' page. */
uint64_t text_hash(const char *s)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *s; s++)
        hash = (hash ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
    return hash;
}

/* printf writes the decimal point of the locale, which may be several bytes: everything that is no part of a
 * number stands for one point. */
static void point_to_ascii(char *s)
{
    char *out = s;
    bool in_point = false;
    for (const char *in = s; *in; in++) {
        const bool part = is_digit(*in) || *in == '-' || *in == '+' || *in == 'e';
        if (part || !in_point)
            *out++ = part ? *in : '.';
        in_point = !part;
    }
    *out = '\0';
}

char *text_number(struct arena *a, double v, int digits)
{
    CHECK(digits >= 1 && digits <= 17);
    if (!isfinite(v))
        return arena_strdup(a, isnan(v) ? "nan" : v > 0 ? "inf" : "-inf");
    char *text = arena_printf(a, "%.*g", digits, v);
    point_to_ascii(text);
    return text;
}

char *text_double(struct arena *a, double v)
{
    /* 15 digits hold every normal double that has so short a form; below that range fewer may do. */
    int digits = fabs(v) < DBL_MIN ? 1 : 15;
    char *text = text_number(a, v, digits);
    double back = v;
    while (digits < 17 && text_scan_number(text, 0, &back) && back != v)
        text = text_number(a, v, ++digits);
    return text;
}

/* The decimal point of the locale, found without localeconv(), which threads may not share. */
static size_t locale_point(char point[8])
{
    char half[16];
    const int n = snprintf(half, sizeof half, "%.1f", 0.5);
    CHECK(n >= 3 && n < 10);
    memcpy(point, half + 1, (size_t)n - 2);
    return (size_t)n - 2;
}

/* Copies [+-]digits[.digits] to `out` with the point of the locale; returns the end in `s`, NULL if there is
 * none or it is too long. */
static const char *copy_mantissa(const char *s, char *out)
{
    const char *const start = s;
    bool digits = false, point = false;
    if (*s == '+' || *s == '-')
        *out++ = *s++;
    for (; is_digit(*s) || (*s == '.' && !point); s++) {
        if (s - start >= MANTISSA_LENGTH)
            return NULL;
        if (*s == '.') {
            point = true;
            out += locale_point(out);
        } else {
            digits = true;
            *out++ = *s;
        }
    }
    *out = '\0';
    return digits ? s : NULL;
}

/* e[+-]digits at `s`; returns its end, or `s` if there is no exponent. */
static const char *scan_exponent(const char *s, int *exponent)
{
    *exponent = 0;
    if (*s != 'e' && *s != 'E')
        return s;
    const bool negative = s[1] == '-';
    const char *p = s + 1 + (s[1] == '-' || s[1] == '+');
    if (!is_digit(*p))
        return s;
    for (; is_digit(*p); p++)
        if (*exponent < EXPONENT_LIMIT)
            *exponent = *exponent * 10 + (*p - '0');
    if (negative)
        *exponent = -*exponent;
    return p;
}

const char *text_scan_number(const char *s, int shift, double *value)
{
    char buffer[MANTISSA_LENGTH + 32];
    const char *mantissa_end = copy_mantissa(s, buffer);
    if (!mantissa_end)
        return NULL;
    int exponent;
    const char *end = scan_exponent(mantissa_end, &exponent);
    const size_t used = strlen(buffer);
    snprintf(buffer + used, sizeof buffer - used, "e%d", exponent + shift);
    *value = strtod(buffer, NULL);
    return end;
}

char *text_sha256(struct arena *a, const void *data, size_t n)
{
    static const char hex[] = "0123456789abcdef";
    uint8_t digest[32];
    sha256_digest(data, n, digest);
    char *text = arena_alloc(a, 2 * sizeof digest + 1, 1);
    for (size_t i = 0; i < sizeof digest; i++) {
        text[2 * i] = hex[digest[i] >> 4];
        text[2 * i + 1] = hex[digest[i] & 15];
    }
    return text;
}
