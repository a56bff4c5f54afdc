/* shape_model.h - tables of whole files. */
#ifndef HVPLAN_SCENARIOS_SHAPE_MODEL_H
#define HVPLAN_SCENARIOS_SHAPE_MODEL_H

#include "scenarios/shape.h"

extern const struct shape shape_model, shape_model_scenarios, shape_model_study;

#endif
