/* Random paths through every discipline; the sums of the station against sums kept the plain way. */
#include "model/engine/rng.h"
#include "model/engine/station.h"
#include "tests/support/support.h"
#include <math.h>

#define CUSTOMERS 300

struct walker {
    struct customer customer; /* first, so that a customer is its walker */
    struct walk *walk;
    struct sim_source source;
    sim_ns submitted;
    bool inside, held;
};

/* The plain way: every nanosecond adds what the station says is there. */
struct plain {
    double busy, present, waiting, sojourn, size;
    uint64_t arrivals, completions, refused;
};

struct walk {
    struct sim sim;
    struct station *station;
    struct rng rng;
    struct plain plain;
    struct walker walker[CUSTOMERS];
    enum station_discipline discipline;
    bool holds;
};

static void plain_add(struct walk *w)
{
    struct plain *p = &w->plain;
    const int present = station_present(w->station), servers = station_servers(w->station);
    p->present += present;
    p->waiting += station_waiting(w->station);
    p->busy += present < servers ? present : servers;
    for (int i = 0; i < CUSTOMERS; i++) {
        const struct walker *v = &w->walker[i];
        const bool waits = v->inside && v->customer.started < v->submitted;
        p->size += waits ? v->customer.size : 0.0;
    }
}

static void walker_again(struct walker *v, double mean)
{
    struct walk *w = v->walk;
    sim_schedule(&w->sim, v->source, w->sim.now + sim_round(mean * rng_exponential(&w->rng)), SIM_PRIORITY);
}

static void walker_done(struct sim *sim, struct customer *c)
{
    struct walker *v = (struct walker *)(void *)c;
    struct walk *w = v->walk;
    if (c->demand_ns < 0.0) {
        v->held = true;
        walker_again(v, 40.0);
        return;
    }
    v->inside = false;
    w->plain.completions++;
    w->plain.sojourn += (double)(sim->now - v->submitted);
    walker_again(v, 3000.0);
}

static void walker_release(struct walker *v)
{
    struct walk *w = v->walk;
    v->held = v->inside = false;
    w->plain.completions++;
    w->plain.sojourn += (double)(w->sim.now - v->submitted);
    station_release(w->station, &v->customer);
    walker_again(v, 3000.0);
}

static void walker_submit(struct walker *v)
{
    struct walk *w = v->walk;
    const bool hold = w->holds && rng_below(&w->rng, 3) == 0;
    v->customer.demand_ns = hold ? -1.0 : 30.0 * rng_exponential(&w->rng);
    v->customer.priority = (unsigned)rng_below(&w->rng, 16);
    v->customer.size = (double)rng_below(&w->rng, 1500);
    v->customer.started = -1;
    v->submitted = w->sim.now;
    v->inside = true;
    if (station_submit(w->station, &v->customer)) {
        w->plain.arrivals++;
        return;
    }
    v->inside = false;
    w->plain.refused++;
    walker_again(v, 3000.0);
}

static void walker_event(struct sim *sim, void *owner)
{
    struct walker *v = owner;
    (void)sim;
    if (v->held)
        walker_release(v);
    else
        walker_submit(v);
}

static void walk_start(struct walk *w, struct arena *a, enum station_discipline discipline, int servers,
                       bool holds)
{
    *w = (struct walk){.discipline = discipline, .holds = holds};
    sim_init(&w->sim, a, 1, 0);
    rng_seed(&w->rng, 6, (uint64_t)discipline, (uint64_t)servers, holds);
    w->station = station_new(&w->sim, servers, discipline);
    for (int i = 0; i < CUSTOMERS; i++) {
        struct walker *v = &w->walker[i];
        *v = (struct walker){.walk = w, .customer = {.done = walker_done}};
        v->source = sim_source_new(&w->sim, walker_event, v);
        walker_again(v, 3000.0);
    }
}

static void assert_counters(const struct walk *w)
{
    const struct station_counters c = station_read(w->station);
    const struct plain *p = &w->plain;
    assert_true(c.arrivals == p->arrivals && c.completions == p->completions && c.refused == p->refused);
    assert_close(c.present_area, p->present, 1e-12);
    assert_close(c.busy_area, p->busy, 1e-12);
    assert_close(c.waiting_area, p->waiting, 1e-12);
    assert_close(c.sojourn_ns, p->sojourn, 1e-12);
    assert_true(station_law_breach(w->station) == 0.0);
    if (w->discipline == STATION_PS)
        assert_true(c.wait_ns == 0.0 && c.waiting_size_area == 0.0);
    else
        assert_close(c.waiting_size_area, p->size, 1e-9);
}

