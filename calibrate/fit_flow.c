/* fit_flow.c - disks and adapters of a VM, and what goes through them. */
#include "calibrate/fit.h"
#include "model/base/text.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

const char *const fit_flow_verbs[FLOW_KINDS] = {"read", "write", "send", "receive"};

/* Operations (or bytes) under this rate are noise of the operating system. */
#define NO_OPERATIONS 1e-3
#define NO_BYTES 1.0
#define INFINITY_OPERATIONS 1e300 /* a disk that moves with the file stands before any that is merely busy */

static void disk_flow(struct fit *f, const struct grid *g, struct fit_vm *v, int device, enum flow_kind kind,
                      const struct log_series *ops, const struct log_series *bytes)
{
    double *rate = grid_values(g, ops);
    const double per_s = grid_mean(g, rate), byte_rate = grid_mean(g, grid_values(g, bytes));
    if (!(per_s > NO_OPERATIONS)) {
        return;
    }
    *ARENA_PUSH(f->arena, v->flow, v->flows, v->flow_room) =
        (struct fit_flow){.kind = kind,
                          .device = device,
                          .per_s = per_s,
                          .bytes = byte_rate > 0.0 ? byte_rate / per_s : 8192.0,
                          .packets_per_s = (double)NAN,
                          .rate = rate};
}

static void net_flow(struct fit *f, const struct grid *g, struct fit_vm *v, int device, enum flow_kind kind,
                     const struct log_series *bytes, const struct log_series *packets)
{
    double *byte_rate = grid_values(g, bytes), *packet_rate = grid_values(g, packets);
    const double per_s = grid_mean(g, byte_rate), packets_per_s = grid_mean(g, packet_rate);
    if (!(per_s > NO_BYTES)) {
        return;
    }
    *ARENA_PUSH(f->arena, v->flow, v->flows, v->flow_room) =
        (struct fit_flow){.kind = kind,
                          .device = device,
                          .per_s = per_s,
                          .bytes = per_s,
                          .packets_per_s = packets_per_s,
                          .rate = packets_per_s > 0.0 ? packet_rate : byte_rate};
}

void fit_flow_physical(struct fit *f, struct fit_host *h, struct fit_vm *v)
{
    v->disk = ARENA_ARRAY(f->arena, struct fit_device, (size_t)h->disks);
    v->nic = ARENA_ARRAY(f->arena, struct fit_device, (size_t)h->nics);
    for (int i = 0; i < h->disks; i++) {
        const struct log_series *const *by = h->disk[i].log->by;
        v->disk[v->disks++] =
            (struct fit_device){.name = h->disk[i].name, .label = h->disk[i].label, .on = i};
        if (by[CTR_DISK_READS] == NULL && by[CTR_DISK_TRANSFERS] != NULL) {
            disk_flow(f, h->grid, v, i, FLOW_READ, by[CTR_DISK_TRANSFERS], by[CTR_DISK_BYTES]);
            fit_note(f, "disk '%s' of %s has totals only: its operations are all taken for reads",
                     h->disk[i].label, h->label);
        }
        disk_flow(f, h->grid, v, i, FLOW_READ, by[CTR_DISK_READS], by[CTR_DISK_READ_BYTES]);
        disk_flow(f, h->grid, v, i, FLOW_WRITE, by[CTR_DISK_WRITES], by[CTR_DISK_WRITE_BYTES]);
    }
    for (int i = 0; i < h->nics; i++) {
        const struct log_series *const *by = h->nic[i].log->by;
        v->nic[v->nics++] = (struct fit_device){.name = h->nic[i].name, .label = h->nic[i].label, .on = i};
        net_flow(f, h->grid, v, i, FLOW_SEND, by[CTR_NIC_SENT_BYTES], by[CTR_NIC_SENT_PACKETS]);
        net_flow(f, h->grid, v, i, FLOW_RECEIVE, by[CTR_NIC_RECEIVED_BYTES], by[CTR_NIC_RECEIVED_PACKETS]);
    }
}

