/* blame.h - who makes whom wait, on which resource: each culprit is left out once.
 *
 * Does      lists the culprits of a model (workloads; VMs with several workloads of their own; background load of roots; load of
 *           others on a shared disk), makes the models without each, and the models in which each workload is alone; after the
 *           study of these cases reads from its result what every workload loses to whom
 * Units     seconds of the mean response
 * Shape     BLAME_CULPRITS_MOST culprits at most; two cases that leave out the same are one
 * Owns      memory in the arena given
 * Order     case 0 is the baseline; random numbers are named by workload, so that leaving one out changes no other's
 * Absent    a difference within its interval, or under BLAME_LEAST of the victim's response, gives no row
 */
#ifndef HVPLAN_HOST_BLAME_H
#define HVPLAN_HOST_BLAME_H

#include "model/host/study.h"

enum { BLAME_CULPRITS_MOST = 64 };

#define BLAME_LEAST 0.01 /* of the victim's response */

struct blame_plan;

/* How many culprits the model has. */
int blame_culprits(const struct model *m);
/* `base`: the case to explain; at most BLAME_CULPRITS_MOST culprits. */
struct blame_plan *blame_plan_new(struct arena *a, const struct study_case *base);
/* The cases to study, the first is the baseline. */
const struct study_case *blame_cases(const struct blame_plan *p, int *n);
/* `r`: what study_run made of the cases; fills r->blame. */
void blame_fill(struct arena *a, const struct blame_plan *p, double level, struct result *r);

#endif
