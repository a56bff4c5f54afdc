/* resolve.c - hosts, workloads, objectives; VMs are in resolve_vm.c, steps in steps.c. */
#include "scenarios/resolve.h"

#include "scenarios/networks.h"
#include "scenarios/resolve_cpu.h"
#include "scenarios/resolve_disk.h"
#include "scenarios/resolve_io.h"
#include "scenarios/resolve_vm.h"
#include "scenarios/steps.h"
#include "scenarios/supported.h"
#include "scenarios/trace.h"

enum { MOST_LPS = 512 };

void resolve_fail(struct resolve *r, const struct node *n, const struct bind_at *at, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    errs_add(r->errs, ERR_INVALID, n->pos, bind_path(r->arena, at), "%s", arena_vprintf(r->arena, fmt, args));
    va_end(args);
}

static void disks_resolve(struct resolve *r, struct host_spec *h, const struct node *disks,
                          const struct bind_at *at)
{
    for (int i = 0; i < h->disks; i++) {
        const struct node *n = disks->child[i];
        struct bind_at here = {at, h->disk[i].name, 0};
        resolve_disk(r, &h->disk[i], n, &here);
        h->disk[i].balancer_stated = node_get(n, "balancer") != NULL;
    }
}

/* An error of one key of `hypervisor`, which is stated, or the check would not fail. */
static void hypervisor_fail(struct resolve *r, const struct node *n, const struct bind_at *at,
                            const char *key, const char *text)
{
    const struct bind_at hv = {at, "hypervisor", 0}, here = {&hv, key, 0};
    const struct node *stated = node_get(node_get(n, "hypervisor"), key);
    resolve_fail(r, stated ? stated : n, &here, "%s", text);
}

static void group_fail(struct resolve *r, const struct node *n, const struct bind_at *at, const char *group)
{
    const struct bind_at hv = {at, "hypervisor", 0}, map = {&hv, "cpu_groups", 0}, here = {&map, group, 0},
                         key = {&here, "lps", 0};
    const struct node *g = node_get(node_get(node_get(n, "hypervisor"), "cpu_groups"), group);
    resolve_fail(r, node_get(g, "lps"), &key, "under the core scheduler they must be whole cores");
}

/* Settings of the scheduler that do not go together. */
static void scheduler_check(struct resolve *r, const struct host_spec *h, const struct node *n,
                            const struct bind_at *at)
{
    const bool cores = h->hv.scheduler == SCHED_CORE && h->cpu.threads > 1;
    if (h->hv.placement == PLACE_STAY && h->hv.queues != QUEUES_PER_LP)
        hypervisor_fail(r, n, at, "placement", "stay needs queues: per-lp");
    if (cores && h->hv.queues == QUEUES_PER_LP)
        hypervisor_fail(r, n, at, "queues",
                        "per-lp and the core scheduler exclude each other on hyper-threads; "
                        "Hyper-V 2019 and later have it unless scheduler: classic is stated");
    for (int i = 0; i < h->hv.groups && cores; i++)
        if (h->hv.group[i].lps % h->cpu.threads != 0)
            group_fail(r, n, at, h->hv.group[i].name);
}

static void groups_check(struct resolve *r, const struct host_spec *h, const struct node *n, double lps,
                         const struct bind_at *at)
{
    struct bind_at hv = {at, "hypervisor", 0}, here = {&hv, "cpu_groups", 0};
    double own = 0.0;
    for (int i = 0; i < h->hv.groups; i++)
        own += h->hv.group[i].lps;
    if (own > lps)
        resolve_fail(r, node_get(node_get(n, "hypervisor"), "cpu_groups"), &here,
                     "the groups want %.0f logical processors of their own; the host has %.0f", own, lps);
}

static void host_resolve(struct resolve *r, int i)
{
    struct host_spec *h = &r->model->host[i];
    const struct node *map = node_get(r->root, "hosts"), *n = map->child[i];
    struct bind_at top = {NULL, "hosts", 0}, here = {&top, h->name, 0}, disks = {&here, "disks", 0},
                   cpu = {&here, "cpu", 0};
    disks_resolve(r, h, node_get(n, "disks"), &disks);
    networks_resolve(r, h, n, &here);
    double lps = (double)h->cpu.sockets * h->cpu.cores * h->cpu.threads;
    if (lps > MOST_LPS)
        resolve_fail(r, node_get(n, "cpu"), &cpu, "%.0f logical processors; at most %d are allowed", lps,
                     MOST_LPS);
    resolve_cpu(r, i);
    if ((int)h->hv.version < 0)
        return;
    const struct version_row *version = &version_rows[h->hv.version];
    if ((int)h->hv.scheduler < 0)
        h->hv.scheduler = version->scheduler;
    if ((int)h->hv.placement < 0)
        h->hv.placement = version->placement;
    groups_check(r, h, n, lps, &here);
    scheduler_check(r, h, n, &here);
    if (h->hv.root_vps > lps && lps > 0)
        hypervisor_fail(
            r, n, &here, "root_vps",
            arena_printf(r->arena, "%d root processors on %.0f logical processors", h->hv.root_vps, lps));
}

