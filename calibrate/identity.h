/* identity.h - what must move together in a log that one machine wrote at one time.
 *
 * Does      correlates, over intervals, quantities that are two views of one thing: LPs and what runs on them, Little's
 *           law of each disk, CPU and the jobs that cause it
 * Shape     only where there are at least 10 intervals and both sides vary
 * Owns      the arena of the fit
 */
#ifndef HVPLAN_CALIBRATE_IDENTITY_H
#define HVPLAN_CALIBRATE_IDENTITY_H

#include "calibrate/fit.h"

struct identity {
    const char *text;
    double correlation;
    bool broken;
    bool work; /* CPU against jobs: the model rests on it */
};
struct identities {
    struct identity *item;
    int n, room, broken;
    bool fails; /* the columns do not belong together: a third is broken, or what the model rests on */
};

struct identities *identity_check(const struct fit *f);

#endif
