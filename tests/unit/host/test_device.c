/* test_device.c - spindles, streams, stripes, write cache, load of others: each against a value from paper.
 *
 * A physical machine reads its disk without any path in between, so that the disk alone decides.
 */
#include "tests/support/hosttest.h"

/* disk: keys of the disk; more: top-level keys besides; workloads. */
static const struct model *machine(const char *disk, const char *more, const char *workloads)
{
    return hostsim_modelf(arena,
                          "schema: hvplan.model/1\n"
                          "hosts: {PC: {cpu: {sockets: 1, cores: 4}, hypervisor: none, disks: {d: {%s}}}}\n"
                          "vms: {a: {host: PC, disks: {c: {}}}}\n"
                          "%s\n"
                          "workloads: {%s}\n",
                          disk, more, workloads);
}

static double simulated(const struct model *m, const char *metric)
{
    return hosttest_mean(m, 0.01, metric);
}

/* Operations a second of `seconds` of one run, the first tenth left out. */
static double operations(const struct model *m, double seconds)
{
    struct run *run = run_new(arena, m, "test", 3, 0);
    const struct device_counters *k = &run->host[0].disk[0].done;
    run_until(run, sim_round(0.1 * seconds * 1e9));
    const double before = k->reads + k->writes;
    run_until(run, sim_round(seconds * 1e9));
    return (k->reads + k->writes - before) / (0.9 * seconds);
}

/* ---- streams ---- */

#define DISK "read: {mean: 6 ms, scv: 0}, transfer: 100 MB/s"
#define STREAM "steps: [{on: a, read: {disk: c, size: 64 KiB, pattern: sequential}}]"

static const char *streams(int n)
{
    char *text = arena_strdup(arena, "");
    for (int i = 0; i < n; i++)
        text = arena_printf(arena, "%s%sw%d: {closed: {users: 1}, " STREAM "}", text, i ? ", " : "", i);
    return text;
}

/* One stream: 0.3 ms and 64 KiB at 100 MB/s, 0.95536 ms. Several take turns: 6 ms and the transfer of 56 KiB more. */
static void streams_of_several_turn_each_other_random(void **state)
{
    (void)state;
    const double run = 1e3 / 0.95536, random = 1e3 / 6.57344;
    const char *one = "w: {closed: {users: 8}, " STREAM "}";
    assert_close(operations(machine("kind: hdd, " DISK, "", one), 20.0), run, 1e-3);
    assert_close(operations(machine("kind: hdd, " DISK, "", streams(4)), 20.0), random, 2e-3);
    /* small operations share a positioning: an eighth of it for 8 KiB of the 64 KiB that are read ahead */
    const char *small =
        "w: {closed: {users: 1}, steps: [{on: a, read: {disk: c, size: 8 KiB, pattern: sequential}}]}, "
        "v: {closed: {users: 1}, steps: [{on: a, read: {disk: c, size: 8 KiB, pattern: sequential}}]}";
    assert_close(operations(machine("kind: hdd, " DISK, "", small), 20.0),
                 1e3 / (0.38192 + (6.0 - 0.38192) / 8.0), 2e-3);
}

static void flash_does_not_care_about_streams(void **state)
{
    (void)state;
    const char *ssd = "kind: ssd, channels: 1, read: {mean: 200 us, scv: 0}, transfer: 250 MB/s";
    const char *one = "w: {closed: {users: 4}, " STREAM "}";
    const double alone = operations(machine(ssd, "", one), 4.0);
    assert_close(alone, 1e3 / (0.02 + 0.262144), 1e-3);
    assert_close(operations(machine(ssd, "", streams(4)), 4.0), alone, 1e-3);
}

/* Two heads follow two streams; the third one makes all three random, as the oldest always gives way. */
static void as_many_streams_as_heads_stay_sequential(void **state)
{
    (void)state;
    const char *two = "kind: hdd, spindles: 2, " DISK;
    assert_close(operations(machine(two, "", streams(2)), 20.0), 2e3 / 0.95536, 2e-3);
    assert_close(operations(machine(two, "", streams(3)), 20.0), 2e3 / 6.57344, 2e-3);
    const char *more = "overheads: {physical_disk: {san_streams: 3, san_sequential: 300 us}}";
    const char *lun = "kind: san, spindles: 1, " DISK;
    assert_close(operations(machine(lun, more, streams(3)), 20.0), 1e3 / 0.95536, 2e-3);
    assert_close(operations(machine(lun, more, streams(4)), 20.0), 1e3 / 6.57344, 2e-3);
}

