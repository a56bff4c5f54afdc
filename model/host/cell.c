/* cell.c - one replication of one case, with its counters kept at regular times. */
#include "model/host/cell.h"

#define BINS_MAX 512

struct cell *cell_new(const struct model *m, const char *name, uint64_t seed, int replication, sim_ns width)
{
    struct arena *a = arena_new();
    struct cell *c = ARENA_NEW(a, struct cell);
    c->arena = a;
    c->run = run_new(a, m, name, seed, replication);
    c->layout = collect_layout(a, c->run);
    c->bin = ARENA_ARRAY(a, double *, BINS_MAX);
    c->width = width;
    return c;
}

void cell_free(struct cell *c)
{
    if (c)
        arena_free(c->arena);
}

sim_ns cell_now(const struct cell *c)
{
    return c->bins * c->width;
}

/* Every second bin stays: the ends at 2, 4, 6 ... x width. */
static void thin(struct cell *c)
{
    for (int i = 0; i < c->bins / 2; i++) {
        double *swap = c->bin[i];
        c->bin[i] = c->bin[2 * i + 1];
        c->bin[2 * i + 1] = swap;
    }
    c->bins /= 2;
    c->width *= 2;
}

void cell_advance(struct cell *c, sim_ns until)
{
    while (!c->run->saturated && cell_now(c) < until) {
        if (c->bins == BINS_MAX)
            thin(c);
        run_until(c->run, cell_now(c) + c->width);
        if (c->run->saturated) {
            c->stopped = c->run->sim.now;
            c->last = ARENA_ARRAY(c->arena, double, (size_t)c->layout->size);
            collect_read(c->run, c->layout, c->last);
            return;
        }
        if (!c->bin[c->bins])
            c->bin[c->bins] = ARENA_ARRAY(c->arena, double, (size_t)c->layout->size);
        collect_read(c->run, c->layout, c->bin[c->bins++]);
    }
}

void cell_delta(const struct cell *c, int j, int i, double *out)
{
    for (int k = 0; k < c->layout->size; k++)
        out[k] = c->bin[i][k] - (j >= 0 ? c->bin[j][k] : 0.0);
}

int cell_bin_at(const struct cell *c, sim_ns t)
{
    const sim_ns i = t / c->width + (t % c->width >= c->width - c->width / 2) - 1; /* t may be SIM_NEVER */
    return i >= c->bins ? c->bins - 1 : i < -1 ? -1 : (int)i;
}

void cell_record(struct cell *c)
{
    for (int i = 0; i < c->run->model->workloads; i++) {
        hist_clear(&c->run->workload[i].hist);
        c->run->workload[i].record = true;
    }
}
