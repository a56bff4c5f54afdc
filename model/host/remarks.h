/* remarks.h - what the user must be told beside the numbers: warnings with codes, and assumed values that mattered.
 */
#ifndef HVPLAN_HOST_REMARKS_H
#define HVPLAN_HOST_REMARKS_H

#include "model/host/result.h"
#include "model/host/study.h"

/* Appends to out->warning, fills out->assumed from the baseline's model. */
void remarks_add(struct arena *a, const struct study_case *cases, struct result *out);

#endif
