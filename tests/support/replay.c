/* replay.c - recorded jobs of a real scheduler, fed to the simulated one. */
#include "tests/support/replay.h"
#include "tests/support/hostsim.h"
#include "tests/support/support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* From the recordings' own description. */
#define WARM_UP_NS 5e9
#define MEASURED_NS 45e9
#define LATE_LEAST_NS 50e3 /* the arrival timer's lateness: 0.05 to 0.1 ms */
#define LATE_SPREAD_NS 50000
#define SHIFT_NS 100000000 /* when the recording began, on the clock of ticks and windows: nobody knows */
#define RECORDED_NS (60 * SIM_SECOND) /* long enough for the last jobs, which come at 50.2 s, to end */

/* What the test program writes into its build folder. */
static const char *trace_file(struct arena *a, const struct replay_config *c, int vm)
{
    return arena_printf(a, "%s/%s.%s.trace.csv", HVPLAN_BINARY_DIR, c->name, c->vm[vm].name);
}

bool replay_available(void)
{
    struct stat s;
    if (stat(REPLAY_LOGS, &s) == 0)
        return true;
    print_message("skipped: no folder %s\n", REPLAY_LOGS);
    return false;
}

/* ---- the recordings ---- */

/* arrival_us,start_us,completion_us,cpu_us,demand_us; the second and the third are empty for jobs that had not ended. */
static bool job_parse(const char *line, struct replay_job *j)
{
    double arrival, started, ended, cpu, demand;
    if (sscanf(line, "%lf,%lf,%lf,%lf,%lf", &arrival, &started, &ended, &cpu, &demand) == 5) {
        *j = (struct replay_job){.arrival_ns = arrival * 1e3,
                                 .cpu_ns = cpu * 1e3,
                                 .measured_ns = (ended - arrival) * 1e3,
                                 .simulated_ns = -1.0,
                                 .lost_ns = (ended - started - cpu) * 1e3,
                                 .counted =
                                     ended * 1e3 >= WARM_UP_NS && ended * 1e3 < WARM_UP_NS + MEASURED_NS};
        return true;
    }
    const char *last = strrchr(line, ',');
    if (sscanf(line, "%lf,", &arrival) != 1 || !last || sscanf(last, ",%lf", &demand) != 1)
        return false;
    *j = (struct replay_job){
        .arrival_ns = arrival * 1e3, .cpu_ns = demand * 1e3, .measured_ns = -1.0, .simulated_ns = -1.0};
    return true;
}

static void jobs_read(struct arena *a, const struct replay_config *c, int vm, struct replay_figures *f)
{
    const char *command = arena_printf(a, "gzip -dc '%s/%s.%s.csv.gz'", REPLAY_LOGS, c->name, c->vm[vm].name);
    FILE *p = popen(command, "r");
    assert_non_null(p);
    char line[200];
    int room = 0;
    while (fgets(line, sizeof line, p)) {
        struct replay_job j;
        if (job_parse(line, &j))
            *ARENA_PUSH(a, f->job, f->jobs, room) = j;
    }
    assert_int_equal(pclose(p), 0);
    assert_true(f->jobs > 300);
}

/* Jobs are handed over a little late, as the recording's own timer did; the response counts from when they were due, which is
 * `shift_ns` after what is recorded. Jobs
 * that come all at once are 1 ns apart: a job is known by its arrival. */
static void trace_write(const char *path, const struct replay_vm *vm, const struct replay_figures *f,
                        double shift_ns, struct rng *lateness)
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs("time_s,cpu_s\n", out);
    for (int i = 0; i < f->jobs; i++) {
        struct replay_job *j = &f->job[i];
        const double due = j->arrival_ns + shift_ns;
        j->arrival_ns = vm->always ? i : due + LATE_LEAST_NS + (double)rng_below(lateness, LATE_SPREAD_NS);
        if (i > 0 && j->arrival_ns <= f->job[i - 1].arrival_ns)
            j->arrival_ns = f->job[i - 1].arrival_ns + 1.0;
        j->late_ns = vm->always ? 0.0 : j->arrival_ns - due;
        fprintf(out, "%.9f,%.9f\n", j->arrival_ns * 1e-9, j->cpu_ns * 1e-9);
    }
    assert_int_equal(fclose(out), 0);
}

