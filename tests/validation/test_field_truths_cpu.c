/* test_field_truths_cpu.c - what every Hyper-V administrator has seen of CPUs; numbers as in the design page on the model. */
#include "tests/support/hosttest.h"

#define VP "\\\\HV\\Hyper-V Hypervisor Virtual Processor"

/* A host of 4 LPs; %s: VMs and workloads. */
#define HOST                                                                                                 \
    "schema: hvplan.model/1\n"                                                                               \
    "hosts: {HV: {cpu: {sockets: 1, cores: %d, slat: no}, hypervisor: 2008r2}}\n"

/* ---- 1: one vCPU at 100 % on 4 LPs shows as 25 % of the host, on every LP alike; two as 50 % ---- */

static struct counter_log *busy_log(int vcpus)
{
    const struct model *m = hostsim_modelf(
        arena,
        HOST "vms: {a: {host: HV, os: ws2008, vcpus: %d}}\n"
             "workloads: {w: {closed: {users: %d, think: 0 s}, steps: [{on: a, cpu: 50 ms}]}}\n",
        4, vcpus, vcpus);
    return study_log(arena, m, 1, 10.0, 20);
}

static double column_mean(const struct counter_log *log, const char *path)
{
    for (int c = 0; c < log->columns; c++) {
        if (strcmp(log->path[c], path) != 0)
            continue;
        double sum = 0.0;
        for (int r = 1; r < log->rows; r++)
            sum += log->value[r * log->columns + c] / (log->rows - 1);
        return sum;
    }
    fail_msg("no column %s", path);
    return 0.0;
}

static void test_lone_vp_shows_on_all_lps_alike(void **state)
{
    (void)state;
    for (int vcpus = 1; vcpus <= 2; vcpus++) {
        const struct counter_log *log = busy_log(vcpus);
        for (int lp = 0; lp < 4; lp++) {
            const char *path = arena_printf(
                arena, "\\\\HV\\Hyper-V Hypervisor Logical Processor(Hv LP %d)\\%% Total Run Time", lp);
            assert_close(column_mean(log, path), 25.0 * vcpus, 0.05);
        }
        /* in the guest its processors are full, and the root's Task Manager knows nothing of it */
        assert_close(column_mean(log, "\\\\a\\Processor(_Total)\\% Processor Time"), 100.0, 1e-6);
        assert_true(column_mean(log, "\\\\HV\\Processor(_Total)\\% Processor Time") < 0.5);
    }
}

/* ---- 2: a single thread gains nothing from a second vCPU; a parallel load does, and neighbours pay ---- */

static const struct model *two_vms(int vcpus, int users, int lps)
{
    return hostsim_modelf(arena,
                          HOST "vms:\n"
                               "  a: {host: HV, os: ws2008, vcpus: %d}\n"
                               "  b: {host: HV, os: ws2008, vcpus: 1}\n"
                               "workloads:\n"
                               "  wa: {closed: {users: %d, think: 0 s}, steps: [{on: a, cpu: 30 ms}]}\n"
                               "  wb: {arrivals: {rate: 20 /s}, steps: [{on: b, cpu: 30 ms}]}\n",
                          lps, vcpus, users);
}

static void test_single_thread_gains_nothing_from_a_second_vcpu(void **state)
{
    (void)state;
    const struct result *r = hostsim_pair(arena, two_vms(1, 1, 4), two_vms(2, 1, 4), 0.03);
    const double base = hostsim_mean(&r->scenario[0], "workload.wa.throughput_per_s");
    assert_true(hostsim_delta(r, "workload.wa.throughput_per_s", NULL, NULL) < 0.01 * base);
}

static void test_parallel_load_gains_and_neighbours_pay_when_lps_run_out(void **state)
{
    (void)state;
    const struct result *wide = hostsim_pair(arena, two_vms(1, 8, 4), two_vms(2, 8, 4), 0.03);
    const double base = hostsim_mean(&wide->scenario[0], "workload.wa.throughput_per_s");
    assert_close(hostsim_delta(wide, "workload.wa.throughput_per_s", NULL, NULL), base, 0.05);
    enum verdict verdict;
    const struct result *narrow = hostsim_pair(arena, two_vms(1, 8, 2), two_vms(2, 8, 2), 0.03);
    hostsim_delta(narrow, "workload.wb.response_s", NULL, &verdict);
    assert_int_equal(verdict, VERDICT_WORSE);
    hostsim_delta(narrow, "workload.wa.throughput_per_s", NULL, &verdict);
    assert_int_equal(verdict, VERDICT_BETTER);
}

