/* rng_table.h - the layers of the two ziggurats, constants.
 *
 * Does      layer i has width x[i] = w 2^53; a 53-bit number below k lies under the curve for sure
 * Source    Marsaglia and Tsang (2000) with 256 layers; computed and written by
 * tests/unit/engine/test_rng_table.c, which also checks that the tables are what it computes
 */
#ifndef HVPLAN_ENGINE_RNG_TABLE_H
#define HVPLAN_ENGINE_RNG_TABLE_H

#include <stdint.h>

struct rng_table_layer {
    uint64_t k;
    double w;
};

#define RNG_TABLE_LAYERS 256

/* One more: x[256] = 0. Layer 0 holds the tail beyond x[1]. */
extern const struct rng_table_layer rng_table_exponential[RNG_TABLE_LAYERS + 1];
extern const struct rng_table_layer rng_table_normal[RNG_TABLE_LAYERS + 1];
/* Height of the curve at x[i]. */
extern const double rng_table_exponential_height[RNG_TABLE_LAYERS + 1];
extern const double rng_table_normal_height[RNG_TABLE_LAYERS + 1];

#endif
