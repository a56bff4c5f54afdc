/* test_vdisk.c - ways of virtual disks: controllers, kinds around the root, sectors, storage QoS. */
#include "tests/support/hosttest.h"

#define SSD "kind: ssd, channels: 1000, read: {mean: 300 ms, scv: 0}"

/* ---- controllers ---- */

/* Operations at the device with 150 users on each of two virtual disks. */
static const struct run *two_disks(const char *version, const char *os, int vcpus, const char *second)
{
    return hosttest_run(
        hostsim_modelf(
            arena,
            "schema: hvplan.model/1\n"
            "hosts: {HV: {cpu: {sockets: 1, cores: 32, slat: yes}, hypervisor: %s, disks: {d: {" SSD "}}}}\n"
            "vms: {a: {host: HV, os: %s, vcpus: %d, disks: {c: {kind: pass-through}, e: {kind: "
            "pass-through, %s}}}}\n"
            "workloads:\n"
            "  w: {closed: {users: 150}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}\n"
            "  v: {closed: {users: 150}, steps: [{on: a, read: {disk: e, size: 8 KiB}}]}\n",
            version, os, vcpus, second),
        5.2);
}

static int at_device(const struct run *run)
{
    return station_present(run->host[0].disk[0].station);
}

static int in_channel(const struct run *run, enum controller c, int number)
{
    const struct station *s = run->vm[0].channel[c][number];
    return s ? station_waiting(s) : -1;
}

static void test_two_controllers_take_what_one_does_not(void **state)
{
    (void)state;
    const struct run *one = two_disks("2008r2", "ws2008", 4, "controller_number: 0");
    assert_int_equal(at_device(one), 256);
    assert_int_equal(in_channel(one, CTRL_SCSI, 0), 44);
    const struct run *two = two_disks("2008r2", "ws2008", 4, "controller_number: 3");
    assert_int_equal(at_device(two), 300);
    assert_int_equal(in_channel(two, CTRL_SCSI, 0), 0);
    assert_int_equal(in_channel(two, CTRL_SCSI, 3), 0);
    assert_int_equal(in_channel(two, CTRL_IDE, 0), -1);
}

/* IDE has one channel however many VPs there are. */
static void test_ide_has_one_channel(void **state)
{
    (void)state;
    const char *workload = "  w: {closed: {users: 300}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}\n";
    static const char *const controllers[] = {"scsi", "ide"};
    static const int places[] = {300, 256};
    for (int i = 0; i < 2; i++) {
        const struct run *run = hosttest_run(
            hostsim_modelf(arena,
                           "schema: hvplan.model/1\n"
                           "hosts: {HV: {cpu: {sockets: 1, cores: 32, slat: yes}, hypervisor: 2012r2, disks: "
                           "{d: {" SSD "}}}}\n"
                           "vms: {a: {host: HV, os: ws2012, vcpus: 17, disks: {c: {kind: pass-through, "
                           "controller: %s, controller_number: 1}}}}\n"
                           "workloads:\n%s",
                           controllers[i], workload),
            5.2);
        assert_int_equal(at_device(run), places[i]);
    }
}

/* 100 us of interrupt work an operation: vCPU 0 carries it all on 2008 R2, every vCPU its part from 2012 on. */
static const struct run *completions(const char *version, const char *os)
{
    struct model *m = hosttest_neutral(hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 8, slat: yes}, hypervisor: %s, disks: {d: {kind: ssd, "
        "channels: "
        "64, read: {mean: 100 us, scv: 0}}}}}\n"
        "vms: {a: {host: HV, os: %s, vcpus: 4, disks: {c: {kind: pass-through}}}}\n"
        "workloads: {w: {closed: {users: 64}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}}\n",
        version, os));
    m->overhead[mechanism_param_index("disk_path", "guest")] = 200e3;
    return hosttest_run(m, 5.0);
}

static double busy(const struct run *run, int vp)
{
    return run->vm[0].vp[vp].guest_ns / (double)run->sim.now;
}

