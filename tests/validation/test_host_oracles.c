/* test_host_oracles.c - disks, links and pools of whole models against the formulas of queueing theory. Physical machines, so
 * that nothing is between the load and the station.
 *
 * Source    Kleinrock, Queueing Systems I (1975), ch. 3 and section 5.7 (Pollaczek and Khinchine); RAID: Patterson, Gibson,
 *           Katz (1988)
 */
#include "model/analytic/mg1.h"
#include "model/analytic/mmc.h"
#include "model/analytic/mmck.h"
#include "tests/support/hosttest.h"

#define PRECISION 0.009   /* half-width; the standard error is less than half of it */
#define OFF 0.95          /* of the twins: service 5 % shorter */
#define SERVICE_MS 10.0   /* of a disk operation */
#define RATE_PER_S 1543.0 /* messages of 60 KiB, each (61440 + 43 x 78) bytes on a link of 1 Gb/s: rho 0.8 */

static const struct scenario_result *simulate(const struct model *m)
{
    struct study_options o = study_defaults();
    o.precision = PRECISION;
    o.replications = 16;
    o.prove_bottleneck = false;
    const struct study_case c = {.name = "baseline", .model = m};
    struct result *r = ARENA_NEW(arena, struct result);
    study_run(arena, &o, &c, 1, r);
    return &r->scenario[0];
}

static bool agrees(const struct scenario_result *s, const char *metric, double truth)
{
    const double mean = hostsim_mean(s, metric), error = hostsim_error(s, metric);
    return support_statistically_equal(mean, error, truth);
}

/* ---- disks: M/G/1 and M/M/c ---- */

struct disk_case {
    int spindles;
    double rho, scv, response; /* response / service; J1 and J2 of Kleinrock's formulas */
};
static const struct disk_case disks[] = {
    {1, 0.8, 0.0, 3.0},      {1, 0.8, 1.0, 5.0},      {1, 0.8, 4.0, 11.0},
    {2, 0.8, 1.0, 2.777778}, {4, 0.8, 1.0, 1.745541},
};
enum { DISKS = sizeof disks / sizeof *disks };

