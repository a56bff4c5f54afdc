/* tree.c - a fit as a model file. */
#include "calibrate/tree.h"
#include "model/base/text.h"
#include "model/mechanism/generations.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A number of operations per job within this share of a whole number is that number. */
#define WHOLE 0.03

struct builder {
    const struct fit *f;
    struct arena *a;
    struct tree *t;
};

/* Four digits say more than any log can tell. */
static char *quantity(struct arena *a, double value, enum unit unit)
{
    char text[40];
    snprintf(text, sizeof text, "%.4g", value);
    return units_format(a, strtod(text, NULL), unit);
}

static void put(struct builder *b, struct node *map, const char *key, const char *text)
{
    node_set(b->a, map, key, node_scalar(b->a, text));
}

static void put_new(struct builder *b, struct node *map, const char *key, const char *text)
{
    if (node_get(map, key) == NULL) {
        put(b, map, key, text);
    }
}

static void put_count(struct builder *b, struct node *map, const char *key, int value)
{
    put(b, map, key, arena_printf(b->a, "%d", value));
}

static void guess(struct builder *b, const char *path)
{
    struct tree *t = b->t;
    *ARENA_PUSH(b->a, t->guessed, t->guesses, t->guess_room) = path;
}

/* Sets a guessed value unless the inventory has told it. */
static void put_guess(struct builder *b, struct node *map, const char *key, const char *text,
                      const char *path)
{
    if (node_get(map, key) == NULL) {
        put(b, map, key, text);
        guess(b, arena_printf(b->a, "%s.%s", path, key));
    }
}

static void interval(struct builder *b, const char *path, double value, double half, enum unit unit)
{
    if (!(half > 0.0) || isinf(half)) {
        return;
    }
    struct node *n = node_map(b->a);
    put(b, n, "low", quantity(b->a, fmax(0.0, value - half), unit));
    put(b, n, "high", quantity(b->a, value + half, unit));
    node_set(b->a, b->t->intervals, path, n);
}

/* A time: the mean alone is exponential. */
static struct node *time_node(struct builder *b, double seconds, double scv)
{
    char *mean = quantity(b->a, seconds * 1e9, UNIT_TIME);
    if (scv == 1.0) {
        return node_scalar(b->a, mean);
    }
    struct node *n = node_map(b->a);
    put(b, n, "mean", mean);
    put(b, n, "scv", quantity(b->a, scv, UNIT_NONE));
    return n;
}

static struct node *section(struct builder *b, struct node *parent, const char *key)
{
    struct node *n = node_get(parent, key);
    if (n == NULL) {
        n = node_map(b->a);
        node_set(b->a, parent, key, n);
    }
    return n;
}

/* The inventory's generation says the same as the log, or the log says nothing: then the generation is left to speak, so that
 * a change of it changes SLAT. */
static bool generation_says_slat(const struct fit_host *h, const struct node *cpu)
{
    const struct node *n = node_get(cpu, "generation");
    const int row = n != NULL && n->kind == NODE_SCALAR ? generations_find(n->text) : -1;
    return row >= 0 && (h->slat_guessed || generations_rows[row].slat == h->slat);
}

/* Inventories know the processor; the log knows how many LPs there are. */
static void add_cpu(struct builder *b, const struct fit_host *h, struct node *host, const char *path)
{
    struct node *cpu = section(b, host, "cpu");
    const char *where = arena_printf(b->a, "%s.cpu", path);
    if (node_get(cpu, "cores") == NULL) {
        /* Boxes of more than 8 processors have two packages more often than one. */
        const int sockets = h->lps > 8 && h->lps % 2 == 0 ? 2 : 1;
        put_guess(b, cpu, "sockets", arena_printf(b->a, "%d", sockets), where);
        put_guess(b, cpu, "cores", arena_printf(b->a, "%d", h->lps / sockets), where);
        put_guess(b, cpu, "threads", "1", where);
    }
    put_new(b, cpu, "speed", "1"); /* by definition: the demands were measured on it */
    if (h->hyperv && node_get(cpu, "slat") == NULL && !generation_says_slat(h, cpu)) {
        put(b, cpu, "slat", h->slat ? "yes" : "no");
        if (h->slat_guessed) {
            guess(b, arena_printf(b->a, "%s.slat", where));
        }
    }
}

