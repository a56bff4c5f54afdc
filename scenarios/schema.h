/* schema.h - the shapes of input files as tables; one row a key drives parsing, checks, `schema`, `explain` and docs.
 */
#ifndef HVPLAN_SCENARIOS_SCHEMA_H
#define HVPLAN_SCENARIOS_SCHEMA_H

#include "model/base/arena.h"
#include <stdbool.h>
#include <stddef.h>

/* JSON Schema (draft 2020-12) of model, scenarios, study, fleet, inventory or result, as text; NULL if unknown. */
char *schema_text(struct arena *a, const char *kind);
extern const char *const schema_kinds[];
extern const size_t schema_kind_count;

/* One thing that `hvplan explain` can explain. */
struct topic {
    const char *name; /* term: key path pattern, mechanism, parameter, metric, counter, warning code, kind */
    const char *kind; /* "key", "mechanism", "parameter", "metric", "counter", "warning", "kind" */
    const char *unit, *value, *range, *confidence, *source, *text; /* NULL where it does not apply */
    bool again; /* the same thing under its bare name; lists leave it out */
};
/* All topics, from the tables of every layer below the commands; the array lives in the arena. */
const struct topic *topics_all(struct arena *a, size_t *n);

#endif
