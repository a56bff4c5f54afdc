/* series.h - how queues come and go over a run.
 *
 * Does      the queues of a scenario's links and disks over the measured part of one replication, the longest ones
 * Units     packets (links), operations (disks); s
 * Shape     means of equal parts of the time, at most SERIES_POINTS of them; a queue that is short on the mean is left out
 * Order     the longest first
 */
#ifndef HVPLAN_HOST_SERIES_H
#define HVPLAN_HOST_SERIES_H

#include "model/host/group.h"

enum { SERIES_POINTS = 200, SERIES_MOST = 4 };

void series_fill(struct arena *a, const struct group *g, struct scenario_result *out);

#endif
