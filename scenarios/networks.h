/* networks.h - virtual switches of a host, and what adapters of VMs are attached to.
 *
 * Does      resolves hosts.H.switches and the `on` of vms.V.nics.N; checks that the two ends of a message reach each other
 * Shape     a VM's adapter is on a switch, or on an adapter of the host that stands in no switch and is one of its own
 * Errors    ERR_INVALID with position and key path
 */
#ifndef HVPLAN_SCENARIOS_NETWORKS_H
#define HVPLAN_SCENARIOS_NETWORKS_H

#include "scenarios/resolve.h"

/* A map whose keys are all that an adapter on `host` may be on: adapters that stand in no switch, and switches. */
const struct node *networks_of(struct arena *a, const struct node *host);
/* Is `name` an adapter of the host that alone makes up a switch? It stands for the switch then. */
bool networks_alone(const struct node *host, const char *name);
void networks_resolve(struct resolve *r, struct host_spec *h, const struct node *host,
                      const struct bind_at *at);
void networks_attach(struct resolve *r, struct vnic_spec *nic, const struct node *device,
                     const struct host_spec *h, const struct node *host, const struct bind_at *at);
/* From adapter `nic` of VM `vm` to VM `peer`, or to the outside (peer -1); `at` = the step's send, receive or connect. */
void networks_check(struct resolve *r, int vm, int nic, int peer, const struct node *n,
                    const struct bind_at *at);

#endif
