/* fit_overhead.c - costs of virtualization from run times over intervals.
 *
 * The mechanisms with their defaults predict, interval by interval, what each class of demand should have cost: guest CPU,
 * disk operations, messages, dispatches. Non-negative least squares of the measured run time on these predictions gives a
 * factor for each class, which then multiplies the parameters of that class. Where the classes cannot be told apart they
 * share one factor, which keeps the ratios of the defaults.
 */
#include "calibrate/fit.h"
#include <math.h>
#include <string.h>

enum cost_class { COST_CPU, COST_IO, COST_MESSAGE, COST_DISPATCH, COST_CLASSES };
static const char *const class_names[COST_CLASSES] = {"guest CPU", "disk operations", "messages",
                                                      "dispatches"};

/* Predictions of all hosts, one row an interval. */
struct table {
    int rows;
    double *hypervisor, *root;                        /* measured, LPs */
    double *by[COST_CLASSES], *root_by[COST_CLASSES]; /* predicted, LPs */
};

static double flow_speed(const struct fit *f, const struct fit_host *h, const struct fit_vm *v)
{
    return fit_place_speed(f, h, v);
}

/* One flow's predicted time: its mean cost, moved with its rate. */
static void add_flow(const struct fit *f, const struct fit_host *h, const struct fit_vm *v,
                     const struct fit_flow *w, struct table *t, int first)
{
    const struct cost c = fit_place_flow(f, h, v, w);
    const double often = w->kind <= FLOW_WRITE ? w->per_s : v->rate_per_s, speed = flow_speed(f, h, v);
    const double mean = grid_mean(h->grid, w->rate);
    const enum cost_class k = w->kind <= FLOW_WRITE ? COST_IO : COST_MESSAGE;
    for (int i = 0; i < h->grid->n; i++) {
        const double share = w->rate[i] / mean * often * 1e-9 / speed;
        t->by[k][first + i] += share * cost_hypervisor_ns(&c);
        t->root_by[k][first + i] += share * (c.root_ns + c.exits * c.exit_root_ns);
    }
}

static void add_vm(const struct fit *f, const struct fit_host *h, const struct fit_vm *v, struct table *t,
                   int first)
{
    const struct place at = fit_place_of(h, v, FLOW_READ, -1, 0.0);
    const struct cost cpu = fit_place_cost(f, &at, DEMAND_CPU, 1e9, 0.0, false);
    const struct cost dispatch = fit_place_cost(f, &at, DEMAND_DISPATCH, 1.0, 0.0, false);
    const double *dispatches = fit_sum(h->grid, &h->machine->cls[CLASS_VP], CTR_VP_DISPATCHES, v->index);
    for (int i = 0; i < h->grid->n; i++) {
        t->by[COST_CPU][first + i] += v->cpu[i] * cost_hypervisor_ns(&cpu) * 1e-9;
        t->by[COST_DISPATCH][first + i] +=
            isnan(dispatches[i]) ? 0.0 : dispatches[i] * cost_hypervisor_ns(&dispatch) * 1e-9;
    }
    for (int i = 0; i < v->flows; i++) {
        add_flow(f, h, v, &v->flow[i], t, first);
    }
}

static void add_measured(const struct fit_host *h, struct table *t, int first)
{
    const struct instance_list *vps = &h->machine->cls[CLASS_VP], *roots = &h->machine->cls[CLASS_ROOT];
    const double *direct = fit_sum(h->grid, vps, CTR_VP_HYPERVISOR, -1),
                 *total = fit_sum(h->grid, vps, CTR_VP_TOTAL, -1);
    const double *guest = fit_sum(h->grid, vps, CTR_VP_GUEST, -1),
                 *root = fit_sum(h->grid, roots, CTR_ROOT_TOTAL, -1);
    const double *root_guest = fit_sum(h->grid, roots, CTR_ROOT_GUEST, -1);
    for (int i = 0; i < h->grid->n; i++) {
        t->hypervisor[first + i] = isnan(direct[i]) ? total[i] - guest[i] : direct[i];
        t->root[first + i] = isnan(root[i]) ? root_guest[i] : root[i];
    }
}

