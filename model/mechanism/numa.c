/* numa.c - memory behind another processor. */
#include "model/mechanism/mechanisms.h"

enum { PENALTY, PARAMS };

static const struct param params[PARAMS] = {
    [PENALTY] = {"penalty", UNIT_FRACTION, 0.3, 0.0, 0.9, CONF_ASSUMED, false,
                 "no figure is published; that remote memory is slower is documented (learn.microsoft.com, "
                 "Hyper-V processor performance)",
                 "CPU speed that a virtual processor loses when all of its memory lies in another NUMA node; "
                 "linear below."},
};

/* Speed 1 - r nu with r = Remote Physical Pages / Physical Pages Allocated. A physical server is exempt: its measured
 * demands already hold what its own system makes of its nodes. */
static void cost(const double *p, const struct demand *d, struct cost *c)
{
    if (d->at->version == HV_NONE)
        return;
    c->speed *= 1.0 - p[PENALTY] * d->amount;
}

const struct mechanism numa_mechanism = {
    .name = "numa",
    .title = "Remote memory (NUMA)",
    .doc = "A virtual processor runs slower the more of its VM's memory lies in another NUMA node than the "
           "logical processor that runs it: because the scheduler placed it away from home, or because the "
           "memory did not fit into one node.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_REMOTE),
    .cost = cost,
};
