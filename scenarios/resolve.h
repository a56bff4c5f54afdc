/* resolve.h - what a model file means beyond its shape: references, defaults that depend on others, consistency.
 *
 * Does      completes a model that bind.c has filled from the same tree
 * Errors    ERR_INVALID with position and key path; survives whatever bind.c has already complained about
 */
#ifndef HVPLAN_SCENARIOS_RESOLVE_H
#define HVPLAN_SCENARIOS_RESOLVE_H

#include "model/host/model.h"
#include "scenarios/names.h"

struct resolve {
    struct arena *arena;
    struct errs *errs;
    struct model *model;
    const struct node *root;
    struct names *hosts, *vms, *externals, *workloads;
};

void resolve_model(struct resolve *r);
/* An error at a node. */
void resolve_fail(struct resolve *r, const struct node *n, const struct bind_at *at, const char *fmt, ...)
    HVPLAN_PRINTF(4, 5);

#endif