static const struct scenario_result *disk_run(const struct disk_case *d, double factor)
{
    return simulate(hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {H: {cpu: {sockets: 1, cores: 2}, hypervisor: none, disks: {d: {kind: hdd, spindles: %d,\n"
        "  read: {mean: %.9g ms, scv: %g}, write: 1 ms}}}}\n"
        "vms: {a: {host: H, disks: {d: {on: d}}}}\n"
        "workloads: {w: {arrivals: {rate: %.9g /s}, steps: [{on: a, read: {disk: d, size: 8 KiB}}]}}\n",
        d->spindles, SERVICE_MS * factor, d->scv, d->rho * d->spindles / SERVICE_MS * 1e3));
}

/* The formulas of model/analytic say the same as the published values. */
static void test_truths_of_disks(void **state)
{
    (void)state;
    for (const struct disk_case *d = disks; d < disks + DISKS; d++) {
        struct mg1 one;
        struct mmc many;
        if (d->spindles == 1) {
            assert_true(mg1_solve(d->rho, 1.0, d->scv, &one));
            assert_close(one.response, d->response, 1e-6);
        } else {
            assert_true(mmc_solve(d->rho * d->spindles, 1.0, d->spindles, &many));
            assert_close(many.response, d->response, 1e-6);
        }
    }
}

static void test_disks_answer_as_theory_says(void **state)
{
    (void)state;
    for (const struct disk_case *d = disks; d < disks + DISKS; d++) {
        const double truth = d->response * SERVICE_MS * 1e-3;
        const struct scenario_result *s = disk_run(d, 1.0);
        assert_true(agrees(s, "workload.w.response_s", truth));
        assert_false(agrees(s, "workload.w.response_s", truth / OFF));
        assert_true(agrees(s, "disk.H.d.latency_s", truth));
        assert_true(agrees(s, "disk.H.d.utilization", d->rho));
        const double present = d->rho * d->spindles * d->response; /* Little */
        const double error = hostsim_error(s, "disk.H.d.queue");
        assert_true(fabs(hostsim_mean(s, "disk.H.d.queue") - present) <= 4.0 * error &&
                    error < 0.01 * present);
    }
}

/* The row that varies least and the one with the most servers; by formula the others would be rejected alike. */
static void test_disks_5_percent_faster_are_rejected(void **state)
{
    (void)state;
    static const int twins[] = {0, DISKS - 1};
    for (int i = 0; i < 2; i++) {
        const struct disk_case *d = &disks[twins[i]];
        assert_false(agrees(disk_run(d, OFF), "workload.w.response_s", d->response * SERVICE_MS * 1e-3));
    }
}

/* A closed load on disks with a queue each, every operation on any of them alike: a balanced network in product form,
 * X = M N / (N + M - 1) / S (Lazowska and others, 1984, section 5.4). */
static void test_queues_of_their_own_are_a_balanced_network(void **state)
{
    (void)state;
    const int disks_n = 6, users = 9;
    const double rate = (double)(disks_n * users) / (users + disks_n - 1) / SERVICE_MS * 1e3;
    for (int twin = 0; twin < 2; twin++) {
        const struct scenario_result *s =
            simulate(hostsim_modelf(arena,
                                    "schema: hvplan.model/1\n"
                                    "hosts: {H: {cpu: {sockets: 1, cores: 2}, hypervisor: none, disks: {d: "
                                    "{kind: hdd, spindles: %d, stripe: 0 B,\n"
                                    "  queue: per-spindle, read: %.9g ms}}}}\n"
                                    "vms: {a: {host: H, disks: {d: {on: d}}}}\n"
                                    "workloads: {w: {closed: {users: %d, think: 0 s}, steps: [{on: a, read: "
                                    "{disk: d, size: 8 KiB}}]}}\n",
                                    disks_n, SERVICE_MS * (twin ? OFF : 1.0), users));
        assert_true(agrees(s, "workload.w.throughput_per_s", rate) == (twin == 0));
    }
}

/* ---- links: M/D/1, and M/G/1 with two sizes ---- */

static double link_s(double bytes, double packets)
{
    return (bytes + 78.0 * packets) / 125e6; /* 38 bytes of framing and 40 of headers a packet */
}

static const struct scenario_result *link_run(double rate, double small_rate)
{
    const char *small = small_rate > 0.0
                            ? arena_printf(arena,
                                           "  s: {arrivals: {rate: %.9g /s}, steps: [{on: a, send: "
                                           "{nic: n, size: 4380 B}}]}\n",
                                           small_rate)
                            : "";
    return simulate(hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {H: {cpu: {sockets: 1, cores: 4}, hypervisor: none, nics: {l: {speed: 1 Gbps}}}}\n"
        "vms: {a: {host: H, nics: {n: {on: l}}}}\n"
        "workloads:\n"
        "  w: {arrivals: {rate: %.9g /s}, steps: [{on: a, send: {nic: n, size: 60 KiB}}]}\n%s",
        rate, small));
}

static void test_link_is_md1(void **state)
{
    (void)state;
    struct mg1 truth;
    const double service = link_s(61440.0, 43.0);
    assert_true(mg1_solve(RATE_PER_S, service, 0.0, &truth));
    const struct scenario_result *s = link_run(RATE_PER_S, 0.0);
    assert_true(agrees(s, "workload.w.response_s", truth.response));
    assert_true(agrees(s, "nic.H.l.utilization", truth.utilization));
    assert_close(hostsim_mean(s, "nic.H.l.output_queue_packets"), 43.0 * truth.waiting, 0.03);
    assert_false(agrees(link_run(OFF * RATE_PER_S, 0.0), "workload.w.response_s", truth.response));
}

/* Two sizes share the link: both wait as long as the mixture says, and each has its own transmission. */
static void test_link_is_mg1_with_two_sizes(void **state)
{
    (void)state;
    const double big = link_s(61440.0, 43.0), little = link_s(4380.0, 3.0);
    const double rate = 900.0, small_rate = 5000.0, all = rate + small_rate;
    const double mean = (rate * big + small_rate * little) / all;
    const double square = (rate * big * big + small_rate * little * little) / all;
    struct mg1 truth;
    assert_true(mg1_solve(all, mean, square / (mean * mean) - 1.0, &truth));
    const struct scenario_result *s = link_run(rate, small_rate);
    assert_true(agrees(s, "workload.w.response_s", truth.wait + big));
    assert_true(agrees(s, "workload.s.response_s", truth.wait + little));
    assert_true(agrees(s, "nic.H.l.utilization", truth.utilization));
    assert_false(agrees(link_run(rate, OFF * small_rate), "workload.s.response_s", truth.wait + little));
}

/* ---- pools: M/M/c/K ---- */

struct pool_case {
    int threads, places;
    double rate, utilization, response, p_full; /* service 1 s */
};
static const struct pool_case pools[] = {
    {1, 10, 0.9, 0.85426764, 4.64660067, 0.05081373},
    {4, 16, 3.6, 0.87496307, 1.95910255, 0.02781882},
    {3, 3, 2.1, 0.0, 1.0, 0.0}, /* no queue: Erlang's loss formula, filled in by the tests */
};
enum { POOLS = sizeof pools / sizeof *pools };

static const struct scenario_result *pool_run(const struct pool_case *p, double factor)
{
    return simulate(hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {H: {cpu: {sockets: 1, cores: 2}, hypervisor: none}}\n"
        "vms: {a: {host: H, pool: %d, pool_queue: %d}}\n"
        "external: {x: {}}\n"
        "workloads: {w: {arrivals: {rate: %.9g /s}, steps: [{on: a, call: x, service: %.9g s}]}}\n",
        p->threads, p->places - p->threads, p->rate, factor));
}

static struct mmck pool_truth(const struct pool_case *p)
{
    struct mmck truth;
    mmck_solve(p->rate, 1.0, p->threads, p->places, &truth);
    return truth;
}

/* Refusals are a few per cent of the arrivals: their own relative error is larger than that of the other figures. */
static void refused_agrees(const struct scenario_result *s, double truth)
{
    const double mean = hostsim_mean(s, "workload.w.refused_per_s");
    const double error = hostsim_error(s, "workload.w.refused_per_s");
    assert_true(fabs(mean - truth) <= 4.0 * error && error < 0.02 * truth);
}

static void test_pools_answer_and_refuse_as_theory_says(void **state)
{
    (void)state;
    for (const struct pool_case *p = pools; p < pools + POOLS; p++) {
        const struct mmck truth = pool_truth(p);
        if (p->places > p->threads) {
            assert_close(truth.utilization, p->utilization, 1e-7);
            assert_close(truth.response, p->response, 1e-7);
            assert_close(truth.p_full, p->p_full, 1e-6);
        }
        const struct scenario_result *s = pool_run(p, 1.0);
        assert_true(agrees(s, "workload.w.response_s", truth.response));
        assert_true(agrees(s, "workload.w.throughput_per_s", truth.throughput));
        assert_true(agrees(s, "pool.a.utilization", truth.utilization));
        refused_agrees(s, p->rate * truth.p_full);
    }
}

static void test_a_pool_with_service_5_percent_shorter_is_rejected(void **state)
{
    (void)state;
    const struct mmck truth = pool_truth(&pools[1]);
    const struct scenario_result *s = pool_run(&pools[1], OFF);
    assert_false(agrees(s, "workload.w.response_s", truth.response));
    assert_false(agrees(s, "pool.a.utilization", truth.utilization));
    assert_false(agrees(s, "workload.w.throughput_per_s", truth.throughput / OFF));
}

/* ---- RAID: a write is as many operations as its level demands, so that a full array does as many fewer ---- */

static double full_array(const char *raid, const char *operation)
{
    const struct model *m = hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {H: {cpu: {sockets: 1, cores: 2}, hypervisor: none, disks: {d: {kind: hdd, spindles: 6,\n"
        "  raid: %s, read: {mean: 8 ms, scv: 0.3}, write: {mean: 8 ms, scv: 0.3}}}}}\n"
        "vms: {a: {host: H, disks: {d: {on: d}}}}\n"
        "workloads: {w: {closed: {users: 90, think: 0 s}, steps: [{on: a, %s: {disk: d, size: 8 KiB}}]}}\n",
        raid, operation);
    return hostsim_mean(simulate(m), "workload.w.throughput_per_s");
}

static void test_raid_penalties_are_ratios_of_capacity(void **state)
{
    (void)state;
    static const struct {
        const char *level;
        double penalty;
    } levels[] = {{"0", 1.0}, {"1", 2.0}, {"10", 2.0}, {"5", 4.0}, {"6", 6.0}};
    const double capacity = 6.0 / 8e-3;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        assert_close(full_array(levels[i].level, "write"), capacity / levels[i].penalty, 0.01);
        assert_close(full_array(levels[i].level, "read"), capacity, 0.01);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_truths_of_disks),
        HOSTTEST(test_disks_answer_as_theory_says),
        HOSTTEST(test_disks_5_percent_faster_are_rejected),
        HOSTTEST(test_queues_of_their_own_are_a_balanced_network),
        HOSTTEST(test_link_is_md1),
        HOSTTEST(test_link_is_mg1_with_two_sizes),
        HOSTTEST(test_pools_answer_and_refuse_as_theory_says),
        HOSTTEST(test_a_pool_with_service_5_percent_shorter_is_rejected),
        HOSTTEST(test_raid_penalties_are_ratios_of_capacity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
