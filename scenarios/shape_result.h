/* shape_result.h - table of the result file. */
#ifndef HVPLAN_SCENARIOS_SHAPE_RESULT_H
#define HVPLAN_SCENARIOS_SHAPE_RESULT_H

#include "scenarios/shape.h"

extern const struct shape shape_result;

#endif
