/* queuesim.c - one run of a central-server network, and many of them. */
#include "tests/support/queuesim.h"
#include "model/base/check.h"
#include "model/base/text.h"
#include "model/engine/parallel.h"
#include "model/engine/rng.h"
#include "tests/support/support.h"
#include <math.h>
#include <string.h>

struct run;

struct job {
    struct customer customer; /* first: the station gives it back */
    struct run *run;
    int class_, at;
    sim_ns began;
    struct sim_source timer; /* of a closed customer: end of thinking */
    struct job *next_free;
};

struct arrivals {
    struct run *run;
    int class_;
    struct sim_source source;
    struct rng rng;
};

/* What customers saw since the last reset. */
struct seen {
    double *visit_ns, *visits; /* [station * classes + class] */
    double *delayed;           /* [station] */
    double *round_ns, *rounds; /* [class] */
};

struct run {
    const struct queuesim *q;
    struct sim sim;
    struct station **station;
    struct dist *service; /* [station * classes + class], in ns */
    struct arrivals *arrivals;
    struct rng route, serve, think;
    struct job *free_jobs;
    struct seen seen;
};

/* What one replication yields; the same cells as in queuesim_result. */
struct sample {
    double *utilization, *throughput, *response, *wait, *present, *waiting, *refused, *delayed;
    double *visit_rate, *visit_time, *visiting, *round_rate, *round_time;
    double law_breach;
    uint64_t events;
};

static size_t cell(const struct queuesim *q, int station, int class_)
{
    return (size_t)station * (size_t)q->classes + (size_t)class_;
}

static void visit_done(struct sim *sim, struct customer *c);

static void job_enter(struct job *job, int station)
{
    struct run *run = job->run;
    job->at = station;
    job->customer.done = visit_done;
    job->customer.demand_ns = dist_draw(&run->service[cell(run->q, station, job->class_)], &run->serve);
    if (!station_submit(run->station[station], &job->customer)) {
        job->next_free = run->free_jobs;
        run->free_jobs = job;
    }
}

static void round_begin(struct sim *sim, void *owner)
{
    struct job *job = owner;
    job->began = sim->now;
    job_enter(job, 0);
}

static void round_end(struct job *job)
{
    struct run *run = job->run;
    const struct queuesim_class *class_ = &run->q->class_[job->class_];
    run->seen.round_ns[job->class_] += (double)(run->sim.now - job->began);
    run->seen.rounds[job->class_] += 1;
    if (class_->rate > 0) {
        job->next_free = run->free_jobs;
        run->free_jobs = job;
    } else if (class_->think > 0) {
        const double ns = class_->think * QUEUESIM_UNIT_NS * rng_exponential(&run->think);
        sim_schedule(&run->sim, job->timer, run->sim.now + sim_round(ns), 8);
    } else {
        round_begin(&run->sim, job);
    }
}

/* From station 0: to i with chance visits[i] / visits[0], or -1. */
static int next_station(struct job *job)
{
    const struct queuesim *q = job->run->q;
    const double *visits = q->class_[job->class_].visits;
    double left = rng_uniform(&job->run->route) * visits[0];
    for (int i = 1; i < q->stations; i++) {
        if (left < visits[i])
            return i;
        left -= visits[i];
    }
    return -1;
}

static void visit_done(struct sim *sim, struct customer *c)
{
    struct job *job = (struct job *)c;
    struct seen *seen = &job->run->seen;
    const size_t at = cell(job->run->q, job->at, job->class_);
    seen->visit_ns[at] += (double)(sim->now - c->arrived);
    seen->visits[at] += 1;
    seen->delayed[job->at] += c->started > c->arrived;
    const int next = job->at == 0 ? next_station(job) : 0;
    if (next >= 0)
        job_enter(job, next);
    else
        round_end(job);
}

static struct job *job_new(struct run *run, int class_)
{
    struct job *job = run->free_jobs;
    if (job)
        run->free_jobs = job->next_free;
    else
        job = ARENA_NEW(run->sim.arena, struct job);
    job->run = run;
    job->class_ = class_;
    job->customer.priority = run->q->class_[class_].priority;
    return job;
}

static void arrive(struct sim *sim, void *owner)
{
    struct arrivals *arrivals = owner;
    const double gap = rng_exponential(&arrivals->rng) / arrivals->run->q->class_[arrivals->class_].rate;
    sim_schedule(sim, arrivals->source, sim->now + sim_round(gap * QUEUESIM_UNIT_NS), 8);
    round_begin(sim, job_new(arrivals->run, arrivals->class_));
}

