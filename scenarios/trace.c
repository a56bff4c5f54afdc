/* trace.c - arrival traces. */
#include "scenarios/trace.h"

#include "model/base/text.h"

#include <errno.h>
#include <string.h>

enum { MOST_LINE = 4096, MOST_JOBS = 10000000 };

struct reader {
    struct arena *arena;
    struct errs *errs;
    const char *path;
    FILE *file;
    char line[MOST_LINE];
    int number;                  /* of the line */
    int time_column, cpu_column; /* -1 = absent */
    size_t capacity;
    bool stop;
};

char *trace_path(struct arena *a, const char *base, const char *path)
{
    const char *slash = base ? strrchr(base, '/') : NULL;
    if (path[0] == '/' || !slash)
        return arena_strdup(a, path);
    return arena_printf(a, "%.*s/%s", (int)(slash - base), base, path);
}

static void reader_stop(struct reader *r, const char *text)
{
    errs_add(r->errs, ERR_INVALID, (struct pos){r->path, r->number, 0}, NULL, "%s", text);
    r->stop = true;
}

/* The next line that is no comment and not blank, without its end; false at the end of the file. */
static bool line_next(struct reader *r)
{
    while (fgets(r->line, sizeof r->line, r->file)) {
        size_t n = strlen(r->line);
        r->number++;
        if (n == sizeof r->line - 1) {
            reader_stop(r, "line of more than 4094 characters, or a NUL byte");
            return false;
        }
        while (n > 0 && (r->line[n - 1] == '\n' || r->line[n - 1] == '\r'))
            r->line[--n] = '\0';
        if (n > 0 && r->line[0] != '#')
            return true;
    }
    return false;
}

/* Start and length of cell `column`; NULL if the line has fewer. */
static const char *cell(const char *line, int column, size_t *n)
{
    for (; column > 0; column--) {
        line = strchr(line, ',');
        if (!line)
            return NULL;
        line++;
    }
    *n = strcspn(line, ",");
    return line;
}

static bool header_read(struct reader *r)
{
    r->time_column = r->cpu_column = -1;
    if (!line_next(r)) {
        if (!r->stop)
            reader_stop(r, "empty trace; a header line with time_s is due");
        return false;
    }
    size_t n;
    const char *name;
    for (int i = 0; (name = cell(r->line, i, &n)); i++) {
        if (n == 6 && strncmp(name, "time_s", n) == 0)
            r->time_column = i;
        if (n == 5 && strncmp(name, "cpu_s", n) == 0)
            r->cpu_column = i;
    }
    if (r->time_column < 0)
        reader_stop(r, "the header line has no column time_s (and optionally cpu_s)");
    return r->time_column >= 0;
}

/* Seconds in a cell as ns. */
static bool seconds_read(struct reader *r, int column, const char *name, double *ns)
{
    size_t n = 0;
    const char *text = cell(r->line, column, &n);
    const char *end = text ? text_scan_number(text, 9, ns) : NULL;
    if (end && end == text + n && *ns >= 0 && *ns <= 1e17)
        return true;
    reader_stop(r, arena_printf(r->arena, "%s: '%.*s' is not a number of seconds from 0 to 1e8", name,
                                n < 80 ? (int)n : 80, text ? text : ""));
    return false;
}

static void job_read(struct reader *r, struct trace *t)
{
    double at, cpu = 0;
    if (!seconds_read(r, r->time_column, "time_s", &at) ||
        (r->cpu_column >= 0 && !seconds_read(r, r->cpu_column, "cpu_s", &cpu)))
        return;
    if (t->n == MOST_JOBS) {
        reader_stop(r, "more than 10000000 jobs");
        return;
    }
    if (t->n > 0 && at < t->at_ns[t->n - 1]) {
        reader_stop(r, "time_s goes back");
        return;
    }
    if (t->n == r->capacity) {
        size_t room = r->capacity ? 2 * r->capacity : 256;
        t->at_ns = arena_grow(r->arena, t->at_ns, t->n, room, sizeof *t->at_ns);
        if (r->cpu_column >= 0)
            t->cpu_ns = arena_grow(r->arena, t->cpu_ns, t->n, room, sizeof *t->cpu_ns);
        r->capacity = room;
    }
    t->at_ns[t->n] = at;
    if (r->cpu_column >= 0)
        t->cpu_ns[t->n] = cpu;
    t->n++;
}

void trace_read(struct arena *a, const char *base, const struct node *path, const struct bind_at *at,
                struct trace *t, struct errs *e)
{
    struct reader *r = ARENA_NEW(a, struct reader);
    r->arena = a;
    r->errs = e;
    r->path = trace_path(a, base, path->text);
    r->file = fopen(r->path, "rb");
    t->path = r->path;
    if (!r->file) {
        errs_add(e, ERR_UNREADABLE, path->pos, bind_path(a, at), "cannot open %s: %s", r->path,
                 strerror(errno));
        return;
    }
    if (header_read(r))
        while (!r->stop && line_next(r))
            job_read(r, t);
    if (ferror(r->file))
        errs_add(e, ERR_UNREADABLE, path->pos, bind_path(a, at), "cannot read %s", r->path);
    else if (!r->stop && t->n == 0)
        reader_stop(r, "the trace has no job");
    if (r->stop)
        errs_add(e, ERR_INVALID, path->pos, bind_path(a, at), "the trace %s cannot be used", r->path);
    fclose(r->file);
}
