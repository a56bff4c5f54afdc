/* memory_fit.c - "it fits" against "it fits and still performs". */
#include "model/host/memory_fit.h"
#include "model/base/units.h"
#include "model/host/memory.h"
#include "model/host/resources.h"
#include <math.h>
#include <string.h>

#define PAGES_LEAST 0.1  /* faults a second worth a word */
#define CACHE_WHOLE 0.99 /* of the wanted file cache */

static double mean_of(struct arena *a, const struct scenario_result *s, const struct vm_spec *vm,
                      const char *what)
{
    const struct metric *m = result_metric(s, arena_printf(a, "vm.%s.%s", vm->name, what));
    return m ? m->mean : 0.0;
}

static const char *join(struct arena *a, const char *list, const char *part)
{
    return list ? arena_printf(a, "%s; %s", list, part) : part;
}

/* NULL if it has all that it needs. */
static const char *vm_suffers(struct arena *a, const struct scenario_result *s, const struct vm_spec *vm)
{
    const double pages = mean_of(a, s, vm, "pages_input_per_s");
    const double cache = mean_of(a, s, vm, "memory.cache_bytes");
    const double pressure = mean_of(a, s, vm, "memory.pressure");
    const struct memory_spec *m = &vm->memory;
    const double buffered = m->dynamic ? 1.0 / (1.0 + m->buffer) : 1.0;
    const char *say = NULL;
    if (pages > PAGES_LEAST)
        say = join(a, say, arena_printf(a, "reads %.3g pages/s from disk", pages));
    if (cache < CACHE_WHOLE * m->cache_bytes)
        say = join(a, say,
                   arena_printf(a, "has %.0f %% of its file cache and reads more by %s miss curve",
                                100.0 * cache / m->cache_bytes,
                                m->miss_exponent > 0.0 ? "its" : "the assumed"));
    if (!say && pressure > buffered + 0.005)
        say = m->dynamic ? "gets less than its buffer" : "needs more than it has";
    return say ? arena_printf(a, "%s %s (pressure %.0f %%)", vm->name, say, 100.0 * pressure) : NULL;
}

static const char *missed(struct arena *a, const struct scenario_result *s)
{
    const char *say = "";
    for (int i = 0; i < s->objectives; i++)
        if (!s->objective[i].met)
            say = arena_printf(a, "%s%s%s", say, *say ? ", " : "; missed: ", s->objective[i].name);
    return say;
}

static double used_share(struct arena *a, const struct host_spec *h, const struct scenario_result *s)
{
    const char *name = arena_printf(a, "memory.%s", h->name);
    for (int i = 0; i < s->resources; i++)
        if (strcmp(s->resource[i].name, name) == 0)
            return s->resource[i].utilization;
    return 0.0;
}

const char *memory_fit_suffers(struct arena *a, const struct model *m, int host,
                               const struct scenario_result *s)
{
    const struct host_spec *h = &m->host[host];
    const double used = used_share(a, h, s);
    const char *list = NULL;
    if (used > RESOURCES_OVERCOMMITTED)
        return NULL;
    for (int i = 0; i < m->vms; i++) {
        const char *say = m->vm[i].host == host ? vm_suffers(a, s, &m->vm[i]) : NULL;
        if (say)
            list = join(a, list, say);
    }
    if (!list)
        return NULL;
    if (used <= 0.0 || h->hv.version == HV_NONE)
        return arena_printf(a, "on %s memory is short: %s%s", h->name, list, missed(a, s));
    return arena_printf(a, "the VMs fit into the memory of %s (%.0f %% used), but do not perform: %s%s",
                        h->name, 100.0 * used, list, missed(a, s));
}

/* ---- restarts ---- */

static bool can_smart_page(const struct model *m, const struct vm_spec *vm)
{
    return vm->memory.dynamic && vm->memory.startup_bytes > vm->memory.minimum_bytes &&
           m->host[vm->host].hv.version >= HV_2012 && m->host[vm->host].memory_bytes > 0.0;
}

bool memory_fit_restarts(const struct model *m)
{
    for (int i = 0; i < m->vms; i++)
        if (can_smart_page(m, &m->vm[i]))
            return true;
    return false;
}

/* What the balloons of the other VMs can give: their buffers. */
static double reclaimable(const struct run *run, const struct vm *but)
{
    double sum = 0.0;
    for (int i = 0; i < run->model->vms; i++) {
        const struct vm *vm = &run->vm[i];
        if (vm->host != but->host || vm == but || !vm->spec->memory.dynamic)
            continue;
        sum += fmax(0.0, vm->assigned_bytes - fmax(vm->spec->memory.minimum_bytes, memory_demand(vm)));
    }
    return sum;
}

const char *memory_fit_restart(struct arena *a, const struct run *run, int host)
{
    const char *list = NULL;
    for (int i = 0; i < run->model->vms; i++) {
        const struct vm *vm = &run->vm[i];
        if (vm->spec->host != host || !can_smart_page(run->model, vm->spec))
            continue;
        const double there = vm->host->memory_available_bytes + vm->assigned_bytes + reclaimable(run, vm);
        const double paged = vm->spec->memory.startup_bytes - fmax(vm->spec->memory.minimum_bytes, there);
        if (paged > 1.0)
            list = join(a, list,
                        arena_printf(a, "%s %s of its %s", vm->spec->name, units_format(a, paged, UNIT_BYTES),
                                     units_format(a, vm->spec->memory.startup_bytes, UNIT_BYTES)));
    }
    return list ? arena_printf(a, "a restart on %s finds too little memory, and the host pages meanwhile: %s",
                               run->model->host[host].name, list)
                : NULL;
}
