/* test_emit.c - the log that PerfMon would have written. */
#include "tests/support/hosttest.h"

static const struct model *logged_model(double rate)
{
    return hostsim_modelf(arena,
                          "schema: hvplan.model/1\n"
                          "hosts: {HV: {cpu: {sockets: 1, cores: 2}, hypervisor: 2012r2, memory: 16 GiB, "
                          "nics: {n: {speed: 1 Gbps}},\n"
                          "  disks: {d: {kind: hdd, spindles: 4, read: 6 ms, write: 6 ms}}}, PH: {cpu: "
                          "{sockets: 1, cores: 1}, hypervisor: none}}\n"
                          "vms:\n"
                          "  a: {host: HV, os: ws2012, vcpus: 1, memory: 2 GiB, nics: {n: {kind: synthetic, "
                          "on: n}}, disks: {c: {kind: fixed-vhd, on: d}}}\n"
                          "  p: {host: PH, os: ws2008}\n"
                          "workloads:\n"
                          "  w: {arrivals: {rate: %g /s}, steps: [{on: a, cpu: 10 ms}, {read: {disk: c, "
                          "size: 8 KiB}}, {send: {nic: n, size: 20 KiB}}]}\n"
                          "  v: {arrivals: {rate: 20 /s}, steps: [{on: p, cpu: 20 ms}]}\n",
                          rate);
}

static int column(const struct counter_log *log, const char *path)
{
    for (int c = 0; c < log->columns; c++)
        if (strcmp(log->path[c], path) == 0)
            return c;
    fail_msg("no column %s", path);
    return -1;
}

static double log_mean(const struct counter_log *log, const char *path)
{
    const int c = column(log, path);
    double sum = 0.0;
    for (int r = 1; r < log->rows; r++)
        sum += log->value[(size_t)r * (size_t)log->columns + (size_t)c];
    return sum / (log->rows - 1);
}

static void test_log_agrees_with_the_metrics(void **state)
{
    (void)state;
    const struct model *m = logged_model(50.0);
    const struct counter_log *log = study_log(arena, m, 3, 15.0, 201);
    const struct scenario_result *s = &hostsim_run(arena, m, 0.01)->scenario[0];
    assert_int_equal(log->rows, 201);
    const double lps =
        log_mean(log, "\\\\HV\\Hyper-V Hypervisor Logical Processor(Hv LP 0)\\% Total Run Time") +
        log_mean(log, "\\\\HV\\Hyper-V Hypervisor Logical Processor(Hv LP 1)\\% Total Run Time");
    assert_close(lps / 200.0, hostsim_mean(s, "host.HV.lp.utilization"), 0.02);
    assert_close(log_mean(log, "\\\\HV\\Hyper-V Hypervisor Virtual Processor(a:Hv VP 0)\\% Total Run Time") /
                     100.0,
                 hostsim_mean(s, "vm.a.vcpu.utilization"), 0.02);
    assert_close(log_mean(log, "\\\\HV\\PhysicalDisk(0 d)\\Disk Reads/sec"), 50.0, 0.02);
    assert_close(log_mean(log, "\\\\HV\\PhysicalDisk(0 d)\\Avg. Disk Queue Length"),
                 50.0 * log_mean(log, "\\\\HV\\PhysicalDisk(0 d)\\Avg. Disk sec/Read"), 0.02); /* Little */
    assert_close(log_mean(log, "\\\\HV\\Network Interface(n)\\Bytes Sent/sec"), 50.0 * 20480.0, 0.05);
    assert_close(log_mean(log, "\\\\HV\\Network Interface(n)\\Current Bandwidth"), 1e9, 1e-9);
    assert_close(log_mean(log, "\\\\PH\\Processor(0)\\% Processor Time") / 100.0, 0.4, 0.03);

    assert_close(log_mean(log, "\\\\HV\\Application(a)\\Requests/sec"), 50.0, 0.02);
    assert_close(log_mean(log, "\\\\HV\\Application(a)\\Average Response Time"),
                 hostsim_mean(s, "workload.w.response_s"), 0.03);
    assert_close(log_mean(log, "\\\\HV\\Memory\\Available Bytes"),
                 hostsim_mean(s, "memory.HV.available_bytes"), 1e-9);
}

static void test_first_row_has_no_rates_yet(void **state)
{
    (void)state;
    const struct counter_log *log = study_log(arena, logged_model(50.0), 3, 5.0, 3);
    assert_true(isnan(log->value[column(log, "\\\\HV\\PhysicalDisk(0 d)\\Disk Reads/sec")]));
    assert_true(isnan(
        log->value[column(log, "\\\\HV\\Hyper-V Hypervisor Logical Processor(Hv LP 0)\\% Total Run Time")]));
    assert_close(log->value[column(log, "\\\\HV\\Network Interface(n)\\Current Bandwidth")], 1e9, 1e-9);
    for (int i = log->columns; i < 3 * log->columns; i++)
        assert_true(log->value[i] >= 0.0); /* and no NaN */
    assert_true(log->at_ns[0] == 0 && log->at_ns[2] == 10 * SIM_SECOND);
}

static void test_one_seed_one_log(void **state)
{
    (void)state;
    const struct counter_log *x = study_log(arena, logged_model(50.0), 3, 5.0, 4),
                             *y = study_log(arena, logged_model(50.0), 3, 5.0, 4),
                             *z = study_log(arena, logged_model(50.0), 4, 5.0, 4);
    const size_t bytes = sizeof(double) * (size_t)(3 * x->columns), from = (size_t)x->columns;
    assert_memory_equal(x->value + from, y->value + from, bytes);
    assert_true(memcmp(x->value + from, z->value + from, bytes) != 0);
}

/* A load without end is logged while it lasts; no row of zeros follows. */
static void test_a_log_ends_with_its_run(void **state)
{
    (void)state;
    const struct counter_log *log = study_log(arena, logged_model(20000.0), 3, 15.0, 40);
    assert_in_range(log->rows, 1, 39);
    const int c = column(log, "\\\\HV\\Hyper-V Hypervisor Virtual Processor(a:Hv VP 0)\\% Total Run Time");
    for (int r = 1; r < log->rows; r++)
        assert_true(log->value[(size_t)r * (size_t)log->columns + (size_t)c] > 50.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_log_agrees_with_the_metrics),
        HOSTTEST(test_first_row_has_no_rates_yet),
        HOSTTEST(test_one_seed_one_log),
        HOSTTEST(test_a_log_ends_with_its_run),
    };
    return cmocka_run_group_tests_name("emit", tests, NULL, NULL);
}