static void add_hypervisor(struct builder *b, const struct fit_host *h, struct node *host, const char *path)
{
    if (!h->hyperv) {
        put(b, host, "hypervisor", "none");
        return;
    }
    const struct node *told = node_get(host, "hypervisor");
    struct node *n = node_map(b->a);
    if (told != NULL && told->kind == NODE_SCALAR) {
        put(b, n, "version", told->text);
    } else {
        inventory_copy(b->a, n, told);
    }
    node_set(b->a, host, "hypervisor", n);
    put_guess(b, n, "version", version_rows[h->version].name, arena_printf(b->a, "%s.hypervisor", path));
    if (h->root_load_lps > 5e-4) {
        put_new(b, n, "root_load", quantity(b->a, h->root_load_lps, UNIT_CORES));
    }
}

static void add_disk(struct builder *b, const struct fit_disk *d, struct node *disks, const char *path)
{
    struct node *n = section(b, disks, d->name);
    const char *where = arena_printf(b->a, "%s.disks.%s", path, d->name);
    inventory_copy(b->a, n, d->known.node);
    put_new(b, n, "label", d->label);
    put_guess(b, n, "kind", pdisk_rows[d->kind].name, where);
    if (node_get(n, "spindles") == NULL && node_get(n, "channels") == NULL) {
        put_guess(b, n, d->kind == PDISK_SSD ? "channels" : "spindles", arena_printf(b->a, "%d", d->servers),
                  where);
    }
    if (d->transfer_bytes_per_s > 0.0) {
        put_guess(b, n, "transfer", quantity(b->a, d->transfer_bytes_per_s, UNIT_BANDWIDTH), where);
    }
    node_set(b->a, n, "read", time_node(b, d->read_base_s, d->scv));
    node_set(b->a, n, "write", time_node(b, d->write_base_s, d->scv));
    if (d->time_guessed) {
        guess(b, arena_printf(b->a, "%s.read", where));
        guess(b, arena_printf(b->a, "%s.write", where));
    } else {
        const double r = d->read_base_s / d->read_s.value, w = d->write_base_s / d->write_s.value;
        interval(b, arena_printf(b->a, "%s.read", where), d->read_base_s * 1e9, d->read_s.half * r * 1e9,
                 UNIT_TIME);
        interval(b, arena_printf(b->a, "%s.write", where), d->write_base_s * 1e9, d->write_s.half * w * 1e9,
                 UNIT_TIME);
    }
}

static void add_nic(struct builder *b, const struct fit_nic *c, struct node *nics, const char *path)
{
    struct node *n = section(b, nics, c->name);
    inventory_copy(b->a, n, c->known.node);
    put_new(b, n, "label", c->label);
    put_new(b, n, "speed", units_format(b->a, c->bytes_per_s, UNIT_BANDWIDTH));
    if (c->guessed) {
        guess(b, arena_printf(b->a, "%s.nics.%s.speed", path, c->name));
    }
}

static void add_host(struct builder *b, const struct fit_host *h, struct node *hosts)
{
    struct node *n = section(b, hosts, h->name);
    const char *path = arena_printf(b->a, "hosts.%s", h->name);
    inventory_copy(b->a, n, h->known.node);
    node_remove(n, "disks"); /* told of each disk below */
    node_remove(n, "nics");
    put_new(b, n, "label", h->label);
    add_cpu(b, h, n, path);
    add_hypervisor(b, h, n, path);
    if (h->memory_bytes > 0.0) {
        put_guess(b, n, "memory", units_format(b->a, h->memory_bytes, UNIT_BYTES), path);
    }
    for (int i = 0; i < h->disks; i++) {
        add_disk(b, &h->disk[i], section(b, n, "disks"), path);
    }
    for (int i = 0; i < h->nics; i++) {
        add_nic(b, &h->nic[i], section(b, n, "nics"), path);
    }
}

