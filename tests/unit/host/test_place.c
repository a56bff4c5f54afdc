/* test_place.c - overheads where they act: the fixed share, compatibility mode, a server moved into a VM. */
#include "tests/support/hosttest.h"

static const struct scenario_result *on_host(const char *host, const char *vm, const char *more)
{
    return &hostsim_run(
                arena,
                hostsim_modelf(
                    arena,
                    "schema: hvplan.model/1\n"
                    "hosts: {HV: {cpu: {sockets: 1, cores: 2, slat: no}, hypervisor: %s,\n"
                    "  disks: {d: {kind: hdd, spindles: 2, read: 6 ms, write: 6 ms}}}}\n"
                    "vms: {a: {host: HV, os: ws2008, disks: {c: {on: d, kind: %s}}%s}}\n"
                    "workloads: {w: {arrivals: {rate: 20 /s}, steps: [{on: a, cpu: {mean: 20 ms, scv: 0}},"
                    " {read: {disk: c, size: 8 KiB}}, {spawn: 1}]}}\n%s",
                    host, strcmp(host, "none") == 0 ? "physical" : "fixed-vhd", vm, more),
                0.02)
                ->scenario[0];
}

static void test_fixed_share_replaces_every_account(void **state)
{
    (void)state;
    const struct scenario_result *bare = on_host("none", "", "");
    const struct scenario_result *s = on_host("2008r2", ", vcpus: 2", "overheads: {cpu: 15 %}\n");
    const double guest = hostsim_mean(s, "host.HV.lp.guest"),
                 hypervisor = hostsim_mean(s, "host.HV.lp.hypervisor");
    assert_close(guest, hostsim_mean(bare, "host.HV.lp.guest"), 0.05);
    assert_close(hypervisor / guest, 0.15, 0.01); /* of processes, too */
    assert_true(hostsim_mean(s, "host.HV.root.cpu") < 1e-12);
    for (int i = 0; i < s->accounts; i++)
        assert_true(strcmp(s->account[i].account, account_names[ACCOUNT_TIMER]) == 0 ||
                    s->account[i].lps <= 0.0);
}

static void test_compatibility_mode_slows_the_vm(void **state)
{
    (void)state;
    const double plain = hostsim_row(on_host("2008r2", ", vcpus: 2", ""), "w", "vm.a.vcpu").overhead_s;
    const struct scenario_result *slow = on_host("2008r2", ", vcpus: 2, compatibility: yes", "");
    const struct breakdown_row row = hostsim_row(slow, "w", "vm.a.vcpu");
    double values[256];
    assert_true(mechanism_param_count() <= 256);
    mechanism_defaults(values);
    const double loss = values[mechanism_param_index("compatibility", "loss")];
    const double work_s = 0.020 + 1e-9 * values[mechanism_param_index("process_creation", "create_cpu")];
    assert_close(row.overhead_s - plain, work_s * (1.0 / (1.0 - loss) - 1.0), 0.01);
}

/* A physical server moved into a VM: the same demands, and what virtualization adds on top. */
static void test_a_server_moved_into_a_vm_pays_overheads_only(void **state)
{
    (void)state;
    const struct scenario_result *physical = on_host("none", "", ""),
                                 *virtual_ = on_host("2008r2", ", vcpus: 2", "");
    const struct breakdown_row before = hostsim_row(physical, "w", "vm.a.vcpu"),
                               after = hostsim_row(virtual_, "w", "vm.a.vcpu");
    assert_close(after.service_s, before.service_s, 0.001);
    assert_true(before.overhead_s < 1e-12);
    assert_true(after.overhead_s > 0.01 * after.service_s);
    assert_close(hostsim_row(virtual_, "w", "disk.HV.d").service_s,
                 hostsim_row(physical, "w", "disk.HV.d").service_s, 0.03);
    assert_true(hostsim_row(virtual_, "w", "disk.HV.d").overhead_s > 0.0);
    assert_true(hostsim_mean(physical, "host.HV.lp.hypervisor") <= 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_fixed_share_replaces_every_account),
        HOSTTEST(test_compatibility_mode_slows_the_vm),
        HOSTTEST(test_a_server_moved_into_a_vm_pays_overheads_only),
    };
    return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
