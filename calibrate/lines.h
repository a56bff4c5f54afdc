/* lines.h - lines of a text file, whatever its encoding.
 *
 * Does      reads a file block by block and hands out one line at a time as bytes; UTF-8 and UTF-16
 *           with a byte-order mark are decoded (UTF-16 to UTF-8), anything else is passed on as it is
 * Shape     lines up to LINES_LIMIT bytes, ended by LF, CR LF or the end of the file
 * Owns      its buffers, from the arena given; a line is valid until the next call
 * Errors    ERR_UNREADABLE: cannot open or read, empty, compressed, a binary or another known format
 *           (says how to get a CSV out of it), a line longer than the limit, NUL bytes
 */
#ifndef HVPLAN_CALIBRATE_LINES_H
#define HVPLAN_CALIBRATE_LINES_H

#include "model/base/errs.h"
#include <stdbool.h>
#include <stddef.h>

#define LINES_LIMIT ((size_t)64 << 20)

struct lines;

struct lines *lines_open(struct arena *a, const char *path, struct errs *e); /* NULL after errors */
/* The next line without its end; the text may be changed in place. false at the end or after an error. */
bool lines_next(struct lines *l, char **text, size_t *n);
int lines_number(const struct lines *l); /* of the line last handed out, from 1 */
/* The file says by its mark that it is Unicode: no code page has to be guessed. */
bool lines_unicode(const struct lines *l);
/* The last line handed out had no line end: the file may be cut off in the middle of it. */
bool lines_unfinished(const struct lines *l);
void lines_close(struct lines *l);

#endif
