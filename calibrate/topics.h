/* topics.h - what `hvplan explain` can say about reading and judging logs.
 *
 * Does      codes of findings and the threshold rules, as rows from the tables of this layer (warning codes: model/base/codes.c)
 * Owns      the arena given
 */
#ifndef HVPLAN_CALIBRATE_TOPICS_H
#define HVPLAN_CALIBRATE_TOPICS_H

#include "scenarios/schema.h"

const struct topic *topics_calibrate(struct arena *a, size_t *n);

#endif
