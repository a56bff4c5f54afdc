/* resolve_io.c - completes disks and adapters of one VM. */
#include "scenarios/resolve_io.h"
#include "scenarios/networks.h"
#include "scenarios/resolve_disk.h"

#include <string.h>

/* The disk of the host that a virtual disk lies on: the named one, or the only one. */
static int on_resolve(struct resolve *r, const struct node *device, const struct node *owner,
                      const struct bind_at *at)
{
    struct bind_at here = {at, "on", 0};
    struct names *names = names_new(r->arena, node_get(owner, "disks"));
    int devices = names->map ? names->map->n : 0;
    if (node_get(device, "on"))
        return names_resolve(r->arena, names, node_get(device, "on"), &here, "disk of the host", r->errs);
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

struct disk_at {
    struct resolve *r;
    const struct vm_spec *vm;
    const struct host_spec *host;
    const struct node *vm_node, *host_node, *node; /* node: the disk's own */
    const struct bind_at *at;
};

static void key_fail(const struct disk_at *d, const char *key, const char *why)
{
    const struct bind_at here = {d->at, key, 0};
    const struct node *stated = node_get(d->node, key);
    resolve_fail(d->r, stated ? stated : d->node, &here, "%s", why);
}

/* iscsi: the adapter of the VM that carries the disk. */
static int carrier_resolve(const struct disk_at *d)
{
    const struct bind_at here = {d->at, "nic", 0};
    struct names *names = names_new(d->r->arena, node_get(d->vm_node, "nics"));
    if (node_get(d->node, "nic"))
        return names_resolve(d->r->arena, names, node_get(d->node, "nic"), &here, "adapter of the VM",
                             d->r->errs);
    if (d->vm->nics == 1)
        return 0;
    resolve_fail(d->r, d->node, d->at, "iscsi needs 'nic'; the VM has: %s", names_list(d->r->arena, names));
    return -1;
}

/* Keys that mean nothing for this kind of disk. */
static void disk_keys_check(const struct disk_at *d, const struct vdisk_spec *v)
{
    const struct vdisk_trait *trait = &vdisk_traits[v->kind];
    if (v->chain > 1 && !trait->differencing)
        resolve_fail(d->r, d->node, d->at, "chain: only a differencing disk has more than one file");
    if (node_get(d->node, "nic") && v->kind != VDISK_ISCSI)
        key_fail(d, "nic", "only an iscsi disk is carried by an adapter");
    if (v->allocated >= 0 && !trait->grows)
        key_fail(d, "allocated", "only dynamic and differencing disks allocate blocks");
    if ((v->maximum_iops > 0 || v->minimum_iops > 0) && !trait->root)
        key_fail(d, v->maximum_iops > 0 ? "maximum_iops" : "minimum_iops",
                 "storage QoS is the root's; the operations of this disk do not pass it");
    if (v->maximum_iops > 0 && v->minimum_iops > v->maximum_iops)
        key_fail(d, "minimum_iops", "it is more than maximum_iops");
    if (v->controller == CTRL_IDE && v->controller_number > 1)
        key_fail(d, "controller_number", "a VM has two IDE controllers: 0 and 1");
    if (trait->lun && v->on >= 0 && v->on < d->host->disks && d->host->disk[v->on].kind != PDISK_SAN)
        key_fail(d, "on", "iscsi and virtual-fc reach a LUN: a disk of the host of kind san");
}

static void disk_resolve(const struct disk_at *d, struct vdisk_spec *v, bool physical)
{
    const int kind = (int)v->kind;
    const bool native = kind >= 0 && vdisk_rows[kind].native;
    if (kind != VDISK_ISCSI)
        v->kind = (enum vdisk_kind)kind_resolve(d->r, d->node, kind, native, physical, VDISK_PHYSICAL,
                                                VDISK_FIXED_VHD, d->at);
    v->on = on_resolve(d->r, d->node, d->host_node, d->at);
    if (!node_get(d->node, "allocated"))
        v->allocated = -1.0;
    v->nic = v->kind == VDISK_ISCSI ? carrier_resolve(d) : -1;
    if ((int)v->kind < 0)
        return;
    const struct vdisk_trait *trait = &vdisk_traits[v->kind];
    if (!node_get(d->node, "misaligned"))
        v->misaligned = trait->vhd && trait->grows;
    if (v->chain == 0)
        v->chain = trait->differencing ? 2 : 1;
    disk_keys_check(d, v);
}

void resolve_io_disks(struct resolve *r, struct vm_spec *v, const struct node *vm, const struct node *host,
                      bool physical, const struct bind_at *at)
{
    struct bind_at top = {at, "disks", 0};
    for (int i = 0; i < v->disks; i++) {
        struct bind_at here = {&top, v->disk[i].name, 0};
        const struct disk_at d = {.r = r,
                                  .vm = v,
                                  .host = &r->model->host[v->host],
                                  .vm_node = vm,
                                  .host_node = host,
                                  .node = node_get(vm, "disks")->child[i],
                                  .at = &here};
        disk_resolve(&d, &v->disk[i], physical);
        resolve_disk_layout(r, &v->disk[i], d.host, d.node, &here);
    }
}

/* The LUN of an iscsi disk is outside. */
static void carriers_check(struct resolve *r, const struct vm_spec *v, const struct node *vm,
                           const struct bind_at *at)
{
    struct bind_at top = {at, "disks", 0};
    for (int i = 0; i < v->disks; i++) {
        struct bind_at here = {&top, v->disk[i].name, 0};
        if (v->disk[i].kind == VDISK_ISCSI)
            networks_check(r, (int)(v - r->model->vm), v->disk[i].nic, -1, node_get(vm, "disks")->child[i],
                           &here);
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
        networks_attach(r, nic, n, &r->model->host[v->host], host, &here);
    }
    carriers_check(r, v, vm, at);
}

/* Other virtual disks on the disk of the host that disk `k` of VM `i` has for itself. */
static bool taken_twice(const struct model *m, int i, int k)
{
    int users = 0;
    for (int v = 0; v < m->vms; v++)
        for (int d = 0; d < m->vm[v].disks; d++)
            users += m->vm[v].host == m->vm[i].host && m->vm[v].disk[d].on == m->vm[i].disk[k].on;
    return users > 1;
}

void resolve_io_exclusive(struct resolve *r)
{
    const struct model *m = r->model;
    const struct bind_at top = {NULL, "vms", 0};
    for (int i = 0; i < m->vms; i++) {
        for (int k = 0; k < m->vm[i].disks; k++) {
            const struct vdisk_spec *d = &m->vm[i].disk[k];
            const struct bind_at vm = {&top, m->vm[i].name, 0}, disks = {&vm, "disks", 0},
                                 here = {&disks, d->name, 0};
            if ((int)d->kind >= 0 && vdisk_traits[d->kind].exclusive && taken_twice(m, i, k))
                resolve_fail(
                    r, node_get(node_get(r->root, "vms")->child[i], "disks")->child[k], &here,
                    "'%s': its VM has that disk of the host for itself; another disk of a VM lies on it",
                    vdisk_rows[d->kind].name);
        }
    }
}
