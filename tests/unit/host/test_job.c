/* test_job.c - what a job does on its way: breakdown, calls, locks, branches, threads, turns, processes. */
#include "tests/support/hosttest.h"

#define HOST                                                                                                 \
    "schema: hvplan.model/1\n"                                                                               \
    "hosts: {HV: {cpu: {sockets: 1, cores: 8}, hypervisor: 2008r2}}\n"                                       \
    "vms:\n"                                                                                                 \
    "  a: {host: HV, os: ws2008, vcpus: 4%s}\n"                                                              \
    "  b: {host: HV, os: ws2008, vcpus: 4}\n"                                                                \
    "workloads:\n"

static const struct scenario_result *simulate(const char *pool, const char *workloads)
{
    struct model *m = hostsim_model(arena, arena_printf(arena, HOST "%s", pool, workloads));
    return &hostsim_run(arena, hosttest_neutral(m), 0.02)->scenario[0];
}

static void test_breakdown_sums_to_the_response(void **state)
{
    (void)state;
    const struct model *m =
        hostsim_model(arena, "schema: hvplan.model/1\n"
                             "hosts: {HV: {cpu: {sockets: 1, cores: 2, slat: no}, hypervisor: 2008r2,\n"
                             "  disks: {d: {kind: hdd, spindles: 4, raid: 10, read: 6 ms, write: 4 ms}}, "
                             "nics: {n: {speed: 1 Gbps}}}}\n"
                             "vms:\n"
                             "  a: {host: HV, os: ws2003, vcpus: 1, pool: 4, disks: {c: {kind: dynamic-vhd, "
                             "on: d, controller: ide}},"
                             " nics: {n: {kind: emulated, on: n}}}\n"
                             "  b: {host: HV, os: ws2008, vcpus: 2, nics: {n: {kind: synthetic, on: n}}}\n"
                             "external: {x: {servers: 2}}\n"
                             "workloads:\n"
                             "  w:\n"
                             "    arrivals: {rate: 9 /s}\n"
                             "    steps: [{on: a, cpu: 12 ms}, {lock: l, steps: [{write: {disk: c, size: 8 "
                             "KiB}}]}, {call: x, service: 9 ms},\n"
                             "      {call: b, steps: [{on: b, parallel: [[{on: b, cpu: 4 ms}], [{on: b, cpu: "
                             "9 ms, threads: 2}]]}]},\n"
                             "      {on: a, send: {nic: n, size: 200 KiB, to: b}}, {spawn: 1}]\n");
    const struct result *r = hostsim_run(arena, m, 0.05);
    const struct workload_result *w = &r->scenario[0].workload[0];
    double wait = 0.0, service = 0.0, overhead = 0.0;
    for (int i = 0; i < w->rows; i++) {
        wait += w->breakdown[i].wait_s;
        service += w->breakdown[i].service_s;
        overhead += w->breakdown[i].overhead_s;
    }
    assert_close(wait + service + overhead, w->response_s, 1e-9);
    assert_true(wait > 0.0 && service > 0.0 && overhead > 0.0);
    assert_true(hostsim_row(&r->scenario[0], "w", "lock.l").wait_s > 0.0);
}

/* One thread, 10 ms of its own and 30 ms elsewhere: 25 jobs a second though both VMs are mostly idle. */
static void test_a_nested_call_holds_the_callers_thread(void **state)
{
    (void)state;
    const char *w = "  w: {closed: {users: 6}, steps: [{on: a, cpu: {mean: 10 ms, scv: 0}}, {call: b, steps: "
                    "[{on: b, cpu: "
                    "{mean: 30 ms, scv: 0}}]}]}\n";
    const struct scenario_result *s = simulate(", pool: 1", w);
    assert_close(hostsim_mean(s, "workload.w.throughput_per_s"), 25.0, 0.005);
    assert_close(hostsim_mean(s, "pool.a.utilization"), 1.0, 0.001);
    assert_close(hostsim_row(s, "w", "pool.a").wait_s, 0.2, 0.01);
    /* a sequence of VMs is no nesting: the thread is given back */
    const char *next = "  w: {closed: {users: 6}, steps: [{on: a, cpu: {mean: 10 ms, scv: 0}}, {on: b, cpu: "
                       "{mean: 30 ms, scv: "
                       "0}}]}\n";
    assert_close(hostsim_mean(simulate(", pool: 1", next), "workload.w.throughput_per_s"), 100.0, 0.01);
}

