/* build_io.c - disks, adapters and channels of a run. */
#include "model/host/build.h"
#include "model/host/device.h"
#include "model/host/place.h"

#define CHANNEL_PLACES                                                                                       \
    256 /* outstanding operations a controller: one VMBus channel (2008 R2); 2012+ one per 16 VPs */

/* ---- devices ---- */

/* The shape of a device time, scaled to mean 1: the mechanisms say the mean. */
static struct dist factor_of(const struct time_spec *t)
{
    struct time_spec one = *t;
    const double mean = t->mean_ns > 0.0 ? t->mean_ns : 1.0;
    one.mean_ns = 1.0;
    one.lower_ns = t->lower_ns / mean;
    one.upper_ns = t->upper_ns / mean;
    return place_dist(&one);
}

static void build_disk(struct run *run, struct host *h, struct pdisk *d, const struct pdisk_spec *s)
{
    const size_t latency = mechanism_param_index("physical_disk", "cache_latency");
    d->host = h;
    d->spec = s;
    d->station = station_new(&run->sim, s->spindles, STATION_PRIORITY);
    d->read = factor_of(&s->read);
    d->write = factor_of(&s->write);
    d->read_ns = s->read.mean_ns;
    d->write_ns = s->write.mean_ns;
    d->relief = s->relief > 0.0 ? s->relief : 1.0;
    d->cache_latency_ns = run->model->overhead[latency];
    build_seed(run, &d->outside, "outside", h->spec->name, s->name);
    device_outside_init(d);
}

void build_io_host(struct run *run, struct host *h)
{
    const struct host_spec *s = h->spec;
    h->disk = ARENA_ARRAY(run->arena, struct pdisk, (size_t)s->disks);
    for (int i = 0; i < s->disks; i++)
        build_disk(run, h, &h->disk[i], &s->disk[i]);
    h->nic = ARENA_ARRAY(run->arena, struct pnic, (size_t)s->nics);
    for (int i = 0; i < s->nics; i++) {
        h->nic[i].spec = &s->nic[i];
        h->nic[i].transmit = station_new(&run->sim, 1, STATION_FIFO);
        h->nic[i].receive = station_new(&run->sim, 1, STATION_FIFO);
    }
}

/* ---- of VMs ---- */

static int channel_places(const struct vm *vm)
{
    const bool single = version_rows[vm->host->spec->hv.version].channel_per_controller_only;
    const int channels = single ? 1 : 1 + (vm->vps - 1) / 16;
    return CHANNEL_PLACES * (channels > 16 ? 16 : channels);
}

void build_io_vm(struct run *run, struct vm *vm)
{
    const struct vm_spec *s = vm->spec;
    if (!vm->host->native) {
        vm->worker = station_new(&run->sim, 1, STATION_FIFO);
        for (int c = 0; c < CTRL_KINDS; c++)
            vm->channel[c] = station_new(&run->sim, channel_places(vm), STATION_FIFO);
    }
    vm->disk = ARENA_ARRAY(run->arena, struct vdisk, (size_t)s->disks);
    for (int i = 0; i < s->disks; i++) {
        vm->disk[i].spec = &s->disk[i];
        vm->disk[i].on = &vm->host->disk[s->disk[i].on];
        build_seed(run, &vm->disk[i].visits, "visits", s->name, s->disk[i].name);
    }
    vm->nic = ARENA_ARRAY(run->arena, struct vnic, (size_t)s->nics);
    for (int i = 0; i < s->nics; i++) {
        vm->nic[i].spec = &s->nic[i];
        vm->nic[i].on = &vm->host->nic[s->nic[i].on];
        /* VMQ: each adapter has a root VP of its own, and the default queue keeps VP 0 */
        vm->nic[i].root_vp = 1 + vm->index + i;
    }
}
