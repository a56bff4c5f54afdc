/* test_field_truths_io.c - what every Hyper-V administrator has seen of disks and networks. */
#include "tests/support/hosttest.h"

/* ---- 7: four streaming VMs on one NIC drive its output queue to tens of packets; four NICs clear it ---- */

static const struct model *streaming(const char *nics, const char *on)
{
    const char *vms = "";
    const char *loads = "";
    for (int i = 0; i < 4; i++) {
        const char *nic = strlen(on) > 1 ? arena_printf(arena, "%c", on[i]) : on;
        vms = arena_printf(
            arena, "%s  v%d: {host: HV, os: ws2008r2, vcpus: 1, nics: {n: {kind: synthetic, on: %s}}}\n", vms,
            i, nic);
        loads = arena_printf(arena,
                             "%s  s%d: {arrivals: {rate: 230 /s}, steps: [{on: v%d, cpu: 200 us}, {send: "
                             "{nic: n, size: 120 KiB}}]}\n",
                             loads, i, i);
    }
    return hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 2, cores: 4, slat: yes}, hypervisor: 2008r2, nics: {%s}}}\n"
        "vms:\n%sworkloads:\n%s",
        nics, vms, loads);
}

static void test_streams_fill_one_output_queue_and_four_nics_clear_it(void **state)
{
    (void)state;
    const char *four = "a: {speed: 1 Gbps}, b: {speed: 1 Gbps}, c: {speed: 1 Gbps}, d: {speed: 1 Gbps}";
    const struct result *one = hostsim_run(arena, streaming("a: {speed: 1 Gbps}", "a"), 0.05);
    const struct result *each = hostsim_run(arena, streaming(four, "abcd"), 0.05);
    assert_true(hostsim_mean(&one->scenario[0], "nic.HV.a.output_queue_packets") > 20.0);
    assert_true(hostsim_mean(&each->scenario[0], "nic.HV.a.output_queue_packets") < 5.0);
    assert_string_equal(one->scenario[0].bottleneck.resource, "nic.HV.a");
}

/* ---- 8: guest to guest on one host leaves the NIC idle and costs CPU instead ---- */

static void test_guest_to_guest_never_meets_the_nic(void **state)
{
    (void)state;
    const char *yaml = "schema: hvplan.model/1\n"
                       "hosts: {HV: {cpu: {sockets: 1, cores: 4, slat: yes}, hypervisor: 2008r2, nics: {lan: "
                       "{speed: 1 Gbps}}}}\n"
                       "vms:\n"
                       "  a: {host: HV, os: ws2008r2, vcpus: 1, nics: {n: {kind: synthetic, on: lan}}}\n"
                       "  b: {host: HV, os: ws2008r2, vcpus: 1, nics: {n: {kind: synthetic, on: lan}}}\n"
                       "workloads: {w: {arrivals: {rate: 400 /s}, steps: [{on: a, cpu: 100 us}, {send: {nic: "
                       "n, size: 64 KiB%s}}]}}\n";
    const struct result *out = hostsim_run(arena, hostsim_modelf(arena, yaml, ""), 0.02);
    const struct result *in = hostsim_run(arena, hostsim_modelf(arena, yaml, ", to: b"), 0.02);
    assert_true(hostsim_mean(&out->scenario[0], "nic.HV.lan.utilization") > 0.2);
    assert_close(hostsim_mean(&in->scenario[0], "nic.HV.lan.utilization"), 0.0, 1e-12);
    assert_true(hostsim_mean(&in->scenario[0], "vm.b.cpu") > 0.01);
}

/* ---- 9: pass-through beats fixed VHD beats dynamic VHD; at depth 1 the loss is latency, not capacity ---- */

static const struct model *disk_loop(const char *kind, int users, const char *hypervisor)
{
    return hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 4, cores: 4, slat: no}, hypervisor: %s,\n"
        "  disks: {d: {kind: hdd, spindles: 8, raid: 0, read: 5.4066 ms, write: 0.2544 ms}}}}\n"
        "vms: {a: {host: HV, os: ws2008, vcpus: %d, disks: {c: {kind: %s, on: d}}}}\n"
        "workloads:\n"
        "  r: {closed: {users: %d, think: 0 s}, steps: [{on: a, read: {disk: c, size: 8 KiB, count: 2}},\n"
        "       {write: {disk: c, size: 8 KiB}}]}\n",
        hypervisor, strcmp(hypervisor, "none") ? 4 : 16, kind, users);
}

