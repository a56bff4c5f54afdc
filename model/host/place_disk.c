/* place_disk.c - the cost of one disk operation. */
#include "model/host/place.h"
#include <math.h>

static double device_mean(const struct pdisk *d, bool write)
{
    return write ? d->write_ns : d->read_ns;
}

void place_disk_plan(struct plan *p, const struct run *run, const struct workload_spec *w,
                     const struct step *s, int disk)
{
    struct vdisk *v = &p->vm->disk[disk];
    struct place at = place_of(p->vm, w);
    const bool write = s->kind == STEP_WRITE;
    at.vdisk = v->spec->kind;
    at.controller = v->spec->controller;
    at.chain = v->spec->chain;
    at.fragmentation = v->spec->fragmentation;
    at.pdisk = v->on->spec->kind;
    at.raid = v->on->spec->raid;
    at.transfer_bytes_per_s = v->on->spec->transfer_bytes_per_s;
    const struct demand io = {.kind = DEMAND_IO,
                              .amount = 1.0,
                              .bytes = s->size_bytes,
                              .write = write,
                              .sequential = s->sequential,
                              .at = &at};
    const struct cost c = place_cost(run->model, &io);
    const struct demand device = {.kind = DEMAND_DEVICE,
                                  .amount = device_mean(v->on, write),
                                  .bytes = s->size_bytes,
                                  .write = write,
                                  .sequential = s->sequential,
                                  .at = &at};
    const struct cost d = place_cost(run->model, &device);
    p->disk = v;
    p->device = v->on;
    p->submit = p->complete = place_overhead(&c, 0.5);
    p->root_ns = c.root_ns;
    p->exits = c.exits;
    p->exit_root_ns = c.exit_root_ns;
    p->latency_ns = c.latency_ns;
    p->extra_reads = c.extra_reads;
    p->extra_writes = c.extra_writes;
    p->device_ns = d.device_ns;
    p->device_ops = fmax(1.0, d.device_ops);
    p->factor = write ? v->on->write : v->on->read;
    p->bytes = s->size_bytes;
    p->read_factor = write ? 1.0 : p->vm->read_factor;
}
