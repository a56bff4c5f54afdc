/* fit_place.c - what the mechanisms charge on the logged host, so that it can be taken out of what was measured. */
#include "calibrate/tree.h"
#include "model/base/check.h"
#include "model/host/place.h"
#include "scenarios/load.h"
#include <math.h>
#include <string.h>

#define CHUNK_BYTES 65536.0 /* as the model sends: large-send offload hands out at most 64 KiB at a time */

static const struct vm_spec *vm_spec_of(const struct model *m, const char *name)
{
    for (int i = 0; i < m->vms; i++) {
        if (strcmp(m->vm[i].name, name) == 0) {
            return &m->vm[i];
        }
    }
    return NULL;
}

static const struct host_spec *host_spec_of(const struct model *m, const char *name)
{
    for (int i = 0; i < m->hosts; i++) {
        if (strcmp(m->host[i].name, name) == 0) {
            return &m->host[i];
        }
    }
    return NULL;
}

bool fit_place_load(struct fit *f, struct errs *e)
{
    struct errs *quiet = errs_new(f->arena); /* the finished model is loaded again, with its warnings */
    const struct node *root = tree_new(f)->root;
    const struct model *m = model_load(f->arena, root, quiet);
    if (m == NULL) {
        model_load(f->arena, root, e);
        return false;
    }
    for (int i = 0; i < f->hosts; i++) {
        struct fit_host *h = &f->host[i];
        h->spec = host_spec_of(m, h->name);
        for (int k = 0; k < h->vms; k++) {
            h->vm[k].spec = vm_spec_of(m, h->vm[k].name);
        }
    }
    return true;
}

static const struct pdisk_spec *disk_spec_of(const struct fit_host *h, const char *name)
{
    for (int i = 0; i < h->spec->disks; i++) {
        if (strcmp(h->spec->disk[i].name, name) == 0) {
            return &h->spec->disk[i];
        }
    }
    CHECK(false); /* the model is made of the fit: it has every disk */
    return NULL;
}

static void place_disk(struct place *at, const struct fit_host *h, const struct fit_vm *v, int device,
                       double bytes)
{
    const struct fit_device *d = &v->disk[device];
    const struct pdisk_spec *p = disk_spec_of(h, h->disk[d->on].name);
    for (int i = 0; i < v->spec->disks; i++) {
        const struct vdisk_spec *s = &v->spec->disk[i];
        if (strcmp(s->name, d->name) == 0) {
            place_disk_at(at, s, p, bytes);
        }
    }
}

static void place_nic(struct place *at, const struct fit_host *h, const struct fit_vm *v, int device)
{
    const struct fit_device *d = &v->nic[device];
    for (int i = 0; i < v->spec->nics; i++) {
        at->vnic = strcmp(v->spec->nic[i].name, d->name) == 0 ? v->spec->nic[i].kind : at->vnic;
    }
    for (int i = 0; i < h->spec->nics; i++) {
        const struct pnic_spec *p = &h->spec->nic[i];
        if (strcmp(p->name, h->nic[d->on].name) == 0) {
            place_net_adapter(at, p, true);
            at->link_bytes_per_s = p->bytes_per_s;
        }
    }
}

struct place fit_place_of(const struct fit_host *h, const struct fit_vm *v, enum flow_kind kind, int device,
                          double bytes)
{
    struct place at = {.version = h->spec->hv.version,
                       .slat = h->spec->cpu.slat,
                       .large_pages = h->spec->cpu.large_pages,
                       .vendor = h->spec->cpu.vendor,
                       .lps = h->lps,
                       .os = v->spec->os,
                       .enlightened = v->spec->enlightened && !v->legacy,
                       .integration = v->spec->integration,
                       .compatibility = v->spec->compatibility,
                       .vcpus = v->vcpus,
                       .memory_intensity = 1.0,
                       .compatibility_sensitivity = 1.0,
                       .chain = 1};
    if (device >= 0 && kind <= FLOW_WRITE) {
        place_disk(&at, h, v, device, bytes);
    } else if (device >= 0) {
        place_nic(&at, h, v, device);
    }
    return at;
}

struct cost fit_place_cost(const struct fit *f, const struct place *at, enum demand_kind kind, double amount,
                           double bytes, bool write)
{
    const struct demand d = {.kind = kind, .amount = amount, .bytes = bytes, .write = write, .at = at};
    struct cost c = mechanism_cost(f->overhead, &d);
    if (f->no_overhead && kind != DEMAND_DEVICE && kind != DEMAND_SPEED) {
        c = (struct cost){.speed = c.speed, .read_factor = c.read_factor};
    }
    return c;
}

