/* spindle.h - the queues of a physical disk, and where its heads are.
 *
 * Does      one queue for all spindles or one for each; which spindle an operation falls on; whether the stream of a sequential
 *           operation was interrupted; what a deep queue and a full cache save
 * Units     ns of one spindle or channel; bytes
 * Owns      everything lives in run->arena
 * Order     a queue serves by priority, FIFO inside
 * Source    streams: as many are followed as there are heads, the one that was served longest ago gives way (LRU). Queue of q
 *           operations at a spindle: the nearest of q uniform places is 1/q as far, and seek time grows with the square root of the
 *           distance (Seltzer, Chen, Ousterhout, Disk scheduling revisited, USENIX 1990; Jacobson and Wilkes, Disk scheduling
 *           algorithms based on rotational position, HP Labs 1991), so that 1 - 1 / sqrt(q) of the part that can be saved is
 */
#ifndef HVPLAN_HOST_SPINDLE_H
#define HVPLAN_HOST_SPINDLE_H

#include "model/host/job.h"

/* One operation on a spindle. job NULL: nobody waits for it (write-back, load from outside). */
struct disk_op {
    struct customer customer; /* first */
    struct pdisk *disk;
    struct job *job;
    const struct plan *plan;      /* of a write that waits for space in the cache */
    const void *stream;           /* of a sequential operation; NULL = random */
    double position_ns, break_ns; /* see struct cost */
    double cached_bytes;          /* leaves the write cache when done */
    int counts_as; /* metadata visits show in the root's PhysicalDisk counters: STEP_READ, STEP_WRITE or -1 */
    int flow;      /* of the root's I/O balancer (balancer.h), or -1 */
    double given_ns;    /* work that it counts for */
    struct station *to; /* where it goes */
    struct disk_op *next;
};

struct spindle {
    struct pdisk *disk;
    struct station *station;
    const void **head; /* what the heads are on: a stream, NULL = nothing yet; most recent first */
    int heads;
};

void spindle_init(struct pdisk *d);
/* Such operations will come. Where there are sequential ones the heads must be followed. */
void spindle_expect(struct pdisk *d, bool sequential);
/* Spindles that load of others keeps busy, mean. */
double spindle_outside(const struct pdisk *d);
/* Do its times depend on what was served before or on who waits, so that no queueing formula knows them? */
bool spindle_remembers(const struct pdisk *d);
/* The least that an operation of `ns` can take when it is chosen from a deep queue, or written from a full cache. */
double spindle_least_ns(const struct pdisk *d, double ns, double position_ns, bool cached);
/* Where an operation's first part falls, and its part i of `ops`. */
int spindle_first(struct pdisk *d);
struct station *spindle_of(struct pdisk *d, bool write, int first, int i, int ops);
/* Of all queues together. */
struct station_counters spindle_read(const struct pdisk *d);
int spindle_present(const struct pdisk *d);

#endif
