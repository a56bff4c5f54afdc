/* test_finite.c - stations with a limit against M/M/c/K and Erlang's loss system.
 *
 * Source    GNU Octave queueing 1.2.7 (qsmm1k, qsmmmk, qserlangb), mean service 1
 */
#include "tests/support/queuesim.h"
#include "tests/support/support.h"

struct row {
    int servers, places;
    double rate, utilization, response, present, throughput, p_full;
    double customers;
};

static const struct row queues[] = {
    {1, 10, 0.9, 0.85426764, 4.64660067, 3.96944060, 0.85426764, 0.05081373, 8e6},
    {4, 16, 3.6, 0.87496307, 1.95910255, 6.85656948, 3.49985226, 0.02781882, 2.2e7},
};

/* Offered load, servers, share lost. */
static const struct {
    double offered;
    int servers;
    double lost;
    double customers;
} losses[] = {
    {1, 1, 0.5, 1e6}, {2, 4, 0.0952380952, 4e6}, {8, 10, 0.1216610643, 4e6}, {20, 25, 0.0502217779, 1e7}};

enum { REPLICATIONS = 32 };

static struct queuesim_result simulate(struct arena *a, struct queuesim_station station, double rate,
                                       double service, double customers)
{
    static const double visits = 1;
    const struct queuesim_class class_ = {
        .rate = rate, .visits = &visits, .service = &service, .dist = DIST_EXPONENTIAL, .scv = 1};
    const struct queuesim q = {.stations = 1,
                               .classes = 1,
                               .station = &station,
                               .class_ = &class_,
                               .warmup = 500,
                               .window = customers / rate / REPLICATIONS,
                               .replications = REPLICATIONS,
                               .seed = 3000 + (uint64_t)station.limit};
    return queuesim_run(a, &q);
}

static void finite_queues_agree_with_theory(void **state)
{
    (void)state;
    for (const struct row *row = queues; row < queues + 2; row++) {
        struct arena *a = arena_new();
        const struct queuesim_station station = {row->servers, STATION_FIFO, row->places};
        const struct queuesim_result r = simulate(a, station, row->rate, 1.0, row->customers);
        queuesim_accept(r.utilization, row->utilization);
        queuesim_accept(r.response, row->response);
        queuesim_accept(r.present, row->present);
        queuesim_accept(r.throughput, row->throughput);
        queuesim_accept(r.refused, row->p_full);
        arena_free(a);
    }
}

static void finite_twins_are_rejected(void **state)
{
    (void)state;
    for (const struct row *row = queues; row < queues + 2; row++) {
        struct arena *a = arena_new();
        const struct queuesim_station station = {row->servers, STATION_FIFO, row->places};
        const struct queuesim_result r = simulate(a, station, row->rate, 0.95, row->customers);
        assert_true(queuesim_rejects(r.utilization, row->utilization));
        assert_true(queuesim_rejects(r.response, row->response));
        assert_true(queuesim_rejects(r.present, row->present));
        assert_true(queuesim_rejects(r.throughput, row->throughput));
        assert_true(queuesim_rejects(r.refused, row->p_full));
        arena_free(a);
    }
}

static void losses_agree_with_erlang_b(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof losses / sizeof *losses; i++) {
        struct arena *a = arena_new();
        const struct queuesim_station station = {losses[i].servers, STATION_FIFO, losses[i].servers};
        const struct queuesim_result r = simulate(a, station, losses[i].offered, 1.0, losses[i].customers);
        queuesim_accept(r.refused, losses[i].lost);
        queuesim_accept(r.present, losses[i].offered * (1 - losses[i].lost));
        queuesim_accept(r.response, 1.0);
        assert_true(r.waiting[0].max == 0.0);
        arena_free(a);
    }
}

static void loss_twins_are_rejected(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof losses / sizeof *losses; i++) {
        struct arena *a = arena_new();
        const struct queuesim_station station = {losses[i].servers, STATION_FIFO, losses[i].servers};
        const struct queuesim_result r = simulate(a, station, losses[i].offered, 0.95, losses[i].customers);
        assert_true(queuesim_rejects(r.refused, losses[i].lost));
        assert_true(queuesim_rejects(r.present, losses[i].offered * (1 - losses[i].lost)));
        assert_true(queuesim_rejects(r.response, 1.0));
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finite_queues_agree_with_theory),
        cmocka_unit_test(finite_twins_are_rejected),
        cmocka_unit_test(losses_agree_with_erlang_b),
        cmocka_unit_test(loss_twins_are_rejected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
