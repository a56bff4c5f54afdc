/* warmup.c - MSER-5. */
#include "model/engine/warmup.h"
#include <math.h>

#define BATCH 5
#define LEAST_VALUES 20

/* Mean of the values of batch b that are numbers; NaN if none is. */
static double batch_mean(const double *x, size_t b)
{
    double sum = 0.0;
    int n = 0;
    for (size_t i = b * BATCH; i < (b + 1) * BATCH; i++)
        if (!isnan(x[i])) {
            sum += x[i];
            n++;
        }
    return n > 0 ? sum / n : (double)NAN;
}

/* MSER of what is left after the cut: sum of squares around the mean / n^2. Walking from the end, each cut
 * adds one batch to running moments, so that the whole search is linear. Fewer than five batches left say
 * nothing (Hoad and Robinson). */
size_t warmup_mser5(const double *x, size_t n, bool *trusted)
{
    const size_t batches = n / BATCH, middle = batches / 2;
    const double least = batches < 2 * BATCH ? 2.0 : BATCH;
    double mean = 0.0, m2 = 0.0, count = 0.0;
    double best_early = HUGE_VAL, best_late = HUGE_VAL;
    size_t cut = 0;
    *trusted = false;
    if (n < LEAST_VALUES)
        return 0;
    for (size_t b = batches; b-- > 0;) {
        const double z = batch_mean(x, b);
        if (!isnan(z)) {
            count += 1.0;
            const double delta = z - mean;
            mean += delta / count;
            m2 += delta * (z - mean);
        }
        if (count < least)
            continue;
        const double mser = m2 / (count * count);
        if (b > middle) {
            best_late = fmin(best_late, mser);
        } else if (mser <= best_early) {
            best_early = mser;
            cut = b;
        }
    }
    *trusted = best_early < HUGE_VAL && best_early <= best_late;
    return cut * BATCH;
}
