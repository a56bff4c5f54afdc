/* test_disks.c - disk_path and physical_disk. */
#include "tests/unit/mechanism/fixture.h"
#include <math.h>

static void a_pass_through_disk_costs_cpu_and_delay_only(void **state)
{
    (void)state;
    const struct fixture f = fixture_default();
    const struct cost c = fixture_disk(&f, DEMAND_IO, 1.0, 8192.0, false, false);
    assert_true(c.guest_ns > 0.0 && c.root_ns > 0.0 && c.latency_ns > 0.0);
    assert_true(c.extra_reads == 0.0 && c.extra_writes == 0.0 && c.exits == 0.0 && c.device_ns == 0.0);
}

/* Field truth 9; F5. */
static void kinds_are_ordered(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    static const enum vdisk_kind slower[] = {VDISK_PASS_THROUGH, VDISK_FIXED_VHD, VDISK_DYNAMIC_VHD,
                                             VDISK_DIFF_VHD};
    f.at.chain = 3;
    double before = 0.0;
    for (int i = 0; i < 4; i++) {
        f.at.vdisk = slower[i];
        const struct cost r = fixture_disk(&f, DEMAND_IO, 1.0, 8192.0, false, false);
        const struct cost w = fixture_disk(&f, DEMAND_IO, 1.0, 8192.0, true, false);
        const double visit = 5e6; /* of the physical disk */
        const double total = r.root_ns + w.root_ns + r.latency_ns + w.latency_ns +
                             visit * (r.extra_reads + r.extra_writes + w.extra_reads + w.extra_writes);
        assert_true(total > before);
        before = total;
    }
}

static void the_modern_stack_delays_less(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "disk_path", "latency_write") = 91e3;
    *fixture_param(&f, "disk_path", "latency_file") = 870e3;
    *fixture_param(&f, "disk_path", "modern_stack") = 0.41;
    f.at.vdisk = VDISK_FIXED_VHD;
    assert_close(fixture_disk(&f, DEMAND_IO, 1.0, 512.0, true, false).latency_ns, 961e3, 1e-14);
    f.at.version = HV_2012;
    assert_close(fixture_disk(&f, DEMAND_IO, 1.0, 512.0, true, false).latency_ns, 0.41 * 961e3, 1e-14);
}

static void allocations_follow_the_block_size(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "disk_path", "allocate_random") = 0.13;
    *fixture_param(&f, "disk_path", "allocate_sequential") = 0.37;
    *fixture_param(&f, "disk_path", "metadata_vhd") = 1.9;
    *fixture_param(&f, "disk_path", "metadata_vhdx") = 0.7;
    f.at.vdisk = VDISK_DYNAMIC_VHD;
    f.at.version = HV_2012R2;
    assert_close(fixture_disk(&f, DEMAND_IO, 1.0, 4096.0, true, false).extra_writes, 0.13 * 1.9, 1e-14);
    assert_close(fixture_disk(&f, DEMAND_IO, 1.0, 1048576.0, true, true).extra_writes, 0.37 * 1.9 / 2.0,
                 1e-14);
    assert_true(fixture_disk(&f, DEMAND_IO, 1.0, 4096.0, false, false).extra_writes == 0.0);
    f.at.vdisk = VDISK_DYNAMIC_VHDX;
    assert_close(fixture_disk(&f, DEMAND_IO, 1.0, 1048576.0, true, true).extra_writes, 0.37 * 0.7 / 32.0,
                 1e-14);
}

/* The share of blocks that exist takes the place of both shares of writes. */
static void what_is_allocated_stays_allocated(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "disk_path", "metadata_vhd") = 1.9;
    f.at.vdisk = VDISK_DYNAMIC_VHD;
    f.at.allocated = 0.83;
    assert_close(fixture_disk(&f, DEMAND_IO, 1.0, 4096.0, true, false).extra_writes, 0.17 * 1.9, 1e-13);
    assert_close(fixture_disk(&f, DEMAND_IO, 1.0, 1048576.0, true, true).extra_writes, 0.17 * 1.9 / 2.0,
                 1e-13);
    f.at.allocated = 1.0;
    assert_true(fixture_disk(&f, DEMAND_IO, 1.0, 4096.0, true, false).extra_writes == 0.0);
    assert_true(fixture_disk(&f, DEMAND_IO, 1.0, 4096.0, false, false).extra_reads >
                0.0); /* the map is there */
}

