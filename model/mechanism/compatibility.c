/* compatibility.c - instruction-set extensions hidden so that a VM may move between processor generations. */
#include "model/mechanism/mechanisms.h"
#include <math.h>

enum { LOSS, PARAMS };

static const struct param params[PARAMS] = {
    [LOSS] = {"loss", UNIT_FRACTION, 0.05, 0.0, 0.9, CONF_ASSUMED, true,
              "learn.microsoft.com, dynamic processor compatibility mode: depends on the workload, worst "
              "for encryption, compression and floating point; not quantified",
              "CPU speed that a VM in compatibility mode loses on a mixed load; times the workload's "
              "compatibility_sensitivity."},
};

static void cost(const double *p, const struct demand *d, struct cost *c)
{
    const struct place *at = d->at;
    if (at->version == HV_NONE || !at->compatibility)
        return;
    /* A very sensitive load still runs: at most 95 % of the speed is lost. */
    c->speed *= fmax(0.05, 1.0 - p[LOSS] * at->compatibility_sensitivity);
}

const struct mechanism compatibility_mechanism = {
    .name = "compatibility",
    .title = "Processor compatibility mode",
    .doc = "A VM in compatibility mode sees fewer instruction-set extensions; its CPU work runs slower by "
           "a factor that depends on how much the workload uses them.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_CPU),
    .cost = cost,
};
