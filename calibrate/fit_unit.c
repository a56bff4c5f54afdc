/* fit_unit.c - what one job of each VM is: told by the inventory, counted by the log, or guessed. */
#include "calibrate/fit.h"
#include "model/base/text.h"
#include <math.h>
#include <string.h>

static const struct log_series *physical_work(struct fit *f, const struct machine *m)
{
    const struct instance_list *work = &m->cls[CLASS_WORK];
    if (m->cls[CLASS_APP].n > 1) {
        fit_note(f,
                 "%s has %d applications: their jobs count as one workload, for no counter says which uses "
                 "how much CPU",
                 m->name, m->cls[CLASS_APP].n);
    }
    const struct instance *best = work->total != NULL ? work->total : work->n > 0 ? &work->item[0] : NULL;
    return m->requests != NULL ? m->requests : best != NULL ? best->by[NAME_WORK] : NULL;
}

/* Applications of a Hyper-V host whose names are not those of VMs. */
static void applications_note(struct fit *f, const struct machine *m)
{
    for (int i = 0; i < m->cls[CLASS_APP].n && m->hyperv; i++) {
        const struct instance *app = &m->cls[CLASS_APP].item[i];
        if (app->vm < 0) {
            fit_note(
                f, "application '%s' of %s names no VM: say under units_of_work in the inventory whose it is",
                app->name, m->name);
        }
    }
}

static const struct log_series *work_told(const struct machines *all, const struct inventory_work *works,
                                          int n, const struct fit_vm *v, const char **name)
{
    for (int i = 0; i < n; i++) {
        const bool mine =
            works[i].vm != NULL && (text_same(works[i].vm, v->name) || text_same(works[i].vm, v->label));
        const bool its = works[i].vm == NULL && strstr(works[i].counter, v->label) != NULL;
        for (int k = 0; k < all->works && (mine || its); k++) {
            if (text_same(all->work[k]->path->text, works[i].counter)) {
                *name = works[i].name;
                return all->work[k];
            }
        }
    }
    return NULL;
}

/* On a saturated host, VMs that always want more share the LPs by weight: the shares per VP tell the weights' ratio. */
static void weights_fit(struct fit *f, struct fit_host *h)
{
    double least = 1.0;
    int n = 0;
    for (int i = 0; i < h->vms; i++) {
        const struct fit_vm *v = &h->vm[i];
        const double share = v->cpu_lps / v->vcpus;
        if (v->users > 0 && v->think_s == 0.0 && share < 0.95) {
            least = fmin(least, share);
            n++;
        }
    }
    if (!h->hyperv || !(h->busy > 0.97) || n < 2) {
        return;
    }
    for (int i = 0; i < h->vms; i++) {
        struct fit_vm *v = &h->vm[i];
        const double ratio = v->cpu_lps / v->vcpus / least;
        if (v->users > 0 && v->think_s == 0.0 && ratio > 1.1) {
            v->weight = fmin(10000.0, round(100.0 * ratio));
            fit_note(f,
                     "%s gets %.1f times the CPU per virtual processor of another VM that always wants more: "
                     "weight %.0f is "
                     "assumed",
                     v->label, ratio, v->weight);
        }
    }
}

void fit_unit_all(struct fit *f, struct fit_host *h, const struct machines *all, const struct inventory *inv)
{
    int n;
    const struct inventory_work *works = inventory_works(f->arena, inv, &n);
    for (int i = 0; i < h->vms; i++) {
        struct fit_vm *v = &h->vm[i];
        const struct log_series *work = work_told(all, works, n, v, &v->workload);
        if (work == NULL) {
            work = v->index >= 0 ? h->machine->vm[v->index].requests : physical_work(f, h->machine);
        }
        fit_vm_measure(f, h, v, work);
    }
    weights_fit(f, h);
    applications_note(f, h->machine);
}
