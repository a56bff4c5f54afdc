/* Changes of speed, and servers that are held until they are released. */
#include "tests/unit/engine/visits.h"

struct change {
    struct visits *all;
    double speed;
};

static void change_speed(struct sim *sim, void *owner)
{
    const struct change *c = owner;
    (void)sim;
    station_set_speed(c->all->station, c->speed);
}

static void speed_at(struct visits *b, struct change *c, sim_ns at, double speed)
{
    *c = (struct change){b, speed};
    sim_schedule(&b->sim, sim_source_new(&b->sim, change_speed, c), at, SIM_PRIORITY);
}

/* 100 ns of work: 40 at speed 1, 40 in 20 ns at speed 2, the last 20 in 40 ns at speed 1/2: ends at 100. The next: 10 at
 * speed 1/2. */
static void test_station_speed_rescales_work_in_progress(void **state)
{
    struct visits *b = *state;
    struct change c[2];
    b->station = station_new(&b->sim, 1, STATION_FIFO);
    visit_at(b, 0, 100.0);
    visit_at(b, 1, 10.0);
    speed_at(b, &c[0], 40, 2.0);
    speed_at(b, &c[1], 60, 0.5);
    sim_run(&b->sim, 1000);
    assert_left(b, 2, (int[]){0, 1}, (sim_ns[]){100, 120});
}

static void test_station_speed_rescales_sharing(void **state)
{
    struct visits *b = *state;
    struct change c[2];
    b->station = station_new(&b->sim, 1, STATION_PS);
    visit_at(b, 0, 100.0);
    visit_at(b, 0, 100.0);
    speed_at(b, &c[0], 40, 4.0);  /* 20 each so far; from here 2 each */
    speed_at(b, &c[1], 60, 0.25); /* 60 each so far; 40 left at 1/8 */
    sim_run(&b->sim, 1000);
    assert_left(b, 2, (int[]){0, 1}, (sim_ns[]){380, 380});
}

/* Rounding does not add up over many changes: the work left is kept as it is, only the event is rounded. */
static void test_station_speed_changes_do_not_drift(void **state)
{
    struct visits *b = *state;
    struct change c[300];
    b->station = station_new(&b->sim, 1, STATION_FIFO);
    visit_at(b, 0, 1000.0);
    for (int i = 0; i < 300; i++)
        speed_at(b, &c[i], i, i % 2 ? 1.37 : 0.73); /* 300 ns at 1.05 in the mean: 315 done */
    sim_run(&b->sim, 10000);
    assert_int_equal(b->n, 1);
    assert_int_equal(b->at[0], 800); /* 300 + 685 / 1.37 */
}

/* Started in the order 2, 0, 1 and brought to one end by a change of speed in the middle. */
static void test_station_speed_keeps_the_order_of_equal_ends(void **state)
{
    struct visits *b = *state;
    struct change c;
    b->station = station_new(&b->sim, 3, STATION_FIFO);
    visit_at(b, 4, 16.0);
    visit_at(b, 8, 12.0);
    visit_at(b, 0, 20.0);
    speed_at(b, &c, 12, 0.1);
    sim_run(&b->sim, 1000);
    assert_left(b, 3, (int[]){2, 0, 1}, (sim_ns[]){92, 92, 92});
}

static void then_hold_for_ten(struct visit *v)
{
    sim_schedule(&v->all->sim, v->source, v->all->sim.now + 10, SIM_PRIORITY);
}

static void visit_release(struct sim *sim, void *owner)
{
    struct visit *v = owner;
    (void)sim;
    station_release(v->all->station, &v->customer);
}

/* A lock: begins a hold, and lets go ten later. The times are those of the grants. */
static struct visit *hold_at(struct visits *b, sim_ns at, void (*then)(struct visit *v))
{
    struct visit *v = visit_at(b, at, -1.0);
    v->then = then;
    return v;
}

static void hold_or_release(struct sim *sim, void *owner)
{
    struct visit *v = owner;
    if (v->customer.at == v->all->station)
        visit_release(sim, owner);
    else
        visit_begin(sim, owner);
}

