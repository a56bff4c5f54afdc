/* emit.c - what PerfMon would have logged on the model's hosts. */
#include "model/host/collect.h"
#include "model/host/counters.h"
#include "model/host/estimate.h"
#include "model/host/program.h"
#include "model/host/study.h"
#include <math.h>

#define WARM_SHARE 0.2 /* of the logged time runs before it */
#define WARM_LEAST_JOBS 50.0
#define OVERLOAD_FACTOR                                                                                      \
    50 /* a log may show a load that grows without end for this much longer than a study */

struct sheet {
    struct arena *arena;
    struct counter_log *log;
    int capacity;
    const struct run *run;
    const struct layout *layout;
    const double *d; /* counters of the interval */
    double ns;
    double *row; /* NULL while the columns are named */
    bool first;  /* PDH has no value yet for rates and means in its first row */
    int at;
};

/* Counters that PDH shows as they are; all others need two samples. */
static bool is_raw(enum counter_id id)
{
    return id == CTR_NIC_BANDWIDTH || id == CTR_NIC_OUTPUT_QUEUE || id == CTR_MEMORY_AVAILABLE_BYTES ||
           id == CTR_MEMORY_COMMITTED || id == CTR_VID_PAGES || id == CTR_DM_PRESSURE ||
           id == CTR_ADDRESS_SPACES;
}

/* One cell; `instance` is used while the columns are named. */
static void put(struct sheet *s, const char *machine, enum counter_id id, const char *instance, double value)
{
    const struct counter_row *c = &counter_rows[id];
    if (s->row) {
        s->row[s->at++] = s->first && !is_raw(id) ? (double)NAN : value;
        return;
    }
    struct counter_log *log = s->log;
    const char *path =
        instance ? arena_printf(s->arena, "\\\\%s\\%s(%s)\\%s", machine, c->object, instance, c->counter)
                 : arena_printf(s->arena, "\\\\%s\\%s\\%s", machine, c->object, c->counter);
    *ARENA_PUSH(s->arena, log->path, log->columns, s->capacity) = path;
}

static double per_second(const struct sheet *s, double amount)
{
    return amount / s->ns * 1e9;
}

static double percent(const struct sheet *s, double ns)
{
    return 100.0 * ns / s->ns;
}

/* Mean of a time over its events, seconds; 0 when there were none, as PDH shows it. */
static double mean_seconds(double ns, double events)
{
    return events > 0.0 ? ns / events * 1e-9 : 0.0;
}

/* ---- Hyper-V hosts ---- */

static void put_vp(struct sheet *s, const char *host, const char *instance, const double *v, bool root)
{
    put(s, host, root ? CTR_ROOT_TOTAL : CTR_VP_TOTAL, instance,
        percent(s, v[VPF_GUEST] + v[VPF_HYPERVISOR]));
    put(s, host, root ? CTR_ROOT_GUEST : CTR_VP_GUEST, instance, percent(s, v[VPF_GUEST]));
    put(s, host, root ? CTR_ROOT_HYPERVISOR : CTR_VP_HYPERVISOR, instance, percent(s, v[VPF_HYPERVISOR]));
}

static void put_lps(struct sheet *s, const struct host *h)
{
    for (int i = 0; i < h->lps; i++) {
        const double *v = s->d + s->layout->lp[h->index] + i * LPF_COUNT;
        const char *name = arena_printf(s->arena, "Hv LP %d", i);
        put(s, h->spec->name, CTR_LP_TOTAL, name, percent(s, v[LPF_GUEST] + v[LPF_HYPERVISOR]));
        put(s, h->spec->name, CTR_LP_GUEST, name, percent(s, v[LPF_GUEST]));
        put(s, h->spec->name, CTR_LP_HYPERVISOR, name, percent(s, v[LPF_HYPERVISOR]));
        put(s, h->spec->name, CTR_LP_SWITCHES, name, per_second(s, v[LPF_SWITCHES]));
    }
    for (int i = 0; i < h->roots; i++)
        put_vp(s, h->spec->name, arena_printf(s->arena, "Root VP %d", i),
               s->d + s->layout->root[h->index] + i * VPF_COUNT, true);
}

static void put_vm_processors(struct sheet *s, const struct vm *vm)
{
    const char *host = vm->host->spec->name;
    const bool has_wait = version_rows[vm->host->spec->hv.version].wait_per_dispatch;
    for (int k = 0; k < vm->vps; k++) {
        const double *v = s->d + s->layout->vp[vm->index] + k * VPF_COUNT;
        const char *name = arena_printf(s->arena, "%s:Hv VP %d", vm->spec->name, k);
        put_vp(s, host, name, v, false);
        if (!has_wait)
            continue;
        put(s, host, CTR_VP_WAIT, name, v[VPF_DISPATCHES] > 0.0 ? v[VPF_WAIT] / v[VPF_DISPATCHES] : 0.0);
        put(s, host, CTR_VP_DISPATCHES, name, per_second(s, v[VPF_DISPATCHES]));
    }
}

