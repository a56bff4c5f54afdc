/* bench.h - what the engine benchmarks share: the cases, the clock, the tight heap.
 *
 * Does      names one pair of programs for the same work: through the engine, and as a tight hand-written loop
 * Units     nanoseconds an event; an event is what facts of the case say in its comment
 */
#ifndef HVPLAN_BENCH_BENCH_H
#define HVPLAN_BENCH_BENCH_H

#include <stdint.h>

/* What one run yields: time, and a number that both programs must agree on up to sampling error. */
struct bench_run {
    double ns_per_event;
    double check;
};

/* `size` is the number of pending events (hold, reschedule) or of servers (queue). */
typedef struct bench_run (*bench_fn)(int size, uint64_t events);

/* Through model/engine. */
struct bench_run engine_queue(int servers, uint64_t events);
struct bench_run engine_network(int stations, uint64_t events);
struct bench_run engine_hold(int pending, uint64_t events);
struct bench_run engine_reschedule(int pending, uint64_t events);

/* By hand. */
struct bench_run tight_queue(int servers, uint64_t events);
/* As tight_queue, with a heap that is best when only two events are pending. */
struct bench_run tight_queue_of_two(int servers, uint64_t events);
struct bench_run tight_network(int stations, uint64_t events);
struct bench_run tight_hold(int pending, uint64_t events);
struct bench_run tight_reschedule(int pending, uint64_t events);

double bench_now_ns(void);
/* Does nothing with a result that nobody prints, so that computing it stays. */
void bench_keep(double x);

#define BENCH_LOAD 0.9 /* of each server of the open queue */
#define BENCH_JOBS_PER_STATION 10
#define BENCH_SEED 20110930u

#endif
