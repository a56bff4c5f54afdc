/* process_creation.c - the CPU time of creating and ending a process. */
#include "model/mechanism/mechanisms.h"

enum { CREATE_CPU, PARAMS };

static const struct param params[PARAMS] = {
    [CREATE_CPU] =
        {"create_cpu", UNIT_TIME, 1.5e6, 0.0, 1e9, CONF_ASSUMED, true,
         "own arithmetic: a Windows process start maps some twenty images and faults in about 1000 pages; "
         "1 to 2 ms on a 2.5 GHz core; state cpu of the step, or calibrate, for heavy programs",
         "Guest CPU time of one process created and ended, the same on a physical server."},
};

static void cost(const double *p, const struct demand *d, struct cost *c)
{
    c->guest_ns += p[CREATE_CPU] * d->amount;
}

const struct mechanism process_creation_mechanism = {
    .name = "process_creation",
    .title = "Process creation",
    .doc = "A `spawn` step costs guest CPU time per process, on physical servers too: it is the demand "
           "itself. What page-table virtualization adds to it is in slat and enlightenment.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_PROCESS),
    .cost = cost,
};
