/* logset.c - several logs as one set of series. */
#include "calibrate/logset.h"
#include "calibrate/counterlog.h"
#include "model/base/text.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HOUR_NS INT64_C(3600000000000)
/* A span over this many times the median is a hole; PerfMon wrote nothing there. */
#define HOLE 3.0

/* One file while it is read. */
struct source {
    struct log_reader *reader;
    const char *path;
    int *column; /* in the set, by column of the file */
    bool *twice; /* a second column of the same name */
    double *step;
    int steps, room;
    int64_t first_ns, last_ns, shift_ns;
    uint64_t rows;
    double median_s;
    uint64_t columns_hash;
};

static uint64_t path_hash(struct arena *a, const char *path)
{
    char *lower = arena_strdup(a, path);
    for (char *c = lower; *c; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
    return text_hash(lower);
}

static void table_grow(struct logset *s)
{
    const int size = s->table_size == 0 ? 1024 : 4 * s->table_size;
    s->table = ARENA_ARRAY(s->arena, int, (size_t)size);
    s->table_size = size;
    for (int i = 0; i < s->columns; i++) {
        size_t h = path_hash(s->arena, s->column[i].path) % (size_t)size;
        while (s->table[h] != 0) {
            h = (h + 1) % (size_t)size;
        }
        s->table[h] = i + 1;
    }
}

static bool is_wanted(const struct counter_path *p, const char *const *wanted, int n)
{
    for (int i = 0; i < n; i++) {
        if (text_same(p->text, wanted[i])) {
            return true;
        }
    }
    return false;
}

static int column_new(struct logset *s, const struct counter_path *p, bool wanted)
{
    if (s->columns == s->column_room) {
        const size_t old = (size_t)s->columns, room = old == 0 ? 64 : 2 * old;
        s->column = arena_grow(s->arena, s->column, old, room, sizeof *s->column);
        s->column_path = arena_grow(s->arena, s->column_path, old, room, sizeof *s->column_path);
        s->column_series = arena_grow(s->arena, s->column_series, old, room, sizeof *s->column_series);
        s->column_room = (int)room;
    }
    const int i = s->columns++, name = known_find(p);
    s->column[i] =
        (struct inspect_column){.path = p->text, .min = (double)INFINITY, .max = -(double)INFINITY};
    s->column_path[i] = p;
    s->column_series[i] = -1;
    if (name != NAME_UNKNOWN || wanted) {
        s->column_series[i] = s->n;
        *ARENA_PUSH(s->arena, s->series, s->n, s->room) = (struct log_series){.path = p, .name = name};
    }
    return i;
}

static int column_find(struct logset *s, const struct counter_path *p, bool wanted)
{
    if (2 * s->columns >= s->table_size) {
        table_grow(s);
    }
    size_t h = path_hash(s->arena, p->text) % (size_t)s->table_size;
    for (; s->table[h] != 0; h = (h + 1) % (size_t)s->table_size) {
        if (text_same(s->column[s->table[h] - 1].path, p->text)) {
            return s->table[h] - 1;
        }
    }
    const int i = column_new(s, p, wanted);
    s->table[h] = i + 1;
    return i;
}

static void source_columns(struct logset *s, struct source *f, const char *const *wanted, int n_wanted)
{
    const int n = log_columns(f->reader);
    f->column = ARENA_ARRAY(s->arena, int, (size_t)n);
    f->twice = ARENA_ARRAY(s->arena, bool, (size_t)n);
    bool *seen = ARENA_ARRAY(s->arena, bool, (size_t)(s->columns + n));
    for (int i = 0; i < n; i++) {
        const struct counter_path *p = log_column(f->reader, i);
        f->column[i] = column_find(s, p, is_wanted(p, wanted, n_wanted));
        f->columns_hash = f->columns_hash * 31 + (uint64_t)f->column[i];
        f->twice[i] = seen[f->column[i]];
        seen[f->column[i]] = true;
        if (f->twice[i]) {
            errs_warn(s->errs, "W505", f->path, "two columns of one name; the second is not read: %s",
                      p->text);
        }
    }
}

static void value_add(struct logset *s, struct source *f, int i, int64_t at, double span_s, double v)
{
    const int column = f->column[i];
    struct inspect_column *c = &s->column[column];
    const enum log_state state = log_cell(f->reader, i);
    c->missing += state == LOG_MISSING;
    c->bad += state == LOG_BAD;
    if (state != LOG_VALUE) {
        return;
    }
    c->values++;
    c->mean += (v - c->mean) / (double)c->values;
    c->min = v < c->min ? v : c->min;
    c->max = v > c->max ? v : c->max;
    if (s->column_series[column] >= 0) {
        struct log_series *series = &s->series[s->column_series[column]];
        *ARENA_PUSH(s->arena, series->point, series->n, series->room) = (struct log_point){at, span_s, v};
    }
}

/* Stamps are local time with the bias of the start of the log: in autumn an hour repeats. A step back by
 * nearly an hour is taken for that; any other step back is clock trouble, and the row is left out. */
static bool clock_fix(struct logset *s, struct source *f, int64_t *at)
{
    *at += f->shift_ns;
    if (f->rows == 0 || *at > f->last_ns) {
        return true;
    }
    const int64_t back = f->last_ns - *at;
    if (back > HOUR_NS * 9 / 10 && back <= HOUR_NS) {
        f->shift_ns += HOUR_NS;
        *at += HOUR_NS;
        errs_warn(s->errs, "W506", arena_printf(s->arena, "%s:%d", f->path, log_line(f->reader)),
                  "the clock goes back by an hour: taken for the end of daylight saving time");
        return true;
    }
    if (s->backward++ < 5) {
        errs_warn(s->errs, "W507", arena_printf(s->arena, "%s:%d", f->path, log_line(f->reader)),
                  "the time stamp %s; the row is not read",
                  back == 0 ? "is that of the row before" : "goes back");
    }
    return false;
}

static void source_rows(struct logset *s, struct source *f)
{
    const double *value;
    const int n = log_columns(f->reader);
    for (int64_t at; log_next(f->reader, &at, &value);) {
        if (!clock_fix(s, f, &at)) {
            continue;
        }
        const double span_s = f->rows == 0 ? 0.0 : (double)(at - f->last_ns) * 1e-9;
        if (f->rows == 0) {
            f->first_ns = at;
        } else {
            *ARENA_PUSH(s->arena, f->step, f->steps, f->room) = span_s;
        }
        f->last_ns = at;
        f->rows++;
        for (int i = 0; i < n; i++) {
            if (!f->twice[i]) {
                value_add(s, f, i, at, span_s, value[i]);
            }
        }
    }
}

static int double_order(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v, size_t n)
{
    if (n == 0) {
        return 0.0;
    }
    qsort(v, n, sizeof *v, double_order);
    return n % 2 ? v[n / 2] : 0.5 * (v[n / 2 - 1] + v[n / 2]);
}

static void gap_note(struct logset *s, double gap_s)
{
    s->gaps++;
    s->longest_gap_s = gap_s > s->longest_gap_s ? gap_s : s->longest_gap_s;
}

static bool source_read(struct logset *s, struct source *f, const char *path, const char *const *wanted,
                        int n_wanted)
{
    const size_t before = errs_count(s->errs);
    *f = (struct source){.path = path, .reader = log_open(s->arena, path, s->errs)};
    if (f->reader == NULL) {
        return false;
    }
    source_columns(s, f, wanted, n_wanted);
    source_rows(s, f);
    const int bad = log_bad_rows(f->reader);
    log_close(f->reader);
    if (errs_count(s->errs) == before && f->rows < 2) {
        errs_add(s->errs, bad > 0 && f->rows == 0 ? ERR_UNREADABLE : ERR_INVALID, (struct pos){path, 0, 0},
                 NULL,
                 f->rows == 0 ? bad > 0 ? "has no row with a time stamp such as 05/11/2015 00:01:00.645"
                                        : "has a header and no samples; record at least two"
                              : "has one sample; rates need at least two, a calibration some hundred");
    }
    f->median_s = median(f->step, (size_t)f->steps);
    for (int i = f->steps - 1; i >= 0 && f->step[i] > HOLE * f->median_s; i--) {
        gap_note(s, f->step[i]);
    }
    return errs_count(s->errs) == before;
}

static int source_order(const void *a, const void *b)
{
    const int64_t x = ((const struct source *)a)->first_ns, y = ((const struct source *)b)->first_ns;
    return (x > y) - (x < y);
}

/* Holes between rolled files: those with the same columns. */
static void gaps_between(struct logset *s, struct source *f, int n)
{
    qsort(f, (size_t)n, sizeof *f, source_order);
    for (int i = 0; i < n; i++) {
        for (int k = i + 1; k < n; k++) {
            if (f[k].columns_hash == f[i].columns_hash) {
                const double gap_s = (double)(f[k].first_ns - f[i].last_ns) * 1e-9;
                if (gap_s > HOLE * f[i].median_s) {
                    gap_note(s, gap_s);
                }
                break;
            }
        }
    }
}

static void totals(struct logset *s, struct source *f, int n)
{
    double *step = ARENA_ARRAY(s->arena, double, (size_t)n);
    for (int i = 0; i < n; i++) {
        s->rows += f[i].rows;
        s->first_ns = i == 0 || f[i].first_ns < s->first_ns ? f[i].first_ns : s->first_ns;
        s->last_ns = i == 0 || f[i].last_ns > s->last_ns ? f[i].last_ns : s->last_ns;
        step[i] = f[i].median_s;
    }
    s->interval_s = median(step, (size_t)n);
    gaps_between(s, f, n);
    for (int i = 0; i < s->columns; i++) {
        if (s->column[i].values == 0) {
            s->column[i].min = s->column[i].max = s->column[i].mean = (double)NAN;
        }
    }
}

static int point_order(const void *a, const void *b)
{
    const int64_t x = ((const struct log_point *)a)->end_ns, y = ((const struct log_point *)b)->end_ns;
    return (x > y) - (x < y);
}

/* Sorts the points of several files, leaves out what is there twice, and limits spans: the first value of a
 * file has no row before it, and a value after a hole does not stand for the hole. */
static void series_finish(struct logset *s, struct log_series *series)
{
    if (series->n > 0)
        qsort(series->point, series->n, sizeof *series->point, point_order);
    double *span = ARENA_ARRAY(s->arena, double, series->n);
    size_t spans = 0, kept = 0;
    for (size_t i = 0; i < series->n; i++) {
        if (series->point[i].span_s > 0.0) {
            span[spans++] = series->point[i].span_s;
        }
        if (kept == 0 || series->point[i].end_ns > series->point[kept - 1].end_ns) {
            series->point[kept++] = series->point[i];
        }
    }
    series->n = kept;
    series->step_s = spans > 0 ? median(span, spans) : s->interval_s;
    for (size_t i = 0; i < kept; i++) {
        struct log_point *p = &series->point[i];
        if (p->span_s <= 0.0 || p->span_s > HOLE * series->step_s) {
            p->span_s = series->step_s;
        }
    }
}

struct logset *logset_read(struct arena *a, const char *const *paths, int n, const char *const *wanted,
                           int n_wanted, struct errs *e)
{
    struct logset *s = ARENA_NEW(a, struct logset);
    *s = (struct logset){.arena = a, .errs = e, .file = paths, .files = n};
    struct source *f = ARENA_ARRAY(a, struct source, (size_t)n);
    bool ok = true;
    for (int i = 0; i < n; i++) {
        ok = source_read(s, &f[i], paths[i], wanted, n_wanted) && ok;
    }
    if (!ok) {
        return NULL;
    }
    totals(s, f, n);
    for (int i = 0; i < s->n; i++) {
        series_finish(s, &s->series[i]);
    }
    return s;
}

double logset_mean(const struct log_series *s, int64_t from_ns, int64_t to_ns)
{
    double sum = 0.0, weight = 0.0;
    for (size_t i = 0; i < s->n; i++) {
        const struct log_point *p = &s->point[i];
        if (p->end_ns > from_ns && p->end_ns <= to_ns) {
            sum += p->value * p->span_s;
            weight += p->span_s;
        }
    }
    return weight > 0.0 ? sum / weight : (double)NAN;
}
