/* test_sched_exact.c - the scheduler without costs, against the queues that it then is.
 *
 * Does      short quantum: processor sharing; long quantum: one after the other; both at every number of LPs with an exact answer
 * Source    one LP, sharing: W = s / (1 - rho) for any distribution, Kleinrock, Queueing Systems II (1976), section 4.4;
 *           one after the other: Pollaczek-Khinchine (ibid., I, section 5.6), which is the mean of every order that neither
 *           interrupts nor knows the length; its sum over unlike queues is kept (conservation law, ibid., II, section 3.4);
 *           several LPs: Erlang C; machine repairman: Gross and Harris, Fundamentals of Queueing Theory, section 2.7;
 *           sharing among several LPs and finite sources too do not know the distribution: Kelly, Reversibility and
 *           Stochastic Networks (1979), section 3.3
 */
#include "model/engine/parallel.h"
#include "model/engine/tally.h"
#include "model/host/run.h"
#include "tests/support/hostsim.h"
#include "tests/support/support.h"
#include <math.h>

#define REPLICATIONS 16
#define SHORT                                                                                                \
    "0.1 ms" /* the least that can be set: 0.5 % off sharing for jobs of 10 ms, as whoever wakes goes first */
#define LONG "1 s" /* the most; jobs are a few milliseconds */

struct row {
    const char *quantum, *guest_quantum;
    int lps, vms, vcpus; /* VMs all alike, each with its own load */
    double rate;         /* of each VM, per ms; 0 = closed */
    int users;           /* of each VM */
    double think_ms, cpu_ms, scv;
    double response_ms; /* exact; of closed loads by repairman() */
    double seconds;     /* of a replication, after a tenth for the warm-up */
};

static const struct row rows[] = {
    /* a VP for each job: rho 0.5 (0.3) on one LP, W = 10 / (1 - rho) for any distribution */
    {SHORT, LONG, 1, 1, 48, 0.05, 0, 0, 10, 0.25, 20, 500},
    {SHORT, LONG, 1, 1, 48, 0.05, 0, 0, 10, 1, 20, 500},
    {SHORT, LONG, 1, 1, 48, 0.03, 0, 0, 10, 8, 10 / 0.7, 1500},
    /* the same, long quantum: 5 ms, rho 0.5, wait 0.5 x 5 x (1 + scv) / 2 / 0.5 */
    {LONG, LONG, 1, 1, 48, 0.1, 0, 0, 5, 0.25, 5 + 3.125, 300},
    {LONG, LONG, 1, 1, 48, 0.1, 0, 0, 5, 1, 5 + 5, 600},
    {LONG, LONG, 1, 1, 48, 0.1, 0, 0, 5, 8, 5 + 22.5, 6000},
    /* one VP: the guest's own queue, whatever the quantum of the hypervisor */
    {"1 ms", LONG, 1, 1, 1, 0.1, 0, 0, 5, 0.25, 5 + 3.125, 400},
    {LONG, LONG, 1, 1, 1, 0.1, 0, 0, 5, 8, 5 + 22.5, 6000},
    /* four VMs that take turns when one has nothing left: as one queue */
    {LONG, LONG, 1, 4, 1, 0.125, 0, 0, 1, 0.25, 1 + 0.625, 60},
    {LONG, LONG, 1, 4, 1, 0.125, 0, 0, 1, 8, 1 + 4.5, 1200},
    /* M/M/4 at rho 0.7 in the guest's queue, and with a VP for each job, which is sharing: any distribution */
    {"5 ms", LONG, 4, 1, 4, 0.28, 0, 0, 10, 1, 13.57212, 400},
    {LONG, LONG, 4, 1, 48, 0.28, 0, 0, 10, 1, 13.57212, 400},
    {"0.2 ms", LONG, 4, 1, 48, 0.28, 0, 0, 10, 0.25, 13.57212, 150},
    /* six VMs of one VP and one user each, 30 ms apart: finite sources, exact by the balance of births and deaths */
    {"0.2 ms", LONG, 1, 6, 1, 0, 1, 30, 10, 0.25, 0, 100},
    {"0.2 ms", LONG, 1, 6, 1, 0, 1, 30, 10, 4, 0, 450},
    {"0.2 ms", LONG, 2, 6, 1, 0, 1, 15, 10, 0.25, 0, 100},
    {"0.2 ms", LONG, 2, 6, 1, 0, 1, 15, 10, 4, 0, 200},
    /* eight users of one VP: the guest's queue */
    {"5 ms", LONG, 1, 1, 1, 0, 8, 100, 20, 1, 0, 300},
};
enum { ROWS = sizeof rows / sizeof *rows };

