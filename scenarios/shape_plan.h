/* shape_plan.h - tables of fleets and inventories. */
#ifndef HVPLAN_SCENARIOS_SHAPE_PLAN_H
#define HVPLAN_SCENARIOS_SHAPE_PLAN_H

#include "scenarios/shape.h"

extern const struct shape shape_plan_fleet, shape_plan_inventory;

#endif