/* A physical machine has exactly one VM: itself. */
static void physical_check(struct resolve *r, int i, const int *vms)
{
    const struct host_spec *h = &r->model->host[i];
    struct bind_at top = {NULL, "hosts", 0}, here = {&top, h->name, 0};
    if (h->hv.version == HV_NONE && vms[i] != 1)
        resolve_fail(r, node_get(r->root, "hosts")->child[i], &here,
                     "a physical machine (hypervisor: none) has exactly one VM; this one has %d", vms[i]);
}

static void hosts_check(struct resolve *r)
{
    int *vms = ARENA_ARRAY(r->arena, int, (size_t)r->model->hosts);
    for (int i = 0; i < r->model->vms; i++)
        if (r->model->vm[i].host >= 0)
            vms[r->model->vm[i].host]++;
    for (int i = 0; i < r->model->hosts; i++)
        physical_check(r, i, vms);
}

/* The gaps between arrivals must be a distribution that can be drawn from. */
static void arrivals_check(struct resolve *r, const struct workload_spec *w, const struct node *arrivals,
                           const struct bind_at *at)
{
    struct bind_at here = {at, "arrivals", 0}, scv = {&here, "scv", 0};
    const struct node *n = node_get(arrivals, "scv");
    struct dist d;
    const char *why = NULL;
    if (n && !dist_make(&d, DIST_AUTO, 1, w->scv, &why))
        resolve_fail(r, n, &scv, "%s", why);
}

static void workload_resolve(struct resolve *r, int i)
{
    struct workload_spec *w = &r->model->workload[i];
    const struct node *n = node_get(r->root, "workloads")->child[i];
    struct bind_at top = {NULL, "workloads", 0}, here = {&top, w->name, 0}, trace = {&here, "trace", 0};
    w->arrivals = node_get(n, "closed")  ? ARRIVAL_CLOSED
                  : node_get(n, "trace") ? ARRIVAL_TRACE
                                         : ARRIVAL_OPEN;
    if (w->arrivals == ARRIVAL_TRACE && w->trace.path)
        trace_read(r->arena, r->root->pos.file, node_get(n, "trace"), &trace, &w->trace, r->errs);
    arrivals_check(r, w, node_get(n, "arrivals"), &here);
    steps_resolve(r, i, n, &here);
}

static void objective_resolve(struct resolve *r, int i)
{
    static const struct {
        const char *key;
        double quantile;
    } measures[] = {{"mean", 0}, {"p50", 0.50}, {"p90", 0.90}, {"p95", 0.95}, {"p99", 0.99}};
    struct objective_spec *o = &r->model->objective[i];
    const struct node *n = node_get(r->root, "objectives")->child[i];
    struct bind_at top = {NULL, "objectives", 0}, here = {&top, o->name, 0},
                   workload = {&here, "workload", 0};
    o->workload =
        names_resolve(r->arena, r->workloads, node_get(n, "workload"), &workload, "workload", r->errs);
    for (size_t k = 0; k < sizeof measures / sizeof *measures; k++)
        if (node_get(n, measures[k].key))
            o->quantile = measures[k].quantile;
    o->limit_s /= 1e9; /* bound as ns */
}

/* A step's `call` could mean either. */
static void same_names_check(struct resolve *r)
{
    for (int i = 0; i < r->model->externals; i++) {
        const char *name = r->model->external[i].name;
        struct bind_at top = {NULL, "external", 0}, here = {&top, name, 0};
        if (names_find(r->vms, name) >= 0)
            resolve_fail(r, node_get(r->root, "external")->child[i], &here, "a VM has the same name");
    }
}

static void calibration_resolve(struct resolve *r)
{
    const struct node *grade = node_get(node_get(r->root, "calibration"), "grade");
    if (grade && grade->kind == NODE_SCALAR)
        r->model->grade = grade->text[0];
}

void resolve_model(struct resolve *r)
{
    for (int i = 0; i < r->model->hosts; i++)
        host_resolve(r, i);
    for (int i = 0; i < r->model->vms; i++)
        resolve_vm(r, i);
    hosts_check(r);
    resolve_io_exclusive(r);
    same_names_check(r);
    for (int i = 0; i < r->model->workloads; i++)
        workload_resolve(r, i);
    for (int i = 0; i < r->model->objectives; i++)
        objective_resolve(r, i);
    calibration_resolve(r);
    if (!errs_any(r->errs))
        supported_check(r);
}
