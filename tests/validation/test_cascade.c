/* test_cascade.c - a disk slower than 15 ms shows up as memory and CPU trouble: the model of examples/15-cascade.
 *
 * Source    field truth: slow disk -> longer queues -> more memory -> less cache -> more reads -> more CPU
 */
#include "tests/support/hosttest.h"

/* Reports hold memory while they run; `ms` is what one read takes. */
static struct model *reports(double ms, double gib, int mib_per_job)
{
    return hostsim_modelf(arena,
                          "schema: hvplan.model/1\n"
                          "hosts: {H: {cpu: {sockets: 1, cores: 4}, hypervisor: 2012r2, memory: 16 GiB,\n"
                          "  disks: {data: {kind: hdd, spindles: 8, read: {mean: %g ms, scv: 0.5}}}}}\n"
                          "vms: {s: {host: H, os: ws2012r2, vcpus: 2, disks: {d: {kind: fixed-vhd}},\n"
                          "  memory: {startup: %g GiB, demand: 6 GiB, cache: 2 GiB, per_job: %d MiB}}}\n"
                          "workloads: {r: {closed: {users: 40, think: 1800 ms}, steps: [{on: s, cpu: 20 ms}, "
                          "{read: {disk: d, size: 8 KiB, "
                          "count: 20}}]}}\n",
                          ms, gib, mib_per_job);
}

static double per_job(const struct scenario_result *s, const char *metric)
{
    return hostsim_mean(s, metric) / hostsim_mean(s, "workload.r.throughput_per_s");
}

static double overhead_of(const struct scenario_result *s, const char *resource)
{
    return hostsim_row(s, "r", resource).overhead_s;
}

/* 15 -> 25 ms a read: each link of the chain, in one run's figures. */
static void test_a_slow_disk_becomes_memory_and_cpu_trouble(void **state)
{
    (void)state;
    const struct result *r = hostsim_pair(arena, reports(15, 8, 160), reports(25, 8, 160), 0.1);
    const struct scenario_result *quick = &r->scenario[0], *slow = &r->scenario[1];
    assert_true(hostsim_mean(slow, "disk.H.data.queue") > 3.0 * hostsim_mean(quick, "disk.H.data.queue"));
    assert_true(hostsim_mean(slow, "vm.s.jobs_inside") > 2.0 * hostsim_mean(quick, "vm.s.jobs_inside"));
    assert_true(hostsim_mean(quick, "vm.s.memory.pressure") < 1.0);
    assert_true(hostsim_mean(slow, "vm.s.memory.pressure") > 1.1);
    assert_true(hostsim_mean(slow, "vm.s.memory.cache_bytes") <
                0.5 * hostsim_mean(quick, "vm.s.memory.cache_bytes"));
    assert_close(per_job(quick, "disk.H.data.iops"), 20.0, 0.05);
    assert_true(per_job(slow, "disk.H.data.iops") > 40.0);
    assert_true(hostsim_mean(slow, "vm.s.pages_input_per_s") > 5.0);
    assert_true(per_job(slow, "vm.s.cpu") > 1.03 * per_job(quick, "vm.s.cpu"));
    /* the breakdown books it: drivers, faults and the root's path of every additional operation */
    assert_true(overhead_of(slow, "vm.s.vcpu") > 1.5 * overhead_of(quick, "vm.s.vcpu"));
    assert_true(overhead_of(slow, "host.H.root") > 1.5 * overhead_of(quick, "host.H.root"));
    assert_true(hosttest_warned(r, "W307", "s reads "));
}

/* Without its memory part the chain does not start: the disk alone is slower, in its own proportion. */
static void test_without_memory_the_disk_stays_a_disk(void **state)
{
    (void)state;
    const struct result *r = hostsim_pair(arena, reports(25, 8, 0), reports(25, 12, 160), 0.1);
    for (int i = 0; i < 2; i++) {
        const struct scenario_result *s = &r->scenario[i];
        assert_close(per_job(s, "disk.H.data.iops"), 20.0, 0.05);
        assert_true(hostsim_mean(s, "vm.s.pages_input_per_s") == 0.0);
        assert_true(hostsim_mean(s, "vm.s.memory.pressure") < 1.0);
    }
    assert_close(hostsim_mean(&r->scenario[1], "workload.r.response_s"),
                 hostsim_mean(&r->scenario[0], "workload.r.response_s"), 1e-9);
    /* the whole chain costs more than the slower disk itself */
    const struct result *all = hostsim_run(arena, reports(25, 8, 160), 0.1);
    assert_true(hostsim_mean(&all->scenario[0], "workload.r.response_s") >
                2.0 * hostsim_mean(&r->scenario[0], "workload.r.response_s"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_a_slow_disk_becomes_memory_and_cpu_trouble),
        HOSTTEST(test_without_memory_the_disk_stays_a_disk),
    };
    return cmocka_run_group_tests_name("cascade", tests, NULL, NULL);
}
