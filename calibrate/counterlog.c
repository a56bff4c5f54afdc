/* counterlog.c - counter logs behind one streaming interface. */
#include "calibrate/counterlog.h"
#include "calibrate/cells.h"
#include "calibrate/codepage.h"
#include "calibrate/lines.h"
#include "calibrate/number.h"
#include "calibrate/stamp.h"
#include "model/base/text.h"
#include <math.h>
#include <string.h>

#define ROW_WARNINGS 5 /* of one kind and file; the rest is counted */

struct log_reader {
    struct arena *arena;
    struct errs *errs;
    const char *path;
    struct lines *lines;
    char delimiter;
    struct cells cells;
    struct counter_path *column;
    int *cell_of; /* index of the column's cell in a row */
    int columns, header_cells;
    int prose; /* cells of the header that are no paths, the last one not counted */
    const char *prose_text;
    uint64_t header_hash;
    bool has_bias;
    int bias;
    double *value;
    enum log_state *state;
    int short_rows, bad_stamps;
    bool failed;
};

static struct pos here(const struct log_reader *r)
{
    return (struct pos){r->path, lines_number(r->lines), 0};
}

static const char *where(const struct log_reader *r)
{
    return arena_printf(r->arena, "%s:%d", r->path, lines_number(r->lines));
}

static bool starts(const char *s, size_t n, const char *with)
{
    const size_t m = strlen(with);
    return n >= m && memcmp(s, with, m) == 0;
}

static bool is_blank(const struct cell *c)
{
    for (size_t i = 0; i < c->n; i++) {
        if (c->text[i] != ' ' && c->text[i] != '\t') {
            return false;
        }
    }
    return true;
}

/* "(PDH-CSV 4.0) (Tokyo Standard Time)(-540)": minutes to add for UTC in the last brackets. Non-English
 * Windows cuts the cell off anywhere. */
static void zone_parse(struct log_reader *r, const char *cell)
{
    const char *open = strrchr(cell, '(');
    double v;
    if (open == NULL) {
        return;
    }
    const size_t n = strcspn(open + 1, ")");
    if (open[1 + n] == ')' && number_parse(open + 1, n, &v) && fabs(v) <= 26.0 * 60.0 && open != cell) {
        r->has_bias = true;
        r->bias = (int)v;
    }
}

static uint64_t header_hash(struct arena *a, const char *line, size_t n)
{
    return text_hash(arena_strndup(a, line, n));
}

/* Keeps the cells that are paths. A prose cell at the end is the comment that the data collector set adds. */
static void header_columns(struct log_reader *r, const char *page)
{
    r->header_cells = r->cells.n;
    r->column = ARENA_ARRAY(r->arena, struct counter_path, (size_t)r->cells.n);
    r->cell_of = ARENA_ARRAY(r->arena, int, (size_t)r->cells.n);
    for (int i = 1; i < r->cells.n; i++) {
        const struct cell *c = &r->cells.cell[i];
        const char *text = codepage_convert(r->arena, page, c->text, c->n);
        if (counter_path_parse(r->arena, text, &r->column[r->columns])) {
            r->cell_of[r->columns++] = i;
        } else if (i < r->cells.n - 1 && r->prose++ == 0) {
            r->prose_text = arena_printf(r->arena, "column %d, '%.60s'", i + 1, text);
        }
    }
}

static bool header_parse(struct log_reader *r, char *line, size_t n)
{
    r->delimiter = cells_delimiter(line, n);
    const char *page = codepage_guess(line, n);
    const uint64_t hash = header_hash(r->arena, line, n);
    if (r->delimiter != 0) {
        cells_split(r->arena, &r->cells, line, n, r->delimiter, true);
        header_columns(r, page);
        zone_parse(r, codepage_convert(r->arena, page, r->cells.cell[0].text, r->cells.cell[0].n));
    }
    if (r->columns == 0) {
        errs_add(
            r->errs, ERR_UNREADABLE, here(r), NULL,
            "is no counter log: the first line has no counter path such as '\\\\HOST\\Processor(_Total)\\%% "
            "Processor "
            "Time'; write one with 'typeperf ... -f CSV -o out.csv' or 'relog in.blg -f csv -o out.csv'");
        return false;
    }
    if (r->prose > 0) {
        errs_warn(r->errs, "W501", where(r),
                  "%d columns are no counter paths and are not read; the first is %s", r->prose,
                  r->prose_text);
    }
    if (strcmp(page, "UTF-8") != 0) {
        errs_warn(r->errs, "W502", where(r), "the header is not Unicode; its names are read as code page %s",
                  page);
    }
    r->header_hash = hash;
    return true;
}

/* typeperf begins with an empty line. */
static bool header_find(struct log_reader *r)
{
    char *line;
    size_t n;
    while (lines_next(r->lines, &line, &n)) {
        if (!is_blank(&(struct cell){line, n})) {
            return header_parse(r, line, n);
        }
    }
    if (!errs_any(r->errs)) {
        errs_add(r->errs, ERR_UNREADABLE, (struct pos){r->path, 0, 0}, NULL, "holds only empty lines");
    }
    return false;
}

struct log_reader *log_open(struct arena *a, const char *path, struct errs *e)
{
    struct log_reader *r = ARENA_NEW(a, struct log_reader);
    *r = (struct log_reader){.arena = a, .errs = e, .path = path};
    r->lines = lines_open(a, path, e);
    if (r->lines == NULL) {
        return NULL;
    }
    if (!header_find(r)) {
        log_close(r);
        return NULL;
    }
    r->value = ARENA_ARRAY(a, double, (size_t)r->columns);
    r->state = ARENA_ARRAY(a, enum log_state, (size_t)r->columns);
    return r;
}

