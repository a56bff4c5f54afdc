/* fit_place.c - what the mechanisms charge on the logged host, so that it can be taken out of what was measured. */
#include "calibrate/fit.h"
#include <math.h>
#include <string.h>

#define CHUNK_BYTES 65536.0 /* as the model sends: large-send offload hands out at most 64 KiB at a time */

/* Number of the row whose name stands under `key`, or `otherwise`. */
static int row_of(const struct node *entry, const char *key, const struct kind_row *rows, int n,
                  int otherwise)
{
    const struct node *word = entry != NULL ? node_get(entry, key) : NULL;
    for (int i = 0; word != NULL && word->kind == NODE_SCALAR && i < n; i++) {
        if (strcmp(rows[i].name, word->text) == 0) {
            return i;
        }
    }
    return otherwise;
}

static bool told(const struct node *entry, const char *key, bool otherwise)
{
    const struct node *word = entry != NULL ? node_get(entry, key) : NULL;
    return word != NULL && word->kind == NODE_SCALAR
               ? strcmp(word->text, "yes") == 0 || strcmp(word->text, "true") == 0
               : otherwise;
}

static void place_guest(struct place *at, const struct fit_vm *v)
{
    const struct node *os = v->known.node != NULL ? node_get(v->known.node, "os") : NULL;
    const int row = os != NULL && os->kind == NODE_SCALAR ? os_find(os->text) : os_find("ws2008r2");
    at->os = row >= 0 ? row : 0;
    at->integration = told(v->known.node, "integration", strcmp(os_rows[at->os].name, "linux") != 0);
    at->enlightened =
        told(v->known.node, "enlightened", os_rows[at->os].enlightened && at->integration && !v->legacy);
    at->compatibility = told(v->known.node, "compatibility", false);
}

struct place fit_place_of(const struct fit_host *h, const struct fit_vm *v, enum flow_kind kind, int device)
{
    const struct node *cpu = h->known.node != NULL ? node_get(h->known.node, "cpu") : NULL;
    struct place at = {.version = h->version,
                       .slat = told(cpu, "slat", h->slat),
                       .large_pages = told(cpu, "large_pages", false),
                       .lps = h->lps,
                       .vcpus = v->vcpus,
                       .memory_intensity = 1.0,
                       .compatibility_sensitivity = 1.0,
                       .chain = 1};
    place_guest(&at, v);
    if (device >= 0 && kind <= FLOW_WRITE) {
        const struct fit_device *d = &v->disk[device];
        at.vdisk = (enum vdisk_kind)row_of(d->known.node, "kind", vdisk_rows, VDISK_KINDS,
                                           h->hyperv ? VDISK_FIXED_VHD : VDISK_PHYSICAL);
        at.controller =
            (enum controller)row_of(d->known.node, "controller", controller_rows, CTRL_KINDS, CTRL_SCSI);
        const int chain = inventory_count(d->known.node, "chain");
        at.chain = chain > 0 ? chain : at.vdisk == VDISK_DIFF_VHD || at.vdisk == VDISK_DIFF_VHDX ? 2 : 1;
        at.pdisk = h->disk[d->on].kind;
        at.raid = inventory_count(h->disk[d->on].known.node, "raid");
    } else if (device >= 0) {
        const struct node *nic = h->nic[v->nic[device].on].known.node;
        at.vnic = h->hyperv ? VNIC_SYNTHETIC : VNIC_PHYSICAL;
        at.vmq = told(nic, "vmq", false);
        at.chimney = told(nic, "chimney", false);
        at.jumbo = told(nic, "jumbo", false);
        at.link_bytes_per_s = h->nic[v->nic[device].on].bytes_per_s;
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
    const struct place at = fit_place_of(h, v, w->kind, w->device);
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
    const struct place at = fit_place_of(h, v, FLOW_READ, -1);
    const double share = isnan(h->busy) ? 0.0 : fmin(1.0, h->busy);
    return fit_place_cost(f, &at, DEMAND_SPEED, share, 0.0, false).speed;
}

static double device_s(const struct fit *f, const struct place *at, double base_s, double bytes, bool write)
{
    return fit_place_cost(f, at, DEMAND_DEVICE, base_s * 1e9, bytes, write).device_ns * 1e-9;
}

/* The base time whose operation of that size takes `service_s`: the cost grows with it, so halving finds it. */
static double base_for(const struct fit *f, const struct place *at, double service_s, double bytes,
                       bool write)
{
    const double ops = fmax(1.0, fit_place_cost(f, at, DEMAND_DEVICE, 1e6, bytes, write).device_ops);
    double low = 0.0, high = 100.0;
    for (int i = 0; i < 80; i++) {
        const double middle = 0.5 * (low + high);
        *(device_s(f, at, middle, bytes, write) * ops < service_s ? &low : &high) = middle;
    }
    return fmax(1e-6, 0.5 * (low + high));
}

void fit_place_disk(const struct fit *f, struct fit_disk *d)
{
    d->time_guessed = isnan(d->read_s.value);
    d->kind = (enum pdisk_kind)row_of(d->known.node, "kind", pdisk_rows, PDISK_KINDS,
                                      d->read_s.value < 1e-3 ? PDISK_SSD : PDISK_HDD);
    d->kind_guessed = d->known.node == NULL || node_get(d->known.node, "kind") == NULL;
    if (d->time_guessed) {
        d->read_base_s = d->write_base_s = 6e-3; /* a 15,000 rpm disk */
        return;
    }
    struct place at = {.chain = 1, .pdisk = d->kind, .raid = inventory_count(d->known.node, "raid")};
    /* A disk that moves its operations faster than the kind's usual rate has a higher one: half of the service is
     * left for positioning. */
    const double least = fmax(d->read_bytes / d->read_s.value, d->write_bytes / d->write_s.value);
    const double shortest = fmin(device_s(f, &at, 1e-6, d->read_bytes, false) / d->read_s.value,
                                 device_s(f, &at, 1e-6, d->write_bytes, true) / d->write_s.value);
    const double longest = fmax(device_s(f, &at, 1e-6, d->read_bytes, false) / d->read_s.value,
                                device_s(f, &at, 1e-6, d->write_bytes, true) / d->write_s.value);
    if (longest > 0.8 || shortest > 0.8) {
        d->transfer_bytes_per_s = at.transfer_bytes_per_s = 2.0 * least;
    }
    d->read_base_s = base_for(f, &at, d->read_s.value, d->read_bytes, false);
    d->write_base_s = base_for(f, &at, d->write_s.value, d->write_bytes, true);
}
