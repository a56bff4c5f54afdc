/* sharing.h - who finishes when, while all who are present get the same share.
 *
 * Does      keeps members by the attained service at which each finishes: all attain at one pace, so that order is settled
 *           on arrival, and a change of pace costs nothing a member (O(log n) an arrival or departure)
 * Units     service in ns; pace in ns of service a member gets in one ns
 * Owns      its arrays, from the arena given; members are the caller's
 * Order     equal ends: order of sharing_add
 * Errors    more than 2^58 ns (9 years) of service attained since the last empty moment CHECKs
 * Source    Kleinrock, Queueing Systems II (1976), ch. 4.4; virtual time as in Parekh and Gallager (1993)
 */
#ifndef HVPLAN_ENGINE_SHARING_H
#define HVPLAN_ENGINE_SHARING_H

#include "model/engine/heap4.h"

struct sharing {
    struct arena *arena;
    struct heap4 finish; /* by attained service; ids are places in `member` */
    void **member;       /* NULL = vacant */
    uint32_t *vacant;    /* stack of vacant places */
    uint32_t members, member_capacity, vacants, vacant_capacity;
    double attained, pace; /* service that each member has got since the last empty moment; growth per ns */
    int64_t now;           /* of `attained` */
};

void sharing_init(struct sharing *p, struct arena *a);
/* Brings the attained service up to `now`; call before any change. */
void sharing_advance(struct sharing *p, int64_t now);
/* Adds somebody who needs demand_ns >= 0 of service; returns the place. */
uint32_t sharing_add(struct sharing *p, void *member, double demand_ns);
/* Takes out who finishes next; there is one. */
void *sharing_take(struct sharing *p);
/* Call after any change. The last one out starts a new count, so that it stays exact. */
void sharing_set_pace(struct sharing *p, double pace);
/* ns from now until the next one finishes; there is one. */
double sharing_time_left(const struct sharing *p);

#endif
