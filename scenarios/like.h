/* like.h - copies: {like: web01}.
 *
 * Does      copies an object with overrides; a copied VM joins every `on:` that names the original
 */
#ifndef HVPLAN_SCENARIOS_LIKE_H
#define HVPLAN_SCENARIOS_LIKE_H

#include "scenarios/yamltree.h"

struct like_copy {
    struct arena *arena;
    struct node *root; /* whole model */
    bool is_vm;
};

/* The copy of `original` with the keys of `value` (but like and join) in place of its own. NULL after *trouble. */
struct node *like_make(const struct like_copy *l, const struct node *original, const struct node *value,
                       const char *name, char **trouble);

#endif
