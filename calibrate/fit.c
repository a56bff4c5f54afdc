/* fit.c - from machines of the log to hosts and VMs with figures. */
#include "calibrate/fit.h"
#include "model/base/text.h"
#include <math.h>
#include <string.h>

void fit_note(struct fit *f, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    const char *text = arena_vprintf(f->arena, fmt, args);
    va_end(args);
    for (int i = 0; i < f->notes; i++) {
        if (strcmp(f->note[i], text) == 0) {
            return;
        }
    }
    *ARENA_PUSH(f->arena, f->note, f->notes, f->note_room) = text;
}

double *fit_sum(const struct grid *g, const struct instance_list *list, int name, int vm)
{
    double *sum = ARENA_ARRAY(g->arena, double, (size_t)g->n);
    int n = 0;
    for (int i = 0; i < list->n; i++) {
        if (list->item[i].by[name] == NULL || (vm >= 0 && list->item[i].vm != vm)) {
            continue;
        }
        const double *v = grid_values(g, list->item[i].by[name]);
        for (int k = 0; k < g->n; k++) {
            sum[k] += v[k] / known_scale(name);
        }
        n++;
    }
    for (int k = 0; k < g->n && n == 0; k++) {
        sum[k] = (double)NAN;
    }
    return sum;
}

static char *legal(struct arena *a, struct inventory_entry known, const char *label)
{
    return known.name != NULL ? arena_strdup(a, known.name) : text_to_name(a, label);
}

/* Busy share of one processor instance from whatever the log has: busy time, the complement of idle time, or user and
 * privileged time. Clipped as PDH clips. */
static double *processor_busy(const struct grid *g, const struct instance *p)
{
    double *v = grid_values(g, p->by[CTR_PROCESSOR_TIME]);
    const double *idle = grid_values(g, p->by[CTR_PROCESSOR_IDLE]),
                 *user = grid_values(g, p->by[CTR_PROCESSOR_USER]);
    const double *privileged = grid_values(g, p->by[CTR_PROCESSOR_PRIVILEGED]);
    for (int k = 0; k < g->n; k++) {
        const double percent = !isnan(v[k])      ? v[k]
                               : !isnan(idle[k]) ? 100.0 - idle[k]
                                                 : user[k] + privileged[k];
        v[k] = isnan(percent) ? percent : fmin(1.0, fmax(0.0, percent / 100.0));
    }
    return v;
}

/* "_Total" or "0,_Total": LPs in all. */
static double *processors_busy(struct fit_host *h)
{
    const struct instance_list *list = &h->machine->cls[CLASS_PROCESSOR];
    if (list->n == 0) {
        h->total_only = true;
        double *v = processor_busy(h->grid, list->total);
        for (int k = 0; k < h->grid->n; k++) {
            v[k] *= h->lps;
        }
        return v;
    }
    double *sum = ARENA_ARRAY(h->grid->arena, double, (size_t)h->grid->n);
    for (int i = 0; i < list->n; i++) {
        const double *v = processor_busy(h->grid, &list->item[i]);
        for (int k = 0; k < h->grid->n; k++) {
            sum[k] += v[k];
        }
    }
    return sum;
}

static void lps_count(struct fit *f, struct fit_host *h)
{
    const struct node *cpu = h->known.node != NULL ? node_get(h->known.node, "cpu") : NULL;
    const int sockets = inventory_count(cpu, "sockets"), cores = inventory_count(cpu, "cores");
    const int threads = inventory_count(cpu, "threads"), seen = machine_lps(h->machine);
    const int told = cores > 0 ? (sockets > 0 ? sockets : 1) * cores * (threads > 0 ? threads : 1) : 0;
    h->lps = seen > 0 ? seen : told > 0 ? told : 1;
    h->lps_guessed = seen == 0 && told == 0;
    if (h->lps_guessed) {
        fit_note(f,
                 "the log of %s has processor totals only: 1 logical processor is assumed; say in the "
                 "inventory how many "
                 "there are, for every CPU time in the model is a multiple of it",
                 h->label);
    }
    if (seen > 0 && told > 0 && seen != told) {
        fit_note(f, "the inventory gives %s %d logical processors, the log shows %d: the log is believed",
                 h->label, told, seen);
    }
}

