/* test_mmck.c - model/analytic/mmck.h */
#include "model/analytic/mmc.h"
#include "model/analytic/mmck.h"
#include "tests/support/support.h"
#include <math.h>

/* GNU Octave queueing 1.2.7 (qsmm1k, qsmmmk), 8 decimals. */
static void published_rows(void **state)
{
    (void)state;
    struct mmck m;
    mmck_solve(0.9, 1.0, 1, 10, &m);
    assert_close(m.utilization, 0.85426764, 1e-8);
    assert_close(m.response, 4.64660067, 1e-8);
    assert_close(m.present, 3.96944060, 1e-8);
    assert_close(m.throughput, 0.85426764, 1e-8);
    assert_close(m.p_empty, 0.14573236, 5e-8);
    assert_close(m.p_full, 0.05081373, 1e-7);
    mmck_solve(3.6, 1.0, 4, 16, &m);
    assert_close(m.utilization, 0.87496307, 1e-8);
    assert_close(m.response, 1.95910255, 1e-8);
    assert_close(m.present, 6.85656948, 1e-8);
    assert_close(m.throughput, 3.49985226, 1e-8);
    assert_close(m.p_empty, 0.01407440, 5e-7);
    assert_close(m.p_full, 0.02781882, 5e-7);
}

/* Little's law and the law of utilization tie the parts together, in units where nothing is 1. */
static void parts_agree(void **state)
{
    (void)state;
    struct mmck m;
    mmck_solve(3.6 / 0.37, 0.37, 4, 16, &m);
    assert_close(m.present, m.throughput * m.response, 1e-12);
    assert_close(m.waiting, m.throughput * m.wait, 1e-12);
    assert_close(m.throughput, 3.6 / 0.37 * (1.0 - m.p_full), 1e-12);
    assert_close(m.utilization, m.throughput * 0.37 / 4, 1e-12);
}

static void without_waiting_room_it_is_erlang_b(void **state)
{
    (void)state;
    struct mmck m;
    mmck_solve(20.0, 1.0, 25, 25, &m);
    assert_close(m.p_full, 0.0502217779, 1e-9);
    assert_close(m.wait, 0.0, 0);
    mmck_solve(8.0 * 3, 1.0 / 3, 10, 10, &m);
    assert_close(m.p_full, 0.1216610643, 1e-9);
}

static void with_much_room_it_is_mmc(void **state)
{
    (void)state;
    struct mmck finite;
    struct mmc infinite;
    mmck_solve(7.2, 1.0, 8, 2000, &finite);
    assert_true(mmc_solve(7.2, 1.0, 8, &infinite));
    assert_close(finite.response, infinite.response, 1e-10);
    assert_close(finite.waiting, infinite.waiting, 1e-10);
}

/* A thousand times too much load: the sums would overflow; the room is full and the servers are busy. */
static void overload(void **state)
{
    (void)state;
    struct mmck m;
    mmck_solve(3000.0, 1.0, 3, 5000, &m);
    assert_close(m.utilization, 1.0, 1e-12);
    assert_close(m.present, 5000.0 - 1.0 / 999.0, 1e-9);
    assert_close(m.p_full, 0.999, 1e-9);
}

static void no_load(void **state)
{
    (void)state;
    struct mmck m;
    mmck_solve(0.0, 1.7, 2, 5, &m);
    assert_close(m.response, 1.7, 0);
    assert_close(m.present, 0.0, 0);
    assert_close(m.p_empty, 1.0, 0);
    assert_close(m.p_full, 0.0, 0);
}

static void too_few_places(void *m)
{
    mmck_solve(1.0, 1.0, 3, 2, m);
}

static void no_service_time(void *m)
{
    mmck_solve(1.0, 0.0, 1, 2, m);
}

static void misuse_ends_the_program(void **state)
{
    (void)state;
    struct mmck m;
    assert_dies(too_few_places, &m, "places >= servers");
    assert_dies(no_service_time, &m, "service_time > 0.0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_rows),
        cmocka_unit_test(parts_agree),
        cmocka_unit_test(overload),
        cmocka_unit_test(without_waiting_room_it_is_erlang_b),
        cmocka_unit_test(with_much_room_it_is_mmc),
        cmocka_unit_test(no_load),
        cmocka_unit_test(misuse_ends_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
