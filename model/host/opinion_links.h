/* opinion_links.h - network links in the second opinion: messages of fixed length wait less than exponential ones.
 *
 * Does      the mean time that a job spends at links, each direction of each as M/G/1 with FIFO
 * Units     seconds; rates per second
 * Shape     open loads whose messages are one chunk each (the chunks of longer ones do not come at random)
 * Source    Pollaczek and Khinchine: Wq = lambda E[S^2] / (2 (1 - rho))
 */
#ifndef HVPLAN_HOST_OPINION_LINKS_H
#define HVPLAN_HOST_OPINION_LINKS_H

#include "model/host/run.h"

/* Waiting and transfer of one job of each workload, at rate[w] jobs a second; NULL where the formula does not hold. */
double *opinion_links_times(struct arena *a, const struct run *run, const double *rate);

#endif
