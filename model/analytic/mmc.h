/* mmc.h - M/M/c: Poisson arrivals, exponential service, c servers, FIFO.
 *
 * Units     rates per time and times in one unit of the caller's
 * Shape     servers 1..65536; time O(servers)
 * Errors    mmc_solve returns false when the load is not below the servers; rates and times below 0 CHECK
 * Source    Kleinrock, Queueing Systems I (1975), section 3.5; Erlang (1917)
 */
#ifndef HVPLAN_ANALYTIC_MMC_H
#define HVPLAN_ANALYTIC_MMC_H

#include <stdbool.h>

struct mmc {
    double utilization; /* busy servers / servers */
    double p_wait;      /* chance of having to wait: Erlang C */
    double wait;        /* mean time before service: Wq */
    double response;    /* W */
    double waiting;     /* mean number waiting: Lq */
    double present;     /* L */
};

/* Share of arrivals lost when nobody may wait; `offered` = arrival rate x service time >= 0. */
double mmc_erlang_b(double offered, int servers);
/* Share of arrivals that wait; offered < servers. */
double mmc_erlang_c(double offered, int servers);
bool mmc_solve(double arrival_rate, double service_time, int servers, struct mmc *out);

#endif
