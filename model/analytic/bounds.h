/* bounds.h - asymptotic bounds: what no scheduling and no luck can break.
 *
 * Units     see qnet.h
 * Shape     an unknown bound is 0 (low) or infinity (high)
 * Errors    rates, think times and populations below 0 CHECK
 * Source    Lazowska et al., Quantitative System Performance (1984), section 5.2; Bolch et al.,
 *           Queueing Networks and Markov Chains (2006), section 9.6
 */
#ifndef HVPLAN_ANALYTIC_BOUNDS_H
#define HVPLAN_ANALYTIC_BOUNDS_H

#include "model/analytic/qnet.h"

struct bounds {
    double throughput_low, throughput_high;
    double response_low, response_high; /* without think time */
};

/* Class `class_` of a closed network; population and think time of each class. The lower bound of the
 * throughput and the upper one of the response are known with one class only. */
struct bounds bounds_closed(const struct qnet *net, const int *population, const double *think, int class_);

/* Class `class_` of an open network, the other classes arriving at `rate`: throughput_high is the rate at
 * which the first station saturates (infinity if none does, 0 if one is saturated already). */
struct bounds bounds_open(const struct qnet *net, const double *rate, int class_);

/* By what factor all rates may grow until a station saturates, and which one (-1 and infinity without load). */
double bounds_growth(const struct qnet *net, const double *rate, int *station);

#endif
