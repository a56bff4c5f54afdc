/* What must end the program. */
#include "tests/unit/engine/visits.h"
#include <math.h>

static void submit(struct visits *b, struct customer c)
{
    station_submit(b->station, &c);
}
static void no_servers(void *b)
{
    station_new(&((struct visits *)b)->sim, 0, STATION_FIFO);
}
static void too_many_servers(void *b)
{
    station_new(&((struct visits *)b)->sim, 65537, STATION_FIFO);
}
static void negative_limit(void *b)
{
    station_set_limit(((struct visits *)b)->station, -1);
}
static void speed_zero(void *b)
{
    station_set_speed(((struct visits *)b)->station, 0.0);
}
static void speed_infinite(void *b)
{
    station_set_speed(((struct visits *)b)->station, HUGE_VAL);
}
static void submit_without_done(void *b)
{
    submit(b, (struct customer){.demand_ns = 1.0});
}
static void submit_nan(void *b)
{
    submit(b, (struct customer){.demand_ns = (double)NAN, .done = visit_done});
}
static void submit_priority_16(void *b)
{
    submit(b, (struct customer){.demand_ns = 1.0, .done = visit_done, .priority = 16});
}
static void release_idle(void *b)
{
    struct customer c = {.demand_ns = -1.0, .done = visit_done};
    station_release(((struct visits *)b)->station, &c);
}
static void release_demand(void *state)
{
    struct visits *b = state;
    visit_at(b, 0, 5.0);
    sim_run(&b->sim, 1);
    station_release(b->station, &b->visit[0].customer);
}
static void release_waiting(void *state)
{
    struct visits *b = state;
    visit_at(b, 0, -1.0);
    visit_at(b, 0, -1.0);
    sim_run(&b->sim, 1);
    station_release(b->station, &b->visit[1].customer);
}
static void release_twice(void *state)
{
    struct visits *b = state;
    visit_at(b, 0, -1.0);
    sim_run(&b->sim, 1);
    station_release(b->station, &b->visit[0].customer);
    station_release(b->station, &b->visit[0].customer);
}
static void sharing_hold(void *state)
{
    struct visits *b = state;
    b->station = station_new(&b->sim, 1, STATION_PS);
    submit(b, (struct customer){.demand_ns = -1.0, .done = visit_done});
}
static void sharing_too_long(void *state)
{
    struct visits *b = state;
    b->station = station_new(&b->sim, 1, STATION_PS);
    submit(b, (struct customer){.demand_ns = 1e18, .done = visit_done});
}
static double less_than_nothing(void *owner, struct customer *c)
{
    (void)owner;
    (void)c;
    return -1.0;
}
static void sharing_demand(void *state)
{
    struct visits *b = state;
    station_set_demand(station_new(&b->sim, 1, STATION_PS), less_than_nothing, NULL);
}
static void negative_demand(void *state)
{
    struct visits *b = state;
    b->station = station_new(&b->sim, 1, STATION_FIFO);
    station_set_demand(b->station, less_than_nothing, NULL);
    submit(b, (struct customer){.demand_ns = 1.0, .done = visit_done});
}

static void test_station_misuse_is_checked(void **state)
{
    struct visits *b = *state;
    b->station = station_new(&b->sim, 1, STATION_PRIORITY);
    assert_dies(no_servers, b, "servers >= 1");
    assert_dies(too_many_servers, b, "65536");
    assert_dies(negative_limit, b, "limit >= 0");
    assert_dies(speed_zero, b, "speed > 0.0");
    assert_dies(speed_infinite, b, "speed > 0.0");
    assert_dies(submit_without_done, b, "done");
    assert_dies(submit_nan, b, "demand_ns");
    assert_dies(submit_priority_16, b, "priority");
    assert_dies(release_idle, b, "c->at == s");
    assert_dies(release_demand, b, "demand_ns < 0.0");
    assert_dies(release_waiting, b, "station.c");
    assert_dies(release_twice, b, "c->at == s");
    assert_dies(sharing_hold, b, "demand_ns >= 0.0");
    assert_dies(sharing_demand, b, "STATION_PS");
    assert_dies(negative_demand, b, "demand_ns >= 0.0");
    assert_dies(sharing_too_long, b, "finish < MOST_NS");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISITS_TEST(test_station_misuse_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