static void test_completions_make_vcpu_0_the_bottleneck(void **state)
{
    (void)state;
    const struct run *before = completions("2008r2", "ws2008"), *after = completions("2012r2", "ws2012");
    assert_close(busy(before, 0), 1.0, 0.001);
    for (int i = 0; i < 4; i++)
        assert_close(busy(after, i), 1.0, 0.001);
    assert_true(busy(before, 1) + busy(before, 2) + busy(before, 3) < 1.5);
    /* all completions there, and now and then the start of an operation, when no other VP is idle */
    const double rate = (double)before->workload[0].finished / 5.0;
    assert_true(rate > 8000.0 && rate < 10000.0);
    assert_close((double)after->workload[0].finished / 5.0, 4.0 * 1e9 / 200e3, 0.001);
}

/* An IDE controller takes 128 KiB at a time: a read of 1 MiB is eight operations, the last seven behind the first. */
static void test_ide_makes_several_of_a_large_one(void **state)
{
    (void)state;
    double iops[2], response[2];
    static const char *const controllers[] = {"scsi", "ide"};
    for (int i = 0; i < 2; i++) {
        const struct scenario_result *s =
            &hostsim_run(
                 arena,
                 hostsim_modelf(
                     arena,
                     "schema: hvplan.model/1\n"
                     "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2008r2, disks: {d: {read: {mean: "
                     "7 ms, scv: 0}, transfer: 80 MB/s}}}}\n"
                     "vms: {a: {host: HV, os: ws2008, disks: {c: {kind: pass-through, controller: %s}}}}\n"
                     "workloads: {w: {arrivals: {rate: 3 /s, scv: 0}, steps: [{on: a, read: {disk: c, size: "
                     "1 "
                     "MiB}}]}}\n",
                     controllers[i]),
                 0.02)
                 ->scenario[0];
        iops[i] = hostsim_mean(s, "disk.HV.d.iops");
        response[i] = hostsim_mean(s, "workload.w.response_s");
    }
    assert_close(iops[0], 3.0, 0.02);
    assert_close(iops[1], 24.0, 0.02);
    /* 0.3 ms of command time, the path's 0.335 ms and CPU for each of seven more; the disk turns no further */
    assert_close(response[1] - response[0], 7.0 * (0.3e-3 + 0.335e-3 + 36e-6), 0.05);
}

/* ---- kinds ---- */

static const struct scenario_result *kind_of(const char *version, const char *kind)
{
    return &hostsim_run(
                arena,
                hostsim_modelf(
                    arena,
                    "schema: hvplan.model/1\n"
                    "hosts: {HV: {cpu: {sockets: 1, cores: 4, slat: yes}, hypervisor: %s, disks: {d: "
                    "{kind: san, spindles: 8, read: {mean: 2 ms, scv: 0}}}}}\n"
                    "vms: {a: {host: HV, os: ws2016, disks: {c: {kind: %s}}}}\n"
                    "workloads: {w: {arrivals: {rate: 40 /s, scv: 0}, steps: [{on: a, read: {disk: c, "
                    "size: 8 KiB}}]}}\n",
                    version, kind),
                0.02)
                ->scenario[0];
}

static void test_virtual_fc_acts_as_pass_through(void **state)
{
    (void)state;
    assert_close(hostsim_mean(kind_of("2016", "virtual-fc"), "workload.w.response_s"),
                 hostsim_mean(kind_of("2016", "pass-through"), "workload.w.response_s"), 1e-12);
}

static void test_an_assigned_disk_goes_around_the_root(void **state)
{
    (void)state;
    const struct scenario_result *s = kind_of("2016", "direct");
    assert_true(hostsim_mean(s, "host.HV.root.cpu") <= 0.0);
    assert_close(hostsim_row(s, "w", "disk.HV.d").service_s, 2e-3, 1e-9);
    assert_true(hostsim_row(s, "w", "disk.HV.d").overhead_s <= 0.0);
    const double interrupt_s = hostsim_mean(s, "workload.w.response_s") - 2e-3;
    assert_true(interrupt_s > 0.0 && interrupt_s < 5e-6);
    assert_true(hostsim_mean(kind_of("2016", "pass-through"), "host.HV.root.cpu") > 0.0);
}

