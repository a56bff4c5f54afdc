/* changeset.h - a scenario's changes on a copy of a tree, with everything that follows from them.
 *
 * Does      applies the changes in order, lets moved machines fit their new host, checks what was removed, loads the model
 * Owns      memory in the arena given
 * Errors    all of the scenario, each naming it
 */
#ifndef HVPLAN_SCENARIOS_CHANGESET_H
#define HVPLAN_SCENARIOS_CHANGESET_H

#include "scenarios/load.h"

struct changeset {
    const char *name;
    const struct node *base;     /* the file's own model tree */
    const struct model *today;   /* loaded from it; NULL = moves between hosts are not judged */
    const struct scenario *from; /* starts from its tree and its changes; NULL = the base */
    const struct node *changes;  /* path -> value */
    struct pos pos;
};

/* Fills *out. false after errors. */
bool changeset_apply(struct arena *a, const struct changeset *c, struct scenario *out, struct errs *e);

#endif
