/* relief.h - a model in which one resource has more: for proofs of the bottleneck.
 *
 * Does      copies the model with about 10 % more of a resource: devices and external services a tenth faster, one more core a
 *           socket, one more VP, more threads
 * Owns      the copy shares everything but what it changes
 */
#ifndef HVPLAN_HOST_RELIEF_H
#define HVPLAN_HOST_RELIEF_H

#include "model/host/model.h"
#include "model/host/result.h"

/* NULL if that kind of resource cannot be relieved so (locks). *share: how much more it got, 0.1 or what whole
 * processors make of it. */
const struct model *relief_make(struct arena *a, const struct model *m, const struct resource_result *r,
                                double *share);

#endif
