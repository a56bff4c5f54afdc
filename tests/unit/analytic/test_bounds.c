/* test_bounds.c - model/analytic/bounds.h */
#include "model/analytic/bounds.h"
#include "model/analytic/mva.h"
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

static const struct qnet_station one_server[] = {{QNET_QUEUE, 1}, {QNET_QUEUE, 1}};

/* Bolch et al. (2006), section 9.6: N 20, demands 9.2 and 8, think 120. */
static void bolch_9_6(void **state)
{
    (void)state;
    const double demand[] = {9.2, 8}, think = 120;
    const int n = 20;
    const struct qnet net = {2, 1, one_server, demand};
    const struct bounds b = bounds_closed(&net, &n, &think, 0);
    assert_close(b.throughput_high, 0.1087, 4e-5);
    assert_close(b.response_low, 64, 1e-12);
    assert_close(b.throughput_low, 0.043103, 2e-5);
    assert_close(b.response_high, 344, 1e-12);
}

/* With few customers the sum of the demands bounds; servers divide, delays never saturate. */
static void light_load_servers_and_delays(void **state)
{
    (void)state;
    static const struct qnet_station station[] = {{QNET_QUEUE, 4}, {QNET_DELAY, 0}};
    const double demand[] = {9.2, 50}, think = 7;
    const int few = 2, many = 40;
    const struct qnet net = {2, 1, station, demand};
    const struct bounds light = bounds_closed(&net, &few, &think, 0),
                        heavy = bounds_closed(&net, &many, &think, 0);
    assert_close(light.throughput_high, 2 / 66.2, 1e-12);
    assert_close(light.response_low, 59.2, 1e-12);
    assert_close(light.response_high, 2 * 9.2 + 50, 1e-12);
    assert_close(heavy.throughput_high, 4 / 9.2, 1e-12);
    assert_close(heavy.response_low, 40 * 2.3 - 7, 1e-12);
    assert_close(heavy.throughput_low, 40 / (40 * 9.2 + 50 + 7), 1e-12);
}

static void nobody_has_no_throughput(void **state)
{
    (void)state;
    const double demand[] = {9.2, 8}, think = 0;
    const int n = 0;
    const struct qnet net = {2, 1, one_server, demand};
    const struct bounds b = bounds_closed(&net, &n, &think, 0);
    assert_close(b.throughput_high, 0, 0);
    assert_close(b.response_low, 17.2, 1e-12);
}

static double uniform(uint64_t *x)
{
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return (double)(*x >> 11) * 0x1p-53;
}

/* No exact answer of any network breaks them; some come near. */
static void exact_answers_stay_inside(void **state)
{
    uint64_t x = UINT64_C(0x853C49E6748FEA9B);
    double nearest = 0;
    for (int i = 0; i < 300; i++) {
        enum { M = 4 };
        struct qnet_station station[M];
        double demand[2 * M];
        const int classes = 1 + i % 2, n[] = {(int)(uniform(&x) * 12), 1 + (int)(uniform(&x) * 12)};
        const double think[] = {10 * uniform(&x), 10 * uniform(&x)};
        for (int k = 0; k < 2 * M; k++)
            demand[k] = 0.01 + uniform(&x);
        for (int k = 0; k < M; k++)
            station[k] = (struct qnet_station){uniform(&x) < 0.2 ? QNET_DELAY : QNET_QUEUE,
                                               1 + (int)(3 * uniform(&x))};
        const struct qnet net = {M, classes, station, demand};
        struct qnet_result exact;
        assert_true(mva_exact(*state, &net, n, think, &exact));
        for (int r = 0; r < classes; r++) {
            const struct bounds b = bounds_closed(&net, n, think, r);
            assert_true(exact.throughput[r] <= b.throughput_high * (1 + 1e-12));
            assert_true(exact.throughput[r] >= b.throughput_low * (1 - 1e-12));
            assert_true(exact.response[r] >= b.response_low * (1 - 1e-12));
            assert_true(n[r] == 0 || exact.response[r] <= b.response_high * (1 + 1e-12));
            if (n[r] > 4)
                nearest = fmax(nearest, exact.throughput[r] / b.throughput_high);
        }
        arena_reset(*state);
    }
    assert_true(nearest > 0.9);
}

