/* refs.h - who refers to a thing: every key of the model that names it.
 *
 * Does      walks a model tree along the schema and visits each reference
 * Order     as in the file
 */
#ifndef HVPLAN_SCENARIOS_REFS_H
#define HVPLAN_SCENARIOS_REFS_H

#include "scenarios/bind.h"

/* holder->child[i] is the scalar, or the list, that holds the name. */
typedef void (*refs_visit_fn)(void *context, const struct key_row *row, struct node *holder, int i,
                              const struct bind_at *at);

/* kind: "vms", "hosts", "external", "workloads". */
void refs_each(const struct shape *s, struct node *map, const char *kind, const char *name,
               refs_visit_fn visit, void *context);

#endif
