/* errs.h - user errors and warnings, collected and located.
 *
 * Does      gathers every error of a pass, so that the user sees all of them at once
 * Shape     at most 200 errors and 1000 warnings are kept; the rest is counted
 * Owns      copies every text into its own arena
 * Order     as added
 */
#ifndef HVPLAN_BASE_ERRS_H
#define HVPLAN_BASE_ERRS_H

#include "model/base/arena.h"
#include <stdbool.h>
#include <stddef.h>

/* What went wrong, which decides the exit code of the command. */
enum err_kind {
    ERR_UNREADABLE = 3, /* cannot open, read or decode: exit 3 */
    ERR_INVALID = 4     /* read, but what it says is not allowed: exit 4 */
};

/* line and column count from 1; 0 = unknown. */
struct pos {
    const char *file;
    int line, column;
};

struct err {
    enum err_kind kind;
    struct pos pos;
    const char *path;    /* key path "vms.web01.vcpus", or NULL */
    const char *text;    /* what was found and what is allowed */
    const char *nearest; /* nearest known name, or NULL */
};

struct warning {
    const char *code; /* stable, such as "W203" */
    const char *text;
    const char *where; /* file:line, counter and hour, or model path; NULL allowed */
};

struct errs;

struct errs *errs_new(struct arena *a);
void errs_add(struct errs *e, enum err_kind kind, struct pos pos, const char *path, const char *fmt, ...)
    HVPLAN_PRINTF(5, 6);
/* As errs_add, with the nearest known name ("did you mean"); `nearest` may be NULL. */
void errs_add_near(struct errs *e, enum err_kind kind, struct pos pos, const char *path, const char *nearest,
                   const char *fmt, ...) HVPLAN_PRINTF(6, 7);
void errs_warn(struct errs *e, const char *code, const char *where, const char *fmt, ...) HVPLAN_PRINTF(4, 5);

bool errs_any(const struct errs *e);
/* ERR_UNREADABLE if any error is, else ERR_INVALID if any, else 0. */
int errs_exit_code(const struct errs *e);
size_t errs_count(const struct errs *e);
const struct err *errs_get(const struct errs *e, size_t i);
size_t errs_dropped(const struct errs *e);
size_t errs_warning_count(const struct errs *e);
size_t errs_warnings_dropped(const struct errs *e);
const struct warning *errs_warning(const struct errs *e, size_t i);
/* "file:line:col: path: text (did you mean 'x'?)" in the arena. */
char *errs_format(struct arena *a, const struct err *err);

#endif
