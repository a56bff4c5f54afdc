/* opinion.c - the second opinion beside each simulated response. */
#include "model/host/opinion.h"
#include "model/analytic/bounds.h"
#include "model/analytic/mva.h"
#include "model/analytic/opennet.h"
#include "model/analytic/schweitzer.h"
#include "model/host/balancer.h"
#include "model/host/estimate.h"
#include "model/host/opinion_links.h"
#include "model/host/program.h"
#include "model/host/spindle.h"
#include <math.h>
#include <string.h>

#define FLOODED 0.95 /* busy share of a disk beyond which its write cache is taken for full */

struct network {
    struct arena *arena;
    const struct run *run;
    const struct scenario_result *result;
    struct qnet net;
    struct qnet_station *station; /* one a resource of the result, and the latencies at the end */
    double *demand;               /* seconds */
    double *behind;               /* seconds of work that the class causes and does not wait for */
    double *longest;              /* by class: waits of operations for the longest of their parts */
    bool *cached;                 /* by station: writes go into a cache */
    double *outside;              /* by station: servers that load of others keeps busy */
    int *queues; /* by station: 1, or one a server (disks whose spindles have queues of their own) */
    double *rate, *think;
    int *population;
    int open, closed;
    bool remembers; /* some disk's times depend on what was served before or on who waits */
};

static int resource_index(const struct scenario_result *r, const char *name)
{
    for (int i = 0; i < r->resources; i++)
        if (strcmp(r->resource[i].name, name) == 0)
            return i;
    return -1;
}

/* CPU waits where it is scarcer: at the VM's VPs or at the LPs of its host. */
static int station_of(const struct network *n, const char *row)
{
    const int i = resource_index(n->result, row);
    if (i < 0 || strcmp(n->result->resource[i].kind, "vcpu") != 0)
        return i;
    for (int v = 0; v < n->run->model->vms; v++) {
        const struct vm *vm = &n->run->vm[v];
        if (strcmp(row, arena_printf(n->arena, "vm.%s.vcpu", vm->spec->name)) != 0)
            continue;
        const int lp = resource_index(n->result, arena_printf(n->arena, "host.%s.lp", vm->host->spec->name));
        return n->result->resource[lp].utilization > n->result->resource[i].utilization ? lp : i;
    }
    return i;
}

static void add_workload(struct network *n, int w)
{
    const struct workload *workload = &n->run->workload[w];
    const struct workload_spec *s = workload->spec;
    const struct estimate e = estimate_workload(n->arena, workload);
    for (int i = 0; i < workload->program->rows; i++) {
        const int at = station_of(n, workload->program->row[i]);
        if (at >= 0)
            n->demand[qnet_at(&n->net, at, w)] += (e.service[i] + e.overhead[i]) * 1e-9;
        if (at >= 0)
            n->behind[qnet_at(&n->net, at, w)] += e.behind[i] * 1e-9;
    }
    n->demand[qnet_at(&n->net, n->net.stations - 1, w)] = e.delay_ns * 1e-9;
    n->longest[w] = e.longest_ns * 1e-9;
    const bool closed = s->arrivals == ARRIVAL_CLOSED;
    n->closed += closed;
    n->open += !closed;
    n->rate[w] = s->arrivals == ARRIVAL_OPEN && !program_refuses(workload->program)
                     ? s->rate_per_s
                     : n->result->workload[w].throughput_per_s;
    n->population[w] = closed ? s->users : 0;
    n->think[w] = closed ? s->think.mean_ns * 1e-9 : 0.0;
}

/* Queues of disks; true if the times of one depend on what was before, or VMs take turns at it. */
static bool disks_read(struct network *n)
{
    bool remembers = false;
    for (int i = 0; i < n->net.stations; i++)
        n->queues[i] = 1;
    for (int h = 0; h < n->run->model->hosts; h++) {
        const struct host *host = &n->run->host[h];
        for (int d = 0; d < host->spec->disks; d++) {
            const struct pdisk *disk = &host->disk[d];
            const int at = resource_index(
                n->result, arena_printf(n->arena, "disk.%s.%s", host->spec->name, disk->spec->name));
            remembers = remembers || spindle_remembers(disk) || balancer_rules(disk);
            if (at < 0)
                continue;
            n->queues[at] = disk->queues;
            n->outside[at] = spindle_outside(disk);
            n->cached[at] = disk->spec->write_cache;
        }
    }
    return remembers;
}

