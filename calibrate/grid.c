/* grid.c - series of several cadences on one common grid of intervals. */
#include "calibrate/grid.h"
#include <math.h>

static const struct log_series *coarsest(const struct machine *m)
{
    const struct log_series *best = NULL;
    for (int c = 0; c < CLASSES; c++) {
        const struct instance_list *list = &m->cls[c];
        /* Memory and counts of things hardly move, and queues are samples: a slow cadence of them must not blur the rest. */
        const bool still = c == CLASS_MEMORY || c == CLASS_VM_MEMORY || c == CLASS_PARTITION ||
                           c == CLASS_CONFIGURATION || c == CLASS_SYSTEM;
        for (int i = -1; i < list->n && !still; i++) {
            const struct instance *item = i < 0 ? list->total : &list->item[i];
            for (int k = 0; item != NULL && k < NAMES; k++) {
                const struct log_series *s = item->by[k];
                /* 1 %: stamps jitter; among equals the longest series wins. */
                const bool coarser = s != NULL && (best == NULL || s->step_s > 1.01 * best->step_s ||
                                                   (s->step_s > 0.99 * best->step_s && s->n > best->n));
                best = coarser ? s : best;
            }
        }
    }
    return best;
}

struct grid *grid_new(struct arena *a, const struct machine *m)
{
    struct grid *g = ARENA_NEW(a, struct grid);
    g->arena = a;
    const struct log_series *s = coarsest(m);
    const size_t n = s != NULL ? s->n : 0;
    g->start_ns = ARENA_ARRAY(a, int64_t, n);
    g->end_ns = ARENA_ARRAY(a, int64_t, n);
    g->span_s = ARENA_ARRAY(a, double, n);
    g->n = (int)n;
    for (size_t i = 0; i < n; i++) {
        g->end_ns[i] = s->point[i].end_ns;
        g->span_s[i] = s->point[i].span_s;
        g->start_ns[i] = g->end_ns[i] - (int64_t)(g->span_s[i] * 1e9);
    }
    return g;
}

struct grid *grid_part(struct arena *a, const struct grid *g, int from, int to)
{
    struct grid *part = ARENA_NEW(a, struct grid);
    *part = (struct grid){a, g->start_ns + from, g->end_ns + from, g->span_s + from, to - from};
    return part;
}

double *grid_values(const struct grid *g, const struct log_series *s)
{
    double *v = ARENA_ARRAY(g->arena, double, (size_t)g->n);
    size_t first = 0;
    for (int k = 0; k < g->n; k++) {
        double sum = 0.0, covered = 0.0;
        while (s != NULL && first < s->n && s->point[first].end_ns <= g->start_ns[k]) {
            first++;
        }
        for (size_t i = first; s != NULL && i < s->n; i++) {
            const struct log_point *p = &s->point[i];
            const int64_t start = p->end_ns - (int64_t)(p->span_s * 1e9);
            if (start >= g->end_ns[k]) {
                break;
            }
            const int64_t from = start > g->start_ns[k] ? start : g->start_ns[k];
            const int64_t to = p->end_ns < g->end_ns[k] ? p->end_ns : g->end_ns[k];
            const double overlap = to > from ? (double)(to - from) * 1e-9 : 0.0;
            sum += p->value * overlap;
            covered += overlap;
        }
        v[k] = covered >= 0.5 * g->span_s[k] ? sum / covered : (double)NAN;
    }
    return v;
}

double grid_mean(const struct grid *g, const double *v)
{
    return grid_weighted(g, v, NULL);
}

double grid_weighted(const struct grid *g, const double *v, const double *w)
{
    double sum = 0.0, weight = 0.0;
    for (int k = 0; k < g->n; k++) {
        const double x = g->span_s[k] * (w != NULL ? w[k] : 1.0);
        if (!isnan(v[k]) && !isnan(x)) {
            sum += v[k] * x;
            weight += x;
        }
    }
    return weight > 0.0 ? sum / weight : (double)NAN;
}