/* Events are at whole nanoseconds: what is there after those of `now` stays until the next one. */
static void walk_run(struct walk *w, sim_ns until)
{
    sim_run(&w->sim, w->sim.now); /* a change of speed may have made something due at once */
    while (w->sim.now < until) {
        plain_add(w);
        sim_run(&w->sim, w->sim.now + 1);
    }
}

static void test_station_counters_of_every_discipline(void **state)
{
    (void)state;
    static const enum station_discipline disciplines[] = {STATION_FIFO, STATION_PRIORITY, STATION_PS};
    for (int d = 0; d < 3; d++)
        for (int servers = 1; servers <= 4; servers += 3) {
            struct arena *a = arena_new();
            struct walk *w = ARENA_NEW(a, struct walk);
            walk_start(w, a, disciplines[d], servers, disciplines[d] != STATION_PS);
            walk_run(w, 20000);
            assert_counters(w);
            station_set_limit(w->station, 40);
            walk_run(w, 40000);
            assert_true(servers > 1 || w->plain.refused > 0);
            station_set_speed(w->station, 1.7);
            walk_run(w, 60000);
            assert_counters(w);
            arena_free(a);
        }
}

/* A window is the difference of two reads; reading in between changes nothing. */
static void test_station_counters_windows_add_up(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct walk *w = ARENA_NEW(a, struct walk);
    walk_start(w, a, STATION_FIFO, 2, false);
    double present = 0.0;
    struct station_counters before = station_read(w->station);
    for (int i = 1; i <= 100; i++) {
        sim_run(&w->sim, i * 777);
        const struct station_counters c = station_read(w->station);
        assert_true(c.busy_area - before.busy_area <= 2.0 * 777.0);
        assert_true(c.present_area >= before.present_area && c.sojourn_ns >= before.sojourn_ns);
        present += c.present_area - before.present_area;
        before = c;
    }
    assert_close(present, station_read(w->station).present_area, 1e-12);
    arena_free(a);
}

/* The check is one: a customer whose arrival is falsified is a breach. */
static void test_station_counters_breach_is_seen(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct walk *w = ARENA_NEW(a, struct walk);
    walk_start(w, a, STATION_FIFO, 1, false);
    while (station_waiting(w->station) == 0)
        sim_run(&w->sim, w->sim.now + 100);
    assert_true(station_law_breach(w->station) == 0.0);
    struct walker *v = w->walker;
    while (!v->inside)
        v++;
    v->customer.arrived -= 50;
    const double breach = station_law_breach(w->station);
    assert_close(breach, 50.0 / station_read(w->station).present_area, 1e-12);
    arena_free(a);
}

/* Beyond the range of 64-bit sums: 1000 customers that wait for three years. */
static void test_station_counters_do_not_overflow(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct walk *w = ARENA_NEW(a, struct walk);
    *w = (struct walk){.discipline = STATION_FIFO};
    sim_init(&w->sim, a, 1, 0);
    w->station = station_new(&w->sim, 1, STATION_FIFO);
    struct customer *c = ARENA_ARRAY(a, struct customer, 1000);
    const sim_ns begin = 1000 * SIM_SECOND, years = INT64_C(100000000) * SIM_SECOND;
    sim_run(&w->sim, begin);
    for (int i = 0; i < 1000; i++) {
        c[i] = (struct customer){.demand_ns = 1e18, .done = walker_done, .size = 2.0};
        assert_true(station_submit(w->station, &c[i]));
    }
    sim_run(&w->sim, begin + years);
    const struct station_counters k = station_read(w->station);
    assert_close(k.present_area, 1000.0 * (double)years, 1e-14);
    assert_close(k.waiting_area, 999.0 * (double)years, 1e-14);
    assert_close(k.waiting_size_area, 1998.0 * (double)years, 1e-9);
    assert_true(station_law_breach(w->station) == 0.0);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_station_counters_of_every_discipline),
        cmocka_unit_test(test_station_counters_windows_add_up),
        cmocka_unit_test(test_station_counters_breach_is_seen),
        cmocka_unit_test(test_station_counters_do_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
