/* mmc.c - M/M/c by Erlang's formulas. */
#include "model/analytic/mmc.h"
#include "model/base/check.h"

/* B(0) = 1, B(k) = a B(k-1) / (k + a B(k-1)): no factorials, so no overflow. Check value: B(20, 25) =
 * 0.0502217779. */
double mmc_erlang_b(double offered, int servers)
{
    CHECK(offered >= 0.0 && servers >= 1);
    double b = 1.0;
    for (int k = 1; k <= servers; k++)
        b = offered * b / (k + offered * b);
    return b;
}

/* C = B / (1 - rho (1 - B)). Check value: c = 4, rho = 0.8: 0.596432. */
double mmc_erlang_c(double offered, int servers)
{
    CHECK(offered < servers);
    const double b = mmc_erlang_b(offered, servers);
    return b / (1.0 - offered / servers * (1.0 - b));
}

/* Wq = C s / (c (1 - rho)); the rest by Little's law. Check value: c = 2, rho = 0.9, s = 1: Wq = 4.263158. */
bool mmc_solve(double arrival_rate, double service_time, int servers, struct mmc *out)
{
    CHECK(arrival_rate >= 0.0 && service_time >= 0.0 && servers >= 1);
    const double offered = arrival_rate * service_time;
    if (!(offered < servers))
        return false;
    out->utilization = offered / servers;
    out->p_wait = mmc_erlang_c(offered, servers);
    out->wait = out->p_wait * service_time / (servers - offered);
    out->response = out->wait + service_time;
    out->waiting = arrival_rate * out->wait;
    out->present = arrival_rate * out->response;
    return true;
}
