/* troubles.h - moves errors and warnings from one collection to another. */
#ifndef HVPLAN_SCENARIOS_TROUBLES_H
#define HVPLAN_SCENARIOS_TROUBLES_H

#include "model/base/errs.h"

/* Errors get `prefix` before their text; warnings that `to` has already are left out. */
void troubles_join(struct errs *to, const struct errs *from, const char *prefix);

#endif
