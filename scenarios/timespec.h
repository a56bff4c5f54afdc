/* timespec.h - times that vary: a scalar, or {dist, mean, scv}, {dist, shape, lower, upper} or {quantiles}. */
#ifndef HVPLAN_SCENARIOS_TIMESPEC_H
#define HVPLAN_SCENARIOS_TIMESPEC_H

#include "model/host/model.h"
#include "scenarios/bind.h"

/* false after an error. */
bool timespec_bind(struct arena *a, const struct node *n, const struct bind_at *at, struct time_spec *t,
                   struct errs *e);

#endif
