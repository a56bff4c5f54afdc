/* test_opinion.c - the second opinion counts what disks do behind the back of a job. */
#include "tests/support/hosttest.h"

static const struct scenario_result *simulated(const char *disk, const char *workload)
{
    const struct model *m =
        hostsim_modelf(arena,
                       "schema: hvplan.model/1\n"
                       "hosts: {PC: {cpu: {cores: 4}, hypervisor: none, disks: {d: {%s}}}}\n"
                       "vms: {a: {host: PC, disks: {c: {}}}}\n"
                       "workloads: {w: {%s}}\n",
                       disk, workload);
    const struct result *r = hostsim_run(arena, m, 0.03);
    assert_int_equal(r->scenario[0].bounds, 1);
    return &r->scenario[0];
}

static const struct bound_row *opinion(const char *disk, const char *workload)
{
    return &simulated(disk, workload)->bound[0];
}

#define READS(rate) "arrivals: {rate: " rate " /s}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]"
#define WRITES(rate) "arrivals: {rate: " rate " /s}, steps: [{on: a, write: {disk: c, size: 8 KiB}}]"

/* 300 writes a second of two operations of 5 ms keep 3 of 4 spindles busy: M/M/4 waits with probability 0.50943. Of two
 * exponential times the longer is half longer. */
static void test_raid_writes_count_with_all_their_operations(void **state)
{
    (void)state;
    const struct bound_row *b = opinion("kind: hdd, spindles: 4, raid: 10, read: 5 ms", WRITES("300"));
    assert_close(b->second_opinion, 0.005 * 1.50943 + 0.0025, 1e-4);
    assert_close(b->low, 0.005, 1e-12);
    assert_true(isnan(b->high));
}

/* 1 MiB on four spindles: the longest of four positionings, (1 + 1/2 + 1/3 + 1/4) x 6 ms, and 248 KiB of transfer. Nobody waits
 * for his own parts. */
static void test_parts_side_by_side_take_as_long_as_the_longest(void **state)
{
    (void)state;
    const struct scenario_result *s =
        simulated("kind: hdd, spindles: 4, read: 6 ms",
                  "closed: {users: 1}, steps: [{on: a, read: {disk: c, size: 1 MiB}}]");
    const double transfer = (262144.0 - 8192.0) / 100e6;
    assert_close(s->bound[0].second_opinion, 0.006 * 25.0 / 12.0 + transfer, 1e-9);
    assert_close(s->bound[0].low, 0.006 + transfer, 1e-9);
    assert_close(s->workload[0].response_s, s->bound[0].second_opinion, 0.015);
    const struct scenario_result *even =
        simulated("kind: hdd, spindles: 4, read: {mean: 6 ms, scv: 0}",
                  "closed: {users: 1}, steps: [{on: a, read: {disk: c, size: 1 MiB}}]");
    assert_close(even->bound[0].second_opinion, 0.006 + transfer, 1e-9);
    assert_close(even->workload[0].response_s, 0.006 + transfer, 1e-6);
}

/* Nor does a formula know how long a write waits for space in a cache that is full. */
static void test_a_flooded_cache_has_no_second_opinion(void **state)
{
    (void)state;
    const char *disk = "kind: hdd, spindles: 4, raid: 10, read: 5 ms, write_cache: yes, cache: 64 KiB";
    assert_true(isnan(opinion(disk, "closed: {users: 20}, steps: [{on: a, write: {disk: c, size: 8 KiB}}]")
                          ->second_opinion));
    assert_close(opinion(disk, WRITES("40"))->second_opinion, 250e-6, 1e-9);
}

/* A cached write is answered in 0.25 ms; its work delays the reads of the same job: 60 x 2 x 5 ms and 60 x 5 ms on 2 spindles
 * are 0.45 of them, M/M/2 stretches by 1 / (1 - 0.45^2). */
static void test_writes_from_a_cache_are_work(void **state)
{
    (void)state;
    const struct bound_row *b =
        opinion("kind: hdd, spindles: 2, raid: 1, read: 5 ms, write_cache: yes",
                "arrivals: {rate: 60 /s}, steps: [{on: a, write: {disk: c, size: 8 KiB}}, "
                "{read: {disk: c, size: 8 KiB}}]");
    assert_close(b->second_opinion, 250e-6 + 0.005 / (1.0 - 0.45 * 0.45), 1e-6);
}

