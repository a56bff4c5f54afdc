/* test_mg1.c - the engine's station and distributions against Pollaczek and Khinchine, first come first served.
 *
 * Source    Kleinrock, Queueing Systems I (1975), section 5.7: rho 0.8, mean service 1, Wq = 2 (1 + scv)
 */
#include "tests/support/queuesim.h"
#include "tests/support/support.h"

struct row {
    enum dist_kind dist;
    double scv, wait, response, waiting;
    double customers;
};

static const struct row rows[] = {
    {DIST_DETERMINISTIC, 0, 2, 3, 1.6, 3e6},
    {DIST_UNIFORM, 1.0 / 3, 8.0 / 3, 11.0 / 3, 6.4 / 3, 4e6},
    {DIST_GAMMA, 0.5, 3, 4, 2.4, 6e6},
    {DIST_ERLANG, 0.5, 3, 4, 2.4, 6e6},
    {DIST_EXPONENTIAL, 1, 4, 5, 3.2, 8e6},
    {DIST_LOGNORMAL, 0.5, 3, 4, 2.4, 6e6},
    {DIST_HYPEREXPONENTIAL, 4, 10, 11, 8, 2.4e7},
};
enum { ROWS = sizeof rows / sizeof *rows, REPLICATIONS = 32 };

static struct queuesim_result simulate(struct arena *a, const struct row *row, double service, double scv)
{
    static const double visits = 1;
    const struct queuesim_station station = {1, STATION_FIFO, 0};
    const struct queuesim_class class_ = {
        .rate = 0.8, .visits = &visits, .service = &service, .dist = row->dist, .scv = scv};
    const struct queuesim q = {.stations = 1,
                               .classes = 1,
                               .station = &station,
                               .class_ = &class_,
                               .warmup = 1000 * (1 + row->scv),
                               .window = row->customers / 0.8 / REPLICATIONS,
                               .replications = REPLICATIONS,
                               .seed = 2000 + (uint64_t)(row - rows)};
    return queuesim_run(a, &q);
}

static void stations_agree_with_theory(void **state)
{
    (void)state;
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        struct arena *a = arena_new();
        const struct queuesim_result r = simulate(a, row, 1.0, row->scv);
        queuesim_accept(r.utilization, 0.8);
        queuesim_accept(r.delayed, 0.8);
        queuesim_accept(r.wait, row->wait);
        queuesim_accept(r.response, row->response);
        queuesim_accept(r.waiting, row->waiting);
        queuesim_accept(r.present, row->waiting + 0.8);
        arena_free(a);
    }
}

static void service_5_percent_shorter_is_rejected(void **state)
{
    (void)state;
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        struct arena *a = arena_new();
        const struct queuesim_result r = simulate(a, row, 0.95, row->scv);
        assert_true(queuesim_rejects(r.utilization, 0.8));
        assert_true(queuesim_rejects(r.delayed, 0.8));
        assert_true(queuesim_rejects(r.wait, row->wait));
        assert_true(queuesim_rejects(r.response, row->response));
        assert_true(queuesim_rejects(r.waiting, row->waiting));
        assert_true(queuesim_rejects(r.present, row->waiting + 0.8));
        arena_free(a);
    }
}

/* The wait goes with 1 + scv: 5 % less scv is 4 % less wait at scv 4. */
static void scv_5_percent_smaller_is_rejected(void **state)
{
    (void)state;
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        if (row->scv < 4)
            continue;
        struct arena *a = arena_new();
        const struct queuesim_result r = simulate(a, row, 1.0, 0.95 * row->scv);
        assert_true(queuesim_rejects(r.wait, row->wait));
        assert_true(queuesim_rejects(r.waiting, row->waiting));
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stations_agree_with_theory),
        cmocka_unit_test(service_5_percent_shorter_is_rejected),
        cmocka_unit_test(scv_5_percent_smaller_is_rejected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
