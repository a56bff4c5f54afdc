/* resources.c - utilization and queue of every resource in a window. */
#include "model/host/resources.h"
#include <math.h>

struct walk {
    const struct window *w;
    struct arena *arena;
    resource_sink sink;
    void *context;
};

static void put(const struct walk *k, const char *name, const char *kind, double utilization, double queue,
                int servers)
{
    const struct resource_result r = {
        .name = name, .kind = kind, .utilization = utilization, .queue = queue, .servers = servers};
    k->sink(k->context, &r);
}

static double vp_sum(const double *v, int n, int f)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += v[i * VPF_COUNT + f];
    return sum;
}

static double ready_vps(const struct walk *k, const struct host *h)
{
    const struct window *w = k->w;
    double ns = vp_sum(w->delta + w->layout->root[h->index], h->roots, VPF_WAIT);
    for (int i = 0; i < w->run->model->vms; i++)
        if (w->run->vm[i].host == h)
            ns += vp_sum(w->delta + w->layout->vp[i], w->run->vm[i].vps, VPF_WAIT);
    return ns / w->ns;
}

static void put_processors(const struct walk *k, const struct host *h)
{
    const struct window *w = k->w;
    const double *lp = w->delta + w->layout->lp[h->index];
    const double *root = w->delta + w->layout->root[h->index];
    double busy = 0.0;
    for (int i = 0; i < h->lps; i++)
        busy += lp[i * LPF_COUNT + LPF_GUEST] + lp[i * LPF_COUNT + LPF_HYPERVISOR];
    put(k, arena_printf(k->arena, "host.%s.lp", h->spec->name), "cpu", busy / w->ns / h->lps, ready_vps(k, h),
        h->lps);
    if (h->native)
        return;
    double busiest = 0.0;
    for (int i = 0; i < h->roots; i++)
        busiest = fmax(busiest, root[i * VPF_COUNT + VPF_GUEST] + root[i * VPF_COUNT + VPF_HYPERVISOR]);
    put(k, arena_printf(k->arena, "host.%s.root", h->spec->name), "root", busiest / w->ns,
        vp_sum(root, h->roots, VPF_WAIT) / w->ns, h->roots);
}

static void put_devices(const struct walk *k, const struct host *h)
{
    const struct window *w = k->w;
    for (int i = 0; i < h->spec->disks; i++) {
        const double *v = w->delta + w->layout->disk[h->index] + i * DKF_COUNT;
        const struct pdisk_spec *s = h->disk[i].spec;
        put(k, arena_printf(k->arena, "disk.%s.%s", h->spec->name, s->name), "disk",
            v[DKF_BUSY] / w->ns / s->spindles, v[DKF_WAITING] / w->ns, s->spindles);
    }
    for (int i = 0; i < h->spec->nics; i++) {
        const double *v = w->delta + w->layout->nic[h->index] + i * NCF_COUNT;
        put(k, arena_printf(k->arena, "nic.%s.%s", h->spec->name, h->nic[i].spec->name), "nic",
            fmax(v[NCF_SENT_BUSY], v[NCF_RECEIVED_BUSY]) / w->ns, v[NCF_WAITING] / w->ns, 1);
    }
    if (h->spec->memory_bytes > 0.0)
        put(k, arena_printf(k->arena, "memory.%s", h->spec->name), "memory",
            (collect_memory_host(h, w->delta + w->layout->memory[h->index], MMF_USED, w->ns) +
             h->memory_missing_bytes) /
                h->spec->memory_bytes,
            0.0, 1);
}

static void put_vm(const struct walk *k, const struct vm *vm)
{
    const struct window *w = k->w;
    const double *vp = w->delta + w->layout->vp[vm->index];
    const double *f = w->delta + w->layout->vm[vm->index];
    const double run_ns = vp_sum(vp, vm->vps, VPF_GUEST) + vp_sum(vp, vm->vps, VPF_HYPERVISOR);
    put(k, arena_printf(k->arena, "vm.%s.vcpu", vm->spec->name), "vcpu", run_ns / w->ns / vm->vps,
        f[VMF_QUEUE] / w->ns, vm->vps);
    if (vm->spec->pool > 0)
        put(k, arena_printf(k->arena, "pool.%s", vm->spec->name), "pool",
            f[VMF_POOL_BUSY] / w->ns / vm->spec->pool, f[VMF_POOL_WAITING] / w->ns, vm->spec->pool);
}

static void put_station(const struct walk *k, const char *kind, const char *name, int at, int servers)
{
    const double *f = k->w->delta + at;
    put(k, arena_printf(k->arena, "%s.%s", kind, name), kind,
        servers > 0 ? f[STF_BUSY] / k->w->ns / servers : 0.0, f[STF_WAITING] / k->w->ns, servers);
}

void resources_walk(const struct window *w, struct arena *a, resource_sink sink, void *context)
{
    const struct walk k = {.w = w, .arena = a, .sink = sink, .context = context};
    const struct model *m = w->run->model;
    for (int i = 0; i < m->hosts; i++)
        put_processors(&k, &w->run->host[i]);
    for (int i = 0; i < m->vms; i++)
        put_vm(&k, &w->run->vm[i]);
    for (int i = 0; i < m->hosts; i++)
        put_devices(&k, &w->run->host[i]);
    for (int i = 0; i < m->externals; i++)
        put_station(&k, "external", m->external[i].name, w->layout->external + i * STF_COUNT,
                    m->external[i].servers);
    for (int i = 0; i < m->locks; i++)
        put_station(&k, "lock", m->lock[i], w->layout->lock + i * STF_COUNT, 1);
}
