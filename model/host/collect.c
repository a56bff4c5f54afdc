/* collect.c - all cumulative counters of a run as one vector. */
#include "model/host/collect.h"
#include "model/host/diskview.h"
#include "model/host/guest.h"
#include "model/host/memory.h"
#include "model/host/program.h"
#include "model/host/spindle.h"
#include <math.h>

static int take(int *size, int n)
{
    const int at = *size;
    *size += n;
    return at;
}

static int *ints(struct arena *a, int n)
{
    return ARENA_ARRAY(a, int, (size_t)n);
}

struct layout *collect_layout(struct arena *a, const struct run *run)
{
    const struct model *m = run->model;
    struct layout *l = ARENA_NEW(a, struct layout);
    *l = (struct layout){.lp = ints(a, m->hosts),
                         .root = ints(a, m->hosts),
                         .account = ints(a, m->hosts),
                         .disk = ints(a, m->hosts),
                         .nic = ints(a, m->hosts),
                         .memory = ints(a, m->hosts),
                         .vm = ints(a, m->vms),
                         .vp = ints(a, m->vms),
                         .vdisk = ints(a, m->vms),
                         .vnic = ints(a, m->vms),
                         .workload = ints(a, m->workloads),
                         .breakdown = ints(a, m->workloads)};
    for (int i = 0; i < m->hosts; i++) {
        const struct host *h = &run->host[i];
        l->lp[i] = take(&l->size, h->lps * LPF_COUNT);
        l->root[i] = take(&l->size, h->roots * VPF_COUNT);
        l->account[i] = take(&l->size, ACCOUNTS);
        l->disk[i] = take(&l->size, h->spec->disks * DKF_COUNT);
        l->nic[i] = take(&l->size, h->spec->nics * NCF_COUNT);
        l->memory[i] = take(&l->size, MMF_COUNT);
    }
    for (int i = 0; i < m->vms; i++) {
        const struct vm *vm = &run->vm[i];
        l->vm[i] = take(&l->size, VMF_COUNT);
        l->vp[i] = take(&l->size, vm->vps * VPF_COUNT);
        l->vdisk[i] = take(&l->size, vm->spec->disks * VDF_COUNT);
        l->vnic[i] = take(&l->size, vm->spec->nics * VNF_COUNT);
    }
    l->external = take(&l->size, m->externals * STF_COUNT);
    l->lock = take(&l->size, m->locks * STF_COUNT);
    for (int i = 0; i < m->workloads; i++) {
        l->workload[i] = take(&l->size, WLF_COUNT);
        l->breakdown[i] = take(&l->size, run->workload[i].program->rows * 3);
    }
    return l;
}

/* ---- reading ---- */

static void read_vps(const struct vp *vp, int n, double *v)
{
    for (int i = 0; i < n; i++, v += VPF_COUNT) {
        v[VPF_GUEST] = vp[i].guest_ns;
        v[VPF_HYPERVISOR] = vp[i].hypervisor_ns;
        v[VPF_WAIT] = vp[i].wait_ns;
        v[VPF_DISPATCHES] = (double)vp[i].dispatches;
        v[VPF_MIGRATIONS] = (double)vp[i].migrations;
        v[VPF_PREEMPTIONS] = (double)vp[i].preemptions;
        v[VPF_REMOTE] = vp[i].remote_ns;
        v[VPF_CAPPED] = vp[i].capped_ns;
        for (int k = 0; k < ACCOUNTS; k++)
            v[VPF_ACCOUNT + k] = vp[i].account[k];
    }
}

static void read_done(const struct device_counters *done, double *o)
{
    o[OPF_READS] = done->reads;
    o[OPF_WRITES] = done->writes;
    o[OPF_READ_BYTES] = done->read_bytes;
    o[OPF_WRITE_BYTES] = done->write_bytes;
    o[OPF_READ_NS] = done->read_ns;
    o[OPF_WRITE_NS] = done->write_ns;
}

static void read_view(const struct disk_view *view, sim_ns now, double *o)
{
    read_done(&view->done, o);
    o[OPF_OUTSTANDING] = diskview_area(view, now);
    o[OPF_IDLE] = diskview_idle(view, now);
}

