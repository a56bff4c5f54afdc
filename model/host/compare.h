/* compare.h - scenarios against the baseline, on the same random numbers.
 *
 * Does      paired differences of replicate means with Student intervals, and verdicts
 * Order     scenario by scenario, metrics as the baseline lists them; metrics that one of the two lacks are left out
 */
#ifndef HVPLAN_HOST_COMPARE_H
#define HVPLAN_HOST_COMPARE_H

#include "model/host/result.h"
#include "model/host/study.h"

/* Fills out->comparison from out->scenario. */
void compare_scenarios(struct arena *a, const struct study_options *o, struct result *out);

#endif
