/* against.c - an existing model put beside a log that it was not fitted to. */
#include "calibrate/against.h"
#include "model/base/text.h"
#include <string.h>

/* Key of the entry whose label or key is `label`; the only entry if `lone` and there is one; NULL. */
static const char *key_of(const struct node *map, const char *label, bool lone)
{
    for (int i = 0; map != NULL && map->kind == NODE_MAP && i < map->n; i++) {
        const struct node *told = node_get(map->child[i], "label");
        const bool same = told != NULL && told->kind == NODE_SCALAR && text_same(told->text, label);
        if (same || text_same(map->key[i], label)) {
            return map->key[i];
        }
    }
    return lone && map != NULL && map->kind == NODE_MAP && map->n == 1 ? map->key[0] : NULL;
}

static const struct node *entry(const struct node *map, const char *key)
{
    return map != NULL && key != NULL ? node_get(map, key) : NULL;
}

static void devices_pair(struct fit *f, struct fit_host *h, const struct node *host)
{
    const struct node *disks = host != NULL ? node_get(host, "disks") : NULL,
                      *nics = host != NULL ? node_get(host, "nics") : NULL;
    for (int i = 0; i < h->disks; i++) {
        const char *key = key_of(disks, h->disk[i].label, h->disks == 1);
        if (key == NULL) {
            fit_note(f, "disk '%s' of the log is not in the model", h->disk[i].label);
        }
        h->disk[i].name = key != NULL ? key : h->disk[i].name;
    }
    for (int i = 0; i < h->nics; i++) {
        const char *key = key_of(nics, h->nic[i].label, h->nics == 1);
        h->nic[i].name = key != NULL ? key : h->nic[i].name;
    }
}

static bool runs_on(const struct node *workload, const char *vm)
{
    const struct node *steps = node_get(workload, "steps");
    const struct node *first =
        steps != NULL && steps->kind == NODE_LIST && steps->n > 0 ? steps->child[0] : NULL;
    const struct node *on = first != NULL ? node_get(first, "on") : NULL;
    return on != NULL && on->kind == NODE_SCALAR && strcmp(on->text, vm) == 0;
}

static struct node *rate_of(const struct node *workload)
{
    const struct node *arrivals = node_get(workload, "arrivals");
    struct node *rate = arrivals != NULL ? node_get(arrivals, "rate") : NULL;
    return rate != NULL && rate->kind == NODE_SCALAR ? rate : NULL;
}

static double rate_value(const struct node *rate)
{
    double v = 0.0;
    return rate != NULL && units_parse(rate->text, UNIT_RATE, &v) == UNITS_OK ? v : 0.0;
}

/* The workload that the log's unit of work is: of that name, or the only one of the VM; NULL. */
static const char *workload_of(const struct node *workloads, const struct fit_vm *v)
{
    const char *only = NULL;
    int n = 0;
    for (int i = 0; i < workloads->n; i++) {
        if (runs_on(workloads->child[i], v->name)) {
            if (text_same(workloads->key[i], v->workload)) {
                return workloads->key[i];
            }
            only = workloads->key[i];
            n++;
        }
    }
    return n == 1 ? only : NULL;
}

/* All workloads of the VM grow alike: by the jobs that the log counts over those of the model. */
static void load_vm(struct arena *a, struct node *workloads, struct fit_vm *v)
{
    double model = 0.0;
    if (v->unit == UNIT_OF_TIME) {
        return;
    }
    const char *counted = v->unit == UNIT_OF_COUNTER ? workload_of(workloads, v) : NULL;
    v->workload = counted != NULL ? counted : v->workload;
    for (int i = 0; i < workloads->n; i++) {
        const bool counts =
            v->unit == UNIT_OF_IO || (counted != NULL && strcmp(workloads->key[i], counted) == 0);
        model +=
            counts && runs_on(workloads->child[i], v->name) ? rate_value(rate_of(workloads->child[i])) : 0.0;
    }
    for (int i = 0; i < workloads->n && model > 0.0; i++) {
        struct node *rate = runs_on(workloads->child[i], v->name) ? rate_of(workloads->child[i]) : NULL;
        if (rate != NULL) {
            rate->text = units_format(a, rate_value(rate) * v->rate_per_s / model, UNIT_RATE);
        }
    }
}

struct node *against_load(struct arena *a, const struct node *model, struct fit *measured, struct errs *e)
{
    struct node *root = node_copy(a, model);
    const struct node *hosts = node_get(root, "hosts"), *vms = node_get(root, "vms");
    struct node *workloads = node_get(root, "workloads");
    if (hosts == NULL || hosts->kind != NODE_MAP || vms == NULL || vms->kind != NODE_MAP) {
        errs_add(e, ERR_INVALID, model->pos, NULL, "is no model: 'hosts' and 'vms' are due");
        return NULL;
    }
    for (int i = 0; i < measured->hosts; i++) {
        struct fit_host *h = &measured->host[i];
        const char *key = key_of(hosts, h->label, measured->hosts == 1);
        if (key == NULL) {
            fit_note(measured, "host '%s' of the log is not in the model", h->label);
        }
        h->name = key != NULL ? key : h->name;
        devices_pair(measured, h, entry(hosts, key));
        for (int k = 0; k < h->vms; k++) {
            struct fit_vm *v = &h->vm[k];
            const char *vm = key_of(vms, v->label, h->vms == 1 && measured->hosts == 1);
            if (vm == NULL) {
                fit_note(measured, "VM '%s' of the log is not in the model", v->label);
            }
            v->name = vm != NULL ? vm : v->name;
            if (workloads != NULL && workloads->kind == NODE_MAP) {
                load_vm(a, workloads, v);
            }
        }
    }
    return root;
}