static void start_class(struct run *run, int class_, uint64_t replication)
{
    const struct queuesim_class *row = &run->q->class_[class_];
    struct arrivals *arrivals = &run->arrivals[class_];
    *arrivals = (struct arrivals){.run = run, .class_ = class_};
    rng_seed(&arrivals->rng, run->q->seed, replication, text_hash("arrivals"), (uint64_t)class_);
    if (row->rate > 0) {
        arrivals->source = sim_source_new(&run->sim, arrive, arrivals);
        sim_schedule(&run->sim, arrivals->source, 0, 8);
        return;
    }
    for (int i = 0; i < row->population; i++) {
        struct job *job = job_new(run, class_);
        job->timer = sim_source_new(&run->sim, round_begin, job);
        sim_schedule(&run->sim, job->timer,
                     sim_round(row->think * QUEUESIM_UNIT_NS * rng_exponential(&run->think)), 8);
    }
}

static void run_init(struct run *run, const struct queuesim *q, struct arena *a, int replication)
{
    const size_t stations = (size_t)q->stations, classes = (size_t)q->classes;
    *run = (struct run){.q = q,
                        .station = ARENA_ARRAY(a, struct station *, stations),
                        .service = ARENA_ARRAY(a, struct dist, stations * classes),
                        .arrivals = ARENA_ARRAY(a, struct arrivals, classes)};
    run->seen = (struct seen){.visit_ns = ARENA_ARRAY(a, double, stations *classes),
                              .visits = ARENA_ARRAY(a, double, stations *classes),
                              .delayed = ARENA_ARRAY(a, double, stations),
                              .round_ns = ARENA_ARRAY(a, double, classes),
                              .rounds = ARENA_ARRAY(a, double, classes)};
    sim_init(&run->sim, a, q->seed, replication);
    const uint64_t n = (uint64_t)replication;
    rng_seed(&run->route, q->seed, n, text_hash("route"), 0);
    rng_seed(&run->serve, q->seed, n, text_hash("serve"), 0);
    rng_seed(&run->think, q->seed, n, text_hash("think"), 0);
    for (int i = 0; i < q->stations; i++) {
        run->station[i] = station_new(&run->sim, q->station[i].servers, q->station[i].discipline);
        station_set_limit(run->station[i], q->station[i].limit);
        for (int r = 0; r < q->classes; r++) {
            const struct queuesim_class *row = &q->class_[r];
            const char *why = NULL;
            CHECK(dist_make(&run->service[cell(q, i, r)], row->dist, row->service[i] * QUEUESIM_UNIT_NS,
                            row->scv, &why));
        }
    }
    for (int r = 0; r < q->classes; r++)
        start_class(run, r, n);
}

static void seen_reset(const struct queuesim *q, struct seen *seen)
{
    const size_t classes = (size_t)q->classes, cells = (size_t)q->stations * classes;
    memset(seen->visit_ns, 0, cells * sizeof(double));
    memset(seen->visits, 0, cells * sizeof(double));
    memset(seen->delayed, 0, (size_t)q->stations * sizeof(double));
    memset(seen->round_ns, 0, classes * sizeof(double));
    memset(seen->rounds, 0, classes * sizeof(double));
}

static void sample_station(const struct run *run, int i, struct station_counters from, struct sample *s)
{
    const struct station_counters to = station_read(run->station[i]);
    const double ns = run->q->window * QUEUESIM_UNIT_NS, n = (double)(to.completions - from.completions);
    double visits = 0;
    for (int r = 0; r < run->q->classes; r++) {
        const size_t at = cell(run->q, i, r);
        s->visit_rate[at] = run->seen.visits[at] / run->q->window;
        s->visit_time[at] = run->seen.visit_ns[at] / run->seen.visits[at] / QUEUESIM_UNIT_NS;
        s->visiting[at] = run->seen.visit_ns[at] / ns;
        visits += run->seen.visits[at];
    }
    s->utilization[i] = (to.busy_area - from.busy_area) / ns / station_servers(run->station[i]);
    s->throughput[i] = n / run->q->window;
    s->response[i] = (to.sojourn_ns - from.sojourn_ns) / n / QUEUESIM_UNIT_NS;
    s->wait[i] = (to.wait_ns - from.wait_ns) / n / QUEUESIM_UNIT_NS;
    s->present[i] = (to.present_area - from.present_area) / ns;
    s->waiting[i] = (to.waiting_area - from.waiting_area) / ns;
    s->refused[i] = (double)(to.refused - from.refused) /
                    (double)(to.refused - from.refused + to.arrivals - from.arrivals);
    s->delayed[i] = run->seen.delayed[i] / visits;
    s->law_breach = fmax(s->law_breach, station_law_breach(run->station[i]));
}

