/* engine_events.c - hold and reschedule through sim.h. */
#include "bench/bench.h"
#include "model/engine/rng.h"
#include "model/engine/sim.h"

#define MEAN_NS 1e9

struct pool {
    struct sim_source *source;
    uint64_t sources;
    struct rng gap, pick;
};

struct ticker {
    struct pool *pool;
    struct sim_source self;
};

static void tick_hold(struct sim *sim, void *owner)
{
    struct ticker *t = owner;
    sim_schedule(sim, t->self, sim->now + sim_round(MEAN_NS * rng_exponential(&t->pool->gap)), SIM_PRIORITY);
}

/* The preemption pattern: the event goes on, and some other event that is pending moves. */
static void tick_reschedule(struct sim *sim, void *owner)
{
    struct ticker *t = owner;
    struct pool *p = t->pool;
    sim_schedule(sim, t->self, sim->now + sim_round(MEAN_NS * rng_exponential(&p->gap)), SIM_PRIORITY);
    const struct sim_source other = p->source[rng_below(&p->pick, p->sources)];
    sim_schedule(sim, other, sim->now + sim_round(MEAN_NS * rng_exponential(&p->gap)), SIM_PRIORITY);
}

/* Check value: simulated time a step in units of mean / pending. */
static struct bench_run run_pool(int pending, uint64_t events, sim_fn fn)
{
    struct arena *a = arena_new();
    struct sim sim;
    sim_init(&sim, a, BENCH_SEED, 0);
    struct pool p = {.source = ARENA_ARRAY(a, struct sim_source, (size_t)pending),
                     .sources = (uint64_t)pending};
    struct ticker *t = ARENA_ARRAY(a, struct ticker, (size_t)pending);
    rng_seed(&p.gap, BENCH_SEED, 0, 5, 0);
    rng_seed(&p.pick, BENCH_SEED, 0, 6, 0);
    for (int i = 0; i < pending; i++) {
        p.source[i] = sim_source_new(&sim, fn, &t[i]);
        t[i] = (struct ticker){&p, p.source[i]};
        sim_schedule(&sim, p.source[i], sim_round(MEAN_NS * rng_exponential(&p.gap)), SIM_PRIORITY);
    }
    const double start = bench_now_ns();
    const uint64_t done = sim_run(&sim, (sim_ns)(MEAN_NS / pending * (double)events));
    const double ns = (bench_now_ns() - start) / (double)done;
    const struct bench_run run = {ns, (double)sim.now / (double)done * pending / MEAN_NS};
    arena_free(a);
    return run;
}

struct bench_run engine_hold(int pending, uint64_t events)
{
    return run_pool(pending, events, tick_hold);
}

struct bench_run engine_reschedule(int pending, uint64_t events)
{
    return run_pool(pending, events, tick_reschedule);
}
