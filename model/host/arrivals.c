/* arrivals.c - where jobs come from. */
#include "model/host/arrivals.h"
#include "model/base/text.h"
#include "model/host/job.h"
#include "model/host/place.h"

#define INSTANT_NS                                                                                           \
    1000 /* between jobs without demand of a user who does not think (W305): the clock must go on */

#define REFUSED_NS 1000000 /* before a user who was refused asks again, at the least; assumed */

/* ---- open ---- */

/* Mean gap now. With bursts the source is on or off for exponential times; on for the share 1/burst of the time. */
static void open_next(struct workload *w)
{
    struct sim *sim = &w->run->sim;
    const sim_ns gap = sim_round(dist_draw(&w->gap, &w->arrivals));
    sim_schedule(sim, w->arrival, sim->now + gap, SIM_PRIORITY);
}

static void open_arrival(struct sim *sim, void *owner)
{
    (void)sim;
    struct workload *w = owner;
    open_next(w);
    job_start(w, w->started, -1, 1.0);
}

static void burst_switch(struct sim *sim, void *owner)
{
    struct workload *w = owner;
    const double share = 1.0 / w->spec->burst;
    w->burst_on = !w->burst_on;
    const double mean = w->spec->burst_period_ns * (w->burst_on ? share : 1.0 - share);
    const double length = mean * rng_exponential(&w->burst_random);
    sim_schedule(sim, w->burst_timer, sim->now + sim_round(length), SIM_PRIORITY);
    if (w->burst_on)
        open_next(w);
    else
        sim_cancel(sim, w->arrival);
}

static void open_init(struct workload *w)
{
    struct sim *sim = &w->run->sim;
    const struct workload_spec *s = w->spec;
    const char *why = NULL;
    const double peak = s->rate_per_s * s->burst;
    CHECK(dist_make(&w->gap, DIST_AUTO, 1e9 / peak, s->scv, &why));
    w->arrival = sim_source_new(sim, open_arrival, w);
    if (s->burst <= 1.0) {
        open_next(w);
        return;
    }
    w->burst_timer = sim_source_new(sim, burst_switch, w);
    w->burst_on = rng_uniform(&w->burst_random) >= 1.0 / s->burst; /* the switch below turns it over */
    burst_switch(sim, w);
}

/* ---- closed ---- */

struct user {
    struct workload *workload;
    struct sim_source timer;
    struct dist think;
    struct rng random;
    uint64_t cycle;
    int number;
};

static void user_arrival(struct sim *sim, void *owner)
{
    (void)sim;
    struct user *u = owner;
    /* 2^40 cycles before two users' numbers could meet */
    const uint64_t number = ((uint64_t)u->number << 40) + u->cycle++;
    job_start(u->workload, number, u->number, 1.0);
}

static void user_think(struct user *u, sim_ns least)
{
    struct sim *sim = &u->workload->run->sim;
    const sim_ns think = sim_round(dist_draw(&u->think, &u->random));
    sim_schedule(sim, u->timer, sim->now + (think > least ? think : least), SIM_PRIORITY);
}

static sim_ns pause_of(const struct workload *w)
{
    return w->spec->think.mean_ns > 0.0 ? 1 : INSTANT_NS;
}

static void closed_init(struct workload *w)
{
    const struct workload_spec *s = w->spec;
    const struct dist think = place_dist(&s->think);
    w->user = ARENA_ARRAY(w->run->arena, struct user, (size_t)s->users);
    for (int i = 0; i < s->users; i++) {
        struct user *u = &w->user[i];
        *u = (struct user){.workload = w, .think = think, .number = i};
        rng_seed(&u->random, w->run->seed, (uint64_t)w->run->sim.replication, w->name ^ text_hash("think"),
                 (uint64_t)i);
        u->timer = sim_source_new(&w->run->sim, user_arrival, u);
        user_think(u, 1);
    }
}

/* Who does not think goes on at once, so that a thread which always has work does not give up its VP between two jobs. */
void arrivals_finished(struct workload *w, int user, bool instant)
{
    if (user < 0)
        return;
    if (w->spec->think.mean_ns <= 0.0 && !instant)
        user_arrival(&w->run->sim, &w->user[user]);
    else
        user_think(&w->user[user], pause_of(w));
}

void arrivals_refused(struct workload *w, int user)
{
    if (user >= 0)
        user_think(&w->user[user], REFUSED_NS);
}

/* ---- trace ---- */

/* Sum of the means of the job's CPU demands: what a trace's own figure replaces. */
static double trace_scale(const struct workload *w, uint64_t i)
{
    const struct trace *t = &w->spec->trace;
    return t->cpu_ns && w->cpu_mean_ns > 0.0 ? t->cpu_ns[i] / w->cpu_mean_ns : 1.0;
}

static void trace_arrival(struct sim *sim, void *owner)
{
    struct workload *w = owner;
    const struct trace *t = &w->spec->trace;
    const uint64_t i = w->started;
    if (i + 1 < t->n)
        sim_schedule(sim, w->arrival, sim_round(t->at_ns[i + 1]), SIM_PRIORITY);
    job_start(w, i, -1, trace_scale(w, i));
}

static void trace_init(struct workload *w)
{
    const struct trace *t = &w->spec->trace;
    if (t->n == 0)
        return;
    w->arrival = sim_source_new(&w->run->sim, trace_arrival, w);
    sim_schedule(&w->run->sim, w->arrival, sim_round(t->at_ns[0]), SIM_PRIORITY);
}

void arrivals_init(struct workload *w)
{
    const uint64_t rep = (uint64_t)w->run->sim.replication;
    rng_seed(&w->arrivals, w->run->seed, rep, w->name ^ text_hash("arrivals"), 0);
    rng_seed(&w->burst_random, w->run->seed, rep, w->name ^ text_hash("burst"), 0);
    if (w->spec->arrivals == ARRIVAL_OPEN)
        open_init(w);
    else if (w->spec->arrivals == ARRIVAL_CLOSED)
        closed_init(w);
    else
        trace_init(w);
}
