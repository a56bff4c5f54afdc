/* test_mva.c - model/analytic/mva.h */
#include "model/analytic/mva.h"
#include "tests/support/support.h"
#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static const struct qnet_station one_server[] = {
    {QNET_QUEUE, 1}, {QNET_QUEUE, 1}, {QNET_QUEUE, 1}, {QNET_QUEUE, 1}};

/* Half a unit of the last of `places` printed. */
static void printed(double actual, double expected, int places)
{
    if (!(fabs(actual - expected) <= 0.50001 * pow(10.0, -places)))
        fail_msg("%.10f, table %.*f", actual, places, expected);
}

/* Lazowska et al. (1984), p. 117: demands 0.605, 2.1, 1.35, think 15; GNU Octave queueing 1.2.7 (qncsmva). */
static void lazowska_p117(void **state)
{
    static const struct {
        int n;
        double x, r, q[3];
    } rows[] = {
        {1, 0.052480, 4.055000, {0.031750, 0.110207, 0.070848}},
        {2, 0.103086, 4.401288, {0.064347, 0.240338, 0.149026}},
        {3, 0.151516, 4.799825, {0.097566, 0.394657, 0.235030}},
        {5, 0.240466, 5.793000, {0.164554, 0.796974, 0.431489}},
        {10, 0.400205, 9.987218, {0.311573, 2.656170, 1.029188}},
        {20, 0.474516, 27.148181, {0.402140, 10.738438, 1.741677}},
        {50, 0.476190, 90.000001, {0.404682, 40.652461, 1.800000}},
    };
    const double demand[] = {0.605, 2.1, 1.35}, think = 15;
    const struct qnet net = {3, 1, one_server, demand};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct qnet_result r;
        assert_true(mva_exact(*state, &net, &rows[i].n, &think, &r));
        printed(r.throughput[0], rows[i].x, 6);
        printed(r.response[0], rows[i].r, 6);
        for (int k = 0; k < 3; k++)
            printed(r.present[k], rows[i].q[k], 6);
    }
}

/* Bolch et al. (2006), example 8.3, p. 331. */
static void bolch_8_3(void **state)
{
    static const double service[] = {0.02, 0.2, 0.4, 0.6}, visits[] = {1, 0.4, 0.2, 0.1};
    static const double x[] = {9.919836, 3.967935, 1.983967, 0.991984},
                        u[] = {0.198397, 0.793587, 0.793587, 0.595190};
    static const double r[] = {0.024558, 0.569827, 1.139655, 1.244284},
                        q[] = {0.243615, 2.261038, 2.261038, 1.234309};
    double demand[4];
    const double think = 0;
    const int n = 6;
    for (int i = 0; i < 4; i++)
        demand[i] = service[i] * visits[i];
    const struct qnet net = {4, 1, one_server, demand};
    struct qnet_result out;
    assert_true(mva_exact(*state, &net, &n, &think, &out));
    for (int i = 0; i < 4; i++) {
        printed(out.throughput[0] * visits[i], x[i], 6);
        printed(out.utilization[i], u[i], 6);
        printed(out.residence[i] / visits[i], r[i], 6);
        printed(out.present[i], q[i], 6);
    }
}

/* Lazowska et al. (1984), p. 142: two classes, one customer each. */
static void lazowska_p142(void **state)
{
    const double demand[] = {10 * 0.1, 5 * 0.4, 9.0 / 3, 4 * 1.0}, think[] = {0, 0};
    const int n[] = {1, 1};
    const struct qnet net = {2, 2, one_server, demand};
    struct qnet_result r;
    assert_true(mva_exact(*state, &net, n, think, &r));
    static const double residence[] = {4.0 / 3, 5.0 / 2, 5, 7},
                        q[] = {4.0 / 19, 5.0 / 19, 15.0 / 19, 14.0 / 19};
    assert_close(r.throughput[0], 3.0 / 19, 1e-13);
    assert_close(r.throughput[1], 2.0 / 19, 1e-13);
    for (int i = 0; i < 4; i++) {
        assert_close(r.residence[i], residence[i], 1e-13);
        assert_close(r.present[i], q[i], 1e-13);
    }
}

