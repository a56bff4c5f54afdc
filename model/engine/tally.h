/* tally.h - moments of a stream of values; merging two gives what one would have had.
 *
 * Does      count, mean, variance, extremes, Student intervals
 * Shape     an empty tally has mean 0, min = +infinity, max = -infinity and merges as nothing
 * Source    Welford (1962); merging: Chan, Golub, LeVeque (1979)
 */
#ifndef HVPLAN_ENGINE_TALLY_H
#define HVPLAN_ENGINE_TALLY_H

#include "model/engine/normal.h"
#include "model/engine/student.h"
#include <stdint.h>

struct tally {
    uint64_t n;
    double mean, m2, min, max;
};

void tally_init(struct tally *t);
void tally_add(struct tally *t, double x);
void tally_merge(struct tally *into, const struct tally *from);
double tally_variance(const struct tally *t);  /* sample variance; 0 when n < 2 */
double tally_std_error(const struct tally *t); /* of the mean; 0 when n < 2 */
/* Half-width of the two-sided Student interval at `level` (0.95); infinity when n < 2. */
double tally_half_width(const struct tally *t, double level);

#endif
