/* queuesim.h - queueing networks on the engine's own stations and random streams, for the tests against theory.
 *
 * Does      customers enter at station 0; after a visit there they go to station i with chance visits[i] / visits[0]
 *           and come back, or else end their round: an open customer leaves, a closed one thinks and begins again
 * Units     times in one unit of the caller's, QUEUESIM_UNIT_NS of the engine's clock; rates per that unit
 * Shape     visits[0] >= sum of the others; several classes, open and closed ones together
 * Owns      nothing; the result lies in the caller's arena
 * Order     replications are independent, run in parallel and joined in order
 */
#ifndef HVPLAN_TESTS_QUEUESIM_H
#define HVPLAN_TESTS_QUEUESIM_H

#include "model/base/arena.h"
#include "model/engine/dist.h"
#include "model/engine/station.h"
#include "model/engine/tally.h"

#define QUEUESIM_UNIT_NS 1e6

struct queuesim_station {
    int servers;
    enum station_discipline discipline;
    int limit; /* 0 = none; a customer that is refused is lost */
};

struct queuesim_class {
    double rate;           /* of Poisson arrivals; 0 = closed */
    int population;        /* of a closed class */
    double think;          /* mean, exponential */
    const double *visits;  /* [station] in a round */
    const double *service; /* [station]: mean of one visit */
    enum dist_kind dist;   /* of the services */
    double scv;
    unsigned priority; /* at PRIORITY stations */
};

struct queuesim {
    int stations, classes;
    const struct queuesim_station *station;
    const struct queuesim_class *class_;
    double warmup, window; /* of each replication */
    int replications;
    uint64_t seed;
};

struct queuesim_result {
    /* [station]: by the station's own counters */
    struct tally *utilization, *throughput, *response, *wait, *present, *waiting, *refused;
    /* [station]: share of customers who waited, as the customers saw it */
    struct tally *delayed;
    /* [station * classes + class]: visits per time, time of a visit, number present, as the customers saw it */
    struct tally *visit_rate, *visit_time, *visiting;
    /* [class]: rounds per time and time of a round without think time */
    struct tally *round_rate, *round_time;
    double law_breach; /* largest station_law_breach */
    uint64_t events;
};

struct queuesim_result queuesim_run(struct arena *a, const struct queuesim *q);

/* Statistical acceptance of a tally, see support.h. */
#define queuesim_accept(t, truth) assert_statistical((t)->mean, tally_std_error(t), (truth))
/* For twins: precise enough, and more than 4 standard errors off. */
bool queuesim_rejects(const struct tally *t, double truth);

#endif