/* Each operation of others costs its own 6 ms and the way back of the stream, 5.61808 ms. */
static void random_operations_interrupt_a_stream(void **state)
{
    (void)state;
    const char *one = "w: {closed: {users: 2}, " STREAM "}";
    const double free = 1.0 - 20.0 * (6.0 + 5.61808) * 1e-3;
    assert_close(operations(machine("kind: hdd, outside_iops: 20 /s, " DISK, "", one), 400.0),
                 free * 1e3 / 0.95536, 0.02);
    /* an array goes on reading ahead */
    const char *more = "overheads: {physical_disk: {san_sequential: 300 us}}";
    assert_close(operations(machine("kind: san, outside_iops: 20 /s, " DISK, more, one), 400.0),
                 (1.0 - 0.12) * 1e3 / 0.95536, 0.02);
}

/* The way back is service of the stream's own, not a wait: three others wait before each. */
static void positioning_of_a_stream_is_service(void **state)
{
    (void)state;
    const struct model *m = machine("kind: hdd, " DISK, "", streams(4));
    const struct scenario_result *s = &hostsim_run(arena, m, 0.02)->scenario[0];
    const struct breakdown_row row = hostsim_row(s, "w0", "disk.PC.d");
    assert_close(row.service_s, 6.57344e-3, 5e-3);
    assert_close(row.wait_s, 3 * 6.57344e-3, 5e-3);
}

/* ---- queues of spindles ---- */

/* Closed network of N operations over M spindles with exponential times S: X = N / (N + M - 1) x M / S. */
static void a_queue_for_each_spindle_is_a_balanced_network(void **state)
{
    (void)state;
    const char *w = "w: {closed: {users: 6}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}";
    const char *own = "kind: hdd, spindles: 4, queue: per-spindle, read: 10 ms";
    const char *shared = "kind: hdd, spindles: 4, read: 10 ms";
    assert_close(simulated(machine(own, "", w), "workload.w.throughput_per_s"), 6.0 / 9.0 * 400.0, 0.02);
    assert_close(simulated(machine(shared, "", w), "workload.w.throughput_per_s"), 400.0, 0.02);
    const char *open = "w: {arrivals: {rate: 240 /s}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}";
    const struct model *m = machine(own, "", open);
    assert_close(simulated(m, "workload.w.response_s"), 0.010 / (1.0 - 0.6), 0.03); /* four M/M/1 */
    assert_close(simulated(m, "disk.PC.d.utilization"), 0.6, 0.02);
    assert_close(simulated(m, "disk.PC.d.queue"), 4 * 0.6 / 0.4, 0.04);
}

/* The shorter of two queues is worse than one queue for both (M/M/2: 15.6 ms) and far better than either (M/M/1: 25 ms). */
static void mirrored_reads_take_the_shorter_queue(void **state)
{
    (void)state;
    const char *disk = "kind: hdd, spindles: 2, raid: 1, queue: per-spindle, read: 10 ms";
    const char *w = "w: {arrivals: {rate: 120 /s}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}";
    const double response = simulated(machine(disk, "", w), "workload.w.response_s");
    assert_true(response > 0.0156 && response < 0.0185);
}

