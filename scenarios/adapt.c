/* adapt.c - machines that move. */
#include "scenarios/adapt.h"

#include "model/base/units.h"
#include "model/mechanism/kinds.h"
#include "scenarios/networks.h"

#include <string.h>

/* One VM and its hosts. */
struct mover {
    struct arena *arena;
    struct errs *errs;
    struct pos pos;
    const struct node *changes;
    const char *name;
    struct node *vm;
    const struct node *host, *old_host; /* old_host NULL = the VM is new */
    bool physical, was_physical, moved;
};

static const char *text_of(const struct node *n)
{
    return n && n->kind == NODE_SCALAR ? n->text : NULL;
}

static const struct node *host_of(const struct node *tree, const struct node *vm)
{
    const char *name = text_of(node_get(vm, "host"));
    return name ? node_get(node_get(tree, "hosts"), name) : NULL;
}

static bool is_physical(const struct node *host)
{
    const struct node *hypervisor = node_get(host, "hypervisor");
    const char *word = text_of(hypervisor);
    if (!word)
        word = text_of(node_get(hypervisor, "version"));
    return word && strcmp(word, version_rows[HV_NONE].name) == 0;
}

static struct node *scalar_at(const struct mover *m, const char *text)
{
    struct node *n = node_scalar(m->arena, text);
    n->pos = m->pos;
    return n;
}

/* A device that is physical but should not be, or the other way round. */
static void kind_adapt(const struct mover *m, struct node *device, bool is_disk)
{
    const char *physical = is_disk ? vdisk_rows[VDISK_PHYSICAL].name : vnic_rows[VNIC_PHYSICAL].name;
    const char *usual = is_disk ? vdisk_rows[VDISK_FIXED_VHD].name : vnic_rows[VNIC_SYNTHETIC].name;
    const char *kind = text_of(node_get(device, "kind"));
    if (!kind)
        return; /* the default follows the host */
    if (is_disk && strcmp(kind, vdisk_rows[VDISK_ISCSI].name) == 0)
        return; /* the initiator moves with its system */
    bool is = strcmp(kind, physical) == 0;
    if (is && !m->physical)
        node_set(m->arena, device, "kind", scalar_at(m, usual));
    if (!is && m->physical && !m->was_physical)
        node_set(m->arena, device, "kind", scalar_at(m, physical));
}

static char *keys_of(struct arena *a, const struct node *map)
{
    char *list = arena_strdup(a, "");
    for (int i = 0; map && i < map->n; i++)
        list = arena_printf(a, "%s%s%s", list, i ? ", " : "", map->key[i]);
    return list;
}

/* What a host has for such a device to sit on; NULL if nothing. */
static const struct node *below(const struct mover *m, const struct node *host, const char *devices)
{
    return strcmp(devices, "nics") == 0 ? networks_of(m->arena, host) : node_get(host, devices);
}

static bool has(const struct mover *m, const char *on, const char *devices)
{
    return node_get(below(m, m->host, devices), on) ||
           (strcmp(devices, "nics") == 0 && networks_alone(m->host, on));
}

/* Where the device sat before: the stated name, or the only one of the old host. */
static const char *on_before(const struct mover *m, const struct node *device, const char *devices)
{
    const char *on = text_of(node_get(device, "on"));
    const struct node *old = m->old_host ? below(m, m->old_host, devices) : NULL;
    return on ? on : old && old->kind == NODE_MAP && old->n == 1 ? old->key[0] : NULL;
}

static void on_adapt(const struct mover *m, struct node *device, const char *name, const char *devices)
{
    const struct node *there = below(m, m->host, devices);
    const char *on = on_before(m, device, devices);
    int n = there && there->kind == NODE_MAP ? there->n : 0;
    if (!m->moved || (on && has(m, on, devices))) {
        if (m->moved && on)
            node_set(m->arena, device, "on", scalar_at(m, on));
        return;
    }
    if (n == 1) {
        node_set(m->arena, device, "on", scalar_at(m, there->key[0]));
        return;
    }
    errs_add(m->errs, ERR_INVALID, m->pos, arena_printf(m->arena, "vms.%s.%s.%s.on", m->name, devices, name),
             "host %s %s; add the change  vms.%s.%s.%s.on: NAME  with NAME one of: %s",
             text_of(node_get(m->vm, "host")), on ? arena_printf(m->arena, "has no '%s'", on) : "has several",
             m->name, devices, name, n ? keys_of(m->arena, there) : "(the host has none)");
}

