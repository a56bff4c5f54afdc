/* lock_holder.c - a VP waits for a lock whose holder is not running. */
#include "model/mechanism/mechanisms.h"

enum { HINT, PARAMS };

static const struct param params[PARAMS] = {
    [HINT] =
        {"hint", UNIT_FRACTION, 0.25, 0.0, 1.0, CONF_ASSUMED, false,
         "no figure is published; an enlightened guest spins for the published count only and then tells "
         "the hypervisor, which may run another VP (TLFS 2.0a, 18.3.3): tens of microseconds against a "
         "quantum of milliseconds, but the hint is advisory and the holder must still get its turn",
         "Part of the loss that is left to a guest with the long-spin-wait hint."},
};

/* The chance to need a lock that a sibling off the LPs holds: of `lock_share`, in proportion to the siblings that are off
 * (k of n - 1). Linear; single locks are not followed. The time is the guest's own: it spins. */
static void cost(const double *p, const struct demand *d, struct cost *c)
{
    const struct place *at = d->at;
    if (at->version == HV_NONE || at->vcpus < 2)
        return;
    c->speed *= 1.0 - at->lock_share * (at->enlightened ? p[HINT] : 1.0) * d->amount;
}

const struct mechanism lock_holder_mechanism = {
    .name = "lock_holder",
    .title = "Preempted lock holders",
    .doc =
        "While some virtual processors of a VM wait for a logical processor, those that run spin on locks "
        "which the waiting ones hold: guest time without progress, `vms.V.lock_share` of it when all "
        "siblings wait, less in proportion when some do. An enlightened guest tells the hypervisor that it "
        "spins and loses only a part.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_PREEMPTED),
    .cost = cost,
};
