/* test_sharing.c - processor sharing does not know the distribution of the services.
 *
 * Source    Kleinrock, Queueing Systems II (1976), section 4.4: W = s / (1 - rho) for any distribution; several servers:
 *           Kelly, Reversibility and Stochastic Networks (1979), section 3.3: as M/M/c for any distribution
 */
#include "tests/support/queuesim.h"
#include "tests/support/support.h"

struct row {
    int servers;
    enum dist_kind dist;
    double rho, scv, response, present;
    double customers;
};

/* Mean service 1. M/M/4 at rho 0.8: W 1.745541, L 5.585730 (GNU Octave queueing 1.2.7, qsmmm). */
static const struct row rows[] = {
    {1, DIST_DETERMINISTIC, 0.8, 0, 5, 4, 2.5e6},
    {1, DIST_GAMMA, 0.8, 0.5, 5, 4, 3e6},
    {1, DIST_EXPONENTIAL, 0.8, 1, 5, 4, 5e6},
    {1, DIST_HYPEREXPONENTIAL, 0.8, 4, 5, 4, 1.1e7},
    {1, DIST_LOGNORMAL, 0.5, 4, 2, 1, 2e6},
    {4, DIST_DETERMINISTIC, 0.8, 0, 1.745541, 5.585730, 2e6},
    {4, DIST_EXPONENTIAL, 0.8, 1, 1.745541, 5.585730, 2.5e6},
    {4, DIST_HYPEREXPONENTIAL, 0.8, 4, 1.745541, 5.585730, 6e6},
};
enum { ROWS = sizeof rows / sizeof *rows, REPLICATIONS = 32 };

static struct queuesim_result simulate(struct arena *a, const struct row *row, double service,
                                       enum station_discipline discipline)
{
    static const double visits = 1;
    const struct queuesim_station station = {row->servers, discipline, 0};
    const struct queuesim_class class_ = {.rate = row->rho * row->servers,
                                          .visits = &visits,
                                          .service = &service,
                                          .dist = row->dist,
                                          .scv = row->scv};
    const struct queuesim q = {.stations = 1,
                               .classes = 1,
                               .station = &station,
                               .class_ = &class_,
                               .warmup = 1000 * (1 + row->scv),
                               .window = row->customers / class_.rate / REPLICATIONS,
                               .replications = REPLICATIONS,
                               .seed = 4000 + (uint64_t)(row - rows)};
    return queuesim_run(a, &q);
}

static void stations_agree_with_theory(void **state)
{
    (void)state;
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        struct arena *a = arena_new();
        const struct queuesim_result r = simulate(a, row, 1.0, STATION_PS);
        queuesim_accept(r.utilization, row->rho);
        queuesim_accept(r.response, row->response);
        queuesim_accept(r.present, row->present);
        assert_close(r.law_breach, 0.0, 1e-9);
        arena_free(a);
    }
}

static void service_5_percent_shorter_is_rejected(void **state)
{
    (void)state;
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        struct arena *a = arena_new();
        const struct queuesim_result r = simulate(a, row, 0.95, STATION_PS);
        assert_true(queuesim_rejects(r.utilization, row->rho));
        assert_true(queuesim_rejects(r.response, row->response));
        assert_true(queuesim_rejects(r.present, row->present));
        arena_free(a);
    }
}

/* The same customers in a queue do wait by their scv: the insensitivity above is no accident of the distributions. */
static void a_queue_is_sensitive(void **state)
{
    (void)state;
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        if (row->servers > 1 || row->scv == 1)
            continue;
        struct row twice = *row;
        twice.customers *= 2;
        struct arena *a = arena_new();
        const struct queuesim_result r = simulate(a, &twice, 1.0, STATION_FIFO);
        assert_true(queuesim_rejects(r.response, row->response) || r.response[0].mean > 1.5 * row->response);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stations_agree_with_theory),
        cmocka_unit_test(service_5_percent_shorter_is_rejected),
        cmocka_unit_test(a_queue_is_sensitive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
