/* mg1.c - M/G/1. */
#include "model/analytic/mg1.h"
#include "model/base/check.h"

/* Wq = rho s (1 + scv) / (2 (1 - rho)). Check value: rho = 0.8, s = 1, scv = 4: Wq = 10. */
bool mg1_solve(double arrival_rate, double service_time, double scv, struct mg1 *out)
{
    CHECK(arrival_rate >= 0.0 && service_time >= 0.0 && scv >= 0.0);
    const double rho = arrival_rate * service_time;
    if (!(rho < 1.0))
        return false;
    out->utilization = rho;
    out->wait = rho * service_time * (1.0 + scv) / (2.0 * (1.0 - rho));
    out->response = out->wait + service_time;
    out->waiting = arrival_rate * out->wait;
    out->present = arrival_rate * out->response;
    return true;
}

/* W = s / (1 - rho). Check value: rho = 0.8, s = 1: W = 5. */
bool mg1_solve_ps(double arrival_rate, double service_time, struct mg1 *out)
{
    CHECK(arrival_rate >= 0.0 && service_time >= 0.0);
    const double rho = arrival_rate * service_time;
    if (!(rho < 1.0))
        return false;
    *out = (struct mg1){.utilization = rho, .response = service_time / (1.0 - rho)};
    out->present = arrival_rate * out->response;
    return true;
}
