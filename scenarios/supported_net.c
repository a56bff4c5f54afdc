/* supported_net.c - networks against the limits of versions. */
#include "scenarios/supported_net.h"

static void adapter_check(struct resolve *r, const struct host_spec *h, const struct pnic_spec *n,
                          const char *where)
{
    const struct {
        bool used;
        const char *what;
        enum hv_version since;
    } features[] = {{n->vmq, "VMQ", HV_2008R2},
                    {n->chimney, "TCP chimney", HV_2008R2},
                    {n->jumbo, "a virtual switch with jumbo frames", HV_2008R2},
                    {n->vmmq, "VMMQ", HV_2016},
                    {n->rsc, "RSC in the virtual switch", HV_2019}};
    for (size_t i = 0; i < sizeof features / sizeof *features; i++)
        if (features[i].used && h->hv.version < features[i].since)
            errs_warn(r->errs, "W405", where, "adapter %s: %s does not exist before Hyper-V %s", n->name,
                      features[i].what, version_rows[features[i].since].name);
    if (n->vmmq && !n->vmq)
        errs_warn(r->errs, "W411", where, "adapter %s: vmmq needs vmq: yes; it changes nothing", n->name);
    if (n->queues > 0 && !n->vmq)
        errs_warn(r->errs, "W411", where,
                  "adapter %s: queues are those of VMQ; without vmq: yes they change nothing", n->name);
}

void supported_net_host(struct resolve *r, const struct host_spec *h, const char *where)
{
    for (int i = 0; i < h->nics; i++)
        adapter_check(r, h, &h->nic[i], where);
    for (int i = 0; i < h->vswitches; i++)
        if (h->vswitch[i].nics > 1 && h->hv.version < HV_2012)
            errs_warn(r->errs, "W405", where,
                      "switch %s: a team of adapters is the adapter vendor's before Hyper-V 2012",
                      h->vswitch[i].name);
}

/* Do all physical adapters below have VMQ? */
static bool vmq_below(const struct host_spec *h, const struct vnic_spec *n)
{
    if (n->vswitch < 0)
        return h->nic[n->on].vmq;
    const struct vswitch_spec *s = &h->vswitch[n->vswitch];
    for (int i = 0; i < s->nics; i++)
        if (!h->nic[s->nic[i]].vmq)
            return false;
    return s->nics > 0;
}

void supported_net_vm(struct resolve *r, const struct vm_spec *v, const char *where)
{
    const struct host_spec *h = &r->model->host[v->host];
    for (int i = 0; i < v->nics; i++) {
        const struct vnic_spec *n = &v->nic[i];
        const bool team = n->vswitch >= 0 && h->vswitch[n->vswitch].nics > 1;
        if (n->vrss && h->hv.version < HV_2012R2)
            errs_warn(r->errs, "W405", where, "adapter %s: virtual RSS does not exist before Hyper-V 2012r2",
                      n->name);
        if (n->vrss && (n->kind != VNIC_SYNTHETIC || !vmq_below(h, n)))
            errs_warn(r->errs, "W411", where,
                      "adapter %s: vrss needs a synthetic adapter, and vmq: yes on the adapters of the host "
                      "below; it "
                      "changes nothing",
                      n->name);
        if (n->kind == VNIC_SRIOV && team && h->hv.version < HV_2016)
            errs_warn(r->errs, "W405", where,
                      "adapter %s: a team with SR-IOV does not exist before Hyper-V 2016", n->name);
    }
}
