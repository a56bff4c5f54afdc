/* trace.h - arrivals from a CSV file.
 *
 * Does      reads a header line with time_s and optionally cpu_s, then one line a job
 * Units     seconds in the file, ns in memory
 * Shape     up to 10 000 000 jobs, lines up to 4 KiB; # starts a comment line
 * Errors    ERR_UNREADABLE: cannot open; ERR_INVALID with line: no header, no number, negative, times that descend, no job
 */
#ifndef HVPLAN_SCENARIOS_TRACE_H
#define HVPLAN_SCENARIOS_TRACE_H

#include "model/host/model.h"
#include "scenarios/bind.h"

/* `path` is relative to the folder of `base`, the file that names it. */
void trace_read(struct arena *a, const char *base, const struct node *path, const struct bind_at *at,
                struct trace *t, struct errs *e);
/* The path of a file that another file names. */
char *trace_path(struct arena *a, const char *base, const char *path);

#endif