static struct table table_new(const struct fit *f, const struct fit_host *h)
{
    const size_t n = (size_t)h->grid->n;
    struct table t = {.rows = h->grid->n,
                      .hypervisor = ARENA_ARRAY(f->arena, double, n),
                      .root = ARENA_ARRAY(f->arena, double, n)};
    for (int k = 0; k < COST_CLASSES; k++) {
        t.by[k] = ARENA_ARRAY(f->arena, double, n);
        t.root_by[k] = ARENA_ARRAY(f->arena, double, n);
    }
    for (int i = 0; i < h->vms; i++) {
        add_vm(f, h, &h->vm[i], &t, 0);
    }
    add_measured(h, &t, 0);
    return t;
}

/* Factors of some classes on the default predictions. */
struct factors {
    double value[COST_CLASSES], half[COST_CLASSES];
    double constant;
    bool apart;
};

/* Rows with a value everywhere, classes that matter (3 % of what is measured), and a constant column if asked. */
static struct factors regress(struct arena *a, const double *y, double *const *by, int rows, bool constant)
{
    struct factors r = {.apart = true};
    const double measured = stats_mean(y, rows);
    int column[COST_CLASSES], columns = 0, used = 0;
    double predicted = 0.0;
    for (int k = 0; k < COST_CLASSES; k++) {
        const double mean = stats_mean(by[k], rows);
        r.value[k] = 1.0;
        r.half[k] = (double)NAN;
        predicted += isnan(mean) ? 0.0 : mean;
        if (mean > 0.03 * measured) {
            column[columns++] = k;
        }
    }
    const int width = columns + (constant ? 1 : 0);
    double *m = ARENA_ARRAY(a, double, (size_t)(rows * (width + 1))),
           *rhs = ARENA_ARRAY(a, double, (size_t)rows);
    for (int i = 0; i < rows; i++) {
        bool whole = !isnan(y[i]);
        for (int c = 0; c < columns; c++) {
            m[used * width + c] = by[column[c]][i];
            whole = whole && !isnan(by[column[c]][i]);
        }
        if (constant) {
            m[used * width + columns] = measured;
        }
        rhs[used] = y[i];
        used += whole ? 1 : 0;
    }
    double x[COST_CLASSES + 1] = {0}, half[COST_CLASSES + 1] = {0};
    r.apart = width > 0 && stats_nnls(a, m, rhs, used, width, x, half);
    for (int c = 0; c < columns; c++) {
        r.apart = r.apart && half[c] < 0.5 * x[c] && x[c] > 0.02 && x[c] < 50.0;
        r.value[column[c]] = x[c];
        r.half[column[c]] = half[c];
    }
    r.constant = constant ? x[columns] * measured : 0.0;
    if (r.apart) {
        return r;
    }
    /* One factor for all; a constant part is what the defaults leave unexplained. */
    const double common =
        predicted > 0.0 ? (constant ? fmin(1.0, measured / predicted) : measured / predicted) : 1.0;
    for (int k = 0; k < COST_CLASSES; k++) {
        r.value[k] = common;
        r.half[k] = (double)NAN;
    }
    r.constant = constant ? fmax(0.0, measured - common * predicted) : 0.0;
    return r;
}

/* What a parameter moves: the cost of each class, in the hypervisor or in the root. */
static double class_cost(const struct fit *f, const struct fit_host *h, const struct fit_vm *v,
                         enum cost_class k, bool root)
{
    const struct place at = fit_place_of(h, v, FLOW_READ, -1, 0.0);
    double sum = 0.0;
    if (k == COST_CPU || k == COST_DISPATCH) {
        const struct cost c =
            fit_place_cost(f, &at, k == COST_CPU ? DEMAND_CPU : DEMAND_DISPATCH, 1e6, 0.0, false);
        return root ? c.root_ns : cost_hypervisor_ns(&c);
    }
    for (int i = 0; i < v->flows; i++) {
        if ((v->flow[i].kind <= FLOW_WRITE) == (k == COST_IO)) {
            const struct cost c = fit_place_flow(f, h, v, &v->flow[i]);
            sum += root ? c.root_ns + c.exits * c.exit_root_ns : cost_hypervisor_ns(&c);
        }
    }
    return sum;
}

