/* utf8.c - see utf8.h. */
#include "reports/utf8.h"

#include <stdbool.h>
#include <string.h>

struct form {
    unsigned char mask, lead; /* first byte: (byte & mask) == lead */
    uint32_t least;           /* smaller codes would be overlong */
};

static const struct form forms[] = {
    {0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};

static bool legal(uint32_t code, uint32_t least)
{
    return code >= least && code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF);
}

static bool decode_form(const char *s, size_t n, uint32_t *code)
{
    const struct form *f = &forms[n - 1];
    *code = (unsigned char)s[0] & (unsigned char)~f->mask;
    for (size_t i = 1; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if ((c & 0xC0) != 0x80)
            return false;
        *code = (*code << 6) | (c & 0x3FU);
    }
    return legal(*code, f->least);
}

size_t utf8_decode(const char *s, uint32_t *code)
{
    for (size_t n = 1; n <= sizeof forms / sizeof forms[0]; n++) {
        if (((unsigned char)s[0] & forms[n - 1].mask) == forms[n - 1].lead && decode_form(s, n, code))
            return n;
    }
    *code = UTF8_REPLACEMENT;
    return 1;
}

/* U+FFFD that was written as such is three bytes long, a wrong byte is one. */
static bool wrong(uint32_t code, size_t bytes)
{
    return code == UTF8_REPLACEMENT && bytes == 1;
}

const char *utf8_repair(struct arena *a, const char *s)
{
    size_t bad = 0;
    uint32_t code;
    for (const char *p = s; *p;) {
        size_t n = utf8_decode(p, &code);
        bad += wrong(code, n);
        p += n;
    }
    if (bad == 0)
        return s;
    char *copy = arena_alloc(a, strlen(s) + 2 * bad + 1, 1), *to = copy;
    while (*s) {
        size_t n = utf8_decode(s, &code);
        size_t out = wrong(code, n) ? 3 : n;
        memcpy(to, wrong(code, n) ? "\xEF\xBF\xBD" : s, out);
        to += out;
        s += n;
    }
    return copy;
}