static void read_disk(const struct pdisk *d, double *v)
{
    const struct station_counters c = spindle_read(d);
    v[DKF_BUSY] = c.busy_area;
    v[DKF_PRESENT] = c.present_area;
    v[DKF_WAITING] = c.waiting_area;
    double *o = v + DKF_OPERATIONS;
    const double since = (double)(d->host->run->sim.now - d->view_since);
    read_done(&d->done, o);
    o[OPF_OUTSTANDING] = d->view_area + d->view * since;
    o[OPF_IDLE] = d->idle_ns + (d->view == 0 ? since : 0.0);
}

static void read_nic(const struct pnic *n, double *v)
{
    const struct station_counters out = station_read(n->transmit);
    const struct station_counters in = station_read(n->receive);
    v[NCF_SENT_BUSY] = out.busy_area;
    v[NCF_RECEIVED_BUSY] = in.busy_area;
    v[NCF_OUTPUT_PACKETS] = out.waiting_size_area;
    v[NCF_WAITING] = out.waiting_area + in.waiting_area;
    v[NCF_SENT_BYTES] = n->sent_bytes;
    v[NCF_RECEIVED_BYTES] = n->received_bytes;
    v[NCF_SENT_PACKETS] = n->sent_packets;
    v[NCF_RECEIVED_PACKETS] = n->received_packets;
}

static void read_host(const struct host *h, const struct layout *l, double *v)
{
    double *lp = v + l->lp[h->index];
    for (int i = 0; i < h->lps; i++, lp += LPF_COUNT) {
        lp[LPF_GUEST] = h->lp[i].guest_ns;
        lp[LPF_HYPERVISOR] = h->lp[i].hypervisor_ns;
        lp[LPF_SWITCHES] = (double)h->lp[i].switches;
        lp[LPF_INTERRUPTS] = (double)h->lp[i].interrupts;
    }
    read_vps(h->root, h->roots, v + l->root[h->index]);
    for (int i = 0; i < ACCOUNTS; i++)
        v[l->account[h->index] + i] = h->account[i];
    for (int i = 0; i < h->spec->disks; i++)
        read_disk(&h->disk[i], v + l->disk[h->index] + i * DKF_COUNT);
    v[l->memory[h->index] + MMF_USED] = memory_used_area(h);
    v[l->memory[h->index] + MMF_AVAILABLE] = memory_available_area(h);
    for (int i = 0; i < h->spec->nics; i++)
        read_nic(&h->nic[i], v + l->nic[h->index] + i * NCF_COUNT);
}

static void read_station(const struct station *s, double *busy, double *waiting)
{
    if (!s)
        return;
    const struct station_counters c = station_read(s);
    *busy = c.busy_area;
    *waiting = c.waiting_area;
}

static void read_vm(const struct vm *vm, const struct layout *l, double *v)
{
    double *f = v + l->vm[vm->index];
    f[VMF_QUEUE] = guest_queue_area(vm);
    f[VMF_PRESENT] = guest_present_area(vm);
    f[VMF_SPIN] = vm->spin_ns;
    read_station(vm->pool, &f[VMF_POOL_BUSY], &f[VMF_POOL_WAITING]);
    const struct memory_areas memory = memory_areas(vm);
    f[VMF_ASSIGNED] = memory.assigned;
    f[VMF_PRESSURE] = memory.pressure;
    f[VMF_CACHE] = memory.cache;
    f[VMF_INSIDE] = memory.inside;
    f[VMF_FAULTS] = vm->faults;
    read_vps(vm->vp, vm->vps, v + l->vp[vm->index]);
    for (int i = 0; i < vm->spec->disks; i++) {
        double *o = v + l->vdisk[vm->index] + i * VDF_COUNT;
        read_view(&vm->disk[i].root, vm->run->sim.now, o + VDF_ROOT);
        read_view(&vm->disk[i].guest, vm->run->sim.now, o + VDF_GUEST);
        o[VDF_LOWER_OPS] = vm->disk[i].done.reads + vm->disk[i].done.writes;
        o[VDF_NORMAL] = vm->disk[i].normal_ops;
        o[VDF_LOWER_NS] = vm->disk[i].done.read_ns + vm->disk[i].done.write_ns;
    }
    for (int i = 0; i < vm->spec->nics; i++) {
        const struct vnic *n = &vm->nic[i];
        double *o = v + l->vnic[vm->index] + i * VNF_COUNT;
        o[VNF_SENT_BYTES] = n->sent_bytes;
        o[VNF_RECEIVED_BYTES] = n->received_bytes;
        o[VNF_SENT_PACKETS] = n->sent_packets;
        o[VNF_RECEIVED_PACKETS] = n->received_packets;
        o[VNF_OUTSIDE_BYTES] = n->outside_bytes;
        o[VNF_OUTSIDE_PACKETS] = n->outside_packets;
    }
}