/* Mean response of `n` exponential sources at c servers. */
static double repairman(int n, int c, double think, double service)
{
    double weight = 1.0, sum = 1.0, present = 0.0, thinking = n;
    for (int k = 1; k <= n; k++) {
        weight *= (n - k + 1) * service / (think * (k < c ? k : c));
        sum += weight;
        present += k * weight;
        thinking += (n - k) * weight;
    }
    return present / sum / (thinking / sum / think);
}

static double exact_response(const struct row *row)
{
    return row->users ? repairman(row->vms * row->users, row->lps, row->think_ms, row->cpu_ms)
                      : row->response_ms;
}

/* No cost of any kind. */
static const struct model *plain_model(struct arena *a, int lps, const char *quantum, const char *more,
                                       const char *vms, const char *loads)
{
    struct model *m = hostsim_modelf(a,
                                     "schema: hvplan.model/1\nhosts: {HV: {cpu: {sockets: 1, cores: %d}, "
                                     "hypervisor: {version: 2012, quantum: %s%s}}}\nvms:\n%sworkloads:\n%s",
                                     lps, quantum, more, vms, loads);
    for (size_t i = 0; i < mechanism_param_count(); i++)
        m->overhead[i] = mechanism_param(i, NULL)->lo;
    m->fixed_cpu = 0.0;
    return m;
}

static const struct model *model_of(struct arena *a, const struct row *row, double cpu_ms, const char *more)
{
    const char *vms = "", *loads = "";
    for (int i = 0; i < row->vms; i++) {
        vms = arena_printf(a, "%s  v%d: {host: HV, os: ws2012, vcpus: %d, guest_quantum: %s}\n", vms, i,
                           row->vcpus, row->guest_quantum);
        const char *source =
            row->users ? arena_printf(a, "closed: {users: %d, think: %.17g ms}", row->users, row->think_ms)
                       : arena_printf(a, "arrivals: {rate: %.17g /s}", 1e3 * row->rate);
        loads = arena_printf(a, "%s  w%d: {%s, steps: [{on: v%d, cpu: {mean: %.17g ms, scv: %g}}]}\n", loads,
                             i, source, i, cpu_ms, row->scv);
    }
    return plain_model(a, row->lps, row->quantum, more, vms, loads);
}

struct batch {
    const struct row *row;
    const struct model *model;
    double seconds;
    double response_ms[REPLICATIONS];
};

static void replicate(int i, void *context)
{
    struct batch *b = context;
    struct arena *a = arena_new();
    struct run *run = run_new(a, b->model, "exact", (uint64_t)(b->row - rows), i);
    double ns = 0.0, jobs = 0.0;
    run_until(run, sim_round(b->seconds * 1e8));
    for (int w = 0; w < run->workloads; w++) {
        ns -= run->workload[w].response_ns;
        jobs -= (double)run->workload[w].finished;
    }
    run_until(run, sim_round(b->seconds * 1.1e9));
    for (int w = 0; w < run->workloads; w++) {
        ns += run->workload[w].response_ns;
        jobs += (double)run->workload[w].finished;
    }
    b->response_ms[i] = ns / jobs * 1e-6;
    arena_free(a);
}

/* `share` of the row's time. */
static struct tally simulate(const struct row *row, double cpu_ms, double share, const char *more)
{
    struct arena *a = arena_new();
    struct batch b = {row, model_of(a, row, cpu_ms, more), share * row->seconds, {0}};
    parallel_for(REPLICATIONS, 0, replicate, &b);
    arena_free(a);
    struct tally t;
    tally_init(&t);
    for (int i = 0; i < REPLICATIONS; i++)
        tally_add(&t, b.response_ms[i]);
    return t;
}

