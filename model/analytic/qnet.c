/* qnet.c - what the solvers of networks share. */
#include "model/analytic/qnet.h"
#include "model/base/check.h"
#include <math.h>

size_t qnet_at(const struct qnet *net, int station, int class_)
{
    return (size_t)station * (size_t)net->classes + (size_t)class_;
}

void qnet_check(const struct qnet *net)
{
    CHECK(net->stations >= 1 && net->classes >= 1);
    for (int i = 0; i < net->stations; i++) {
        CHECK(net->station[i].kind == QNET_DELAY || net->station[i].servers >= 1);
        for (int r = 0; r < net->classes; r++) {
            const double demand = net->demand[qnet_at(net, i, r)];
            CHECK(demand >= 0.0 && isfinite(demand));
        }
    }
}

void qnet_check_closed(const struct qnet *net, const int *population, const double *think)
{
    qnet_check(net);
    for (int r = 0; r < net->classes; r++) {
        CHECK(population[r] >= 0 && think[r] >= 0.0 && isfinite(think[r]));
        CHECK(population[r] == 0 || qnet_demand(net, r) + think[r] > 0.0);
    }
}

struct qnet_result qnet_result_new(struct arena *a, const struct qnet *net)
{
    const size_t classes = (size_t)net->classes, cells = classes * (size_t)net->stations;
    return (struct qnet_result){.throughput = ARENA_ARRAY(a, double, classes),
                                .response = ARENA_ARRAY(a, double, classes),
                                .residence = ARENA_ARRAY(a, double, cells),
                                .present = ARENA_ARRAY(a, double, cells),
                                .utilization = ARENA_ARRAY(a, double, cells)};
}

double qnet_demand(const struct qnet *net, int class_)
{
    double sum = 0.0;
    for (int i = 0; i < net->stations; i++)
        sum += net->demand[qnet_at(net, i, class_)];
    return sum;
}

/* Little's law and the utilization law. */
void qnet_result_finish(const struct qnet *net, struct qnet_result *out)
{
    for (int r = 0; r < net->classes; r++) {
        out->response[r] = 0.0;
        for (int i = 0; i < net->stations; i++) {
            const size_t at = qnet_at(net, i, r);
            const int servers = net->station[i].kind == QNET_DELAY ? 1 : net->station[i].servers;
            out->response[r] += out->residence[at];
            out->present[at] = out->throughput[r] * out->residence[at];
            out->utilization[at] = out->throughput[r] * net->demand[at] / servers;
        }
    }
}
