/* station.h - identical servers behind one queue.
 *
 * Does      holds waiting customers, serves them, calls each one's `done`
 * Units     demands and times in ns of one server at speed 1; `size` in units of the caller's (packets)
 * Shape     servers 1..65536; waiting room unbounded unless limit > 0 (limit counts waiting + in
 *           service)
 * Owns      its memory from sim->arena; customers belong to the caller and stay untouched from submit
 *           to done
 * Errors    misuse CHECKs; station_submit returns false when the limit is reached (the customer is not
 *           taken)
 * Handlers  `done` is called after the customer has left and the next one has started; it may submit
 *           here again
 * Order     FIFO; PRIORITY: lower `priority` first, FIFO inside, not preemptive; PS: all present share
 *           the servers equally, none gets more than one server; equal completion times: order of start
 * Counters  are cumulative and never reset: a window is the difference of two reads
 * Source    Kleinrock, Queueing Systems I (1975), ch. 3
 */
#ifndef HVPLAN_ENGINE_STATION_H
#define HVPLAN_ENGINE_STATION_H

#include "model/engine/sim.h"

enum station_discipline { STATION_FIFO, STATION_PRIORITY, STATION_PS };

struct station;
struct customer;
typedef void (*station_done_fn)(struct sim *sim, struct customer *c);
/* The demand of a customer whose service starts now, ns >= 0; see station_set_demand. */
typedef double (*station_demand_fn)(void *owner, struct customer *c);

/* Embed it in the job. Fill demand_ns, priority, size, done before submit; the station sets the times. */
struct customer {
    double demand_ns;
    double size;
    station_done_fn done;
    sim_ns arrived, started; /* set by the station; started = arrived under PS */
    struct station *at;      /* set by the station; NULL once it is through */
    unsigned priority;       /* 0 first .. 15 */
    uint32_t slot;           /* the station's own */
};

/* Cumulative since sim start; *_area are integrals over time in ns. */
struct station_counters {
    double busy_area;         /* busy servers */
    double present_area;      /* customers present, waiting or served */
    double waiting_area;      /* customers waiting (0 under PS) */
    double waiting_size_area; /* their sizes */
    double sojourn_ns;        /* sum over completed customers of completion - arrival */
    double wait_ns;           /* sum over completed customers of start - arrival */
    uint64_t arrivals, completions, refused;
};

struct station *station_new(struct sim *sim, int servers, enum station_discipline discipline);
void station_set_limit(struct station *s, int limit); /* 0 = none */
/* New demands run at this speed (1 at first); work in progress is rescaled, held servers are not. speed > 0
 */
void station_set_speed(struct station *s, double speed);
/* FIFO and PRIORITY only: the demand of each customer is asked when its service starts, for servers whose work depends on
 * what they did before or on who waits. The customer that starts counts as present and no longer as waiting. What
 * `demand` returns is written to demand_ns; what stood there before only says whether the server is held (< 0: not asked).
 * `demand` must not submit or release here. NULL = demands as submitted. */
void station_set_demand(struct station *s, station_demand_fn demand, void *owner);
bool station_submit(struct station *s, struct customer *c);
/* A server held without a known end (threads, locks, tokens): demand_ns < 0 in submit means "until
 * station_release"; `done` is then called when service starts (FIFO and PRIORITY only), maybe before
 * station_submit returns. */
void station_release(struct station *s, struct customer *c);
int station_servers(const struct station *s);
int station_present(const struct station *s);
int station_waiting(const struct station *s);
/* Counters as of sim->now. */
struct station_counters station_read(const struct station *s);
/* Little's law inside the run: area of present = sojourns of the completed + ages of those present, and
 * arrivals = completions + present. Returns the relative breach, 0 when exact. */
double station_law_breach(const struct station *s);

#endif
