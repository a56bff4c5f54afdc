/* relief.c - a model in which one resource has more. */
#include "model/host/relief.h"
#include <string.h>

#define MORE 1.1
#define LPS_MAX 512 /* LPs of a host, VPs of a VM: bits of their idle maps */

static struct model *copy_model(struct arena *a, const struct model *m)
{
    struct model *c = ARENA_NEW(a, struct model);
    *c = *m;
    c->host = arena_grow(a, m->host, (size_t)m->hosts, (size_t)m->hosts, sizeof *m->host);
    c->vm = arena_grow(a, m->vm, (size_t)m->vms, (size_t)m->vms, sizeof *m->vm);
    c->external = arena_grow(a, m->external, (size_t)m->externals, (size_t)m->externals, sizeof *m->external);
    for (int i = 0; i < m->hosts; i++) {
        struct host_spec *h = &c->host[i];
        h->disk = arena_grow(a, h->disk, (size_t)h->disks, (size_t)h->disks, sizeof *h->disk);
        h->nic = arena_grow(a, h->nic, (size_t)h->nics, (size_t)h->nics, sizeof *h->nic);
    }
    return c;
}

static bool named(struct arena *a, const char *resource, const char *kind, const char *x, const char *y)
{
    const char *name = y ? arena_printf(a, "%s.%s.%s", kind, x, y) : arena_printf(a, "%s.%s", kind, x);
    return strcmp(resource, name) == 0;
}

/* One more core a package; faster ones where the model can hold no more. */
static double relieve_processors(struct cpu_spec *c)
{
    if (c->sockets * (c->cores + 1) * c->threads > LPS_MAX) {
        c->speed *= MORE;
        return MORE - 1.0;
    }
    c->cores++;
    return 1.0 / (c->cores - 1);
}

/* Members of a team that share each load by hash are one resource: one alone would prove a part of it only. */
static void relieve_adapter(struct host_spec *h, int nic)
{
    const struct vswitch_spec *team = NULL;
    for (int i = 0; i < h->vswitches; i++)
        for (int k = 0; k < h->vswitch[i].nics && h->vswitch[i].balance == BALANCE_HASH; k++)
            team = h->vswitch[i].nic[k] == nic ? &h->vswitch[i] : team;
    for (int k = 0; team && k < team->nics; k++)
        h->nic[team->nic[k]].bytes_per_s *= MORE;
    if (!team)
        h->nic[nic].bytes_per_s *= MORE;
}

/* Share that the host's resource got, 0 if it is not one of this host. */
static double relieve_host(struct arena *a, struct host_spec *h, const char *resource)
{
    if (named(a, resource, "host", h->name, "lp"))
        return relieve_processors(&h->cpu);
    if (named(a, resource, "host", h->name, "root")) {
        h->hv.root_relief = MORE;
        return MORE - 1.0;
    }
    for (int i = 0; i < h->disks; i++)
        if (named(a, resource, "disk", h->name, h->disk[i].name)) {
            h->disk[i].relief = MORE;
            return MORE - 1.0;
        }
    for (int i = 0; i < h->nics; i++)
        if (named(a, resource, "nic", h->name, h->nic[i].name)) {
            relieve_adapter(h, i);
            return MORE - 1.0;
        }
    return 0.0;
}

static double relieve_vm(struct arena *a, struct vm_spec *v, const char *resource)
{
    if (named(a, resource, "vm", v->name, "vcpu") && v->vcpus < LPS_MAX) {
        v->vcpus++;
        return 1.0 / (v->vcpus - 1);
    }
    if (named(a, resource, "pool", v->name, NULL)) {
        const int more = v->pool / 10 > 1 ? v->pool / 10 : 1;
        v->pool += more;
        return (double)more / (v->pool - more);
    }
    return 0.0;
}

const struct model *relief_make(struct arena *a, const struct model *m, const struct resource_result *r,
                                double *share)
{
    struct model *c = copy_model(a, m);
    *share = 0.0;
    for (int i = 0; i < c->hosts && *share == 0.0; i++)
        *share = relieve_host(a, &c->host[i], r->name);
    for (int i = 0; i < c->vms && *share == 0.0; i++)
        if (c->host[c->vm[i].host].hv.version != HV_NONE)
            *share = relieve_vm(a, &c->vm[i], r->name);
    for (int i = 0; i < c->externals && *share == 0.0; i++)
        if (named(a, r->name, "external", c->external[i].name, NULL)) {
            c->external[i].relief = MORE;
            *share = MORE - 1.0;
        }
    return *share > 0.0 ? c : NULL;
}
