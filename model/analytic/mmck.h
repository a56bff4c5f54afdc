/* mmck.h - M/M/c/K: as M/M/c, but arrivals that find K customers present are lost.
 *
 * Units     rates per time and times in one unit of the caller's
 * Shape     1 <= servers <= places; any load, also above the servers; time O(places); K = c is Erlang's loss system
 * Source    Kleinrock, Queueing Systems I (1975), section 3.6; birth-death balance
 */
#ifndef HVPLAN_ANALYTIC_MMCK_H
#define HVPLAN_ANALYTIC_MMCK_H

struct mmck {
    double utilization; /* busy servers / servers */
    double throughput;  /* accepted arrivals */
    double response;    /* of those accepted */
    double wait;
    double present, waiting;
    double p_empty, p_full;
};

/* service_time > 0, `places` = K counts waiting and in service. */
void mmck_solve(double arrival_rate, double service_time, int servers, int places, struct mmck *out);

#endif