static bool is_fitted(const struct fit *f, size_t param)
{
    for (int i = 0; i < f->fitted_n; i++) {
        if (f->fitted[i].param == param) {
            return true;
        }
    }
    return false;
}

/* Multiplies the parameters of a class. Rates act inversely; only shares belong to CPU and only times and rates to events,
 * so that the product of two parameters is scaled once. */
static void scale(struct fit *f, const struct fit_host *h, enum cost_class k, bool root, double factor,
                  double half)
{
    for (size_t p = 0; p < mechanism_param_count(); p++) {
        const struct param *row = mechanism_param(p, NULL);
        const bool share = row->unit == UNIT_FRACTION,
                   event = row->unit == UNIT_TIME || row->unit == UNIT_BANDWIDTH;
        if (!row->fittable || is_fitted(f, p) || (k == COST_CPU ? !share : !event)) {
            continue;
        }
        bool moves = false;
        const double old = f->overhead[p];
        for (int i = 0; i < h->vms && !moves; i++) {
            f->overhead[p] = old;
            const double before = class_cost(f, h, &h->vm[i], k, root);
            f->overhead[p] = 1.5 * old;
            moves = class_cost(f, h, &h->vm[i], k, root) != before;
        }
        const double scaled = row->unit == UNIT_BANDWIDTH ? old / fmax(factor, 1e-3) : old * factor;
        f->overhead[p] = moves ? fmin(row->hi, fmax(row->lo, scaled)) : old;
        if (moves) {
            *ARENA_PUSH(f->arena, f->fitted, f->fitted_n, f->fitted_room) = (struct fit_overhead){
                p, f->overhead[p], row->unit == UNIT_BANDWIDTH ? (double)NAN : old * half};
        }
    }
}

static void apply(struct fit *f, const struct fit_host *h, const struct factors *r, bool root,
                  double *const *by, int rows)
{
    for (int k = 0; k < COST_CLASSES; k++) {
        if (stats_mean(by[k], rows) > 0.0) {
            scale(f, h, (enum cost_class)k, root, r->value[k], r->half[k]);
        }
    }
}

static void note_alike(struct fit *f, const struct fit_host *h, const char *what, double *const *by, int rows)
{
    const char *names = "";
    int n = 0;
    for (int k = 0; k < COST_CLASSES; k++) {
        if (stats_mean(by[k], rows) > 0.0) {
            names = arena_printf(f->arena, "%s%s%s", names, n > 0 ? ", " : "", class_names[k]);
            n++;
        }
    }
    if (n > 0) {
        fit_note(f, "%s of %s cannot be told apart by cause (%s): one factor scales all default costs", what,
                 h->label, names);
    }
}

/* Hypervisor time that the defaults predict for a VM's CPU time and operations. */
static double vm_hypervisor(const struct fit *f, const struct fit_host *h, const struct fit_vm *v)
{
    const double speed = flow_speed(f, h, v);
    double sum = v->cpu_lps * class_cost(f, h, v, COST_CPU, false) * 1e-6;
    for (int i = 0; i < v->flows; i++) {
        const struct cost c = fit_place_flow(f, h, v, &v->flow[i]);
        sum += (v->flow[i].kind <= FLOW_WRITE ? v->flow[i].per_s : v->rate_per_s) * cost_hypervisor_ns(&c) *
               1e-9 / speed;
    }
    return sum;
}

/* The guest system is no counter. Where the inventory is silent, a VM whose hypervisor time is nearer (by ratio) to what
 * an unenlightened guest would cause is taken for one. */
