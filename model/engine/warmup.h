/* warmup.h - where the transient of a series ends: MSER-5.
 *
 * Does      finds the cut after which the standard error of the mean, as if values were independent, is
 *           smallest
 * Source    White (1997); batches of 5: Spratt (1998); guard against cuts past the middle: Hoad and
 *           Robinson (2011)
 */
#ifndef HVPLAN_ENGINE_WARMUP_H
#define HVPLAN_ENGINE_WARMUP_H

#include <stdbool.h>
#include <stddef.h>

/* Number of leading values of x[0..n) to drop (a multiple of 5). *trusted = false when the minimum lies in
 * the last half or n < 20: then run longer. Values that are NaN (bins without jobs) are skipped as if absent.
 */
size_t warmup_mser5(const double *x, size_t n, bool *trusted);

#endif
