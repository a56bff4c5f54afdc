/* tight.c - the yardsticks: each loop does the named work and nothing else. */
#include "bench/bench.h"
#include "bench/tight_heap.h"
#include "model/engine/rng.h"
#include <stdlib.h>

#define LINE_BYTES 64
#define RING (1u << 16) /* customers present at once; more than M/M/c at 0.9 ever holds */

void tight_heap_init(struct tight_heap *h, int capacity)
{
    const size_t keys = (size_t)capacity + 7;
    tight_key *raw = aligned_alloc(LINE_BYTES, (keys * sizeof *raw / LINE_BYTES + 1) * LINE_BYTES);
    if (!raw)
        exit(3);
    memset(raw, 0xff, keys * sizeof *raw);
    *h = (struct tight_heap){.key = raw + 3, .position = calloc((size_t)capacity, sizeof(uint32_t))};
    if (!h->position)
        exit(3);
}

void tight_heap_free(struct tight_heap *h)
{
    free(h->key - 3);
    free(h->position);
}

struct tight_customer {
    double arrived, demand;
};

/* The statistics of station.h: counts, waits, sojourns, areas of busy servers and of customers present. */
struct tight_statistics {
    uint64_t arrivals, completions;
    double wait, sojourn, busy_area, present_area;
};

/* M/M/c: source 0 brings arrivals, source 1 + i is server i. */
static inline struct bench_run queue_run(int servers, uint64_t events, bool few)
{
    struct tight_heap h;
    tight_heap_init(&h, servers + 1);
    struct rng gap, demand;
    rng_seed(&gap, BENCH_SEED, 1, 1, 0);
    rng_seed(&demand, BENCH_SEED, 1, 2, 0);
    struct tight_customer *ring = malloc(RING * sizeof *ring);
    struct tight_statistics t = {0};
    double arrived[64], now = 0.0;
    uint32_t idle[64], idles = 0, head = 0, tail = 0;
    if (!ring || servers > 63)
        exit(3);
    for (; idles < (uint32_t)servers; idles++)
        idle[idles] = idles + 1;
    const double mean_gap = 1.0 / (BENCH_LOAD * servers), start = bench_now_ns();
    tight_push(&h, tight_make(&h, 0.0, 0));
    for (uint64_t e = 0; e < events; e++) {
        now = tight_time(h.key[0]);
        const uint32_t id = tight_id(h.key[0]);
        if (id == 0) {
            tight_down(&h, tight_make(&h, now + mean_gap * rng_exponential(&gap), 0), few);
            const double work = rng_exponential(&demand);
            t.arrivals++;
            t.present_area -= now;
            if (idles > 0) {
                const uint32_t server = idle[--idles];
                t.busy_area -= now;
                arrived[server] = now;
                tight_push(&h, tight_make(&h, now + work, server));
            } else {
                ring[tail++ % RING] = (struct tight_customer){now, work};
            }
        } else {
            t.completions++;
            t.sojourn += now - arrived[id];
            t.present_area += now;
            if (head != tail) {
                const struct tight_customer next = ring[head++ % RING];
                arrived[id] = next.arrived;
                t.wait += now - next.arrived;
                tight_down(&h, tight_make(&h, now + next.demand, id), few);
            } else {
                tight_pop(&h, few);
                t.busy_area += now;
                idle[idles++] = id;
            }
        }
    }
    const double ns = (bench_now_ns() - start) / (double)events;
    t.busy_area += (double)(servers - (int)idles) * now;
    t.present_area += (double)(t.arrivals - t.completions) * now;
    bench_keep(t.wait + t.busy_area + t.present_area);
    free(ring);
    tight_heap_free(&h);
    return (struct bench_run){ns, t.sojourn / (double)t.completions};
}

struct bench_run tight_queue(int servers, uint64_t events)
{
    return queue_run(servers, events, false);
}

struct bench_run tight_queue_of_two(int servers, uint64_t events)
{
    return queue_run(servers, events, true);
}

struct tight_job {
    int32_t next; /* jobs by number, -1 = none */
    double arrived, demand;
};

struct tight_station {
    int32_t head, tail;
    struct tight_statistics t;
};

static void station_serve(struct tight_heap *h, const struct tight_job *job, uint32_t at, double now)
{
    tight_push(h, tight_make(h, now + job->demand, at));
}

