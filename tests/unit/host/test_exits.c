/* test_exits.c - round trips of emulated devices, one by one. */
#include "tests/support/hosttest.h"

#define EXIT_ROOT_NS 13e3
#define EXIT_HYPERVISOR_NS 3.1e3
#define DEVICE_NS 300e3

/* A guest without integration components on emulated IDE; nothing but the round trips and the disk costs anything. */
static struct model *emulated(const char *host, int vcpus, double device_us, const char *workload)
{
    struct model *m = hosttest_neutral(hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: %s, disks: {d: {kind: ssd, channels: 8, read: "
        "{mean: %g us, scv: 0}}}}}\n"
        "vms: {a: {host: HV, os: ws2003, integration: no, vcpus: %d, disks: {c: {on: d, kind: pass-through, "
        "controller: ide}}}}\n"
        "workloads: {w: {%s, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}}\n",
        host, device_us, vcpus, workload));
    static const struct {
        const char *param;
        double value;
    } set[] = {{"exits", 7.0},
               {"exits_completion", 1.0},
               {"exit_root", EXIT_ROOT_NS},
               {"exit_hypervisor", EXIT_HYPERVISOR_NS}};
    for (size_t i = 0; i < sizeof set / sizeof *set; i++)
        m->overhead[mechanism_param_index("disk_path", set[i].param)] = set[i].value;
    m->overhead[mechanism_param_index("physical_disk", "ssd_rate")] = 20e9;
    return m;
}

static void test_one_operation_takes_seven_trips_and_one_more(void **state)
{
    (void)state;
    const struct scenario_result *s =
        &hostsim_run(arena, emulated("2008r2", 1, DEVICE_NS * 1e-3, "arrivals: {rate: 50 /s, scv: 0}"), 0.02)
             ->scenario[0];
    const double trips_s = 8.0 * (EXIT_ROOT_NS + EXIT_HYPERVISOR_NS) * 1e-9;
    assert_close(hostsim_mean(s, "workload.w.response_s"), trips_s + DEVICE_NS * 1e-9, 1e-6);
    assert_close(hostsim_row(s, "w", "host.HV.root").overhead_s, 8.0 * EXIT_ROOT_NS * 1e-9, 1e-6);
    assert_close(hostsim_row(s, "w", "vm.a.vcpu").overhead_s, 8.0 * EXIT_HYPERVISOR_NS * 1e-9, 1e-6);
    assert_close(hostsim_row(s, "w", "disk.HV.d").service_s, DEVICE_NS * 1e-9, 1e-6);
}

/* One user without think time: throughput is 1 / R, and each share of the VP's time follows. */
static void test_one_closed_user_and_the_observers(void **state)
{
    (void)state;
    const struct scenario_result *s =
        &hostsim_run(arena, emulated("2008r2", 1, DEVICE_NS * 1e-3, "closed: {users: 1}"), 0.02)->scenario[0];
    const double root_s = 8.0 * EXIT_ROOT_NS * 1e-9, vp_s = 8.0 * EXIT_HYPERVISOR_NS * 1e-9;
    const double x = 1.0 / (root_s + vp_s + DEVICE_NS * 1e-9);
    assert_close(hostsim_mean(s, "workload.w.throughput_per_s"), x, 0.002);
    assert_close(hostsim_mean(s, "vm.a.vcpu.utilization"), x * vp_s, 0.002);
    assert_close(hostsim_mean(s, "host.HV.root.cpu"), x * root_s, 0.002);
    /* one user waits for nobody: theory, which knows the trips from the plan, is exact */
    assert_close(hostsim_mean(s, "workload.w.response_s"), s->bound[0].second_opinion, 1e-4);
    /* the guest's own clock runs on while the VP is Suspended, for all trips but for no other reason */
    assert_close(hostsim_mean(s, "vm.a.guest_processor_time"), x * (vp_s + root_s), 0.002);
}

/* A VM has one worker process: it answers one trip at a time, whatever the root has to spare. */
static void test_the_worker_process_is_one(void **state)
{
    (void)state;
    const struct scenario_result *s =
        &hostsim_run(arena, emulated("2008r2", 4, 20.0, "closed: {users: 4}"), 0.02)->scenario[0];
    assert_close(hostsim_mean(s, "workload.w.throughput_per_s"), 1e9 / (8.0 * EXIT_ROOT_NS), 0.005);
    assert_close(hostsim_mean(s, "host.HV.root.cpu"), 1.0, 0.005);
}

/* A busy root VP delays every trip: the first waits for the work it finds, E = rho m / (1 - rho) by Pollaczek and Khinchine
 * (bursts of m = 2 ms, exponential), each later one for what has come while the one before waited. */
static void test_a_busy_root_delays_each_trip(void **state)
{
    (void)state;
    const double rho = 0.5, burst_s = 2e-3, trip_s = (EXIT_ROOT_NS + EXIT_HYPERVISOR_NS) * 1e-9;
    const struct model *m = emulated("{version: 2008r2, root_vps: 1, root_load: 0.5 cores}", 1,
                                     DEVICE_NS * 1e-3, "arrivals: {rate: 5 /s}");
    const double response = hosttest_mean(m, 0.02, "workload.w.response_s");
    double wait = rho * burst_s / (1.0 - rho), before = 0.0;
    for (int i = 0; i < 7; i++) {
        before += wait;
        wait = rho * (wait + trip_s);
    }
    /* while the disk works, bursts come to a root that has little left to do */
    const double after = wait + rho * DEVICE_NS * 1e-9;
    assert_close(response, before + after + 8.0 * trip_s + DEVICE_NS * 1e-9, 0.05);
    assert_true(response > 1.7 * (rho * burst_s / (1.0 - rho))); /* far more than one visit in one piece */
}

/* Threads of other work wait while the VP is Suspended, not between trips only. */
static void test_nothing_runs_between_the_trips(void **state)
{
    (void)state;
    struct model *m = hosttest_neutral(hostsim_model(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2008r2, disks: {d: {kind: ssd, read: {mean: "
        "300 "
        "us, scv: 0}}}}}\n"
        "vms: {a: {host: HV, os: ws2003, integration: no, disks: {c: {on: d, kind: pass-through, controller: "
        "ide}}}}\n"
        "workloads:\n"
        "  io: {arrivals: {rate: 200 /s, scv: 0}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}\n"
        "  busy: {closed: {users: 1}, steps: [{on: a, cpu: {mean: 1 ms, scv: 0}}]}\n"));
    m->overhead[mechanism_param_index("disk_path", "exits")] = 7.0;
    m->overhead[mechanism_param_index("disk_path", "exits_completion")] = 1.0;
    m->overhead[mechanism_param_index("disk_path", "exit_root")] = 100e3;
    const struct scenario_result *s = &hostsim_run(arena, m, 0.02)->scenario[0];
    /* 200 x 8 x 100 us of each second stand still */
    assert_close(hostsim_mean(s, "workload.busy.throughput_per_s"), 1000.0 * (1.0 - 0.16), 0.001);
    assert_close(hostsim_mean(s, "vm.a.guest_processor_time"), 1.0, 1e-6);
    assert_close(hostsim_mean(s, "workload.io.response_s"), 8.0 * 100e-6 + 300e-6, 0.001);
}

/* Each packet of an emulated adapter makes its trips: 45 of them a chunk of 64 KiB. */
static void test_packets_make_their_trips(void **state)
{
    (void)state;
    struct model *m = hosttest_neutral(hostsim_model(
        arena, "schema: hvplan.model/1\n"
               "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2008r2, nics: {n: {speed: 10 Gbps}}}}\n"
               "vms: {a: {host: HV, os: ws2003, nics: {n: {kind: emulated, on: n}}}}\n"
               "workloads:\n"
               "  out: {arrivals: {rate: 3 /s, scv: 0}, steps: [{on: a, send: {nic: n, size: 64 KiB}}]}\n"));
    m->overhead[mechanism_param_index("network_path", "exits")] = 3.5;
    m->overhead[mechanism_param_index("network_path", "exit_root")] = EXIT_ROOT_NS;
    m->overhead[mechanism_param_index("network_path", "exit_hypervisor")] = EXIT_HYPERVISOR_NS;
    m->overhead[mechanism_param_index("network_path", "copy")] = 1e12;
    const struct scenario_result *s = &hostsim_run(arena, m, 0.02)->scenario[0];
    const double trips = 45.0 * 3.5; /* 157.5: as many whole ones, each a little shorter */
    assert_close(hostsim_row(s, "out", "host.HV.root").overhead_s, trips * EXIT_ROOT_NS * 1e-9, 1e-4);
    assert_close(hostsim_row(s, "out", "vm.a.vcpu").overhead_s, trips * EXIT_HYPERVISOR_NS * 1e-9, 1e-4);
    assert_close(hostsim_mean(s, "vm.a.guest_processor_time"),
                 3.0 * trips * (EXIT_ROOT_NS + EXIT_HYPERVISOR_NS) * 1e-9, 1e-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_one_operation_takes_seven_trips_and_one_more),
        HOSTTEST(test_one_closed_user_and_the_observers),
        HOSTTEST(test_the_worker_process_is_one),
        HOSTTEST(test_a_busy_root_delays_each_trip),
        HOSTTEST(test_nothing_runs_between_the_trips),
        HOSTTEST(test_packets_make_their_trips),
    };
    return cmocka_run_group_tests_name("exits", tests, NULL, NULL);
}
