/* networks.c - virtual switches of a host, and what adapters of VMs are attached to. */
#include "scenarios/networks.h"

#include "model/host/switches.h"

#include <string.h>

static int child_count(const struct node *map)
{
    return map && map->kind == NODE_MAP ? map->n : 0;
}

/* Members that `nics` of a switch names: one or a list. */
static int member_count(const struct node *nics)
{
    return !nics ? 0 : nics->kind == NODE_SCALAR ? 1 : nics->kind == NODE_LIST ? nics->n : 0;
}

static const struct node *member(const struct node *nics, int i)
{
    return nics->kind == NODE_LIST ? nics->child[i] : nics;
}

static bool is_external(const struct node *vswitch)
{
    const struct node *kind = node_get(vswitch, "kind");
    return !kind || (kind->kind == NODE_SCALAR && strcmp(kind->text, switch_rows[SWITCH_EXTERNAL].name) == 0);
}

/* The switch that has the adapter among its members, or NULL. An external one that names none has the only adapter. */
static const struct node *switch_with(const struct node *host, const char *nic)
{
    const struct node *switches = node_get(host, "switches");
    for (int i = 0; i < child_count(switches); i++) {
        const struct node *nics = node_get(switches->child[i], "nics");
        if (!nics && is_external(switches->child[i]) && child_count(node_get(host, "nics")) == 1)
            return switches->child[i];
        for (int k = 0; k < member_count(nics); k++)
            if (member(nics, k)->kind == NODE_SCALAR && strcmp(member(nics, k)->text, nic) == 0)
                return switches->child[i];
    }
    return NULL;
}

const struct node *networks_of(struct arena *a, const struct node *host)
{
    struct node *all = node_map(a);
    const struct node *nics = node_get(host, "nics"), *switches = node_get(host, "switches");
    for (int i = 0; i < child_count(nics); i++)
        if (!switch_with(host, nics->key[i]))
            node_add(a, all, nics->key[i], nics->key_pos[i], nics->child[i]);
    for (int i = 0; i < child_count(switches); i++)
        if (!node_get(all, switches->key[i]))
            node_add(a, all, switches->key[i], switches->key_pos[i], switches->child[i]);
    return all;
}

bool networks_alone(const struct node *host, const char *name)
{
    const struct node *s = node_get(node_get(host, "nics"), name) ? switch_with(host, name) : NULL;
    return s && member_count(node_get(s, "nics")) <= 1;
}

/* ---- switches of a host ---- */

static bool member_taken(const struct host_spec *h, int before, int nic)
{
    for (int i = 0; i <= before; i++)
        for (int k = 0; k < h->vswitch[i].nics; k++)
            if (h->vswitch[i].nic[k] == nic)
                return true;
    return false;
}

static void members_resolve(struct resolve *r, struct host_spec *h, int i, const struct node *host,
                            const struct bind_at *at)
{
    struct vswitch_spec *s = &h->vswitch[i];
    struct bind_at here = {at, "nics", 0};
    struct names *names = names_new(r->arena, node_get(host, "nics"));
    const struct node *vswitch = node_get(host, "switches")->child[i], *nics = node_get(vswitch, "nics");
    s->nic = ARENA_ARRAY(r->arena, int, (size_t)member_count(nics) + 1);
    if (!nics && h->nics == 1 && !member_taken(h, i, 0))
        s->nic[s->nics++] = 0;
    else if (!nics)
        resolve_fail(r, vswitch, at,
                     "'nics' is missing: an external switch needs an adapter; the host has: %s",
                     names_list(r->arena, names));
    for (int k = 0; k < member_count(nics); k++) {
        const int nic =
            names_resolve(r->arena, names, member(nics, k), &here, "adapter of the host", r->errs);
        if (nic >= 0 && member_taken(h, i, nic))
            resolve_fail(r, member(nics, k), &here, "adapter '%s' is bound to a switch already",
                         h->nic[nic].name);
        else if (nic >= 0)
            s->nic[s->nics++] = nic;
    }
}

