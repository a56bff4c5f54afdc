/* test_memory_run.c - memory while the run goes on: jobs inside, the balancer, NUMA nodes. */
#include "model/host/memory.h"
#include "tests/support/hosttest.h"

#define MIB 1048576.0
#define GIB 1073741824.0

/* Two VMs whose memory follows the jobs inside; `a` has 40 users that stay 1 s each in an outside service. */
static struct model *moving_model(const char *memory_a, const char *memory_b)
{
    return hostsim_modelf(arena,
                          "schema: hvplan.model/1\n"
                          "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2012, memory: 12 GiB}}\n"
                          "vms: {a: {host: HV, memory: %s}, b: {host: HV, memory: %s}}\n"
                          "external: {bank: {}}\n"
                          "workloads: {w: {closed: {users: 40, think: {mean: 1 s, dist: deterministic}}, "
                          "steps: [{on: a, cpu: {mean: 1 us, dist: deterministic}}, {call: bank, service: "
                          "{mean: 1 s, dist: deterministic}}]}}\n",
                          memory_a, memory_b);
}

/* Inside from the first step on the VM to the last in a row: the call to the outside service counts, thinking does not. */
static void test_jobs_inside_make_the_demand(void **state)
{
    (void)state;
    const struct model *m =
        moving_model("{startup: 4 GiB, demand: 1 GiB, per_job: 10 MiB}", "{startup: 1 GiB}");
    struct run *run = run_new(arena, m, "inside", 1, 0);
    assert_close(memory_demand(&run->vm[0]), 1.0 * GIB, 1e-12);
    run_until(run, sim_round(0.4e9)); /* all users came at once or think for a second */
    const int inside = run->vm[0].inside;
    assert_close(memory_demand(&run->vm[0]), GIB + inside * 10.0 * MIB, 1e-12);
    assert_close(run->vm[0].pressure, memory_demand(&run->vm[0]) / (4.0 * GIB), 1e-12);
    run_until(run, sim_round(60e9));
    /* half of the time of each user */
    assert_close(memory_areas(&run->vm[0]).inside / 60e9, 20.0, 0.05);
    assert_int_equal(run->vm[1].inside, 0);
}

/* A nested call holds the caller's memory, and the callee's while it lasts. */
static void test_callers_stay_inside(void **state)
{
    (void)state;
    struct model *m =
        hostsim_model(arena, "schema: hvplan.model/1\n"
                             "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2012, memory: 12 GiB}}\n"
                             "vms: {a: {host: HV, pool: 3, memory: {startup: 4 GiB, demand: 1 GiB, per_job: "
                             "1 MiB}}, b: {host: HV, "
                             "memory: {startup: 4 GiB, demand: 1 GiB, per_job: 1 MiB}}}\n"
                             "external: {bank: {}}\n"
                             "workloads: {w: {closed: {users: 10, think: 0 s}, steps: [{on: a, cpu: 1 ms}, "
                             "{call: b, steps: [{cpu: 1 "
                             "ms}, {call: bank, service: 1 s}]}]}}\n");
    const struct run *run = hosttest_run(m, 200.0);
    assert_close(memory_areas(&run->vm[0]).inside / 200e9, 10.0, 0.001); /* who waits for a thread too */
    assert_close(memory_areas(&run->vm[1]).inside / 200e9, 3.0, 0.01);   /* as many as there are threads */
}

#define WIDE "{dynamic: yes, startup: 1 GiB, minimum: 1 GiB, maximum: 8 GiB, demand: 1 GiB, buffer: 20 %%, "

