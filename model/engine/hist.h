/* hist.h - quantiles of a positive stream in constant memory.
 *
 * Does      log-linear histogram: 128 linear steps to each factor of 2, so a quantile is off by at most 0.8 %
 *           (linear interpolation inside a step makes it far less in practice; the extremes are exact)
 * Units     of the values: ns, 1 .. 2^62; smaller counts as 0, larger as the top
 * Owns      its counts, from the arena given; merging adds counts, so the result does not depend on order
 */
#ifndef HVPLAN_ENGINE_HIST_H
#define HVPLAN_ENGINE_HIST_H

#include "model/base/arena.h"
#include <stdint.h>

struct hist {
    uint64_t *count;
    uint64_t n;
    int64_t min, max; /* of what was added, within the range */
};

void hist_init(struct hist *h, struct arena *a);
void hist_add(struct hist *h, int64_t ns);
void hist_merge(struct hist *into, const struct hist *from);
void hist_clear(struct hist *h);
/* Smallest value with at least a share p of the values at or below it. NaN when empty; p in [0, 1] */
double hist_quantile(const struct hist *h, double p);

#endif
