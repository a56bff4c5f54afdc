/* keypath.h - change paths such as vms.web01.vcpus, followed through the schema tables.
 *
 * Does      splits a path; follows it step by step through the shapes of a file
 * Shape     parts are separated by dots; a part in double quotes may hold dots: objectives."a.b".p95
 * Owns      memory in the arena given
 * Errors    returned as text with the nearest known key, so that the caller can add the place
 */
#ifndef HVPLAN_SCENARIOS_KEYPATH_H
#define HVPLAN_SCENARIOS_KEYPATH_H

#include "model/mechanism/mechanism.h"
#include "scenarios/shape.h"
#include "scenarios/yamltree.h"

enum { KEYPATH_MOST = 64 };

struct keypath {
    const char *part[KEYPATH_MOST];
    int n;
};

/* false if a part is empty, a quote is open, or there are too many parts. */
bool keypath_split(struct arena *a, const char *text, struct keypath *path);
/* "a.b" becomes part 'a.b' in quotes when it is joined. */
char *keypath_join(struct arena *a, const struct keypath *path, int parts);

/* The node that a path leads to, or NULL. */
struct node *keypath_find(struct arena *a, struct node *tree, const char *path);
/* Index of a part in a map or list, or -1. */
int keypath_index(const struct node *inside, const char *part);

enum spot_kind {
    SPOT_MAP,   /* a map of `shape`: a key comes next */
    SPOT_NAMES, /* a map of names: a name comes next */
    SPOT_LIST,  /* a list: a number comes next */
    SPOT_OVERHEADS,
    SPOT_MECHANISM,
    SPOT_VALUE /* nothing can come next */
};

/* Where in the schema a path has come to. */
struct spot {
    enum spot_kind kind;
    const struct shape *shape;        /* of the map, or of the elements */
    const struct key_row *row;        /* of the last key; NULL at elements and at the top */
    const struct key_row *scalar_row; /* of the same key, where it may also be a plain value */
    const struct mechanism *mechanism;
    bool element; /* one element of a map of names or of a list */
};

struct spot keypath_top(const struct shape *file);
/* One step. Returns NULL, or the error text; then *nearest is the nearest known key or NULL. Names are not checked
 * against a model here. */
char *keypath_step(struct arena *a, struct spot *spot, const char *part, const char **nearest);
/* Follows the whole text through the model's schema, for files that name no model to check against. Adds errors. */
bool keypath_check(struct arena *a, const char *text, struct pos pos, struct errs *e);

#endif
