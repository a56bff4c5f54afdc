/* errs.c - collected errors and warnings. */
#include "model/base/errs.h"
#include "model/base/check.h"

enum { MOST_ERRORS = 200, MOST_WARNINGS = 1000 };

struct errs {
    struct arena *arena;
    struct err *err;
    size_t n, capacity, dropped;
    struct warning *warning;
    size_t warnings, warning_capacity, warnings_dropped;
    bool unreadable, invalid; /* of dropped errors too */
};

struct errs *errs_new(struct arena *a)
{
    struct errs *e = ARENA_NEW(a, struct errs);
    e->arena = a;
    return e;
}

static const char *copy_or_null(struct arena *a, const char *s)
{
    return s ? arena_strdup(a, s) : NULL;
}

static void add(struct errs *e, enum err_kind kind, struct pos pos, const char *path, const char *nearest,
                const char *fmt, va_list args)
{
    CHECK(kind == ERR_UNREADABLE || kind == ERR_INVALID);
    *(kind == ERR_UNREADABLE ? &e->unreadable : &e->invalid) = true;
    if (e->n == MOST_ERRORS) {
        e->dropped++;
        return;
    }
    struct err *err = ARENA_PUSH(e->arena, e->err, e->n, e->capacity);
    *err = (struct err){.kind = kind,
                        .pos = {copy_or_null(e->arena, pos.file), pos.line, pos.column},
                        .path = copy_or_null(e->arena, path),
                        .text = arena_vprintf(e->arena, fmt, args),
                        .nearest = copy_or_null(e->arena, nearest)};
}

void errs_add(struct errs *e, enum err_kind kind, struct pos pos, const char *path, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    add(e, kind, pos, path, NULL, fmt, args);
    va_end(args);
}

void errs_add_near(struct errs *e, enum err_kind kind, struct pos pos, const char *path, const char *nearest,
                   const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    add(e, kind, pos, path, nearest, fmt, args);
    va_end(args);
}

void errs_warn(struct errs *e, const char *code, const char *where, const char *fmt, ...)
{
    if (e->warnings == MOST_WARNINGS) {
        e->warnings_dropped++;
        return;
    }
    struct warning *w = ARENA_PUSH(e->arena, e->warning, e->warnings, e->warning_capacity);
    va_list args;
    va_start(args, fmt);
    *w = (struct warning){.code = arena_strdup(e->arena, code),
                          .text = arena_vprintf(e->arena, fmt, args),
                          .where = copy_or_null(e->arena, where)};
    va_end(args);
}

bool errs_any(const struct errs *e)
{
    return e->n > 0;
}

int errs_exit_code(const struct errs *e)
{
    return e->unreadable ? ERR_UNREADABLE : e->invalid ? ERR_INVALID : 0;
}

size_t errs_count(const struct errs *e)
{
    return e->n;
}

const struct err *errs_get(const struct errs *e, size_t i)
{
    CHECK(i < e->n);
    return &e->err[i];
}

size_t errs_dropped(const struct errs *e)
{
    return e->dropped;
}

size_t errs_warning_count(const struct errs *e)
{
    return e->warnings;
}

size_t errs_warnings_dropped(const struct errs *e)
{
    return e->warnings_dropped;
}

const struct warning *errs_warning(const struct errs *e, size_t i)
{
    CHECK(i < e->warnings);
    return &e->warning[i];
}

/* "file:line:col: ", as far as known. */
static char *place(struct arena *a, struct pos pos)
{
    if (!pos.file)
        return arena_strdup(a, "");
    if (pos.line <= 0)
        return arena_printf(a, "%s: ", pos.file);
    if (pos.column <= 0)
        return arena_printf(a, "%s:%d: ", pos.file, pos.line);
    return arena_printf(a, "%s:%d:%d: ", pos.file, pos.line, pos.column);
}

char *errs_format(struct arena *a, const struct err *err)
{
    const char *hint = err->nearest ? arena_printf(a, " (did you mean '%s'?)", err->nearest) : "";
    return arena_printf(a, "%s%s%s%s%s", place(a, err->pos), err->path ? err->path : "",
                        err->path ? ": " : "", err->text, hint);
}