static void plain_case_is_the_exact_queue(void **state)
{
    (void)state;
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        const struct tally t = simulate(row, row->cpu_ms, 1.0, "");
        print_message("row %2d: %.5g ms +- %.2f %%, exact %.5g ms: %+.2f %%\n", (int)(row - rows), t.mean,
                      100.0 * tally_std_error(&t) / t.mean, exact_response(row),
                      100.0 * (t.mean / exact_response(row) - 1.0));
        assert_statistical(t.mean, tally_std_error(&t), exact_response(row));
    }
}

/* A quarter of the time tells 5 % apart. */
static void service_5_percent_shorter_is_rejected(void **state)
{
    (void)state;
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        const struct tally t = simulate(row, 0.95 * row->cpu_ms, 0.25, "");
        assert_true(fabs(t.mean - exact_response(row)) > 4.0 * tally_std_error(&t));
    }
}

/* ---- unlike queues, long quantum ---- */

/* Two VMs of one VP on one LP, demands of 1 and `second_ms`, each with 0.3 of the LP: sum of rho x wait. */
struct unlike {
    const struct model *model;
    double kept_ms[REPLICATIONS];
};

static void replicate_unlike(int i, void *context)
{
    struct unlike *u = context;
    struct arena *a = arena_new();
    struct run *run = run_new(a, u->model, "unlike", 1, i);
    double before[2], jobs[2];
    run_until(run, 60 * SIM_SECOND);
    for (int w = 0; w < 2; w++) {
        before[w] = run->workload[w].response_ns;
        jobs[w] = (double)run->workload[w].finished;
    }
    run_until(run, 1500 * SIM_SECOND);
    for (int w = 0; w < 2; w++) {
        const double n = (double)run->workload[w].finished - jobs[w];
        const double response_ms = (run->workload[w].response_ns - before[w]) / n * 1e-6;
        u->kept_ms[i] += 0.3 * (response_ms - (w ? 5.0 : 1.0));
    }
    arena_free(a);
}

static struct tally simulate_unlike(double second_ms)
{
    struct arena *a = arena_new();
    const char *loads = arena_printf(a,
                                     "  w0: {arrivals: {rate: 300 /s}, steps: [{on: v0, cpu: 1 ms}]}\n"
                                     "  w1: {arrivals: {rate: 60 /s}, steps: [{on: v1, cpu: %g ms}]}\n",
                                     second_ms);
    struct unlike u = {plain_model(a, 1, LONG, "",
                                   "  v0: {host: HV, os: ws2012, guest_quantum: 1 s, weight: 10}\n"
                                   "  v1: {host: HV, os: ws2012, guest_quantum: 1 s, weight: 700}\n",
                                   loads),
                       {0}};
    parallel_for(REPLICATIONS, 0, replicate_unlike, &u);
    arena_free(a);
    struct tally t;
    tally_init(&t);
    for (int i = 0; i < REPLICATIONS; i++)
        tally_add(&t, u.kept_ms[i]);
    return t;
}

/* Whoever goes first: sum of rho x wait = rho / (1 - rho) x (0.3 x 2 + 0.06 x 50) / 2 = 2.7 ms. */
static void weights_only_move_waiting_from_one_to_the_other(void **state)
{
    (void)state;
    const struct tally right = simulate_unlike(5.0), wrong = simulate_unlike(4.75);
    assert_statistical(right.mean, tally_std_error(&right), 2.7);
    assert_true(fabs(wrong.mean - 2.7) > 4.0 * tally_std_error(&wrong));
}

/* On one LP there is one queue, whose ever it is; so too where no VP ever waits. */
static void queues_per_lp_differ_only_on_several_lps(void **state)
{
    (void)state;
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        const bool same = row->lps == 1 || row->vms * row->vcpus <= row->lps;
        const struct tally one = simulate(row, row->cpu_ms, 0.02, "");
        const struct tally own = simulate(row, row->cpu_ms, 0.02, ", queues: per-lp");
        assert_true((fabs(own.mean / one.mean - 1.0) < 1e-9) == same);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_case_is_the_exact_queue),
        cmocka_unit_test(service_5_percent_shorter_is_rejected),
        cmocka_unit_test(weights_only_move_waiting_from_one_to_the_other),
        cmocka_unit_test(queues_per_lp_differ_only_on_several_lps),
    };
    return cmocka_run_group_tests_name("scheduler without costs", tests, NULL, NULL);
}
