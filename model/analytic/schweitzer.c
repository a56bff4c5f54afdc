/* schweitzer.c - fixed point of the numbers present. */
#include "model/analytic/schweitzer.h"
#include <math.h>

enum { MOST_ROUNDS = 200000 };
static const double settled = 1e-12; /* largest change of a number present, relative to the population */

struct iteration {
    const struct qnet *net;
    const int *population;
    const double *think;
    double *queued;  /* [station * classes + class]: numbers in the queueing part of a station */
    double *station; /* [station]: their sum over classes */
};

static int servers_of(const struct qnet *net, int station)
{
    return net->station[station].kind == QNET_DELAY ? 1 : net->station[station].servers;
}

/* Everybody in equal parts at every queue: any start leads to the same point. */
static void start(struct iteration *it)
{
    for (int i = 0; i < it->net->stations; i++)
        for (int r = 0; r < it->net->classes; r++)
            it->queued[qnet_at(it->net, i, r)] = (double)it->population[r] / it->net->stations;
}

static void sum_stations(struct iteration *it)
{
    for (int i = 0; i < it->net->stations; i++) {
        it->station[i] = 0.0;
        for (int r = 0; r < it->net->classes; r++)
            it->station[i] += it->queued[qnet_at(it->net, i, r)];
    }
}

/* Time in the queueing part: D / c (1 + Q seen on arrival), Q seen = all of Q less 1/N of the own class. */
static double queue_time(const struct iteration *it, int station, int class_)
{
    const struct qnet *net = it->net;
    const size_t at = qnet_at(net, station, class_);
    if (net->station[station].kind == QNET_DELAY)
        return 0.0;
    const int n = it->population[class_];
    const double seen = n > 0 ? it->station[station] - it->queued[at] / n : it->station[station];
    return net->demand[at] / servers_of(net, station) * (1.0 + seen);
}

/* Time in the part without queue: all of a delay, (c - 1) / c of the demand at c servers. */
static double delay_time(const struct qnet *net, int station, int class_)
{
    const double demand = net->demand[qnet_at(net, station, class_)];
    if (net->station[station].kind == QNET_DELAY)
        return demand;
    const int servers = servers_of(net, station);
    return demand * (servers - 1) / servers;
}

/* New residence times and throughput of a class from the numbers of the round before. */
static void renew_class(const struct iteration *it, int class_, struct qnet_result *out)
{
    double response = 0.0;
    for (int i = 0; i < it->net->stations; i++) {
        const size_t at = qnet_at(it->net, i, class_);
        out->residence[at] = queue_time(it, i, class_) + delay_time(it->net, i, class_);
        response += out->residence[at];
    }
    const int n = it->population[class_];
    out->throughput[class_] = n > 0 ? n / (it->think[class_] + response) : 0.0;
}

/* Returns the largest change. */
static double renew_numbers(struct iteration *it, const struct qnet_result *out)
{
    double change = 0.0;
    for (int i = 0; i < it->net->stations; i++)
        for (int r = 0; r < it->net->classes; r++) {
            const size_t at = qnet_at(it->net, i, r);
            const double now = out->throughput[r] * (out->residence[at] - delay_time(it->net, i, r));
            change = fmax(change, fabs(now - it->queued[at]) / fmax(1.0, it->population[r]));
            it->queued[at] = now;
        }
    return change;
}

/* Check value: Lazowska et al. (1984), section 6.4.2, the model of p. 117 at N = 3: X = 0.1510, Q2 = 0.4021.
 */
bool schweitzer_solve(struct arena *a, const struct qnet *net, const int *population, const double *think,
                      struct qnet_result *out)
{
    qnet_check_closed(net, population, think);
    *out = qnet_result_new(a, net);
    const size_t stations = (size_t)net->stations;
    struct iteration it = {.net = net,
                           .population = population,
                           .think = think,
                           .queued = ARENA_ARRAY(a, double, stations *(size_t)net->classes),
                           .station = ARENA_ARRAY(a, double, stations)};
    start(&it);
    double change = (double)INFINITY;
    for (int round = 0; round < MOST_ROUNDS && change > settled; round++) {
        sum_stations(&it);
        for (int r = 0; r < net->classes; r++)
            renew_class(&it, r, out);
        change = renew_numbers(&it, out);
    }
    qnet_result_finish(net, out);
    return change <= settled;
}
