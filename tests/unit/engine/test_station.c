/* Paths worked out by hand: who leaves when, under each discipline. test_station_counters.c checks the sums. */
#include "tests/unit/engine/visits.h"

static void test_station_fifo(void **state)
{
    struct visits *b = *state;
    b->station = station_new(&b->sim, 1, STATION_FIFO);
    visit_at(b, 0, 25.0);
    visit_at(b, 10, 5.4);
    visit_at(b, 20, 7.0);
    visit_at(b, 60, 3.0);
    sim_run(&b->sim, 1000);
    assert_left(b, 4, (int[]){0, 1, 2, 3}, (sim_ns[]){25, 30, 37, 63});
    assert_int_equal(b->visit[2].customer.arrived, 20);
    assert_int_equal(b->visit[2].customer.started, 30);
    assert_null(b->visit[2].customer.at);
    assert_int_equal(station_servers(b->station), 1);
}

static void test_station_two_servers(void **state)
{
    struct visits *b = *state;
    b->station = station_new(&b->sim, 2, STATION_FIFO);
    visit_at(b, 0, 25.0);
    visit_at(b, 1, 5.0);
    visit_at(b, 2, 30.0); /* from 6 */
    visit_at(b, 3, 4.0);  /* from 25 */
    sim_run(&b->sim, 4);
    assert_int_equal(station_present(b->station), 4);
    assert_int_equal(station_waiting(b->station), 2);
    sim_run(&b->sim, 1000);
    assert_left(b, 4, (int[]){1, 0, 3, 2}, (sim_ns[]){6, 25, 29, 36});
}

static void test_station_priority_is_not_preemptive(void **state)
{
    struct visits *b = *state;
    b->station = station_new(&b->sim, 1, STATION_PRIORITY);
    visit_at(b, 0, 10.0)->customer.priority = 15;
    visit_at(b, 1, 10.0)->customer.priority = 9;
    visit_at(b, 2, 10.0)->customer.priority = 3;
    visit_at(b, 3, 10.0)->customer.priority = 9;
    visit_at(b, 4, 10.0)->customer.priority = 0;
    visit_at(b, 31, 10.0)->customer.priority = 15;
    sim_run(&b->sim, 1000);
    assert_left(b, 6, (int[]){0, 4, 2, 1, 3, 5}, (sim_ns[]){10, 20, 30, 40, 50, 60});
}

/* Alone at speed 1 until 10; then half each. 1 needs 10 more: ends at 30. 0 has then 10 left: ends at 40. */
static void test_station_sharing_one_server(void **state)
{
    struct visits *b = *state;
    b->station = station_new(&b->sim, 1, STATION_PS);
    visit_at(b, 0, 30.0);
    visit_at(b, 10, 10.0);
    sim_run(&b->sim, 15);
    assert_int_equal(station_present(b->station), 2);
    assert_int_equal(station_waiting(b->station), 0);
    sim_run(&b->sim, 1000);
    assert_left(b, 2, (int[]){1, 0}, (sim_ns[]){30, 40});
    assert_int_equal(b->visit[1].customer.started, 10);
}

/* Two servers: two customers run at speed 1 each, three at 2/3, four at 1/2.
 * Attained by 0 and 1 at 8: 8. Three until 1 has 12: 6 ns more, at 14; there 2 has 4. 0 (20) needs 8 more, alone with 2:
 * ends at 22; there 2 has 12 of 40, and nobody else slows it: ends at 50. */
static void test_station_sharing_two_servers(void **state)
{
    struct visits *b = *state;
    b->station = station_new(&b->sim, 2, STATION_PS);
    visit_at(b, 0, 20.0);
    visit_at(b, 0, 12.0);
    visit_at(b, 8, 40.0);
    sim_run(&b->sim, 1000);
    assert_left(b, 3, (int[]){1, 0, 2}, (sim_ns[]){14, 22, 50});
    const struct station_counters c = station_read(b->station);
    assert_close(c.busy_area, 72.0, 0.0);
    assert_close(c.present_area, 14.0 + 22.0 + 42.0, 0.0);
    assert_close(c.waiting_area, 0.0, 0.0);
    assert_close(c.wait_ns, 0.0, 0.0);
}

