/* build_io.c - disks, adapters and channels of a run. */
#include "model/host/balancer.h"
#include "model/host/build.h"
#include "model/host/device.h"

#define CHANNEL_PLACES 256 /* outstanding operations of a VMBus channel */
#define CHANNEL_VPS 16
#define CHANNELS_MOST 16

/* ---- devices ---- */

void build_io_host(struct run *run, struct host *h)
{
    const struct host_spec *s = h->spec;
    h->disk = ARENA_ARRAY(run->arena, struct pdisk, (size_t)s->disks);
    for (int i = 0; i < s->disks; i++)
        device_init(&h->disk[i], h, &s->disk[i]);
    h->nic = ARENA_ARRAY(run->arena, struct pnic, (size_t)s->nics);
    for (int i = 0; i < s->nics; i++) {
        h->nic[i].spec = &s->nic[i];
        h->nic[i].transmit = station_new(&run->sim, 1, STATION_FIFO);
        h->nic[i].receive = station_new(&run->sim, 1, STATION_FIFO);
    }
    h->ports = ARENA_ARRAY(run->arena, int, (size_t)s->vswitches);
}

/* ---- of VMs ---- */

/* One channel a controller on 2008 and 2008 R2, and of IDE always; from 2012 on one for each 16 VPs, at most 16. */
static int channel_places(const struct vm *vm, enum controller controller)
{
    const bool single =
        version_rows[vm->host->spec->hv.version].channel_per_controller_only || controller == CTRL_IDE;
    const int channels = single ? 1 : 1 + (vm->vps - 1) / CHANNEL_VPS;
    return CHANNEL_PLACES * (channels > CHANNELS_MOST ? CHANNELS_MOST : channels);
}

static struct station *channel_of(struct run *run, struct vm *vm, const struct vdisk_spec *s)
{
    if (vm->host->native || !vdisk_traits[s->kind].root)
        return NULL;
    struct station **channel = &vm->channel[s->controller][s->controller_number];
    if (!*channel)
        *channel = station_new(&run->sim, channel_places(vm, s->controller), STATION_FIFO);
    return *channel;
}

/* By port the adapters on a switch take the members of its team in turn; by hash each may use all of them. */
static void build_lanes(struct run *run, struct host *h, struct vnic *n)
{
    const struct vswitch_spec *s = n->spec->vswitch >= 0 ? &h->spec->vswitch[n->spec->vswitch] : NULL;
    n->lanes = !s ? 1 : s->balance == BALANCE_HASH || s->nics < 2 ? s->nics : 1;
    n->lane = ARENA_ARRAY(run->arena, struct pnic *, (size_t)n->lanes);
    const int port = s && n->lanes == 1 ? h->ports[n->spec->vswitch]++ : 0;
    for (int i = 0; i < n->lanes; i++)
        n->lane[i] = &h->nic[s ? s->nic[(port + i) % s->nics] : n->spec->on];
}

void build_io_vm(struct run *run, struct vm *vm)
{
    const struct vm_spec *s = vm->spec;
    if (!vm->host->native)
        vm->worker = station_new(&run->sim, 1, STATION_FIFO);
    vm->disk = ARENA_ARRAY(run->arena, struct vdisk, (size_t)s->disks);
    for (int i = 0; i < s->disks; i++) {
        vm->disk[i].spec = &s->disk[i];
        vm->disk[i].on = &vm->host->disk[s->disk[i].on];
        vm->disk[i].channel = channel_of(run, vm, &s->disk[i]);
        vm->disk[i].flow = balancer_join(vm->disk[i].on, vm, &s->disk[i]);
        vm->disk[i].qos_burst_ns = run->model->overhead[mechanism_param_index("disk_path", "qos_burst")];
        vm->disk[i].qos_due_ns = vm->disk[i].qos_burst_ns; /* nothing saved up at the start */
        build_seed(run, &vm->disk[i].visits, "visits", s->name, s->disk[i].name);
    }
    vm->nic = ARENA_ARRAY(run->arena, struct vnic, (size_t)s->nics);
    for (int i = 0; i < s->nics; i++) {
        vm->nic[i].spec = &s->nic[i];
        build_lanes(run, vm->host, &vm->nic[i]);
    }
}