static double cycles(const char *kind, int users, const char *hypervisor)
{
    const struct result *r = hostsim_run(arena, disk_loop(kind, users, hypervisor), 0.01);
    return hostsim_mean(&r->scenario[0], "workload.r.throughput_per_s");
}

static void test_disk_formats_in_order(void **state)
{
    (void)state;
    const double native = cycles("physical", 1, "none");
    const double pass = cycles("pass-through", 1, "2008");
    const double fixed = cycles("fixed-vhd", 1, "2008");
    const double dynamic = cycles("dynamic-vhd", 1, "2008");
    assert_true(native > pass && pass > fixed && fixed > dynamic);
}

/* One I/O outstanding, two reads to one write: 269.73 -> 250.47 operations/s on pass-through (BizTalk guide, A3). */
static void test_pass_through_at_depth_one_loses_seven_per_cent(void **state)
{
    (void)state;
    assert_close(3.0 * cycles("physical", 1, "none"), 269.73, 0.02);
    assert_close(3.0 * cycles("pass-through", 1, "2008"), 250.47, 0.02);
}

static void test_deep_queue_loses_almost_nothing(void **state)
{
    (void)state;
    const double native = cycles("physical", 64, "none");
    assert_close(cycles("pass-through", 64, "2008"), native, 0.02);
}

/* ---- 10: an emulated NIC or IDE disk costs root CPU and time per operation; the synthetic one far less ---- */

static const struct model *emulation(const char *disk, const char *nic, const char *integration)
{
    return hostsim_modelf(arena,
                          "schema: hvplan.model/1\n"
                          "hosts: {HV: {cpu: {sockets: 1, cores: 4, slat: yes}, hypervisor: 2008r2, nics: "
                          "{lan: {speed: 1 Gbps}},\n"
                          "  disks: {d: {kind: ssd, channels: 8, read: 100 us, write: 100 us}}}}\n"
                          "vms: {a: {host: HV, os: ws2008, integration: %s, vcpus: 1, disks: {c: {kind: "
                          "fixed-vhd, on: d, controller: %s}},\n"
                          "  nics: {n: {kind: %s, on: lan}}}}\n"
                          "workloads: {w: {arrivals: {rate: 100 /s}, steps: [{on: a, cpu: 1 ms}, {read: "
                          "{disk: c, size: 8 KiB}},\n"
                          "  {send: {nic: n, size: 8 KiB}}]}}\n",
                          integration, disk, nic);
}

static void test_emulated_devices_cost_root_cpu_and_time(void **state)
{
    (void)state;
    const struct model *synthetic = emulation("ide", "synthetic", "yes");
    const struct result *nic = hostsim_pair(arena, synthetic, emulation("ide", "emulated", "yes"), 0.02);
    const struct result *ide = hostsim_pair(arena, synthetic, emulation("ide", "synthetic", "no"), 0.02);
    const double root = hostsim_mean(&nic->scenario[0], "host.HV.root.cpu");
    assert_true(hostsim_mean(&nic->scenario[1], "host.HV.root.cpu") > 1.5 * root);
    assert_true(hostsim_mean(&ide->scenario[1], "host.HV.root.cpu") > 1.5 * root);
    enum verdict verdict;
    hostsim_delta(nic, "workload.w.response_s", NULL, &verdict);
    assert_int_equal(verdict, VERDICT_WORSE);
    hostsim_delta(ide, "workload.w.response_s", NULL, &verdict);
    assert_int_equal(verdict, VERDICT_WORSE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_streams_fill_one_output_queue_and_four_nics_clear_it),
        HOSTTEST(test_guest_to_guest_never_meets_the_nic),
        HOSTTEST(test_disk_formats_in_order),
        HOSTTEST(test_pass_through_at_depth_one_loses_seven_per_cent),
        HOSTTEST(test_deep_queue_loses_almost_nothing),
        HOSTTEST(test_emulated_devices_cost_root_cpu_and_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
