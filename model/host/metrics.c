/* metrics.c - from the counters of a window to the metrics of product.md. */
#include "model/host/metrics.h"
#include "model/host/program.h"
#include <math.h>

struct walk {
    const struct window *w;
    struct arena *arena;
    metric_sink sink;
    void *context;
};

static void put(const struct walk *k, const char *unit, double value, const char *kind, const char *entity,
                const char *what)
{
    k->sink(k->context, arena_printf(k->arena, "%s.%s.%s", kind, entity, what), unit, value);
}

static double ratio(double a, double b)
{
    return b > 0.0 ? a / b : 0.0;
}

/* Sum of field `f` over n blocks of `stride` fields from `v`. */
static double sum_fields(const double *v, int n, int stride, int f)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += v[i * stride + f];
    return sum;
}

/* ---- hosts ---- */

void metrics_accounts(const struct window *w, const struct host *h, double lps[ACCOUNTS])
{
    const double *lp = w->delta + w->layout->lp[h->index];
    double ns[ACCOUNTS];
    collect_settle(w->delta + w->layout->account[h->index], sum_fields(lp, h->lps, LPF_COUNT, LPF_HYPERVISOR),
                   ns);
    for (int k = 0; k < ACCOUNTS; k++)
        lps[k] = ns[k] / w->ns;
}

/* The causes add up to lp.hypervisor. */
static void walk_accounts(const struct walk *k, const struct host *h)
{
    double lps[ACCOUNTS];
    metrics_accounts(k->w, h, lps);
    for (int i = 0; i < ACCOUNTS; i++)
        put(k, "1", lps[i] / h->lps, "host", h->spec->name,
            arena_printf(k->arena, "hypervisor.%s", account_names[i]));
}

static void walk_host(const struct walk *k, const struct host *h)
{
    const struct window *w = k->w;
    const char *name = h->spec->name;
    const double *lp = w->delta + w->layout->lp[h->index];
    const double *root = w->delta + w->layout->root[h->index];
    const double capacity = w->ns * h->lps;
    const double guest = sum_fields(lp, h->lps, LPF_COUNT, LPF_GUEST) / capacity;
    const double hypervisor = sum_fields(lp, h->lps, LPF_COUNT, LPF_HYPERVISOR) / capacity;
    const double root_guest = sum_fields(root, h->roots, VPF_COUNT, VPF_GUEST);
    const double root_hypervisor = sum_fields(root, h->roots, VPF_COUNT, VPF_HYPERVISOR);
    const double root_ns = root_guest + root_hypervisor;
    const double switches = sum_fields(lp, h->lps, LPF_COUNT, LPF_SWITCHES);
    put(k, "1", guest + hypervisor, "host", name, "lp.utilization");
    put(k, "1", guest, "host", name, "lp.guest");
    put(k, "1", hypervisor, "host", name, "lp.hypervisor");
    put(k, "/s", switches / capacity * 1e9, "host", name, "lp.context_switches_per_s");
    if (!h->native)
        walk_accounts(k, h);
    put(k, "LPs", root_ns / w->ns, "host", name, "root.cpu");
    put(k, "LPs", root_guest / w->ns, "host", name, "root.guest");
    put(k, "LPs", root_hypervisor / w->ns, "host", name, "root.hypervisor");
    /* the root's Task Manager divides by its own VPs; on a physical machine it shows the truth */
    put(k, "1", h->native ? guest : ratio(root_ns, w->ns * h->roots), "host", name, "task_manager");
}

