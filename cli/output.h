/* output.h - where results go: stdout, or a file that appears only when it is whole.
 *
 * Does      writes to a temporary name beside the file and renames it; chooses the format by the suffix
 * Errors    a complaint on stderr and false: the command then exits 1
 */
#ifndef HVPLAN_CLI_OUTPUT_H
#define HVPLAN_CLI_OUTPUT_H

#include "cli/session.h"
#include <stdio.h>

enum output_format {
    OUTPUT_TEXT,
    OUTPUT_JSON,
    OUTPUT_HTML,
    OUTPUT_MARKDOWN,
    OUTPUT_CSV,
    OUTPUT_UNKNOWN /* a suffix that stands for no format */
};

/* Of a result: by --json and the suffix of `path` (NULL and "-": stdout, so text). */
enum output_format output_format_of(const struct session *s, const char *path);

struct output {
    FILE *stream;
    const char *path;      /* NULL = stdout */
    const char *temporary; /* NULL = written in place (a device, a pipe) */
};

bool output_open(const struct session *s, struct output *o, const char *path);
/* `well`: everything was written, and a note says so; else, or when closing fails, nothing of the file is left. */
bool output_close(const struct session *s, struct output *o, bool well);

/* A result in the format of `path`, or of --json. False after a complaint. */
bool output_result(const struct session *s, const char *path, const struct result *r);
/* The same as text on stderr, when stdout carries something else. */
void output_result_to_stderr(const struct session *s, const struct result *r);

#endif
