/* steps.h - steps of workloads: verbs, sites, devices, peers, locks. */
#ifndef HVPLAN_SCENARIOS_STEPS_H
#define HVPLAN_SCENARIOS_STEPS_H

#include "scenarios/resolve.h"

/* Completes the steps of workload i from its node. */
void steps_resolve(struct resolve *r, int i, const struct node *workload, const struct bind_at *at);

#endif
