/* codepage.c - names of unknown encoding to UTF-8.
 *
 * PerfMon writes CSV in the ANSI code page of the machine and says nowhere which one. A line is UTF-8 if all
 * of it is valid; Japanese double bytes have lead bytes 0x81..0x9F, which Cyrillic text hardly uses; Cyrillic
 * words are runs of bytes 0xC0..0xFF, where Western names have single ones.
 */
#include "calibrate/codepage.h"
#include <iconv.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static size_t utf8_length(const unsigned char *s, size_t n)
{
    const size_t length = s[0] < 0x80   ? 1
                          : s[0] < 0xC2 ? 0
                          : s[0] < 0xE0 ? 2
                          : s[0] < 0xF0 ? 3
                          : s[0] < 0xF5 ? 4
                                        : 0;
    if (length == 0 || length > n) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    const bool overlong = (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xF0 && s[1] < 0x90);
    const bool outside = (s[0] == 0xED && s[1] > 0x9F) || (s[0] == 0xF4 && s[1] > 0x8F);
    return overlong || outside ? 0 : length;
}

static bool utf8_valid(const unsigned char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        const size_t length = utf8_length(s + i, n - i);
        if (length == 0) {
            return false;
        }
        i += length;
    }
    return true;
}

static bool cp932_valid(const unsigned char *s, size_t n, size_t *kana)
{
    *kana = 0;
    for (size_t i = 0; i < n; i++) {
        const bool lead = (s[i] >= 0x81 && s[i] <= 0x9F) || (s[i] >= 0xE0 && s[i] <= 0xFC);
        if (!lead) {
            continue;
        }
        if (i + 1 >= n || s[i + 1] < 0x40 || s[i + 1] == 0x7F || s[i + 1] > 0xFC) {
            return false;
        }
        *kana += s[i] <= 0x9F;
        i++;
    }
    return true;
}

const char *codepage_guess(const char *text, size_t n)
{
    const unsigned char *s = (const unsigned char *)text;
    if (utf8_valid(s, n)) {
        return "UTF-8";
    }
    size_t kana = 0, high = 0, pairs = 0;
    if (cp932_valid(s, n, &kana) && kana > 0) {
        return "CP932";
    }
    for (size_t i = 0; i < n; i++) {
        high += s[i] >= 0xC0;
        pairs += s[i] >= 0xC0 && i + 1 < n && s[i + 1] >= 0xC0;
    }
    return 2 * pairs > high ? "CP1251" : "CP1252";
}

static char *escaped(struct arena *a, const char *text, size_t n)
{
    const unsigned char *s = (const unsigned char *)text;
    char *out = arena_alloc(a, 4 * n + 1, 1);
    size_t used = 0;
    for (size_t i = 0; i < n;) {
        const size_t length = utf8_length(s + i, n - i);
        if (length > 0) {
            memcpy(out + used, s + i, length);
            used += length;
            i += length;
        } else {
            used += (size_t)snprintf(out + used, 5, "\\x%02X", (unsigned)s[i++]);
        }
    }
    out[used] = '\0';
    return out;
}

static char *converted(struct arena *a, const char *page, const char *text, size_t n)
{
    const iconv_t cd = iconv_open("UTF-8", page);
    if (cd == (iconv_t)-1) {
        return NULL;
    }
    char *in = arena_strndup(a, text, n), *out = arena_alloc(a, 4 * n + 1, 1), *to = out;
    size_t left = n, room = 4 * n;
    const size_t bad = iconv(cd, &in, &left, &to, &room);
    iconv_close(cd);
    if (bad == (size_t)-1) {
        return NULL;
    }
    *to = '\0';
    return out;
}

char *codepage_convert(struct arena *a, const char *page, const char *text, size_t n)
{
    if (utf8_valid((const unsigned char *)text, n)) {
        return arena_strndup(a, text, n);
    }
    char *out = strcmp(page, "UTF-8") == 0 ? NULL : converted(a, page, text, n);
    return out != NULL ? out : escaped(a, text, n);
}
