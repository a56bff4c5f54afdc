/* jsonpos.h - where in a JSON text a value stands, for errors that Jansson no longer knows the place of.
 *
 * Does      follows a path through a text that is known to be JSON
 * Units     lines and columns (bytes) count from 1
 */
#ifndef HVPLAN_REPORTS_JSONPOS_H
#define HVPLAN_REPORTS_JSONPOS_H

#include "model/base/arena.h"

/* One step of a path; `up` = NULL is the whole text. Steps live on the stack of who walks the tree. */
struct jsonpos_step {
    const struct jsonpos_step *up;
    const char *key; /* in an object; NULL in an array */
    size_t index;    /* in an array */
};

/* A step that the text does not have (a missing key) gives the place of what should hold it. */
void jsonpos_find(const char *json, const struct jsonpos_step *step, int *line, int *column);
/* "scenarios[1].metrics.workload.shop.response_s.mean"; "" for the whole text. */
char *jsonpos_path(struct arena *a, const struct jsonpos_step *step);

#endif
