/* intercepts.h - hypervisor time by account told as the intercept classes that PerfMon has.
 *
 * Does      turns the accounts of one VP in an interval into events and time of each class
 * Units     wall ns
 * Shape     the time over all classes is the time over all accounts, so that the sum of rate x cost is % Hypervisor Run Time
 * Source    the identity: TLFS 2.0a, appendix J (a count and a time for each class); the split over classes is assumed
 */
#ifndef HVPLAN_HOST_INTERCEPTS_H
#define HVPLAN_HOST_INTERCEPTS_H

#include "model/host/counters.h"
#include "model/host/run.h"

struct intercepts {
    double events[INTERCEPT_CLASSES], ns[INTERCEPT_CLASSES];
};

/* One VP in one interval. */
struct intercept_view {
    const struct host *host;
    const struct vm *vm; /* NULL: a root VP */
    double account_ns[ACCOUNTS];
    double messages;    /* accesses to emulated devices */
    double preemptions; /* dispatches after which somebody else's turn came first */
    double dispatches;
};

void intercepts_split(const struct intercept_view *v, struct intercepts *out);
/* The classes that something in the model causes on VPs like this one. */
bool intercepts_caused(const struct host *h, const struct vm *vm, enum intercept_class c);
/* All classes together. */
double intercepts_events(const struct intercepts *x);
double intercepts_ns(const struct intercepts *x);

#endif