static void read_workload(const struct workload *w, const struct layout *l, double *v)
{
    double *f = v + l->workload[w->index];
    f[WLF_STARTED] = (double)w->started;
    f[WLF_FINISHED] = (double)w->finished;
    f[WLF_REFUSED] = (double)w->refused;
    f[WLF_RESPONSE] = w->response_ns;
    f[WLF_INSIDE] = w->inside_area + (double)w->inside * (double)(w->run->sim.now - w->inside_since);
    for (int i = 0; i < w->program->rows * 3; i++)
        v[l->breakdown[w->index] + i] = w->breakdown[i];
}

void collect_read(const struct run *run, const struct layout *l, double *v)
{
    const struct model *m = run->model;
    for (int i = 0; i < m->hosts; i++)
        read_host(&run->host[i], l, v);
    for (int i = 0; i < m->vms; i++)
        read_vm(&run->vm[i], l, v);
    for (int i = 0; i < m->externals; i++) {
        double *f = v + l->external + i * STF_COUNT;
        const struct external *x = &run->external[i];
        f[STF_BUSY] = x->service_ns; /* a pure delay: as many servers as customers */
        read_station(x->station, &f[STF_BUSY], &f[STF_WAITING]);
    }
    for (int i = 0; i < m->locks; i++) {
        double *f = v + l->lock + i * STF_COUNT;
        read_station(run->lock[i], &f[STF_BUSY], &f[STF_WAITING]);
    }
    for (int i = 0; i < m->workloads; i++)
        read_workload(&run->workload[i], l, v);
}

struct collect_memory collect_memory_vm(const struct vm *vm, const double *f, double ns)
{
    struct collect_memory m = {.assigned = vm->assigned_bytes,
                               .pressure = vm->pressure,
                               .cache = vm->cache_bytes,
                               .inside = f[VMF_INSIDE] / ns,
                               .faults_per_s = 1e9 * f[VMF_FAULTS] / ns};
    if (!vm->host->memory_moves)
        return m;
    m.assigned = f[VMF_ASSIGNED] / ns;
    m.pressure = f[VMF_PRESSURE] / ns;
    m.cache = f[VMF_CACHE] / ns;
    return m;
}

double collect_memory_host(const struct host *h, const double *fields, enum memory_field f, double ns)
{
    if (h->memory_moves)
        return fields[f] / ns;
    return f == MMF_USED ? h->memory_used_bytes : h->memory_available_bytes;
}

void collect_settle(const double booked[ACCOUNTS], double hypervisor_ns, double account_ns[ACCOUNTS])
{
    const double dispatch = fmin(booked[ACCOUNT_DISPATCH], hypervisor_ns), rest = hypervisor_ns - dispatch;
    double sum = 0.0;
    for (int k = 0; k < ACCOUNTS; k++)
        sum += k == ACCOUNT_DISPATCH ? 0.0 : booked[k];
    for (int k = 0; k < ACCOUNTS; k++)
        account_ns[k] = k == ACCOUNT_DISPATCH ? dispatch : sum > 0.0 ? rest * booked[k] / sum : 0.0;
    if (sum <= 0.0)
        account_ns[ACCOUNT_TIMER] = rest; /* one long burst */
}
