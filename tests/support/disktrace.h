/* disktrace.h - a recorded trace of disk operations, as wpaexporter writes it (German numbers, fields split by ";", bzip2).
 *
 * Does      reads it, sorts it by start, takes quantiles of it, writes arrivals as a trace of the model
 * Units     seconds, bytes
 * Shape     "Disk Service Time" is not the device's own: it is the time from the later of the operation's start and the end of
 *           the operation that ended before it, so that one server working through them in the order of their ends has exactly
 *           these times
 * Owns      operations live in the arena that disktrace_read is given
 * Errors    a file that cannot be read, or a line that is no operation, fails the test
 * Source    bgeneto/windows-disk-trace-vis: one start of Windows 11 from a solid-state disk, 172,630 operations
 */
#ifndef HVPLAN_TESTS_DISKTRACE_H
#define HVPLAN_TESTS_DISKTRACE_H

#include "model/base/arena.h"
#include <stdbool.h>
#include <stddef.h>

enum disktrace_kind { DISKTRACE_READ, DISKTRACE_WRITE, DISKTRACE_FLUSH, DISKTRACE_KINDS };

struct disktrace_io {
    enum disktrace_kind kind;
    double start_s, end_s, service_s;
    double bytes;
    int depth;       /* operations outstanding when it started, itself not counted */
    bool background; /* of very low priority */
};

struct disktrace {
    struct disktrace_io *io; /* by start */
    int n, capacity;
};

/* False, with a message, where the recording is absent. */
bool disktrace_available(void);
void disktrace_read(struct arena *a, struct disktrace *t);
/* "16.384" is 16384 and "87,200" is 87.2. False if it is no number. */
bool disktrace_number(const char *text, double *value);

/* Which operations: every second one of a kind (0 or 1), the first or the second half of the trace, those that found the disk
 * without work. */
struct disktrace_part {
    enum disktrace_kind kind;
    int every; /* -1 = all; else those whose number among the chosen ones is even (0) or odd (1) */
    int half;  /* 0 = all, 1, 2 */
    bool found_empty;
    bool response; /* end - start in place of the service time */
};
/* Times in s, ascending. */
double *disktrace_times(struct arena *a, const struct disktrace *t, const struct disktrace_part *part,
                        int *n);
/* Of ascending values, by the definition of the model's own quantiles: the least that at least the share `level` reaches. */
double disktrace_quantile(const double *sorted, int n, double level);
/* "{quantiles: {p0: ... us, ..., p100: ... us}}"; p100 is set so that the mean is that of the values. */
const char *disktrace_fit(struct arena *a, const double *sorted, int n);
/* Arrivals of one kind in `half`, from the start of that half; the path of the file. */
const char *disktrace_arrivals(struct arena *a, const struct disktrace *t, enum disktrace_kind kind,
                               int half);

#endif
