/* yamltree.h - a YAML file as a tree with marks; the only file that includes <yaml.h> is yamltree.c.
 *
 * Does      reads one document; keeps file:line:column of every key and value; copies, edits and writes trees
 * Shape     files up to 64 MiB, nesting up to 32, 2 000 000 values, keys of 240 bytes, values of 64 KiB
 * Owns      nodes live in the arena given
 * Errors    duplicate keys, aliases, anchors and tags, NULs, several documents, too deep, too large, not UTF-8, no
 *           mapping at the top: ERR_INVALID with position; cannot read: ERR_UNREADABLE
 */
#ifndef HVPLAN_SCENARIOS_YAMLTREE_H
#define HVPLAN_SCENARIOS_YAMLTREE_H

#include "model/base/errs.h"
#include <stdbool.h>
#include <stdio.h>

enum node_kind { NODE_NULL, NODE_SCALAR, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    struct pos pos;
    const char *text; /* NODE_SCALAR */
    bool quoted;      /* "~" in quotes is text, not null */
    /* NODE_LIST: items in `child`; NODE_MAP: key[i] -> child[i] */
    const char **key;
    struct pos *key_pos;
    struct node **child;
    int n, capacity;
};

/* NULL after errors. path "-" is stdin. */
struct node *yamltree_read(struct arena *a, const char *path, struct errs *e);
struct node *yamltree_parse(struct arena *a, const char *name, const char *text, size_t n, struct errs *e);
/* NULL if absent or not a map. */
struct node *node_get(const struct node *map, const char *key);
int node_index(const struct node *map, const char *key); /* -1 */
struct node *node_copy(struct arena *a, const struct node *n);
struct node *node_scalar(struct arena *a, const char *text);
struct node *node_map(struct arena *a);
struct node *node_list(struct arena *a);
void node_set(struct arena *a, struct node *map, const char *key,
              struct node *value); /* replaces or appends */
/* Appends without looking for the key: the caller knows that it is new. */
void node_add(struct arena *a, struct node *map, const char *key, struct pos key_pos, struct node *value);
bool node_remove(struct node *map, const char *key);
void node_remove_at(struct node *n, int i);
/* Same kinds, keys in the same order and texts; positions and quotes do not count. */
bool node_same(const struct node *x, const struct node *y);
void node_append(struct arena *a, struct node *list, struct node *value);
/* Writes YAML that yamltree_parse reads back to the same tree; short maps of scalars in flow style as in product.md. */
void yamltree_write(FILE *out, const struct node *n);
char *yamltree_to_text(struct arena *a, const struct node *n);
/* One line in flow style: "{kind: hdd, spindles: 4}". A scalar at the top is written as it stands ("12 ms"). */
char *yamltree_to_flow(struct arena *a, const struct node *n);

#endif
