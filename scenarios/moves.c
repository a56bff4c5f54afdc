/* moves.c - live moves between processors. */
#include "scenarios/moves.h"

#include "model/mechanism/generations.h"

#include <string.h>

struct move {
    const struct vm_spec *vm;
    const struct host_spec *from, *to;
};

static const struct vm_spec *vm_find(const struct model *m, const char *name)
{
    for (int i = 0; i < m->vms; i++)
        if (strcmp(m->vm[i].name, name) == 0)
            return &m->vm[i];
    return NULL;
}

/* "HV01 (amd)" or "HV01 (Opteron 2300 ..., amd)" */
static const char *host_text(struct arena *a, const struct host_spec *h)
{
    const char *vendor = vendor_rows[h->cpu.vendor].name;
    if (h->cpu.generation < 0)
        return arena_printf(a, "%s (%s)", h->name, vendor);
    return arena_printf(a, "%s (%s, %s)", h->name, generations_rows[h->cpu.generation].title, vendor);
}

static bool generations_differ(const struct move *m)
{
    return m->from->cpu.generation >= 0 && m->to->cpu.generation >= 0 &&
           m->from->cpu.generation != m->to->cpu.generation;
}

static void move_check(struct arena *a, const struct move *m, struct errs *e)
{
    const char *where = arena_printf(a, "vms.%s.host", m->vm->name);
    const char *from = host_text(a, m->from), *to = host_text(a, m->to);
    if (m->from->cpu.vendor != m->to->cpu.vendor)
        errs_warn(e, "W102", where,
                  "from %s to %s: no live migration between vendors, with or without compatibility mode; the "
                  "VM must be shut down",
                  from, to);
    else if (m->from->hv.version < HV_2008R2 || m->to->hv.version < HV_2008R2)
        errs_warn(e, "W102", where,
                  "from %s to %s: Hyper-V 2008 has no live migration; the VM stops meanwhile", from, to);
    else if (generations_differ(m) && !m->vm->compatibility)
        errs_warn(e, "W103", where,
                  "from %s to %s: a live move is not guaranteed; it needs compatibility: yes, and its cost",
                  from, to);
}

void moves_check(const struct model *before, const struct model *after, struct errs *e)
{
    for (int i = 0; i < after->vms; i++) {
        const struct vm_spec *vm = &after->vm[i], *was = vm_find(before, vm->name);
        if (!was)
            continue;
        const struct move m = {vm, &before->host[was->host], &after->host[vm->host]};
        if (strcmp(m.from->name, m.to->name) == 0 || m.from->hv.version == HV_NONE ||
            m.to->hv.version == HV_NONE)
            continue;
        move_check(after->arena, &m, e);
    }
}
