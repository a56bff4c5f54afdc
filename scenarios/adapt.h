/* adapt.h - what follows when a machine moves: physical to virtual, back, and between hosts.
 *
 * Does      after the changes of a scenario: disks and adapters of VMs get kinds that fit their host; where a VM has moved, `on`
 *           keeps its name if the new host has it, else takes the only one there, else is an error that names the change
 *           needed; a physical server that becomes a VM keeps its number of processors; its old host, empty now, is retired
 * Errors    ERR_INVALID at `pos`
 */
#ifndef HVPLAN_SCENARIOS_ADAPT_H
#define HVPLAN_SCENARIOS_ADAPT_H

#include "scenarios/yamltree.h"

/* `changes` is the scenario's own map of path: value (for --set, all of them); what it says is left alone. */
void adapt_vms(struct arena *a, const struct node *base, struct node *tree, const struct node *changes,
               struct pos pos, struct errs *e);

#endif