int log_columns(const struct log_reader *r)
{
    return r->columns;
}

const struct counter_path *log_column(const struct log_reader *r, int i)
{
    return &r->column[i];
}

bool log_bias(const struct log_reader *r, int *minutes)
{
    *minutes = r->bias;
    return r->has_bias;
}

/* A file that a spreadsheet saved with ';' has decimal commas where its locale has them. */
static bool comma_number(struct log_reader *r, const struct cell *c, double *v)
{
    char text[64];
    if (r->delimiter == ',' || c->n >= sizeof text) {
        return false;
    }
    memcpy(text, c->text, c->n);
    text[c->n] = '\0';
    char *comma = strchr(text, ',');
    if (comma != NULL) {
        *comma = '.';
    }
    return comma != NULL && number_parse(text, c->n, v);
}

/* The end of a line may be the end of the buffer: copies the cell, so that a NUL stands behind it. */
static bool last_number(const struct cell *c, double *v)
{
    char text[512];
    if (c->n >= sizeof text) {
        return false;
    }
    memcpy(text, c->text, c->n);
    text[c->n] = '\0';
    return number_parse(text, c->n, v);
}

static void cell_read(struct log_reader *r, int column, const struct cell *c, bool last)
{
    double v = 0.0;
    enum log_state state = LOG_BAD;
    if (is_blank(c)) {
        state = LOG_MISSING;
    } else if (last ? last_number(c, &v) : number_parse(c->text, c->n, &v)) {
        state = LOG_VALUE;
    } else if (comma_number(r, c, &v)) {
        state = LOG_VALUE;
    }
    r->value[column] = state == LOG_VALUE ? v : (double)NAN;
    r->state[column] = state;
}

static void row_read(struct log_reader *r)
{
    const int cells = r->cells.n;
    /* The last cell of a line that was cut off may be half a number. */
    const bool cut = r->cells.open || (cells < r->header_cells && lines_unfinished(r->lines));
    for (int i = 0; i < r->columns; i++) {
        const int k = r->cell_of[i];
        if (k < cells) {
            cell_read(r, i, &r->cells.cell[k], k == cells - 1);
        } else {
            r->value[i] = (double)NAN;
            r->state[i] = LOG_MISSING;
        }
        if (cut && k == cells - 1) {
            r->value[i] = (double)NAN;
            r->state[i] = LOG_BAD;
        }
    }
    if (cells != r->header_cells && r->short_rows++ < ROW_WARNINGS) {
        errs_warn(
            r->errs, "W503", where(r), "%d cells in a row under a header of %d; %s", cells, r->header_cells,
            cells < r->header_cells ? "the rest of the row counts as missing" : "the surplus is not read");
    }
}

static bool is_footer(const char *line, size_t n)
{
    static const char *const footers[] = {"Exiting, please wait", "The command completed",
                                          "\"Exiting, please", "The command failed"};
    for (size_t i = 0; i < sizeof footers / sizeof *footers; i++) {
        if (starts(line, n, footers[i])) {
            return true;
        }
    }
    return false;
}

static bool is_header(const char *line, size_t n)
{
    return starts(line, n, "\"(PDH-") || starts(line, n, "(PDH-") || starts(line, n, "\xef\xbb\xbf\"(PDH-");
}

/* `relog -a` and copying files together repeat the header. */
static bool header_again(struct log_reader *r, const char *line, size_t n)
{
    const size_t mark = starts(line, n, "\xef\xbb\xbf") ? 3 : 0;
    if (header_hash(r->arena, line + mark, n - mark) == r->header_hash) {
        return true;
    }
    r->failed = true;
    errs_add(
        r->errs, ERR_INVALID, here(r), NULL,
        "another header with other columns begins here: split the file and name its parts as separate logs");
    return false;
}

static void bad_stamp(struct log_reader *r)
{
    const struct cell *c = &r->cells.cell[0];
    if (r->bad_stamps++ < ROW_WARNINGS) {
        errs_warn(r->errs, "W504", where(r),
                  "'%.*s' is no time stamp such as 05/11/2015 00:01:00.645; the row is not read%s",
                  c->n < 60 ? (int)c->n : 60, c->text,
                  memchr(c->text, '/', c->n) == NULL ? " (was the file saved again by a spreadsheet?)" : "");
    }
}

bool log_next(struct log_reader *r, int64_t *at_ns, const double **value)
{
    char *line;
    size_t n;
    while (!r->failed && lines_next(r->lines, &line, &n)) {
        if (is_blank(&(struct cell){line, n}) || is_footer(line, n)) {
            continue;
        }
        if (is_header(line, n)) {
            if (!header_again(r, line, n)) {
                return false;
            }
            continue;
        }
        cells_split(r->arena, &r->cells, line, n, r->delimiter, false);
        if (!stamp_parse(r->cells.cell[0].text, r->cells.cell[0].n, at_ns)) {
            bad_stamp(r);
            continue;
        }
        row_read(r);
        *value = r->value;
        return true;
    }
    return false;
}

enum log_state log_cell(const struct log_reader *r, int i)
{
    return r->state[i];
}

int log_line(const struct log_reader *r)
{
    return lines_number(r->lines);
}

int log_bad_rows(const struct log_reader *r)
{
    return r->bad_stamps;
}

void log_close(struct log_reader *r)
{
    lines_close(r->lines);
}
