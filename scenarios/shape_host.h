/* shape_host.h - tables of what a host is made of. */
#ifndef HVPLAN_SCENARIOS_SHAPE_HOST_H
#define HVPLAN_SCENARIOS_SHAPE_HOST_H

#include "scenarios/shape.h"

extern const struct shape shape_host, shape_host_io_disk, shape_host_io_nic, shape_host_io_switch;

#endif