/* 40 writes on one spindle of 5 ms: M/M/1. A cache of nothing takes none, and a small one not those that are larger. */
static void test_a_cache_that_takes_no_write_changes_nothing(void **state)
{
    (void)state;
    static const char *const caches[] = {"", ", write_cache: yes, cache: 0 B",
                                         ", write_cache: yes, cache: 4 KiB"};
    for (size_t i = 0; i < sizeof caches / sizeof caches[0]; i++) {
        const struct scenario_result *s =
            simulated(arena_printf(arena, "kind: hdd, read: 5 ms%s", caches[i]), WRITES("40"));
        assert_close(s->bound[0].second_opinion, 0.005 / (1.0 - 0.2), 1e-6);
        assert_close(s->bound[0].low, 0.005, 1e-9);
        assert_close(s->workload[0].response_s, s->bound[0].second_opinion, 0.05);
    }
}

static void test_spindles_with_queues_of_their_own_are_stations(void **state)
{
    (void)state;
    const struct bound_row *b =
        opinion("kind: hdd, spindles: 4, queue: per-spindle, read: 10 ms", READS("240"));
    assert_close(b->second_opinion, 0.010 / 0.4, 1e-6);
    const struct bound_row *closed =
        opinion("kind: hdd, spindles: 4, queue: per-spindle, read: 10 ms",
                "closed: {users: 6}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]");
    assert_close(closed->second_opinion, 6.0 / (6.0 / 9.0 * 400.0), 1e-6);
}

/* 50 reads of others and 30 of the job's on one spindle of 6 ms: 1 / (1 - 0.48). Closed: a spindle that is 30 % slower. */
static void test_load_of_others_counts(void **state)
{
    (void)state;
    const struct bound_row *b = opinion("kind: san, read: 6 ms, outside_iops: 50 /s", READS("30"));
    assert_close(b->second_opinion, 0.006 / (1.0 - 0.48), 1e-6);
    const struct bound_row *closed =
        opinion("kind: san, read: 6 ms, outside_iops: 50 /s",
                "closed: {users: 3}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]");
    assert_close(closed->second_opinion, 3 * 0.006 / 0.7, 1e-6);
}

/* No formula knows times that depend on what was served before or on who waits. */
static void test_disks_that_remember_have_no_second_opinion(void **state)
{
    (void)state;
    static const struct {
        const char *disk, *workload;
        bool known;
    } rows[] = {
        {"kind: hdd, read: 6 ms, reordering: 30 %", READS("50"), false},
        {"kind: hdd, read: 6 ms",
         "arrivals: {rate: 30 /s}, steps: [{on: a, read: {disk: c, size: 8 KiB, pattern: sequential}}]",
         true},
        {"kind: hdd, read: 6 ms",
         "arrivals: {rate: 30 /s}, steps: [{on: a, read: {disk: c, size: 8 KiB, pattern: sequential}}, "
         "{write: "
         "{disk: c, size: 8 KiB}}]",
         false},
        {"kind: san, read: 6 ms",
         "arrivals: {rate: 30 /s}, steps: [{on: a, read: {disk: c, size: 8 KiB, pattern: sequential}}, "
         "{write: "
         "{disk: c, size: 8 KiB}}]",
         true},
        {"kind: ssd, read: 600 us",
         "arrivals: {rate: 30 /s}, steps: [{on: a, read: {disk: c, size: 8 KiB, pattern: sequential}}, "
         "{write: "
         "{disk: c, size: 8 KiB}}]",
         true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct bound_row *b = opinion(rows[i].disk, rows[i].workload);
        assert_int_equal(!isnan(b->second_opinion), rows[i].known);
        assert_true(b->low > 0.0);
    }
    /* 6 ms less 30 % of what is no transfer (8 KiB at 100 MB/s) is the least that a read can take */
    assert_close(opinion(rows[0].disk, rows[0].workload)->low, 6e-3 - 0.3 * (6e-3 - 81.92e-6), 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_raid_writes_count_with_all_their_operations),
        HOSTTEST(test_parts_side_by_side_take_as_long_as_the_longest),
        HOSTTEST(test_a_flooded_cache_has_no_second_opinion),
        HOSTTEST(test_writes_from_a_cache_are_work),
        HOSTTEST(test_a_cache_that_takes_no_write_changes_nothing),
        HOSTTEST(test_spindles_with_queues_of_their_own_are_stations),
        HOSTTEST(test_load_of_others_counts),
        HOSTTEST(test_disks_that_remember_have_no_second_opinion),
    };
    return cmocka_run_group_tests_name("opinion", tests, NULL, NULL);
}
