/* disktrace.c - a recorded trace of disk operations. */
#include "tests/support/disktrace.h"
#include "tests/support/support.h"
#include <bzlib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRACE_FILE HVPLAN_SOURCE_DIR "/../shared/logs/bgeneto_Disk_Usage_Counts_by_IO_Type_Priority.csv.bz2"

static const char *const kind_words[DISKTRACE_KINDS] = {"Read", "Write", "Flush"};

bool disktrace_available(void)
{
    FILE *f = fopen(TRACE_FILE, "rb");
    if (f)
        fclose(f);
    else
        print_message("skipped: no file %s\n", TRACE_FILE);
    return f != NULL;
}

/* ---- reading ---- */

/* Lines of a bzip2 file. */
struct lines {
    BZFILE *file;
    char buffer[65536];
    int at, filled;
    bool ended;
};

static int next_char(struct lines *l)
{
    if (l->at == l->filled) {
        int status = BZ_OK;
        if (l->ended)
            return EOF;
        l->filled = BZ2_bzRead(&status, l->file, l->buffer, (int)sizeof l->buffer);
        assert_true(status == BZ_OK || status == BZ_STREAM_END);
        l->ended = status == BZ_STREAM_END;
        l->at = 0;
        if (l->filled <= 0)
            return EOF;
    }
    return (unsigned char)l->buffer[l->at++];
}

static bool next_line(struct lines *l, char *line, size_t size)
{
    size_t n = 0;
    int c;
    while ((c = next_char(l)) != EOF && c != '\n') {
        assert_true(n + 1 < size);
        line[n++] = (char)c;
    }
    line[n] = '\0';
    return c != EOF || n > 0;
}

bool disktrace_number(const char *text, double *value)
{
    char plain[64];
    size_t n = 0;
    for (; *text && n + 1 < sizeof plain; text++)
        if (*text != '.')
            plain[n++] = *text == ',' ? '.' : *text;
    plain[n] = '\0';
    char *end;
    *value = strtod(plain, &end);
    return n > 0 && *end == '\0' && *text == '\0';
}

enum {
    KIND,
    PRIORITY,
    PROCESS,
    START,
    END,
    RESPONSE,
    SERVICE,
    SIZE,
    FIRST,
    LAST,
    DEPTH,
    DEPTH_END,
    DISK,
    COUNT,
    FIELDS
};

static int split(char *line, char *field[FIELDS])
{
    int n = 0;
    for (char *at = line; at && n < FIELDS; n++) {
        field[n] = at;
        at = strchr(at, ';');
        if (at)
            *at++ = '\0';
    }
    return n;
}

static struct disktrace_io operation(char *line)
{
    char *field[FIELDS] = {NULL};
    struct disktrace_io io = {.kind = DISKTRACE_KINDS};
    double service = 0.0, depth = 0.0;
    assert_int_equal(split(line, field), FIELDS);
    for (int k = 0; k < DISKTRACE_KINDS; k++)
        if (strcmp(field[KIND], kind_words[k]) == 0)
            io.kind = (enum disktrace_kind)k;
    assert_true(io.kind < DISKTRACE_KINDS);
    assert_true(disktrace_number(field[START], &io.start_s) && disktrace_number(field[END], &io.end_s) &&
                disktrace_number(field[SERVICE], &service) && disktrace_number(field[SIZE], &io.bytes) &&
                disktrace_number(field[DEPTH], &depth));
    io.service_s = service * 1e-6;
    io.depth = (int)depth;
    io.background = strcmp(field[PRIORITY], "Very Low") == 0;
    return io;
}

static int by_start(const void *a, const void *b)
{
    const struct disktrace_io *x = a, *y = b;
    if (x->start_s != y->start_s)
        return x->start_s < y->start_s ? -1 : 1;
    return (x->end_s > y->end_s) - (x->end_s < y->end_s);
}