static void add_vm_disk(struct builder *b, const struct fit_host *h, const struct fit_device *d,
                        struct node *disks, const char *path)
{
    struct node *n = section(b, disks, d->name);
    const char *where = arena_printf(b->a, "%s.disks.%s", path, d->name);
    inventory_copy(b->a, n, d->known.node);
    put_new(b, n, "label", d->label);
    put_new(b, n, "on", h->disk[d->on].name);
    if (d->on_guessed) {
        guess(b, arena_printf(b->a, "%s.on", where));
    }
    if (h->hyperv) {
        put_guess(b, n, "kind", h->version >= HV_2012 ? "fixed-vhdx" : "fixed-vhd", where);
        put_guess(b, n, "controller", "scsi", where);
    } else {
        put_new(b, n, "kind", "physical");
    }
}

static void add_memory(struct builder *b, const struct fit_vm *v, struct node *n, const char *path)
{
    if (!(v->memory_bytes > 0.0) || node_get(n, "memory") != NULL) {
        return;
    }
    if (v->memory_demand_bytes > 0.0) {
        struct node *m = section(b, n, "memory");
        put(b, m, "startup", units_format(b->a, v->memory_bytes, UNIT_BYTES));
        put(b, m, "demand", quantity(b->a, v->memory_demand_bytes, UNIT_BYTES));
    } else {
        put(b, n, "memory", units_format(b->a, v->memory_bytes, UNIT_BYTES));
    }
    if (v->memory_guessed) {
        guess(b, arena_printf(b->a, "%s.memory", path));
    }
}

/* Guests are seldom younger than their host, and only the name of the counter set tells its age. */
static const char *usual_os(const struct fit_host *h)
{
    return h->version >= HV_2012 ? "ws2012r2" : h->version == HV_2008 ? "ws2008" : "ws2008r2";
}

static void add_vm(struct builder *b, const struct fit_host *h, const struct fit_vm *v, struct node *vms)
{
    struct node *n = section(b, vms, v->name);
    const char *path = arena_printf(b->a, "vms.%s", v->name);
    inventory_copy(b->a, n, v->known.node);
    node_remove(n, "disks");
    node_remove(n, "nics");
    put_new(b, n, "label", v->label);
    put(b, n, "host", h->name);
    put_guess(b, n, "os", usual_os(h), path);
    if (v->legacy) {
        put_guess(b, n, "enlightened", "no", path);
    }
    put_count(b, n, "vcpus", v->vcpus);
    if (v->limit > 0.0) {
        put_guess(b, n, "limit", quantity(b->a, v->limit, UNIT_FRACTION), path);
    }
    if (v->weight > 0.0) {
        put_guess(b, n, "weight", arena_printf(b->a, "%.0f", v->weight), path);
    }
    add_memory(b, v, n, path);
    for (int i = 0; i < v->disks; i++) {
        add_vm_disk(b, h, &v->disk[i], section(b, n, "disks"), path);
    }
    for (int i = 0; i < v->nics; i++) {
        struct node *nic = section(b, section(b, n, "nics"), v->nic[i].name);
        put(b, nic, "label", v->nic[i].label);
        put(b, nic, "kind", h->hyperv ? "synthetic" : "physical");
        put(b, nic, "on", h->nic[v->nic[i].on].name);
    }
}

static struct node *step_add(struct builder *b, struct node *steps, const struct fit_vm *v)
{
    struct node *s = node_map(b->a);
    if (steps->n == 0) {
        put(b, s, "on", v->name);
    }
    node_append(b->a, steps, s);
    return s;
}

