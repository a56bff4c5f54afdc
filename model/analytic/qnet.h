/* qnet.h - a queueing network with product form: what opennet, mva, schweitzer and bounds read and write.
 *
 * Units     demands (visits x service time) in one unit of the caller's, rates per that unit
 * Shape     any number of stations and classes >= 1. A queue serves by processor sharing, or FIFO with exponential
 *           service and the same mean for all classes; a delay has no queue
 * Owns      nothing; results lie in the caller's arena
 * Order     matrices are [station * classes + class]
 * Errors    misuse CHECKs
 * Source    Baskett, Chandy, Muntz, Palacios (1975)
 */
#ifndef HVPLAN_ANALYTIC_QNET_H
#define HVPLAN_ANALYTIC_QNET_H

#include "model/base/arena.h"
#include <stdbool.h>

enum qnet_kind { QNET_QUEUE, QNET_DELAY };

struct qnet_station {
    enum qnet_kind kind;
    int servers; /* of a queue; a delay does not read it */
};

struct qnet {
    int stations, classes;
    const struct qnet_station *station;
    const double *demand; /* [station * classes + class], >= 0 */
};

struct qnet_result {
    double *throughput;  /* [class] */
    double *response;    /* [class]: sum of the residences, without think time */
    double *residence;   /* [station * classes + class]: time at the station, all visits together */
    double *present;     /* [station * classes + class]: mean number of customers */
    double *utilization; /* [station * classes + class]: busy servers / servers; mean number at a delay */
};

/* CHECKs shapes and signs. */
void qnet_check(const struct qnet *net);
/* Also of populations and think times: a class with customers has some demand or think time. */
void qnet_check_closed(const struct qnet *net, const int *population, const double *think);
/* Zeroed. */
struct qnet_result qnet_result_new(struct arena *a, const struct qnet *net);
/* Index into the matrices. */
size_t qnet_at(const struct qnet *net, int station, int class_);
/* Sum of the demands of a class at queues and delays. */
double qnet_demand(const struct qnet *net, int class_);
/* From throughput and residence: response, present and utilization. */
void qnet_result_finish(const struct qnet *net, struct qnet_result *out);

#endif
