/* names.h - the keys of one map, found by name in constant time.
 *
 * Does      finds the index of a name; reports an unknown one with the nearest
 * Owns      memory in the arena given; keeps the map's keys
 */
#ifndef HVPLAN_SCENARIOS_NAMES_H
#define HVPLAN_SCENARIOS_NAMES_H

#include "scenarios/bind.h"

struct names {
    const struct node *map; /* NULL = no names */
    int *slot;              /* index + 1; 0 = free */
    size_t slots;
};

/* map may be NULL or no map. */
struct names *names_new(struct arena *a, const struct node *map);
int names_find(const struct names *n, const char *name); /* -1 */
const char *names_nearest(const struct names *n, const char *name);
/* "a, b, c", cut after ten. */
char *names_list(struct arena *a, const struct names *n);
/* The index of the name that `ref` holds, or -1 after an error that says `what` it should be. -1 without error if the
 * node is absent or no scalar, which bind.c has reported. */
int names_resolve(struct arena *a, const struct names *n, const struct node *ref, const struct bind_at *at,
                  const char *what, struct errs *e);

#endif
