/* moves.h - warnings on VMs that a scenario moves between hosts: can they move live?
 *
 * Does      W102 where the VM must be shut down, W103 where compatibility mode is needed; nothing where a live move works
 * Source    learn.microsoft.com, dynamic processor compatibility mode: live migration is between processors of one
 *           vendor; between different ones of that vendor it needs the mode. Live migration came with 2008 R2
 */
#ifndef HVPLAN_SCENARIOS_MOVES_H
#define HVPLAN_SCENARIOS_MOVES_H

#include "model/base/errs.h"
#include "model/host/model.h"

/* VMs are the same when they have the same name. */
void moves_check(const struct model *before, const struct model *after, struct errs *e);

#endif
