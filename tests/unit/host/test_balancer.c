/* test_balancer.c - the root's I/O balancer: VMs take turns at a disk that has more work than it can do in 83 ms. */
#include "model/host/spindle.h"
#include "tests/support/hosttest.h"

#define SECONDS 200.0

/* VMs a (64 outstanding) and b on one spindle of 6 ms. */
static const struct run *contended(const char *disk, const char *kind, int b, const char *pattern)
{
    return hosttest_run(
        hostsim_modelf(
            arena,
            "schema: hvplan.model/1\n"
            "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2008r2, disks: {d: {read: {mean: 6 ms, "
            "scv: 0}%s}}}}\n"
            "vms: {a: {host: HV, os: ws2008, disks: {c: {kind: %s}}}, b: {host: HV, os: ws2008, disks: "
            "{c: {kind: %s}}}}\n"
            "workloads:\n"
            "  wa: {closed: {users: 64}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}\n"
            "  wb: {closed: {users: %d}, steps: [{on: b, read: {disk: c, size: 8 KiB%s}}]}\n",
            disk, kind, kind, b, pattern),
        SECONDS);
}

/* Theory serves first come, first served: it says nothing where VMs take turns, and goes on where they need not. */
static void test_theory_does_not_judge_turns(void **state)
{
    (void)state;
    static const int users[] = {128, 4};
    for (int i = 0; i < 2; i++) {
        const struct model *m = hostsim_modelf(
            arena,
            "schema: hvplan.model/1\n"
            "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2008r2, disks: {d: {read: 6 ms}}}}\n"
            "vms: {a: {host: HV, os: ws2008, disks: {c: {}}}, b: {host: HV, os: ws2008, disks: {c: {}}}}\n"
            "workloads:\n"
            "  wa: {closed: {users: %d}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}\n"
            "  wb: {closed: {users: 1}, steps: [{on: b, read: {disk: c, size: 8 KiB}}]}\n",
            users[i]);
        const struct result *r = hostsim_run(arena, m, 0.03);
        assert_int_equal(isnan(r->scenario[0].bound[1].second_opinion), i == 0);
        assert_false(hosttest_warned(r, "W303", "wb"));
    }
}

static double x(const struct run *run, int w)
{
    return (double)run->workload[w].finished / SECONDS;
}
static double r(const struct run *run, int w)
{
    return run->workload[w].response_ns / (double)run->workload[w].finished * 1e-9;
}

/* 16 outstanding of 80 get a fifth of the disk first come first served, and half of it in turns. */
static void test_the_smaller_queue_gets_its_half(void **state)
{
    (void)state;
    const struct run *without = contended(", balancer: no", "fixed-vhd", 16, "");
    const struct run *with = contended("", "fixed-vhd", 16, "");
    assert_close(x(without, 1) / (x(without, 0) + x(without, 1)), 16.0 / 80.0, 0.02);
    assert_close(r(without, 1), r(without, 0), 0.02);
    assert_close(x(with, 1) / (x(with, 0) + x(with, 1)), 0.5, 0.02);
    assert_close(x(with, 0) + x(with, 1), 1.0 / 0.006, 0.005);
    assert_close(x(without, 0) + x(without, 1), 1.0 / 0.006, 0.005);
    /* what waits in the root counts as waiting for the disk: all 80 but those under way, by Little's law */
    const double under_way = 1.5e-3 / 0.006;
    const double present = spindle_read(&with->host[0].disk[0]).present_area / (SECONDS * 1e9);
    assert_close(present, 80.0 - under_way, 0.01);
}

/* Two outstanding wait for what the disk has been given, 83 ms, not for the 64 of the neighbour: of its own it has at most one
 * operation of 6 ms before it and the neighbour's one more. */
static void test_a_light_vm_waits_for_83_ms_at_most(void **state)
{
    (void)state;
    const struct run *without = contended(", balancer: no", "fixed-vhd", 2, "");
    const struct run *with = contended(", balancer: yes", "fixed-vhd", 2, "");
    assert_close(r(without, 1), 66.0 * 0.006, 0.02);
    assert_true(r(with, 1) > 0.083 && r(with, 1) < 0.083 + 3.0 * 0.006);
    assert_close(x(with, 0) + x(with, 1), 1.0 / 0.006, 0.005);
}

