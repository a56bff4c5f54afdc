/* test_mmc.c - the engine's stations against M/M/c.
 *
 * Source    GNU Octave queueing 1.2.7 (qsmmm), mean service 1; the textbook formula is Erlang's (1917)
 */
#include "tests/support/queuesim.h"
#include "tests/support/support.h"

struct row {
    int servers;
    double rho, p_wait, wait, response, waiting, present;
    double customers; /* as many as bring the standard error of the wait to about 0.38 % */
};

static const struct row rows[] = {
    {1, 0.50, 0.500000, 1.000000, 2.000000, 0.500000, 1.000000, 3.2e6},
    {1, 0.80, 0.800000, 4.000000, 5.000000, 3.200000, 4.000000, 7e6},
    {1, 0.90, 0.900000, 9.000000, 10.000000, 8.100000, 9.000000, 1.8e7},
    {2, 0.80, 0.711111, 1.777778, 2.777778, 2.844444, 4.444444, 8e6},
    {2, 0.90, 0.852632, 4.263158, 5.263158, 7.673684, 9.473684, 1.9e7},
    {4, 0.50, 0.173913, 0.086957, 1.086957, 0.173913, 2.173913, 1.1e7},
    {4, 0.70, 0.428654, 0.357212, 1.357212, 1.000193, 3.800193, 1e7},
    {4, 0.80, 0.596432, 0.745541, 1.745541, 2.385730, 5.585730, 1e7},
    {4, 0.90, 0.787753, 1.969383, 2.969383, 7.089779, 10.689779, 2e7},
    {8, 0.80, 0.457645, 0.286028, 1.286028, 1.830580, 8.230580, 1.6e7},
    {16, 0.80, 0.304884, 0.095276, 1.095276, 1.219536, 14.019536, 3.2e7},
    {16, 0.90, 0.591343, 0.369590, 1.369590, 5.322091, 19.722091, 4.2e7},
};
enum { ROWS = sizeof rows / sizeof *rows, REPLICATIONS = 32 };

static struct queuesim_result simulate(struct arena *a, const struct row *row, double service)
{
    static const double visits = 1;
    const struct queuesim_station station = {row->servers, STATION_FIFO, 0};
    const struct queuesim_class class_ = {.rate = row->rho * row->servers,
                                          .visits = &visits,
                                          .service = &service,
                                          .dist = DIST_EXPONENTIAL,
                                          .scv = 1};
    const struct queuesim q = {.stations = 1,
                               .classes = 1,
                               .station = &station,
                               .class_ = &class_,
                               .warmup = 20 / (1 - row->rho) / (1 - row->rho),
                               .window = row->customers / class_.rate / REPLICATIONS,
                               .replications = REPLICATIONS,
                               .seed = 1000 + (uint64_t)(row - rows)};
    return queuesim_run(a, &q);
}

static void stations_agree_with_theory(void **state)
{
    (void)state;
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        struct arena *a = arena_new();
        const struct queuesim_result r = simulate(a, row, 1.0);
        queuesim_accept(r.utilization, row->rho);
        queuesim_accept(r.delayed, row->p_wait);
        queuesim_accept(r.wait, row->wait);
        queuesim_accept(r.response, row->response);
        queuesim_accept(r.waiting, row->waiting);
        queuesim_accept(r.present, row->present);
        queuesim_accept(r.round_time, row->response);
        assert_close(r.law_breach, 0.0, 1e-9);
        arena_free(a);
    }
}

static void service_5_percent_shorter_is_rejected(void **state)
{
    (void)state;
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        struct arena *a = arena_new();
        const struct queuesim_result r = simulate(a, row, 0.95);
        assert_true(queuesim_rejects(r.utilization, row->rho));
        assert_true(queuesim_rejects(r.delayed, row->p_wait));
        assert_true(queuesim_rejects(r.wait, row->wait));
        assert_true(queuesim_rejects(r.response, row->response));
        assert_true(queuesim_rejects(r.waiting, row->waiting));
        assert_true(queuesim_rejects(r.present, row->present));
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stations_agree_with_theory),
        cmocka_unit_test(service_5_percent_shorter_is_rejected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
