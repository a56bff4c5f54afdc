/* golden.h - JSON compared field by field.
 *
 * Does      texts, flags and nulls must be the same, numbers within a relative tolerance; a missing or extra field is a difference
 */
#ifndef HVPLAN_TESTS_GOLDEN_H
#define HVPLAN_TESTS_GOLDEN_H

#include "model/base/arena.h"
#include <jansson.h>

/* Number of differences; each is one line on stderr with its path. */
int golden_compare(struct arena *a, json_t *actual, json_t *expected, double rel);

#endif
