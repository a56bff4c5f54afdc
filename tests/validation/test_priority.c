/* test_priority.c - priorities without preemption against Cobham's formula.
 *
 * Source    Cobham (1954); Kleinrock, Queueing Systems II (1976), section 3.5: Wq of priority k is
 *           W0 / ((1 - sigma(k - 1)) (1 - sigma(k))), sigma(k) the load of the priorities 1 .. k, W0 = sum rate E[s^2] / 2
 */
#include "tests/support/queuesim.h"
#include "tests/support/support.h"

/* Services of mean 1: exponential (W0 = 0.8) and with scv 0.25 (W0 = 0.5). Loads 0.3, 0.3, 0.2. */
static const struct {
    double scv;
    double wait[3];
} rows[] = {
    {1.0, {0.8 / 0.7, 0.8 / (0.7 * 0.4), 0.8 / (0.4 * 0.2)}},
    {0.25, {0.5 / 0.7, 0.5 / (0.7 * 0.4), 0.5 / (0.4 * 0.2)}},
};
static const double rates[3] = {0.3, 0.3, 0.2};

/* The classes stand in another order than their priorities. */
static struct queuesim_result simulate(struct arena *a, double scv, double service)
{
    static const double visits = 1;
    static const unsigned priorities[3] = {1, 0, 15};
    static const double rate_of[3] = {0.3, 0.3, 0.2};
    const struct queuesim_station station = {1, STATION_PRIORITY, 0};
    struct queuesim_class classes[3];
    for (int i = 0; i < 3; i++)
        classes[i] = (struct queuesim_class){.rate = rate_of[i],
                                             .visits = &visits,
                                             .service = &service,
                                             .dist = DIST_AUTO,
                                             .scv = scv,
                                             .priority = priorities[i]};
    const struct queuesim q = {.stations = 1,
                               .classes = 3,
                               .station = &station,
                               .class_ = classes,
                               .warmup = 2000,
                               .window = 4e5,
                               .replications = 32,
                               .seed = 5000 + (uint64_t)(scv * 100)};
    return queuesim_run(a, &q);
}

/* Class 1 goes first, then 0, then 2. */
static const int class_of_rank[3] = {1, 0, 2};

static void waits_agree_with_theory(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena *a = arena_new();
        const struct queuesim_result r = simulate(a, rows[i].scv, 1.0);
        for (int rank = 0; rank < 3; rank++) {
            const struct tally *time = &r.visit_time[class_of_rank[rank]];
            assert_statistical(time->mean - 1.0, tally_std_error(time), rows[i].wait[rank]);
            queuesim_accept(&r.visiting[class_of_rank[rank]], rates[rank] * (rows[i].wait[rank] + 1.0));
        }
        arena_free(a);
    }
}

static void service_5_percent_shorter_is_rejected(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena *a = arena_new();
        const struct queuesim_result r = simulate(a, rows[i].scv, 0.95);
        for (int rank = 0; rank < 3; rank++) {
            assert_true(queuesim_rejects(&r.visit_time[class_of_rank[rank]], rows[i].wait[rank] + 1.0));
            assert_true(
                queuesim_rejects(&r.visiting[class_of_rank[rank]], rates[rank] * (rows[i].wait[rank] + 1.0)));
        }
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_agree_with_theory),
        cmocka_unit_test(service_5_percent_shorter_is_rejected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
