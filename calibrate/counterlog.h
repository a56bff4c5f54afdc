/* counterlog.h - counter logs behind one streaming interface.
 *
 * Does      opens PDH-CSV and TSV files; yields rows; parses counter paths from right to left
 * Units     values as logged; times in ns since 1970 in the log's local time, and minutes to add for
 *           UTC where known
 * Shape     rows and columns unbounded; one row in memory
 * Owns      reader memory from the arena; a row's values are valid until the next call
 * Errors    ERR_UNREADABLE: cannot open, not a counter log, empty; a bad row is a warning with its
 *           line, never filled in
 * States    a cell is a value, missing (blank, or the row ends before it) or bad (no number); nothing
 *           is replaced by 0
 * Source    Microsoft's PDH text format as found in logs of many hosts: month first and a dot in every
 *           locale, a first row without rates, a comment column at the end, rolled files that repeat
 *           the header
 */
#ifndef HVPLAN_CALIBRATE_COUNTERLOG_H
#define HVPLAN_CALIBRATE_COUNTERLOG_H

#include "model/base/errs.h"
#include <stdbool.h>
#include <stdint.h>

struct counter_path {
    const char *text;                        /* as in the header */
    const char *host;                        /* "" when the path has none */
    const char *object, *instance, *counter; /* instance "" for single-instance objects */
};
/* false if the cell is not a counter path (the comment column). */
bool counter_path_parse(struct arena *a, const char *text, struct counter_path *out);

struct log_reader;
struct log_reader *log_open(struct arena *a, const char *path, struct errs *e); /* NULL after errors */
int log_columns(const struct log_reader *r);
const struct counter_path *log_column(const struct log_reader *r, int i);
/* Minutes to add to local time for UTC; false when the header does not say. */
bool log_bias(const struct log_reader *r, int *minutes);
/* Next row: false at the end. value[i] is NaN where missing or bad. */
bool log_next(struct log_reader *r, int64_t *at_ns, const double **value);
/* State of column i in the row last read. */
enum log_state { LOG_VALUE, LOG_MISSING, LOG_BAD };
enum log_state log_cell(const struct log_reader *r, int i);
int log_line(const struct log_reader *r);     /* line of that row */
int log_bad_rows(const struct log_reader *r); /* rows without a time stamp so far; they are not handed out */
/* After the last row. */
void log_close(struct log_reader *r);

#endif