static void partial_sectors_are_read_first(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    static const struct {
        double bytes, aligned, misaligned; /* ends */
    } cases[] = {{512.0, 1.0, 1.0},  {2048.0, 1.0, 1.375}, {4096.0, 0.0, 2.0},
                 {4608.0, 1.0, 2.0}, {8192.0, 0.0, 2.0},   {1048576.0, 0.0, 2.0}};
    f.at.sectors = SECTORS_512E;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (int m = 0; m < 2; m++) {
            const double ends = m ? cases[i].misaligned : cases[i].aligned;
            f.at.misaligned = m;
            const struct cost c = fixture_disk(&f, DEMAND_IO, 1.0, cases[i].bytes, true, false);
            assert_close(c.sector_reads, ends, 1e-15);
            assert_close(c.sector_writes, fmax(0.0, ends - 1.0), 1e-15);
            assert_true(fixture_disk(&f, DEMAND_IO, 1.0, cases[i].bytes, false, false).sector_reads == 0.0);
            assert_true(fixture_disk(&f, DEMAND_IO, 1.0, cases[i].bytes, true, true).sector_reads == 0.0);
        }
    f.at.sectors = SECTORS_512;
    assert_true(fixture_disk(&f, DEMAND_IO, 1.0, 4096.0, true, false).sector_reads == 0.0);
    f.at.sectors = SECTORS_512E; /* the hardware does so without a hypervisor, too */
    f.at.version = HV_NONE;
    f.at.vdisk = VDISK_PHYSICAL;
    assert_close(fixture_disk(&f, DEMAND_IO, 1.0, 4096.0, true, false).sector_reads, 2.0, 1e-15);
}

static void kinds_around_the_root(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    f.at.version = HV_2016;
    const struct cost pass = fixture_disk(&f, DEMAND_IO, 1.0, 8192.0, false, false);
    f.at.vdisk = VDISK_VIRTUAL_FC;
    const struct cost fc = fixture_disk(&f, DEMAND_IO, 1.0, 8192.0, false, false);
    assert_true(fc.guest_ns == pass.guest_ns && fc.root_ns == pass.root_ns &&
                fc.latency_ns == pass.latency_ns);
    assert_close(cost_hypervisor_ns(&fc), cost_hypervisor_ns(&pass), 1e-15);
    assert_true(fc.extra_reads == 0.0 && fc.extra_writes == 0.0 && fc.root_ns > 0.0);
    f.at.vdisk = VDISK_DIRECT;
    const struct cost direct = fixture_disk(&f, DEMAND_IO, 1.0, 8192.0, false, false);
    assert_true(direct.root_ns == 0.0 && direct.latency_ns == 0.0 && direct.guest_ns == 0.0);
    assert_close(direct.hypervisor_ns[ACCOUNT_HYPERCALL], 0.5 * pass.hypervisor_ns[ACCOUNT_HYPERCALL], 1e-15);
}

static void an_initiator_costs_the_same_everywhere(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "disk_path", "iscsi_operation") = 17e3;
    *fixture_param(&f, "disk_path", "iscsi_copy") = 4e9;
    f.at.vdisk = VDISK_ISCSI;
    f.at.enlightened = false;
    for (int v = HV_NONE; v < HV_VERSIONS; v++) {
        f.at.version = (enum hv_version)v;
        const struct cost c = fixture_disk(&f, DEMAND_IO, 1.0, 8192.0, false, false);
        assert_close(c.guest_ns, 17e3 + 2048.0, 1e-14);
        assert_true(c.root_ns == 0.0 && c.latency_ns == 0.0 && cost_hypervisor_ns(&c) == 0.0);
    }
}

