/* stats.h - estimates from intervals: ratios, correlation, dispersion, non-negative least squares.
 *
 * Units     those of the arguments; half widths are those of 95 % intervals
 * Shape     intervals with a NaN in an argument are left out
 * Owns      work memory from the arena given
 */
#ifndef HVPLAN_CALIBRATE_STATS_H
#define HVPLAN_CALIBRATE_STATS_H

#include "model/base/arena.h"
#include <stdbool.h>

struct estimate {
    double value, half; /* NaN = not known */
};

/* sum(y) / sum(x), with the residuals' error (Cochran, "Sampling Techniques", 6.4). */
struct estimate stats_ratio(const double *y, const double *x, int n);
/* NaN for fewer than 3 pairs or without variance. */
double stats_correlation(const double *x, const double *y, int n);
double stats_mean(const double *x, int n);
/* Standard deviation / |mean|. */
double stats_variation(const double *x, int n);
/* Index of dispersion of counts, from successive differences, so that a slow trend does not count (von
 * Neumann 1941): sum (c[k+1] - c[k])^2 / 2 / (n - 1) / mean. 1 for a Poisson process. half: 95 %, for normal
 * counts. */
struct estimate stats_dispersion(const double *count, int n);
double stats_quantile(struct arena *a, const double *x, int n, double q);

/* Least squares with x >= 0 of rows x columns (Lawson and Hanson 1974, chapter 23), solved by QR on the
 * passive set. half[]: of the free coefficients, NaN at the bound. Returns false when the columns that matter
 * are too alike to be told apart (condition number of the scaled columns over 30: Belsley, Kuh and Welsch
 * 1980). */
bool stats_nnls(struct arena *a, const double *matrix, const double *y, int rows, int columns, double *x,
                double *half);

#endif