static void enlightenment_guess(struct fit *f, const struct fit_host *h, struct fit_vm *v)
{
    const struct node *k = v->known.node;
    const bool told = k != NULL && (node_get(k, "os") != NULL || node_get(k, "enlightened") != NULL);
    if (told || !(v->hypervisor_lps > 0.0) || !(v->cpu_lps > 0.01)) {
        return;
    }
    const double with = vm_hypervisor(f, h, v);
    v->legacy = true;
    const double without = vm_hypervisor(f, h, v);
    v->legacy = v->hypervisor_lps > sqrt(with * without);
    if (v->legacy) {
        fit_note(f,
                 "%s has %.0f %% hypervisor time on top of its own: taken for a guest without enlightenments",
                 v->label, 100.0 * v->hypervisor_lps / v->cpu_lps);
    }
}

static void host_overheads(struct fit *f, struct fit_host *h)
{
    for (int i = 0; i < h->vms && h->split; i++) {
        enlightenment_guess(f, h, &h->vm[i]);
    }
    const struct table t = table_new(f, h);
    if (h->split && stats_mean(t.hypervisor, t.rows) > 0.0) {
        const struct factors r = regress(f->arena, t.hypervisor, t.by, t.rows, false);
        if (!r.apart) {
            note_alike(f, h, "hypervisor time", t.by, t.rows);
        }
        apply(f, h, &r, false, t.by, t.rows);
    }
    const double root = stats_mean(t.root, t.rows);
    if (isnan(root)) {
        h->root_load_lps = fmax(0.0, h->residual);
        fit_note(f, "%s has no root virtual processor counters: root CPU per operation keeps its defaults",
                 h->label);
        return;
    }
    const struct factors r = regress(f->arena, t.root, t.root_by, t.rows, true);
    h->root_load_lps = f->no_overhead ? root : r.constant;
    if (!f->no_overhead) {
        if (!r.apart) {
            note_alike(f, h, "root CPU", t.root_by, t.rows);
        }
        apply(f, h, &r, true, t.root_by, t.rows);
    }
}

/* A job's own CPU: what was measured, at the speed of the busy host, less what drivers of virtual devices took. */
static void job_cpu(const struct fit *f, const struct fit_host *h, struct fit_vm *v)
{
    const struct place at = fit_place_of(h, v, FLOW_READ, -1, 0.0);
    const struct cost cpu = fit_place_cost(f, &at, DEMAND_CPU, 1e9, 0.0, false);
    const double slowdown = (1.0 + cpu.guest_ns * 1e-9) / cpu.speed;
    double drivers_s = 0.0;
    for (int i = 0; i < v->flows; i++) {
        const double often = v->flow[i].kind <= FLOW_WRITE ? v->flow[i].per_s : v->rate_per_s;
        drivers_s += often * fit_place_flow(f, h, v, &v->flow[i]).guest_ns * 1e-9;
    }
    const double own = (v->cpu_s.value * flow_speed(f, h, v) - drivers_s / v->rate_per_s) / slowdown;
    v->job_cpu_s = fmax(own, 0.01 * v->cpu_s.value);
}

void fit_overhead_all(struct fit *f)
{
    f->overhead = ARENA_ARRAY(f->arena, double, mechanism_param_count());
    mechanism_defaults(f->overhead);
    for (int i = 0; i < f->hosts; i++) {
        f->no_overhead = f->no_overhead || (f->host[i].hyperv && !f->host[i].split);
    }
    if (f->no_overhead) {
        fit_note(f, "no counter tells guest from hypervisor time: run times are taken as demand, and the "
                    "model charges "
                    "nothing for virtualization (overheads: cpu: 0 %%)");
    }
    for (int i = 0; i < f->hosts; i++) {
        struct fit_host *h = &f->host[i];
        for (int k = 0; k < h->disks; k++) {
            fit_place_disk(f, h, &h->disk[k]);
        }
        if (h->hyperv) {
            host_overheads(f, h);
        }
        for (int k = 0; k < h->vms; k++) {
            job_cpu(f, h, &h->vm[k]);
        }
    }
}