/* Two sequential streams of 64 KiB: a turn lasts positioning / overhead of work, then the disk must find the other one. */
static void test_a_run_keeps_its_turn(void **state)
{
    (void)state;
    static const double overheads[] = {0.08, 0.5};
    for (int i = 0; i < 2; i++) {
        struct model *m = hostsim_model(
            arena,
            "schema: hvplan.model/1\n"
            "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2008r2, disks: {d: {read: {mean: 6 ms, "
            "scv: 0}, "
            "transfer: 100 MB/s}}}}\n"
            "vms: {a: {host: HV, os: ws2008, disks: {c: {}}}, b: {host: HV, os: ws2008, disks: {c: {}}}}\n"
            "workloads:\n"
            "  wa: {closed: {users: 250}, steps: [{on: a, read: {disk: c, size: 64 KiB, pattern: "
            "sequential}}]}\n"
            "  wb: {closed: {users: 250}, steps: [{on: b, read: {disk: c, size: 64 KiB, pattern: "
            "sequential}}]}\n");
        m->overhead[mechanism_param_index("disk_path", "balance_overhead")] = overheads[i];
        const struct run *run = hosttest_run(m, SECONDS);
        const double transfer = 65536.0 / 100e6, one = 0.3e-3 + transfer;
        const double positioning = 6e-3 - 8192.0 / 100e6, again = positioning + transfer - one;
        const double in_turn = ceil(positioning / overheads[i] / one);
        assert_close(x(run, 0) + x(run, 1), in_turn / (in_turn * one + again), 0.02);
        assert_close(x(run, 0), x(run, 1), 0.02);
    }
}

/* Off by default where the disk is no file of the root's, and where no second VM is there. */
static void test_what_it_leaves_alone(void **state)
{
    (void)state;
    static const struct {
        const char *disk, *kind;
        double share; /* of b with 16 outstanding */
    } cases[] = {{"", "pass-through", 0.2},
                 {", kind: san", "fixed-vhd", 0.2},
                 {", balancer: yes", "pass-through", 0.5},
                 {", kind: san, balancer: yes", "fixed-vhd", 0.5}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct run *s = contended(cases[i].disk, cases[i].kind, 16, "");
        assert_close(x(s, 1) / (x(s, 0) + x(s, 1)), cases[i].share, 0.02);
    }
}

/* Two loads of one VM are one queue to it: first come, first served, to the nanosecond. */
static void test_one_vm_alone_is_served_as_before(void **state)
{
    (void)state;
    double response[2];
    static const char *const keys[] = {"no", "yes"};
    for (int i = 0; i < 2; i++) {
        const struct model *m =
            hostsim_modelf(arena,
                           "schema: hvplan.model/1\n"
                           "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2008r2, disks: {d: {read: "
                           "6 ms, balancer: %s}}}}\n"
                           "vms: {a: {host: HV, os: ws2008, disks: {c: {}, e: {}}}}\n"
                           "workloads:\n"
                           "  w: {closed: {users: 40}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}\n"
                           "  v: {closed: {users: 3}, steps: [{on: a, read: {disk: e, size: 8 KiB}}]}\n",
                           keys[i]);
        response[i] = hosttest_mean(m, 0.02, "workload.v.response_s");
    }
    assert_close(response[1], response[0], 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_the_smaller_queue_gets_its_half),
        HOSTTEST(test_a_light_vm_waits_for_83_ms_at_most),
        HOSTTEST(test_a_run_keeps_its_turn),
        HOSTTEST(test_what_it_leaves_alone),
        HOSTTEST(test_theory_does_not_judge_turns),
        HOSTTEST(test_one_vm_alone_is_served_as_before),
    };
    return cmocka_run_group_tests_name("balancer", tests, NULL, NULL);
}
