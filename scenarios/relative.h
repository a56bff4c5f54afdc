/* relative.h - values that change another one: x1.3, +2, -1, +512 MiB.
 *
 * Does      computes the new text; the unit of the old value is kept
 * Owns      memory in the arena given
 * Errors    returned as text
 */
#ifndef HVPLAN_SCENARIOS_RELATIVE_H
#define HVPLAN_SCENARIOS_RELATIVE_H

#include "scenarios/shape.h"
#include "scenarios/yamltree.h"

/* Is it a number row, and a relative value? */
bool relative_is(const struct key_row *row, const struct node *value);
/* The new value in *out from the old one (NULL = absent: the row's default); NULL or the error text. */
char *relative_apply(struct arena *a, const struct key_row *row, const struct node *old,
                     const struct node *value, struct node **out);

#endif
