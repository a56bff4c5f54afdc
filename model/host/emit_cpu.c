/* emit_cpu.c - the processor half of a counter log. */
#include "model/host/emit_cpu.h"
#include "model/host/intercepts.h"
#include <math.h>
#include <string.h>

/* A guest spins for the count that the hypervisor publishes before it asks for help: tens of microseconds; assumed. */
#define LONG_SPIN_NS 30e3

/* ---- the hypervisor's own counts ---- */

static void put_configuration(struct sheet *s, const struct host *h)
{
    const struct run *run = s->run;
    const bool slat = h->spec->cpu.slat && version_rows[h->spec->hv.version].slat_usable;
    int vms = 0, vps = 0;
    for (int i = 0; i < run->model->vms; i++) {
        vms += run->vm[i].host == h;
        vps += run->vm[i].host == h ? run->vm[i].vps : 0;
    }
    sheet_put(s, CTR_HV_LPS, NULL, h->lps);
    sheet_put(s, CTR_HV_PARTITIONS, NULL, 1 + vms);
    sheet_put(s, CTR_HV_VPS, NULL, h->roots + vps);
    sheet_put(s, CTR_ROOT_PARTITION_VPS, "Root", h->roots);
    sheet_put(s, CTR_ADDRESS_SPACES, "Root",
              slat ? 0.0 : vps); /* shadow page tables exist only without SLAT */
    for (int i = 0; i < run->model->vms; i++) {
        const struct vm *vm = &run->vm[i];
        if (vm->host != h)
            continue;
        const char *name = sheet_name(s, "%s:HvPt", vm->spec->name);
        sheet_put(s, CTR_PARTITION_VPS, name, vm->vps);
        sheet_put(s, CTR_PARTITION_SPACES, name, slat ? 0.0 : vm->vps);
    }
}

static void put_lp(struct sheet *s, const struct host *h, int i)
{
    const double *v = s->d + s->layout->lp[h->index] + i * LPF_COUNT;
    const double busy = v[LPF_GUEST] + v[LPF_HYPERVISOR];
    const char *name = sheet_name(s, "Hv LP %d", i);
    sheet_share(s, CTR_LP_TOTAL, name, busy);
    sheet_share(s, CTR_LP_GUEST, name, v[LPF_GUEST]);
    sheet_share(s, CTR_LP_HYPERVISOR, name, v[LPF_HYPERVISOR]);
    sheet_share(s, CTR_LP_IDLE, name, fmax(0.0, s->ns - busy));
    sheet_rate(s, CTR_LP_SWITCHES, name, v[LPF_SWITCHES]);
    sheet_rate(s, CTR_LP_SWITCH_TIME, name, v[LPF_SWITCHES] * h->dispatch_ns / h->spec->cpu.speed);
    sheet_rate(s, CTR_LP_INTERRUPTS, name, v[LPF_INTERRUPTS]);
}

/* ---- virtual processors ---- */

/* Where the same counter stands in the sets of guests and root. */
struct vp_set {
    enum counter_id total, guest, hypervisor, wait, dispatches, intercepts, intercepts_cost, classes;
};
static const struct vp_set guest_set = {CTR_VP_TOTAL,
                                        CTR_VP_GUEST,
                                        CTR_VP_HYPERVISOR,
                                        CTR_VP_WAIT,
                                        CTR_VP_DISPATCHES,
                                        CTR_VP_TOTAL_INTERCEPTS,
                                        CTR_VP_TOTAL_INTERCEPTS_COST,
                                        CTR_VP_CLASSES};
static const struct vp_set root_set = {CTR_ROOT_TOTAL,
                                       CTR_ROOT_GUEST,
                                       CTR_ROOT_HYPERVISOR,
                                       CTR_ROOT_WAIT,
                                       CTR_ROOT_DISPATCHES,
                                       CTR_ROOT_TOTAL_INTERCEPTS,
                                       CTR_ROOT_TOTAL_INTERCEPTS_COST,
                                       CTR_ROOT_CLASSES};

