/* term.c - see term.h. */
#include "reports/term.h"
#include "reports/utf8.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

struct span {
    uint32_t from, to;
};

/* Source: Unicode 15, EastAsianWidth.txt (W and F) and the combining blocks; coarse, as terminals are. */
static const struct span wide[] = {{0x1100, 0x115F},   {0x2E80, 0xA4CF},  {0xAC00, 0xD7A3},
                                   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},  {0xFF00, 0xFF60},
                                   {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};
static const struct span empty[] = {{0x0300, 0x036F}, {0x200B, 0x200F}, {0xFE00, 0xFE0F}, {0x20D0, 0x20FF}};

static bool in_spans(uint32_t c, const struct span *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (c >= s[i].from && c <= s[i].to)
            return true;
    }
    return false;
}

static int width_of(uint32_t c)
{
    if (in_spans(c, empty, sizeof empty / sizeof empty[0]))
        return 0;
    return in_spans(c, wide, sizeof wide / sizeof wide[0]) ? 2 : 1;
}

int term_width(const char *s)
{
    int width = 0;
    while (*s) {
        uint32_t c;
        s += utf8_decode(s, &c);
        width += width_of(c);
    }
    return width;
}

const char *term_clean(struct arena *a, const char *s)
{
    char *copy = arena_strdup(a, s), *to = copy;
    while (*s) {
        uint32_t c;
        size_t n = utf8_decode(s, &c);
        bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || (c == UTF8_REPLACEMENT && n == 1) ||
                       (c >= 0x202A && c <= 0x202E);
        if (control)
            *to++ = c == '\n' || c == '\t' ? ' ' : '?';
        else
            memcpy(to, s, n), to += n;
        s += n;
    }
    *to = '\0';
    return copy;
}

/* The end of what fits into `width` columns; *blank and *mark get the last places where a line may be cut. */
static const char *fitting(const char *s, int width, const char **blank, const char **mark)
{
    const char *p = s;
    for (int used = 0; *p;) {
        uint32_t c;
        size_t n = utf8_decode(p, &c);
        if (used + width_of(c) > width && p > s)
            break;
        used += width_of(c);
        p += n;
        if (c == ' ')
            *blank = p;
        else if (c < 0x80 && strchr("./_,:\\", (int)c))
            *mark = p;
    }
    return p;
}

char *term_wrap(struct arena *a, const char **rest, int width)
{
    const char *s = *rest + strspn(*rest, " ");
    if (!*s)
        return NULL;
    const char *blank = NULL, *mark = NULL, *end = fitting(s, width, &blank, &mark);
    if (*end && *end != ' ')
        end = blank ? blank : mark ? mark : end;
    *rest = end;
    while (end > s && end[-1] == ' ')
        end--;
    return arena_strndup(a, s, (size_t)(end - s));
}

char *term_bar(struct arena *a, double share, int width, bool unicode)
{
    static const char *const eighth[] = {"",
                                         "\xE2\x96\x8F",
                                         "\xE2\x96\x8E",
                                         "\xE2\x96\x8D",
                                         "\xE2\x96\x8C",
                                         "\xE2\x96\x8B",
                                         "\xE2\x96\x8A",
                                         "\xE2\x96\x89"};
    double bounded = isnan(share) || share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
    int steps = (int)lround(bounded * width * (unicode ? 8 : 1));
    int full = unicode ? steps / 8 : steps, part = unicode ? steps % 8 : 0;
    char *bar = arena_alloc(a, (size_t)width * 3 + 4, 1), *to = bar;
    for (int i = 0; i < full; i++)
        to += snprintf(to, 4, "%s", unicode ? "\xE2\x96\x88" : "#");
    if (part)
        to += snprintf(to, 4, "%s", eighth[part]);
    for (int i = full + (part > 0); i < width; i++)
        *to++ = ' ';
    return bar;
}

const char *term_tone(const struct term *t, enum tone tone)
{
    static const char *const codes[] = {"", "\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[2m"};
    return t->style.color ? codes[tone] : "";
}

const char *term_bold(const struct term *t)
{
    return t->style.color ? "\x1b[1m" : "";
}

const char *term_off(const struct term *t)
{
    return t->style.color ? "\x1b[0m" : "";
}

void term_paragraph(const struct term *t, const char *first, const char *text, enum tone tone)
{
    int indent = term_width(first), width = t->style.width - indent;
    const char *rest = term_clean(t->arena, text), *line;
    const char *on = term_tone(t, tone), *off = tone == TONE_PLAIN ? "" : term_off(t);
    for (bool begin = true; (line = term_wrap(t->arena, &rest, width)) != NULL; begin = false)
        fprintf(t->out, "%*s%s%s%s%s\n", begin ? 0 : indent, "", begin ? first : "", on, line, off);
}

void term_heading(const struct term *t, const char *text)
{
    fprintf(t->out, "\n%s%s%s\n", term_bold(t), text, term_off(t));
}
