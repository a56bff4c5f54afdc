/* resolve_cpu.c - what a processor generation says about a host. */
#include "scenarios/resolve_cpu.h"

#include "model/mechanism/generations.h"

enum { MOST_NODES = 64 };

static const struct node *cpu_of(const struct resolve *r, int host)
{
    return node_get(node_get(r->root, "hosts")->child[host], "cpu");
}

/* Without a generation the memory counts as one: the penalty of remote memory is an assumption, and demands calibrated on
 * a host of several nodes already hold what its own cost. */
static int nodes_usual(const struct cpu_spec *cpu)
{
    const int cores = cpu->sockets * cpu->cores;
    const int nodes = cpu->generation >= 0 ? generations_nodes(cpu->generation, cpu->sockets) : 1;
    return nodes <= MOST_NODES && nodes > 0 && cores % nodes == 0 ? nodes : cpu->sockets;
}

static void nodes_resolve(struct resolve *r, int host, const struct node *n)
{
    struct host_spec *h = &r->model->host[host];
    struct bind_at top = {NULL, "hosts", 0}, at_host = {&top, h->name, 0}, cpu = {&at_host, "cpu", 0},
                   here = {&cpu, "numa_nodes", 0};
    const int cores = h->cpu.sockets * h->cpu.cores;
    if (!node_get(n, "numa_nodes"))
        h->cpu.nodes = nodes_usual(&h->cpu);
    else if (h->cpu.nodes > 0 && cores > 0 && cores % h->cpu.nodes != 0)
        resolve_fail(r, node_get(n, "numa_nodes"), &here,
                     "%d nodes on %d cores; each node must have as many cores", h->cpu.nodes, cores);
}

void resolve_cpu(struct resolve *r, int host)
{
    struct cpu_spec *cpu = &r->model->host[host].cpu;
    const struct node *n = cpu_of(r, host);
    const struct generations_row *g = cpu->generation >= 0 ? &generations_rows[cpu->generation] : NULL;
    if (!node_get(n, "vendor"))
        cpu->vendor = g ? g->vendor : VENDOR_INTEL;
    if (!node_get(n, "slat"))
        cpu->slat = g ? g->slat : true;
    nodes_resolve(r, host, n);
}

static void contradict(struct resolve *r, int host, const char *key, const char *stated, const char *known)
{
    const struct host_spec *h = &r->model->host[host];
    const struct node *n = node_get(cpu_of(r, host), key);
    errs_warn(r->errs, "W104",
              arena_printf(r->arena, "%s:%d (hosts.%s.cpu.%s)", n->pos.file ? n->pos.file : "", n->pos.line,
                           h->name, key),
              "%s is stated; %s has %s; what is stated is simulated", stated,
              generations_rows[h->cpu.generation].title, known);
}

static void threads_check(struct resolve *r, int host, const struct generations_row *g)
{
    const struct cpu_spec *cpu = &r->model->host[host].cpu;
    if (cpu->threads > g->threads)
        contradict(r, host, "threads", arena_printf(r->arena, "%d", cpu->threads),
                   arena_printf(r->arena, "%d thread%s a core", g->threads, g->threads == 1 ? "" : "s"));
}

void resolve_cpu_check(struct resolve *r, int host)
{
    const struct cpu_spec *cpu = &r->model->host[host].cpu;
    if (cpu->generation < 0)
        return;
    const struct generations_row *g = &generations_rows[cpu->generation];
    if (cpu->vendor != g->vendor)
        contradict(r, host, "vendor", vendor_rows[cpu->vendor].name, vendor_rows[g->vendor].name);
    if (cpu->slat != g->slat)
        contradict(r, host, "slat", cpu->slat ? "yes" : "no", g->slat ? "SLAT" : "no SLAT");
    if (g->nodes_per_socket == 0 && cpu->nodes > 1)
        contradict(r, host, "numa_nodes", arena_printf(r->arena, "%d", cpu->nodes), "uniform memory");
    threads_check(r, host, g);
}