static void sample_new(struct sample *s, struct arena *a, const struct queuesim *q)
{
    const size_t stations = (size_t)q->stations, classes = (size_t)q->classes;
    double **const of_station[] = {&s->utilization, &s->throughput, &s->response, &s->wait,
                                   &s->present,     &s->waiting,    &s->refused,  &s->delayed};
    double **const of_cell[] = {&s->visit_rate, &s->visit_time, &s->visiting};
    for (size_t i = 0; i < sizeof of_station / sizeof *of_station; i++)
        *of_station[i] = ARENA_ARRAY(a, double, stations);
    for (size_t i = 0; i < sizeof of_cell / sizeof *of_cell; i++)
        *of_cell[i] = ARENA_ARRAY(a, double, stations *classes);
    s->round_rate = ARENA_ARRAY(a, double, classes);
    s->round_time = ARENA_ARRAY(a, double, classes);
}

struct batch {
    const struct queuesim *q;
    struct sample *sample; /* [replication] */
};

static void replicate(int task, void *context)
{
    const struct batch *batch = context;
    const struct queuesim *q = batch->q;
    struct sample *s = &batch->sample[task];
    struct arena *a = arena_new();
    struct run *run = ARENA_NEW(a, struct run);
    struct station_counters *from = ARENA_ARRAY(a, struct station_counters, (size_t)q->stations);
    run_init(run, q, a, task);
    sim_run(&run->sim, sim_round(q->warmup * QUEUESIM_UNIT_NS));
    seen_reset(q, &run->seen);
    for (int i = 0; i < q->stations; i++)
        from[i] = station_read(run->station[i]);
    sim_run(&run->sim, sim_round((q->warmup + q->window) * QUEUESIM_UNIT_NS));
    for (int i = 0; i < q->stations; i++)
        sample_station(run, i, from[i], s);
    for (int r = 0; r < q->classes; r++) {
        s->round_rate[r] = run->seen.rounds[r] / q->window;
        s->round_time[r] = run->seen.round_ns[r] / run->seen.rounds[r] / QUEUESIM_UNIT_NS;
    }
    s->events = run->sim.executed;
    arena_free(a);
}

/* One more value for each of n tallies, which are made on the first call. */
static void add(struct arena *a, struct tally **tally, const double *value, size_t n)
{
    if (!*tally) {
        *tally = ARENA_ARRAY(a, struct tally, n);
        for (size_t i = 0; i < n; i++)
            tally_init(&(*tally)[i]);
    }
    for (size_t i = 0; i < n; i++)
        tally_add(&(*tally)[i], value[i]);
}

static void result_add(struct arena *a, const struct queuesim *q, struct queuesim_result *out,
                       const struct sample *s)
{
    const size_t stations = (size_t)q->stations, classes = (size_t)q->classes;
    add(a, &out->utilization, s->utilization, stations);
    add(a, &out->throughput, s->throughput, stations);
    add(a, &out->response, s->response, stations);
    add(a, &out->wait, s->wait, stations);
    add(a, &out->present, s->present, stations);
    add(a, &out->waiting, s->waiting, stations);
    add(a, &out->refused, s->refused, stations);
    add(a, &out->delayed, s->delayed, stations);
    add(a, &out->visit_rate, s->visit_rate, stations * classes);
    add(a, &out->visit_time, s->visit_time, stations * classes);
    add(a, &out->visiting, s->visiting, stations * classes);
    add(a, &out->round_rate, s->round_rate, classes);
    add(a, &out->round_time, s->round_time, classes);
    out->law_breach = fmax(out->law_breach, s->law_breach);
    out->events += s->events;
}

struct queuesim_result queuesim_run(struct arena *a, const struct queuesim *q)
{
    struct batch batch = {q, ARENA_ARRAY(a, struct sample, (size_t)q->replications)};
    for (int i = 0; i < q->replications; i++)
        sample_new(&batch.sample[i], a, q);
    parallel_for(q->replications, 0, replicate, &batch);
    struct queuesim_result out = {0};
    for (int i = 0; i < q->replications; i++)
        result_add(a, q, &out, &batch.sample[i]);
    return out;
}

bool queuesim_rejects(const struct tally *t, double truth)
{
    const double std_error = tally_std_error(t);
    return std_error < 0.005 * fabs(truth) && !support_statistically_equal(t->mean, std_error, truth);
}
