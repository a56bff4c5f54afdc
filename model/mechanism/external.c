/* external.c - services off the host. */
#include "model/mechanism/mechanisms.h"

/* Nothing on the host reaches it: no mechanism may change the time, and no change of the host helps it. */
static void cost(const double *p, const struct demand *d, struct cost *c)
{
    (void)p;
    c->device_ns += d->amount;
    c->device_ops += 1.0;
}

const struct mechanism external_mechanism = {
    .name = "external",
    .title = "External service",
    .doc = "A call to a service off the host takes the service time that the step states, on a station of "
           "its own. No virtualization mechanism acts on it; when it is the bottleneck, no change on the "
           "host helps.",
    .params = NULL,
    .n_params = 0,
    .demands = DEMAND_BIT(DEMAND_EXTERNAL),
    .cost = cost,
};
