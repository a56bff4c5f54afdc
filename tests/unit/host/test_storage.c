/* test_storage.c - virtual disks: RAID, cache, channels, metadata, suspended VPs, load of others. */
#include "tests/support/hosttest.h"

/* disk: keys of the physical disk; vdisk: kind and more; version and guest system; workload. */
static const struct model *storage_model(const char *version, const char *os, const char *disk,
                                         const char *vdisk, const char *workload)
{
    return hostsim_modelf(arena,
                          "schema: hvplan.model/1\n"
                          "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: %s, disks: {d: {%s}}}}\n"
                          "vms: {a: {host: HV, os: %s, vcpus: 2, disks: {c: {on: d, %s}}}}\n"
                          "workloads: {w: {%s}}\n",
                          version, disk, os, vdisk, workload);
}

static const struct scenario_result *simulate(const char *disk, const char *vdisk, const char *workload)
{
    return &hostsim_run(arena, storage_model("2008r2", "ws2008", disk, vdisk, workload), 0.02)->scenario[0];
}

static void test_raid_multiplies_writes(void **state)
{
    (void)state;
    static const struct {
        int level, ops;
    } raids[] = {{0, 1}, {1, 2}, {10, 2}, {5, 4}, {6, 6}};
    for (size_t i = 0; i < sizeof raids / sizeof raids[0]; i++) {
        const char *disk =
            arena_printf(arena, "kind: hdd, spindles: 4, raid: %d, read: 7 ms, write: {mean: 5 ms, scv: 0}",
                         raids[i].level);
        const struct scenario_result *s =
            simulate(disk, "kind: pass-through",
                     "arrivals: {rate: 30 /s, scv: 0}, steps: [{on: a, write: {disk: c, size: 8 KiB}}]");
        assert_close(hostsim_mean(s, "disk.HV.d.utilization"), 30.0 * raids[i].ops * 0.005 / 4.0, 0.01);
        assert_close(hostsim_mean(s, "disk.HV.d.iops"), 30.0, 0.01); /* the host sees one write */
    }
    const struct scenario_result *reads = simulate(
        "kind: hdd, spindles: 4, raid: 5, read: {mean: 7 ms, scv: 0}, write: 5 ms", "kind: pass-through",
        "arrivals: {rate: 30 /s, scv: 0}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]");
    assert_close(hostsim_mean(reads, "disk.HV.d.utilization"), 30.0 * 0.007 / 4.0, 0.01);
}

static void test_write_cache_answers_at_once_and_works_behind(void **state)
{
    (void)state;
    const char *w = "arrivals: {rate: 30 /s}, steps: [{on: a, write: {disk: c, size: 8 KiB}}]";
    const struct scenario_result *with = simulate(
        "kind: hdd, spindles: 1, read: 7 ms, write: 12 ms, write_cache: yes", "kind: pass-through", w);
    const struct scenario_result *without =
        simulate("kind: hdd, spindles: 1, read: 7 ms, write: 12 ms", "kind: pass-through", w);
    assert_true(hostsim_mean(with, "disk.HV.d.latency_s") < 0.001);
    assert_true(hostsim_mean(without, "disk.HV.d.latency_s") > 0.012);
    assert_close(hostsim_mean(with, "disk.HV.d.utilization"), hostsim_mean(without, "disk.HV.d.utilization"),
                 0.02);
    /* more than the spindle can take in the long run: the cache is full and writes wait for the spindle */
    const struct scenario_result *flood =
        simulate("kind: hdd, spindles: 1, read: 7 ms, write: 12 ms, write_cache: yes, cache: 64 KiB",
                 "kind: pass-through", "closed: {users: 9}, steps: [{on: a, write: {disk: c, size: 8 KiB}}]");
    assert_close(hostsim_mean(flood, "workload.w.throughput_per_s"), 1.0 / 0.012, 0.05);
}

