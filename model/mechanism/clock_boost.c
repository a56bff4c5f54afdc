/* clock_boost.c - a processor that clocks higher while few of its cores are busy. */
#include "model/mechanism/mechanisms.h"

/* Linear from `boost` with one LP busy to nothing with all busy: vendors publish a step for each number of busy cores,
 * and these lie near a line. Physical servers boost as well: `speed` is the clock with all cores busy on both. */
static void cost(const double *p, const struct demand *d, struct cost *c)
{
    (void)p;
    c->speed *= 1.0 + d->at->boost * (1.0 - mechanism_others_busy(d));
}

const struct mechanism clock_boost_mechanism = {
    .name = "clock_boost",
    .title = "Clock boost",
    .doc = "While few logical processors are busy, all of them run faster than the host's `speed`, which is "
           "that with all busy: by `hosts.H.cpu.boost` with one busy, less in proportion with more. Growing "
           "load therefore costs speed before any queue is seen.",
    .params = NULL,
    .n_params = 0,
    .demands = DEMAND_BIT(DEMAND_SPEED),
    .cost = cost,
};
