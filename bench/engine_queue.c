/* engine_queue.c - M/M/c and the closed network through station.h, with its full statistics. */
#include "bench/bench.h"
#include "model/engine/rng.h"
#include "model/engine/station.h"

#define MEAN_NS 1e6

struct open_queue;

struct job {
    struct customer customer; /* first, so that a customer is its job */
    struct job *next_free;
    struct open_queue *model;
};

/* ---- M/M/c: two events a customer ---- */

struct open_queue {
    struct arena *arena;
    struct station *station;
    struct sim_source arrivals;
    struct rng gap, demand;
    double mean_gap_ns;
    struct job *free_job;
};

static void open_done(struct sim *sim, struct customer *c)
{
    (void)sim;
    struct job *j = (struct job *)(void *)c;
    struct open_queue *m = j->model;
    j->next_free = m->free_job;
    m->free_job = j;
}

static struct job *open_job(struct open_queue *m)
{
    struct job *j = m->free_job;
    if (j) {
        m->free_job = j->next_free;
        return j;
    }
    j = ARENA_NEW(m->arena, struct job);
    j->model = m;
    j->customer.done = open_done;
    return j;
}

static void open_arrival(struct sim *sim, void *owner)
{
    struct open_queue *m = owner;
    struct job *j = open_job(m);
    j->customer.demand_ns = MEAN_NS * rng_exponential(&m->demand);
    sim_schedule(sim, m->arrivals, sim->now + sim_round(m->mean_gap_ns * rng_exponential(&m->gap)),
                 SIM_PRIORITY);
    station_submit(m->station, &j->customer);
}

struct bench_run engine_queue(int servers, uint64_t events)
{
    struct arena *a = arena_new();
    struct sim sim;
    sim_init(&sim, a, BENCH_SEED, 0);
    struct open_queue m = {.arena = a, .mean_gap_ns = MEAN_NS / (BENCH_LOAD * servers)};
    m.station = station_new(&sim, servers, STATION_FIFO);
    m.arrivals = sim_source_new(&sim, open_arrival, &m);
    rng_seed(&m.gap, BENCH_SEED, 0, 1, 0);
    rng_seed(&m.demand, BENCH_SEED, 0, 2, 0);
    sim_schedule(&sim, m.arrivals, 0, SIM_PRIORITY);
    const double start = bench_now_ns();
    const sim_ns end = (sim_ns)(m.mean_gap_ns * 0.5 * (double)events);
    const uint64_t done = sim_run(&sim, end);
    const double ns = (bench_now_ns() - start) / (double)done;
    const struct station_counters c = station_read(m.station);
    const double sojourn = c.sojourn_ns / (double)c.completions / MEAN_NS;
    arena_free(a);
    return (struct bench_run){ns, sojourn};
}

/* ---- closed network: one event a completion ---- */

struct closed_job {
    struct customer customer; /* first, so that a customer is its job */
    struct network *model;
};

struct network {
    struct station **station;
    struct rng demand, route;
    uint64_t stations;
};

static void network_send(struct network *m, struct customer *c)
{
    c->demand_ns = MEAN_NS * rng_exponential(&m->demand);
    station_submit(m->station[rng_below(&m->route, m->stations)], c);
}

static void network_done(struct sim *sim, struct customer *c)
{
    (void)sim;
    network_send(((struct closed_job *)(void *)c)->model, c);
}

struct bench_run engine_network(int stations, uint64_t events)
{
    struct arena *a = arena_new();
    struct sim sim;
    sim_init(&sim, a, BENCH_SEED, 0);
    struct network m = {.station = ARENA_ARRAY(a, struct station *, (size_t)stations),
                        .stations = (uint64_t)stations};
    rng_seed(&m.demand, BENCH_SEED, 0, 3, 0);
    rng_seed(&m.route, BENCH_SEED, 0, 4, 0);
    for (int i = 0; i < stations; i++)
        m.station[i] = station_new(&sim, 1, STATION_FIFO);
    for (int i = 0; i < stations * BENCH_JOBS_PER_STATION; i++) {
        struct closed_job *j = ARENA_NEW(a, struct closed_job);
        j->model = &m;
        j->customer.done = network_done;
        network_send(&m, &j->customer);
    }
    const double start = bench_now_ns();
    const uint64_t done = sim_run(&sim, (sim_ns)(MEAN_NS * (double)events / (0.91 * stations)));
    const double ns = (bench_now_ns() - start) / (double)done;
    const struct bench_run run = {ns, (double)done / stations * MEAN_NS / (double)sim.now};
    arena_free(a);
    return run;
}
