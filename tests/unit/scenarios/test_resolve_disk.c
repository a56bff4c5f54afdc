/* test_resolve_disk.c - times and servers of physical disks; warnings about RAID and flash. */
#include "tests/unit/scenarios/fixture.h"

/* Errors are in tests/data/bad. */
static const struct model *model_of(struct fixture *f, const char *disk, const char *vdisk)
{
    const char *text = arena_printf(f->arena,
                                    "schema: hvplan.model/1\n"
                                    "hosts: {H: {cpu: {cores: 2}, hypervisor: 2008r2, disks: {d: {%s}}}}\n"
                                    "vms: {v: {host: H, disks: {c: {%s}}}}\n"
                                    "workloads: {w: {arrivals: {rate: 1 /s}, steps: [{on: v, cpu: 1 ms}]}}\n",
                                    disk, vdisk);
    const struct model *m = fixture_model(f, text);
    assert_non_null(m);
    return m;
}

static const struct pdisk_spec *disk_of(struct fixture *f, const char *disk)
{
    return &model_of(f, disk, "")->host[0].disk[0];
}

/* 15,000 rpm: 3.5 + 2 + 0.08192 ms, and 0.5 ms of settling; variance 3.5^2 x 11/64 + 16 / 12. */
static void test_rotation_gives_what_is_not_stated(void **state)
{
    (void)state;
    struct fixture fixture = fixture_new(), *f = &fixture;
    const struct pdisk_spec *d = disk_of(f, "rpm: 15000");
    const double variance = 3.5 * 3.5 * 11.0 / 64.0 + 16.0 / 12.0;
    assert_close(d->read.mean_ns, 5.58192e6, 1e-12);
    assert_close(d->write.mean_ns, 6.08192e6, 1e-12);
    assert_close(d->read.scv * 5.58192 * 5.58192, variance, 1e-12);
    assert_close(d->write.scv * 6.08192 * 6.08192, variance, 1e-12);
    assert_close(d->transfer_bytes_per_s, 100e6, 1e-12);
    fixture_free(f);
}

static void test_what_is_stated_wins_over_rotation(void **state)
{
    (void)state;
    struct fixture fixture = fixture_new(), *f = &fixture;
    const struct pdisk_spec *d = disk_of(f, "rpm: 7200, seek: 7.3 ms, transfer: 60 MB/s");
    assert_close(d->read.mean_ns, 7.3e6 + 60e9 / 7200 / 2 + 8192 / 60e6 * 1e9, 1e-12);
    d = disk_of(f, "rpm: 7200, read: {mean: 9.1 ms, scv: 0.3}");
    assert_close(d->read.mean_ns, 9.1e6, 1e-12);
    assert_close(d->write.mean_ns, 9.1e6, 1e-12);
    assert_close(d->write.scv, 0.3, 1e-12);
    d = disk_of(f, "rpm: 7200, write: 11 ms");
    assert_close(d->write.mean_ns, 11e6, 1e-12);
    assert_true(d->read.mean_ns > 12e6 && d->read.mean_ns < 13e6);
    fixture_free(f);
}

static void test_kinds_have_usual_servers_and_stripes(void **state)
{
    (void)state;
    struct fixture fixture = fixture_new(), *f = &fixture;
    static const struct {
        const char *disk;
        int servers;
        double stripe;
    } rows[] = {
        {"read: 6 ms", 1, 0},
        {"read: 6 ms, spindles: 4", 4, 65536},
        {"read: 6 ms, spindles: 4, stripe: 0 B", 4, 0},
        {"read: 6 ms, spindles: 4, stripe: 256 KiB", 4, 262144},
        {"kind: ssd, read: 200 us", 8, 0},
        {"kind: ssd, read: 200 us, channels: 3", 3, 0},
        {"kind: ssd, read: 200 us, spindles: 2", 2, 0},
        {"kind: nvme", 32, 0},
        {"kind: san, read: 6 ms", 1, 0},
        {"kind: san, read: 6 ms, spindles: 12", 12, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct pdisk_spec *d = disk_of(f, rows[i].disk);
        assert_int_equal(d->spindles, rows[i].servers);
        assert_true(d->stripe_bytes == rows[i].stripe);
    }
    const struct pdisk_spec *nvme = disk_of(f, "kind: nvme");
    assert_close(nvme->read.mean_ns, 110e3, 1e-12);
    assert_close(nvme->write.mean_ns, 350e3, 1e-12);
    assert_close(disk_of(f, "kind: nvme, read: 90 us")->write.mean_ns, 90e3, 1e-12);
    fixture_free(f);
}

static void test_raid_and_flash_are_warned_about(void **state)
{
    (void)state;
    struct fixture fixture = fixture_new(), *f = &fixture;
    static const struct {
        const char *disk, *vdisk, *code, *text;
    } rows[] = {
        {"read: 6 ms, spindles: 2, raid: 5", "", "W105", "RAID 5 needs at least 3 spindles; there are 2"},
        {"read: 6 ms, spindles: 3, raid: 6", "", "W105", "RAID 6 needs at least 4 spindles; there are 3"},
        {"read: 6 ms, raid: 1", "", "W105", "RAID 1 needs at least 2 spindles; there are 1"},
        {"read: 6 ms, spindles: 5, raid: 10", "", "W105", "an even number of spindles; there are 5"},
        {"kind: ssd, read: 1 ms, defragment: yes", "", "W106", "next to nothing"},
        {"kind: nvme", "defragment: host", "W106", "next to nothing"},
        {"read: 6 ms", "defragment: both", "W107", "states no pieces"},
        {"read: 6 ms", "defragment: host, guest_run: 64 KiB", "W107", "states no pieces"},
    };
    static const char *const quiet[] = {
        "read: 6 ms, spindles: 3, raid: 5",  "read: 6 ms, spindles: 4, raid: 6",
        "read: 6 ms, spindles: 6, raid: 10", "read: 6 ms, spindles: 2, raid: 1",
        "kind: san, read: 6 ms, raid: 5",    "read: 6 ms, defragment: yes"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const size_t before = errs_warning_count(f->errs);
        model_of(f, rows[i].disk, rows[i].vdisk);
        assert_int_equal(errs_warning_count(f->errs), before + 1);
        assert_string_equal(errs_warning(f->errs, before)->code, rows[i].code);
        assert_non_null(strstr(errs_warning(f->errs, before)->text, rows[i].text));
    }
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++) {
        const size_t before = errs_warning_count(f->errs);
        disk_of(f, quiet[i]);
        assert_int_equal(errs_warning_count(f->errs), before);
    }
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rotation_gives_what_is_not_stated),
        cmocka_unit_test(test_what_is_stated_wins_over_rotation),
        cmocka_unit_test(test_kinds_have_usual_servers_and_stripes),
        cmocka_unit_test(test_raid_and_flash_are_warned_about),
    };
    return cmocka_run_group_tests_name("resolve_disk", tests, NULL, NULL);
}