static void devices_adapt(const struct mover *m, const char *devices)
{
    struct node *map = node_get(m->vm, devices);
    for (int i = 0; map && map->kind == NODE_MAP && i < map->n; i++) {
        if (map->child[i]->kind != NODE_MAP)
            continue;
        kind_adapt(m, map->child[i], strcmp(devices, "disks") == 0);
        on_adapt(m, map->child[i], map->key[i], devices);
    }
}

static int count_of(const struct node *map, const char *key)
{
    double v = 1;
    const char *text = text_of(node_get(map, key));
    if (!text || units_parse(text, UNIT_COUNT, &v) != UNITS_OK || v < 1 || v > 512)
        return 1;
    return (int)v;
}

static int lps_of(const struct node *host)
{
    const struct node *cpu = node_get(host, "cpu");
    return count_of(cpu, "sockets") * count_of(cpu, "cores") * count_of(cpu, "threads");
}

static bool says_vcpus(const struct mover *m)
{
    return m->changes && node_get(m->changes, arena_printf(m->arena, "vms.%s.vcpus", m->name));
}

/* A server that becomes a VM gets as many vCPUs as it had processors, as far as version and host allow; a VM that
 * becomes a physical machine uses all of its processors. */
static void vcpus_adapt(const struct mover *m)
{
    if (says_vcpus(m) || !(m->physical ? m->moved || !m->was_physical : m->was_physical))
        return;
    if (m->physical) {
        node_remove(m->vm, "vcpus");
        return;
    }
    const struct node *hypervisor = node_get(m->host, "hypervisor");
    const char *word = text_of(hypervisor) ? text_of(hypervisor) : text_of(node_get(hypervisor, "version"));
    int had = lps_of(m->old_host), n = had;
    for (int i = 0; word && i < HV_VERSIONS; i++)
        if (strcmp(version_rows[i].name, word) == 0 && version_rows[i].max_vps_per_vm > 0 &&
            n > version_rows[i].max_vps_per_vm)
            n = version_rows[i].max_vps_per_vm;
    n = n > lps_of(m->host) ? lps_of(m->host) : n;
    node_set(m->arena, m->vm, "vcpus", scalar_at(m, arena_printf(m->arena, "%d", n)));
    if (n < had)
        errs_warn(m->errs, "W101", arena_printf(m->arena, "vms.%s.vcpus", m->name),
                  "the server had %d logical processors; the VM gets %d vCPUs, the most that its host allows",
                  had, n);
}

static void vm_adapt(struct mover *m, const struct node *base, const struct node *tree)
{
    const struct node *before = node_get(node_get(base, "vms"), m->name);
    m->host = host_of(tree, m->vm);
    m->old_host = before ? host_of(base, before) : NULL;
    if (!m->host || (before && !m->old_host))
        return; /* model_load reports an unknown host */
    const char *new_name = text_of(node_get(m->vm, "host")), *old_name = text_of(node_get(before, "host"));
    m->moved = !old_name || strcmp(new_name, old_name) != 0;
    m->physical = is_physical(m->host);
    m->was_physical = before && is_physical(m->old_host);
    devices_adapt(m, "disks");
    devices_adapt(m, "nics");
    if (before)
        vcpus_adapt(m);
}

static bool host_is_used(const struct node *tree, const char *host)
{
    const struct node *vms = node_get(tree, "vms");
    for (int i = 0; vms && vms->kind == NODE_MAP && i < vms->n; i++) {
        const char *name = text_of(node_get(vms->child[i], "host"));
        if (name && strcmp(name, host) == 0)
            return true;
    }
    return false;
}

/* A server whose system has moved away is retired. */
static void servers_retire(const struct node *base, struct node *tree)
{
    struct node *hosts = node_get(tree, "hosts");
    for (int i = hosts && hosts->kind == NODE_MAP ? hosts->n - 1 : -1; i >= 0; i--)
        if (is_physical(hosts->child[i]) && !host_is_used(tree, hosts->key[i]) &&
            host_is_used(base, hosts->key[i]))
            node_remove_at(hosts, i);
}

void adapt_vms(struct arena *a, const struct node *base, struct node *tree, const struct node *changes,
               struct pos pos, struct errs *e)
{
    struct node *vms = node_get(tree, "vms");
    for (int i = 0; vms && vms->kind == NODE_MAP && i < vms->n; i++) {
        struct mover m = {
            .arena = a, .errs = e, .pos = pos, .changes = changes, .name = vms->key[i], .vm = vms->child[i]};
        if (m.vm->kind == NODE_MAP)
            vm_adapt(&m, base, tree);
    }
    servers_retire(base, tree);
}
