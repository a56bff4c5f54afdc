/* test_emit_memory.c - memory of hosts and guests in a predicted log. */
#include "tests/support/hosttest.h"
#include "tests/support/logtest.h"

#define DM "\\\\HV\\Hyper-V Dynamic Memory VM(d)\\"
#define BALANCER "\\\\HV\\Hyper-V Dynamic Memory Balancer(System Balancer)\\"
#define MIB 1048576.0

static const struct model *memories(const char *version, const char *demand)
{
    return hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: %s, memory: 8 GiB,\n"
        "  disks: {d: {kind: ssd, channels: 4, read: 210 us}}}}\n"
        "vms:\n"
        "  d: {host: HV, os: ws2008r2, disks: {c: {kind: fixed-vhd, on: d}},\n"
        "    memory: {startup: 1 GiB, minimum: 512 MiB, maximum: 3 GiB, demand: %s, cache: 100 MiB}}\n"
        "  s: {host: HV, os: ws2008r2, memory: 2 GiB}\n"
        "workloads:\n"
        "  w: {arrivals: {rate: 53 /s}, steps: [{on: d, cpu: 7 ms}]}\n"
        "  v: {arrivals: {rate: 31 /s}, steps: [{on: s, cpu: 2 ms}]}\n",
        version, demand);
}

static void test_pressure_is_demand_over_memory(void **state)
{
    (void)state;
    const struct counter_log *log = study_log(arena, memories("2008r2", "2 GiB"), 3, 15.0, 5);
    static const char *const pressures[] = {"Average Pressure", "Current Pressure", "Minimum Pressure",
                                            "Maximum Pressure"};
    for (int i = 0; i < 4; i++)
        assert_close(logtest_mean(log, logtest_path("\\\\HV\\Hyper-V Dynamic Memory VM(d)", pressures[i])),
                     100.0 / 1.2, 1e-9);
    assert_close(logtest_mean(log, DM "Physical Memory"), 2048.0 * 1.2, 1e-9);
    assert_close(logtest_mean(log, DM "Guest Visible Physical Memory"), 2048.0 * 1.2, 1e-9);
    assert_close(logtest_mean(log, BALANCER "Average Pressure"), 100.0 / 1.2, 1e-9);
    assert_close(logtest_mean(log, BALANCER "Available Memory"),
                 logtest_mean(log, "\\\\HV\\Memory\\Available MBytes"), 1e-12);
    assert_close(logtest_mean(log, "\\\\HV\\Memory\\Available Bytes") / MIB,
                 logtest_mean(log, "\\\\HV\\Memory\\Available MBytes"), 1e-3);
    assert_false(logtest_has(log, "\\\\HV\\Memory\\Pages/sec")); /* the root does not page */
    assert_false(logtest_has(log, "\\\\HV\\Hyper-V Dynamic Memory VM(s)\\Average Pressure"));
}

static void test_guests_see_what_they_committed(void **state)
{
    (void)state;
    const struct counter_log *log = study_log(arena, memories("2012", "2 GiB"), 3, 15.0, 5);
    const double committed = 2048.0 - 100.0;
    assert_close(logtest_mean(log, "\\\\d\\Memory\\Committed Bytes") / MIB, committed, 1e-9);
    assert_close(logtest_mean(log, "\\\\d\\Memory\\Available Bytes") / MIB, 2048.0 * 1.2 - committed, 1e-9);
    assert_close(logtest_mean(log, "\\\\d\\Memory\\Pages Input/sec"), 0.0, 1e-12);
    assert_false(logtest_has(log, "\\\\s\\Memory\\Committed Bytes")); /* nobody said what it needs */
}

static void test_a_guest_that_lacks_memory_pages(void **state)
{
    (void)state;
    const struct counter_log *log = study_log(arena, memories("2012", "4 GiB"), 3, 15.0, 21);
    assert_true(logtest_mean(log, "\\\\d\\Memory\\Pages Input/sec") > 1.0);
    assert_true(logtest_mean(log, "\\\\d\\Memory\\Pages/sec") >=
                logtest_mean(log, "\\\\d\\Memory\\Pages Input/sec"));
    assert_close(logtest_mean(log, DM "Average Pressure"), 100.0 * 4.0 / 3.0, 1e-9);
    assert_close(logtest_cell(log, 0, DM "Average Pressure"), 100.0 * 4.0 / 3.0, 1e-9); /* since the start */
    /* every page comes through the VM's disk */
    assert_close(logtest_mean(log, "\\\\d\\PhysicalDisk(0 c)\\Disk Reads/sec"),
                 logtest_mean(log, "\\\\d\\Memory\\Pages Input/sec"), 0.05);
}

/* Demands that follow the jobs: what is added is not taken away without showing. */
static void test_memory_moves(void **state)
{
    (void)state;
    const struct model *m = hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2008r2, memory: 8 GiB}}\n"
        "vms:\n"
        "  d: {host: HV, os: ws2008r2,\n"
        "    memory: {startup: 1 GiB, minimum: 512 MiB, maximum: 3 GiB, demand: 700 MiB, per_job: 30 MiB}}\n"
        "workloads:\n"
        "  w: {arrivals: {rate: 53 /s}, steps: [{on: d, cpu: 17 ms}]}\n");
    const struct counter_log *log = study_log(arena, m, 3, 15.0, 41);
    const int last = log->rows - 1;
    const double added = logtest_cell(log, last, DM "Added Memory"),
                 removed = logtest_cell(log, last, DM "Removed Memory");
    assert_true(added > 100.0 && removed > 100.0);
    assert_close(logtest_cell(log, last, DM "Physical Memory") - logtest_cell(log, 1, DM "Physical Memory"),
                 added - logtest_cell(log, 1, DM "Added Memory") - removed +
                     logtest_cell(log, 1, DM "Removed Memory"),
                 1e-6);
    for (int r = 1; r < log->rows; r++) {
        const double mean = logtest_cell(log, r, DM "Average Pressure");
        assert_true(mean > logtest_cell(log, r, DM "Minimum Pressure") &&
                    mean < logtest_cell(log, r, DM "Maximum Pressure"));
        assert_true(logtest_cell(log, r, DM "Guest Visible Physical Memory") >=
                    logtest_cell(log, r, DM "Physical Memory"));
        assert_true(r == 1 ||
                    logtest_cell(log, r, DM "Added Memory") >= logtest_cell(log, r - 1, DM "Added Memory"));
    }
}

static void test_each_version_has_its_counters(void **state)
{
    (void)state;
    static const char *const versions[] = {"2008", "2008r2", "2012"};
    for (int v = 0; v < 3; v++) {
        const struct counter_log *log = study_log(arena, memories(versions[v], "1 GiB"), 3, 1.0, 2);
        assert_int_equal(logtest_has(log, DM "Added Memory"), v >= 1);
        assert_int_equal(logtest_has(log, BALANCER "Available Memory"), v >= 1);
        assert_int_equal(logtest_has(log, DM "Smart Paging Working Set Size"), v >= 2);
        assert_true(logtest_has(log, "\\\\HV\\Memory\\Available MBytes"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_pressure_is_demand_over_memory),  HOSTTEST(test_guests_see_what_they_committed),
        HOSTTEST(test_a_guest_that_lacks_memory_pages), HOSTTEST(test_memory_moves),
        HOSTTEST(test_each_version_has_its_counters),
    };
    return cmocka_run_group_tests_name("emit_memory", tests, NULL, NULL);
}