/* Gunther, PDQ, demo ebiz.R: a three-tier shop with a fourth demand; printed digits. */
static void pdq_ebiz(void **state)
{
    static const struct {
        int n;
        double x, r_ms;
    } rows[] = {{1, 43.821, 22.82}, {5, 83.755, 59.70}, {10, 92.395, 108.23}, {20, 97.082, 206.01}};
    const double demand[] = {0.0098, 0.0025, 0.00072, 0.0098}, think = 0;
    const struct qnet net = {4, 1, one_server, demand};
    struct qnet_result r;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_true(mva_exact(*state, &net, &rows[i].n, &think, &r));
        printed(r.throughput[0], rows[i].x, 3);
        printed(r.response[0] * 1e3, rows[i].r_ms, 2);
    }
    assert_true(mva_exact(*state, &net, &rows[2].n, &think, &r));
    printed(r.utilization[0], 0.9055, 4);
    printed(r.utilization[1], 0.2310, 4);
    printed(r.utilization[2], 0.0665, 4);
}

/* Sum over all states of the product form, by a program of its own, all digits. */
static void several_servers_two_classes(void **state)
{
    static const struct qnet_station station[] = {{QNET_QUEUE, 1}, {QNET_QUEUE, 3}, {QNET_DELAY, 0}};
    const double demand[] = {0.7, 1.3, 2.9, 0.4, 0.31, 1.1}, think[] = {1.7, 0.6};
    const int n[] = {4, 3};
    const struct qnet net = {3, 2, station, demand};
    struct qnet_result r;
    assert_true(mva_exact(*state, &net, n, think, &r));
    static const double q[] = {1.3974124218500097, 2.0022170754715423,  1.573385790632212,
                               0.210527511673434,  0.15873261399527908, 0.5094005612591326};
    assert_close(r.throughput[0], 0.5120406903073521, 1e-13);
    assert_close(r.throughput[1], 0.4630914193264841, 1e-13);
    for (int i = 0; i < 6; i++)
        assert_close(r.present[i], q[i], 1e-12);
}

static void several_servers_one_class(void **state)
{
    static const struct qnet_station station[] = {{QNET_QUEUE, 2}, {QNET_QUEUE, 4}, {QNET_QUEUE, 1}};
    const double demand[] = {0.7, 2.9, 5.3}, think = 3.1;
    const int n = 9;
    const struct qnet net = {3, 1, station, demand};
    struct qnet_result r;
    assert_true(mva_exact(*state, &net, &n, &think, &r));
    assert_close(r.throughput[0], 0.18867766334738914, 1e-13);
    assert_close(r.present[0], 0.13265262573959544, 1e-12);
    assert_close(r.present[1], 0.5475596633851465, 1e-12);
    assert_close(r.present[2], 7.734886954498352, 1e-12);
}

/* M/M/c with a finite number of sources, by its own balance equations, up to where the classic recursion fails: N
 * customers, c servers, saturated. */
static void machine_repair(void **state)
{
    static const struct {
        int n, servers;
        double think;
    } rows[] = {{5, 2, 3.0}, {60, 16, 2.5}, {400, 32, 9.0}, {400, 48, 7.4}, {3000, 24, 1.0}};
    const double demand = 1;
    for (size_t i = 0; i < COUNT(rows); i++) {
        double total = 0, busy = 0, present = 0, log_p = 0;
        const int n = rows[i].n, c = rows[i].servers;
        double peak = 0, at[3001];
        at[0] = 0;
        for (int k = 1; k <= n; k++) {
            log_p += log((n - k + 1) / rows[i].think / (k < c ? k : c));
            at[k] = log_p;
            peak = fmax(peak, log_p);
        }
        for (int k = 0; k <= n; k++) {
            total += exp(at[k] - peak);
            busy += exp(at[k] - peak) * (k < c ? k : c);
            present += exp(at[k] - peak) * k;
        }
        const struct qnet_station station = {QNET_QUEUE, c};
        const struct qnet net = {1, 1, &station, &demand};
        struct qnet_result r;
        assert_true(mva_exact(*state, &net, &n, &rows[i].think, &r));
        assert_close(r.throughput[0], busy / total, 1e-10);
        assert_close(r.present[0], present / total, 1e-10);
    }
}

