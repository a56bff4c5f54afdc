/* laws.h - conservation laws, checked inside every run.
 *
 * Does      Little's law and job balance at every station and workload, LP time = guest + hypervisor + idle, VP time = LP
 *           time, hypervisor time = sum of its accounts, breakdown = response
 * Errors    a breach is a defect of hvplan and CHECKs
 * Source    the idea: SWMM's continuity error in every report
 */
#ifndef HVPLAN_HOST_LAWS_H
#define HVPLAN_HOST_LAWS_H

#include "model/host/run.h"

/* Relative breach that rounding of sums may leave. */
#define LAWS_TOLERANCE 1e-6

void laws_check(struct run *run);

#endif