struct cost fit_place_flow(const struct fit *f, const struct fit_host *h, const struct fit_vm *v,
                           const struct fit_flow *w)
{
    const struct place at = fit_place_of(h, v, w->kind, w->device, w->bytes);
    if (w->kind <= FLOW_WRITE) {
        return fit_place_cost(f, &at, DEMAND_IO, 1.0, w->bytes, w->kind == FLOW_WRITE);
    }
    const double size = w->per_s / v->rate_per_s, chunks = fmax(1.0, ceil(size / CHUNK_BYTES)),
                 bytes = size / chunks;
    const double packets = fmax(1.0, ceil(bytes / mechanism_packet_bytes(&at)));
    struct cost c = fit_place_cost(f, &at, w->kind == FLOW_SEND ? DEMAND_SEND : DEMAND_RECEIVE, packets,
                                   bytes, w->kind == FLOW_SEND);
    c.guest_ns *= chunks;
    c.root_ns *= chunks;
    for (int i = 0; i < ACCOUNTS; i++) {
        c.hypervisor_ns[i] *= chunks;
    }
    return c;
}

double fit_place_speed(const struct fit *f, const struct fit_host *h, const struct fit_vm *v)
{
    const struct place at = fit_place_of(h, v, FLOW_READ, -1, 0.0);
    const double share = isnan(h->busy) ? 0.0 : fmin(1.0, h->busy);
    return fit_place_cost(f, &at, DEMAND_SPEED, share, 0.0, false).speed;
}

static double device_s(const struct fit *f, const struct place *at, double base_s, double bytes, bool write)
{
    return fit_place_cost(f, at, DEMAND_DEVICE, base_s * 1e9, bytes, write).device_ns * 1e-9;
}

/* How long a logical operation lasts that is `ops` operations at once on `servers`: the longest of as many exponential
 * times as fit side by side (a harmonic sum), the others one after the other. */
static double longest(double ops, int servers)
{
    double sum = 0.0;
    for (int i = 1; i <= (int)ops && i <= servers; i++) {
        sum += 1.0 / i;
    }
    return sum + fmax(0.0, ops - servers) / servers;
}

/* The base time whose operation of that size takes `service_s`: the cost grows with it, so halving finds it. */
static double base_for(const struct fit *f, const struct place *at, double service_s, double bytes,
                       bool write, int servers)
{
    const double ops = fmax(1.0, fit_place_cost(f, at, DEMAND_DEVICE, 1e6, bytes, write).device_ops);
    double low = 0.0, high = 100.0;
    for (int i = 0; i < 80; i++) {
        const double middle = 0.5 * (low + high);
        *(device_s(f, at, middle, bytes, write) * longest(ops, servers) < service_s ? &low : &high) = middle;
    }
    return fmax(1e-6, 0.5 * (low + high));
}

void fit_place_kind(struct fit_disk *d)
{
    d->time_guessed = isnan(d->read_s.value);
    d->kind = d->read_s.value < 1e-3 ? PDISK_SSD : PDISK_HDD;
    d->read_base_s = d->time_guessed ? 6e-3 : d->read_s.value; /* a 15,000 rpm disk */
    d->write_base_s = d->time_guessed ? 6e-3 : d->write_s.value;
}

void fit_place_disk(const struct fit *f, const struct fit_host *h, struct fit_disk *d)
{
    if (d->time_guessed) {
        return;
    }
    const struct pdisk_spec *p = disk_spec_of(h, d->name);
    struct place at = {
        .chain = 1, .pdisk = p->kind, .raid = p->raid, .transfer_bytes_per_s = p->transfer_bytes_per_s};
    /* A disk that moves its operations faster than the kind's usual rate has a higher one: half of the service is
     * left for positioning. */
    const double fastest = fmax(d->read_bytes / d->read_s.value, d->write_bytes / d->write_s.value);
    const double most = fmax(device_s(f, &at, 1e-6, d->read_bytes, false) / d->read_s.value,
                             device_s(f, &at, 1e-6, d->write_bytes, true) / d->write_s.value);
    if (most > 0.8 && !(p->transfer_bytes_per_s > 0.0)) {
        d->transfer_bytes_per_s = at.transfer_bytes_per_s = 2.0 * fastest;
    }
    d->read_base_s = base_for(f, &at, d->read_s.value, d->read_bytes, false, d->servers);
    d->write_base_s = base_for(f, &at, d->write_s.value, d->write_bytes, true, d->servers);
}
