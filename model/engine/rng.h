/* rng.h - named random streams.
 *
 * Does      xoshiro256++ streams seeded by (seed, replication, name, number), uniform, exponential and
 *           normal draws
 * Order     one seed gives the same numbers on every machine and for every number of threads
 * Source    Blackman and Vigna, "Scrambled linear pseudorandom number generators" (2021); seeding by
 *           SplitMix64; Marsaglia and Tsang, "The ziggurat method for generating random variables"
 *           (2000), 256 layers; below n: Lemire, "Fast random integer generation in an interval" (2019)
 */
#ifndef HVPLAN_ENGINE_RNG_H
#define HVPLAN_ENGINE_RNG_H

#include "model/base/check.h"
#include "model/engine/rng_table.h"
#include <stdint.h>

struct rng {
    uint64_t s[4];
};

/* A stream of its own for each combination. `name` is a hash (text_hash of "workload.shop" and the like),
 * `number` tells apart e.g. the jobs of a workload. Costs a few ns: seeding one stream a job is fine. */
void rng_seed(struct rng *r, uint64_t seed, uint64_t replication, uint64_t name, uint64_t number);

static inline uint64_t rng_rotl(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}
static inline uint64_t rng_next(struct rng *r)
{
    const uint64_t result = rng_rotl(r->s[0] + r->s[3], 23) + r->s[0];
    const uint64_t t = r->s[1] << 17;
    r->s[2] ^= r->s[0];
    r->s[3] ^= r->s[1];
    r->s[1] ^= r->s[2];
    r->s[0] ^= r->s[3];
    r->s[2] ^= t;
    r->s[3] = rng_rotl(r->s[3], 45);
    return result;
}
/* [0, 1), 53 bits */
static inline double rng_uniform(struct rng *r)
{
    return (double)(int64_t)(rng_next(r) >> 11) * 0x1.0p-53;
}
__extension__ typedef unsigned __int128 rng_product;

/* Of rng_below: whether the first product may stay, else another one. */
uint64_t rng_below_edge(struct rng *r, uint64_t n, rng_product product);

/* 0 .. n-1, n >= 1, without bias */
static inline uint64_t rng_below(struct rng *r, uint64_t n)
{
    CHECK(n >= 1);
    const rng_product product = (rng_product)rng_next(r) * n;
    if (HVPLAN_UNLIKELY((uint64_t)product < n))
        return rng_below_edge(r, n, product);
    return (uint64_t)(product >> 64);
}
/* What follows when a draw falls outside the safe part of its layer (1.5 % of the draws). */
double rng_exponential_edge(struct rng *r, uint64_t bits);
double rng_normal_edge(struct rng *r, uint64_t bits);

/* mean 1 */
static inline double rng_exponential(struct rng *r)
{
    const uint64_t bits = rng_next(r);
    const struct rng_table_layer *layer = &rng_table_exponential[bits & (RNG_TABLE_LAYERS - 1)];
    if (HVPLAN_UNLIKELY(bits >> 11 >= layer->k))
        return rng_exponential_edge(r, bits);
    return (double)(int64_t)(bits >> 11) * layer->w;
}
/* mean 0, variance 1; bit 8 is the sign */
static inline double rng_normal(struct rng *r)
{
    const uint64_t bits = rng_next(r);
    const struct rng_table_layer *layer = &rng_table_normal[bits & (RNG_TABLE_LAYERS - 1)];
    if (HVPLAN_UNLIKELY(bits >> 11 >= layer->k))
        return rng_normal_edge(r, bits);
    const double x = (double)(int64_t)(bits >> 11) * layer->w;
    return bits & RNG_TABLE_LAYERS ? -x : x;
}

#endif