static void chains_lengthen_reads(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    f.at.vdisk = VDISK_DIFF_VHD;
    *fixture_param(&f, "disk_path", "map_miss") = 0.0;
    *fixture_param(&f, "disk_path", "chain_miss") = 0.061;
    assert_true(fixture_disk(&f, DEMAND_IO, 1.0, 4096.0, false, false).extra_reads == 0.0);
    f.at.chain = 7;
    assert_close(fixture_disk(&f, DEMAND_IO, 1.0, 4096.0, false, false).extra_reads, 6 * 0.061, 1e-14);
    assert_true(fixture_disk(&f, DEMAND_IO, 1.0, 4096.0, true, false).extra_reads == 0.0);
    f.at.vdisk = VDISK_FIXED_VHD;
    assert_true(fixture_disk(&f, DEMAND_IO, 1.0, 4096.0, false, false).extra_reads == 0.0);
}

static void emulated_ide_exits_eight_times(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    f.at.controller = CTRL_IDE;
    f.at.vdisk = VDISK_FIXED_VHD;
    const struct cost filtered = fixture_disk(&f, DEMAND_IO, 1.0, 8192.0, false, false);
    assert_true(filtered.exits == 0.0);
    f.at.integration = false;
    const struct cost emulated = fixture_disk(&f, DEMAND_IO, 1.0, 8192.0, false, false);
    assert_close(emulated.exits, 8.0, 1e-15);
    assert_close(emulated.exits_completion, 1.0, 1e-15);
    assert_close(emulated.exit_root_ns, 10e3, 1e-15);
    assert_close(emulated.exit_hypervisor_ns, 2e3, 1e-15);
    assert_close(emulated.hypervisor_ns[ACCOUNT_INTERCEPT], 8.0 * 2e3, 1e-15);
    assert_true(fixture_cpu_ns(&emulated) > 2.0 * fixture_cpu_ns(&filtered));
    /* Port accesses in place of the VMBus signal. */
    assert_true(emulated.hypervisor_ns[ACCOUNT_HYPERCALL] == 0.0 &&
                filtered.hypervisor_ns[ACCOUNT_INTERCEPT] == 0.0);
}

static void fragments_are_counted_once(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    f.at.fragmentation = 0.27;
    f.at.transfer_bytes_per_s = 81.92e6; /* 8 KiB in 0.1 ms */
    f.at.vdisk = VDISK_FIXED_VHD;
    assert_close(fixture_disk(&f, DEMAND_IO, 1.0, 8192.0, false, false).extra_reads, 0.27, 1e-14);
    assert_close(fixture_disk(&f, DEMAND_IO, 1.0, 8192.0, true, false).extra_writes, 0.27, 1e-14);
    assert_close(fixture_disk(&f, DEMAND_DEVICE, 5.3e6, 8192.0, false, false).device_ns, 5.3e6, 1e-14);
    assert_true(fixture_disk(&f, DEMAND_IO, 1.0, 8192.0, false, true).extra_reads == 0.0);
    const double run = *fixture_param(&f, "physical_disk", "hdd_sequential") + 0.1e6;
    assert_close(fixture_disk(&f, DEMAND_DEVICE, 5.3e6, 8192.0, false, true).device_ns, run + 0.27 * 5.2e6,
                 1e-12);
    f.at.vdisk = VDISK_PASS_THROUGH;
    assert_true(fixture_disk(&f, DEMAND_IO, 1.0, 8192.0, false, false).extra_reads == 0.0);
    assert_close(fixture_disk(&f, DEMAND_DEVICE, 5.3e6, 8192.0, false, false).device_ns, 5.3e6 + 0.27 * 5.2e6,
                 1e-12);
}

static void fragments_on_a_san_are_not_seeks(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    f.at.pdisk = PDISK_SAN;
    static const enum vdisk_kind kinds[] = {VDISK_PASS_THROUGH, VDISK_FIXED_VHD};
    for (int i = 0; i < 4; i++) {
        f.at.vdisk = kinds[i / 2];
        const bool run = i % 2;
        f.at.fragmentation = 0.0;
        const double whole = fixture_disk(&f, DEMAND_DEVICE, 5.3e6, 65536.0, false, run).device_ns;
        f.at.fragmentation = 0.9;
        assert_true(fixture_disk(&f, DEMAND_DEVICE, 5.3e6, 65536.0, false, run).device_ns == whole);
        assert_true(fixture_disk(&f, DEMAND_IO, 1.0, 65536.0, false, run).extra_reads == 0.0);
    }
}

