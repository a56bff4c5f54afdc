/* resolve_io.c - completes disks and adapters of one VM. */
#include "scenarios/resolve_io.h"

#include <string.h>

/* The device of the host that a virtual device sits on: the named one, or the only one. */
static int on_resolve(struct resolve *r, const struct node *device, const struct node *owner,
                      const char *kind, const struct bind_at *at)
{
    struct bind_at here = {at, "on", 0};
    struct names *names = names_new(r->arena, node_get(owner, kind));
    int devices = names->map ? names->map->n : 0;
    const char *what = strcmp(kind, "disks") == 0 ? "disk of the host" : "adapter of the host";
    if (node_get(device, "on"))
        return names_resolve(r->arena, names, node_get(device, "on"), &here, what, r->errs);
    if (devices == 1)
        return 0;
    resolve_fail(r, device, at, "'on' is missing; the host has: %s", names_list(r->arena, names));
    return -1;
}

/* Devices of a physical machine are physical, those of a VM are not. */
static int kind_resolve(struct resolve *r, const struct node *device, int kind, bool native, bool physical,
                        int physical_kind, int usual_kind, const struct bind_at *at)
{
    struct bind_at here = {at, "kind", 0};
    const struct node *n = node_get(device, "kind");
    if (!n)
        return physical ? physical_kind : usual_kind;
    if (kind >= 0 && native && !physical)
        resolve_fail(r, n, &here, "'%s' is for physical machines (hypervisor: none)", n->text);
    if (kind >= 0 && !native && physical)
        resolve_fail(r, n, &here,
                     "'%s' on a physical machine (hypervisor: none); only 'physical' can be there", n->text);
    return kind;
}

void resolve_io_disks(struct resolve *r, struct vm_spec *v, const struct node *vm, const struct node *host,
                      bool physical, const struct bind_at *at)
{
    struct bind_at top = {at, "disks", 0};
    for (int i = 0; i < v->disks; i++) {
        struct vdisk_spec *d = &v->disk[i];
        const struct node *n = node_get(vm, "disks")->child[i];
        struct bind_at here = {&top, d->name, 0};
        int kind = (int)d->kind;
        bool native = kind >= 0 && vdisk_rows[kind].native;
        d->kind = (enum vdisk_kind)kind_resolve(r, n, kind, native, physical, VDISK_PHYSICAL, VDISK_FIXED_VHD,
                                                &here);
        d->on = on_resolve(r, n, host, "disks", &here);
        bool differencing = d->kind == VDISK_DIFF_VHD || d->kind == VDISK_DIFF_VHDX;
        if (d->chain == 0)
            d->chain = differencing ? 2 : 1;
        else if (d->chain > 1 && !differencing)
            resolve_fail(r, n, &here, "chain: only a differencing disk has more than one file");
    }
}

void resolve_io_nics(struct resolve *r, struct vm_spec *v, const struct node *vm, const struct node *host,
                     bool physical, const struct bind_at *at)
{
    struct bind_at top = {at, "nics", 0};
    for (int i = 0; i < v->nics; i++) {
        struct vnic_spec *nic = &v->nic[i];
        const struct node *n = node_get(vm, "nics")->child[i];
        struct bind_at here = {&top, nic->name, 0};
        int kind = (int)nic->kind;
        bool native = kind >= 0 && vnic_rows[kind].native;
        nic->kind =
            (enum vnic_kind)kind_resolve(r, n, kind, native, physical, VNIC_PHYSICAL, VNIC_SYNTHETIC, &here);
        nic->on = on_resolve(r, n, host, "nics", &here);
    }
}
