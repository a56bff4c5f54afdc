/* allen_cunneen.c - G/G/c, approximately. */
#include "model/analytic/allen_cunneen.h"
#include "model/base/check.h"

/* Wq = Wq(M/M/c) (ca2 + cs2) / 2. Check value: M/D/1, rho = 0.8, s = 1: Wq = 4 x (1 + 0) / 2 = 2, exact
 * there. */
bool allen_cunneen_solve(double arrival_rate, double arrival_scv, double service_time, double service_scv,
                         int servers, struct mmc *out)
{
    CHECK(arrival_scv >= 0.0 && service_scv >= 0.0);
    if (!mmc_solve(arrival_rate, service_time, servers, out))
        return false;
    out->wait *= (arrival_scv + service_scv) / 2.0;
    out->response = out->wait + service_time;
    out->waiting = arrival_rate * out->wait;
    out->present = arrival_rate * out->response;
    return true;
}
