/* test_spindles.c - physical_disk: stripes, streams, kinds; rotation. */
#include "model/mechanism/rotation.h"
#include "tests/unit/mechanism/fixture.h"
#include <math.h>

/* 8 KiB in 0.1 ms, one RAID group with stripe units of 32 KiB. */
static struct fixture group(int raid, int spindles)
{
    struct fixture f = fixture_default();
    f.at.transfer_bytes_per_s = 81.92e6;
    f.at.raid = raid;
    f.at.spindles = spindles;
    f.at.stripe_bytes = 32768.0;
    return f;
}

static void a_large_operation_works_on_several_spindles(void **state)
{
    (void)state;
    static const struct {
        int raid, spindles;
        double kib, reads, writes;
    } cases[] = {
        {0, 5, 32, 1, 1},  {0, 5, 33, 2, 2},   {0, 5, 100, 4, 4}, {0, 5, 640, 5, 5}, {10, 6, 8, 1, 2},
        {10, 6, 96, 3, 6}, {10, 6, 512, 3, 6}, {1, 2, 512, 1, 2}, {5, 5, 16, 1, 4},  {5, 5, 64, 2, 5},
        {5, 5, 128, 4, 5}, {5, 9, 64, 2, 6},   {5, 9, 96, 3, 8},  {5, 9, 128, 4, 9}, {5, 9, 1024, 8, 9},
        {6, 6, 32, 1, 6},  {6, 6, 64, 2, 6},   {6, 6, 128, 4, 6}, {6, 10, 64, 2, 8}, {6, 10, 512, 8, 10},
        {5, 3, 8, 1, 4},   {5, 3, 64, 2, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct fixture f = group(cases[i].raid, cases[i].spindles);
        const double bytes = cases[i].kib * 1024.0, part = bytes / cases[i].reads;
        const struct cost r = fixture_disk(&f, DEMAND_DEVICE, 6.2e6, bytes, false, false);
        assert_close(r.device_ops, cases[i].reads, 1e-15);
        assert_close(r.device_ns, 6.2e6 + (part - 8192.0) / 81.92e6 * 1e9, 1e-12);
        assert_close(fixture_disk(&f, DEMAND_DEVICE, 6.2e6, bytes, true, false).device_ops, cases[i].writes,
                     1e-15);
    }
}

/* Without spindles or stripe unit, or with fewer spindles than the level needs, nothing is split. */
static void what_is_not_known_is_not_split(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct fixture f = group(5, i == 0 ? 0 : i == 1 ? 2 : 7);
        if (i == 2)
            f.at.stripe_bytes = 0.0;
        assert_close(fixture_disk(&f, DEMAND_DEVICE, 6e6, 1e6, false, false).device_ops, 1.0, 1e-15);
        assert_close(fixture_disk(&f, DEMAND_DEVICE, 6e6, 1e6, true, false).device_ops, 4.0, 1e-15);
    }
}

/* What a cache gathers of a stream is written in whole stripes: n / (n - 1) and n / (n - 2). */
static void a_cache_gathers_whole_stripes(void **state)
{
    (void)state;
    struct fixture five = group(5, 7), six = group(6, 7), ten = group(10, 8);
    five.at.write_cache = six.at.write_cache = ten.at.write_cache = true;
    assert_close(fixture_disk(&five, DEMAND_DEVICE, 6e6, 8192.0, true, true).device_ops, 7.0 / 6.0, 1e-14);
    assert_close(fixture_disk(&six, DEMAND_DEVICE, 6e6, 8192.0, true, true).device_ops, 7.0 / 5.0, 1e-14);
    assert_close(fixture_disk(&ten, DEMAND_DEVICE, 6e6, 8192.0, true, true).device_ops, 2.0, 1e-14);
    assert_close(fixture_disk(&five, DEMAND_DEVICE, 6e6, 8192.0, true, false).device_ops, 4.0, 1e-14);
    five.at.write_cache = false;
    assert_close(fixture_disk(&five, DEMAND_DEVICE, 6e6, 8192.0, true, true).device_ops, 4.0, 1e-14);
}

static double interrupted(const struct fixture *f, double bytes, bool write)
{
    return fixture_disk(f, DEMAND_DEVICE, 5.3e6, bytes, write, true).break_ns;
}