/* Position of `word` in `text` without regard to case, as a word of its own (no letter or digit beside it); -1. */
static long word_at(const char *text, const char *word)
{
    const size_t n = strlen(word), length = strlen(text);
    for (size_t i = 0; n > 0 && i + n <= length; i++) {
        size_t k = 0;
        while (k < n && tolower((unsigned char)text[i + k]) == tolower((unsigned char)word[k])) {
            k++;
        }
        const bool before = i == 0 || !isalnum((unsigned char)text[i - 1]);
        const bool after = i + n == length || !isalnum((unsigned char)text[i + n]);
        if (k == n && before && after) {
            return (long)i;
        }
    }
    return -1;
}

/* The VM whose name stands in an instance name; the longest one, so that "web 1" does not win over "web 10"; -1. */
static int vm_named_in(const struct fit_host *h, const char *instance, bool at_start)
{
    int best = -1;
    size_t length = 0;
    for (int i = 0; i < h->vms; i++) {
        const long at = word_at(instance, h->vm[i].label);
        const size_t n = strlen(h->vm[i].label);
        if (at >= 0 && (!at_start || at == 0) && n > length) {
            best = i;
            length = n;
        }
    }
    return best;
}

/* The inventory may name the disk under any VM. */
static int vm_of_disk(const struct fit_host *h, const char *instance, struct inventory_entry *known)
{
    for (int i = 0; i < h->vms; i++) {
        *known = inventory_find(h->vm[i].known.node, "disks", instance);
        if (known->node != NULL) {
            return i;
        }
    }
    return vm_named_in(h, instance, false);
}

/* Instance names do not always tell the VM: then the one whose CPU moves with the disk's operations. */
static int vm_by_correlation(const struct fit_host *h, const double *rate)
{
    int best = h->vms == 1 ? 0 : -1;
    double most = 0.3;
    for (int i = 0; i < h->vms && h->vms > 1; i++) {
        const double r = stats_correlation(rate, h->vm[i].cpu, h->grid->n);
        if (r > most) {
            most = r;
            best = i;
        }
    }
    return best;
}

static double *operations_of(const struct grid *g, const struct log_series *reads,
                             const struct log_series *writes)
{
    double *sum = grid_values(g, reads);
    const double *w = grid_values(g, writes);
    for (int k = 0; k < g->n; k++) {
        sum[k] = isnan(sum[k]) ? w[k] : sum[k] + (isnan(w[k]) ? 0.0 : w[k]);
    }
    return sum;
}

/* The physical disk: what the inventory says, the only one, the one whose operations move with the file's, or the
 * busiest. */
static int disk_below(const struct fit_host *h, const struct inventory_entry *known, const double *operations,
                      bool *guessed)
{
    const struct node *on = known->node != NULL ? node_get(known->node, "on") : NULL;
    int best = 0;
    double most = 0.3, busiest = 0.0;
    *guessed = h->disks > 1;
    for (int i = 0; i < h->disks; i++) {
        const struct fit_disk *d = &h->disk[i];
        if (on != NULL && on->text != NULL && strcmp(on->text, d->name) == 0) {
            *guessed = false;
            return i;
        }
        const double *below = operations_of(h->grid, d->log->by[CTR_DISK_READS], d->log->by[CTR_DISK_WRITES]);
        const double together = stats_correlation(operations, below, h->grid->n);
        if (together > most) {
            most = together;
            busiest = INFINITY_OPERATIONS;
            best = i;
        } else if (d->reads + d->writes > busiest) {
            busiest = d->reads + d->writes;
            best = i;
        }
    }
    return best;
}

