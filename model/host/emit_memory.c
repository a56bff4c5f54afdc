/* emit_memory.c - memory in a counter log. */
#include "model/host/emit_memory.h"
#include "model/host/memory.h"
#include "model/host/paging.h"
#include <math.h>

#define MIB 1048576.0
#define PAGE_BYTES 4096.0

/* ---- between two rows ---- */

struct memory_watch *emit_memory_watch(struct arena *a, const struct run *run)
{
    struct memory_watch *w = ARENA_ARRAY(a, struct memory_watch, (size_t)run->model->vms);
    for (int i = 0; i < run->model->vms; i++)
        w[i].assigned = w[i].peak = run->vm[i].assigned_bytes;
    emit_memory_next(w, run);
    return w;
}

void emit_memory_look(struct memory_watch *w, const struct run *run)
{
    for (int i = 0; i < run->model->vms; i++) {
        const struct vm *vm = &run->vm[i];
        const double change = vm->assigned_bytes - w[i].assigned;
        w[i].least = fmin(w[i].least, vm->pressure);
        w[i].most = fmax(w[i].most, vm->pressure);
        w[i].peak = fmax(w[i].peak, vm->assigned_bytes);
        w[i].assigned = vm->assigned_bytes;
        *(change > 0.0 ? &w[i].added : &w[i].removed) += fabs(change);
    }
}

void emit_memory_next(struct memory_watch *w, const struct run *run)
{
    for (int i = 0; i < run->model->vms; i++) {
        w[i].least = w[i].most = run->vm[i].pressure;
        w[i].pressure_area = memory_areas(&run->vm[i]).pressure;
        w[i].faults = run->vm[i].faults;
    }
}

static double mean_pressure(const struct sheet *s, const struct vm *vm)
{
    return (memory_areas(vm).pressure - s->memory[vm->index].pressure_area) / s->ns;
}

/* ---- Windows' own set: of a physical machine, the root, a guest ---- */

static void put_available(struct sheet *s, double bytes)
{
    sheet_put(s, CTR_MEMORY_AVAILABLE_BYTES, NULL, bytes);
    sheet_put(s, CTR_MEMORY_AVAILABLE_MBYTES, NULL, floor(bytes / MIB));
}

/* A hard fault reads a page; now and then a run of modified pages is written. */
static void put_paging(struct sheet *s, const struct vm *vm)
{
    const double read = vm->faults - s->memory[vm->index].faults;
    sheet_rate(s, CTR_MEMORY_PAGES_INPUT, NULL, read);
    sheet_rate(s, CTR_MEMORY_PAGES, NULL, read * (1.0 + vm->page_writes * PAGING_RUN));
}

/* ---- the host's view ---- */

static bool has_balancer(const struct vm *vm)
{
    return vm->spec->memory.dynamic;
}

static void put_balancer(struct sheet *s, const struct host *h)
{
    double pressure = 0.0;
    int vms = 0;
    for (int i = 0; i < s->run->model->vms; i++)
        if (s->run->vm[i].host == h && has_balancer(&s->run->vm[i])) {
            pressure += mean_pressure(s, &s->run->vm[i]);
            vms++;
        }
    if (vms == 0)
        return;
    sheet_put(s, CTR_BALANCER_AVAILABLE, "System Balancer", floor(h->memory_available_bytes / MIB));
    sheet_put(s, CTR_BALANCER_PRESSURE, "System Balancer", 100.0 * pressure / vms);
}

void emit_memory_host(struct sheet *s, const struct host *h)
{
    for (int i = 0; h->native && i < s->run->model->vms; i++)
        if (s->run->vm[i].host == h && memory_may_lack(&s->run->vm[i]))
            put_paging(s, &s->run->vm[i]);
    if (h->spec->memory_bytes <= 0.0)
        return;
    put_available(s, h->memory_available_bytes);
    sheet_put(s, CTR_MEMORY_COMMITTED, NULL, h->spec->memory_bytes - h->memory_available_bytes);
    if (!h->native)
        put_balancer(s, h);
}

void emit_memory_vm(struct sheet *s, const struct vm *vm)
{
    const struct memory_watch *w = &s->memory[vm->index];
    const char *name = vm->spec->name;
    sheet_put(s, CTR_VID_PAGES, name, vm->assigned_bytes / PAGE_BYTES);
    if (!has_balancer(vm))
        return;
    sheet_put(s, CTR_DM_PRESSURE, name, 100.0 * mean_pressure(s, vm));
    sheet_put(s, CTR_DM_CURRENT_PRESSURE, name, 100.0 * vm->pressure);
    sheet_put(s, CTR_DM_LEAST_PRESSURE, name, 100.0 * w->least);
    sheet_put(s, CTR_DM_MOST_PRESSURE, name, 100.0 * w->most);
    sheet_put(s, CTR_DM_PHYSICAL, name, vm->assigned_bytes / MIB);
    sheet_put(s, CTR_DM_VISIBLE, name, w->peak / MIB);
    sheet_put(s, CTR_DM_ADDED, name, w->added / MIB);
    sheet_put(s, CTR_DM_REMOVED, name, w->removed / MIB);
    sheet_put(s, CTR_DM_SMART_PAGING, name, 0.0); /* no VM restarts during a run */
}

/* ---- the guest's view ---- */

void emit_memory_guest(struct sheet *s, const struct vm *vm)
{
    const struct memory_spec *m = &vm->spec->memory;
    if (m->demand_bytes <= 0.0 && !m->dynamic)
        return; /* all that is known is that its memory suffices */
    const double committed = fmax(0.0, memory_demand(vm) - m->cache_bytes);
    put_available(s, fmax(0.0, vm->assigned_bytes - committed));
    sheet_put(s, CTR_MEMORY_COMMITTED, NULL, committed);
    put_paging(s, vm);
}