static void put_vp(struct sheet *s, const struct vp_set *set, const char *name, const double *v)
{
    sheet_share(s, set->total, name, v[VPF_GUEST] + v[VPF_HYPERVISOR]);
    sheet_share(s, set->guest, name, v[VPF_GUEST]);
    sheet_share(s, set->hypervisor, name, v[VPF_HYPERVISOR]);
    sheet_mean(s, set->wait, name, v[VPF_WAIT], v[VPF_DISPATCHES]);
    sheet_rate(s, set->dispatches, name, v[VPF_DISPATCHES]);
}

static void put_intercepts(struct sheet *s, const struct vp_set *set, const char *name,
                           struct intercept_view *view, const double *v)
{
    struct intercepts x;
    view->dispatches = v[VPF_DISPATCHES];
    view->preemptions = v[VPF_PREEMPTIONS];
    collect_settle(v + VPF_ACCOUNT, v[VPF_HYPERVISOR], view->account_ns);
    intercepts_split(view, &x);
    sheet_rate(s, set->intercepts, name, intercepts_events(&x));
    sheet_mean(s, set->intercepts_cost, name, intercepts_ns(&x), intercepts_events(&x));
    for (int c = 0; c < INTERCEPT_CLASSES; c++) {
        if (!intercepts_caused(view->host, view->vm, (enum intercept_class)c))
            continue;
        sheet_rate(s, set->classes + 2 * (enum counter_id)c, name, x.events[c]);
        sheet_mean(s, set->classes + 2 * (enum counter_id)c + 1, name, x.ns[c], x.events[c]);
    }
}

static void put_root_vp(struct sheet *s, const struct host *h, int i)
{
    const double *v = s->d + s->layout->root[h->index] + i * VPF_COUNT;
    const char *name = sheet_name(s, "Root VP %d", i);
    struct intercept_view view = {.host = h};
    put_vp(s, &root_set, name, v);
    put_intercepts(s, &root_set, name, &view, v);
}

/* Accesses to emulated devices in the interval: so many an operation or packet. */
static double emulated_accesses(const struct sheet *s, const struct vm *vm)
{
    const double *p = s->run->model->overhead;
    const double an_io = p[mechanism_param_index("disk_path", "exits")] +
                         p[mechanism_param_index("disk_path", "exits_completion")];
    const double a_packet = p[mechanism_param_index("network_path", "exits")];
    double sum = 0.0;
    for (int i = 0; i < vm->spec->disks; i++) {
        const double *v = s->d + s->layout->vdisk[vm->index] + i * VDF_COUNT;
        const struct vdisk_spec *d = &vm->spec->disk[i];
        if (d->controller == CTRL_IDE && !vm->spec->integration && vdisk_traits[d->kind].root)
            sum += an_io * (v[VDF_GUEST + OPF_READS] + v[VDF_GUEST + OPF_WRITES]);
    }
    for (int i = 0; i < vm->spec->nics; i++) {
        const double *v = s->d + s->layout->vnic[vm->index] + i * VNF_COUNT;
        if (vm->spec->nic[i].kind == VNIC_EMULATED)
            sum += a_packet * (v[VNF_SENT_PACKETS] + v[VNF_RECEIVED_PACKETS]);
    }
    return sum;
}

static double hypervisor_of_all(const struct sheet *s, const struct vm *vm)
{
    double sum = 0.0;
    for (int k = 0; k < vm->vps; k++)
        sum += s->d[s->layout->vp[vm->index] + k * VPF_COUNT + VPF_HYPERVISOR];
    return sum;
}