void networks_resolve(struct resolve *r, struct host_spec *h, const struct node *host,
                      const struct bind_at *at)
{
    struct bind_at top = {at, "switches", 0};
    const struct node *switches = node_get(host, "switches");
    if (h->vswitches > 0 && h->hv.version == HV_NONE)
        resolve_fail(r, switches, &top, "a physical machine (hypervisor: none) has no virtual switches");
    for (int i = 0; i < h->vswitches; i++) {
        struct bind_at here = {&top, h->vswitch[i].name, 0}, nics = {&here, "nics", 0};
        const struct node *n = switches->child[i];
        if (node_get(node_get(host, "nics"), h->vswitch[i].name))
            resolve_fail(r, n, &here, "an adapter of the host has the same name");
        if (h->vswitch[i].kind == SWITCH_EXTERNAL)
            members_resolve(r, h, i, host, &here);
        else if (node_get(n, "nics"))
            resolve_fail(r, node_get(n, "nics"), &nics, "only an external switch is bound to an adapter");
    }
}

/* ---- adapters of VMs ---- */

static void attach_named(struct resolve *r, struct vnic_spec *nic, const struct node *on,
                         const struct host_spec *h, const struct node *host, const struct bind_at *at)
{
    struct bind_at here = {at, "on", 0};
    const char *what = h->vswitches > 0 ? "switch or adapter of the host" : "adapter of the host";
    struct names *names = names_new(r->arena, networks_of(r->arena, host));
    const bool named = on->kind == NODE_SCALAR;
    const int adapter = named ? node_index(node_get(host, "nics"), on->text) : -1;
    const struct node *has = adapter >= 0 ? switch_with(host, on->text) : NULL;
    nic->vswitch = named ? node_index(node_get(host, "switches"), on->text) : -1;
    if (nic->vswitch >= 0)
        return;
    for (int i = 0; has && i < h->vswitches; i++)
        if (node_get(host, "switches")->child[i] == has)
            nic->vswitch = i;
    if (has && !networks_alone(host, on->text))
        resolve_fail(r, on, &here, "adapter '%s' is a member of the team of switch %s; say on: %s", on->text,
                     h->vswitch[nic->vswitch].name, h->vswitch[nic->vswitch].name);
    else if (adapter >= 0 && !has)
        nic->on = adapter;
    else if (!has)
        (void)names_resolve(r->arena, names, on, &here, what, r->errs);
}

void networks_attach(struct resolve *r, struct vnic_spec *nic, const struct node *device,
                     const struct host_spec *h, const struct node *host, const struct bind_at *at)
{
    const struct node *all = networks_of(r->arena, host), *on = node_get(device, "on");
    nic->on = nic->vswitch = -1;
    if (on) {
        attach_named(r, nic, on, h, host, at);
    } else if (all->n == 1) {
        nic->vswitch = node_index(node_get(host, "switches"), all->key[0]);
        nic->on = nic->vswitch < 0 ? node_index(node_get(host, "nics"), all->key[0]) : -1;
    } else {
        resolve_fail(r, device, at, "'on' is missing; the host has: %s",
                     names_list(r->arena, names_new(r->arena, all)));
    }
    if (nic->kind == VNIC_SRIOV && nic->vswitch >= 0 && !switches_external(h, nic))
        resolve_fail(r, device, at, "an sr-iov adapter is a part of a physical one, which switch %s has not",
                     h->vswitch[nic->vswitch].name);
}

void networks_check(struct resolve *r, int vm, int nic, int peer, const struct node *n,
                    const struct bind_at *at)
{
    const struct model *m = r->model;
    const struct vm_spec *v = &m->vm[vm];
    if (v->host < 0 || nic < 0 || (v->nic[nic].on < 0 && v->nic[nic].vswitch < 0))
        return; /* an error has been reported */
    const struct host_spec *h = &m->host[v->host];
    const struct vnic_spec *a = &v->nic[nic];
    const char *where = a->vswitch >= 0 ? h->vswitch[a->vswitch].name : h->nic[a->on].name;
    if (peer < 0 && !switches_external(h, a))
        resolve_fail(r, n, at, "adapter %s of VM %s is on the %s switch %s, which does not reach the outside",
                     a->name, v->name, switch_rows[h->vswitch[a->vswitch].kind].name, where);
    if (peer >= 0 && m->vm[peer].host >= 0 && switches_peer(m, vm, nic, peer) < 0)
        resolve_fail(r, n, at, "VM %s has no adapter that %s of VM %s reaches through %s", m->vm[peer].name,
                     a->name, v->name, where);
}
