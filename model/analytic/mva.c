/* mva.c - exact mean values through normalisation constants.
 *
 * The recursion of Reiser and Lavenberg takes p(0 | n) of a station with several servers as 1 - (the others),
 * which loses all digits near saturation (Reiser 1981). The same mean values follow from the normalisation
 * constants G(n), built by convolution (Buzen 1973; several classes: Reiser and Kobayashi 1975), where every
 * term is positive.
 */
#include "model/analytic/mva.h"
#include "model/analytic/wide.h"
#include <math.h>

/* About a second and 100 MB. */
static const double most_points = 1e6, most_steps = 2e8;

/* All populations 0 .. N as points 0 .. points - 1, the first class fastest. */
struct lattice {
    int classes;
    size_t points;
    size_t *stride; /* [class] */
    int *count;     /* [point * classes + class] */
    int *total;     /* [point] */
};

struct solver {
    const struct qnet *net;
    struct lattice lattice;
    double *demand;     /* in units of the largest, so that constants stay moderate */
    double *delay;      /* [class]: think time and delay stations, same unit */
    struct wide *tail;  /* [point]: scratch of convolve */
    struct wide *g, *f; /* [point] */
    size_t *head;       /* points with few customers, for convolve */
    double unit;
};

static double lattice_points(const struct qnet *net, const int *population)
{
    double points = 1.0;
    for (int r = 0; r < net->classes; r++)
        points *= population[r] + 1.0;
    return points;
}

static void lattice_init(struct lattice *l, struct arena *a, const struct qnet *net, const int *population)
{
    l->classes = net->classes;
    l->points = 1;
    l->stride = ARENA_ARRAY(a, size_t, (size_t)l->classes);
    for (int r = 0; r < l->classes; r++) {
        l->stride[r] = l->points;
        l->points *= (size_t)population[r] + 1;
    }
    l->count = ARENA_ARRAY(a, int, l->points *(size_t)l->classes);
    l->total = ARENA_ARRAY(a, int, l->points);
    for (size_t p = 0; p < l->points; p++)
        for (int r = 0; r < l->classes; r++) {
            const int count = (int)(p / l->stride[r] % ((size_t)population[r] + 1));
            l->count[p * (size_t)l->classes + (size_t)r] = count;
            l->total[p] += count;
        }
}

static int count_at(const struct lattice *l, size_t point, int class_)
{
    return l->count[point * (size_t)l->classes + (size_t)class_];
}

/* Whether population `k` fits into population `n`. */
static bool fits(const struct lattice *l, size_t k, size_t n)
{
    for (int r = 0; r < l->classes; r++)
        if (count_at(l, k, r) > count_at(l, n, r))
            return false;
    return true;
}

/* sum over classes of weight[r] x[n - one customer of r] */
static struct wide step_sum(const struct lattice *l, const double *weight, const struct wide *x, size_t n)
{
    struct wide sum = wide_of(0.0);
    for (int r = 0; r < l->classes; r++)
        if (count_at(l, n, r) > 0)
            sum = wide_sum(sum, wide_times(x[n - l->stride[r]], weight[r]));
    return sum;
}

/* Weights of the states of one station: f(k) = sum_r D_r f(k - e_r) / min(|k|, servers). */
static void station_weights(struct solver *s, const double *demand, int servers)
{
    const struct lattice *l = &s->lattice;
    s->f[0] = wide_of(1.0);
    for (size_t k = 1; k < l->points; k++) {
        const int rate = l->total[k] < servers ? l->total[k] : servers;
        s->f[k] = wide_times(step_sum(l, demand, s->f, k), 1.0 / rate);
    }
}

/* Weights of think time and all delays together, which is where convolution starts: product of Z_r^k_r /
 * k_r!. */
static void delay_weights(struct solver *s)
{
    const struct lattice *l = &s->lattice;
    s->g[0] = wide_of(1.0);
    for (size_t k = 1; k < l->points; k++) {
        int r = 0;
        while (count_at(l, k, r) == 0)
            r++;
        s->g[k] = wide_times(s->g[k - l->stride[r]], s->delay[r] / count_at(l, k, r));
    }
}

static size_t head_fill(const struct lattice *l, int below, size_t *head)
{
    size_t n = 0;
    for (size_t p = 0; p < l->points; p++)
        if (l->total[p] < below) {
            if (head)
                head[n] = p;
            n++;
        }
    return n;
}

/* g = f * g without all pairs: once all servers are busy f(k) = sum_r D_r / c f(k - e_r), so the part T of
 * the sum with |k| >= c - 1 obeys T(n) = sum_r D_r / c T(n - e_r) + sum over |k| = c - 1 of f(k) g(n - k). In
 * place from the largest population down is not possible with T, so T goes first and the few other k follow
 * downwards. */
static void convolve(struct solver *s, const double *demand, int servers, double *per_server)
{
    const struct lattice *l = &s->lattice;
    const size_t heads = head_fill(l, servers, s->head);
    for (int r = 0; r < l->classes; r++)
        per_server[r] = demand[r] / servers;
    for (size_t n = 0; n < l->points; n++) {
        struct wide sum = step_sum(l, per_server, s->tail, n);
        for (size_t h = 0; h < heads; h++)
            if (l->total[s->head[h]] == servers - 1 && fits(l, s->head[h], n))
                sum = wide_sum(sum, wide_product(s->f[s->head[h]], s->g[n - s->head[h]]));
        s->tail[n] = sum;
    }
    for (size_t n = l->points; n-- > 0;) {
        struct wide sum = s->tail[n];
        for (size_t h = 0; h < heads; h++)
            if (l->total[s->head[h]] < servers - 1 && fits(l, s->head[h], n))
                sum = wide_sum(sum, wide_product(s->f[s->head[h]], s->g[n - s->head[h]]));
        s->g[n] = sum;
    }
}

