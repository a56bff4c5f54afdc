/* test_schweitzer.c - model/analytic/schweitzer.h */
#include "model/analytic/mva.h"
#include "model/analytic/schweitzer.h"
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

/* Lazowska et al. (1984), model of p. 117 at N = 3; book digits of the approximate answer. Exact is 0.1515, 0.3947. */
static void lazowska_p117_is_told_from_exact(void **state)
{
    const double demand[] = {0.605, 2.1, 1.35}, think = 15;
    const int n = 3;
    const struct qnet net = {3, 1, one_server, demand};
    struct qnet_result approximate, exact;
    assert_true(schweitzer_solve(*state, &net, &n, &think, &approximate));
    assert_true(mva_exact(*state, &net, &n, &think, &exact));
    assert_close(approximate.present[0], 0.0973, 0.0006);
    assert_close(approximate.present[1], 0.4021, 0.0002);
    assert_close(approximate.present[2], 0.2359, 0.0003);
    assert_close(approximate.throughput[0], 0.1510, 0.0004);
    assert_close(approximate.response[0], 4.87, 0.0006);
    assert_true(fabs(approximate.present[1] / exact.present[1] - 1) > 0.01);
    assert_true(fabs(approximate.response[0] / exact.response[0] - 1) > 0.01);
}

/* Nobody else is there to be approximated. */
static void one_customer_is_exact(void **state)
{
    static const struct qnet_station station[] = {{QNET_QUEUE, 1}, {QNET_QUEUE, 5}, {QNET_DELAY, 0}};
    const double demand[] = {0.7, 3.1, 11.3}, think = 1.9;
    const int n = 1;
    const struct qnet net = {3, 1, station, demand};
    struct qnet_result r;
    assert_true(schweitzer_solve(*state, &net, &n, &think, &r));
    assert_close(r.response[0], 15.1, 1e-11);
    assert_close(r.throughput[0], 1 / 17.0, 1e-11);
    assert_close(r.present[2], 11.3 / 17.0, 1e-11);
}

/* Far above saturation the bottleneck alone decides, with one server and with several. */
static void saturation_is_exact(void **state)
{
    static const struct qnet_station station[] = {{QNET_QUEUE, 1}, {QNET_QUEUE, 8}, {QNET_DELAY, 0}};
    const double demand[] = {0.2, 4.0, 7.0}, think = 30;
    const int n = 5000;
    const struct qnet net = {3, 1, station, demand};
    struct qnet_result r;
    assert_true(schweitzer_solve(*state, &net, &n, &think, &r));
    assert_close(r.throughput[0], 2.0, 2e-4);
    assert_close(r.response[0], 2500 - 30, 2e-4);
    assert_close(r.utilization[1], 1.0, 2e-4);
}

/* Two classes over three stations, one with three servers: within a few per cent of exact, and not equal to it. */
static void two_classes_come_near(void **state)
{
    static const struct qnet_station station[] = {{QNET_QUEUE, 1}, {QNET_QUEUE, 3}, {QNET_DELAY, 0}};
    const double demand[] = {0.7, 1.3, 2.9, 0.4, 0.31, 1.1}, think[] = {1.7, 0.6};
    const int n[] = {14, 9};
    const struct qnet net = {3, 2, station, demand};
    struct qnet_result approximate, exact;
    assert_true(schweitzer_solve(*state, &net, n, think, &approximate));
    assert_true(mva_exact(*state, &net, n, think, &exact));
    for (int r = 0; r < 2; r++) {
        assert_close(approximate.throughput[r], exact.throughput[r], 0.05);
        assert_true(fabs(approximate.throughput[r] / exact.throughput[r] - 1) > 1e-6);
        double everybody = approximate.throughput[r] * think[r];
        for (int i = 0; i < 3; i++)
            everybody += approximate.present[i * 2 + r];
        assert_close(everybody, n[r], 1e-9);
    }
}

static void empty_classes_are_allowed(void **state)
{
    const double demand[] = {1, 2, 0, 3, 4, 5}, think[] = {0, 0};
    const int n[] = {0, 1}, nobody[] = {0, 0};
    const struct qnet net = {3, 2, one_server, demand};
    struct qnet_result r;
    assert_true(schweitzer_solve(*state, &net, n, think, &r));
    assert_close(r.throughput[0], 0, 0);
    assert_close(r.throughput[1], 0.1, 1e-11);
    assert_close(r.residence[4], 4 * 1.5, 1e-11); /* what a visitor would meet */
    assert_true(schweitzer_solve(*state, &net, nobody, think, &r));
    assert_close(r.response[1], 10, 1e-12);
}

static void idle_customers(void *arena)
{
    const double demand[] = {0, 0, 0}, think = 0;
    const int n = 1;
    const struct qnet net = {3, 1, one_server, demand};
    struct qnet_result r;
    schweitzer_solve(arena, &net, &n, &think, &r);
}

static void misuse_ends_the_program(void **state)
{
    assert_dies(idle_customers, *state, "check failed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lazowska_p117_is_told_from_exact, setup, teardown),
        cmocka_unit_test_setup_teardown(one_customer_is_exact, setup, teardown),
        cmocka_unit_test_setup_teardown(saturation_is_exact, setup, teardown),
        cmocka_unit_test_setup_teardown(two_classes_come_near, setup, teardown),
        cmocka_unit_test_setup_teardown(empty_classes_are_allowed, setup, teardown),
        cmocka_unit_test_setup_teardown(misuse_ends_the_program, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