/* ---- sectors ---- */

/* Random writes of 4 KiB on one spindle, one at a time. */
static double writes(const char *sectors, const char *vdisk)
{
    const struct model *m = hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 4, slat: yes}, hypervisor: 2012r2, disks: {d: {sectors: %s, "
        "read: "
        "{mean: 8 ms, scv: 0}, write: {mean: 8 ms, scv: 0}}}}}\n"
        "vms: {a: {host: HV, os: ws2012, disks: {c: {%s, allocated: 100 %%}}}}\n"
        "workloads: {w: {closed: {users: 8}, steps: [{on: a, write: {disk: c, size: 4 KiB}}]}}\n",
        sectors, vdisk);
    return hosttest_mean(m, 0.02, "workload.w.throughput_per_s");
}

/* 2 reads and 2 writes of a misaligned 4 KiB: a quarter of the rate; the map misses of both formats are the same. */
static void test_a_vhd_on_512e_sectors_writes_at_a_quarter(void **state)
{
    (void)state;
    const double vhdx = writes("512e", "kind: dynamic-vhdx"), vhd = writes("512e", "kind: dynamic-vhd");
    const double miss = 0.04, map = miss * 8.0,
                 write = 8.0 - 4096.0 / 100e6 * 1e3; /* 4 KiB less of transfer */
    assert_close(vhd / vhdx, (write + map) / (write + 3.0 * 8.0 + map), 0.01);
    assert_close(writes("512", "kind: dynamic-vhd"), vhdx, 0.01);
    assert_close(writes("512e", "kind: dynamic-vhd, misaligned: no"), vhdx, 0.01);
}

/* 512 KiB over eight spindles begin and end inside a sector once each: 2 reads and a write more in all, not of every part. */
static void test_only_the_ends_of_a_striped_write_meet_a_border(void **state)
{
    (void)state;
    double ms[2];
    for (int i = 0; i < 2; i++)
        ms[i] =
            1e3 *
            hosttest_mean(
                hostsim_modelf(arena,
                               "schema: hvplan.model/1\n"
                               "hosts: {HV: {cpu: {cores: 4, slat: yes}, hypervisor: 2012r2, disks: {d: "
                               "{spindles: 8, sectors: %s, read: {mean: 8 ms, scv: 0}}}}}\n"
                               "vms: {a: {host: HV, os: ws2012, disks: {c: {kind: fixed-vhdx, misaligned: "
                               "yes}}}}\n"
                               "workloads: {w: {closed: {users: 1}, steps: [{on: a, write: {disk: c, size: "
                               "512 KiB}}]}}\n",
                               i ? "512e" : "512"),
                0.02, "workload.w.response_s");
    assert_close(ms[1] - ms[0], 3.0 * 8.0 / 8.0, 1e-3);
}

/* ---- storage QoS ---- */

static struct model *limited(const char *limits, const char *size, const char *load)
{
    return hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 4, slat: yes}, hypervisor: 2012r2, disks: {d: {kind: "
        "ssd, channels: 8, read: 200 us, transfer: 2 GB/s}}}}\n"
        "vms: {a: {host: HV, os: ws2012, disks: {c: {kind: fixed-vhdx%s}}}}\n"
        "workloads: {w: {%s, steps: [{on: a, read: {disk: c, size: %s}}]}}\n",
        limits, load, size);
}