static void an_interrupted_stream_pays_a_share_of_the_positioning(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    f.at.transfer_bytes_per_s = 81.92e6;
    *fixture_param(&f, "physical_disk", "hdd_sequential") = 0.4e6;
    *fixture_param(&f, "physical_disk", "read_ahead") = 81920.0;
    /* random 5.3 + 0.1 (s / 8 KiB - 1) ms less 0.4 + 0.1 s / 8 KiB: 4.8 ms, for the share of 80 KiB */
    assert_close(interrupted(&f, 8192.0, false), 0.48e6, 1e-12);
    assert_close(interrupted(&f, 40960.0, false), 2.4e6, 1e-12);
    assert_close(interrupted(&f, 819200.0, false), 4.8e6, 1e-12);
    assert_close(interrupted(&f, 8192.0, true), 4.8e6, 1e-12); /* gathered nowhere */
    f.at.write_cache = true;
    assert_close(interrupted(&f, 8192.0, true), 0.48e6, 1e-12);
    assert_true(fixture_disk(&f, DEMAND_DEVICE, 5.3e6, 8192.0, false, false).break_ns == 0.0);
    f.at.pdisk = PDISK_SSD;
    assert_true(interrupted(&f, 8192.0, false) == 0.0);
    f.at.pdisk = PDISK_NVME;
    assert_true(interrupted(&f, 8192.0, false) == 0.0);
    f.at.pdisk = PDISK_SAN;
    *fixture_param(&f, "physical_disk", "san_sequential") = 0.3e6;
    assert_close(interrupted(&f, 8192.0, false), 0.49e6, 1e-12);
}

static void positioning_is_what_is_no_transfer(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    f.at.transfer_bytes_per_s = 81.92e6;
    assert_close(fixture_disk(&f, DEMAND_DEVICE, 5.3e6, 65536.0, false, false).position_ns, 5.2e6, 1e-12);
    assert_true(fixture_disk(&f, DEMAND_DEVICE, 5.3e6, 65536.0, false, true).position_ns == 0.0);
    f.at.fragmentation = 0.5; /* pass-through: splits are seeks inside the operation */
    assert_close(fixture_disk(&f, DEMAND_DEVICE, 5.3e6, 65536.0, false, true).position_ns, 2.6e6, 1e-12);
    assert_close(fixture_disk(&f, DEMAND_DEVICE, 5.3e6, 65536.0, false, false).position_ns, 7.8e6, 1e-12);
}

/* 10,000 rpm: a turn of 6 ms; 4.7 + 3 + 8192 / 80e6 = 7.8024 ms; variance 4.7^2 x 11/64 + 36 / 12 = 6.7967 ms^2. */
static void rotation_says_mean_and_variance(void **state)
{
    (void)state;
    const struct rotation_time t = rotation_random(10000, 4.7e6, 80e6);
    assert_close(t.mean_ns, 7.8024e6, 1e-12);
    assert_close(t.scv * 7.8024 * 7.8024, 4.7 * 4.7 * 11.0 / 64.0 + 3.0, 1e-12);
    /* without a seek: only the turn, T^2 / 12 of (T / 2)^2 is a third */
    assert_close(rotation_random(7200, 0.0, 1e18).scv, 1.0 / 3.0, 1e-9);
}

/* The seek's 11/64 by integration: d = |a - b| of two uniform places, time sqrt(d). */
static void seeks_over_uniform_places_vary_by_11_64(void **state)
{
    (void)state;
    enum { N = 400 };
    double sum = 0.0, squares = 0.0;
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            const double d = fabs((double)(i - k)) / N + (i == k ? 1.0 / (3.0 * N) : 0.0);
            sum += sqrt(d);
            squares += d;
        }
    const double mean = sum / (N * N);
    assert_close(mean, 8.0 / 15.0, 1e-3);
    assert_close(squares / (N * N) / (mean * mean) - 1.0, 11.0 / 64.0, 5e-3);
}

static void the_row_is_that_of_the_next_slower_disk(void **state)
{
    (void)state;
    assert_int_equal(rotation_find(5400)->rpm, 5400);
    assert_int_equal(rotation_find(5900)->rpm, 5400);
    assert_int_equal(rotation_find(7200)->rpm, 7200);
    assert_int_equal(rotation_find(14999)->rpm, 10000);
    assert_int_equal(rotation_find(15000)->rpm, 15000);
    assert_int_equal(rotation_find(100)->rpm, 5400);
    for (size_t i = 1; i < rotation_count; i++) {
        const struct rotation_row *a = &rotation_rows[i - 1], *b = &rotation_rows[i];
        assert_true(a->rpm < b->rpm && a->seek_ns > b->seek_ns && a->settle_ns >= b->settle_ns &&
                    a->bytes_per_s < b->bytes_per_s && b->source[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_large_operation_works_on_several_spindles),
        cmocka_unit_test(what_is_not_known_is_not_split),
        cmocka_unit_test(a_cache_gathers_whole_stripes),
        cmocka_unit_test(an_interrupted_stream_pays_a_share_of_the_positioning),
        cmocka_unit_test(positioning_is_what_is_no_transfer),
        cmocka_unit_test(rotation_says_mean_and_variance),
        cmocka_unit_test(seeks_over_uniform_places_vary_by_11_64),
        cmocka_unit_test(the_row_is_that_of_the_next_slower_disk),
    };
    return cmocka_run_group_tests_name("spindles", tests, NULL, NULL);
}
