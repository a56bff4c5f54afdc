/* bounds.c - asymptotic bounds of open and closed networks. */
#include "model/analytic/bounds.h"
#include "model/base/check.h"
#include <math.h>

/* Demand on one of the servers; 0 at a delay, which never saturates. */
static double server_demand(const struct qnet *net, int station, int class_)
{
    if (net->station[station].kind == QNET_DELAY)
        return 0.0;
    return net->demand[qnet_at(net, station, class_)] / net->station[station].servers;
}

static double delay_demand(const struct qnet *net, int class_)
{
    double sum = 0.0;
    for (int i = 0; i < net->stations; i++)
        if (net->station[i].kind == QNET_DELAY)
            sum += net->demand[qnet_at(net, i, class_)];
    return sum;
}

/* X <= min(1 / Dmax, N / (D + Z)), R >= max(D, N Dmax - Z), X >= N / (N D + Z), R <= N D, where D excludes
 * delays for the last two. Check value: Bolch 9.6, N = 20, D = 9.2 and 8, Z = 120: X in 0.043103 .. 0.1087, R
 * in 64 .. 344. */
struct bounds bounds_closed(const struct qnet *net, const int *population, const double *think, int class_)
{
    qnet_check_closed(net, population, think);
    CHECK(class_ >= 0 && class_ < net->classes);
    const double n = population[class_], z = think[class_];
    const double demand = qnet_demand(net, class_), delay = delay_demand(net, class_);
    double largest = 0.0;
    for (int i = 0; i < net->stations; i++)
        largest = fmax(largest, server_demand(net, i, class_));
    struct bounds b = {.response_low = demand, .response_high = (double)INFINITY};
    if (n == 0.0)
        return b;
    b.response_low = fmax(demand, n * largest - z);
    b.throughput_high = fmin(1.0 / largest, n / (demand + z));
    if (net->classes == 1) {
        b.response_high = n * (demand - delay) + delay;
        b.throughput_low = n / (b.response_high + z);
    }
    return b;
}

/* Load of the other classes on one server. */
static double others_load(const struct qnet *net, const double *rate, int station, int class_)
{
    double load = 0.0;
    for (int r = 0; r < net->classes; r++)
        if (r != class_)
            load += rate[r] * server_demand(net, station, r);
    return load;
}

/* lambda < (1 - load of the others) / D at each station; R >= D. */
struct bounds bounds_open(const struct qnet *net, const double *rate, int class_)
{
    qnet_check(net);
    CHECK(class_ >= 0 && class_ < net->classes);
    struct bounds b = {.throughput_high = (double)INFINITY,
                       .response_low = qnet_demand(net, class_),
                       .response_high = (double)INFINITY};
    for (int i = 0; i < net->stations; i++) {
        const double demand = server_demand(net, i, class_);
        const double room = fmax(0.0, 1.0 - others_load(net, rate, i, class_));
        if (demand > 0.0)
            b.throughput_high = fmin(b.throughput_high, room / demand);
    }
    return b;
}

/* 1 / max load. */
double bounds_growth(const struct qnet *net, const double *rate, int *station)
{
    qnet_check(net);
    double largest = 0.0;
    *station = -1;
    for (int i = 0; i < net->stations; i++) {
        double load = 0.0;
        for (int r = 0; r < net->classes; r++) {
            CHECK(rate[r] >= 0.0);
            load += rate[r] * server_demand(net, i, r);
        }
        if (load > largest) {
            largest = load;
            *station = i;
        }
    }
    return largest > 0.0 ? 1.0 / largest : (double)INFINITY;
}