static void size_changes_the_transfer_only(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    f.at.transfer_bytes_per_s = 81.92e6;
    assert_close(fixture_disk(&f, DEMAND_DEVICE, 5.3e6, 8192.0, false, false).device_ns, 5.3e6, 1e-15);
    assert_close(fixture_disk(&f, DEMAND_DEVICE, 5.3e6, 65536.0, false, false).device_ns, 6.0e6, 1e-12);
    assert_close(fixture_disk(&f, DEMAND_DEVICE, 5.3e6, 4096.0, false, false).device_ns, 5.25e6, 1e-12);
    /* A fast disk: never under the floor of 20 %. */
    assert_close(fixture_disk(&f, DEMAND_DEVICE, 60e3, 512.0, false, false).device_ns, 12e3, 1e-12);
    assert_true(fixture_disk(&f, DEMAND_DEVICE, 0.0, 8192.0, false, false).device_ns == 0.0);
}

static void kinds_of_disk_have_their_own_transfer_rate(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    static const char *const names[PDISK_KINDS] = {"hdd_rate", "ssd_rate", "san_rate", "nvme_rate"};
    for (int i = 0; i < PDISK_KINDS; i++) {
        f.at.pdisk = (enum pdisk_kind)i;
        *fixture_param(&f, "physical_disk", names[i]) = 57e6 * (i + 1);
        const double more = 1048576.0 / (57e6 * (i + 1)) * 1e9;
        assert_close(fixture_disk(&f, DEMAND_DEVICE, 3.1e6, 1056768.0, false, false).device_ns, 3.1e6 + more,
                     1e-12);
    }
}

static void a_sequential_run_is_never_slower_than_random(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    for (int i = 0; i < PDISK_KINDS; i++) {
        f.at.pdisk = (enum pdisk_kind)i;
        for (double amount = 1e3; amount < 1e8; amount *= 7.0)
            for (double bytes = 512.0; bytes < 1e7; bytes *= 3.0)
                assert_true(fixture_disk(&f, DEMAND_DEVICE, amount, bytes, false, true).device_ns <=
                            fixture_disk(&f, DEMAND_DEVICE, amount, bytes, false, false).device_ns);
    }
    f.at.pdisk = PDISK_HDD;
    assert_true(fixture_disk(&f, DEMAND_DEVICE, 6e6, 65536.0, false, true).device_ns <
                0.25 * fixture_disk(&f, DEMAND_DEVICE, 6e6, 65536.0, false, false).device_ns);
}

static void raid_levels_multiply_writes(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    static const struct {
        int raid;
        double ops;
    } cases[] = {{0, 1}, {1, 2}, {5, 4}, {6, 6}, {10, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        f.at.raid = cases[i].raid;
        assert_close(fixture_disk(&f, DEMAND_DEVICE, 6e6, 8192.0, true, false).device_ops, cases[i].ops,
                     1e-15);
        assert_close(fixture_disk(&f, DEMAND_DEVICE, 6e6, 8192.0, false, false).device_ops, 1.0, 1e-15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pass_through_disk_costs_cpu_and_delay_only),
        cmocka_unit_test(kinds_are_ordered),
        cmocka_unit_test(the_modern_stack_delays_less),
        cmocka_unit_test(allocations_follow_the_block_size),
        cmocka_unit_test(what_is_allocated_stays_allocated),
        cmocka_unit_test(partial_sectors_are_read_first),
        cmocka_unit_test(kinds_around_the_root),
        cmocka_unit_test(an_initiator_costs_the_same_everywhere),
        cmocka_unit_test(chains_lengthen_reads),
        cmocka_unit_test(emulated_ide_exits_eight_times),
        cmocka_unit_test(fragments_are_counted_once),
        cmocka_unit_test(fragments_on_a_san_are_not_seeks),
        cmocka_unit_test(size_changes_the_transfer_only),
        cmocka_unit_test(kinds_of_disk_have_their_own_transfer_rate),
        cmocka_unit_test(a_sequential_run_is_never_slower_than_random),
        cmocka_unit_test(raid_levels_multiply_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
