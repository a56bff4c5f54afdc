/* hist.c - log-linear histogram. */
#include "model/engine/hist.h"
#include "model/base/check.h"
#include <math.h>
#include <string.h>

#define STEP_BITS 7
#define STEPS (1 << STEP_BITS) /* to a factor of 2 */
#define TOP_BIT 62             /* values up to 2^62 */
/* Values below 2 x STEPS have a bin each; from there on one group of STEPS bins a factor of 2. */
#define BINS ((TOP_BIT - STEP_BITS + 1) * STEPS + 1)

void hist_init(struct hist *h, struct arena *a)
{
    h->count = ARENA_ARRAY(a, uint64_t, BINS);
    hist_clear(h);
}

void hist_clear(struct hist *h)
{
    memset(h->count, 0, BINS * sizeof *h->count);
    h->n = 0;
    h->min = INT64_MAX;
    h->max = 0;
}

static int highest_bit(uint64_t v)
{
    int bit = 0;
    for (int step = 32; step > 0; step /= 2)
        if (v >> step) {
            v >>= step;
            bit += step;
        }
    return bit;
}

static int bin_of(int64_t v)
{
    if (v < STEPS)
        return (int)v;
    const int shift = highest_bit((uint64_t)v) - STEP_BITS;
    return shift * STEPS + (int)(v >> shift);
}

/* Smallest value of a bin. */
static int64_t bin_start(int bin)
{
    if (bin < 2 * STEPS)
        return bin;
    const int shift = bin / STEPS - 1;
    return (int64_t)(bin % STEPS + STEPS) << shift;
}

void hist_add(struct hist *h, int64_t ns)
{
    const int64_t top = INT64_C(1) << TOP_BIT;
    const int64_t v = ns < 0 ? 0 : ns > top ? top : ns;
    h->count[bin_of(v)]++;
    h->n++;
    if (v < h->min)
        h->min = v;
    if (v > h->max)
        h->max = v;
}

void hist_merge(struct hist *into, const struct hist *from)
{
    for (int i = 0; i < BINS; i++)
        into->count[i] += from->count[i];
    into->n += from->n;
    if (from->min < into->min)
        into->min = from->min;
    if (from->max > into->max)
        into->max = from->max;
}

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

double hist_quantile(const struct hist *h, double p)
{
    CHECK(p >= 0.0 && p <= 1.0);
    if (h->n == 0)
        return (double)NAN;
    const double rank = p * (double)h->n;
    double below = 0.0;
    int bin = bin_of(h->min);
    const int last = bin_of(h->max);
    for (; bin < last && below + (double)h->count[bin] < rank; bin++)
        below += (double)h->count[bin];
    const double inside = clamp((rank - below) / (double)h->count[bin], 0.0, 1.0);
    const double width = (double)(bin_start(bin + 1) - bin_start(bin));
    const double x = (double)bin_start(bin) + inside * (width - 1.0);
    return clamp(x, (double)h->min, (double)h->max);
}
