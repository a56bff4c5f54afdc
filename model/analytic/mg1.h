/* mg1.h - one server, Poisson arrivals, any service distribution: FIFO and processor sharing.
 *
 * Units     rates per time and times in one unit of the caller's; scv = squared coefficient of variation
 * Errors    false when the load is not below 1; rates, times and scv below 0 CHECK
 * Source    Pollaczek (1930), Khinchine (1932); Kleinrock, Queueing Systems I (1975), section 5.7;
 *           processor sharing: Kleinrock, Queueing Systems II (1976), section 4.4
 */
#ifndef HVPLAN_ANALYTIC_MG1_H
#define HVPLAN_ANALYTIC_MG1_H

#include <stdbool.h>

struct mg1 {
    double utilization, wait, response, waiting, present;
};

bool mg1_solve(double arrival_rate, double service_time, double scv, struct mg1 *out);
/* Under processor sharing nobody waits (wait and waiting are 0) and the scv does not matter. */
bool mg1_solve_ps(double arrival_rate, double service_time, struct mg1 *out);

#endif
