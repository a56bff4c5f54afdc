/* fit_names.c - names of a model are different from each other. */
#include "calibrate/fit.h"
#include "model/base/text.h"
#include <string.h>

/* Names of which another earlier one is the same get _2, _3 ... */
static const char *unlike(struct arena *a, const char *name, const char *const *before, int n)
{
    const char *candidate = name;
    for (int k = 2;; k++) {
        bool taken = false;
        for (int i = 0; i < n && !taken; i++) {
            taken = strcmp(before[i], candidate) == 0;
        }
        if (!taken) {
            return candidate;
        }
        candidate = arena_printf(a, "%.58s_%d", name, k);
    }
}

static void host_devices(struct arena *a, struct fit_host *h, const char **used)
{
    for (int i = 0; i < h->disks; i++) {
        used[i] = h->disk[i].name = unlike(a, h->disk[i].name, used, i);
    }
    for (int i = 0; i < h->nics; i++) {
        used[i] = h->nic[i].name = unlike(a, h->nic[i].name, used, i);
    }
}

static void vm_devices(struct arena *a, struct fit_vm *v, const char **used)
{
    for (int i = 0; i < v->disks; i++) {
        used[i] = v->disk[i].name = unlike(a, v->disk[i].name, used, i);
    }
    for (int i = 0; i < v->nics; i++) {
        used[i] = v->nic[i].name = unlike(a, v->nic[i].name, used, i);
    }
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

void fit_names_settle(struct fit *f)
{
    int vms = 0, most = f->hosts;
    for (int i = 0; i < f->hosts; i++) {
        const struct fit_host *h = &f->host[i];
        vms += h->vms;
        most = larger(most, larger(h->disks, h->nics));
        for (int k = 0; k < h->vms; k++) {
            most = larger(most, larger(h->vm[k].disks, h->vm[k].nics));
        }
    }
    most = larger(most, vms);
    const char **used = ARENA_ARRAY(f->arena, const char *, (size_t)most + 1);
    for (int i = 0; i < f->hosts; i++) {
        used[i] = f->host[i].name = unlike(f->arena, f->host[i].name, used, i);
    }
    for (int i = 0, n = 0; i < f->hosts; i++) {
        for (int k = 0; k < f->host[i].vms; k++, n++) {
            used[n] = f->host[i].vm[k].name = unlike(f->arena, f->host[i].vm[k].name, used, n);
        }
    }
    for (int i = 0; i < f->hosts; i++) {
        host_devices(f->arena, &f->host[i], used);
        for (int k = 0; k < f->host[i].vms; k++) {
            vm_devices(f->arena, &f->host[i].vm[k], used);
        }
    }
}
