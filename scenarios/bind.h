/* bind.h - checks a map against its shape and stores the values.
 *
 * Does      reports unknown, missing, exclusive and misplaced keys, wrong types, units, ranges and words, each with
 *           position, key path, what was found, what is due, the nearest known key; fills a struct on the way
 * Owns      arrays and texts live in the arena given
 * Errors    ERR_INVALID; it goes on after each, so that one pass shows all of them
 * Order     arrays keep the order of the file: element i belongs to child i of the node
 */
#ifndef HVPLAN_SCENARIOS_BIND_H
#define HVPLAN_SCENARIOS_BIND_H

#include "scenarios/shape.h"
#include "scenarios/yamltree.h"

/* A place in the tree, for key paths; `key` NULL = item `index` of a list. NULL = the top. */
struct bind_at {
    const struct bind_at *up;
    const char *key;
    int index;
};
/* "vms.web01.disks.c" */
const char *bind_path(struct arena *a, const struct bind_at *at);

/* target NULL = check only; else a zeroed struct that the offsets of the shape belong to. */
void bind_map(struct arena *a, const struct shape *s, const struct node *map, const struct bind_at *at,
              void *target, struct errs *e);
/* Reads a number of that unit between lo and hi; false after an error. */
bool bind_number(struct arena *a, const struct key_row *row, const struct node *n, const struct bind_at *at,
                 double *value, struct errs *e);

#endif