/* Adapters of tunnels carry what the others carry too. */
static bool is_tunnel(const char *name)
{
    static const char *const words[] = {"isatap", "teredo", "6to4", "loopback", "pseudo-interface"};
    char lower[128];
    size_t n = 0;
    for (; name[n] != '\0' && n + 1 < sizeof lower; n++) {
        lower[n] = (char)(name[n] >= 'A' && name[n] <= 'Z' ? name[n] - 'A' + 'a' : name[n]);
    }
    lower[n] = '\0';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strstr(lower, words[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static void disks_fit(struct fit *f, struct fit_host *h)
{
    const struct instance_list *list = &h->machine->cls[CLASS_DISK];
    h->disk = ARENA_ARRAY(f->arena, struct fit_disk, (size_t)list->n + 1);
    for (int i = 0; i < list->n + (list->n == 0 && list->total != NULL ? 1 : 0); i++) {
        const struct instance *log = list->n == 0 ? list->total : &list->item[i];
        struct fit_disk *d = &h->disk[h->disks];
        *d = (struct fit_disk){
            .log = log, .label = log->name, .known = inventory_find(h->known.node, "disks", log->name)};
        d->name = legal(f->arena, d->known, log->name);
        const int told =
            inventory_count(d->known.node, "spindles") + inventory_count(d->known.node, "channels");
        d->servers = told > 0 ? told : 1;
        d->servers_guessed = told == 0;
        fit_disk_measure(f->arena, d, h->grid);
        fit_place_kind(d);
        if (isnan(d->utilization) && !d->time_guessed && d->reads + d->writes > 0.0) {
            fit_note(
                f,
                "disk '%s' of %s has no %% Idle Time: its service time is taken from latency, for one server",
                d->label, h->label);
        }
        h->disks += d->reads + d->writes > 0.0 || d->known.node != NULL ? 1 : 0;
        if (d->intervals > 0 && d->rejected > 0) {
            fit_note(f, "disk '%s' of %s: %d of %d intervals breach Little's law (rate x latency = queue)%s",
                     d->label, h->label, d->rejected, d->intervals,
                     2 * d->rejected > d->intervals ? "" : " and are not used for its latency");
        }
    }
}

static double bandwidth_told(const struct inventory_entry *known)
{
    const struct node *speed = known->node != NULL ? node_get(known->node, "speed") : NULL;
    double v;
    return speed != NULL && speed->text != NULL && units_parse(speed->text, UNIT_BANDWIDTH, &v) == UNITS_OK
               ? v
               : 0.0;
}

static void nics_fit(struct fit *f, struct fit_host *h)
{
    const struct instance_list *list = &h->machine->cls[CLASS_NIC];
    h->nic = ARENA_ARRAY(f->arena, struct fit_nic, (size_t)list->n);
    for (int i = 0; i < list->n; i++) {
        const struct instance *log = &list->item[i];
        struct fit_nic *n = &h->nic[h->nics];
        *n = (struct fit_nic){
            .log = log, .label = log->name, .known = inventory_find(h->known.node, "nics", log->name)};
        n->name = legal(f->arena, n->known, log->name);
        const double logged = grid_mean(h->grid, grid_values(h->grid, log->by[CTR_NIC_BANDWIDTH])) / 8.0;
        const double told = bandwidth_told(&n->known);
        const double sent = grid_mean(h->grid, grid_values(h->grid, log->by[CTR_NIC_SENT_BYTES]));
        const double received = grid_mean(h->grid, grid_values(h->grid, log->by[CTR_NIC_RECEIVED_BYTES]));
        n->guessed = !(told > 0.0) && !(logged > 0.0);
        n->bytes_per_s = told > 0.0 ? told : logged > 0.0 ? logged : 125e6;
        h->nics += (sent > 0.0 || received > 0.0 || n->known.node != NULL) && !is_tunnel(log->name) ? 1 : 0;
    }
}

static void physical_fit(struct fit *f, struct fit_host *h)
{
    struct fit_vm *v = ARENA_NEW(f->arena, struct fit_vm);
    h->vm = v;
    h->vms = 1;
    h->version = HV_NONE;
    *v = (struct fit_vm){.name = h->name, .label = h->label, .index = -1, .vcpus = h->lps};
    v->cpu = processors_busy(h);
    v->cpu_lps = grid_mean(h->grid, v->cpu);
    v->hypervisor_lps = v->wait_ns = v->dispatches = (double)NAN;
    h->busy = v->cpu_lps / h->lps;
    h->hypervisor = (double)NAN;
    fit_flow_physical(f, h, v);
    fit_memory_measure(h);
}

static bool has_cpu(const struct machine *m)
{
    const struct instance_list *cpu = &m->cls[CLASS_PROCESSOR];
    return m->hyperv ? m->cls[CLASS_VP].n > 0 && m->vms > 0 : cpu->n > 0 || cpu->total != NULL;
}

static void host_fit(struct fit *f, const struct machine *m, const struct inventory *inv,
                     const struct grid *g)
{
    struct fit_host *h = &f->host[f->hosts++];
    *h = (struct fit_host){.machine = m, .label = m->name, .hyperv = m->hyperv, .grid = g};
    h->known = inventory_find(inv->root, "hosts", m->name);
    h->name = legal(f->arena, h->known, m->name);
    lps_count(f, h);
    disks_fit(f, h);
    nics_fit(f, h);
    if (!m->hyperv) {
        physical_fit(f, h);
        h->vm[0].known = inventory_find(inv->root, "vms", m->name);
    } else {
        fit_hyperv_measure(h);
        for (int i = 0; i < h->vms; i++) {
            h->vm[i].known = inventory_find(inv->root, "vms", h->vm[i].label);
            h->vm[i].name = legal(f->arena, h->vm[i].known, h->vm[i].label);
        }
        fit_flow_virtual(f, h);
    }
}

struct fit *fit_new(struct arena *a, const struct machines *machines, const struct inventory *inv,
                    double from, double to, struct errs *e)
{
    struct fit *f = ARENA_NEW(a, struct fit);
    f->arena = a;
    f->host = ARENA_ARRAY(a, struct fit_host, (size_t)machines->n);
    for (int i = 0; i < machines->n; i++) {
        const struct machine *m = &machines->item[i];
        if (m->host != NULL || !has_cpu(m)) {
            continue;
        }
        const struct grid *all = grid_new(a, m);
        const int first = (int)floor(from * all->n + 0.5), last = (int)floor(to * all->n + 0.5);
        if (last - first >= 2) {
            host_fit(f, m, inv, grid_part(a, all, first, last));
        }
    }
    if (f->hosts == 0) {
        errs_add(e, ERR_INVALID, (struct pos){machines->file, 0, 0}, NULL,
                 "has no processor counters to calibrate from: 'Processor(*)\\%% Processor Time' of a "
                 "physical machine, or "
                 "'Hyper-V Hypervisor Virtual Processor(*)\\%% Guest Run Time' of a host ('hvplan counters' "
                 "prints the list; "
                 "only English names are known); its objects are %s",
                 machines->objects);
        return NULL;
    }
    fit_names_settle(f);
    for (int i = 0; i < f->hosts; i++) {
        fit_unit_all(f, &f->host[i], machines, inv); /* workloads have the names of their VMs */
    }
    if (!fit_place_load(f, e)) {
        return NULL;
    }
    fit_overhead_all(f);
    return f;
}
