/* supported_net.h - what networks of a model use that its Hyper-V version does not have.
 *
 * Does      warnings W405 and W411 about adapters of hosts, teams and adapters of VMs
 */
#ifndef HVPLAN_SCENARIOS_SUPPORTED_NET_H
#define HVPLAN_SCENARIOS_SUPPORTED_NET_H

#include "scenarios/resolve.h"

/* Of one host that has a hypervisor: `where` names it in warnings. */
void supported_net_host(struct resolve *r, const struct host_spec *h, const char *where);
/* Of one VM on such a host. */
void supported_net_vm(struct resolve *r, const struct vm_spec *v, const char *where);

#endif