static void open_capacity(void **state)
{
    static const struct qnet_station station[] = {{QNET_QUEUE, 2}, {QNET_QUEUE, 1}, {QNET_DELAY, 0}};
    const double demand[] = {0.5, 0.25, 0.1, 0.3, 40, 0}, rate[] = {1.7, 2.2};
    const struct qnet net = {3, 2, station, demand};
    const struct bounds first = bounds_open(&net, rate, 0), second = bounds_open(&net, rate, 1);
    assert_close(first.throughput_high, (2 - 2.2 * 0.25) / 0.5, 1e-12); /* processors; the disk allows 3.4 */
    assert_close(second.throughput_high, (1 - 1.7 * 0.1) / 0.3, 1e-12); /* the disk */
    assert_close(first.response_low, 40.6, 1e-12);
    assert_true(isinf(first.response_high));
    assert_close(first.throughput_low, 0, 0);
    struct qnet_result r;
    assert_true(opennet_solve(*state, &net, (const double[]){2.8999, 2.2}, &r));
    assert_false(opennet_solve(*state, &net, (const double[]){2.9001, 2.2}, &r));
}

static void open_without_room_or_without_limit(void **state)
{
    (void)state;
    static const struct qnet_station delay[] = {{QNET_DELAY, 0}};
    const double demand[] = {1, 1, 1, 1}, rate[] = {0.2, 1.5}, wait = 3, none = 0.0;
    const struct qnet full = {2, 2, one_server, demand}, free_ = {1, 1, delay, &wait};
    assert_close(bounds_open(&full, rate, 0).throughput_high, 0, 0);
    assert_true(isinf(bounds_open(&free_, &none, 0).throughput_high));
}

static void growth_names_the_first_to_saturate(void **state)
{
    (void)state;
    static const struct qnet_station station[] = {{QNET_QUEUE, 2}, {QNET_QUEUE, 1}, {QNET_DELAY, 0}};
    const double demand[] = {0.5, 0.25, 0.1, 0.3, 40, 7}, rate[] = {1.3, 1.1}, none[] = {0, 0};
    const struct qnet net = {3, 2, station, demand};
    int bottleneck = 77;
    assert_close(bounds_growth(&net, rate, &bottleneck), 1 / ((1.3 * 0.5 + 1.1 * 0.25) / 2), 1e-12);
    assert_int_equal(bottleneck, 0);
    assert_close(bounds_growth(&net, (const double[]){0.4, 1.1}, &bottleneck), 1 / 0.37, 1e-12);
    assert_int_equal(bottleneck, 1);
    assert_true(isinf(bounds_growth(&net, none, &bottleneck)));
    assert_int_equal(bottleneck, -1);
}

static void no_such_class(void *net)
{
    const double rate = 1;
    bounds_open(net, &rate, 1);
}

static void misuse_ends_the_program(void **state)
{
    (void)state;
    const double demand[] = {1, 1};
    struct qnet net = {2, 1, one_server, demand};
    assert_dies(no_such_class, &net, "class_ < net->classes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bolch_9_6),
        cmocka_unit_test(light_load_servers_and_delays),
        cmocka_unit_test(nobody_has_no_throughput),
        cmocka_unit_test_setup_teardown(exact_answers_stay_inside, setup, teardown),
        cmocka_unit_test_setup_teardown(open_capacity, setup, teardown),
        cmocka_unit_test(open_without_room_or_without_limit),
        cmocka_unit_test(growth_names_the_first_to_saturate),
        cmocka_unit_test(misuse_ends_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
