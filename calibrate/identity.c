/* identity.c - what must move together in a log that one machine wrote at one time. */
#include "calibrate/identity.h"
#include <math.h>

#define FEWEST 10
/* Both sides must vary by more than this share, or the correlation is that of rounding. */
#define LEAST_VARIATION 0.02
/* Columns of different times have correlations of about 1 / sqrt(n) in size; 2 of these, and at least this. */
#define LEAST_CORRELATION 0.3

static void compare(const struct fit *f, struct identities *all, const char *text, const double *x,
                    const double *y, int n, bool work)
{
    double *paired = ARENA_ARRAY(f->arena, double, (size_t)n);
    int both = 0;
    for (int k = 0; k < n; k++) {
        const bool usable = !isnan(x[k]) && !isnan(y[k]);
        paired[k] = usable ? x[k] : (double)NAN;
        both += usable;
    }
    const double r = stats_correlation(x, y, n);
    if (both < FEWEST || isnan(r) || !(stats_variation(paired, n) > LEAST_VARIATION) ||
        !(stats_variation(y, n) > LEAST_VARIATION)) {
        return;
    }
    const double least = fmax(LEAST_CORRELATION, 2.0 / sqrt(both));
    *ARENA_PUSH(f->arena, all->item, all->n, all->room) =
        (struct identity){.text = text, .correlation = r, .broken = r < fmin(0.9, least), .work = work};
    all->broken += r < fmin(0.9, least) ? 1 : 0;
}

static void add_into(double *sum, const double *v, int n)
{
    for (int k = 0; k < n; k++) {
        sum[k] += v[k];
    }
}

static void lp_budget(const struct fit *f, const struct fit_host *h, struct identities *all)
{
    const struct machine *m = h->machine;
    const struct grid *g = h->grid;
    const double *lps = fit_sum(g, &m->cls[CLASS_LP], CTR_LP_TOTAL, -1);
    double *vps = fit_sum(g, &m->cls[CLASS_VP], CTR_VP_TOTAL, -1);
    const double *root = fit_sum(g, &m->cls[CLASS_ROOT], CTR_ROOT_TOTAL, -1);
    if (m->cls[CLASS_ROOT].n > 0) {
        add_into(vps, root, g->n);
    }
    compare(f, all, arena_printf(f->arena, "%s: run time of LPs = run time of virtual processors", h->label),
            lps, vps, g->n, false);
}

static void run_times(const struct fit *f, const struct fit_host *h, struct identities *all)
{
    const struct instance_list *vps = &h->machine->cls[CLASS_VP];
    const struct grid *g = h->grid;
    for (int i = 0; i < h->vms && h->hyperv; i++) {
        const double *total = fit_sum(g, vps, CTR_VP_TOTAL, i);
        double *parts = fit_sum(g, vps, CTR_VP_GUEST, i);
        add_into(parts, fit_sum(g, vps, CTR_VP_HYPERVISOR, i), g->n);
        compare(f, all, arena_printf(f->arena, "%s: total run time = guest + hypervisor", h->vm[i].label),
                total, parts, g->n, false);
    }
}

static void processor_parts(const struct fit *f, const struct fit_host *h, struct identities *all)
{
    const struct instance_list *list = &h->machine->cls[CLASS_PROCESSOR];
    const struct grid *g = h->grid;
    for (int i = -1; i < list->n && !h->hyperv; i++) {
        const struct instance *p = i < 0 ? list->total : &list->item[i];
        if (p == NULL) {
            continue;
        }
        const double *time = grid_values(g, p->by[CTR_PROCESSOR_TIME]);
        double *idle = grid_values(g, p->by[CTR_PROCESSOR_IDLE]),
               *parts = grid_values(g, p->by[CTR_PROCESSOR_USER]);
        add_into(parts, grid_values(g, p->by[CTR_PROCESSOR_PRIVILEGED]), g->n);
        for (int k = 0; k < g->n; k++) {
            idle[k] = 100.0 - idle[k];
        }
        const char *who = arena_printf(f->arena, "%s: processor %s", h->label, p->name);
        compare(f, all, arena_printf(f->arena, "%s: busy = user + privileged", who), time, parts, g->n,
                false);
        compare(f, all, arena_printf(f->arena, "%s: busy = 100 %% - idle", who), time, idle, g->n, false);
        compare(f, all, arena_printf(f->arena, "%s: user + privileged = 100 %% - idle", who), parts, idle,
                g->n, false);
    }
}

