/* memory_nodes.c - which NUMA node the memory of each VM lies in. */
#include "model/host/memory_nodes.h"
#include "model/mechanism/memory.h"
#include <math.h>

#define NODES_MOST 64

/* Without virtual NUMA the guest takes all of its memory for equally far: each processor uses all parts alike. */
static bool one_virtual_node(const struct vm *vm)
{
    return vm->spec->memory.dynamic || vm->host->spec->hv.version < HV_2012;
}

static int roomiest(const double *room, int nodes)
{
    int best = 0;
    for (int n = 1; n < nodes; n++)
        if (room[n] > room[best])
            best = n;
    return best;
}

/* Takes `bytes` for the VM's processors (`share` of them by node) and returns how much lies near the one that uses it. */
static double place_vm(const struct vm *vm, double *room, int nodes, const double *share, double bytes)
{
    double near[NODES_MOST] = {0.0}, left = bytes, local = 0.0;
    for (int n = 0; n < nodes; n++) {
        near[n] = fmin(fmax(0.0, room[n]), share[n] * bytes);
        room[n] -= near[n];
        left -= near[n];
    }
    while (left > 1.0) {
        const int n = roomiest(room, nodes);
        const double part = room[n] > 0.0 ? fmin(left, room[n]) : left;
        room[n] -= part;
        left -= part;
        if (one_virtual_node(vm))
            near[n] += part; /* used by the processors there as well */
    }
    for (int n = 0; n < nodes; n++)
        local += one_virtual_node(vm) ? share[n] * near[n] : near[n];
    return local;
}

static double remote_share(const struct run *run, const struct vm *vm, double *room)
{
    const struct host *h = vm->host;
    double share[NODES_MOST] = {0.0};
    const double bytes =
        vm->assigned_bytes + memory_vm_bytes(run->model->overhead, h->spec->hv.version, vm->assigned_bytes);
    for (int k = 0; k < vm->vps; k++)
        share[vm->vp[k].home] += 1.0 / vm->vps;
    return fmax(0.0, 1.0 - place_vm(vm, room, h->nodes, share, bytes) / bytes);
}

void memory_nodes_place(struct run *run, struct host *h)
{
    double room[NODES_MOST];
    const double all = h->spec->memory_bytes;
    const double own = memory_host_bytes(run->model->overhead, h->spec->hv.version, all);
    CHECK(h->nodes <= NODES_MOST);
    for (int n = 0; n < h->nodes; n++)
        room[n] = (all - own) / h->nodes;
    for (int i = 0; i < run->model->vms; i++) {
        struct vm *vm = &run->vm[i];
        if (vm->host != h)
            continue;
        const bool known = h->nodes > 1 && all > 0.0 && vm->assigned_bytes > 0.0;
        const double placed = known ? remote_share(run, vm, room) : 0.0;
        vm->remote_memory = vm->spec->remote_memory >= 0.0 ? vm->spec->remote_memory : placed;
    }
}