/* The balancer looks once a second: memory given at once, taken away as fast as the balloon grows. */
static void test_the_balancer_follows_the_demand(void **state)
{
    (void)state;
    struct model *m = moving_model(arena_printf(arena, WIDE "per_job: 100 MiB}"), "{startup: 1 GiB}");
    m->workload[0].users = 0;
    struct run *run = run_new(arena, m, "balancer", 1, 0);
    struct vm *vm = &run->vm[0];
    assert_close(vm->assigned_bytes, 1.2 * GIB, 1e-12);
    run_until(run, sim_round(0.5e9));
    for (int i = 0; i < 20; i++)
        memory_inside(vm, 1);
    const double demand = GIB + 2000.0 * MIB;
    assert_close(vm->pressure, demand / (1.2 * GIB), 1e-12); /* not yet given */
    assert_true(vm->lack > 0.5);
    run_until(run, sim_round(1.5e9));
    assert_close(vm->assigned_bytes, 1.2 * demand, 1e-12);
    assert_true(vm->lack == 0.0);
    for (int i = 0; i < 20; i++)
        memory_inside(vm, -1);
    run_until(run, sim_round(4.5e9)); /* three looks, 100 MiB/s */
    assert_close(vm->assigned_bytes, 1.2 * demand - 300.0 * MIB, 1e-12);
    run_until(run, sim_round(60e9));
    assert_close(vm->assigned_bytes, 1.2 * GIB, 1e-12);
}

/* When it does not suffice the larger weight gets more, and what one gives back the other gets no sooner. */
static void test_weights_share_what_is_scarce(void **state)
{
    (void)state;
    struct model *m = moving_model(arena_printf(arena, WIDE "per_job: 100 MiB, weight: 9000}"),
                                   arena_printf(arena, WIDE "per_job: 100 MiB, weight: 3000}"));
    m->workload[0].users = 0;
    struct run *run = run_new(arena, m, "weights", 1, 0);
    for (int i = 0; i < 60; i++) {
        memory_inside(&run->vm[0], 1);
        memory_inside(&run->vm[1], 1);
    }
    run_until(run, sim_round(1.5e9));
    const double a = run->vm[0].assigned_bytes, b = run->vm[1].assigned_bytes;
    assert_close((a - GIB) / (b - GIB), 3.0, 0.01);
    assert_true(run->host[0].memory_available_bytes < 1.0);
    for (int i = 0; i < 60; i++)
        memory_inside(&run->vm[0], -1);
    run_until(run, sim_round(2.5e9));
    assert_close(a - run->vm[0].assigned_bytes, 100.0 * MIB, 1e-9);
    /* b gets that, and the reserve of 8 MiB a GiB that a now wants 1.2 instead of 8 GiB */
    assert_close(run->vm[1].assigned_bytes - b, (100.0 + 8.0 * 6.8) * MIB, 1e-6);
    assert_true(run->host[0].memory_used_bytes <= 12.0 * GIB * (1.0 + 1e-9));
}

/* The means over time of a run that moves lie between its extremes, and the result shows them. */
static void test_means_over_time(void **state)
{
    (void)state;
    const struct model *m = moving_model(arena_printf(arena, WIDE "per_job: 50 MiB}"), "{startup: 1 GiB}");
    const struct result *r = hostsim_run(arena, m, 0.05);
    const struct scenario_result *s = &r->scenario[0];
    assert_close(hostsim_mean(s, "vm.a.jobs_inside"), 20.0, 0.02);
    const double assigned = hostsim_mean(s, "vm.a.memory.assigned_bytes");
    assert_true(assigned > 1.2 * (GIB + 1000.0 * MIB) && assigned < 1.2 * (GIB + 2000.0 * MIB));
    const double used = 12.0 * GIB - hostsim_mean(s, "memory.HV.available_bytes");
    assert_close(hosttest_resource(s, "memory.HV")->utilization * 12.0 * GIB, used, 1e-6);
}

static bool lists(const struct result *r, const char *parameter)
{
    for (int i = 0; i < r->assumeds; i++)
        if (strcmp(r->assumed[i].parameter, parameter) == 0)
            return true;
    return false;
}

/* Nothing lacks while nobody is inside; with the 20 jobs of the run half of the cache is gone, by a curve that nobody
 * measured. Once it was fitted for the VM, the assumption no longer matters. */
