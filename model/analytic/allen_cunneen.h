/* allen_cunneen.h - an approximation for G/G/c (so for M/G/c too), not an exact answer.
 *
 * Does      scales the wait of M/M/c by the mean of the two squared coefficients of variation (scv); exact for M/M/c
 *           and M/G/1
 * Units     rates per time and times in one unit of the caller's
 * Errors    false when the load is not below the servers; scv below 0 CHECKs
 * Source    Allen, Probability, Statistics, and Queueing Theory (1990), section 5.3; Bolch et al., Queueing Networks
 *           and Markov Chains (2006), section 6.3.4
 */
#ifndef HVPLAN_ANALYTIC_ALLEN_CUNNEEN_H
#define HVPLAN_ANALYTIC_ALLEN_CUNNEEN_H

#include "model/analytic/mmc.h"

/* arrival_scv = 1 for Poisson arrivals. p_wait stays that of M/M/c. */
bool allen_cunneen_solve(double arrival_rate, double arrival_scv, double service_time, double service_scv,
                         int servers, struct mmc *out);

#endif
