/* lines.c - lines of a text file, whatever its encoding. */
#include "calibrate/lines.h"
#include "calibrate/sniff.h"
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum encoding { ENC_BYTES, ENC_UTF8, ENC_UTF16LE, ENC_UTF16BE };
#define BLOCK ((size_t)256 << 10)

struct lines {
    struct arena *arena;
    struct errs *errs;
    const char *path;
    FILE *file;
    enum encoding encoding;
    unsigned char *raw; /* one block as read */
    size_t raw_n;       /* bytes of it that are not decoded yet (the first `raw_n`) */
    uint32_t high;      /* UTF-16: high surrogate that waits for its partner, else 0 */
    char *text;         /* decoded, [start, end) not handed out yet */
    size_t start, end, room;
    int number;
    bool eof, failed, unfinished;
};

static void fail(struct lines *l, int line, const char *what)
{
    l->failed = true;
    errs_add(l->errs, ERR_UNREADABLE, (struct pos){l->path, line, 0}, NULL, "%s", what);
}

static void room_make(struct lines *l, size_t more)
{
    if (l->start > 0) {
        memmove(l->text, l->text + l->start, l->end - l->start);
        l->end -= l->start;
        l->start = 0;
    }
    if (l->end + more > l->room) {
        const size_t room = 2 * l->room > l->end + more ? 2 * l->room : l->end + more;
        l->text = arena_grow(l->arena, l->text, l->room, room, 1);
        l->room = room;
    }
}

static size_t utf8_put(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    const size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const uint32_t lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n - 1; i > 0; i--, c >>= 6) {
        out[i] = (char)(unsigned char)(0x80 | (c & 0x3F));
    }
    out[0] = (char)(unsigned char)(lead[n] | c);
    return n;
}

/* A surrogate without partner becomes U+FFFD. */
static void utf16_unit(struct lines *l, uint32_t u)
{
    if (u >= 0xDC00 && u < 0xE000) {
        l->end += utf8_put(l->text + l->end,
                           l->high ? 0x10000 + ((l->high - 0xD800) << 10) + (u - 0xDC00) : 0xFFFD);
        l->high = 0;
        return;
    }
    if (l->high) {
        l->end += utf8_put(l->text + l->end, 0xFFFD);
        l->high = 0;
    }
    if (u >= 0xD800 && u < 0xDC00) {
        l->high = u;
    } else {
        l->end += utf8_put(l->text + l->end, u);
    }
}

static void decode(struct lines *l)
{
    if (l->encoding == ENC_BYTES || l->encoding == ENC_UTF8) {
        memcpy(l->text + l->end, l->raw, l->raw_n);
        l->end += l->raw_n;
        l->raw_n = 0;
        return;
    }
    const bool little = l->encoding == ENC_UTF16LE;
    size_t i = 0;
    for (; i + 1 < l->raw_n; i += 2) {
        const unsigned lo = l->raw[little ? i : i + 1], hi = l->raw[little ? i + 1 : i];
        utf16_unit(l, hi << 8 | lo);
    }
    memmove(l->raw, l->raw + i, l->raw_n - i);
    l->raw_n -= i;
}

/* Reads one block behind what is there; false at the end or after an error. */
static bool fill(struct lines *l)
{
    if (l->eof || l->failed) {
        return false;
    }
    const size_t n = fread(l->raw + l->raw_n, 1, BLOCK - l->raw_n, l->file);
    if (n == 0) {
        l->eof = true;
        if (ferror(l->file)) {
            fail(l, l->number + 1, "cannot be read to its end");
        }
        return false;
    }
    l->raw_n += n;
    room_make(l, 2 * BLOCK);
    decode(l);
    return true;
}

static void mark_read(struct lines *l)
{
    static const struct {
        const char *bytes;
        size_t n;
        enum encoding encoding;
    } marks[] = {{"\xef\xbb\xbf", 3, ENC_UTF8}, {"\xff\xfe", 2, ENC_UTF16LE}, {"\xfe\xff", 2, ENC_UTF16BE}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (l->raw_n >= marks[i].n && memcmp(l->raw, marks[i].bytes, marks[i].n) == 0) {
            l->encoding = marks[i].encoding;
            memmove(l->raw, l->raw + marks[i].n, l->raw_n - marks[i].n);
            l->raw_n -= marks[i].n;
            return;
        }
    }
}

/* The first block decides what the file is. */
static bool head_read(struct lines *l)
{
    l->raw_n = fread(l->raw, 1, BLOCK, l->file);
    if (ferror(l->file)) {
        fail(l, 0, "cannot be read (is it a folder?)");
        return false;
    }
    const char *advice = sniff_advice(l->raw, l->raw_n);
    if (advice != NULL) {
        fail(l, 0, advice);
        return false;
    }
    mark_read(l);
    if (l->raw_n == 0) {
        fail(l, 0, "is empty; record at least two samples (logman, typeperf or relog -f csv)");
        return false;
    }
    room_make(l, 2 * BLOCK);
    decode(l);
    return true;
}

struct lines *lines_open(struct arena *a, const char *path, struct errs *e)
{
    struct lines *l = ARENA_NEW(a, struct lines);
    *l = (struct lines){.arena = a, .errs = e, .path = path};
    l->file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (l->file == NULL) {
        errs_add(e, ERR_UNREADABLE, (struct pos){path, 0, 0}, NULL, "cannot be opened: %s", strerror(errno));
        return NULL;
    }
    l->raw = arena_alloc(a, BLOCK, 1);
    if (!head_read(l)) {
        lines_close(l);
        return NULL;
    }
    return l;
}

static bool line_check(struct lines *l, const char *s, size_t n)
{
    if (memchr(s, '\0', n) != NULL) {
        fail(l, l->number,
             "NUL bytes: this is no text file; convert a binary log with 'relog in.blg -f csv -o out.csv'");
        return false;
    }
    return true;
}

bool lines_next(struct lines *l, char **text, size_t *n)
{
    size_t searched = 0;
    for (;;) {
        const size_t have = l->end - l->start;
        char *s = l->text + l->start;
        char *lf = have > searched ? memchr(s + searched, '\n', have - searched) : NULL;
        if (lf == NULL && have > LINES_LIMIT) {
            fail(l, l->number + 1, "a line of more than 64 MiB: this is no counter log");
            return false;
        }
        searched = have;
        if (lf == NULL && fill(l)) {
            continue;
        }
        if (l->failed || have == 0) {
            return false;
        }
        l->number++;
        l->unfinished = lf == NULL;
        *n = lf != NULL ? (size_t)(lf - s) : have;
        l->start += *n + (lf != NULL ? 1 : 0);
        *n -= *n > 0 && s[*n - 1] == '\r' ? 1 : 0;
        *text = s;
        return line_check(l, s, *n);
    }
}

int lines_number(const struct lines *l)
{
    return l->number;
}

bool lines_unicode(const struct lines *l)
{
    return l->encoding != ENC_BYTES;
}

bool lines_unfinished(const struct lines *l)
{
    return l->unfinished;
}

void lines_close(struct lines *l)
{
    if (l->file != NULL && l->file != stdin) {
        fclose(l->file);
    }
    l->file = NULL;
}