static void test_station_hold_until_release(void **state)
{
    struct visits *b = *state;
    b->station = station_new(&b->sim, 1, STATION_FIFO);
    for (int i = 0; i < 3; i++) {
        struct visit *v = hold_at(b, i, then_hold_for_ten);
        b->sim.slot[v->source.id].fn = hold_or_release;
    }
    visit_at(b, 3, 4.0); /* one with a demand queues with them */
    sim_run(&b->sim, 15);
    assert_int_equal(station_present(b->station), 3);
    assert_int_equal(station_waiting(b->station), 2);
    assert_true(station_law_breach(b->station) == 0.0);
    sim_run(&b->sim, 1000);
    assert_left(b, 4, (int[]){0, 1, 2, 3}, (sim_ns[]){0, 10, 20, 34});
    const struct station_counters c = station_read(b->station);
    assert_int_equal(c.completions, 4);
    assert_close(c.busy_area, 34.0, 0.0);
    assert_close(c.sojourn_ns, 10.0 + 19.0 + 28.0 + 31.0, 0.0);
    assert_close(c.wait_ns, 0.0 + 9.0 + 18.0 + 27.0, 0.0);
}

static void then_release(struct visit *v)
{
    station_release(v->all->station, &v->customer);
}

static void then_release_and_submit(struct visit *v)
{
    station_release(v->all->station, &v->customer);
    if (v->all->n < 20)
        station_submit(v->all->station, &v->customer);
}

static void test_station_release_inside_done(void **state)
{
    struct visits *b = *state;
    b->station = station_new(&b->sim, 1, STATION_PRIORITY);
    hold_at(b, 5, then_release_and_submit);
    hold_at(b, 6, then_release);
    sim_run(&b->sim, 1000);
    assert_int_equal(b->n, 21);
    assert_int_equal(b->left[20], 1);
    assert_int_equal(b->at[20], 6);
    assert_int_equal(station_present(b->station), 0);
}

/* Half a million waiting grants in one instant must not become half a million stack frames. */
struct swarm {
    struct station *station;
    struct customer *customer;
    int granted;
};

static struct swarm *swarm_of(struct customer *c)
{
    return *(struct swarm **)(void *)(c + 1);
}

static void swarm_granted(struct sim *sim, struct customer *c)
{
    (void)sim;
    swarm_of(c)->granted++;
    station_release(swarm_of(c)->station, c);
}

static void test_station_many_grants_do_not_recurse(void **state)
{
    struct visits *b = *state;
    struct {
        struct customer customer;
        struct swarm *swarm;
    } *member = arena_alloc(b->arena, 500000, sizeof *member);
    struct swarm swarm = {.station = station_new(&b->sim, 1, STATION_FIFO)};
    struct visit *gate = &b->visit[0];
    b->station = swarm.station;
    gate->customer = (struct customer){.demand_ns = -1.0, .done = visit_done};
    gate->all = b;
    station_submit(b->station, &gate->customer);
    assert_int_equal(b->n, 1); /* granted before station_submit returned */
    for (int i = 0; i < 500000; i++) {
        member[i].customer = (struct customer){.demand_ns = -1.0, .done = swarm_granted};
        member[i].swarm = &swarm;
        station_submit(b->station, &member[i].customer);
    }
    assert_int_equal(swarm.granted, 0);
    station_release(b->station, &gate->customer);
    assert_int_equal(swarm.granted, 500000);
    assert_int_equal(station_present(b->station), 0);
}

/* Speeds do not matter to who holds without a demand. */
static void test_station_speed_leaves_holds_alone(void **state)
{
    struct visits *b = *state;
    struct change c;
    b->station = station_new(&b->sim, 2, STATION_FIFO);
    struct visit *v = hold_at(b, 0, then_hold_for_ten);
    b->sim.slot[v->source.id].fn = hold_or_release;
    visit_at(b, 0, 20.0);
    speed_at(b, &c, 2, 3.0);
    sim_run(&b->sim, 1000);
    assert_left(b, 2, (int[]){0, 1}, (sim_ns[]){0, 8});
    assert_close(station_read(b->station).busy_area, 18.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISITS_TEST(test_station_speed_rescales_work_in_progress),
        VISITS_TEST(test_station_speed_rescales_sharing),
        VISITS_TEST(test_station_speed_changes_do_not_drift),
        VISITS_TEST(test_station_speed_keeps_the_order_of_equal_ends),
        VISITS_TEST(test_station_hold_until_release),
        VISITS_TEST(test_station_release_inside_done),
        VISITS_TEST(test_station_many_grants_do_not_recurse),
        VISITS_TEST(test_station_speed_leaves_holds_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
