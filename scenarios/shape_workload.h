/* shape_workload.h - tables of workloads, their steps, and objectives. */
#ifndef HVPLAN_SCENARIOS_SHAPE_WORKLOAD_H
#define HVPLAN_SCENARIOS_SHAPE_WORKLOAD_H

#include "scenarios/shape.h"

extern const struct shape shape_workload, shape_workload_step, shape_workload_objective;

#endif