static void disk_laws(const struct fit *f, const struct fit_host *h, const struct fit_disk *d,
                      struct identities *all)
{
    const struct grid *g = h->grid;
    const struct log_series *const *by = d->log->by;
    const double *reads = grid_values(g, by[CTR_DISK_READS]), *writes = grid_values(g, by[CTR_DISK_WRITES]);
    const double *read_s = grid_values(g, by[CTR_DISK_SEC_READ]),
                 *write_s = grid_values(g, by[CTR_DISK_SEC_WRITE]);
    double *inside = ARENA_ARRAY(f->arena, double, (size_t)g->n), *busy = grid_values(g, by[CTR_DISK_IDLE]);
    double *operations = ARENA_ARRAY(f->arena, double, (size_t)g->n);
    for (int k = 0; k < g->n; k++) {
        operations[k] = (isnan(reads[k]) ? 0.0 : reads[k]) + (isnan(writes[k]) ? 0.0 : writes[k]);
        inside[k] =
            (reads[k] > 0.0 ? reads[k] * read_s[k] : 0.0) + (writes[k] > 0.0 ? writes[k] * write_s[k] : 0.0);
        busy[k] = isnan(busy[k]) ? busy[k] : 1.0 - fmin(1.0, busy[k] / 100.0);
    }
    const char *who = arena_printf(f->arena, "%s: disk %s", h->label, d->label);
    compare(f, all, arena_printf(f->arena, "%s: queue = rate x latency", who),
            grid_values(g, by[CTR_DISK_QUEUE]), inside, g->n, false);
    /* A nearly idle disk rounds its idle time to 100 %. */
    if (d->utilization > 0.05 && d->utilization < 0.95) {
        compare(f, all, arena_printf(f->arena, "%s: busy time follows operations", who), busy, operations,
                g->n, false);
    }
}

/* A VM that is busy nearly all the time does not get busier with more jobs, and a nearly idle one follows the noise. */
static void work(const struct fit *f, const struct fit_host *h, const struct fit_vm *v,
                 struct identities *all)
{
    const double busy = v->cpu_lps / v->vcpus;
    if (v->unit == UNIT_OF_COUNTER && busy < 0.8 && busy > 0.01 && h->busy < 0.95 && v->users == 0) {
        compare(f, all, arena_printf(f->arena, "%s: CPU follows the jobs", v->label), v->cpu, v->rate,
                h->grid->n, true);
    }
}

/* Where processors are saturated, responses lengthen with load (open) or shorten it (closed); they do not ignore it. */
static void saturated(const struct fit *f, const struct fit_host *h, const struct fit_vm *v,
                      struct identities *all)
{
    const bool full = v->cpu_lps / v->vcpus > 0.85 || h->busy > 0.95 || v->limit > 0.0;
    if (v->unit != UNIT_OF_COUNTER || v->response == NULL || !full) {
        return;
    }
    double *response = ARENA_ARRAY(f->arena, double, (size_t)h->grid->n);
    const double sign = stats_correlation(v->rate, v->response, h->grid->n) < 0.0 ? -1.0 : 1.0;
    for (int k = 0; k < h->grid->n; k++) {
        response[k] = sign * v->response[k];
    }
    compare(f, all, arena_printf(f->arena, "%s: response times answer to the load", v->label), response,
            v->rate, h->grid->n, true);
}

struct identities *identity_check(const struct fit *f)
{
    struct identities *all = ARENA_NEW(f->arena, struct identities);
    for (int i = 0; i < f->hosts; i++) {
        const struct fit_host *h = &f->host[i];
        if (h->hyperv) {
            lp_budget(f, h, all);
            run_times(f, h, all);
        }
        processor_parts(f, h, all);
        for (int k = 0; k < h->disks; k++) {
            disk_laws(f, h, &h->disk[k], all);
        }
        for (int k = 0; k < h->vms; k++) {
            work(f, h, &h->vm[k], all);
            saturated(f, h, &h->vm[k], all);
        }
    }
    int works = 0, broken_works = 0;
    for (int i = 0; i < all->n; i++) {
        works += all->item[i].work;
        broken_works += all->item[i].work && all->item[i].broken;
    }
    all->fails = 3 * all->broken > all->n || (works > 0 && 2 * broken_works >= works);
    all->fails = all->fails && all->broken > 0;
    return all;
}
