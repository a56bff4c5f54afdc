/* vcpus.h - one VM with other numbers of vCPUs: the scenarios of a vCPU curve.
 *
 * Does      finds the VM, makes a scenario for each number
 * Owns      memory in the arena given
 * Errors    an unknown VM with the nearest name, a VM on a physical machine, a VM that has no work
 */
#ifndef HVPLAN_SCENARIOS_VCPUS_H
#define HVPLAN_SCENARIOS_VCPUS_H

#include "scenarios/load.h"

/* Index of the VM in the model; -1 after an error. */
int vcpus_find(struct arena *a, const struct model *m, const char *vm, struct errs *e);
/* out[i]: `from` with vcpus[i] vCPUs for the VM. false after errors. */
bool vcpus_apply(struct arena *a, const struct node *base, const struct scenario *from, const char *vm,
                 const int *vcpus, int n, struct scenario *out, struct errs *e);

#endif