static void test_station_equal_ends_leave_in_order_of_start(void **state)
{
    struct visits *b = *state;
    b->station = station_new(&b->sim, 3, STATION_FIFO);
    visit_at(b, 5, 15.0);
    visit_at(b, 0, 20.0);
    visit_at(b, 9, 11.0);
    sim_run(&b->sim, 1000);
    assert_left(b, 3, (int[]){1, 0, 2}, (sim_ns[]){20, 20, 20});
}

static void test_station_sharing_equal_ends_leave_in_order_of_start(void **state)
{
    struct visits *b = *state;
    b->station = station_new(&b->sim, 1, STATION_PS);
    for (int i = 0; i < 5; i++)
        visit_at(b, 7, 10.0);
    sim_run(&b->sim, 1000);
    assert_left(b, 5, (int[]){0, 1, 2, 3, 4}, (sim_ns[]){57, 57, 57, 57, 57});
}

static void test_station_zero_demands(void **state)
{
    struct visits *b = *state;
    static const enum station_discipline disciplines[] = {STATION_FIFO, STATION_PRIORITY, STATION_PS};
    for (int d = 0; d < 3; d++) {
        b->station = station_new(&b->sim, 1, disciplines[d]);
        b->n = 0;
        const int first = b->visits;
        for (int i = 0; i < 3; i++)
            visit_at(b, b->sim.now + 3, 0.0);
        sim_run(&b->sim, b->sim.now + 3);
        const sim_ns t = b->sim.now;
        assert_left(b, 3, (int[]){first, first + 1, first + 2}, (sim_ns[]){t, t, t});
        assert_true(station_law_breach(b->station) == 0.0);
        assert_close(station_read(b->station).present_area, 0.0, 0.0);
    }
}

static void then_submit_again(struct visit *v)
{
    if (v->all->n < 5)
        assert_true(station_submit(v->all->station, &v->customer));
}

/* Who comes back from `done` queues behind those who wait. */
static void test_station_submit_inside_done(void **state)
{
    struct visits *b = *state;
    b->station = station_new(&b->sim, 1, STATION_FIFO);
    visit_at(b, 0, 10.0)->then = then_submit_again;
    visit_at(b, 1, 10.0)->then = then_submit_again;
    sim_run(&b->sim, 1000);
    assert_left(b, 6, (int[]){0, 1, 0, 1, 0, 1}, (sim_ns[]){10, 20, 30, 40, 50, 60});
}

static void test_station_limit(void **state)
{
    struct visits *b = *state;
    b->station = station_new(&b->sim, 1, STATION_FIFO);
    station_set_limit(b->station, 2);
    visit_at(b, 0, 10.0);
    visit_at(b, 1, 10.0);
    visit_at(b, 2, 10.0);  /* refused */
    visit_at(b, 10, 10.0); /* at the very end of 0, but scheduled before it: refused */
    visit_at(b, 11, 10.0);
    sim_run(&b->sim, 1000);
    assert_left(b, 3, (int[]){0, 1, 4}, (sim_ns[]){10, 20, 30});
    assert_false(b->visit[2].accepted);
    assert_false(b->visit[3].accepted);
    assert_int_equal(station_read(b->station).refused, 2);
    assert_int_equal(station_read(b->station).arrivals, 3);
    station_set_limit(b->station, 0);
    for (int i = 0; i < 10; i++)
        visit_at(b, 1000, 1.0);
    sim_run(&b->sim, 2000);
    assert_int_equal(b->n, 13);
}

static void test_station_limit_of_sharing(void **state)
{
    struct visits *b = *state;
    b->station = station_new(&b->sim, 1, STATION_PS);
    station_set_limit(b->station, 2);
    visit_at(b, 0, 10.0);
    visit_at(b, 0, 20.0);
    visit_at(b, 5, 1.0);
    sim_run(&b->sim, 1000);
    assert_left(b, 2, (int[]){0, 1}, (sim_ns[]){20, 30});
    assert_false(b->visit[2].accepted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISITS_TEST(test_station_fifo),
        VISITS_TEST(test_station_two_servers),
        VISITS_TEST(test_station_priority_is_not_preemptive),
        VISITS_TEST(test_station_sharing_one_server),
        VISITS_TEST(test_station_sharing_two_servers),
        VISITS_TEST(test_station_equal_ends_leave_in_order_of_start),
        VISITS_TEST(test_station_sharing_equal_ends_leave_in_order_of_start),
        VISITS_TEST(test_station_zero_demands),
        VISITS_TEST(test_station_submit_inside_done),
        VISITS_TEST(test_station_limit),
        VISITS_TEST(test_station_limit_of_sharing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