static void step_flow(struct builder *b, struct node *steps, const struct fit_vm *v, const struct fit_flow *w,
                      int count)
{
    struct node *s = step_add(b, steps, v), *what = section(b, s, fit_flow_verbs[w->kind]);
    const bool disk = w->kind <= FLOW_WRITE;
    put(b, what, disk ? "disk" : "nic", disk ? v->disk[w->device].name : v->nic[w->device].name);
    put(b, what, "size", quantity(b->a, disk ? w->bytes : w->per_s / v->rate_per_s, UNIT_BYTES));
    if (count > 1) {
        put_count(b, what, "count", count);
    }
}

static void step_cpu(struct builder *b, struct node *steps, const struct fit_vm *v, const char *workload)
{
    node_set(b->a, step_add(b, steps, v), "cpu", time_node(b, v->job_cpu_s, v->cpu_scv));
    interval(b, arena_printf(b->a, "workloads.%s.steps.%d.cpu", workload, steps->n - 1), v->job_cpu_s * 1e9,
             v->cpu_s.half * v->job_cpu_s / v->cpu_s.value * 1e9, UNIT_TIME);
}

static struct node *workload_add(struct builder *b, const char *name, const char *label, double rate,
                                 double scv)
{
    struct node *n = section(b, section(b, b->t->root, "workloads"), name),
                *arrivals = section(b, n, "arrivals");
    put(b, n, "label", label);
    put(b, arrivals, "rate", quantity(b->a, rate, UNIT_RATE));
    if (scv != 1.0) {
        put(b, arrivals, "scv", quantity(b->a, scv, UNIT_NONE));
    }
    struct node *steps = node_list(b->a);
    node_set(b->a, n, "steps", steps);
    return steps;
}

/* A name for the operations of one kind on one disk, which no other workload has. */
static const char *flow_name(struct builder *b, const struct fit_vm *v, const struct fit_flow *w)
{
    const char *name =
        arena_printf(b->a, "%s-%s-%s", v->workload, v->disk[w->device].name, fit_flow_verbs[w->kind]);
    if (strlen(name) > 60) {
        name = arena_printf(b->a, "%.40s-%d-%s", v->workload, w->device, fit_flow_verbs[w->kind]);
    }
    return text_to_name(b->a, name);
}

static void steps_network(struct builder *b, struct node *steps, const struct fit_vm *v, enum flow_kind kind)
{
    for (int i = 0; i < v->flows; i++) {
        if (v->flow[i].kind == kind) {
            step_flow(b, steps, v, &v->flow[i], 1);
        }
    }
}

/* Whole operations per job are steps of it; the rest of a disk's operations comes as a stream of its own, so that rates
 * are right and no job waits for half an operation. */
static void steps_disk(struct builder *b, struct node *steps, const struct fit_vm *v,
                       const struct fit_flow *w)
{
    const double each = w->per_s / v->rate_per_s;
    const bool whole = each > 0.9 && fabs(each - round(each)) <= WHOLE * each;
    const int count = (int)fmin(1e6, whole ? round(each) : floor(each));
    if (count > 0) {
        step_flow(b, steps, v, w, count);
    }
    if (!whole && each - count > 0.0) {
        struct node *own = workload_add(b, flow_name(b, v, w), "operations that no job is known to cause",
                                        (each - count) * v->rate_per_s, 1.0);
        step_flow(b, own, v, w, 1);
    }
}

/* The log counts jobs (or nothing, and jobs are one a second): one workload. */
static void add_jobs(struct builder *b, const struct fit_vm *v)
{
    struct node *steps = workload_add(b, v->workload, v->unit_text, v->rate_per_s, v->arrival_scv);
    if (v->users > 0) {
        struct node *n = node_get(section(b, b->t->root, "workloads"), v->workload);
        node_remove(n, "arrivals");
        struct node *closed = section(b, n, "closed");
        put_count(b, closed, "users", v->users);
        put(b, closed, "think", quantity(b->a, v->think_s * 1e9, UNIT_TIME));
    }
    steps_network(b, steps, v, FLOW_RECEIVE);
    step_cpu(b, steps, v, v->workload);
    for (int i = 0; i < v->flows; i++) {
        if (v->flow[i].kind <= FLOW_WRITE) {
            steps_disk(b, steps, v, &v->flow[i]);
        }
    }
    steps_network(b, steps, v, FLOW_SEND);
    if (v->unit == UNIT_OF_TIME) {
        guess(b, arena_printf(b->a, "workloads.%s.arrivals.rate", v->workload));
    }
}

