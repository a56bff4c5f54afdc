/* group.h - the replications of one case and what they say together.
 *
 * Does      holds the cells of a case, advances them, finds the end of the transient, computes replicate means, intervals
 * Units     seconds and fractions as the metrics say
 */
#ifndef HVPLAN_HOST_GROUP_H
#define HVPLAN_HOST_GROUP_H

#include "model/host/cell.h"
#include "model/host/study.h"

struct group {
    const struct study_case *of;
    struct cell **cell;
    int n;
    sim_ns warm;  /* end of the transient */
    sim_ns until; /* runs to here next */
    bool saturated;
    bool done; /* known well enough, or saturated */
};

struct group group_new(struct arena *a, const struct study_case *c, const struct study_options *o,
                       sim_ns width);
void group_free(struct group *g);
/* Counters of the window of replication r: from the end of the transient to the end; to `until` at most. Saturated runs:
 * their second half. Returns its length in ns. */
double group_window(const struct group *g, int r, sim_ns until, double *delta);
/* Where the transient ends, by MSER-5 on the jobs inside, averaged over the replications. */
sim_ns group_transient(struct arena *a, const struct group *g, bool *trusted);
/* Largest relative half-width of the workloads' mean responses and of the percentiles that objectives ask for. */
double group_precision(const struct group *g, const struct study_options *o);
/* Some replication passed the limit on jobs inside. */
bool group_stopped(const struct group *g);
/* Jobs keep piling up in every replication. */
bool group_grows(const struct group *g);
uint64_t group_events(const struct group *g);
bool group_traced(const struct model *m); /* a trace ends by itself: no steady state to reach */

#endif
