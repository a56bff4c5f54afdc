/* logset.h - several logs as one set of series.
 *
 * Does      reads files of one or several machines, joins rolled files and cadences: each counter is a
 *           series of its own with its own stamps; keeps the values of known counters, statistics of
 *           all
 * Units     ns of local time; values as logged
 * Shape     24 bytes of memory a value of a known counter
 * Owns      everything lives in the arena given
 * Errors    those of the reader; ERR_INVALID: fewer than two samples. Warnings: stamps that go back or
 *           repeat, holes, double columns
 */
#ifndef HVPLAN_CALIBRATE_LOGSET_H
#define HVPLAN_CALIBRATE_LOGSET_H

#include "calibrate/calibrate.h"
#include "calibrate/known.h"

/* A value holds for the span that ends at its stamp. */
struct log_point {
    int64_t end_ns;
    double span_s, value;
};
struct log_series {
    const struct counter_path *path;
    int name; /* known.h; NAME_UNKNOWN where the inventory names the counter */
    struct log_point *point;
    size_t n, room;
    double step_s; /* median */
};
struct logset {
    struct arena *arena;
    struct errs *errs;
    const char *const *file;
    int files;
    struct inspect_column *column;
    const struct counter_path **column_path;
    int *column_series; /* -1: its values are not kept */
    int columns, column_room;
    struct log_series *series;
    int n, room;
    int64_t first_ns, last_ns;
    double interval_s; /* median step */
    uint64_t rows;
    int gaps;
    double longest_gap_s;
    int backward; /* rows not read because time went back */
    int *table;   /* hash table of columns */
    int table_size;
};

/* `wanted`: counter paths to keep although their names are not known (units of work of the inventory). NULL
 * after errors. */
struct logset *logset_read(struct arena *a, const char *const *paths, int n, const char *const *wanted,
                           int n_wanted, struct errs *e);

/* Time-weighted mean over [from, to]; NaN without values. */
double logset_mean(const struct log_series *s, int64_t from_ns, int64_t to_ns);

#endif