static void test_assumptions_are_judged_by_the_run(void **state)
{
    (void)state;
    static const char *const exponent[] = {"", ", miss_exponent: 0.8"};
    for (int i = 0; i < 2; i++) {
        const struct model *m = hostsim_modelf(arena,
                                               "schema: hvplan.model/1\n"
                                               "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2012, "
                                               "memory: 12 GiB, disks: {d: {kind: hdd, "
                                               "spindles: 9, read: 5 ms}}}}\n"
                                               "vms: {a: {host: HV, disks: {c: {}}, memory: {startup: 4 GiB, "
                                               "demand: 3 GiB, cache: 2 GiB, per_job: "
                                               "100 MiB%s}}}\n"
                                               "external: {bank: {}}\n"
                                               "workloads: {w: {closed: {users: 40, think: 1 s}, steps: "
                                               "[{on: a, read: {disk: c, size: 8 KiB, count: "
                                               "4}}, {call: bank, service: {mean: 1 s, scv: 0}}]}}\n",
                                               exponent[i]);
        const struct result *r = hostsim_run(arena, m, 0.05);
        assert_true(hostsim_mean(&r->scenario[0], "vm.a.memory.cache_bytes") < 1.5 * GIB);
        assert_int_equal(lists(r, "overheads.memory.cache_exponent"), i == 0);
    }
}

/* ---- NUMA nodes ---- */

static const struct run *nodes_run(const char *version, const char *a, const char *b)
{
    return run_new(arena,
                   hostsim_modelf(arena,
                                  "schema: hvplan.model/1\n"
                                  "hosts: {H: {cpu: {sockets: 2, cores: 4, numa_nodes: 2}, hypervisor: %s, "
                                  "memory: 32 GiB}}\n"
                                  "vms: {a: {host: H, %s}, b: {host: H, %s}}\n"
                                  "workloads: {w: {arrivals: {rate: 1 /s}, steps: [{on: a, cpu: 1 ms}]}}\n",
                                  version, a, b),
                   "nodes", 1, 0);
}

static void test_memory_fills_the_home_node_first(void **state)
{
    (void)state;
    /* each node has (32768 - 300 - 384 - 64 x 32) / 2 = 15018 MiB; 20 GiB + 184 MiB go there as far as they fit */
    const struct run *run = nodes_run("2012", "vcpus: 2, memory: 20 GiB", "vcpus: 2, memory: 4 GiB");
    const double node = 15018.0, need = 20.0 * 1024.0 + 32.0 + 19.0 * 8.0;
    assert_close(run->vm[0].remote_memory, 1.0 - node / need, 1e-9);
    assert_true(run->vm[0].home_speed < 1.0 && run->vm[0].home_speed > 0.9);
    assert_true(run->vm[1].remote_memory == 0.0 && run->vm[1].home_speed == 1.0);
}

static void test_a_stated_share_wins(void **state)
{
    (void)state;
    const struct run *run = nodes_run("2012", "vcpus: 2, memory: 20 GiB, remote_memory: 0 %",
                                      "vcpus: 2, memory: 4 GiB, remote_memory: 37 %");
    assert_true(run->vm[0].remote_memory == 0.0);
    assert_close(run->vm[1].remote_memory, 0.37, 1e-12);
}

/* A VM over both nodes: with virtual NUMA each half is near its processors; Dynamic Memory and 2008 R2 hide the nodes, and
 * half of what a processor touches lies in the other one. */
static void test_dynamic_memory_hides_the_nodes(void **state)
{
    (void)state;
    const char *fixed = "vcpus: 8, memory: 8 GiB", *small = "vcpus: 1, memory: 1 GiB";
    const char *dynamic = "vcpus: 8, memory: {startup: 8 GiB, maximum: 16 GiB}";
    assert_true(nodes_run("2012", fixed, small)->vm[0].remote_memory < 1e-9);
    assert_close(nodes_run("2012", dynamic, small)->vm[0].remote_memory, 0.5, 1e-9);
    assert_close(nodes_run("2008r2", fixed, small)->vm[0].remote_memory, 0.5, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_jobs_inside_make_the_demand),
        HOSTTEST(test_callers_stay_inside),
        HOSTTEST(test_the_balancer_follows_the_demand),
        HOSTTEST(test_weights_share_what_is_scarce),
        HOSTTEST(test_means_over_time),
        HOSTTEST(test_assumptions_are_judged_by_the_run),
        HOSTTEST(test_memory_fills_the_home_node_first),
        HOSTTEST(test_a_stated_share_wins),
        HOSTTEST(test_dynamic_memory_hides_the_nodes),
    };
    return cmocka_run_group_tests_name("memory in a run", tests, NULL, NULL);
}
