/* test_iscsi.c - storage that becomes network load: an initiator in the guest or on a physical machine. */
#include "tests/support/hosttest.h"

static struct model *iscsi(const char *machine, const char *lun, const char *workloads)
{
    return hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: %s, disks: {lun: {kind: san, "
        "spindles: 32, read: {mean: 1 ms, scv: 0}%s}, local: {kind: hdd, read: 6 ms}}, nics: {n: "
        "{speed: 1 Gbps}}}}\n"
        "vms: {a: {host: HV, os: ws2008, disks: {c: {kind: iscsi, on: lun}, d: {on: local}}, nics: "
        "{e: {}}}}\n"
        "workloads:\n%s",
        machine, lun, workloads);
}

/* 1460 of 1538 bytes on the wire are payload: 118.7 MB/s at 1 Gb/s; 64 KiB and the header go in two chunks of 23 packets. */
static void test_a_gigabit_link_limits_reads(void **state)
{
    (void)state;
    static const char *const machines[] = {"2008r2", "none"};
    for (int i = 0; i < 2; i++) {
        struct model *m = iscsi(
            machines[i], "", "  w: {closed: {users: 24}, steps: [{on: a, read: {disk: c, size: 64 KiB}}]}\n");
        const struct run *run = hosttest_run(m, 60.0);
        const double payload = 65536.0 * (double)run->workload[0].finished / 60.0;
        assert_close(payload, 125e6 * 65536.0 / (65584.0 + 46.0 * 78.0), 0.002);
        assert_true(payload > 118e6 && payload < 119e6);
        const struct scenario_result *s = &hostsim_run(arena, m, 0.02)->scenario[0];
        assert_true(hostsim_mean(s, "nic.HV.n.utilization") > 0.97);
        assert_true(hostsim_mean(s, "disk.HV.lun.utilization") < 0.2);
        assert_true(hostsim_row(s, "w", "nic.HV.n").wait_s > 5.0 * hostsim_row(s, "w", "disk.HV.lun").wait_s);
        assert_true(hostsim_row(s, "w", "disk.HV.lun").service_s > 0.9e-3);
    }
}

/* The data of a read come in, those of a write go out. */
static void test_each_way_carries_its_data(void **state)
{
    (void)state;
    static const char *const ops[] = {"read", "write"};
    for (int i = 0; i < 2; i++) {
        const char *w =
            arena_printf(arena,
                         "  w: {arrivals: {rate: 50 /s}, steps: [{on: a, %s: {disk: c, size: 64 KiB, count: "
                         "3}}]}\n",
                         ops[i]);
        const struct run *run = hosttest_run(iscsi("2008r2", "", w), 40.0);
        const struct vnic *nic = &run->vm[0].nic[0];
        const double done = 3.0 * (double)run->workload[0].finished;
        const double data = i ? nic->sent_bytes : nic->received_bytes;
        const double other = i ? nic->received_bytes : nic->sent_bytes;
        assert_close(data, done * (65536.0 + 48.0), 0.002);
        assert_close(other, done * 48.0, 0.002);
        const struct device_counters *k = &run->vm[0].disk[0].done;
        assert_close(i ? k->writes : k->reads, done, 0.002);
    }
}

/* What the root works for an operation is the packets, nothing of the storage path; the guest pays for the initiator. */
static void test_cpu_is_that_of_packets_and_of_the_initiator(void **state)
{
    (void)state;
    static const char *const steps[] = {
        "  w: {arrivals: {rate: 50 /s, scv: 0}, steps: [{on: a, read: {disk: c, size: 16 KiB}}]}\n",
        "  w: {arrivals: {rate: 50 /s, scv: 0}, steps: [{on: a, send: {nic: e, size: 48 B}}, {on: a, "
        "receive: {nic: "
        "e, size: 16432 B}}]}\n"};
    double root[2], guest[2];
    for (int i = 0; i < 2; i++) {
        struct model *m = iscsi("2008r2", "", steps[i]);
        m->overhead[mechanism_param_index("disk_path", "iscsi_operation")] = 70e3;
        m->overhead[mechanism_param_index("disk_path", "iscsi_copy")] = 1e9;
        const struct scenario_result *s = &hostsim_run(arena, m, 0.02)->scenario[0];
        root[i] = hostsim_mean(s, "host.HV.root.cpu");
        guest[i] = hostsim_row(s, "w", "vm.a.vcpu").overhead_s;
    }
    assert_close(root[0], root[1], 1e-6);
    assert_close(guest[0] - guest[1], 70e-6 + 16384e-9, 1e-6);
}

/* A step over several VMs, of which one has the disk in the array and one on the host. */
static void test_members_go_their_own_ways(void **state)
{
    (void)state;
    const struct model *m = hostsim_model(
        arena, "schema: hvplan.model/1\n"
               "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2008r2, disks: {lun: {kind: san, read: "
               "{mean: 1 ms, "
               "scv: 0}}, local: {kind: hdd, read: {mean: 6 ms, scv: 0}}}, nics: {n: {speed: 1 Gbps}}}}\n"
               "vms:\n"
               "  a: {host: HV, os: ws2008, disks: {c: {kind: iscsi, on: lun}}, nics: {e: {}}}\n"
               "  b: {host: HV, os: ws2008, disks: {c: {kind: pass-through, on: local}}}\n"
               "workloads: {w: {arrivals: {rate: 20 /s, scv: 0}, steps: [{on: [a, b], read: {disk: c, size: "
               "8 KiB, count: "
               "2}}]}}\n");
    const struct scenario_result *s = &hostsim_run(arena, m, 0.02)->scenario[0];
    assert_close(hostsim_mean(s, "disk.HV.lun.iops"), 20.0, 0.02);
    assert_close(hostsim_mean(s, "disk.HV.local.iops"), 20.0, 0.02);
    assert_close(hostsim_row(s, "w", "disk.HV.lun").service_s, 1e-3, 0.02);
    assert_close(hostsim_row(s, "w", "disk.HV.local").service_s, 6e-3, 0.02);
}

/* The second opinion knows the loop: one user waits for nobody, so theory is exact. */
static void test_theory_knows_the_loop(void **state)
{
    (void)state;
    struct model *m =
        iscsi("2008r2", "",
              "  w: {closed: {users: 1}, steps: [{on: a, read: {disk: c, size: 8 KiB, count: 5}}]}\n");
    m->overhead[mechanism_param_index("network_path", "signal")] = 0.0;
    const struct scenario_result *s = &hostsim_run(arena, m, 0.02)->scenario[0];
    assert_close(hostsim_mean(s, "workload.w.response_s"), s->bound[0].second_opinion, 0.01);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_a_gigabit_link_limits_reads),
        HOSTTEST(test_each_way_carries_its_data),
        HOSTTEST(test_cpu_is_that_of_packets_and_of_the_initiator),
        HOSTTEST(test_members_go_their_own_ways),
        HOSTTEST(test_theory_knows_the_loop),
    };
    return cmocka_run_group_tests_name("iscsi", tests, NULL, NULL);
}