/* All stations have as many jobs at first. */
static void network_fill(struct tight_heap *h, struct tight_station *station, struct tight_job *job,
                         int stations, struct rng *demand)
{
    for (int j = 0; j < stations * BENCH_JOBS_PER_STATION; j++)
        job[j] =
            (struct tight_job){(j + 1) % BENCH_JOBS_PER_STATION ? j + 1 : -1, 0.0, rng_exponential(demand)};
    for (int i = 0; i < stations; i++) {
        station[i] = (struct tight_station){.head = i * BENCH_JOBS_PER_STATION,
                                            .tail = (i + 1) * BENCH_JOBS_PER_STATION - 1};
        station_serve(h, &job[station[i].head], (uint32_t)i, 0.0);
    }
}

/* Closed network: jobs are linked by number; one source a station; the same statistics a station. */
struct bench_run tight_network(int stations, uint64_t events)
{
    struct tight_heap h;
    tight_heap_init(&h, stations);
    struct rng demand, route;
    rng_seed(&demand, BENCH_SEED, 1, 3, 0);
    rng_seed(&route, BENCH_SEED, 1, 4, 0);
    struct tight_station *station = calloc((size_t)stations, sizeof *station);
    struct tight_job *job = calloc((size_t)stations * BENCH_JOBS_PER_STATION, sizeof *job);
    if (!station || !job)
        exit(3);
    network_fill(&h, station, job, stations, &demand);
    const double start = bench_now_ns();
    double now = 0.0;
    for (uint64_t e = 0; e < events; e++) {
        now = tight_time(h.key[0]);
        const uint32_t at = tight_id(h.key[0]);
        struct tight_station *from = &station[at];
        const int32_t j = from->head;
        from->t.completions++;
        from->t.sojourn += now - job[j].arrived;
        from->t.present_area += now;
        from->head = job[j].next;
        if (from->head >= 0) {
            const struct tight_job *next = &job[from->head];
            from->t.wait += now - next->arrived;
            tight_down(&h, tight_make(&h, now + next->demand, at), false);
        } else {
            from->t.busy_area += now;
            tight_pop(&h, false);
        }
        const uint32_t target = (uint32_t)rng_below(&route, (uint64_t)stations);
        struct tight_station *to = &station[target];
        job[j] = (struct tight_job){-1, now, rng_exponential(&demand)};
        to->t.arrivals++;
        to->t.present_area -= now;
        if (to->head < 0) {
            to->head = j;
            to->t.busy_area -= now;
            station_serve(&h, &job[j], target, now);
        } else {
            job[to->tail].next = j;
        }
        to->tail = j;
    }
    const double ns = (bench_now_ns() - start) / (double)events;
    for (int i = 0; i < stations; i++)
        bench_keep(station[i].t.wait + station[i].t.sojourn + station[i].t.busy_area +
                   station[i].t.present_area);
    free(station);
    free(job);
    tight_heap_free(&h);
    return (struct bench_run){ns, (double)events / stations / now};
}

struct bench_run tight_hold(int pending, uint64_t events)
{
    struct tight_heap h;
    tight_heap_init(&h, pending);
    struct rng gap;
    rng_seed(&gap, BENCH_SEED, 1, 5, 0);
    for (int i = 0; i < pending; i++)
        tight_push(&h, tight_make(&h, rng_exponential(&gap), (uint32_t)i));
    const double start = bench_now_ns();
    double now = 0.0;
    for (uint64_t e = 0; e < events; e++) {
        now = tight_time(h.key[0]);
        tight_down(&h, tight_make(&h, now + rng_exponential(&gap), tight_id(h.key[0])), false);
    }
    const double ns = (bench_now_ns() - start) / (double)events;
    tight_heap_free(&h);
    return (struct bench_run){ns, now / (double)events * pending};
}

struct bench_run tight_reschedule(int pending, uint64_t events)
{
    struct tight_heap h;
    tight_heap_init(&h, pending);
    struct rng gap, pick;
    rng_seed(&gap, BENCH_SEED, 1, 5, 0);
    rng_seed(&pick, BENCH_SEED, 1, 6, 0);
    for (int i = 0; i < pending; i++)
        tight_indexed_up(&h, h.n++, tight_make(&h, rng_exponential(&gap), (uint32_t)i));
    const double start = bench_now_ns();
    double now = 0.0;
    for (uint64_t e = 0; e < events; e++) {
        now = tight_time(h.key[0]);
        tight_indexed_down(&h, 0, tight_make(&h, now + rng_exponential(&gap), tight_id(h.key[0])));
        const uint32_t other = (uint32_t)rng_below(&pick, (uint64_t)pending);
        const tight_key k = tight_make(&h, now + rng_exponential(&gap), other);
        const uint32_t i = h.position[other];
        if (k < h.key[i])
            tight_indexed_up(&h, i, k);
        else
            tight_indexed_down(&h, i, k);
    }
    const double ns = (bench_now_ns() - start) / (double)events;
    tight_heap_free(&h);
    return (struct bench_run){ns, now / (double)events * pending};
}