/* 20000 customers on 12 devices: constants far outside of double, everybody is somewhere, the bottleneck is full. */
static void many_customers_and_stations(void **state)
{
    enum { M = 12 };
    struct qnet_station station[M];
    double demand[M];
    for (int i = 0; i < M; i++) {
        station[i] = (struct qnet_station){QNET_QUEUE, 1 + i % 3};
        demand[i] = 1e6 * (1 + i % 3) * (1 + 0.01 * i);
    }
    const int n = 20000;
    const double think = 3e9;
    const struct qnet net = {M, 1, station, demand};
    struct qnet_result r;
    assert_true(mva_exact(*state, &net, &n, &think, &r));
    assert_close(r.throughput[0], 1 / (1e6 * 1.11), 1e-9);
    double everybody = r.throughput[0] * think;
    for (int i = 0; i < M; i++)
        everybody += r.present[i];
    assert_close(everybody, n, 1e-9);
}

static void empty_classes_and_idle_stations(void **state)
{
    const double demand[] = {1, 0, 2, 0, 4, 0}, think[] = {3, 8};
    const int n[] = {1, 2}, nobody[] = {0, 0};
    const struct qnet net = {3, 2, one_server, demand};
    struct qnet_result r;
    assert_true(mva_exact(*state, &net, n, think, &r));
    assert_close(r.throughput[0], 0.1, 1e-13);
    assert_close(r.throughput[1], 0.25, 1e-13); /* thinks only */
    assert_close(r.residence[1], 0, 0);
    assert_close(r.response[1], 0, 0);
    assert_true(mva_exact(*state, &net, nobody, think, &r));
    assert_close(r.throughput[0], 0, 0);
    assert_close(r.response[0], 7, 1e-13);
    assert_close(r.present[2], 0, 0);
}

/* One lattice point too many, and few points with too much work. */
static void limits_are_refused(void **state)
{
    static const struct qnet_station wide[] = {{QNET_QUEUE, 60000}, {QNET_QUEUE, 60000}};
    const double demand[] = {1, 1, 1, 1, 1, 1}, think[] = {0, 0, 0};
    const int too_many[] = {99, 99, 100}, long_queue = 60000;
    const struct qnet three = {2, 3, one_server, demand}, heavy = {2, 1, wide, demand};
    struct qnet_result r;
    assert_false(mva_exact(*state, &three, too_many, think, &r));
    assert_false(mva_exact(*state, &heavy, &long_queue, think, &r));
}

static void negative_population(void *arena)
{
    const double demand = 1, think = 0;
    const int n = -1;
    const struct qnet net = {1, 1, one_server, &demand};
    struct qnet_result r;
    mva_exact(arena, &net, &n, &think, &r);
}

static void no_round_time(void *arena)
{
    const double demand = 0, think = 0;
    const int n = 1;
    const struct qnet net = {1, 1, one_server, &demand};
    struct qnet_result r;
    mva_exact(arena, &net, &n, &think, &r);
}

static void misuse_ends_the_program(void **state)
{
    assert_dies(negative_population, *state, "population[r] >= 0");
    assert_dies(no_round_time, *state, "check failed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lazowska_p117, setup, teardown),
        cmocka_unit_test_setup_teardown(bolch_8_3, setup, teardown),
        cmocka_unit_test_setup_teardown(lazowska_p142, setup, teardown),
        cmocka_unit_test_setup_teardown(pdq_ebiz, setup, teardown),
        cmocka_unit_test_setup_teardown(several_servers_two_classes, setup, teardown),
        cmocka_unit_test_setup_teardown(several_servers_one_class, setup, teardown),
        cmocka_unit_test_setup_teardown(machine_repair, setup, teardown),
        cmocka_unit_test_setup_teardown(many_customers_and_stations, setup, teardown),
        cmocka_unit_test_setup_teardown(empty_classes_and_idle_stations, setup, teardown),
        cmocka_unit_test_setup_teardown(limits_are_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(misuse_ends_the_program, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