static void test_a_maximum_caps_in_units_of_8_kib(void **state)
{
    (void)state;
    static const struct {
        const char *size;
        double units;
    } cases[] = {{"512 B", 1.0}, {"8 KiB", 1.0}, {"9 KiB", 2.0}, {"64 KiB", 8.0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct run *run =
            hosttest_run(limited(", maximum_iops: 730 /s", cases[i].size, "closed: {users: 16}"), 60.0);
        const double ops = (double)run->workload[0].finished;
        assert_close(ops / 60.0, 730.0 / cases[i].units, 0.003);
        assert_close(run->workload[0].response_ns / ops, 16.0 * cases[i].units / 730.0 * 1e9, 0.005);
    }
    const struct scenario_result *s =
        &hostsim_run(arena, limited(", maximum_iops: 730 /s", "8 KiB", "closed: {users: 16}"), 0.02)
             ->scenario[0];
    /* it waits in the root, for the disk's sake */
    assert_true(hostsim_row(s, "w", "disk.HV.d").wait_s > 0.9 * hostsim_mean(s, "workload.w.response_s"));
}

/* 32 units each: what the first of them take from the full bucket is no part of the mean, so the run must last. */
static void test_a_run_is_long_enough_for_a_maximum(void **state)
{
    (void)state;
    const struct model *m = limited(", maximum_iops: 500 /s", "256 KiB", "closed: {users: 8}");
    const struct scenario_result *s = &hostsim_run(arena, m, 0.02)->scenario[0];
    assert_close(hostsim_mean(s, "workload.w.response_s"), 8.0 * 32.0 / 500.0, 0.01);
    assert_close(hostsim_mean(s, "workload.w.throughput_per_s"), 500.0 / 32.0, 0.01);
}

/* Below the maximum, operations that come at random are not held back. */
static void test_a_maximum_does_not_slow_what_is_below(void **state)
{
    (void)state;
    const char *load = "arrivals: {rate: 300 /s}";
    const double free = hosttest_mean(limited("", "8 KiB", load), 0.01, "workload.w.response_s");
    const double capped =
        hosttest_mean(limited(", maximum_iops: 730 /s", "8 KiB", load), 0.01, "workload.w.response_s");
    assert_close(capped, free, 0.02);
}

/* The minimum is an alert only; the maximum is named where the wait would look like the disk's. */
static void test_limits_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *limits, *load;
        bool minimum, maximum;
    } cases[] = {{", minimum_iops: 60000 /s", "closed: {users: 64}", true, false},
                 {", minimum_iops: 3000 /s", "closed: {users: 64}", false, false},
                 {", minimum_iops: 3000 /s", "arrivals: {rate: 40 /s}", false, false}, /* it wants no more */
                 {", maximum_iops: 730 /s", "closed: {users: 16}", false, true},
                 {", maximum_iops: 730 /s", "arrivals: {rate: 300 /s}", false, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct result *r = hostsim_run(arena, limited(cases[i].limits, "8 KiB", cases[i].load), 0.02);
        assert_int_equal(hosttest_warned(r, "W309", "disk c of VM a"), cases[i].minimum);
        assert_int_equal(hosttest_warned(r, "W310", "held at its maximum of 730"), cases[i].maximum);
        assert_int_equal(isnan(r->scenario[0].bound[0].second_opinion), i >= 3);
        assert_false(hosttest_warned(r, "W303", "w"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_two_controllers_take_what_one_does_not),
        HOSTTEST(test_ide_has_one_channel),
        HOSTTEST(test_completions_make_vcpu_0_the_bottleneck),
        HOSTTEST(test_ide_makes_several_of_a_large_one),
        HOSTTEST(test_virtual_fc_acts_as_pass_through),
        HOSTTEST(test_an_assigned_disk_goes_around_the_root),
        HOSTTEST(test_a_vhd_on_512e_sectors_writes_at_a_quarter),
        HOSTTEST(test_only_the_ends_of_a_striped_write_meet_a_border),
        HOSTTEST(test_a_maximum_caps_in_units_of_8_kib),
        HOSTTEST(test_a_run_is_long_enough_for_a_maximum),
        HOSTTEST(test_a_maximum_does_not_slow_what_is_below),
        HOSTTEST(test_limits_are_named),
    };
    return cmocka_run_group_tests_name("vdisk", tests, NULL, NULL);
}