static void put_vm_devices(struct sheet *s, const struct vm *vm)
{
    const char *host = vm->host->spec->name;
    for (int i = 0; i < vm->spec->disks; i++) {
        const double *v = s->d + s->layout->vdisk[vm->index] + i * VDF_COUNT;
        const char *name = arena_printf(s->arena, "%s-%s", vm->spec->name, vm->spec->disk[i].name);
        put(s, host, CTR_VSD_READ_OPS, name, per_second(s, v[VDF_READS]));
        put(s, host, CTR_VSD_WRITE_OPS, name, per_second(s, v[VDF_WRITES]));
        put(s, host, CTR_VSD_READ_BYTES, name, per_second(s, v[VDF_READ_BYTES]));
        put(s, host, CTR_VSD_WRITE_BYTES, name, per_second(s, v[VDF_WRITE_BYTES]));
    }
    for (int i = 0; i < vm->spec->nics; i++) {
        const double *v = s->d + s->layout->vnic[vm->index] + i * VNF_COUNT;
        const char *name = arena_printf(s->arena, "%s_%s", vm->spec->name, vm->spec->nic[i].name);
        put(s, host, CTR_VNIC_SENT_BYTES, name, per_second(s, v[VNF_SENT_BYTES]));
        put(s, host, CTR_VNIC_RECEIVED_BYTES, name, per_second(s, v[VNF_RECEIVED_BYTES]));
        put(s, host, CTR_VNIC_SENT_PACKETS, name, per_second(s, v[VNF_SENT_PACKETS]));
        put(s, host, CTR_VNIC_RECEIVED_PACKETS, name, per_second(s, v[VNF_RECEIVED_PACKETS]));
    }
    put(s, host, CTR_VID_PAGES, vm->spec->name, vm->assigned_bytes / 4096.0);
    if (vm->spec->memory.dynamic)
        put(s, host, CTR_DM_PRESSURE, vm->spec->name, 100.0 * vm->pressure);
}

/* ---- what every Windows host has ---- */

static void put_processor(struct sheet *s, const struct host *h)
{
    double busy = 0.0;
    for (int i = 0; i < h->lps; i++) {
        const double ns = s->d[s->layout->lp[h->index] + i * LPF_COUNT + LPF_GUEST];
        busy += ns;
        put(s, h->spec->name, CTR_PROCESSOR_TIME, arena_printf(s->arena, "%d", i), percent(s, ns));
    }
    put(s, h->spec->name, CTR_PROCESSOR_TIME, "_Total", percent(s, busy / h->lps));
}

static void put_disk(struct sheet *s, const struct host *h, int i)
{
    const double *v = s->d + s->layout->disk[h->index] + i * DKF_COUNT;
    const char *host = h->spec->name, *name = arena_printf(s->arena, "%d %s", i, h->disk[i].spec->name);
    put(s, host, CTR_DISK_READS, name, per_second(s, v[DKF_READS]));
    put(s, host, CTR_DISK_WRITES, name, per_second(s, v[DKF_WRITES]));
    put(s, host, CTR_DISK_READ_BYTES, name, per_second(s, v[DKF_READ_BYTES]));
    put(s, host, CTR_DISK_WRITE_BYTES, name, per_second(s, v[DKF_WRITE_BYTES]));
    put(s, host, CTR_DISK_SEC_READ, name, mean_seconds(v[DKF_READ_NS], v[DKF_READS]));
    put(s, host, CTR_DISK_SEC_WRITE, name, mean_seconds(v[DKF_WRITE_NS], v[DKF_WRITES]));
    put(s, host, CTR_DISK_QUEUE, name, v[DKF_VIEW] / s->ns);
    put(s, host, CTR_DISK_IDLE, name, percent(s, v[DKF_IDLE]));
}

static void put_nic(struct sheet *s, const struct host *h, int i)
{
    const double *v = s->d + s->layout->nic[h->index] + i * NCF_COUNT;
    const char *host = h->spec->name, *name = h->nic[i].spec->name;
    put(s, host, CTR_NIC_SENT_BYTES, name, per_second(s, v[NCF_SENT_BYTES]));
    put(s, host, CTR_NIC_RECEIVED_BYTES, name, per_second(s, v[NCF_RECEIVED_BYTES]));
    put(s, host, CTR_NIC_SENT_PACKETS, name, per_second(s, v[NCF_SENT_PACKETS]));
    put(s, host, CTR_NIC_RECEIVED_PACKETS, name, per_second(s, v[NCF_RECEIVED_PACKETS]));
    put(s, host, CTR_NIC_BANDWIDTH, name, 8.0 * h->nic[i].spec->bytes_per_s);
    put(s, host, CTR_NIC_OUTPUT_QUEUE, name, v[NCF_OUTPUT_PACKETS] / s->ns);
}

static void put_memory(struct sheet *s, const struct host *h)
{
    const char *host = h->spec->name;
    if (h->spec->memory_bytes <= 0.0)
        return;
    put(s, host, CTR_MEMORY_AVAILABLE_BYTES, NULL, h->memory_available_bytes);
    put(s, host, CTR_MEMORY_COMMITTED, NULL, h->spec->memory_bytes - h->memory_available_bytes);
}

