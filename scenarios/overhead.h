/* overhead.h - the overheads section: mechanism -> parameter -> value, from the registry of mechanisms. */
#ifndef HVPLAN_SCENARIOS_OVERHEAD_H
#define HVPLAN_SCENARIOS_OVERHEAD_H

#include "model/host/model.h"
#include "scenarios/bind.h"

/* m NULL = check only. */
void overhead_bind(struct arena *a, const struct node *map, const struct bind_at *at, struct model *m,
                   struct errs *e);
/* Allocates and fills the defaults. */
void overhead_defaults(struct arena *a, struct model *m);
/* The row that describes a parameter as a key. */
struct key_row overhead_row(const struct param *p);
/* NULL if there is no such mechanism. */
const struct mechanism *overhead_mechanism(const char *name);
const struct param *overhead_param(const struct mechanism *m, const char *name);
const char *overhead_nearest_mechanism(const char *name);
const char *overhead_nearest_param(const struct mechanism *m, const char *name);

/* overheads: {cpu: 15 %} */
extern const struct key_row overhead_cpu_row;

#endif
