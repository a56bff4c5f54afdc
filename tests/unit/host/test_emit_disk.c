/* test_emit_disk.c - disks in the log of each Hyper-V version, and the laws that their counters obey. */
#include "tests/support/hosttest.h"
#include "tests/support/logtest.h"

#define PHYSICAL "\\\\HV\\PhysicalDisk(0 d)\\"
#define GUEST "\\\\vm\\PhysicalDisk(0 c)\\"
#define VSD "\\\\HV\\Hyper-V Virtual Storage Device(vm-c)\\"
#define IDE "\\\\HV\\Hyper-V Virtual IDE Controller (Emulated)(old:IDE Controller)\\"
enum { ROWS = 81 };

static const struct model *disks(const char *version, const char *kind)
{
    return hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: %s, disks: {\n"
        "  d: {kind: hdd, spindles: 3, read: 5.3 ms, write: 3.7 ms}, p: {kind: ssd, channels: 2, read: 230 "
        "us}}}}\n"
        "vms:\n"
        "  vm: {host: HV, os: ws2008, disks: {c: {kind: %s, on: d}, e: {kind: pass-through, on: p}}}\n"
        "  old: {host: HV, os: ws2003, integration: no, disks: {c: {kind: fixed-vhd, on: d, controller: "
        "ide}}}\n"
        "workloads:\n"
        "  w: {arrivals: {rate: 97 /s}, steps: [{on: vm, cpu: 1.3 ms}, {read: {disk: c, size: 12 KiB}},\n"
        "    {write: {disk: c, size: 4 KiB, count: 2}}, {read: {disk: e, size: 64 KiB}}]}\n"
        "  v: {arrivals: {rate: 11 /s}, steps: [{on: old, read: {disk: c, size: 6 KiB}}]}\n",
        version, kind);
}

/* queue = rate x latency, over a long log: what is outstanding at its ends is little beside what passed. */
static void check_little(const struct counter_log *log, const char *disk)
{
    const double rate = logtest_mean(log, logtest_path(disk, "Disk Transfers/sec"));
    const double latency = logtest_total(log, logtest_path(disk, "Avg. Disk sec/Transfer"),
                                         logtest_path(disk, "Disk Transfers/sec")) /
                           rate;
    const double queue = logtest_mean(log, logtest_path(disk, "Avg. Disk Queue Length"));
    assert_true(queue > 0.01);
    assert_close(queue, rate * latency, 0.005);
    assert_close(logtest_mean(log, logtest_path(disk, "% Disk Time")), 100.0 * queue, 1e-9);
    assert_close(logtest_mean(log, logtest_path(disk, "Avg. Disk Read Queue Length")) +
                     logtest_mean(log, logtest_path(disk, "Avg. Disk Write Queue Length")),
                 queue, 0.005);
    assert_close(logtest_mean(log, logtest_path(disk, "Disk Bytes/sec")),
                 logtest_mean(log, logtest_path(disk, "Disk Read Bytes/sec")) +
                     logtest_mean(log, logtest_path(disk, "Disk Write Bytes/sec")),
                 1e-9);
}

static void test_little_holds_for_every_observer(void **state)
{
    (void)state;
    static const char *const observed[] = {"\\\\HV\\PhysicalDisk(0 d)", "\\\\HV\\PhysicalDisk(1 p)",
                                           "\\\\HV\\LogicalDisk(d)",    "\\\\vm\\PhysicalDisk(0 c)",
                                           "\\\\vm\\PhysicalDisk(1 e)", "\\\\vm\\LogicalDisk(c)",
                                           "\\\\old\\PhysicalDisk(0 c)"};
    const struct counter_log *log = study_log(arena, disks("2016", "dynamic-vhd"), 5, 15.0, ROWS);
    for (size_t i = 0; i < sizeof observed / sizeof *observed; i++)
        check_little(log, observed[i]);
    assert_close(logtest_mean(log, VSD "Queue Length"), logtest_total(log, VSD "Latency", VSD "Throughput"),
                 0.005);
    assert_close(logtest_mean(log, VSD "Lower Queue Length"),
                 logtest_total(log, VSD "Lower Latency", VSD "Throughput"), 0.005);
}

