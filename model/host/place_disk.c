/* place_disk.c - the cost of one disk operation. */
#include "model/host/exits.h"
#include "model/host/place.h"
#include "model/host/spindle.h"
#include <math.h>

static void place_on(struct place *at, const struct pdisk_spec *s)
{
    at->pdisk = s->kind;
    at->raid = s->raid;
    at->transfer_bytes_per_s = s->transfer_bytes_per_s;
    at->spindles = s->spindles;
    at->stripe_bytes = s->stripe_bytes;
    at->write_cache = s->write_cache;
    at->sectors = s->sectors;
}

static struct device_cost device_cost_of(const struct run *run, const struct pdisk *d, const struct place *at,
                                         double bytes, bool write, bool sequential)
{
    const struct demand io = {.kind = DEMAND_DEVICE,
                              .amount = write ? d->write_ns : d->read_ns,
                              .bytes = bytes,
                              .write = write,
                              .sequential = sequential,
                              .at = at};
    const struct cost c = place_cost(run->model, &io);
    return (struct device_cost){c.device_ns, c.fixed_ns, c.position_ns, c.break_ns, fmax(1.0, c.device_ops)};
}

struct device_cost place_disk_random(const struct pdisk *d, double bytes, bool write)
{
    struct place at = {.version = d->host->spec->hv.version, .vdisk = VDISK_PHYSICAL, .chain = 1};
    place_on(&at, d->spec);
    return device_cost_of(d->host->run, d, &at, bytes, write, false);
}

/* One split for each piece's length that the bytes span. `fragmentation` is that of the virtual disk's file where there is one,
 * else of the guest's files. Whoever defragments a volume of the root does not touch what guests keep inside their disks. */
struct splits place_disk_splits(const struct vdisk_spec *v, const struct pdisk_spec *on, double operations,
                                double bytes)
{
    const bool file = vdisk_traits[v->kind].file, native = v->kind == VDISK_PHYSICAL;
    const bool guest =
        v->defragment == DEFRAGMENT_GUEST || v->defragment == DEFRAGMENT_BOTH || (native && on->defragment);
    const bool host = v->defragment == DEFRAGMENT_HOST || v->defragment == DEFRAGMENT_BOTH || on->defragment;
    const double stated = v->fragmentation * operations;
    struct splits s = {.guest = guest || file ? 0.0 : stated, .host = host || !file ? 0.0 : stated};
    if (!guest && v->guest_run_bytes > 0.0)
        s.guest += bytes / v->guest_run_bytes;
    if (!host && v->host_run_bytes > 0.0)
        s.host += bytes / v->host_run_bytes;
    return s;
}

/* Operations that one of the guest becomes: IDE takes so many bytes at a time only. */
static int pieces_of(const struct run *run, const struct vdisk_spec *v, double bytes)
{
    const double most = run->model->overhead[mechanism_param_index("disk_path", "ide_transfer")];
    const bool ide = v->controller == CTRL_IDE && vdisk_traits[v->kind].root;
    return ide ? (int)fmax(1.0, ceil(bytes / most)) : 1;
}

struct piece {
    struct cost path;
    struct device_cost device;
};

static struct piece piece_of(const struct run *run, const struct vdisk *v, const struct place *at,
                             double bytes, bool write, bool sequential)
{
    const struct demand io = {
        .kind = DEMAND_IO, .amount = 1.0, .bytes = bytes, .write = write, .sequential = sequential, .at = at};
    struct piece p = {.path = place_cost(run->model, &io),
                      .device = device_cost_of(run, v->on, at, bytes, write, sequential)};
    /* at the two ends only, whatever lies between: a read is as many operations as there are stripe units */
    const double parts =
        p.path.sector_reads > 0.0 ? device_cost_of(run, v->on, at, bytes, false, sequential).ops : 1.0;
    p.device.ns += (p.path.sector_reads * v->on->read_ns + p.path.sector_writes * v->on->write_ns) / parts;
    return p;
}

/* Mean of the pieces of one random operation: the second and later ones lie behind the first. */
static void piece_blend(struct piece *random, const struct piece *behind, int pieces)
{
    const double first = 1.0 / pieces, later = 1.0 - first;
    struct cost *c = &random->path;
    struct device_cost *d = &random->device;
    c->extra_reads = first * c->extra_reads + later * behind->path.extra_reads;
    c->extra_writes = first * c->extra_writes + later * behind->path.extra_writes;
    d->ns = first * d->ns + later * behind->device.ns;
    d->position_ns = first * d->position_ns + later * behind->device.position_ns;
}

void place_disk_at(struct place *at, const struct vdisk_spec *v, const struct pdisk_spec *on, double bytes)
{
    const struct splits splits = place_disk_splits(v, on, 1.0, bytes);
    at->vdisk = v->kind;
    at->controller = v->controller;
    at->chain = v->chain;
    at->allocated = v->allocated;
    at->misaligned = v->misaligned;
    at->fragmentation = splits.guest + splits.host;
    place_on(at, on);
}

void place_disk_plan(struct plan *p, const struct run *run, const struct workload_spec *w,
                     const struct step *s, int disk)
{
    struct vdisk *v = &p->vm->disk[disk];
    struct place at = place_of(p->vm, w);
    const bool write = s->kind == STEP_WRITE;
    const int pieces = pieces_of(run, v->spec, s->size_bytes);
    const double bytes = s->size_bytes / pieces;
    place_disk_at(&at, v->spec, v->on->spec, bytes);
    struct piece piece = piece_of(run, v, &at, bytes, write, s->sequential);
    if (pieces > 1 && !s->sequential) {
        const struct piece behind = piece_of(run, v, &at, bytes, write, true);
        piece_blend(&piece, &behind, pieces);
    }
    const struct cost c = piece.path;
    const struct device_cost d = piece.device;
    p->pieces = pieces;
    p->disk = v;
    p->device = v->on;
    p->trips = exits_trips(&c);
    p->submit = exits_overhead(&c, &p->trips, 0.5, p->trips.submit);
    p->complete = exits_overhead(&c, &p->trips, 0.5, p->trips.complete);
    p->root_ns = c.root_ns;
    p->latency_ns = c.latency_ns;
    p->extra_reads = c.extra_reads;
    p->extra_writes = c.extra_writes;
    p->device_ns = d.ns;
    p->device_ops = d.ops;
    p->fixed_ns = d.fixed_ns;
    p->position_ns = d.position_ns;
    p->break_ns = d.break_ns;
    p->sequential = s->sequential;
    spindle_expect(v->on, s->sequential);
    p->factor = write ? v->on->write : v->on->read;
    p->bytes = bytes;
}
