/* rng.c - seeding, and the rare branches of the ziggurats. */
#include "model/engine/rng.h"
#include "model/engine/fixmath.h"

/* SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014). */
static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* Each part passes through a whole mix before the next one is added, so that (1, 2) and (2, 1) are far apart.
 * The four words of the state come from four different counters of a bijection: at most one of them can be 0.
 */
void rng_seed(struct rng *r, uint64_t seed, uint64_t replication, uint64_t name, uint64_t number)
{
    const uint64_t part[] = {seed, replication, name, number};
    uint64_t state = 0;
    for (int i = 0; i < 4; i++) {
        state ^= part[i];
        state = splitmix(&state);
    }
    for (int i = 0; i < 4; i++)
        r->s[i] = splitmix(&state);
}

uint64_t rng_below_edge(struct rng *r, uint64_t n, rng_product product)
{
    const uint64_t unfair = (0 - n) % n; /* 2^64 mod n */
    while ((uint64_t)product < unfair)
        product = (rng_product)rng_next(r) * n;
    return (uint64_t)(product >> 64);
}

/* Where the tail begins. */
static double tail_start(const struct rng_table_layer *table)
{
    return table[1].w * 0x1.0p53;
}

/* Beyond the last layer an exponential is the same exponential, shifted. */
double rng_exponential_edge(struct rng *r, uint64_t bits)
{
    const uint64_t i = bits & (RNG_TABLE_LAYERS - 1);
    if (i == 0)
        return tail_start(rng_table_exponential) + rng_exponential(r);
    const double x = (double)(int64_t)(bits >> 11) * rng_table_exponential[i].w;
    const double low = rng_table_exponential_height[i], high = rng_table_exponential_height[i + 1];
    if (low + (high - low) * rng_uniform(r) < fixmath_exp(-x))
        return x;
    return rng_exponential(r);
}

/* Marsaglia, "Generating a variable from the tail of the normal distribution" (1964). */
static double normal_tail(struct rng *r)
{
    const double start = tail_start(rng_table_normal);
    double x, y;
    do {
        x = rng_exponential(r) / start;
        y = rng_exponential(r);
    } while (2.0 * y < x * x);
    return start + x;
}

double rng_normal_edge(struct rng *r, uint64_t bits)
{
    const uint64_t i = bits & (RNG_TABLE_LAYERS - 1);
    const double sign = bits & RNG_TABLE_LAYERS ? -1.0 : 1.0;
    if (i == 0)
        return sign * normal_tail(r);
    const double x = (double)(int64_t)(bits >> 11) * rng_table_normal[i].w;
    const double low = rng_table_normal_height[i], high = rng_table_normal_height[i + 1];
    if (low + (high - low) * rng_uniform(r) < fixmath_exp(-0.5 * x * x))
        return sign * x;
    return rng_normal(r);
}
