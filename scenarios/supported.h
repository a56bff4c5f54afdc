/* supported.h - warnings W4xx: configurations that Microsoft does not support but hvplan simulates. */
#ifndef HVPLAN_SCENARIOS_SUPPORTED_H
#define HVPLAN_SCENARIOS_SUPPORTED_H

#include "scenarios/resolve.h"

void supported_check(struct resolve *r);

#endif