/* A large cache takes an hour to fill: long before, its fast answers must not be taken for a steady state. */
static void test_a_cache_that_fills_without_end_is_saturation(void **state)
{
    (void)state;
    static const char *const rates[] = {"60", "100"}; /* of 83 /s that the spindle can do */
    for (int i = 0; i < 2; i++) {
        const char *w = arena_printf(
            arena, "arrivals: {rate: %s /s}, steps: [{on: a, write: {disk: c, size: 8 KiB}}]", rates[i]);
        const struct result *r =
            hostsim_run(arena,
                        storage_model("2008r2", "ws2008",
                                      "kind: hdd, spindles: 1, read: 7 ms, write: 12 ms, write_cache: yes",
                                      "kind: pass-through", w),
                        0.02);
        assert_int_equal(r->scenario[0].saturated, i);
        assert_int_equal(hosttest_warned(r, "W301", "disk.HV.d"), i);
    }
}

/* 2008 R2: one channel of 256 places a controller whatever the VM's size; 2012 R2: one more for each 16 vCPUs. */
static double outstanding(const char *version, const char *os, int vcpus)
{
    const struct run *run = hosttest_run(
        hostsim_modelf(
            arena,
            "schema: hvplan.model/1\n"
            "hosts: {HV: {cpu: {sockets: 1, cores: 32, slat: yes}, hypervisor: %s, disks: {d: {kind: ssd, "
            "channels: 1000, read: {mean: 300 ms, scv: 0}, write: 1 ms}}}}\n"
            "vms: {a: {host: HV, os: %s, vcpus: %d, disks: {c: {on: d, kind: pass-through}}}}\n"
            "workloads: {w: {closed: {users: 700}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}}\n",
            version, os, vcpus),
        5.2);
    return station_present(run->host[0].disk[0].station);
}

static void test_a_channel_has_256_places(void **state)
{
    (void)state;
    assert_close(outstanding("2008r2", "ws2008", 4), 256.0, 1e-9);
    assert_close(outstanding("2012r2", "ws2012", 16), 256.0, 1e-9);
    assert_close(outstanding("2012r2", "ws2012", 17), 512.0, 1e-9);
}

static void test_metadata_of_dynamic_disks_visits_the_spindles(void **state)
{
    (void)state;
    const char *disk = "kind: hdd, spindles: 4, read: {mean: 6 ms, scv: 0}, write: {mean: 6 ms, scv: 0}";
    const char *w = "arrivals: {rate: 40 /s}, steps: [{on: a, write: {disk: c, size: 8 KiB}}]";
    const double fixed = hostsim_mean(simulate(disk, "kind: fixed-vhd", w), "disk.HV.d.utilization");
    const struct scenario_result *s = simulate(disk, "kind: dynamic-vhd", w);
    const double dynamic = hostsim_mean(s, "disk.HV.d.utilization");
    assert_close(fixed, 40.0 * 0.006 / 4.0, 0.02);
    assert_true(dynamic > 1.05 * fixed);
    /* the root sees the visits, each of 6 ms */
    assert_close(hostsim_mean(s, "disk.HV.d.iops"), 40.0 * dynamic / fixed, 0.02);
}

/* A write cache takes metadata writes as it takes data: the spindles have the same work, but nobody waits for it. Of 5 writes
 * one allocates (0.25 ms in the cache for its metadata), of 25 operations one reads the map (6 ms). */
static void test_metadata_writes_go_through_the_write_cache(void **state)
{
    (void)state;
    const char *plain = "kind: hdd, spindles: 4, read: {mean: 6 ms, scv: 0}, write: {mean: 6 ms, scv: 0}";
    const char *disk = arena_printf(arena, "%s, write_cache: yes", plain);
    const char *w = "arrivals: {rate: 40 /s}, steps: [{on: a, write: {disk: c, size: 8 KiB}}]";
    const struct scenario_result *fixed = simulate(disk, "kind: fixed-vhd", w);
    const struct scenario_result *s = simulate(disk, "kind: dynamic-vhd", w);
    const struct scenario_result *through = simulate(plain, "kind: dynamic-vhd", w);
    const double more =
        hostsim_mean(s, "workload.w.response_s") - hostsim_mean(fixed, "workload.w.response_s");
    assert_close(more, 0.2 * 250e-6 + 0.04 * 6e-3 + 5e-6, 0.05);
    assert_close(hostsim_mean(s, "disk.HV.d.utilization"), hostsim_mean(through, "disk.HV.d.utilization"),
                 0.02);
    assert_close(hostsim_mean(s, "disk.HV.d.iops"), hostsim_mean(through, "disk.HV.d.iops"), 0.02);
}