/* The same operations: the device is a part of what the root has, and that is a part of what the guest waits for. */
static void test_each_layer_adds_its_time(void **state)
{
    (void)state;
    static const char *const kinds[] = {"pass-through", "fixed-vhd", "dynamic-vhd"};
    double before = 0.0;
    for (int k = 0; k < 3; k++) {
        const struct counter_log *log = study_log(arena, disks("2016", kinds[k]), 5, 15.0, ROWS);
        const double lower = logtest_mean(log, VSD "Lower Latency"), root = logtest_mean(log, VSD "Latency");
        const double guest = logtest_mean(log, GUEST "Avg. Disk sec/Transfer");
        assert_true(lower > 0.001 && root > lower && guest > root);
        assert_true(guest - lower > before);
        before = guest - lower;
    }
}

/* The guest's view is the demands, and adds up to what the metrics say. */
static void test_guests_see_their_own_operations(void **state)
{
    (void)state;
    const struct model *m = disks("2012r2", "fixed-vhd");
    const struct counter_log *log = study_log(arena, m, 5, 15.0, ROWS);
    const struct scenario_result *s = &hostsim_run(arena, m, 0.01)->scenario[0];
    assert_close(logtest_mean(log, GUEST "Disk Reads/sec"), 97.0, 0.02);
    assert_close(logtest_mean(log, GUEST "Disk Writes/sec"), 194.0, 0.02);
    assert_close(logtest_mean(log, GUEST "Disk Read Bytes/sec"), 97.0 * 12288.0, 0.02);
    assert_close(logtest_mean(log, "\\\\vm\\LogicalDisk(c)\\Disk Write Bytes/sec"), 194.0 * 4096.0, 0.02);
    assert_close(logtest_mean(log, VSD "Normalized Throughput"), 97.0 * 2.0 + 194.0, 0.02);
    assert_close(logtest_mean(log, GUEST "Disk Transfers/sec"), hostsim_mean(s, "vdisk.vm.c.iops"), 0.02);
    assert_close(logtest_mean(log, GUEST "Avg. Disk sec/Transfer"), hostsim_mean(s, "vdisk.vm.c.latency_s"),
                 0.03);
    assert_close(logtest_mean(log, PHYSICAL "Avg. Disk sec/Transfer"), hostsim_mean(s, "disk.HV.d.latency_s"),
                 0.03);
}

static void test_emulated_disks_pass_the_ide_controller(void **state)
{
    (void)state;
    const struct counter_log *log = study_log(arena, disks("2008", "fixed-vhd"), 5, 15.0, ROWS);
    assert_close(logtest_mean(log, IDE "Read Bytes/sec"), 11.0 * 6144.0, 0.05);
    assert_close(logtest_mean(log, IDE "Read Sectors/sec"), 11.0 * 12.0, 0.05);
    assert_close(logtest_mean(log, IDE "Written Sectors/sec"), 0.0, 1e-12);
    assert_false(logtest_has(
        log, "\\\\HV\\Hyper-V Virtual IDE Controller (Emulated)(vm:IDE Controller)\\Read Bytes/sec"));
}

/* A guest that reaches its LUN itself: the root sees neither disk nor virtual device, the guest times it to the array and back. */
static void test_a_lun_of_the_guest_is_not_the_roots(void **state)
{
    (void)state;
    const struct model *m = hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2012r2, nics: {n: {speed: 1 Gbps}},\n"
        "  disks: {lun: {kind: san, spindles: 4, read: 3 ms}}}}\n"
        "vms: {v: {host: HV, os: ws2012, nics: {n: {kind: synthetic, on: n}}, disks: {c: {kind: iscsi, on: "
        "lun}}}}\n"
        "workloads: {w: {arrivals: {rate: 61 /s}, steps: [{on: v, read: {disk: c, size: 64 KiB}}]}}\n");
    const struct counter_log *log = study_log(arena, m, 3, 15.0, 41);
    assert_false(logtest_has(log, "\\\\HV\\PhysicalDisk(0 lun)\\Disk Reads/sec"));
    assert_false(logtest_has(log, "\\\\HV\\Hyper-V Virtual Storage Device(v-c)\\Read Operations/Sec"));
    assert_close(logtest_mean(log, "\\\\v\\PhysicalDisk(0 c)\\Disk Reads/sec"), 61.0, 0.03);
    assert_true(logtest_mean(log, "\\\\v\\PhysicalDisk(0 c)\\Avg. Disk sec/Read") > 0.003 + 65536.0 / 125e6);
    check_little(log, "\\\\v\\PhysicalDisk(0 c)");
}

