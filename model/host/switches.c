/* switches.c - which adapters of VMs reach each other. */
#include "model/host/switches.h"

bool switches_external(const struct host_spec *h, const struct vnic_spec *n)
{
    return n->vswitch < 0 ? n->on >= 0 : h->vswitch[n->vswitch].kind == SWITCH_EXTERNAL;
}

bool switches_same(const struct vnic_spec *a, const struct vnic_spec *b)
{
    return a->vswitch == b->vswitch && a->on == b->on;
}

int switches_peer(const struct model *m, int vm, int nic, int peer)
{
    const struct vm_spec *from = &m->vm[vm], *to = &m->vm[peer];
    for (int i = 0; i < to->nics && from->host == to->host; i++)
        if (switches_same(&from->nic[nic], &to->nic[i]))
            return i;
    if (!switches_external(&m->host[from->host], &from->nic[nic]))
        return -1;
    for (int i = 0; i < to->nics; i++)
        if (switches_external(&m->host[to->host], &to->nic[i]))
            return i;
    return -1;
}
