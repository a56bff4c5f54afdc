/* contention.c - busy neighbours share caches and memory channels. */
#include "model/mechanism/mechanisms.h"

enum { LOSS, SMT_GAIN, PARAMS };

static const struct param params[PARAMS] = {
    [LOSS] = {"loss", UNIT_FRACTION, 0.03, 0.0, 0.9, CONF_ASSUMED, true,
              "no figure is published; all losses of a guest on a shared host together were about 10 % "
              "(learn.microsoft.com, capacity planning for AD DS), which leaves a few per cent for this one",
              "CPU speed lost when all other logical processors of the host are busy; linear below."},
    [SMT_GAIN] = {"smt_gain", UNIT_NONE, 1.2, 1.0, 2.0, CONF_ASSUMED, true,
                  "commonly held gain of two hyper-threads over one; no source seen (range 1.0 to 1.3)",
                  "Work that a core with both hyper-threads busy does, relative to one busy; the scheduler "
                  "applies it."},
};

/* A physical server is exempt: its measured demands already hold the contention among its own processors, and
 * what is charged here is what sharing the host with other machines adds. */
static void cost(const double *p, const struct demand *d, struct cost *c)
{
    if (d->at->version == HV_NONE)
        return;
    c->speed *= 1.0 - p[LOSS] * mechanism_others_busy(d);
}

const struct mechanism contention_mechanism = {
    .name = "contention",
    .title = "Contention for caches and memory",
    .doc = "The speed of every logical processor falls with the share of the other ones that are busy. "
           "This is what consolidation costs beyond the hypervisor.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_SPEED),
    .cost = cost,
};
