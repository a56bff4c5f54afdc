/* paired.h - differences of two scenarios that met the same random numbers.
 *
 * Does      pairs replicate means, gives the mean difference and its Student interval
 * Shape     scenarios of one study: replication r of both has the same arrivals and demands
 * Absent    a metric that one of them lacks gives NaN
 */
#ifndef HVPLAN_HOST_PAIRED_H
#define HVPLAN_HOST_PAIRED_H

#include "model/engine/tally.h"
#include "model/host/result.h"

struct paired {
    double delta, half_width; /* after - before */
};

/* Of n values each. `stride` in doubles. */
struct paired paired_values(const double *before, const double *after, int stride, int n, double level);
struct paired paired_metric(const struct scenario_result *before, const struct scenario_result *after,
                            const char *metric, double level);
/* -1 if there is none. `guess` is looked at first. */
int paired_index(const struct scenario_result *s, const char *metric, int guess);

#endif