static void virtual_disk(struct fit *f, struct fit_host *h, const struct instance *log)
{
    struct inventory_entry known = {NULL, NULL};
    const double *operations = operations_of(h->grid, log->by[CTR_VSD_READ_OPS], log->by[CTR_VSD_WRITE_OPS]);
    int vm = vm_of_disk(h, log->name, &known);
    if (vm < 0) {
        vm = vm_by_correlation(h, operations);
        fit_note(f, "virtual disk '%s' names no VM: %s%s", log->name,
                 vm < 0 ? "its operations are left out; say in the inventory whose it is"
                        : "taken for one of ",
                 vm < 0 ? "" : h->vm[vm].label);
    }
    if (vm < 0 || h->disks == 0) {
        return;
    }
    struct fit_vm *v = &h->vm[vm];
    struct fit_device *d = &v->disk[v->disks];
    *d = (struct fit_device){.label = log->name, .known = known, .log = log};
    d->name = known.name != NULL ? known.name
              : v->disks == 0    ? "disk"
                                 : arena_printf(f->arena, "disk%d", v->disks + 1);
    d->on = disk_below(h, &known, operations, &d->on_guessed);
    disk_flow(f, h->grid, v, v->disks, FLOW_READ, log->by[CTR_VSD_READ_OPS], log->by[CTR_VSD_READ_BYTES]);
    disk_flow(f, h->grid, v, v->disks, FLOW_WRITE, log->by[CTR_VSD_WRITE_OPS], log->by[CTR_VSD_WRITE_BYTES]);
    v->disks++;
}

/* "<VM>_<adapter>_<GUIDs>"; physical adapters ("..__DEVICE_{..}") and the host's own are in the same object. */
static void virtual_nic(struct fit *f, struct fit_host *h, const struct instance *log)
{
    const int vm = strstr(log->name, "__DEVICE_") != NULL ? -1 : vm_named_in(h, log->name, true);
    if (vm < 0 || h->nics == 0) {
        return;
    }
    struct fit_vm *v = &h->vm[vm];
    int busiest = 0;
    for (int i = 1; i < h->nics; i++) {
        busiest = h->nic[i].bytes_per_s > h->nic[busiest].bytes_per_s ? i : busiest;
    }
    v->nic[v->nics] =
        (struct fit_device){.label = log->name,
                            .log = log,
                            .on = busiest,
                            .on_guessed = h->nics > 1,
                            .name = v->nics == 0 ? "nic" : arena_printf(f->arena, "nic%d", v->nics + 1)};
    net_flow(f, h->grid, v, v->nics, FLOW_SEND, log->by[CTR_VNIC_SENT_BYTES], log->by[CTR_VNIC_SENT_PACKETS]);
    net_flow(f, h->grid, v, v->nics, FLOW_RECEIVE, log->by[CTR_VNIC_RECEIVED_BYTES],
             log->by[CTR_VNIC_RECEIVED_PACKETS]);
    v->nics++;
}

/* Without counters of virtual disks the physical operations go to the VMs by their CPU: nothing tells them apart. */
static void disks_shared(struct fit *f, struct fit_host *h)
{
    double cpu = 0.0;
    for (int i = 0; i < h->vms; i++) {
        cpu += h->vm[i].cpu_lps;
    }
    for (int i = 0; i < h->vms && cpu > 0.0; i++) {
        struct fit_vm *v = &h->vm[i];
        fit_flow_physical(f, h, v);
        for (int k = 0; k < v->flows; k++) {
            v->flow[k].per_s *= v->cpu_lps / cpu;
            v->flow[k].bytes *= v->flow[k].kind >= FLOW_SEND ? v->cpu_lps / cpu : 1.0;
            v->flow[k].packets_per_s *= v->cpu_lps / cpu;
        }
    }
    fit_note(f,
             "%s has no counters of virtual disks: the operations of its disks and adapters are shared out "
             "to the VMs "
             "by their CPU",
             h->label);
}

void fit_flow_virtual(struct fit *f, struct fit_host *h)
{
    const struct instance_list *disks = &h->machine->cls[CLASS_VDISK], *nics = &h->machine->cls[CLASS_VNIC];
    if (disks->n == 0 && nics->n == 0) {
        if (h->disks > 0 || h->nics > 0) {
            disks_shared(f, h);
        }
        return;
    }
    for (int i = 0; i < h->vms; i++) {
        h->vm[i].disk = ARENA_ARRAY(f->arena, struct fit_device, (size_t)disks->n);
        h->vm[i].nic = ARENA_ARRAY(f->arena, struct fit_device, (size_t)nics->n);
    }
    for (int i = 0; i < disks->n; i++) {
        virtual_disk(f, h, &disks->item[i]);
    }
    for (int i = 0; i < nics->n; i++) {
        virtual_nic(f, h, &nics->item[i]);
    }
}
