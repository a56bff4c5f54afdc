/* opennet.c - each station alone, because of the product form. */
#include "model/analytic/opennet.h"
#include "model/analytic/mmc.h"
#include "model/base/check.h"

/* How much longer than its demand a customer stays. */
static bool stretch_of(const struct qnet *net, int station, const double *rate, double *stretch)
{
    *stretch = 1.0;
    if (net->station[station].kind == QNET_DELAY)
        return true;
    double offered = 0.0;
    for (int r = 0; r < net->classes; r++)
        offered += rate[r] * net->demand[qnet_at(net, station, r)];
    struct mmc mmc;
    if (!mmc_solve(offered, 1.0, net->station[station].servers, &mmc))
        return false;
    *stretch = mmc.response;
    return true;
}

/* R = D x stretch; with one server the stretch is 1 / (1 - U). Check value: Bolch et al. (2006), p. 572, D =
 * 0.24, rate 3: U = 0.72, R = 0.24 / 0.28 = 0.857 for 8 visits. */
bool opennet_solve(struct arena *a, const struct qnet *net, const double *rate, struct qnet_result *out)
{
    qnet_check(net);
    *out = qnet_result_new(a, net);
    for (int r = 0; r < net->classes; r++) {
        CHECK(rate[r] >= 0.0);
        out->throughput[r] = rate[r];
    }
    for (int i = 0; i < net->stations; i++) {
        double stretch;
        if (!stretch_of(net, i, rate, &stretch))
            return false;
        for (int r = 0; r < net->classes; r++)
            out->residence[qnet_at(net, i, r)] = net->demand[qnet_at(net, i, r)] * stretch;
    }
    qnet_result_finish(net, out);
    return true;
}
