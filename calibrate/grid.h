/* grid.h - series of several cadences on one common grid of intervals.
 *
 * Does      takes the stamps of the coarsest series as intervals; averages finer ones over them by overlap
 * Units     seconds; values as logged
 * Shape     an interval that a series covers by less than half is NaN
 * Owns      the arena given
 */
#ifndef HVPLAN_CALIBRATE_GRID_H
#define HVPLAN_CALIBRATE_GRID_H

#include "calibrate/machine.h"

struct grid {
    struct arena *arena;
    int64_t *start_ns, *end_ns;
    double *span_s;
    int n;
};

/* Grid of a machine: its coarsest known series of the classes that calibration reads. n = 0 if there is
 * nothing. */
struct grid *grid_new(struct arena *a, const struct machine *m);
/* Intervals [from, to) of a grid. */
struct grid *grid_part(struct arena *a, const struct grid *g, int from, int to);
/* Values over the intervals; all NaN for a NULL series. */
double *grid_values(const struct grid *g, const struct log_series *s);
/* Time-weighted mean of values; NaN are left out. NaN if nothing is there. */
double grid_mean(const struct grid *g, const double *v);
/* Weighted mean of `v` with weights w x span (latencies with operations as weights). */
double grid_weighted(const struct grid *g, const double *v, const double *w);

#endif
