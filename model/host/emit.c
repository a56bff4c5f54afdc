/* emit.c - what PerfMon would have logged on the model's hosts. */
#include "model/base/text.h"
#include "model/host/emit_cpu.h"
#include "model/host/emit_disk.h"
#include "model/host/emit_memory.h"
#include "model/host/emit_net.h"
#include "model/host/estimate.h"
#include "model/host/program.h"
#include "model/host/study.h"
#include <math.h>

#define WARM_SHARE 0.2 /* of the logged time runs before it */
#define WARM_LEAST_JOBS 50.0
#define LOOK_NS 1000000000
#define OVERLOAD_FACTOR                                                                                      \
    50 /* a log may show a load that grows without end for this much longer than a study */

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
        emit_disk_vm(s, &s->run->vm[i]);
        emit_net_vm(s, &s->run->vm[i]);
        emit_memory_vm(s, &s->run->vm[i]);
    }
    emit_disk_host(s, h);
    emit_net_host(s, h);
    emit_memory_host(s, h);
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
    emit_disk_guest(s, vm);
    emit_net_guest(s, vm);
    emit_memory_guest(s, vm);
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

static bool memory_moves(const struct run *run)
{
    for (int i = 0; i < run->model->hosts; i++)
        if (run->host[i].memory_moves)
            return true;
    return false;
}

/* The service that balances memory looks, and counts, once a second. */
static void run_watched(struct sheet *s, struct run *run, sim_ns until)
{
    for (sim_ns at = run->sim.now + LOOK_NS; memory_moves(run) && at < until && !run->saturated;
         at += LOOK_NS) {
        run_until(run, at);
        emit_memory_look(s->memory, run);
    }
    run_until(run, until);
    emit_memory_look(s->memory, run);
}

static void log_row(struct sheet *s, struct run *run, double *before, double *now, sim_ns at, int row)
{
    const int n = s->layout->size;
    s->ns = (double)(at - run->sim.now); /* of the first row: since the start */
    run_watched(s, run, at);
    collect_read(run, s->layout, now);
    for (int i = 0; i < n; i++) {
        const double total = now[i];
        now[i] = total - before[i];
        before[i] = total;
    }
    s->row = s->log->value + (size_t)row * (size_t)s->log->columns;
    s->first = row == 0;
    put_all(s);
    emit_memory_next(s->memory, run);
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
    s.memory = emit_memory_watch(scratch, run);
    put_all(&s); /* names the columns */
    log->rows = rows;
    log->value = ARENA_ARRAY(a, double, (size_t)rows *(size_t)log->columns);
    log->at_ns = ARENA_ARRAY(a, int64_t, (size_t)rows);
    for (int r = 0; r < rows; r++) {
        const sim_ns at = sim_round(interval_s * 1e9 * r);
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