/* Who cuts an operation counts it: the guest its files, the root the VHD file; defragmented, nobody. */
static void test_splits_are_counted_where_they_happen(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        double guest, host; /* an operation of 12 KiB */
    } cases[] = {
        {"guest_run: 48 KiB, host_run: 96 KiB", 0.25, 0.125},
        {"guest_run: 48 KiB, host_run: 96 KiB, defragment: guest", 0.0, 0.125},
        {"fragmentation: 0.5, guest_run: 48 KiB, defragment: host", 0.25, 0.0},
        {"fragmentation: 0.5, host_run: 96 KiB, defragment: guest", 0.0, 0.625},
        {"fragmentation: 0.5, guest_run: 48 KiB, defragment: both", 0.0, 0.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct model *m = hostsim_modelf(
            arena,
            "schema: hvplan.model/1\n"
            "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2008r2, disks: {d: {kind: hdd, read: 3 "
            "ms}}}}\n"
            "vms: {v: {host: HV, os: ws2008, disks: {c: {kind: dynamic-vhd, on: d, %s}}}}\n"
            "workloads: {w: {arrivals: {rate: 40 /s}, steps: [{on: v, read: {disk: c, size: 12 KiB}}]}}\n",
            cases[i].keys);
        const struct counter_log *log = study_log(arena, m, 3, 15.0, 11);
        const double reads = logtest_mean(log, "\\\\v\\PhysicalDisk(0 c)\\Disk Reads/sec");
        assert_close(logtest_mean(log, "\\\\v\\PhysicalDisk(0 c)\\Split IO/Sec") + 1.0,
                     cases[i].guest * reads + 1.0, 0.001);
        assert_close(logtest_mean(log, PHYSICAL "Split IO/Sec") + 1.0, cases[i].host * reads + 1.0, 0.02);
    }
}

static void test_each_version_has_its_counters(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        bool in[4]; /* 2008, 2008r2, 2012r2, 2016 */
    } cases[] = {
        {VSD "Read Operations/Sec", {true, true, true, true}},
        {VSD "Error Count", {false, true, true, true}},
        {VSD "Queue Length", {false, false, true, true}},
        {VSD "Normalized Throughput", {false, false, true, true}},
        {VSD "Latency", {false, false, false, true}},
        {VSD "Lower Latency", {false, false, false, true}},
        {VSD "Throughput", {false, false, false, true}},
        {IDE "Written Bytes/sec", {true, true, true, true}},
        {PHYSICAL "Split IO/Sec", {true, true, true, true}},
        {PHYSICAL "Current Disk Queue Length", {true, true, true, true}},
        {GUEST "Avg. Disk sec/Read", {true, true, true, true}},
        {"\\\\HV\\LogicalDisk(d)\\% Idle Time", {true, true, true, true}},
        {"\\\\HV\\LogicalDisk(p)\\% Idle Time", {false, false, false, false}}, /* off line in the root */
        {"\\\\vm\\LogicalDisk(e)\\% Idle Time", {true, true, true, true}},
    };
    static const char *const versions[] = {"2008", "2008r2", "2012r2", "2016"};
    for (int v = 0; v < 4; v++) {
        const struct counter_log *log = study_log(arena, disks(versions[v], "fixed-vhd"), 3, 1.0, 2);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
            if (logtest_has(log, cases[i].path) != cases[i].in[v])
                fail_msg("%s on %s", cases[i].path, versions[v]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_little_holds_for_every_observer),
        HOSTTEST(test_each_layer_adds_its_time),
        HOSTTEST(test_guests_see_their_own_operations),
        HOSTTEST(test_emulated_disks_pass_the_ide_controller),
        HOSTTEST(test_a_lun_of_the_guest_is_not_the_roots),
        HOSTTEST(test_splits_are_counted_where_they_happen),
        HOSTTEST(test_each_version_has_its_counters),
    };
    return cmocka_run_group_tests_name("emit_disk", tests, NULL, NULL);
}
