/* fit_hyperv.c - run times, version, memory and LP budget of a Hyper-V host and its VMs. */
#include "calibrate/fit.h"
#include <math.h>
#include <string.h>

#define PAGE_BYTES 4096.0

/* A VM's own time is its guest run time. Where no counter tells guest from hypervisor time apart, all of its run time
 * is. */
static void virtual_cpu(struct fit_host *h, struct fit_vm *v)
{
    const struct grid *g = h->grid;
    const struct instance_list *vps = &h->machine->cls[CLASS_VP];
    double *guest = fit_sum(g, vps, CTR_VP_GUEST, v->index), *total = fit_sum(g, vps, CTR_VP_TOTAL, v->index);
    double *hypervisor = fit_sum(g, vps, CTR_VP_HYPERVISOR, v->index);
    v->cpu = ARENA_ARRAY(g->arena, double, (size_t)g->n);
    for (int k = 0; k < g->n; k++) {
        const double known = isnan(guest[k]) ? total[k] - hypervisor[k] : guest[k];
        v->cpu[k] = h->split && !isnan(known) ? known : isnan(total[k]) ? guest[k] : total[k];
        hypervisor[k] = isnan(hypervisor[k]) ? total[k] - guest[k] : hypervisor[k];
    }
    v->cpu_lps = grid_mean(g, v->cpu);
    v->hypervisor_lps = h->split ? grid_mean(g, hypervisor) : (double)NAN;
    const double *dispatches = fit_sum(g, vps, CTR_VP_DISPATCHES, v->index);
    v->dispatches = grid_mean(g, dispatches);
    v->wait_ns = (double)NAN;
    double wait = 0.0, weight = 0.0;
    for (int i = 0; i < vps->n; i++) {
        if (vps->item[i].vm == v->index && vps->item[i].by[CTR_VP_WAIT] != NULL) {
            const double *w = grid_values(g, vps->item[i].by[CTR_VP_DISPATCHES]);
            const double mean = grid_weighted(g, grid_values(g, vps->item[i].by[CTR_VP_WAIT]), w);
            const double often = grid_mean(g, w);
            wait += isnan(mean * often) ? 0.0 : mean * often;
            weight += isnan(mean * often) ? 0.0 : often;
        }
    }
    v->wait_ns = weight > 0.0 ? wait / weight : (double)NAN;
}

static double virtual_memory(const struct fit_host *h, const struct vm_log *vm)
{
    const struct instance_list *list = &h->machine->cls[CLASS_VM_MEMORY];
    for (int i = 0; i < list->n; i++) {
        const size_t n = strlen(vm->name);
        const char *name = list->item[i].name;
        const bool same = machine_vm(h->machine, name) == (int)(vm - h->machine->vm) ||
                          (strncmp(name, vm->name, n) == 0 && name[n] == ':');
        if (same && list->item[i].by[CTR_VID_PAGES] != NULL) {
            return PAGE_BYTES * logset_mean(list->item[i].by[CTR_VID_PAGES], h->grid->start_ns[0],
                                            h->grid->end_ns[h->grid->n - 1]);
        }
    }
    return 0.0;
}

/* HV_NONE if the inventory does not say. */
static enum hv_version version_told(const struct fit_host *h)
{
    const struct node *n = h->known.node != NULL ? node_get(h->known.node, "hypervisor") : NULL;
    const struct node *word = n != NULL && n->kind == NODE_MAP ? node_get(n, "version") : n;
    for (int i = 0; word != NULL && word->kind == NODE_SCALAR && i < HV_VERSIONS; i++) {
        if (strcmp(version_rows[i].name, word->text) == 0) {
            return (enum hv_version)i;
        }
    }
    return HV_NONE;
}

/* CPU Wait Time Per Dispatch came with 2012; Address Spaces counts shadow page tables, so 0 means SLAT. */
static void version_guess(struct fit_host *h)
{
    const struct instance_list *vps = &h->machine->cls[CLASS_VP], *root = &h->machine->cls[CLASS_PARTITION];
    bool waits = false;
    for (int i = 0; i < vps->n; i++) {
        waits = waits || vps->item[i].by[CTR_VP_WAIT] != NULL;
    }
    const enum hv_version told = version_told(h);
    h->version_guessed = told == HV_NONE;
    h->version = told != HV_NONE ? told : waits ? HV_2012R2 : HV_2008R2;
    const struct instance *p = root->n > 0 ? &root->item[0] : root->total;
    h->slat = true;
    h->slat_guessed = p == NULL || p->by[CTR_ADDRESS_SPACES] == NULL;
    if (!h->slat_guessed) {
        h->slat = !(logset_mean(p->by[CTR_ADDRESS_SPACES], INT64_MIN, INT64_MAX) > 0.0);
    }
}

static bool any_has(const struct instance_list *list, int name)
{
    for (int i = -1; i < list->n; i++) {
        const struct instance *item = i < 0 ? list->total : &list->item[i];
        if (item != NULL && item->by[name] != NULL) {
            return true;
        }
    }
    return false;
}

/* What LPs show less what VPs and root VPs show. */
static void budget_fit(struct fit_host *h)
{
    const struct machine *m = h->machine;
    const double *root = fit_sum(h->grid, &m->cls[CLASS_ROOT], CTR_ROOT_TOTAL, -1);
    h->root_lps = grid_mean(h->grid, root);
    double sum = isnan(h->root_lps) ? 0.0 : h->root_lps;
    h->hypervisor = 0.0;
    for (int i = 0; i < h->vms; i++) {
        const double hypervisor = h->split ? h->vm[i].hypervisor_lps : 0.0;
        sum += h->vm[i].cpu_lps + (isnan(hypervisor) ? 0.0 : hypervisor);
        h->hypervisor += hypervisor;
    }
    if (isnan(h->busy)) {
        h->busy = sum / h->lps;
    }
    h->residual = h->busy * h->lps - sum;
}

void fit_hyperv_measure(struct fit_host *h)
{
    const struct machine *m = h->machine;
    h->split = any_has(&m->cls[CLASS_VP], CTR_VP_HYPERVISOR) ||
               any_has(&m->cls[CLASS_LP], CTR_LP_HYPERVISOR) || any_has(&m->cls[CLASS_LP], CTR_LP_GUEST);
    h->split = h->split && any_has(&m->cls[CLASS_VP], CTR_VP_GUEST);
    version_guess(h);
    h->vm = ARENA_ARRAY(h->grid->arena, struct fit_vm, (size_t)m->vms);
    for (int i = 0; i < m->vms; i++) {
        struct fit_vm *v = &h->vm[h->vms++];
        *v = (struct fit_vm){.label = m->vm[i].name, .index = i, .vcpus = m->vm[i].vps};
        virtual_cpu(h, v);
        v->memory_bytes = virtual_memory(h, &m->vm[i]);
    }
    h->busy =
        machine_mean(m, CLASS_LP, CTR_LP_TOTAL, h->grid->start_ns[0] - 1, h->grid->end_ns[h->grid->n - 1]);
    fit_memory_measure(h);
    budget_fit(h);
}