static struct network network_build(struct arena *scratch, const struct run *run,
                                    const struct scenario_result *r)
{
    const int classes = run->model->workloads;
    struct network n = {.arena = scratch, .run = run, .result = r};
    const int stations = r->resources + 1;
    n.station = ARENA_ARRAY(scratch, struct qnet_station, (size_t)stations);
    n.demand = ARENA_ARRAY(scratch, double, (size_t)(stations * classes));
    n.behind = ARENA_ARRAY(scratch, double, (size_t)(stations * classes));
    n.outside = ARENA_ARRAY(scratch, double, (size_t)stations);
    n.cached = ARENA_ARRAY(scratch, bool, (size_t)stations);
    n.longest = ARENA_ARRAY(scratch, double, (size_t)classes);
    n.queues = ARENA_ARRAY(scratch, int, (size_t)stations);
    n.rate = ARENA_ARRAY(scratch, double, (size_t)classes);
    n.think = ARENA_ARRAY(scratch, double, (size_t)classes);
    n.population = ARENA_ARRAY(scratch, int, (size_t)classes);
    for (int i = 0; i < r->resources; i++) {
        const int servers = r->resource[i].servers;
        n.station[i] =
            (struct qnet_station){.kind = servers > 0 ? QNET_QUEUE : QNET_DELAY, .servers = servers};
    }
    n.station[r->resources].kind = QNET_DELAY;
    n.net = (struct qnet){.stations = stations, .classes = classes, .station = n.station, .demand = n.demand};
    for (int w = 0; w < classes; w++)
        add_workload(&n, w);
    n.remembers = disks_read(&n);
    return n;
}

/* Branches run side by side, so the sum of their demands bounds nothing. */
static bool has_branches(const struct workload *w)
{
    for (int i = 0; i < w->program->length; i++)
        if (w->program->code[i].op == OP_FORK || w->program->code[i].op == OP_CPU_PARTS)
            return true;
    return false;
}

/* Storage QoS holds operations back whatever the disk could do: no station of the network. */
static bool has_maximum(const struct workload *w)
{
    for (int i = 0; i < w->program->length; i++) {
        const struct instruction *in = &w->program->code[i];
        for (int m = 0; in->op == OP_DISK && m < w->program->members[in->site]; m++)
            if (!in->plan[m].skipped && in->plan[m].disk->spec->maximum_iops > 0.0)
                return true;
    }
    return false;
}

/* Links work on chunks while the next one is prepared: the sum of the demands is no lower bound then. */
static bool has_pipeline(const struct workload *w)
{
    for (int i = 0; i < w->program->length; i++) {
        const struct instruction *in = &w->program->code[i];
        if ((in->op == OP_SEND || in->op == OP_RECEIVE) && in->plan[0].chunks > 1 &&
            in->plan[0].out.n + in->plan[0].in.n > 0)
            return true;
    }
    return false;
}

/* From link to link two chunks are under way at once: the sum of the demands is up to twice the time. */
static bool has_relay(const struct workload *w)
{
    for (int i = 0; i < w->program->length; i++) {
        const struct instruction *in = &w->program->code[i];
        if ((in->op == OP_SEND || in->op == OP_RECEIVE) && in->plan[0].chunks > 1 && in->plan[0].out.n > 0 &&
            in->plan[0].in.n > 0)
            return true;
    }
    return false;
}

/* What the formulas solve: a disk whose spindles have queues of their own is so many stations. Work that nobody waits for is
 * a class of its own at the rate of the workload that causes it, and load from outside another one. Closed formulas know no
 * such classes: there both take their share of the servers away (shadow server; Sevcik, Priority scheduling disciplines in
 * queueing network models, 1977). */
struct solved {
    struct qnet net;
    struct qnet_station *station;
    double *demand, *rate;
    bool shadow;
};

/* Share of a station's servers that is left. */
static double servers_left(const struct network *n, int at)
{
    double busy = n->outside[at];
    for (int w = 0; w < n->net.classes; w++) {
        const double others =
            n->population[w] > 0 ? 1.0 - 1.0 / n->population[w] : 1.0; /* none waits for itself */
        busy += others * n->result->workload[w].throughput_per_s * n->behind[qnet_at(&n->net, at, w)];
    }
    return fmax(0.05, 1.0 - busy / fmax(1.0, n->net.station[at].servers));
}

static void solved_fill(const struct network *n, struct solved *s, int from, int to)
{
    const int parts = n->queues[from], classes = n->net.classes;
    const double left = s->shadow ? servers_left(n, from) : 1.0;
    s->station[to] = n->net.station[from];
    s->station[to].servers /= parts;
    for (int w = 0; w < classes; w++) {
        s->demand[qnet_at(&s->net, to, w)] = n->demand[qnet_at(&n->net, from, w)] / parts / left;
        if (!s->shadow)
            s->demand[qnet_at(&s->net, to, classes + w)] = n->behind[qnet_at(&n->net, from, w)] / parts;
    }
    if (!s->shadow)
        s->demand[qnet_at(&s->net, to, 2 * classes)] = n->outside[from] / parts;
}