/* A write on RAID 10 occupies both disks of one pair, on RAID 5 two disks twice; the load is the same on all. */
static void writes_fall_on_the_spindles_of_their_level(void **state)
{
    (void)state;
    static const struct {
        int raid, spindles, ops, touched;
    } cases[] = {{0, 3, 1, 1}, {10, 6, 2, 2}, {5, 5, 4, 2}, {6, 7, 6, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *disk = arena_printf(
            arena, "kind: hdd, spindles: %d, raid: %d, queue: per-spindle, read: {mean: 9 ms, scv: 0}",
            cases[i].spindles, cases[i].raid);
        const char *w = "w: {closed: {users: 1}, steps: [{on: a, write: {disk: c, size: 8 KiB}}]}";
        const double parallel = (double)cases[i].ops / cases[i].touched;
        const struct model *m = machine(disk, "", w);
        assert_close(simulated(m, "workload.w.response_s"), parallel * 0.009, 1e-3);
        assert_close(simulated(m, "disk.PC.d.utilization"), (double)cases[i].touched / cases[i].spindles,
                     0.01);
    }
}

/* ---- stripes ---- */

/* 1 MiB over four spindles: 6 ms and the transfer of a quarter; a whole stripe on RAID 5 needs no reading. */
static void large_operations_work_on_all_spindles(void **state)
{
    (void)state;
    const char *reads = "w: {closed: {users: 1}, steps: [{on: a, read: {disk: c, size: 1 MiB}}]}";
    const double part = 6e-3 + (262144.0 - 8192.0) / 100e6, whole = 6e-3 + (1048576.0 - 8192.0) / 100e6;
    assert_close(simulated(machine("kind: hdd, spindles: 4, " DISK, "", reads), "workload.w.response_s"),
                 part, 1e-3);
    assert_close(
        simulated(machine("kind: hdd, spindles: 4, stripe: 0 B, " DISK, "", reads), "workload.w.response_s"),
        whole, 1e-3);
    const char *writes =
        "w: {closed: {users: 1}, steps: [{on: a, write: {disk: c, size: 1 MiB, pattern: sequential}}]}";
    const double run = 0.3e-3 + 262144.0 / 100e6;
    assert_close(
        simulated(machine("kind: hdd, spindles: 5, raid: 5, " DISK, "", writes), "workload.w.response_s"),
        run, 1e-3);
}

/* ---- write cache ---- */

#define WRITES(load) "w: {" load ", steps: [{on: a, write: {disk: c, size: 8 KiB}}]}"
#define CACHED "kind: hdd, spindles: 4, raid: 10, read: 5 ms, write_cache: yes, cache: 64 KiB"

static void a_flooded_cache_is_as_fast_as_its_spindles(void **state)
{
    (void)state;
    const struct model *flood = machine(CACHED, "", WRITES("closed: {users: 20}"));
    assert_close(simulated(flood, "workload.w.throughput_per_s"), 4.0 / (2 * 0.005), 0.02);
    assert_close(simulated(flood, "workload.w.response_s"), 20.0 / 400.0, 0.02); /* not 0.25 ms */
    const struct model *light = machine(CACHED, "", WRITES("arrivals: {rate: 40 /s}"));
    assert_close(simulated(light, "workload.w.response_s"), 250e-6, 0.02);
    assert_close(simulated(light, "disk.PC.d.utilization"), 40.0 * 2 * 0.005 / 4, 0.03);
}

/* 500 writes a second are more than the 400 that the spindles can do: no cache helps for long. */
static void an_open_load_beyond_the_spindles_is_saturation(void **state)
{
    (void)state;
    static const char *const rates[] = {"350", "500"};
    for (int i = 0; i < 2; i++) {
        const char *w = arena_printf(
            arena, "w: {arrivals: {rate: %s /s}, steps: [{on: a, write: {disk: c, size: 8 KiB}}]}", rates[i]);
        const struct result *r = hostsim_run(arena, machine(CACHED, "", w), 0.02);
        assert_int_equal(r->scenario[0].saturated, i);
        assert_int_equal(hosttest_warned(r, "W301", "disk.PC.d"), i);
        assert_true(r->scenario[0].workload[0].response_s > (i ? 0.1 : 0.001));
    }
}

/* Readers that never pause do not keep the cache from being emptied. */
static void a_full_cache_is_emptied_beside_reads(void **state)
{
    (void)state;
    const char *both =
        WRITES("closed: {users: 8}") ", r: {closed: {users: 8}, steps: [{on: a, read: {disk: c, "
                                     "size: 8 KiB}}]}";
    const struct model *m = machine(CACHED, "", both);
    const double writes = simulated(m, "workload.w.throughput_per_s");
    const double reads = simulated(m, "workload.r.throughput_per_s");
    assert_close((2 * writes + reads) * 0.005 / 4, 1.0, 0.02);
    assert_true(writes > 50.0 && reads > 200.0);
}

/* Sorted writes from a full cache take half: twice the rate. */
static void a_full_cache_sorts_its_writes(void **state)
{
    (void)state;
    const struct model *m =
        machine("kind: hdd, read: {mean: 12 ms, scv: 0}, write_cache: yes, cache: 64 KiB",
                "overheads: {physical_disk: {destage: 50 %}}", WRITES("closed: {users: 9}"));
    assert_close(operations(m, 20.0), 2.0 / 0.012, 5e-3);
}

/* A write that is larger than the cache goes to the spindles itself. */
static void a_write_larger_than_the_cache_is_not_cached(void **state)
{
    (void)state;
    const struct model *m = machine("kind: hdd, read: {mean: 12 ms, scv: 0}, write_cache: yes, cache: 4 KiB",
                                    "", WRITES("closed: {users: 1}"));
    assert_close(simulated(m, "workload.w.response_s"), 0.012, 1e-3);
}

/* ---- reordering, load of others, kinds ---- */

/* 16 users: when one is done 15 are there, of which 14 still wait when the next begins: q = 15. */
static void a_deep_queue_is_served_faster(void **state)
{
    (void)state;
    const char *disk = "kind: hdd, read: {mean: 10 ms, scv: 0}, transfer: 100 MB/s, reordering: 60 %";
    const char *w = "w: {closed: {users: %d}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}";
    const double positioning = 10.0 - 0.08192;
    static const int users[] = {1, 2, 5, 16};
    double before = 0.0;
    for (int i = 0; i < 4; i++) {
        const double q = users[i] > 1 ? users[i] - 1 : 1;
        const double ms = 10.0 - 0.6 * positioning * (1.0 - 1.0 / sqrt(q));
        const double x = operations(machine(disk, "", arena_printf(arena, w, users[i])), 60.0);
        assert_close(x, 1e3 / ms, 3e-3);
        assert_true(x >= 0.99 * before);
        before = x;
    }
}

static void others_write_too(void **state)
{
    (void)state;
    const char *disk = "kind: san, spindles: 4, raid: 10, read: 5 ms, write: 8 ms, transfer: 100 MB/s, "
                       "outside_iops: 90 /s, outside_writes: 40 %, outside_size: 64 KiB";
    const char *w = "w: {arrivals: {rate: 1 /s}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}";
    const double more = (65536.0 - 8192.0) / 100e6;
    const double busy = 90.0 * (0.6 * (0.005 + more) + 0.4 * 2 * (0.008 + more)) + 0.005;
    assert_close(simulated(machine(disk, "", w), "disk.PC.d.utilization"), busy / 4, 0.02);
}

static void an_nvme_drive_needs_no_figures(void **state)
{
    (void)state;
    const char *w = "w: {closed: {users: 1000}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}";
    assert_close(operations(machine("kind: nvme", "", w), 0.5), 32.0 / 110e-6, 0.02);
    const char *one = WRITES("closed: {users: 1}");
    assert_close(1.0 / operations(machine("kind: nvme, write_cache: yes", "", one), 0.5), 20e-6, 0.02);
}

/* ---- fragments ---- */

static double sequential_ms(const char *disk, const char *layout)
{
    const struct model *m = hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {PC: {cpu: {sockets: 1, cores: 4}, hypervisor: 2012r2, disks: {d: {%s, " DISK "}}}}\n"
        "vms: {a: {host: PC, disks: {c: {kind: fixed-vhd%s}}}}\n"
        "workloads: {w: {closed: {users: 8}, steps: [{on: a, read: {disk: c, size: 512 KiB, "
        "pattern: sequential}}]}}\n",
        disk, layout);
    return 1e3 / operations(m, 30.0);
}

