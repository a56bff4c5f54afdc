/* opennet.h - open networks with several classes: exact mean values of the product form.
 *
 * Units     see qnet.h
 * Errors    false when a station is not below saturation; rates below 0 CHECK
 * Source    Lazowska et al., Quantitative System Performance (1984), sections 6.4 and 7.4; several servers:
 *           the number present depends on the classes only through the total load, as in M/M/c
 */
#ifndef HVPLAN_ANALYTIC_OPENNET_H
#define HVPLAN_ANALYTIC_OPENNET_H

#include "model/analytic/qnet.h"

/* `rate`: arrivals of each class. */
bool opennet_solve(struct arena *a, const struct qnet *net, const double *rate, struct qnet_result *out);

#endif