static struct solved solved_new(const struct network *n)
{
    const int classes = n->net.classes;
    struct solved s = {.shadow = n->open == 0};
    for (int i = 0; i < n->net.stations; i++)
        s.net.stations += n->queues[i];
    s.net.classes = s.shadow ? classes : 2 * classes + 1;
    s.station = ARENA_ARRAY(n->arena, struct qnet_station, (size_t)s.net.stations);
    s.demand = ARENA_ARRAY(n->arena, double, (size_t)(s.net.stations * s.net.classes));
    s.rate = ARENA_ARRAY(n->arena, double, (size_t)s.net.classes);
    s.net.station = s.station;
    s.net.demand = s.demand;
    for (int w = 0; w < s.net.classes; w++)
        s.rate[w] = w < 2 * classes ? n->rate[w % classes] : 1.0;
    int to = 0;
    for (int i = 0; i < n->net.stations; i++)
        for (int k = 0; k < n->queues[i]; k++)
            solved_fill(n, &s, i, to++);
    for (int w = 0; w < classes; w++)
        s.demand[qnet_at(&s.net, to - 1, w)] += n->longest[w];
    return s;
}

static bool solve(const struct network *n, struct qnet_result *q, const char **method)
{
    for (int w = 0; w < n->net.classes; w++)
        if (qnet_demand(&n->net, w) <= 0.0)
            return false;
    const struct solved s = solved_new(n);
    if (s.shadow) {
        *method = "mva";
        if (mva_exact(n->arena, &s.net, n->population, n->think, q))
            return true;
        *method = "approximate mva";
        return schweitzer_solve(n->arena, &s.net, n->population, n->think, q);
    }
    *method = n->closed == 0 ? "open network" : "open network, closed loads at their simulated throughput";
    return opennet_solve(n->arena, &s.net, s.rate, q);
}

/* A full cache makes its writes wait for space, which no formula knows. */
static bool is_flooded(const struct network *n, int w)
{
    for (int i = 0; i < n->result->resources; i++)
        if (n->cached[i] && n->behind[qnet_at(&n->net, i, w)] > 0.0 &&
            n->result->resource[i].utilization > FLOODED)
            return true;
    return false;
}

/* Then the formula for the highest response, which counts what the job waits for, is too low. */
static bool works_behind(const struct network *n, int w)
{
    for (int i = 0; i < n->net.stations; i++)
        if (n->behind[qnet_at(&n->net, i, w)] > 0.0 || n->outside[i] > 0.0)
            return true;
    return false;
}

static void fill_row(struct arena *a, const struct network *n, int w, const struct qnet_result *q,
                     const char *method, struct bound_row *row)
{
    const struct workload *workload = &n->run->workload[w];
    const bool branches = has_branches(workload);
    const bool closed = n->population[w] > 0;
    *row = (struct bound_row){.metric = arena_printf(a, "workload.%s.response_s", workload->spec->name),
                              .low = (double)NAN,
                              .high = (double)NAN,
                              .second_opinion = (double)NAN,
                              .method = method};
    if (branches || qnet_demand(&n->net, w) <= 0.0)
        return;
    const struct bounds b = closed && n->net.classes == 1 ? bounds_closed(&n->net, n->population, n->think, w)
                                                          : bounds_open(&n->net, n->rate, w);
    row->low = has_pipeline(workload) ? (double)NAN : b.response_low;
    const bool held = has_maximum(workload), more = works_behind(n, w) || n->remembers;
    row->high = isfinite(b.response_high) && !held && !more ? b.response_high : (double)NAN;
    /* Taken as open, a closed load would wait for itself: with one user it never does. And the formulas know no queue that
     * is full. */
    if (q && !held && !has_relay(workload) && !is_flooded(n, w) && !(closed && n->open > 0) &&
        !program_refuses(workload->program))
        row->second_opinion = q->response[w];
}

/* Links serve messages of fixed length in order of arrival: their part of the product form gives way to M/G/1. */
static void links_correct(const struct network *n, struct qnet_result *q)
{
    const double *links_s = opinion_links_times(n->arena, n->run, n->rate);
    const int classes = 2 * n->net.classes + 1; /* as in solved_new */
    int at = 0;
    for (int i = 0; links_s && i < n->net.stations; i++) {
        const bool link = i < n->result->resources && strcmp(n->result->resource[i].kind, "nic") == 0;
        for (int w = 0; link && w < n->net.classes; w++)
            q->response[w] -= q->residence[at * classes + w];
        at += n->queues[i];
    }
    for (int w = 0; links_s && w < n->net.classes; w++)
        q->response[w] += links_s[w];
}

void opinion_fill(struct arena *a, const struct run *run, struct scenario_result *out)
{
    struct arena *scratch = arena_new();
    const struct network n = network_build(scratch, run, out);
    struct qnet_result q;
    const char *method = "bounds";
    const bool solved = !out->saturated && !n.remembers && solve(&n, &q, &method);
    if (solved && n.open > 0)
        links_correct(&n, &q);
    out->bound = ARENA_ARRAY(a, struct bound_row, (size_t)n.net.classes);
    out->bounds = n.net.classes;
    for (int w = 0; w < n.net.classes; w++)
        fill_row(a, &n, w, solved ? &q : NULL, method, &out->bound[w]);
    arena_free(scratch);
}
