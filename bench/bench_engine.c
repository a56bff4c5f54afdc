/* bench_engine.c - ns an event of the engine beside a tight loop for the same work, measured in turns. */
#include "bench/bench.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS_MOST 101

struct bench_case {
    const char *name;
    bench_fn engine, tight;
    int size;
    uint64_t events;
    double target; /* ratio; 0 = none */
    double truth;  /* of the check value; 0 = compare the two programs only */
};

/* Sojourn times in units of the mean demand: M/M/1 at 0.9: 1 / (1 - 0.9); M/M/4: Erlang C. Network: throughput of a
 * station in units of its rate, balanced closed network: N / (N + M - 1). */
static const struct bench_case cases[] = {
    {"M/M/1", engine_queue, tight_queue, 1, 4000000, 1.6, 10.0},
    {"M/M/1, heap made for two events", engine_queue, tight_queue_of_two, 1, 4000000, 0.0, 10.0},
    {"M/M/4", engine_queue, tight_queue, 4, 4000000, 0.0, 2.9693},
    {"closed network 50 x 500 jobs", engine_network, tight_network, 50, 4000000, 1.5, 500.0 / 549.0},
    {"hold, 10 pending", engine_hold, tight_hold, 10, 4000000, 0.0, 0.0},
    {"hold, 1e3 pending", engine_hold, tight_hold, 1000, 4000000, 0.0, 0.0},
    {"hold, 1e5 pending", engine_hold, tight_hold, 100000, 3000000, 0.0, 0.0},
    {"event + reschedule, 10 pending", engine_reschedule, tight_reschedule, 10, 3000000, 0.0, 0.0},
    {"event + reschedule, 1e3 pending", engine_reschedule, tight_reschedule, 1000, 3000000, 1.3, 0.0},
    {"event + reschedule, 1e5 pending", engine_reschedule, tight_reschedule, 100000, 2000000, 0.0, 0.0},
};

/* Processor time, so that other programs on the machine matter less. */
double bench_now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

void bench_keep(double x)
{
    volatile double kept = x;
    (void)kept;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *x, int n)
{
    qsort(x, (size_t)n, sizeof(double), by_value);
    return n % 2 ? x[n / 2] : 0.5 * (x[n / 2 - 1] + x[n / 2]);
}

static void run_case(const struct bench_case *c, int rounds)
{
    double engine[ROUNDS_MOST] = {0}, tight[ROUNDS_MOST] = {0}, ratio[ROUNDS_MOST] = {0};
    struct bench_run e = {0, 0}, t = {0, 0};
    for (int i = 0; i < rounds; i++) {
        e = c->engine(c->size, c->events);
        t = c->tight(c->size, c->events);
        engine[i] = e.ns_per_event;
        tight[i] = t.ns_per_event;
        ratio[i] = e.ns_per_event / t.ns_per_event;
    }
    const double r = median(ratio, rounds), em = median(engine, rounds), tm = median(tight, rounds);
    printf("%-32s %7.1f [%5.1f-%5.1f] %7.1f [%5.1f-%5.1f] %6.2f", c->name, em, engine[0], engine[rounds - 1],
           tm, tight[0], tight[rounds - 1], r);
    if (c->target > 0.0)
        printf(" (<= %.1f %s)", c->target, r <= c->target ? "met" : "MISSED");
    else
        printf("%15s", "");
    printf("  check %.4g / %.4g", e.check, t.check);
    if (c->truth > 0.0)
        printf(", theory %.4g", c->truth);
    printf("\n");
    fflush(stdout);
}

/* bench_engine [ROUNDS [CASE]]: CASE counts from 0. */
int main(int argc, char **argv)
{
    const int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 11,
              only = argc > 2 ? (int)strtol(argv[2], NULL, 10) : -1;
    if (rounds < 1 || rounds > ROUNDS_MOST) {
        fprintf(stderr, "bench_engine: rounds 1 to %d\n", ROUNDS_MOST);
        return 2;
    }
    printf("%-32s %21s %21s %6s\n", "ns an event, median [min-max]", "engine", "tight loop", "ratio");
    for (int i = 0; i < (int)(sizeof cases / sizeof *cases); i++)
        if (only < 0 || only == i)
            run_case(&cases[i], rounds);
    return 0;
}
