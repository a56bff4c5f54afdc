/* sim.h - the clock and the event list of one replication.
 *
 * Does      calls back each source at its time, in a total order
 * Units     sim_ns: int64_t nanoseconds from the start of the run (292 years)
 * Shape     up to 2^24 - 1 sources alive; each has at most one pending event
 * Owns      all memory from the arena given at sim_init (the run arena)
 * Keeps     the owner pointers of the sources, for the run
 * Errors    scheduling in the past or on a freed source CHECKs
 * Order     (time, priority, sequence of the scheduling call); rescheduling takes a new sequence number
 */
#ifndef HVPLAN_ENGINE_SIM_H
#define HVPLAN_ENGINE_SIM_H

#include "model/base/arena.h"
#include "model/base/check.h"
#include "model/engine/heap4.h"
#include <stdbool.h>
#include <stdint.h>

typedef int64_t sim_ns;
#define SIM_NEVER INT64_MAX
#define SIM_SECOND INT64_C(1000000000)
#define SIM_NOBODY UINT32_MAX

struct sim;
typedef void (*sim_fn)(struct sim *sim, void *owner);

/* A source of events. A handle remembers the generation: after sim_source_free, or after the slot was given
 * to somebody else, the old handle is known as stale and refused. */
struct sim_source {
    uint32_t id, generation; /* {0, 0} is never alive */
};

struct sim_slot {
    sim_fn fn;
    void *owner;
    uint32_t generation, next_free;
};

struct sim {
    struct arena *arena;
    sim_ns now;
    struct heap4 events;
    struct sim_slot *slot;
    uint32_t slots, slot_capacity, free_slot;
    uint32_t
        running; /* id of the event that is being called back, until it is scheduled again; or SIM_NOBODY */
    uint64_t executed; /* events since sim_init */
    sim_ns until;      /* of sim_run; -1 after sim_stop */
    uint64_t seed;     /* for messages of failed checks */
    int replication;
};

void sim_init(struct sim *sim, struct arena *a, uint64_t seed, int replication);

struct sim_source sim_source_new(struct sim *sim, sim_fn fn, void *owner);
void sim_source_free(struct sim *sim, struct sim_source s); /* cancels what is pending */
bool sim_source_alive(const struct sim *sim, struct sim_source s);

/* Like CHECK, and says when and in which run. */
#define SIM_CHECK(sim, cond)                                                                                 \
    (HVPLAN_UNLIKELY(!(cond))                                                                                \
         ? check_fail_run(__FILE__, __LINE__, #cond, (sim)->now, (sim)->seed, (sim)->replication, NULL)      \
         : (void)0)

/* The usual priority of an event. */
#define SIM_PRIORITY 8

/* Of sim_schedule: the source is not the one that is being called back. */
void sim_schedule_other(struct sim *sim, uint32_t id, heap_key k);

/* Sets or moves the event of `s` to `at` >= now. Lower priority numbers go first at equal times (0..15, default 8).
 * The event that is being called back stays in the heap meanwhile, and the first new event takes over its place: a
 * source that schedules itself again costs one passage of the heap instead of two. */
static inline void sim_schedule(struct sim *sim, struct sim_source s, sim_ns at, unsigned priority)
{
    SIM_CHECK(sim, s.id < sim->slots && sim->slot[s.id].generation == s.generation);
    SIM_CHECK(sim, at >= sim->now);
    const heap_key k = heap4_next_key(&sim->events, s.id, at, priority);
    if (s.id == sim->running) {
        sim->running = SIM_NOBODY;
        heap4_down(&sim->events, 0, k);
    } else {
        sim_schedule_other(sim, s.id, k);
    }
}
/* false if nothing was pending, or the handle is stale */
bool sim_cancel(struct sim *sim, struct sim_source s);
bool sim_pending(const struct sim *sim, struct sim_source s);
/* Time of the pending event; SIM_NEVER if none. While its own callback runs, a source has none. */
sim_ns sim_pending_at(const struct sim *sim, struct sim_source s);

/* Runs events with time <= until, then sets now = until (unless sim_stop was called; until = SIM_NEVER leaves
 * now at the last event). Returns the events executed. Not from inside a callback. */
uint64_t sim_run(struct sim *sim, sim_ns until);
void sim_stop(struct sim *sim);

/* Nanoseconds as the clock counts them: nearest, never negative, at most SIM_NEVER / 4 (72 years). */
static inline sim_ns sim_round(double ns)
{
    return ns <= 0.0 ? 0 : ns >= 2.3e18 ? SIM_NEVER / 4 : (sim_ns)(ns + 0.5);
}

#endif
