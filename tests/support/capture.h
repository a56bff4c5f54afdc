/* capture.h - what a function writes to a stream, as text. */
#ifndef HVPLAN_TESTS_CAPTURE_H
#define HVPLAN_TESTS_CAPTURE_H

#include "model/base/arena.h"
#include <stdio.h>

/* All that was written to the stream (a tmpfile), with a NUL behind; closes it. `n` may be NULL. */
char *capture_end(struct arena *a, FILE *stream, size_t *n);
/* A whole file; NULL if it cannot be read. */
char *capture_file(struct arena *a, const char *path);
/* Writes `text` to a new file under the build's temporary folder and returns its path. */
char *capture_write(struct arena *a, const char *text, size_t n);
/* How often `part` occurs. */
int capture_count(const char *text, const char *part);

#endif