/* ---- 3: a guest at 100 % by its own clock: about 90 % guest run time beside 10 % hypervisor, and waiting ---- */

static void test_guest_at_full_use_delivers_less(void **state)
{
    (void)state;
    const struct model *m = two_vms(1, 4, 1);
    const struct result *r = hostsim_run(arena, m, 0.02);
    const struct scenario_result *s = &r->scenario[0];
    const double total = hostsim_mean(s, "host.HV.lp.utilization");
    assert_close(hostsim_mean(s, "vm.a.guest_processor_time"), 1.0, 1e-6);
    assert_true(hostsim_mean(s, "vm.a.ready") > 0.2);
    assert_close(hostsim_mean(s, "host.HV.lp.guest") / total, 0.90, 0.03);
    assert_close(hostsim_mean(s, "host.HV.lp.guest") + hostsim_mean(s, "host.HV.lp.hypervisor"), total, 1e-9);
}

/* The same in the counters that an administrator would log: 100 % inside, and outside a VP that ran 90 to 10 for less. */
static void test_guests_counters_beside_those_of_its_host(void **state)
{
    (void)state;
    const struct counter_log *log = study_log(arena, two_vms(1, 4, 1), 5, 10.0, 61);
    const double run = column_mean(log, VP "(a:Hv VP 0)\\% Total Run Time");
    assert_close(column_mean(log, "\\\\a\\Processor(0)\\% Processor Time"), 100.0, 1e-6);
    assert_true(run < 80.0);
    assert_close(column_mean(log, VP "(a:Hv VP 0)\\% Guest Run Time") / run, 0.90, 0.03);
    assert_close(column_mean(log, VP "(a:Hv VP 0)\\% Hypervisor Run Time") / run, 0.10, 0.05);
    assert_close(run + column_mean(log, VP "(b:Hv VP 0)\\% Total Run Time"), 100.0, 0.01);
}

/* ---- 4: the root's Task Manager shows a few per cent while the LPs are full ---- */

static void test_task_manager_sees_only_the_root(void **state)
{
    (void)state;
    const struct model *m = hostsim_model(
        arena, "schema: hvplan.model/1\n"
               "hosts: {HV: {cpu: {sockets: 1, cores: 2}, hypervisor: 2008r2,\n"
               "  disks: {d: {kind: ssd, channels: 8, read: 100 us, write: 100 us}}}}\n"
               "vms: {a: {host: HV, os: ws2008, vcpus: 2, disks: {c: {kind: fixed-vhd, on: d}}}}\n"
               "workloads: {w: {closed: {users: 40, think: 0 s}, steps: [{on: a, cpu: 2 ms}, {read: {disk: "
               "c, size: 8 KiB}}]}}\n");
    const struct result *r = hostsim_run(arena, m, 0.02);
    const double task_manager = hostsim_mean(&r->scenario[0], "host.HV.task_manager");
    assert_true(hostsim_mean(&r->scenario[0], "host.HV.lp.utilization") > 0.97);
    assert_true(task_manager > 0.002 && task_manager < 0.05);
    const struct counter_log *log = study_log(arena, m, 5, 5.0, 31);
    const double shown = column_mean(log, "\\\\HV\\Processor(_Total)\\% Processor Time");
    assert_close(shown / 100.0, task_manager, 0.03);
    for (int lp = 0; lp < 2; lp++)
        assert_true(column_mean(log, arena_printf(arena,
                                                  "\\\\HV\\Hyper-V Hypervisor Logical Processor(Hv LP "
                                                  "%d)\\%% Total Run Time",
                                                  lp)) > 97.0);
}

/* ---- 5: the bottleneck is an external database: physical and virtual alike, a second web server gains nothing ---- */