static bool is_queue(const struct qnet *net, int station)
{
    return net->station[station].kind == QNET_QUEUE;
}

/* G of all stations but `without` (-1: of all). */
static void constants(struct solver *s, int without, double *per_server)
{
    delay_weights(s);
    for (int i = 0; i < s->net->stations; i++) {
        if (i == without || !is_queue(s->net, i))
            continue;
        const double *demand = s->demand + qnet_at(s->net, i, 0);
        station_weights(s, demand, s->net->station[i].servers);
        convolve(s, demand, s->net->station[i].servers, per_server);
    }
}

/* Mean number of class r at station i: sum over k of k_r f(k) G without i (N - k) / G(N). */
static void mean_numbers(struct solver *s, int station, struct wide all, double *present)
{
    const struct lattice *l = &s->lattice;
    station_weights(s, s->demand + qnet_at(s->net, station, 0), s->net->station[station].servers);
    for (int r = 0; r < l->classes; r++) {
        struct wide sum = wide_of(0.0);
        for (size_t k = 0; k < l->points; k++) {
            const struct wide both = wide_product(s->f[k], s->g[l->points - 1 - k]);
            sum = wide_sum(sum, wide_times(both, count_at(l, k, r)));
        }
        present[r] = wide_ratio(sum, all);
    }
}

/* Demands in units of the largest; think times and delays of a class in one number. */
static void solver_demands(struct solver *s, struct arena *a, const double *think)
{
    const struct qnet *net = s->net;
    const size_t classes = (size_t)net->classes, cells = (size_t)net->stations * classes;
    s->demand = ARENA_ARRAY(a, double, cells);
    s->delay = ARENA_ARRAY(a, double, classes);
    for (size_t r = 0; r < classes; r++)
        s->unit = fmax(s->unit, think[r]);
    for (size_t i = 0; i < cells; i++)
        s->unit = fmax(s->unit, net->demand[i]);
    for (size_t i = 0; i < cells; i++)
        s->demand[i] = net->demand[i] / s->unit;
    for (size_t r = 0; r < classes; r++) {
        s->delay[r] = think[r] / s->unit;
        for (int i = 0; i < net->stations; i++)
            if (!is_queue(net, i))
                s->delay[r] += s->demand[qnet_at(net, i, (int)r)];
    }
}

/* Whether the whole computation stays below most_steps. */
static bool affordable(const struct solver *s)
{
    double steps = 0.0;
    for (int i = 0; i < s->net->stations; i++)
        if (is_queue(s->net, i))
            steps += (double)head_fill(&s->lattice, s->net->station[i].servers, NULL) + s->net->classes;
    return steps * s->net->stations * (double)s->lattice.points <= most_steps;
}

static void solve(struct solver *s, struct arena *a, const int *population, struct qnet_result *out)
{
    const struct qnet *net = s->net;
    const size_t last = s->lattice.points - 1;
    double *per_server = ARENA_ARRAY(a, double, (size_t)net->classes);
    constants(s, -1, per_server);
    const struct wide all = s->g[last];
    for (int r = 0; r < net->classes; r++)
        if (population[r] > 0)
            out->throughput[r] = wide_ratio(s->g[last - s->lattice.stride[r]], all) / s->unit;
    for (int i = 0; i < net->stations; i++) {
        if (!is_queue(net, i))
            continue;
        constants(s, i, per_server);
        mean_numbers(s, i, all, out->present + qnet_at(net, i, 0));
    }
}

/* Residence = number present / throughput; a class without customers gets its bare demands. */
static void residences(const struct qnet *net, struct qnet_result *out)
{
    for (int i = 0; i < net->stations; i++)
        for (int r = 0; r < net->classes; r++) {
            const size_t at = qnet_at(net, i, r);
            const bool measured = is_queue(net, i) && out->throughput[r] > 0.0;
            out->residence[at] = measured ? out->present[at] / out->throughput[r] : net->demand[at];
        }
}

/* X_r = G(N - e_r) / G(N). Check value: Lazowska et al. (1984), p. 117, N = 3: X = 0.151516, Q2 = 0.394657.
 */
bool mva_exact(struct arena *a, const struct qnet *net, const int *population, const double *think,
               struct qnet_result *out)
{
    qnet_check_closed(net, population, think);
    *out = qnet_result_new(a, net);
    if (lattice_points(net, population) > most_points)
        return false;
    struct solver s = {.net = net};
    lattice_init(&s.lattice, a, net, population);
    if (!affordable(&s))
        return false;
    if (s.lattice.points > 1) {
        solver_demands(&s, a, think);
        s.tail = ARENA_ARRAY(a, struct wide, s.lattice.points);
        s.g = ARENA_ARRAY(a, struct wide, s.lattice.points);
        s.f = ARENA_ARRAY(a, struct wide, s.lattice.points);
        s.head = ARENA_ARRAY(a, size_t, s.lattice.points);
        solve(&s, a, population, out);
    }
    residences(net, out);
    qnet_result_finish(net, out);
    return true;
}