static void walk_disk(const struct walk *k, const struct host *h, int i)
{
    const struct window *w = k->w;
    const double *v = w->delta + w->layout->disk[h->index] + i * DKF_COUNT;
    const struct pdisk_spec *s = h->disk[i].spec;
    const char *name = arena_printf(k->arena, "%s.%s", h->spec->name, s->name);
    const double operations = v[DKF_READS] + v[DKF_WRITES];
    const double ns = v[DKF_READ_NS] + v[DKF_WRITE_NS];
    put(k, "1", v[DKF_BUSY] / w->ns / s->spindles, "disk", name, "utilization");
    put(k, "s", operations > 0.0 ? ns / operations * 1e-9 : (double)NAN, "disk", name, "latency_s");
    put(k, "1", v[DKF_PRESENT] / w->ns, "disk", name, "queue");
    put(k, "/s", operations / w->ns * 1e9, "disk", name, "iops");
}

/* A link is two one-way servers; the busier direction is what limits. */
static double nic_utilization(const double *v, double ns)
{
    return fmax(v[NCF_SENT_BUSY], v[NCF_RECEIVED_BUSY]) / ns;
}

static void walk_nic(const struct walk *k, const struct host *h, int i)
{
    const struct window *w = k->w;
    const double *v = w->delta + w->layout->nic[h->index] + i * NCF_COUNT;
    const char *name = arena_printf(k->arena, "%s.%s", h->spec->name, h->nic[i].spec->name);
    put(k, "1", nic_utilization(v, w->ns), "nic", name, "utilization");
    put(k, "packets", v[NCF_OUTPUT_PACKETS] / w->ns, "nic", name, "output_queue_packets");
}

/* ---- VMs ---- */

static void walk_vm(const struct walk *k, const struct vm *vm)
{
    const struct window *w = k->w;
    const char *name = vm->spec->name;
    const double *vp = w->delta + w->layout->vp[vm->index];
    const double *f = w->delta + w->layout->vm[vm->index];
    const double run_ns =
        sum_fields(vp, vm->vps, VPF_COUNT, VPF_GUEST) + sum_fields(vp, vm->vps, VPF_COUNT, VPF_HYPERVISOR);
    const double wait_ns = sum_fields(vp, vm->vps, VPF_COUNT, VPF_WAIT);
    const double dispatches = sum_fields(vp, vm->vps, VPF_COUNT, VPF_DISPATCHES);
    put(k, "LPs", run_ns / w->ns, "vm", name, "cpu");
    put(k, "1", run_ns / w->ns / vm->vps, "vm", name, "vcpu.utilization");
    put(k, "1", f[VMF_PRESENT] / w->ns / vm->vps, "vm", name, "guest_processor_time");
    put(k, "ns", ratio(wait_ns, dispatches), "vm", name, "wait_per_dispatch_ns");
    put(k, "1", wait_ns / w->ns / vm->vps, "vm", name, "ready");
    put(k, "/s", dispatches / w->ns * 1e9, "vm", name, "dispatches_per_s");
    put(k, "/s", sum_fields(vp, vm->vps, VPF_COUNT, VPF_MIGRATIONS) / w->ns * 1e9, "vm", name,
        "migrations_per_s");
    put(k, "1", sum_fields(vp, vm->vps, VPF_COUNT, VPF_REMOTE) / w->ns / vm->vps, "vm", name,
        "remote_run_time");
    put(k, "1", sum_fields(vp, vm->vps, VPF_COUNT, VPF_CAPPED) / w->ns / vm->vps, "vm", name, "capped");
    const struct collect_memory memory = collect_memory_vm(vm, f, w->ns);
    put(k, "1", memory.pressure, "vm", name, "memory.pressure");
    if (memory.assigned > 0.0) {
        put(k, "bytes", memory.assigned, "vm", name, "memory.assigned_bytes");
        put(k, "bytes", memory.cache, "vm", name, "memory.cache_bytes");
        put(k, "/s", memory.faults_per_s, "vm", name, "pages_input_per_s");
    }
    if (vm->spec->memory.per_job_bytes > 0.0)
        put(k, "1", memory.inside, "vm", name, "jobs_inside");
}