static const struct model *farm(const char *hypervisor, const char *vms, const char *on)
{
    return hostsim_modelf(arena,
                          "schema: hvplan.model/1\n"
                          "hosts:\n"
                          "  H1: {cpu: {sockets: 1, cores: 2, slat: no}, hypervisor: %s}\n"
                          "  H2: {cpu: {sockets: 1, cores: 2, slat: no}, hypervisor: %s}\n"
                          "vms: {%s}\n"
                          "external: {sql: {servers: 2}}\n"
                          "workloads: {w: {closed: {users: 60, think: 0 s}, steps: [{on: %s, cpu: 5 ms}, "
                          "{call: sql, service: 20 ms}]}}\n",
                          hypervisor, hypervisor, vms, on);
}

static void test_external_database_limits_physical_and_virtual_alike(void **state)
{
    (void)state;
    const char *one = "a: {host: H1, os: ws2008, vcpus: 2}, b: {host: H2, os: ws2008, vcpus: 2}";
    const struct result *r = hostsim_pair(arena, farm("none", one, "a"), farm("2008r2", one, "a"), 0.01);
    const double base = hostsim_mean(&r->scenario[0], "workload.w.throughput_per_s");
    assert_close(base, 100.0, 0.01);
    assert_close(hostsim_mean(&r->scenario[1], "workload.w.throughput_per_s"), base, 0.01);
    const struct result *more =
        hostsim_pair(arena, farm("2008r2", one, "a"), farm("2008r2", one, "[a, b]"), 0.01);
    assert_close(hostsim_mean(&more->scenario[1], "workload.w.throughput_per_s"), base, 0.01);
    assert_string_equal(more->scenario[1].bottleneck.resource, "external.sql");
    assert_true(more->scenario[1].bottleneck.outside);
}

/* ---- 14: weights 100/200/700 on one saturated LP give 10/20/70 % ---- */

static const struct model *weighted(int third)
{
    return hostsim_modelf(arena,
                          HOST "vms:\n"
                               "  a: {host: HV, os: ws2008, vcpus: 1, weight: 100}\n"
                               "  b: {host: HV, os: ws2008, vcpus: 1, weight: 200}\n"
                               "  c: {host: HV, os: ws2008, vcpus: 1, weight: %d}\n"
                               "workloads:\n"
                               "  wa: {closed: {users: 2, think: 0 s}, steps: [{on: a, cpu: 30 ms}]}\n"
                               "  wb: {closed: {users: 2, think: 0 s}, steps: [{on: b, cpu: 30 ms}]}\n"
                               "  wc: {closed: {users: 2, think: 0 s}, steps: [{on: c, cpu: 30 ms}]}\n",
                          1, third);
}

static void test_weights_share_a_saturated_lp(void **state)
{
    (void)state;
    const struct result *r = hostsim_run(arena, weighted(700), 0.02);
    assert_close(hostsim_mean(&r->scenario[0], "vm.a.cpu"), 0.10, 0.005);
    assert_close(hostsim_mean(&r->scenario[0], "vm.b.cpu"), 0.20, 0.005);
    assert_close(hostsim_mean(&r->scenario[0], "vm.c.cpu"), 0.70, 0.005);
}

/* Twin: a weight 5 % off is told apart. */
static void test_weights_five_per_cent_off_show(void **state)
{
    (void)state;
    const struct result *r = hostsim_run(arena, weighted(735), 0.02);
    const double off = hostsim_mean(&r->scenario[0], "vm.a.cpu") / 0.10 - 1.0;
    assert_true(off < -0.02);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_lone_vp_shows_on_all_lps_alike),
        HOSTTEST(test_single_thread_gains_nothing_from_a_second_vcpu),
        HOSTTEST(test_parallel_load_gains_and_neighbours_pay_when_lps_run_out),
        HOSTTEST(test_guest_at_full_use_delivers_less),
        HOSTTEST(test_guests_counters_beside_those_of_its_host),
        HOSTTEST(test_task_manager_sees_only_the_root),
        HOSTTEST(test_external_database_limits_physical_and_virtual_alike),
        HOSTTEST(test_weights_share_a_saturated_lp),
        HOSTTEST(test_weights_five_per_cent_off_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