void emit_cpu_vm(struct sheet *s, const struct vm *vm)
{
    const double accesses = emulated_accesses(s, vm), all = hypervisor_of_all(s, vm);
    const double spins = s->d[s->layout->vm[vm->index] + VMF_SPIN] / LONG_SPIN_NS / vm->vps;
    for (int k = 0; k < vm->vps; k++) {
        const double *v = s->d + s->layout->vp[vm->index] + k * VPF_COUNT;
        const char *name = sheet_name(s, "%s:Hv VP %d", vm->spec->name, k);
        struct intercept_view view = {.host = vm->host, .vm = vm};
        view.messages = all > 0.0 ? accesses * v[VPF_HYPERVISOR] / all : 0.0;
        put_vp(s, &guest_set, name, v);
        sheet_rate(s, CTR_VP_MIGRATIONS, name, v[VPF_MIGRATIONS]);
        sheet_share(s, CTR_VP_REMOTE, name, v[VPF_REMOTE]);
        sheet_rate(s, CTR_VP_IO_MESSAGES, name, view.messages);
        if (vm->spec->enlightened)
            sheet_rate(s, CTR_VP_LONG_SPIN, name, spins);
        put_intercepts(s, &guest_set, name, &view, v);
    }
}

/* ---- Windows' own view: on a physical machine, in the root, in a guest ---- */

void emit_cpu_native(struct sheet *s, const struct host *h)
{
    double busy = 0.0;
    for (int i = 0; i < h->lps; i++) {
        const double ns = s->d[s->layout->lp[h->index] + i * LPF_COUNT + LPF_GUEST];
        busy += ns;
        sheet_share(s, CTR_PROCESSOR_TIME, sheet_name(s, "%d", i), ns);
    }
    sheet_share(s, CTR_PROCESSOR_TIME, "_Total", busy / h->lps);
}

/* The root's Task Manager knows the root's virtual processors only. */
static void put_task_manager(struct sheet *s, const struct host *h)
{
    double busy = 0.0;
    for (int i = 0; i < h->roots; i++) {
        const double *v = s->d + s->layout->root[h->index] + i * VPF_COUNT;
        busy += v[VPF_GUEST] + v[VPF_HYPERVISOR];
        sheet_share(s, CTR_PROCESSOR_TIME, sheet_name(s, "%d", i), v[VPF_GUEST] + v[VPF_HYPERVISOR]);
    }
    sheet_share(s, CTR_PROCESSOR_TIME, "_Total", busy / h->roots);
}

void emit_cpu_host(struct sheet *s, const struct host *h)
{
    for (int i = 0; i < h->lps; i++)
        put_lp(s, h, i);
    for (int i = 0; i < h->roots; i++)
        put_root_vp(s, h, i);
    put_task_manager(s, h);
    put_configuration(s, h);
}

/* Time in which a VP ran, was ready or capped, as far as it falls into the interval. */
static double known_busy(const struct sheet *s, const double *v)
{
    return fmin(s->ns, v[VPF_GUEST] + v[VPF_HYPERVISOR] + v[VPF_WAIT] + v[VPF_CAPPED]);
}

/* By its own clock a guest's processor is busy whenever it is not idle: also while its VP waits for an LP, is capped or is
 * suspended. The sum over VPs is exact; what is left of it (suspension, waits that go on) falls to each by the time it has
 * left. */
void emit_cpu_guest(struct sheet *s, const struct vm *vm)
{
    const double *vp = s->d + s->layout->vp[vm->index];
    const double busy = s->d[s->layout->vm[vm->index] + VMF_PRESENT];
    double known = 0.0;
    for (int k = 0; k < vm->vps; k++)
        known += known_busy(s, vp + k * VPF_COUNT);
    const double room = s->ns * vm->vps - known;
    for (int k = 0; k < vm->vps; k++) {
        const double mine = known_busy(s, vp + k * VPF_COUNT);
        const double ns = known >= busy || room <= 0.0 ? mine * (known > 0.0 ? busy / known : 0.0)
                                                       : mine + (busy - known) * (s->ns - mine) / room;
        sheet_share(s, CTR_PROCESSOR_TIME, sheet_name(s, "%d", k), ns);
    }
    sheet_share(s, CTR_PROCESSOR_TIME, "_Total", busy / vm->vps);
    sheet_put(s, CTR_SYSTEM_QUEUE, NULL, vm->queued);
}
