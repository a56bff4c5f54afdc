/* test_opennet.c - model/analytic/opennet.h */
#include "model/analytic/mmc.h"
#include "model/analytic/opennet.h"
#include "tests/support/support.h"
#include <math.h>

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

static const struct qnet_station one_server[] = {{QNET_QUEUE, 1}, {QNET_QUEUE, 1}, {QNET_QUEUE, 1}};

/* Lazowska et al. (1984), p. 113, book digits: visits 121, 70, 50; service 0.005, 0.030, 0.027; rate 0.3. */
static void lazowska_p113(void **state)
{
    const double demand[] = {121 * 0.005, 70 * 0.030, 50 * 0.027}, rate = 0.3;
    const struct qnet net = {3, 1, one_server, demand};
    struct qnet_result r;
    assert_true(opennet_solve(*state, &net, &rate, &r));
    assert_close(r.throughput[0] * 121, 36.3, 1e-12);
    assert_close(r.utilization[0], 0.182, 0.003);
    assert_close(r.present[0], 0.222, 0.003);
}

/* Bolch et al. (2006), example 34.1, p. 572, book digits. */
static void bolch_p572(void **state)
{
    static const double visits[] = {16, 7, 8}, service[] = {0.01, 0.02, 0.03};
    static const double u[] = {0.48, 0.42, 0.72}, response[] = {0.0192, 0.0345, 0.107};
    double demand[3];
    const double rate = 3;
    for (int i = 0; i < 3; i++)
        demand[i] = visits[i] * service[i];
    const struct qnet net = {3, 1, one_server, demand};
    struct qnet_result r;
    assert_true(opennet_solve(*state, &net, &rate, &r));
    for (int i = 0; i < 3; i++) {
        assert_close(r.utilization[i], u[i], 1e-12);
        assert_close(r.residence[i] / visits[i], response[i], 0.002);
        assert_close(r.present[i], u[i] / (1 - u[i]), 1e-12);
    }
    assert_close(r.response[0], 0.24 / 0.28 + 0.14 / 0.58 + 0.16 / 0.52, 1e-12);
}

/* Lazowska et al. (1984), p. 138: two classes at a processor and a disk; the book prints 1.58, 0.25, 30.08. */
static void lazowska_p138(void **state)
{
    const double demand[] = {10 * 0.1, 5 * 0.4, 9.0 / 3, 4 * 1.0}, rate[] = {3.0 / 19, 2.0 / 19};
    const struct qnet net = {2, 2, one_server, demand};
    struct qnet_result r;
    assert_true(opennet_solve(*state, &net, rate, &r));
    assert_close(r.throughput[0] * 10, 1.58, 0.002);
    assert_close(r.utilization[0], 3.0 / 19, 1e-12);
    assert_close(r.residence[0], 1.58, 0.003);
    assert_close(r.present[0], 0.25, 1e-12);
    assert_close(r.response[0], 30.08, 0.0002);
}

/* One class at c servers is M/M/c; several classes share its number present by their loads. */
static void several_servers(void **state)
{
    static const struct qnet_station station[] = {{QNET_QUEUE, 4}};
    const double demand[] = {1.3, 0.45}, rate[] = {1.9, 2.51};
    const struct qnet net = {1, 2, station, demand};
    struct qnet_result r;
    struct mmc m;
    assert_true(opennet_solve(*state, &net, rate, &r));
    assert_true(mmc_solve(1.9 * 1.3 + 2.51 * 0.45, 1.0, 4, &m));
    assert_close(r.present[0] + r.present[1], m.present, 1e-12);
    assert_close(r.residence[0] / r.residence[1], 1.3 / 0.45, 1e-12);
    assert_close(r.utilization[0] + r.utilization[1], m.utilization, 1e-12);
}

static void delays_and_idle_classes(void **state)
{
    static const struct qnet_station station[] = {{QNET_DELAY, 0}, {QNET_QUEUE, 2}, {QNET_QUEUE, 1}};
    const double demand[] = {900, 17, 0.5, 0.3, 0, 0}, rate[] = {1.6, 0};
    const struct qnet net = {3, 2, station, demand};
    struct qnet_result r;
    assert_true(opennet_solve(*state, &net, rate, &r));
    assert_close(r.residence[0], 900, 0);
    assert_close(r.present[0], 1440, 1e-12);
    assert_close(r.utilization[0], 1440, 1e-12);
    assert_close(r.residence[2], 0.5 / (1 - 0.4 * 0.4), 1e-12); /* M/M/2: W = s / (1 - rho^2) */
    assert_close(r.residence[3], 0.3 / (1 - 0.4 * 0.4), 1e-12); /* what the idle class would see */
    assert_close(r.present[3], 0, 0);
    assert_close(r.response[1], 17 + 0.3 / 0.84, 1e-12);
    assert_close(r.residence[4], 0, 0);
}

/* Twelve devices, as a host with many disks has: no bound of size. */
static void many_stations(void **state)
{
    enum { N = 12 };
    struct qnet_station station[N];
    double demand[N], rate = 2.7, sum = 0;
    for (int i = 0; i < N; i++) {
        station[i] = (struct qnet_station){QNET_QUEUE, 1};
        demand[i] = 0.03 * (i + 0.5);
        sum += demand[i] / (1 - rate * demand[i]);
    }
    const struct qnet net = {N, 1, station, demand};
    struct qnet_result r;
    assert_true(opennet_solve(*state, &net, &rate, &r));
    assert_close(r.response[0], sum, 1e-12);
}

static void saturation_is_refused(void **state)
{
    const double demand[] = {1, 2, 3, 4, 0, 0}, rate[] = {0.2, 0.1}, more[] = {0.2, 0.1000001};
    const struct qnet net = {3, 2, one_server, demand};
    struct qnet_result r;
    assert_true(opennet_solve(*state, &net, (const double[]){0.2, 0.0999}, &r));
    assert_false(opennet_solve(*state, &net, more, &r));
    assert_false(opennet_solve(*state, &net, rate, &r));
}

static void solve_with(struct qnet net, double rate)
{
    struct arena *a = arena_new();
    struct qnet_result r;
    opennet_solve(a, &net, &rate, &r);
}

static void negative_rate(void *unused)
{
    (void)unused;
    const double demand = 1;
    solve_with((struct qnet){1, 1, one_server, &demand}, -1);
}

static void negative_demand(void *unused)
{
    (void)unused;
    const double demand = -1;
    solve_with((struct qnet){1, 1, one_server, &demand}, 0.1);
}

static void no_server(void *unused)
{
    (void)unused;
    const double demand = 1;
    const struct qnet_station station = {QNET_QUEUE, 0};
    solve_with((struct qnet){1, 1, &station, &demand}, 0.1);
}

static void misuse_ends_the_program(void **state)
{
    (void)state;
    assert_dies(negative_rate, NULL, "rate[r] >= 0.0");
    assert_dies(negative_demand, NULL, "demand >= 0.0");
    assert_dies(no_server, NULL, "servers >= 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lazowska_p113, setup, teardown),
        cmocka_unit_test_setup_teardown(bolch_p572, setup, teardown),
        cmocka_unit_test_setup_teardown(lazowska_p138, setup, teardown),
        cmocka_unit_test_setup_teardown(several_servers, setup, teardown),
        cmocka_unit_test_setup_teardown(delays_and_idle_classes, setup, teardown),
        cmocka_unit_test_setup_teardown(many_stations, setup, teardown),
        cmocka_unit_test_setup_teardown(saturation_is_refused, setup, teardown),
        cmocka_unit_test(misuse_ends_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
