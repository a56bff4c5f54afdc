/* emit_net.h - networks in a counter log: links, virtual switches, virtual and legacy adapters, and what guests see of theirs.
 *
 * Does      Network Interface of hosts and guests; Hyper-V Virtual Switch, Virtual Network Adapter, Legacy Network Adapter
 * Units     as counter_rows says
 * Shape     a legacy adapter is a port of the switch as well, so that it is in both sets, as on live hosts; an adapter with
 *           SR-IOV by-passes the switch and is in neither
 */
#ifndef HVPLAN_HOST_EMIT_NET_H
#define HVPLAN_HOST_EMIT_NET_H

#include "model/host/sheet.h"

/* Links, and the virtual switches above them. */
void emit_net_host(struct sheet *s, const struct host *h);
/* The VM's adapters, as its host sees them. */
void emit_net_vm(struct sheet *s, const struct vm *vm);
/* The VM's adapters, as it logs them itself. */
void emit_net_guest(struct sheet *s, const struct vm *vm);

#endif