/* The emulated controller stops the VP until the worker process has answered: what else runs there stops, too. */
/* A stripe unit smaller than such a read makes several parts of it: the operation goes on when the last of them is there. */
static void test_metadata_reads_are_striped(void **state)
{
    (void)state;
    const struct scenario_result *s =
        simulate("kind: hdd, spindles: 4, stripe: 4 KiB, read: {mean: 6 ms, scv: 0}",
                 "kind: fixed-vhd, fragmentation: 1",
                 "closed: {users: 3}, steps: [{on: a, read: {disk: c, size: 4 KiB, count: 2}}]");
    const double rate = hostsim_mean(s, "workload.w.throughput_per_s");
    assert_close(hostsim_mean(s, "workload.w.response_s"), 3.0 / rate, 0.02);
    const double part = 6e-3 - 4096.0 / 100e6; /* two of 4 KiB for the further visit, and one */
    assert_close(hostsim_mean(s, "disk.HV.d.utilization"), 2.0 * rate * 3.0 * part / 4.0, 0.02);
}

static void test_emulated_controller_suspends_the_vp(void **state)
{
    (void)state;
    static const char *const controllers[] = {"scsi", "ide"};
    double root[2], idle_gap[2];
    for (int i = 0; i < 2; i++) {
        const struct model *m = hostsim_modelf(
            arena,
            "schema: hvplan.model/1\n"
            "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2008r2, disks: {d: {kind: ssd, channels: "
            "8, read: 300 us, "
            "write: 300 us}}}}\n"
            "vms: {a: {host: HV, os: ws2003, integration: %s, vcpus: 1, disks: {c: {on: d, kind: fixed-vhd, "
            "controller: %s}}}}\n"
            "workloads:\n"
            "  io: {arrivals: {rate: 400 /s}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}\n"
            "  busy: {closed: {users: 1}, steps: [{on: a, cpu: 20 ms}]}\n",
            i ? "no" : "yes", controllers[i]);
        const struct scenario_result *s = &hostsim_run(arena, m, 0.03)->scenario[0];
        root[i] = hostsim_mean(s, "host.HV.root.cpu");
        idle_gap[i] = hostsim_mean(s, "vm.a.guest_processor_time") -
                      hostsim_mean(s, "vm.a.vcpu.utilization") - hostsim_mean(s, "vm.a.ready");
    }
    assert_true(root[1] > 2.0 * root[0]);
    assert_true(idle_gap[0] < 0.002); /* never suspended */
    assert_close(idle_gap[1], root[1] - root[0], 0.05);
}

static void test_load_of_others_fills_a_shared_lun(void **state)
{
    (void)state;
    const struct scenario_result *s = simulate(
        "kind: san, spindles: 5, read: 6 ms, write: 6 ms, outside_iops: 290 /s", "kind: pass-through",
        "arrivals: {rate: 10 /s}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]");
    assert_close(hostsim_mean(s, "disk.HV.d.utilization"), 300.0 * 0.006 / 5.0, 0.01);
    assert_close(hostsim_mean(s, "disk.HV.d.iops"), 10.0, 0.03); /* the host does not see them */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_raid_multiplies_writes),
        HOSTTEST(test_write_cache_answers_at_once_and_works_behind),
        HOSTTEST(test_a_cache_that_fills_without_end_is_saturation),
        HOSTTEST(test_a_channel_has_256_places),
        HOSTTEST(test_metadata_of_dynamic_disks_visits_the_spindles),
        HOSTTEST(test_metadata_writes_go_through_the_write_cache),
        HOSTTEST(test_metadata_reads_are_striped),
        HOSTTEST(test_emulated_controller_suspends_the_vp),
        HOSTTEST(test_load_of_others_fills_a_shared_lun),
    };
    return cmocka_run_group_tests_name("storage", tests, NULL, NULL);
}