/* One disk operation is the unit: each kind of operation on each disk is a workload, with an equal share of CPU. */
static void add_operations(struct builder *b, const struct fit_vm *v)
{
    for (int i = 0; i < v->flows; i++) {
        const struct fit_flow *w = &v->flow[i];
        if (w->kind > FLOW_WRITE) {
            continue;
        }
        const char *name = flow_name(b, v, w);
        struct node *steps = workload_add(b, name, v->unit_text, w->per_s, v->arrival_scv);
        steps_network(b, steps, v, FLOW_RECEIVE);
        step_cpu(b, steps, v, name);
        guess(b, arena_printf(b->a, "workloads.%s.steps.%d.cpu", name, steps->n - 1));
        step_flow(b, steps, v, w, 1);
        steps_network(b, steps, v, FLOW_SEND);
    }
}

static void add_overheads(struct builder *b)
{
    const struct fit *f = b->f;
    if (f->no_overhead) {
        put(b, section(b, b->t->root, "overheads"), "cpu", "0 %");
        guess(b, "overheads.cpu");
        return;
    }
    for (int i = 0; i < f->fitted_n; i++) {
        const struct mechanism *m;
        const struct param *p = mechanism_param(f->fitted[i].param, &m);
        struct node *n = section(b, section(b, b->t->root, "overheads"), m->name);
        put(b, n, p->name, quantity(b->a, f->fitted[i].value, p->unit));
        interval(b, arena_printf(b->a, "overheads.%s.%s", m->name, p->name), f->fitted[i].value,
                 f->fitted[i].half, p->unit);
    }
}

struct tree *tree_new(const struct fit *f)
{
    struct tree *t = ARENA_NEW(f->arena, struct tree);
    struct builder b = {f, f->arena, t};
    t->root = node_map(f->arena);
    t->intervals = node_map(f->arena);
    put(&b, t->root, "schema", "hvplan.model/1");
    struct node *hosts = section(&b, t->root, "hosts"), *vms = section(&b, t->root, "vms");
    for (int i = 0; i < f->hosts; i++) {
        const struct fit_host *h = &f->host[i];
        add_host(&b, h, hosts);
        if (h->lps_guessed) {
            guess(&b, arena_printf(f->arena, "vms.%s.vcpus", h->vm[0].name));
        }
        for (int k = 0; k < h->vms; k++) {
            add_vm(&b, h, &h->vm[k], vms);
            if (h->vm[k].unit == UNIT_OF_IO) {
                add_operations(&b, &h->vm[k]);
            } else {
                add_jobs(&b, &h->vm[k]);
            }
        }
    }
    add_overheads(&b);
    return t;
}

void tree_seal(struct arena *a, struct tree *t, char grade, const char *const *logs, int n)
{
    struct node *c = node_map(a), *names = node_list(a), *guessed = node_list(a);
    node_set(a, c, "grade", node_scalar(a, arena_printf(a, "%c", grade)));
    for (int i = 0; i < n; i++) {
        node_append(a, names, node_scalar(a, logs[i]));
    }
    for (int i = 0; i < t->guesses; i++) {
        node_append(a, guessed, node_scalar(a, t->guessed[i]));
    }
    node_set(a, c, "logs", names);
    node_set(a, c, "guessed", guessed);
    node_set(a, c, "intervals", t->intervals);
    node_set(a, t->root, "calibration", c);
}
