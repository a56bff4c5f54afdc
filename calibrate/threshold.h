/* threshold.h - rules of practitioners on counters, as a table.
 *
 * Does      evaluates each rule on the interval means of every instance: the share of time beyond it, and the 95th
 *           percentile
 * Units     as logged
 * Source    each row names its own
 */
#ifndef HVPLAN_CALIBRATE_THRESHOLD_H
#define HVPLAN_CALIBRATE_THRESHOLD_H

#include "calibrate/grid.h"

enum threshold_scope { SCOPE_ANY, SCOPE_PHYSICAL, SCOPE_HYPERV, SCOPE_TOTAL };

struct threshold_row {
    const char *code;
    int name; /* known.h */
    bool below;
    double warning, critical; /* NaN = none */
    enum threshold_scope scope;
    const char *means, *source;
};
extern const struct threshold_row threshold_rows[];
extern const size_t threshold_count;

/* Findings of one machine are appended. */
struct threshold_findings {
    struct inspect_finding *item;
    int n, room;
};
void threshold_evaluate(struct arena *a, const struct machine *m, struct threshold_findings *out);

#endif