/* ---- the model ---- */

static struct model *model_of(struct arena *a, const struct replay_config *c, const char *hypervisor)
{
    const char *vms = "", *loads = "";
    for (int i = 0; i < c->vms; i++) {
        const struct replay_vm *vm = &c->vm[i];
        vms = arena_printf(a, "%s  %s: {host: HV, os: ws2012, vcpus: %d, guest_quantum: 1 s%s}\n", vms,
                           vm->name, vm->vcpus, vm->more ? vm->more : "");
        loads = arena_printf(a, "%s  %s: {trace: '%s', steps: [{on: %s, cpu: 20 ms}]}\n", loads, vm->name,
                             trace_file(a, c, i), vm->name);
    }
    struct model *m = hostsim_modelf(a,
                                     "schema: hvplan.model/1\nhosts: {HV: {cpu: {sockets: 1, cores: %d}, "
                                     "hypervisor: {version: 2012, quantum: %s%s}}}\nvms:\n%sworkloads:\n%s",
                                     c->lps, c->quantum, hypervisor, vms, loads);
    for (size_t i = 0; i < mechanism_param_count(); i++)
        m->overhead[i] = mechanism_param(i, NULL)->lo;
    m->fixed_cpu = 0.0;
    if (c->speed > 0.0)
        m->host[0].cpu.speed = c->speed;
    return m;
}

/* ---- following the jobs ---- */

static void job_ended(struct replay_figures *f, double arrival_ns, double now_ns)
{
    for (int i = 0; i < f->jobs; i++) {
        struct replay_job *j = &f->job[i];
        if (j->simulated_ns >= 0.0 || j->arrival_ns + 0.5 < arrival_ns || j->arrival_ns - 0.5 > arrival_ns)
            continue;
        j->simulated_ns = now_ns - arrival_ns + j->late_ns;
        j->ended_ns = now_ns;
        return;
    }
    fail_msg("no job came at %.0f ns", arrival_ns);
}

/* From event to event: between two of them at most one job of a workload ends, so the sum of responses tells its. */
static void run_jobs(struct run *run, sim_ns until, struct replay_figures *f)
{
    double response[REPLAY_VMS];
    uint64_t finished[REPLAY_VMS];
    for (int w = 0; w < run->workloads; w++) {
        response[w] = run->workload[w].response_ns;
        finished[w] = run->workload[w].finished;
    }
    while (!heap4_empty(&run->sim.events) && heap4_top_major(&run->sim.events) <= until) {
        sim_run(&run->sim, heap4_top_major(&run->sim.events));
        for (int w = 0; w < run->workloads; w++) {
            const struct workload *l = &run->workload[w];
            if (l->finished == finished[w])
                continue;
            assert_int_equal(l->finished, finished[w] + 1);
            job_ended(&f[w], (double)run->sim.now - (l->response_ns - response[w]), (double)run->sim.now);
            response[w] = l->response_ns;
            finished[w] = l->finished;
        }
    }
    run_until(run, until);
}

/* ---- figures ---- */

struct counts {
    double wait, dispatches, migrations, used;
};

static struct counts counts_of(const struct vm *vm)
{
    struct counts c = {0};
    for (int k = 0; k < vm->vps; k++) {
        c.wait += vm->vp[k].wait_ns;
        c.dispatches += (double)vm->vp[k].dispatches;
        c.migrations += (double)vm->vp[k].migrations;
        c.used += vm->vp[k].guest_ns + vm->vp[k].hypervisor_ns;
    }
    return c;
}

