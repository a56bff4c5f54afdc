/* published_a6.c - SQLIO on an array of 64 disks: reads, and the writes that its cache absorbs.
 *
 * Source    BizTalk Server Hyper-V Guide, scenario overview: EMC CX4-960, 64 disks of 15,000 rpm in eight groups of RAID 1+0,
 *           8 threads of queue depth 8, random 8 KB, four LUNs at once; 10,662.67 reads/s and 5 ms, 31,527.95 writes/s and 1 ms,
 *           write cache of 8000 MB per service processor
 */
#include "model/host/run.h"
#include "tests/support/published.h"
#include <math.h>

#define PRECISION 0.005
#define DISKS 64
#define READS_PER_S 10662.67
#define WRITES_PER_S 31527.95
#define OUTSTANDING 53 /* Little: 10,662.67 /s x 5 ms */
#define CACHE_MB 8000.0
#define WATCHED_S 3.0 /* of writes coming in */

static const struct scenario_result *reads(struct arena *a, const char *disk, int outstanding)
{
    const struct model *m =
        hostsim_modelf(a,
                       "schema: hvplan.model/1\n"
                       "hosts: {HV: {cpu: {sockets: 4, cores: 4, slat: no}, hypervisor: none,\n"
                       "  disks: {cx: {kind: hdd, spindles: %d, raid: 10, stripe: 0 B, %s}}}}\n"
                       "vms: {a: {host: HV, disks: {c: {on: cx}}}}\n"
                       "workloads: {io: {closed: {users: %d, think: 0 s}, steps: [{on: a, read: {disk: c, "
                       "size: 8 KiB}}]}}\n",
                       DISKS, disk, outstanding);
    return published_run(a, m, PRECISION);
}

/* With nothing but the disks in the loop, throughput is inversely proportional to their time: one run with 1 ms tells. */
static double fitted_ms(struct arena *a, const char *queue)
{
    const struct scenario_result *s = reads(a, arena_printf(a, "queue: %s, read: 1 ms", queue), OUTSTANDING);
    return hostsim_mean(s, "workload.io.throughput_per_s") / READS_PER_S;
}

static void add(struct published *p, const char *name, const char *quantity, const char *unit,
                double measured, double predicted, enum published_role role)
{
    published_add(p, (struct published_row){name, quantity, unit, measured, predicted, role, 0.0});
}

static void add_reads(struct published *p, const char *name, const char *disk, int outstanding,
                      enum published_role role)
{
    const struct scenario_result *s = reads(p->arena, disk, outstanding);
    add(p, name, "reads", "/s", READS_PER_S, hostsim_mean(s, "workload.io.throughput_per_s"), role);
    add(p, name, "response", "ms", 5.0, 1e3 * hostsim_mean(s, "workload.io.response_s"), role);
}

static void add_fitted(struct published *p)
{
    static const char *const queues[] = {"shared", "per-spindle"};
    for (int i = 0; i < 2; i++) {
        const char *name = arena_printf(p->arena, "one time fitted, %s queue", queues[i]);
        const double ms = fitted_ms(p->arena, queues[i]);
        add(p, name, "time of one operation", "ms", (double)NAN, ms, PUBLISHED_FITTED);
        add_reads(p, name, arena_printf(p->arena, "queue: %s, read: %.9g ms", queues[i], ms), OUTSTANDING,
                  PUBLISHED_FITTED);
    }
}

static void add_described(struct published *p)
{
    add_reads(p, "from 15,000 rpm alone, shared queue", "queue: shared, rpm: 15000", OUTSTANDING,
              PUBLISHED_REPORTED);
    add_reads(p, "from 15,000 rpm alone, per-spindle queue", "queue: per-spindle, rpm: 15000", OUTSTANDING,
              PUBLISHED_REPORTED);
    add_reads(p, "the same, 64 outstanding", "queue: per-spindle, rpm: 15000", 64, PUBLISHED_REPORTED);
}

/* The measured writes come in; how fast the cache fills says when it is full and what the disks take from it. */
static void add_writes(struct published *p)
{
    struct arena *a = p->arena;
    const struct model *m = hostsim_modelf(
        a,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 4, cores: 4, slat: no}, hypervisor: none,\n"
        "  disks: {cx: {kind: hdd, spindles: %d, raid: 10, stripe: 0 B, rpm: 15000, write_cache: yes, cache: "
        "%g MB}}}}\n"
        "vms: {a: {host: HV, disks: {c: {on: cx}}}}\n"
        "workloads: {io: {arrivals: {rate: %.9g /s}, steps: [{on: a, write: {disk: c, size: 8 KiB}}]}}\n",
        DISKS, CACHE_MB, WRITES_PER_S);
    struct run *run = run_new(a, m, "writes", 1, 0);
    run_until(run, sim_round(WATCHED_S * 1e9));
    const struct workload *w = &run->workload[0];
    const double filled_per_s = run->host[0].disk[0].cache_used_bytes / WATCHED_S;
    const char *name = "writes, cache of 8000 MB, disks of 15,000 rpm";
    add(p, name, "writes absorbed", "/s", WRITES_PER_S, (double)w->finished / WATCHED_S, PUBLISHED_REPORTED);
    add(p, name, "response", "ms", 1.0, w->response_ns / (double)w->finished * 1e-6, PUBLISHED_REPORTED);
    add(p, name, "writes that the disks take", "/s", (double)NAN, WRITES_PER_S - filled_per_s / 8192.0,
        PUBLISHED_REPORTED);
    add(p, name, "cache full after", "s", (double)NAN, CACHE_MB * 1e6 / filled_per_s, PUBLISHED_REPORTED);
}

void published_a6(struct published *p)
{
    add_fitted(p);
    add_described(p);
    add_writes(p);
}