/* What the guest waits for its disks, the whole virtual path included. */
static void walk_vdisks(const struct walk *k, const struct vm *vm)
{
    const struct window *w = k->w;
    for (int i = 0; i < vm->spec->disks; i++) {
        const double *o = w->delta + w->layout->vdisk[vm->index] + i * VDF_COUNT + VDF_GUEST;
        const char *name = arena_printf(k->arena, "%s.%s", vm->spec->name, vm->spec->disk[i].name);
        const double operations = o[OPF_READS] + o[OPF_WRITES], ns = o[OPF_READ_NS] + o[OPF_WRITE_NS];
        put(k, "s", operations > 0.0 ? ns / operations * 1e-9 : (double)NAN, "vdisk", name, "latency_s");
        put(k, "/s", operations / w->ns * 1e9, "vdisk", name, "iops");
        if (vm->spec->disk[i].maximum_iops <= 0.0 && vm->spec->disk[i].minimum_iops <= 0.0)
            continue;
        put(k, "/s", o[VDF_NORMAL - VDF_GUEST] / w->ns * 1e9, "vdisk", name, "normalized_iops");
        put(k, "1", o[OPF_OUTSTANDING] / w->ns, "vdisk", name, "outstanding");
    }
}

/* ---- the rest ---- */

static void walk_stations(const struct walk *k)
{
    const struct window *w = k->w;
    const struct model *m = w->run->model;
    for (int i = 0; i < m->externals; i++) {
        const double busy = w->delta[w->layout->external + i * STF_COUNT + STF_BUSY] / w->ns;
        const int servers = m->external[i].servers;
        put(k, servers ? "1" : "busy", servers ? busy / servers : busy, "external", m->external[i].name,
            servers ? "utilization" : "busy");
    }
    for (int i = 0; i < m->vms; i++)
        if (m->vm[i].pool > 0)
            put(k, "1", w->delta[w->layout->vm[i] + VMF_POOL_BUSY] / w->ns / m->vm[i].pool, "pool",
                m->vm[i].name, "utilization");
    for (int i = 0; i < m->locks; i++)
        put(k, "1", w->delta[w->layout->lock + i * STF_COUNT + STF_BUSY] / w->ns, "lock", m->lock[i],
            "utilization");
}

static void walk_workload(const struct walk *k, int i)
{
    const struct window *w = k->w;
    const double *v = w->delta + w->layout->workload[i];
    const char *name = w->run->model->workload[i].name;
    const double finished = v[WLF_FINISHED];
    put(k, "/s", finished / w->ns * 1e9, "workload", name, "throughput_per_s");
    if (program_refuses(w->run->workload[i].program))
        put(k, "/s", v[WLF_REFUSED] / w->ns * 1e9, "workload", name, "refused_per_s");
    put(k, "s", finished > 0.0 ? v[WLF_RESPONSE] / finished * 1e-9 : (double)NAN, "workload", name,
        "response_s");
}

void metrics_walk(const struct window *w, struct arena *a, metric_sink sink, void *context)
{
    const struct walk k = {.w = w, .arena = a, .sink = sink, .context = context};
    const struct model *m = w->run->model;
    for (int i = 0; i < m->hosts; i++)
        walk_host(&k, &w->run->host[i]);
    for (int i = 0; i < m->vms; i++)
        walk_vm(&k, &w->run->vm[i]);
    for (int i = 0; i < m->vms; i++)
        walk_vdisks(&k, &w->run->vm[i]);
    for (int i = 0; i < m->hosts; i++) {
        const struct host *h = &w->run->host[i];
        for (int d = 0; d < h->spec->disks; d++)
            walk_disk(&k, h, d);
        for (int n = 0; n < h->spec->nics; n++)
            walk_nic(&k, h, n);
        if (h->spec->memory_bytes > 0.0)
            put(&k, "bytes", collect_memory_host(h, w->delta + w->layout->memory[i], MMF_AVAILABLE, w->ns),
                "memory", h->spec->name, "available_bytes");
    }
    walk_stations(&k);
    for (int i = 0; i < m->workloads; i++)
        walk_workload(&k, i);
}
