/* logtest.h - columns of a predicted counter log, by their path.
 *
 * Does      finds a column, takes its mean without the first row, which has no rates
 * Errors    a column that is not there fails the test
 * Order     include after tests/support/hosttest.h, whose arena it uses
 */
#ifndef HVPLAN_TESTS_LOGTEST_H
#define HVPLAN_TESTS_LOGTEST_H

#include "model/host/result.h"
#include "tests/support/hosttest.h"

static inline const char *logtest_path(const char *instance, const char *counter)
{
    return arena_printf(arena, "%s\\%s", instance, counter);
}

static inline int logtest_column(const struct counter_log *log, const char *path)
{
    for (int c = 0; c < log->columns; c++)
        if (strcmp(log->path[c], path) == 0)
            return c;
    return -1;
}

static inline bool logtest_has(const struct counter_log *log, const char *path)
{
    return logtest_column(log, path) >= 0;
}

static inline double logtest_cell(const struct counter_log *log, int row, const char *path)
{
    const int c = logtest_column(log, path);
    if (c < 0)
        fail_msg("no column %s", path);
    return log->value[(size_t)row * (size_t)log->columns + (size_t)c];
}

static inline double logtest_mean(const struct counter_log *log, const char *path)
{
    double sum = 0.0;
    for (int r = 1; r < log->rows; r++)
        sum += logtest_cell(log, r, path);
    return sum / (log->rows - 1);
}

/* Mean of the products of two columns: time in all of a mean time and a rate. */
static inline double logtest_total(const struct counter_log *log, const char *mean, const char *rate)
{
    double sum = 0.0;
    for (int r = 1; r < log->rows; r++)
        sum += logtest_cell(log, r, mean) * logtest_cell(log, r, rate);
    return sum / (log->rows - 1);
}

#endif
