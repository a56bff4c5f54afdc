/* vcpus.c - the scenarios of a vCPU curve. */
#include "scenarios/vcpus.h"
#include "model/base/text.h"
#include "model/host/curve.h"
#include "scenarios/changeset.h"

#include <string.h>

static const struct pos option = {"--vcpu-curve", 0, 0};

static int vm_index(struct arena *a, const struct model *m, const char *vm, struct errs *e)
{
    const char **names = ARENA_ARRAY(a, const char *, (size_t)m->vms);
    for (int i = 0; i < m->vms; i++) {
        names[i] = m->vm[i].name;
        if (strcmp(vm, names[i]) == 0)
            return i;
    }
    errs_add_near(e, ERR_INVALID, option, NULL, text_nearest(vm, names, (size_t)m->vms),
                  "there is no VM '%.80s'", vm);
    return -1;
}

int vcpus_find(struct arena *a, const struct model *m, const char *vm, struct errs *e)
{
    const int i = vm_index(a, m, vm, e);
    if (i < 0)
        return -1;
    const struct host_spec *h = &m->host[m->vm[i].host];
    if (h->hv.version == HV_NONE) {
        errs_add(e, ERR_INVALID, option, NULL,
                 "'%s' is on %s, a physical machine: its processors are no vCPUs", vm, h->name);
        return -1;
    }
    for (int w = 0; w < m->workloads; w++)
        if (curve_visits(&m->workload[w], i))
            return i;
    errs_add(e, ERR_INVALID, option, NULL, "no workload has a step on '%s': more vCPUs could not help it",
             vm);
    return -1;
}

bool vcpus_apply(struct arena *a, const struct node *base, const struct scenario *from, const char *vm,
                 const int *vcpus, int n, struct scenario *out, struct errs *e)
{
    bool good = true;
    for (int i = 0; i < n; i++) {
        struct node *changes = node_map(a), *value = node_scalar(a, arena_printf(a, "%d", vcpus[i]));
        value->pos = option;
        node_add(a, changes, arena_printf(a, "vms.%s.vcpus", vm), option, value);
        const struct changeset c = {.name = arena_printf(a, "%d vCPU%s", vcpus[i], vcpus[i] == 1 ? "" : "s"),
                                    .base = base,
                                    .from = from,
                                    .changes = changes,
                                    .pos = option};
        good = changeset_apply(a, &c, &out[i], e) && good;
    }
    return good;
}
