/* inventory.h - what counters cannot say: hvplan.inventory/1.
 *
 * Does      reads the file, finds what it says about a host, VM, disk or adapter of the log
 * Owns      nodes live in the arena given
 * Errors    those of the reader and of the schema
 */
#ifndef HVPLAN_CALIBRATE_INVENTORY_H
#define HVPLAN_CALIBRATE_INVENTORY_H

#include "scenarios/yamltree.h"

struct inventory {
    const struct node *root; /* NULL: nothing is known */
};
/* What an inventory says about one thing; node NULL = nothing. */
struct inventory_entry {
    const char *name; /* key in the inventory */
    const struct node *node;
};
struct inventory_work {
    const char *name, *counter, *vm; /* vm NULL: the machine of the counter */
};

/* path NULL gives an empty inventory. NULL after errors. */
struct inventory *inventory_read(struct arena *a, const char *path, struct errs *e);
/* The entry whose `log:` or key is that name, without regard to case. `map`: of the inventory or of an entry.
 */
struct inventory_entry inventory_find(const struct node *root, const char *map, const char *log_name);
struct inventory_work *inventory_works(struct arena *a, const struct inventory *inv, int *n);
/* Copies all keys of the entry but `log` into `to`. */
void inventory_copy(struct arena *a, struct node *to, const struct node *entry);
/* A whole number under a key; 0 if absent. */
int inventory_count(const struct node *entry, const char *key);

#endif