void disktrace_read(struct arena *a, struct disktrace *t)
{
    FILE *f = fopen(TRACE_FILE, "rb");
    int status = BZ_OK;
    struct lines *l = ARENA_NEW(a, struct lines);
    char line[1024];
    assert_non_null(f);
    *t = (struct disktrace){.n = 0};
    l->file = BZ2_bzReadOpen(&status, f, 0, 0, NULL, 0);
    assert_int_equal(status, BZ_OK);
    assert_true(next_line(l, line, sizeof line) && strstr(line, "Disk Service Time"));
    while (next_line(l, line, sizeof line))
        *ARENA_PUSH(a, t->io, t->n, t->capacity) = operation(line);
    BZ2_bzReadClose(&status, l->file);
    fclose(f);
    qsort(t->io, (size_t)t->n, sizeof *t->io, by_start);
}

/* ---- parts ---- */

static bool in_half(const struct disktrace *t, int i, int half)
{
    return half == 0 || (half == 1) == (i < t->n / 2);
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double *disktrace_times(struct arena *a, const struct disktrace *t, const struct disktrace_part *part, int *n)
{
    double *times = ARENA_ARRAY(a, double, (size_t)t->n);
    int chosen = 0;
    *n = 0;
    for (int i = 0; i < t->n; i++) {
        const struct disktrace_io *io = &t->io[i];
        if (io->kind != part->kind || !in_half(t, i, part->half) || (part->found_empty && io->depth > 0))
            continue;
        if (part->every < 0 || part->every == chosen % 2)
            times[(*n)++] = part->response ? io->end_s - io->start_s : io->service_s;
        chosen++;
    }
    qsort(times, (size_t)*n, sizeof *times, ascending);
    return times;
}

double disktrace_quantile(const double *sorted, int n, double level)
{
    const int rank = (int)ceil(level * n);
    return sorted[rank < 1 ? 0 : rank - 1];
}

/* ---- what the model is given ---- */

const char *disktrace_fit(struct arena *a, const double *sorted, int n)
{
    static const struct {
        const char *key;
        double level;
    } points[] = {{"p1", 0.01},  {"p5", 0.05},  {"p10", 0.1},     {"p20", 0.2},
                  {"p30", 0.3},  {"p40", 0.4},  {"p50", 0.5},     {"p60", 0.6},
                  {"p70", 0.7},  {"p80", 0.8},  {"p90", 0.9},     {"p95", 0.95},
                  {"p98", 0.98}, {"p99", 0.99}, {"p99_5", 0.995}, {"p99_9", 0.999}};
    const char *text = arena_printf(a, "{quantiles: {p0: %.9g us", sorted[0] * 1e6);
    double level = 0.0, value = sorted[0], mean = 0.0, whole = 0.0;
    for (int i = 0; i < n; i++)
        whole += sorted[i] / n;
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        const double next = disktrace_quantile(sorted, n, points[i].level);
        mean += 0.5 * (points[i].level - level) * (value + next);
        level = points[i].level;
        value = next;
        text = arena_printf(a, "%s, %s: %.9g us", text, points[i].key, value * 1e6);
    }
    const double last = 2.0 * (whole - mean) / (1.0 - level) - value;
    return arena_printf(a, "%s, p100: %.9g us}}", text, fmax(last, value) * 1e6);
}

const char *disktrace_arrivals(struct arena *a, const struct disktrace *t, enum disktrace_kind kind, int half)
{
    const char *path = arena_printf(a, "%s/disktrace.%s.%d.csv", HVPLAN_BINARY_DIR, kind_words[kind], half);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs("time_s\n", out);
    double first = -1.0;
    for (int i = 0; i < t->n; i++) {
        if (!in_half(t, i, half))
            continue;
        first = first < 0.0 ? t->io[i].start_s : first;
        if (t->io[i].kind == kind)
            fprintf(out, "%.9f\n", t->io[i].start_s - first);
    }
    assert_int_equal(fclose(out), 0);
    return path;
}
