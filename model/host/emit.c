/* emit.c - what PerfMon would have logged on the model's hosts. */
#include "model/base/text.h"
#include "model/host/emit_cpu.h"
#include "model/host/estimate.h"
#include "model/host/program.h"
#include "model/host/study.h"
#include <math.h>

#define WARM_SHARE 0.2 /* of the logged time runs before it */
#define WARM_LEAST_JOBS 50.0
#define OVERLOAD_FACTOR                                                                                      \
    50 /* a log may show a load that grows without end for this much longer than a study */

/* ---- devices ---- */

static void put_vm_devices(struct sheet *s, const struct vm *vm)
{
    for (int i = 0; i < vm->spec->disks; i++) {
        const double *v = s->d + s->layout->vdisk[vm->index] + i * VDF_COUNT;
        const char *name = sheet_name(s, "%s-%s", vm->spec->name, vm->spec->disk[i].name);
        sheet_rate(s, CTR_VSD_READ_OPS, name, v[VDF_READS]);
        sheet_rate(s, CTR_VSD_WRITE_OPS, name, v[VDF_WRITES]);
        sheet_rate(s, CTR_VSD_READ_BYTES, name, v[VDF_READ_BYTES]);
        sheet_rate(s, CTR_VSD_WRITE_BYTES, name, v[VDF_WRITE_BYTES]);
    }
    for (int i = 0; i < vm->spec->nics; i++) {
        const double *v = s->d + s->layout->vnic[vm->index] + i * VNF_COUNT;
        const char *name = sheet_name(s, "%s_%s", vm->spec->name, vm->spec->nic[i].name);
        sheet_rate(s, CTR_VNIC_SENT_BYTES, name, v[VNF_SENT_BYTES]);
        sheet_rate(s, CTR_VNIC_RECEIVED_BYTES, name, v[VNF_RECEIVED_BYTES]);
        sheet_rate(s, CTR_VNIC_SENT_PACKETS, name, v[VNF_SENT_PACKETS]);
        sheet_rate(s, CTR_VNIC_RECEIVED_PACKETS, name, v[VNF_RECEIVED_PACKETS]);
    }
    sheet_put(s, CTR_VID_PAGES, vm->spec->name, vm->assigned_bytes / 4096.0);
    if (vm->spec->memory.dynamic)
        sheet_put(s, CTR_DM_PRESSURE, vm->spec->name, 100.0 * vm->pressure);
}

/* ---- what every Windows host has ---- */

static void put_disk(struct sheet *s, const struct host *h, int i)
{
    const double *v = s->d + s->layout->disk[h->index] + i * DKF_COUNT;
    const char *name = sheet_name(s, "%d %s", i, h->disk[i].spec->name);
    sheet_rate(s, CTR_DISK_READS, name, v[DKF_READS]);
    sheet_rate(s, CTR_DISK_WRITES, name, v[DKF_WRITES]);
    sheet_rate(s, CTR_DISK_READ_BYTES, name, v[DKF_READ_BYTES]);
    sheet_rate(s, CTR_DISK_WRITE_BYTES, name, v[DKF_WRITE_BYTES]);
    sheet_mean(s, CTR_DISK_SEC_READ, name, 1e-9 * v[DKF_READ_NS], v[DKF_READS]);
    sheet_mean(s, CTR_DISK_SEC_WRITE, name, 1e-9 * v[DKF_WRITE_NS], v[DKF_WRITES]);
    sheet_put(s, CTR_DISK_QUEUE, name, v[DKF_VIEW] / s->ns);
    sheet_share(s, CTR_DISK_IDLE, name, v[DKF_IDLE]);
}

static void put_nic(struct sheet *s, const struct host *h, int i)
{
    const double *v = s->d + s->layout->nic[h->index] + i * NCF_COUNT;
    const char *name = h->nic[i].spec->name;
    sheet_rate(s, CTR_NIC_SENT_BYTES, name, v[NCF_SENT_BYTES]);
    sheet_rate(s, CTR_NIC_RECEIVED_BYTES, name, v[NCF_RECEIVED_BYTES]);
    sheet_rate(s, CTR_NIC_SENT_PACKETS, name, v[NCF_SENT_PACKETS]);
    sheet_rate(s, CTR_NIC_RECEIVED_PACKETS, name, v[NCF_RECEIVED_PACKETS]);
    sheet_put(s, CTR_NIC_BANDWIDTH, name, 8.0 * h->nic[i].spec->bytes_per_s);
    sheet_put(s, CTR_NIC_OUTPUT_QUEUE, name, v[NCF_OUTPUT_PACKETS] / s->ns);
}

static void put_memory(struct sheet *s, const struct host *h)
{
    if (h->spec->memory_bytes <= 0.0)
        return;
    sheet_put(s, CTR_MEMORY_AVAILABLE_BYTES, NULL, h->memory_available_bytes);
    sheet_put(s, CTR_MEMORY_COMMITTED, NULL, h->spec->memory_bytes - h->memory_available_bytes);
}

static void put_host(struct sheet *s, const struct host *h)
{
    sheet_machine(s, h->spec->name, h->spec->hv.version);
    if (h->native)
        emit_cpu_native(s, h);
    else
        emit_cpu_host(s, h);
    for (int i = 0; i < s->run->model->vms; i++) {
        if (s->run->vm[i].host != h || h->native)
            continue;
        emit_cpu_vm(s, &s->run->vm[i]);
        put_vm_devices(s, &s->run->vm[i]);
    }
    for (int i = 0; i < h->spec->disks; i++)
        put_disk(s, h, i);
    for (int i = 0; i < h->spec->nics; i++)
        put_nic(s, h, i);
    put_memory(s, h);
}

/* ---- guests ---- */

/* A VM that is called like a host would log into the host's columns. */
static bool is_host_name(const struct run *run, const char *name)
{
    for (int i = 0; i < run->model->hosts; i++)
        if (text_same(run->model->host[i].name, name))
            return true;
    return false;
}

static void put_guest(struct sheet *s, const struct vm *vm)
{
    if (vm->host->native || is_host_name(s->run, vm->spec->name))
        return;
    sheet_machine(s, vm->spec->name, HV_NONE);
    emit_cpu_guest(s, vm);
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
    const struct host *h = first_vm(s->run, workload)->host;
    const char *name = application_name(s->run, workload);
    sheet_machine(s, h->spec->name, h->spec->hv.version);
    sheet_rate(s, CTR_APP_REQUESTS, name, v[WLF_FINISHED]);
    sheet_mean(s, CTR_APP_RESPONSE, name, 1e-9 * v[WLF_RESPONSE], v[WLF_FINISHED]);
}

static void put_all(struct sheet *s)
{
    s->at = 0;
    for (int i = 0; i < s->run->model->hosts; i++)
        put_host(s, &s->run->host[i]);
    for (int i = 0; i < s->run->model->workloads; i++)
        put_application(s, i);
    for (int i = 0; i < s->run->model->vms; i++)
        put_guest(s, &s->run->vm[i]);
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
