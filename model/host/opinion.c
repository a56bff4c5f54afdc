/* opinion.c - the second opinion beside each simulated response. */
#include "model/host/opinion.h"
#include "model/analytic/bounds.h"
#include "model/analytic/mva.h"
#include "model/analytic/opennet.h"
#include "model/analytic/schweitzer.h"
#include "model/host/estimate.h"
#include "model/host/program.h"
#include <math.h>
#include <string.h>

struct network {
    struct arena *arena;
    const struct run *run;
    const struct scenario_result *result;
    struct qnet net;
    struct qnet_station *station; /* one a resource of the result, and the latencies at the end */
    double *demand;               /* seconds */
    double *rate, *think;
    int *population;
    int open, closed;
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
    }
    n->demand[qnet_at(&n->net, n->net.stations - 1, w)] = e.delay_ns * 1e-9;
    const bool closed = s->arrivals == ARRIVAL_CLOSED;
    n->closed += closed;
    n->open += !closed;
    n->rate[w] = s->arrivals == ARRIVAL_OPEN ? s->rate_per_s : n->result->workload[w].throughput_per_s;
    n->population[w] = closed ? s->users : 0;
    n->think[w] = closed ? s->think.mean_ns * 1e-9 : 0.0;
}

static struct network network_build(struct arena *scratch, const struct run *run,
                                    const struct scenario_result *r)
{
    const int classes = run->model->workloads;
    struct network n = {.arena = scratch, .run = run, .result = r};
    const int stations = r->resources + 1;
    n.station = ARENA_ARRAY(scratch, struct qnet_station, (size_t)stations);
    n.demand = ARENA_ARRAY(scratch, double, (size_t)(stations * classes));
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

/* The link works on one chunk while the next one is prepared: the sum of the demands is no lower bound then. */
static bool has_pipeline(const struct workload *w)
{
    for (int i = 0; i < w->program->length; i++) {
        const struct instruction *in = &w->program->code[i];
        if (in->op == OP_SEND && in->plan[0].chunks > 1 && !in->plan[0].peer)
            return true;
    }
    return false;
}

static bool solve(const struct network *n, struct qnet_result *q, const char **method)
{
    for (int w = 0; w < n->net.classes; w++)
        if (qnet_demand(&n->net, w) <= 0.0)
            return false;
    if (n->open == 0) {
        *method = "mva";
        if (mva_exact(n->arena, &n->net, n->population, n->think, q))
            return true;
        *method = "approximate mva";
        return schweitzer_solve(n->arena, &n->net, n->population, n->think, q);
    }
    *method = n->closed == 0 ? "open network" : "open network, closed loads at their simulated throughput";
    return opennet_solve(n->arena, &n->net, n->rate, q);
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
    row->high = isfinite(b.response_high) ? b.response_high : (double)NAN;
    /* Taken as open, a closed load would wait for itself: with one user it never does. */
    if (q && !(closed && n->open > 0))
        row->second_opinion = q->response[w];
}

void opinion_fill(struct arena *a, const struct run *run, struct scenario_result *out)
{
    struct arena *scratch = arena_new();
    const struct network n = network_build(scratch, run, out);
    struct qnet_result q;
    const char *method = "bounds";
    const bool solved = !out->saturated && solve(&n, &q, &method);
    out->bound = ARENA_ARRAY(a, struct bound_row, (size_t)n.net.classes);
    out->bounds = n.net.classes;
    for (int w = 0; w < n.net.classes; w++)
        fill_row(a, &n, w, solved ? &q : NULL, method, &out->bound[w]);
    arena_free(scratch);
}
