/* test_resolve_vdisk.c - virtual disks in the file: defaults, what a version lacks; errors are in tests/data/bad. */
#include "tests/unit/scenarios/fixture.h"

static struct model *load(struct fixture *f, const char *version, const char *disks)
{
    return fixture_model(
        f, arena_printf(
               f->arena,
               "schema: hvplan.model/1\n"
               "hosts: {H: {cpu: {cores: 8}, hypervisor: %s, disks: {d: {read: 5 ms}, big: {read: 5 ms, "
               "sectors: 4k}, lun: {kind: san, read: 5 ms}, e: {read: 5 ms, sectors: 512e, balancer: no}}, "
               "nics: {n: {speed: 1 Gbps}}}}\n"
               "vms: {v: {host: H, nics: {x: {}, y: {}}, disks: {%s}}}\n",
               version, disks));
}

static void keys_reach_the_model(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct model *m =
        load(&f, "2016",
             "a: {kind: iscsi, on: lun, nic: y}, b: {kind: dynamic-vhd, on: e, controller: ide, "
             "controller_number: 1}, c: {kind: differencing-vhdx, on: d, allocated: 37 %, "
             "maximum_iops: 900 /s, minimum_iops: 300 /s}, g: {kind: virtual-fc, on: lun, "
             "misaligned: yes}");
    assert_non_null(m);
    const struct vdisk_spec *d = m->vm[0].disk;
    assert_int_equal(d[0].kind, VDISK_ISCSI);
    assert_int_equal(d[0].nic, 1);
    assert_int_equal(d[1].nic, -1);
    assert_int_equal(d[1].controller_number, 1);
    assert_true(d[1].misaligned && !d[0].misaligned && !d[2].misaligned && d[3].misaligned);
    assert_close(d[2].allocated, 0.37, 1e-12);
    assert_true(d[1].allocated < 0.0);
    assert_int_equal(d[2].chain, 2);
    assert_close(d[2].maximum_iops, 900.0, 1e-12);
    assert_close(d[2].minimum_iops, 300.0, 1e-12);
    const struct pdisk_spec *p = m->host[0].disk;
    assert_int_equal(p[0].sectors, SECTORS_512);
    assert_int_equal(p[1].sectors, SECTORS_4K);
    assert_int_equal(p[3].sectors, SECTORS_512E);
    assert_true(!p[0].balancer_stated && p[3].balancer_stated && !p[3].balancer);
    fixture_free(&f);
}

/* The initiator of a physical machine goes over its own adapter. */
static void iscsi_is_there_without_a_hypervisor(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct model *m = load(&f, "none", "a: {kind: iscsi, on: lun, nic: x}, b: {on: d}");
    assert_non_null(m);
    assert_int_equal(m->vm[0].disk[0].kind, VDISK_ISCSI);
    assert_int_equal(m->vm[0].disk[1].kind, VDISK_PHYSICAL);
    fixture_free(&f);
}

struct row {
    const char *version, *disks, *text;
};

static void what_the_version_lacks_is_warned_about(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"2008r2", "a: {kind: virtual-fc, on: lun}", "virtual-fc does not exist before Hyper-V 2012"},
        {"2012", "a: {kind: direct, on: d}", "direct does not exist before Hyper-V 2016"},
        {"2012", "a: {on: d, minimum_iops: 90 /s}", "storage QoS does not exist before Hyper-V 2012r2"},
        {"2012", "a: {kind: fixed-vhd, on: big}", "a VHD cannot lie on disk big, whose sectors have 4 KiB"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f = fixture_new();
        assert_non_null(load(&f, rows[i].version, rows[i].disks));
        assert_int_equal(errs_warning_count(f.errs), 1);
        assert_string_equal(errs_warning(f.errs, 0)->code, i < 3 ? "W405" : "W410");
        fixture_expect(&f, rows[i].text);
        fixture_free(&f);
    }
    struct fixture f = fixture_new();
    load(&f, "2012", "a: {kind: fixed-vhdx, on: big}");
    fixture_expect_clean(&f);
    fixture_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_reach_the_model),
        cmocka_unit_test(iscsi_is_there_without_a_hypervisor),
        cmocka_unit_test(what_the_version_lacks_is_warned_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
