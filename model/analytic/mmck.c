/* mmck.c - M/M/c/K by its balance equations. */
#include "model/analytic/mmck.h"
#include "model/base/check.h"

/* Sums over states, all to the same unknown factor. */
struct sums {
    double total, empty, last, present, waiting, busy;
};

static void scale(struct sums *s, double by)
{
    s->total *= by;
    s->empty *= by;
    s->last *= by;
    s->present *= by;
    s->waiting *= by;
    s->busy *= by;
}

/* The chance of n is built on that of n - 1; large terms are scaled down so that no load overflows. */
static struct sums add_states(double offered, int servers, int places)
{
    struct sums s = {.total = 1.0, .empty = 1.0, .last = 1.0};
    for (int n = 1; n <= places; n++) {
        const int busy = n < servers ? n : servers;
        s.last *= offered / busy;
        s.total += s.last;
        s.present += n * s.last;
        s.waiting += (n - busy) * s.last;
        s.busy += busy * s.last;
        if (s.present > 1e200)
            scale(&s, 1e-200);
    }
    return s;
}

/* Check value: M/M/4/16, arrival rate 3.6, service 1: L = 6.85656948. */
void mmck_solve(double arrival_rate, double service_time, int servers, int places, struct mmck *out)
{
    CHECK(arrival_rate >= 0.0 && service_time > 0.0 && servers >= 1 && places >= servers);
    const struct sums s = add_states(arrival_rate * service_time, servers, places);
    out->p_empty = s.empty / s.total;
    out->p_full = s.last / s.total;
    out->throughput = s.busy / s.total / service_time;
    out->utilization = s.busy / s.total / servers;
    out->present = s.present / s.total;
    out->waiting = s.waiting / s.total;
    out->wait = out->throughput > 0.0 ? out->waiting / out->throughput : 0.0;
    out->response = out->wait + service_time;
}
