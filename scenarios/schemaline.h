/* schemaline.h - the first thing of each file: `schema: hvplan.KIND/1`. */
#ifndef HVPLAN_SCENARIOS_SCHEMALINE_H
#define HVPLAN_SCENARIOS_SCHEMALINE_H

#include "scenarios/shape.h"
#include "scenarios/yamltree.h"

/* The kind of the file, or NULL after an error. */
const struct file_kind *schemaline_kind(struct arena *a, const struct node *root, struct errs *e);
/* Is it a file of that kind? An error otherwise. */
bool schemaline_check(struct arena *a, const struct node *root, const char *kind, struct errs *e);

#endif