static int ascending(const void *x, const void *y)
{
    const double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

/* Job k of a VM whose jobs are always present came when job k - always had ended. */
static void count_from_release(struct arena *a, const struct replay_vm *vm, struct replay_figures *f)
{
    double *ended = ARENA_ARRAY(a, double, (size_t)f->jobs);
    int n = 0;
    for (int i = 0; i < f->jobs; i++)
        if (f->job[i].simulated_ns >= 0.0)
            ended[n++] = f->job[i].ended_ns;
    qsort(ended, (size_t)n, sizeof *ended, ascending);
    for (int i = vm->always; i < f->jobs; i++)
        if (f->job[i].simulated_ns >= 0.0)
            f->job[i].simulated_ns = f->job[i].ended_ns - ended[i - vm->always];
}

static void responses_compare(struct arena *a, struct replay_figures *f)
{
    double *measured = ARENA_ARRAY(a, double, (size_t)f->jobs),
           *simulated = ARENA_ARRAY(a, double, (size_t)f->jobs);
    for (int i = 0; i < f->jobs; i++) {
        const struct replay_job *j = &f->job[i];
        if (!j->counted || j->simulated_ns < 0.0)
            continue;
        measured[f->counted] = j->measured_ns * 1e-6;
        simulated[f->counted++] = j->simulated_ns * 1e-6;
        f->measured_ms += j->measured_ns * 1e-6;
        f->simulated_ms += j->simulated_ns * 1e-6;
        f->lost_ms += j->lost_ns * 1e-6;
    }
    assert_true(f->counted > 300);
    f->measured_ms /= f->counted;
    f->simulated_ms /= f->counted;
    f->lost_ms /= f->counted;
    qsort(measured, (size_t)f->counted, sizeof *measured, ascending);
    qsort(simulated, (size_t)f->counted, sizeof *simulated, ascending);
    f->measured_p95_ms = measured[f->counted * 95 / 100];
    f->simulated_p95_ms = simulated[f->counted * 95 / 100];
}

static void replay_once(struct arena *a, const struct replay_config *c, const char *hypervisor,
                        struct replay_figures *out)
{
    struct run *run = run_new(a, model_of(a, c, hypervisor), c->name, 1, 0);
    struct counts before[REPLAY_VMS];
    run->population_limit = 1000000; /* jobs that are all there at the beginning are no pile-up */
    run_jobs(run, (sim_ns)WARM_UP_NS, out);
    for (int i = 0; i < c->vms; i++)
        before[i] = counts_of(&run->vm[i]);
    run_jobs(run, (sim_ns)(WARM_UP_NS + MEASURED_NS), out);
    for (int i = 0; i < c->vms; i++) {
        const struct counts now = counts_of(&run->vm[i]);
        const double dispatches = now.dispatches - before[i].dispatches;
        out[i].wait_ns = dispatches > 0.0 ? (now.wait - before[i].wait) / dispatches : 0.0;
        out[i].dispatches_per_s = dispatches / MEASURED_NS * 1e9;
        out[i].migrations_per_s = (now.migrations - before[i].migrations) / MEASURED_NS * 1e9;
        out[i].cpu = (now.used - before[i].used) / MEASURED_NS;
    }
    run_jobs(run, RECORDED_NS, out);
    for (int i = 0; i < c->vms; i++) {
        if (c->vm[i].always)
            count_from_release(a, &c->vm[i], &out[i]);
        responses_compare(a, &out[i]);
    }
}

static void average(struct replay_figures *sum, const struct replay_figures *f, int n)
{
    sum->jobs = f->jobs;
    sum->counted = f->counted;
    sum->measured_ms += f->measured_ms / n;
    sum->simulated_ms += f->simulated_ms / n;
    sum->measured_p95_ms += f->measured_p95_ms / n;
    sum->simulated_p95_ms += f->simulated_p95_ms / n;
    sum->lost_ms += f->lost_ms / n;
    sum->wait_ns += f->wait_ns / n;
    sum->dispatches_per_s += f->dispatches_per_s / n;
    sum->migrations_per_s += f->migrations_per_s / n;
    sum->cpu += f->cpu / n;
}

void replay_run(const struct replay_config *c, const char *hypervisor, int replications,
                struct replay_figures *out)
{
    for (int i = 0; i < c->vms; i++)
        out[i] = (struct replay_figures){0};
    for (int r = 0; r < replications; r++) {
        struct arena *a = arena_new();
        struct replay_figures f[REPLAY_VMS] = {{0}};
        struct rng lateness;
        rng_seed(&lateness, 20261122, (uint64_t)r, 0, 0);
        const double shift_ns = (double)rng_below(&lateness, SHIFT_NS);
        for (int i = 0; i < c->vms; i++) {
            jobs_read(a, c, i, &f[i]);
            trace_write(trace_file(a, c, i), &c->vm[i], &f[i], shift_ns, &lateness);
        }
        replay_once(a, c, hypervisor, f);
        for (int i = 0; i < c->vms; i++)
            average(&out[i], &f[i], replications);
        arena_free(a);
    }
}