static void test_a_lock_serialises(void **state)
{
    (void)state;
    const struct scenario_result *s = simulate("", "  w: {closed: {users: 9}, steps: [{on: a, lock: l, "
                                                   "steps: [{on: a, cpu: {mean: 8 ms, scv: 0}}]}]}\n");
    assert_close(hostsim_mean(s, "workload.w.throughput_per_s"), 125.0, 0.005);
    assert_close(hostsim_mean(s, "lock.l.utilization"), 1.0, 0.001);
    assert_close(hostsim_mean(s, "vm.a.cpu"), 1.0, 0.005);
}

static void test_branches_join_at_the_last(void **state)
{
    (void)state;
    const struct scenario_result *s =
        simulate("", "  w: {arrivals: {rate: 0.5 /s}, steps: [{on: a, parallel: [[{on: a, cpu: {mean: 11 ms, "
                     "scv: 0}}], [{on: b,"
                     " cpu: {mean: 31 ms, scv: 0}}, {on: b, cpu: {mean: 6 ms, scv: 0}}]]}]}\n");
    assert_close(hostsim_mean(s, "workload.w.response_s"), 0.037, 0.01);
    assert_close(hostsim_row(s, "w", "vm.b.vcpu").service_s, 0.037, 0.01);
    assert_true(hostsim_row(s, "w", "vm.a.vcpu").service_s < 0.001); /* only the last branch counts */
}

static void test_threads_split_the_work(void **state)
{
    (void)state;
    const struct scenario_result *s = simulate(
        "", "  w: {arrivals: {rate: 0.5 /s}, steps: [{on: a, cpu: {mean: 40 ms, scv: 0}, threads: 4}]}\n"
            "  v: {arrivals: {rate: 0.5 /s}, steps: [{on: b, cpu: {mean: 40 ms, scv: 0}, threads: 8}]}\n");
    assert_close(hostsim_mean(s, "workload.w.response_s"), 0.010, 0.02);
    assert_close(hostsim_mean(s, "workload.v.response_s"), 0.010, 0.02); /* 8 threads on 4 VPs */
    assert_close(hostsim_mean(s, "vm.a.cpu"), 0.02, 0.05);
}

static void test_members_take_turns_and_a_job_stays(void **state)
{
    (void)state;
    const struct model *m = hosttest_neutral(hostsim_model(
        arena,
        arena_printf(arena,
                     HOST
                     "  w: {closed: {users: 1}, steps: [{on: [a, b], cpu: {mean: 7 ms, scv: 0}}, {on: [a, b],"
                     " cpu: {mean: 3 ms, scv: 0}}]}\n",
                     "")));
    const struct run *run = hosttest_run(m, 10.005);
    assert_int_equal(run->workload[0].finished, 1000);
    assert_close(hosttest_used(&run->vm[0]), 5e9 + 5e6, 1e-4);
    assert_close(hosttest_used(&run->vm[1]), 5e9, 1e-4);
}

static void test_processes_cost_what_their_parameter_says(void **state)
{
    (void)state;
    struct model *m = hostsim_model(
        arena, arena_printf(arena, HOST "  w: {arrivals: {rate: 5 /s}, steps: [{on: a, spawn: 3}]}\n", ""));
    const double each = m->overhead[mechanism_param_index("process_creation", "create_cpu")];

    const struct result *r = hostsim_run(arena, m, 0.02);
    assert_true(each > 0.0);
    assert_close(hostsim_row(&r->scenario[0], "w", "vm.a.vcpu").service_s, 3.0 * each * 1e-9, 0.001);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_breakdown_sums_to_the_response),
        HOSTTEST(test_a_nested_call_holds_the_callers_thread),
        HOSTTEST(test_a_lock_serialises),
        HOSTTEST(test_branches_join_at_the_last),
        HOSTTEST(test_threads_split_the_work),
        HOSTTEST(test_members_take_turns_and_a_job_stays),
        HOSTTEST(test_processes_cost_what_their_parameter_says),
    };
    return cmocka_run_group_tests_name("job", tests, NULL, NULL);
}
