/* Demands that are asked when service starts. */
#include "model/engine/dist.h"
#include "tests/unit/engine/visits.h"
#include <math.h>

/* A demand that depends on who was served before and on who waits. */
struct teller {
    struct visits *all;
    int asked[VISITS_MOST], asks;
    int waiting[VISITS_MOST], present[VISITS_MOST];
    double demand[VISITS_MOST]; /* by name; what comes straight after a name one lower costs only half */
};

static double tell(void *owner, struct customer *c)
{
    struct teller *t = owner;
    const struct visit *v = (const struct visit *)(const void *)c;
    const bool follows = t->asks > 0 && t->asked[t->asks - 1] == v->name - 1;
    t->waiting[t->asks] = station_waiting(t->all->station);
    t->present[t->asks] = station_present(t->all->station);
    t->asked[t->asks++] = v->name;
    return t->demand[v->name] * (follows ? 0.5 : 1.0);
}

static struct teller *teller_new(struct visits *b, int servers, enum station_discipline discipline)
{
    struct teller *t = ARENA_NEW(b->arena, struct teller);
    t->all = b;
    for (int i = 0; i < VISITS_MOST; i++)
        t->demand[i] = 100.0;
    b->station = station_new(&b->sim, servers, discipline);
    station_set_demand(b->station, tell, t);
    return t;
}

/* 0 takes 100 and not the 7 that it came with; 1 follows it: 50; then by priority 3 (100) before 2 (100). */
static void test_station_asks_at_the_start_of_service(void **state)
{
    struct visits *b = *state;
    struct teller *t = teller_new(b, 1, STATION_PRIORITY);
    visit_at(b, 10, 7.0);
    visit_at(b, 10, 7.0)->customer.priority = 1;
    visit_at(b, 20, 7.0)->customer.priority = 3;
    visit_at(b, 30, 7.0)->customer.priority = 2;
    sim_run(&b->sim, 1000);
    assert_left(b, 4, (int[]){0, 1, 3, 2}, (sim_ns[]){110, 160, 260, 360});
    const int waiting[] = {0, 2, 1, 0}, present[] = {1, 3, 2, 1};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(t->waiting[i], waiting[i]);
        assert_int_equal(t->present[i], present[i]);
    }
    const struct station_counters c = station_read(b->station);
    assert_close(c.busy_area, 350.0, 1e-15);
    assert_close(c.sojourn_ns, 100.0 + 150.0 + 340.0 + 230.0, 1e-15);
    assert_close(c.wait_ns, 820.0 - 350.0, 1e-15);
    assert_close(b->visit[1].customer.demand_ns, 50.0, 1e-15); /* settled */
}

/* A held server is not asked; a change of speed rescales what was settled, not what was submitted. */
static void slower(struct sim *sim, void *owner)
{
    (void)sim;
    station_set_speed(((struct visits *)owner)->station, 0.25);
}

static void test_station_asks_no_held_server_and_rescales(void **state)
{
    struct visits *b = *state;
    struct teller *t = teller_new(b, 2, STATION_FIFO);
    visit_at(b, 0, -1.0);
    visit_at(b, 0, 3.0);
    visit_at(b, 5, 3.0);
    sim_schedule(&b->sim, sim_source_new(&b->sim, slower, b), 60, SIM_PRIORITY);
    sim_run(&b->sim, 1000);
    assert_int_equal(t->asks, 2);
    /* 1: 60 of 100 by then, the last 40 in 160; 2 follows it: 50 at a quarter of the speed */
    assert_left(b, 3, (int[]){0, 1, 2}, (sim_ns[]){0, 220, 420});
    station_release(b->station, &b->visit[0].customer);
}

/* Back at speed 1 it still asks. */
static void test_station_asks_at_any_speed(void **state)
{
    struct visits *b = *state;
    teller_new(b, 1, STATION_FIFO);
    station_set_speed(b->station, 0.5);
    station_set_speed(b->station, 1.0);
    visit_at(b, 10, 7.0);
    sim_run(&b->sim, 1000);
    assert_left(b, 1, (int[]){0}, (sim_ns[]){110});
}

static void test_station_without_demand_again_serves_as_submitted(void **state)
{
    struct visits *b = *state;
    struct teller *t = teller_new(b, 1, STATION_FIFO);
    station_set_demand(b->station, NULL, NULL);
    visit_at(b, 10, 7.0);
    sim_run(&b->sim, 1000);
    assert_left(b, 1, (int[]){0}, (sim_ns[]){17});
    assert_int_equal(t->asks, 0);
}

/* Open Poisson load on two servers whose mean demand falls with those who wait: the laws hold all the same. */
struct crowd {
    struct sim sim;
    struct arena *arena;
    struct station *station;
    struct sim_source source;
    struct rng r;
    double settled_ns;
    uint64_t asked;
};

static double crowd_demand(void *owner, struct customer *c)
{
    struct crowd *k = owner;
    (void)c;
    const double ns = 1e6 / sqrt(1.0 + station_waiting(k->station)) * rng_exponential(&k->r);
    k->settled_ns += ns;
    k->asked++;
    return ns;
}

static void crowd_left(struct sim *sim, struct customer *c)
{
    (void)sim;
    (void)c;
}

static void crowd_arrival(struct sim *sim, void *owner)
{
    struct crowd *k = owner;
    struct customer *c = ARENA_NEW(k->arena, struct customer);
    *c = (struct customer){.done = crowd_left};
    station_submit(k->station, c);
    sim_schedule(sim, k->source, sim->now + sim_round(4.3e5 * rng_exponential(&k->r)), SIM_PRIORITY);
}

static void test_station_keeps_its_laws_with_demands_asked(void **state)
{
    struct visits *b = *state;
    struct crowd *k = ARENA_NEW(b->arena, struct crowd);
    k->arena = b->arena;
    sim_init(&k->sim, b->arena, 7, 0);
    k->station = station_new(&k->sim, 2, STATION_FIFO);
    station_set_demand(k->station, crowd_demand, k);
    rng_seed(&k->r, 11, 0, 0, 0);
    k->source = sim_source_new(&k->sim, crowd_arrival, k);
    sim_schedule(&k->sim, k->source, 1, SIM_PRIORITY);
    sim_run(&k->sim, 10000000000);
    assert_true(station_law_breach(k->station) == 0.0);
    const struct station_counters c = station_read(k->station);
    assert_true(k->asked > 20000);
    /* busy time is what was settled, but for the two in service and half a ns of rounding each */
    assert_close(c.busy_area, k->settled_ns, 1e-3);
    assert_true(fabs(c.busy_area - k->settled_ns) < 2e7);
    assert_close(c.present_area - c.waiting_area, c.busy_area, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISITS_TEST(test_station_asks_at_the_start_of_service),
        VISITS_TEST(test_station_asks_no_held_server_and_rescales),
        VISITS_TEST(test_station_asks_at_any_speed),
        VISITS_TEST(test_station_without_demand_again_serves_as_submitted),
        VISITS_TEST(test_station_keeps_its_laws_with_demands_asked),
    };
    return cmocka_run_group_tests_name("station demand", tests, NULL, NULL);
}