/* 512 KiB: 0.3 ms and 5.24288 of transfer; runs of 1 MiB and 2 MiB split it 0.5 and 0.25 times, each 5.91808 ms. */
static void short_runs_break_streams_and_defragmentation_mends_them(void **state)
{
    (void)state;
    const char *runs = ", guest_run: 1 MiB, host_run: 2 MiB, fragmentation: 0.1%s";
    const double whole = 5.54288, seek = 5.91808;
    static const struct {
        const char *disk, *defragment;
        double splits;
    } cases[] = {
        {"kind: hdd", "", 0.85},
        {"kind: hdd", ", defragment: no", 0.85},
        {"kind: hdd", ", defragment: guest", 0.35},
        {"kind: hdd", ", defragment: host", 0.5},
        {"kind: hdd", ", defragment: both", 0.0},
        {"kind: hdd, defragment: yes", "", 0.5}}; /* the root cannot defragment what is inside a VHD */
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_close(sequential_ms(cases[i].disk, arena_printf(arena, runs, cases[i].defragment)),
                     whole + cases[i].splits * seek, 3e-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(streams_of_several_turn_each_other_random),
        HOSTTEST(flash_does_not_care_about_streams),
        HOSTTEST(as_many_streams_as_heads_stay_sequential),
        HOSTTEST(random_operations_interrupt_a_stream),
        HOSTTEST(positioning_of_a_stream_is_service),
        HOSTTEST(a_queue_for_each_spindle_is_a_balanced_network),
        HOSTTEST(mirrored_reads_take_the_shorter_queue),
        HOSTTEST(writes_fall_on_the_spindles_of_their_level),
        HOSTTEST(large_operations_work_on_all_spindles),
        HOSTTEST(a_flooded_cache_is_as_fast_as_its_spindles),
        HOSTTEST(an_open_load_beyond_the_spindles_is_saturation),
        HOSTTEST(a_full_cache_is_emptied_beside_reads),
        HOSTTEST(a_full_cache_sorts_its_writes),
        HOSTTEST(a_write_larger_than_the_cache_is_not_cached),
        HOSTTEST(a_deep_queue_is_served_faster),
        HOSTTEST(others_write_too),
        HOSTTEST(an_nvme_drive_needs_no_figures),
        HOSTTEST(short_runs_break_streams_and_defragmentation_mends_them),
    };
    return cmocka_run_group_tests_name("device", tests, NULL, NULL);
}
