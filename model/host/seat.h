/* seat.h - which LPs are free, and which of them a VP takes.
 *
 * Does      keeps the map of free seats; a seat is what is given out at once: an LP (classic scheduler) or a core with its
 *           hyper-threads (core scheduler). Chooses by `placement`: any, or last LP, then its NUMA node, then any
 * Shape     a seat is named by its first LP
 * Source    TLFS 2.0a 18.3.2 (memory's node and last LP first); Friedman (any runnable VP alike: `any`)
 */
#ifndef HVPLAN_HOST_SEAT_H
#define HVPLAN_HOST_SEAT_H

#include "model/host/run.h"

void seat_init(struct host *h);
static inline int seat_of(const struct lp *lp)
{
    return lp->index - lp->index % lp->host->seat_width;
}
/* The LP of a seat that is this VP's. */
struct lp *seat_lp(const struct vp *vp, int seat);
bool seat_free(const struct host *h, int seat);
/* No LP of the seat is occupied any more, or one is again. */
void seat_mark(struct host *h, int seat, bool is_free);
/* The free seat that a VP takes, or -1. */
int seat_choose(struct vp *vp);
/* Where a VP goes at the end of its quantum though nobody takes its LP: home to its NUMA node if there is room, or (placement any)
 * a free seat drawn at random; -1 = it stays. */
int seat_wander(const struct vp *vp);

#endif
