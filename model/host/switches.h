/* switches.h - which adapters of VMs reach each other, and through which physical ones.
 *
 * Does      answers questions about switches of the model; nothing runs here
 * Order     a message to a VM arrives at its first adapter on the sender's switch, else at its first one that reaches the
 *           outside
 */
#ifndef HVPLAN_HOST_SWITCHES_H
#define HVPLAN_HOST_SWITCHES_H

#include "model/host/model.h"

/* Does it reach the outside? Adapters of the host that stand in no switch do. */
bool switches_external(const struct host_spec *h, const struct vnic_spec *n);
/* Are two adapters of one host on the same switch? */
bool switches_same(const struct vnic_spec *a, const struct vnic_spec *b);
/* Adapter of VM `peer` at which what adapter `nic` of VM `vm` sends arrives; -1 if none. */
int switches_peer(const struct model *m, int vm, int nic, int peer);

#endif
