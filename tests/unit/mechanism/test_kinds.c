/* test_kinds.c - rows of versions, guest systems and kinds. */
#include "model/base/text.h"
#include "model/mechanism/kinds.h"
#include "tests/support/support.h"
#include <string.h>

static void assert_names(const struct kind_row *rows, size_t n, const char *const *names)
{
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(rows[i].name, names[i]);
        assert_true(strlen(rows[i].doc) > 10 && rows[i].doc[strlen(rows[i].doc) - 1] == '.');
        assert_true(strlen(rows[i].source) > 4);
        assert_true(rows[i].since >= HV_NONE && rows[i].since < HV_VERSIONS);
    }
}

static void kinds_have_the_words_of_the_files(void **state)
{
    (void)state;
    assert_names(scheduler_rows, SCHED_KINDS, (const char *const[]){"classic", "core", "root"});
    assert_names(placement_rows, PLACE_KINDS, (const char *const[]){"any", "last", "stay"});
    assert_names(queues_rows, QUEUES_KINDS, (const char *const[]){"shared", "per-lp"});
    assert_names(vendor_rows, VENDOR_KINDS, (const char *const[]){"intel", "amd"});
    assert_names(controller_rows, CTRL_KINDS, (const char *const[]){"scsi", "ide"});
    assert_names(vdisk_rows, VDISK_KINDS,
                 (const char *const[]){"physical", "pass-through", "fixed-vhd", "dynamic-vhd",
                                       "differencing-vhd", "fixed-vhdx", "dynamic-vhdx", "differencing-vhdx",
                                       "virtual-fc", "direct", "iscsi"});
    assert_names(sectors_rows, SECTORS_KINDS, (const char *const[]){"512", "512e", "4k"});
    assert_names(vnic_rows, VNIC_KINDS, (const char *const[]){"physical", "synthetic", "emulated", "sr-iov"});
    assert_names(switch_rows, SWITCH_KINDS, (const char *const[]){"external", "internal", "private"});
    assert_names(balance_rows, BALANCE_KINDS, (const char *const[]){"port", "hash"});
    assert_names(pdisk_rows, PDISK_KINDS, (const char *const[]){"hdd", "ssd", "san", "nvme"});
    assert_names(pqueue_rows, PQUEUE_KINDS, (const char *const[]){"shared", "per-spindle"});
    assert_names(defragment_rows, DEFRAGMENT_KINDS, (const char *const[]){"no", "guest", "host", "both"});
}

static void only_physical_devices_are_native(void **state)
{
    (void)state;
    for (int i = 0; i < VDISK_KINDS; i++)
        assert_true(vdisk_rows[i].native == (i == VDISK_PHYSICAL));
    for (int i = 0; i < VNIC_KINDS; i++)
        assert_true(vnic_rows[i].native == (i == VNIC_PHYSICAL));
    assert_int_equal(vdisk_rows[VDISK_DIFF_VHDX].since, HV_2012);
    assert_int_equal(vnic_rows[VNIC_SRIOV].since, HV_2012);
    assert_int_equal(scheduler_rows[SCHED_CORE].since, HV_2016);
}

static void versions_have_names_and_sources(void **state)
{
    (void)state;
    static const char *const names[HV_VERSIONS] = {"none", "2008", "2008r2", "2012", "2012r2",
                                                   "2016", "2019", "2022",   "2025"};
    for (int i = 0; i < HV_VERSIONS; i++) {
        assert_string_equal(version_rows[i].name, names[i]);
        assert_true(strlen(version_rows[i].doc) > 10 && strlen(version_rows[i].source) > 4);
    }
}

static void versions_change_at_the_known_steps(void **state)
{
    (void)state;
    for (int i = HV_2008; i < HV_VERSIONS; i++) {
        const struct version_row *v = &version_rows[i];
        assert_true(v->slat_usable == (i >= HV_2008R2));
        assert_true(v->slat_required == (i >= HV_2016));
        assert_true(v->channel_per_controller_only == (i < HV_2012));
        assert_true((v->placement == PLACE_ANY) == (i < HV_2012));
        assert_true((v->scheduler == SCHED_CORE) == (i >= HV_2019));
    }
    assert_int_equal(version_rows[HV_2008].max_lps, 24);
    assert_int_equal(version_rows[HV_2008R2].max_lps, 64);
    assert_int_equal(version_rows[HV_2008R2].max_vps, 512);
    assert_int_equal(version_rows[HV_2012R2].max_vps_per_vm, 64);
    assert_int_equal(version_rows[HV_2016].max_vps_per_vm, 240);
    assert_close(version_rows[HV_2008R2].vp_per_lp, 8.0, 1e-15);
}

static void guest_systems_are_found_by_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < os_row_count; i++) {
        assert_int_equal(os_find(os_rows[i].name), i);
        assert_true(text_is_name(os_rows[i].name) && strlen(os_rows[i].label) > 4);
        assert_true(strlen(os_rows[i].doc) > 10 && strlen(os_rows[i].source) > 4);
    }
    assert_int_equal(os_find("ws2008r3"), -1);
    assert_int_equal(os_find(""), -1);
    assert_true(os_rows[os_find("ws2008")].enlightened && !os_rows[os_find("ws2003")].enlightened);
    assert_true(os_rows[os_find("linux-lis")].enlightened && !os_rows[os_find("linux")].enlightened);
    assert_int_equal(os_rows[os_find("w2000")].max_vcpus, 1);
    assert_int_equal(os_rows[os_find("vista")].max_vcpus, 2);
    assert_int_equal(os_rows[os_find("win7")].max_vcpus, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_have_the_words_of_the_files),
        cmocka_unit_test(only_physical_devices_are_native),
        cmocka_unit_test(versions_have_names_and_sources),
        cmocka_unit_test(versions_change_at_the_known_steps),
        cmocka_unit_test(guest_systems_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