/* Shadow page tables exist only without SLAT: their number is above 0 then. */
static void put_address_spaces(struct sheet *s, const struct host *h)
{
    const bool slat = h->spec->cpu.slat && version_rows[h->spec->hv.version].slat_usable;
    int shadows = 0;
    for (int i = 0; i < s->run->model->vms; i++)
        shadows += s->run->vm[i].host == h ? s->run->vm[i].vps : 0;
    put(s, h->spec->name, CTR_ADDRESS_SPACES, NULL, slat ? 0.0 : shadows);
}

static void put_host(struct sheet *s, const struct host *h)
{
    if (h->native) {
        put_processor(s, h);
    } else {
        put_lps(s, h);
        put_address_spaces(s, h);
    }
    for (int i = 0; i < s->run->model->vms; i++) {
        if (s->run->vm[i].host != h || h->native)
            continue;
        put_vm_processors(s, &s->run->vm[i]);
        put_vm_devices(s, &s->run->vm[i]);
    }
    for (int i = 0; i < h->spec->disks; i++)
        put_disk(s, h, i);
    for (int i = 0; i < h->spec->nics; i++)
        put_nic(s, h, i);
    put_memory(s, h);
}

/* ---- applications ---- */

static const struct vm *first_vm(const struct run *run, int workload)
{
    const struct workload_spec *w = &run->model->workload[workload];
    return &run->vm[w->site[w->step[0].site].vm[0]];
}

/* The VM's name, as the unit of work of that VM; the workload's own when several start there. */
static const char *application_name(const struct run *run, int workload)
{
    for (int i = 0; i < run->model->workloads; i++)
        if (i != workload && first_vm(run, i) == first_vm(run, workload))
            return run->model->workload[workload].name;
    return first_vm(run, workload)->spec->name;
}

static void put_application(struct sheet *s, int workload)
{
    const double *v = s->d + s->layout->workload[workload];
    const char *host = first_vm(s->run, workload)->host->spec->name;
    const char *name = application_name(s->run, workload);
    put(s, host, CTR_APP_REQUESTS, name, per_second(s, v[WLF_FINISHED]));
    put(s, host, CTR_APP_RESPONSE, name, mean_seconds(v[WLF_RESPONSE], v[WLF_FINISHED]));
}

static void put_all(struct sheet *s)
{
    s->at = 0;
    for (int i = 0; i < s->run->model->hosts; i++)
        put_host(s, &s->run->host[i]);
    for (int i = 0; i < s->run->model->workloads; i++)
        put_application(s, i);
}

/* ---- the log ---- */

static sim_ns warm_time(struct arena *a, const struct run *run, double logged_ns)
{
    double jobs = 0.0;
    for (int i = 0; i < run->model->workloads; i++) {
        const struct estimate e = estimate_workload(a, &run->workload[i]);
        jobs = fmax(jobs, fmax(WARM_LEAST_JOBS * 1e9 / fmax(estimate_rate(&run->workload[i], &e), 1e-9),
                               20.0 * e.total_ns));
    }
    return sim_round(fmin(jobs, fmax(WARM_SHARE * logged_ns, 1e9)));
}

static void log_row(struct sheet *s, struct run *run, double *before, double *now, sim_ns at, int row)
{
    const int n = s->layout->size;
    run_until(run, at);
    collect_read(run, s->layout, now);
    for (int i = 0; i < n; i++) {
        const double total = now[i];
        now[i] = total - before[i];
        before[i] = total;
    }
    s->row = s->log->value + (size_t)row * (size_t)s->log->columns;
    s->first = row == 0;
    put_all(s);
}

struct counter_log *study_log(struct arena *a, const struct model *m, uint64_t seed, double interval_s,
                              int rows)
{
    struct arena *scratch = arena_new();
    struct run *run = run_new(scratch, m, "log", seed, 0);
    const struct layout *l = collect_layout(scratch, run);
    struct counter_log *log = ARENA_NEW(a, struct counter_log);
    double *before = ARENA_ARRAY(scratch, double, (size_t)l->size);
    double *now = ARENA_ARRAY(scratch, double, (size_t)l->size);
    struct sheet s = {.arena = a, .log = log, .run = run, .layout = l, .d = now, .ns = interval_s * 1e9};
    const sim_ns warm = warm_time(scratch, run, s.ns * rows);
    run->population_limit *= OVERLOAD_FACTOR;
    put_all(&s); /* names the columns */
    log->rows = rows;
    log->value = ARENA_ARRAY(a, double, (size_t)rows *(size_t)log->columns);
    log->at_ns = ARENA_ARRAY(a, int64_t, (size_t)rows);
    for (int r = 0; r < rows; r++) {
        const sim_ns at = sim_round(s.ns * r);
        log_row(&s, run, before, now, warm + at, r);
        log->at_ns[r] = at;
        if (run->saturated) {
            log->rows = r; /* the row in which the run ended is not whole */
            break;
        }
    }
    arena_free(scratch);
    return log;
}
