/* resolve_vm.c - completes one VM. */
#include "scenarios/resolve_vm.h"

#include "scenarios/resolve_io.h"

#include <string.h>

static void memory_resolve(struct resolve *r, struct vm_spec *v, const struct node *vm,
                           const struct host_spec *host, const struct bind_at *at)
{
    struct memory_spec *m = &v->memory;
    struct bind_at here = {at, "memory", 0};
    const struct node *n = node_get(vm, "memory");
    if (!n && host && host->hv.version == HV_NONE)
        m->startup_bytes = host->memory_bytes;
    if (!node_get(n, "dynamic"))
        m->dynamic = m->minimum_bytes > 0 || m->maximum_bytes > 0;
    if (m->minimum_bytes == 0)
        m->minimum_bytes = m->startup_bytes;
    if (m->maximum_bytes == 0)
        m->maximum_bytes = m->startup_bytes;
    if (!m->dynamic && (m->minimum_bytes != m->startup_bytes || m->maximum_bytes != m->startup_bytes))
        resolve_fail(r, n, &here, "minimum and maximum need dynamic memory; leave out 'dynamic: no'");
    if (m->minimum_bytes > m->startup_bytes || m->startup_bytes > m->maximum_bytes)
        resolve_fail(r, n, &here, "minimum <= startup <= maximum does not hold");
    if (m->per_job_bytes > 0 && m->demand_bytes <= 0)
        resolve_fail(r, n, &here, "per_job needs demand: what the guest needs with no job inside");
    if (m->demand_bytes > 0 && m->cache_bytes > m->demand_bytes)
        resolve_fail(r, n, &here, "cache is a part of demand and cannot be larger");
}

/* Systems whose integration components are not installed unless the file says so; linux-lis is Linux with them. */
static const char *const without_integration[] = {"linux"};

static bool integration_default(const char *os)
{
    for (size_t i = 0; i < sizeof without_integration / sizeof *without_integration; i++)
        if (strcmp(os, without_integration[i]) == 0)
            return false;
    return true;
}

static void system_resolve(struct vm_spec *v, const struct node *vm)
{
    if (v->os < 0)
        return;
    if (!node_get(vm, "integration"))
        v->integration = integration_default(os_rows[v->os].name);
    if (!node_get(vm, "enlightened"))
        v->enlightened = v->integration && os_rows[v->os].enlightened;
}

static void vcpus_resolve(struct resolve *r, struct vm_spec *v, const struct node *vm,
                          const struct host_spec *host, const struct bind_at *at)
{
    bool physical = host && host->hv.version == HV_NONE;
    int lps = host ? host->cpu.sockets * host->cpu.cores * host->cpu.threads : 0;
    if (!node_get(vm, "vcpus")) {
        if (physical)
            v->vcpus = lps;
    } else if (physical && v->vcpus != lps) {
        resolve_fail(r, node_get(vm, "vcpus"), &(struct bind_at){at, "vcpus", 0},
                     "a physical machine uses all of its %d logical processors; leave vcpus out or say %d",
                     lps, lps);
    }
    if (v->reserve > v->limit)
        resolve_fail(r, vm, at, "reserve is more than limit");
}

static void group_resolve(struct resolve *r, struct vm_spec *v, const struct node *vm,
                          const struct node *host, const struct bind_at *at)
{
    struct bind_at here = {at, "cpu_group", 0};
    const struct node *name = node_get(vm, "cpu_group");
    struct names *groups = names_new(r->arena, node_get(node_get(host, "hypervisor"), "cpu_groups"));
    v->group = name ? names_resolve(r->arena, groups, name, &here, "CPU group of the host", r->errs) : -1;
}

void resolve_vm(struct resolve *r, int i)
{
    struct vm_spec *v = &r->model->vm[i];
    const struct node *vm = node_get(r->root, "vms")->child[i];
    struct bind_at top = {NULL, "vms", 0}, here = {&top, v->name, 0}, at_host = {&here, "host", 0};
    v->host = names_resolve(r->arena, r->hosts, node_get(vm, "host"), &at_host, "host", r->errs);
    const struct host_spec *host =
        v->host >= 0 && v->host < r->model->hosts ? &r->model->host[v->host] : NULL;
    system_resolve(v, vm);
    memory_resolve(r, v, vm, host, &here);
    vcpus_resolve(r, v, vm, host, &here);
    if (!node_get(vm, "remote_memory"))
        v->remote_memory = -1.0;
    v->group = -1;
    if (!host)
        return;
    bool physical = host->hv.version == HV_NONE;
    resolve_io_disks(r, v, vm, r->hosts->map->child[v->host], physical, &here);
    resolve_io_nics(r, v, vm, r->hosts->map->child[v->host], physical, &here);
    if (!physical)
        group_resolve(r, v, vm, r->hosts->map->child[v->host], &here);
}
