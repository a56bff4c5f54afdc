#include "model/engine/rng.h"
#include "model/engine/sharing.h"
#include "tests/support/support.h"

static void test_sharing_order_and_times(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct sharing p;
    int who[4];
    sharing_init(&p, a);
    assert_int_equal(sharing_add(&p, &who[0], 30.0), 0);
    sharing_set_pace(&p, 2.0);
    assert_close(sharing_time_left(&p), 15.0, 1e-15);
    sharing_advance(&p, 5); /* 10 attained */
    sharing_add(&p, &who[1], 7.5);
    sharing_add(&p, &who[2], 20.0); /* ends with 0, but came later */
    sharing_set_pace(&p, 0.5);
    assert_close(sharing_time_left(&p), 15.0, 1e-15);
    sharing_advance(&p, 20);
    assert_close(sharing_time_left(&p), 0.0, 1e-15);
    assert_ptr_equal(sharing_take(&p), &who[1]);
    sharing_set_pace(&p, 1.0);
    assert_close(sharing_time_left(&p), 12.5, 1e-15);
    assert_int_equal(sharing_add(&p, &who[3], 12.5), 1); /* the vacant place; ends with 0 and 2, came last */
    sharing_advance(&p, 33);                             /* half a ns late, as rounding makes it */
    assert_ptr_equal(sharing_take(&p), &who[0]);
    assert_ptr_equal(sharing_take(&p), &who[2]);
    assert_ptr_equal(sharing_take(&p), &who[3]);
    arena_free(a);
}

/* The last one out sets the count back, so that years of service do not cost digits. */
static void test_sharing_starts_anew_when_empty(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct sharing p;
    int who;
    sharing_init(&p, a);
    for (int i = 0; i < 100; i++) {
        sharing_add(&p, &who, 1e17);
        sharing_set_pace(&p, 1.0);
        sharing_advance(&p, p.now + (int64_t)5e16);
        assert_close(sharing_time_left(&p), 5e16, 1e-15);
        sharing_take(&p);
        sharing_set_pace(&p, 1.0); /* of nobody */
        assert_true(p.attained == 0.0);
        sharing_advance(&p, p.now + 1000);
        assert_true(p.attained == 0.0);
    }
    assert_int_equal(p.members, 1);
    arena_free(a);
}

/* The plain way: every nanosecond everybody present gets his part. Demands are whole, paces powers of 2, so that
 * both are exact. */
static void test_sharing_agrees_with_the_plain_way(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct sharing p;
    struct rng r;
    double left[50] = {0};
    int present = 0, taken = 0;
    sharing_init(&p, a);
    rng_seed(&r, 14, 0, 0, 0);
    for (int64_t now = 1; now < 20000; now++) {
        sharing_advance(&p, now);
        for (int i = 0; i < 50; i++)
            left[i] -= left[i] > 0.0 ? p.pace : 0.0;
        while (present > 0 && sharing_time_left(&p) <= 0.0) {
            double *member = sharing_take(&p);
            assert_true(*member <= 0.0 && *member > -1.0); /* in the nanosecond that has just passed */
            present--;
            taken++;
            sharing_set_pace(&p, p.pace);
        }
        int unfinished = 0;
        for (int i = 0; i < 50; i++)
            unfinished += left[i] > 0.0;
        assert_int_equal(unfinished, present);
        const uint64_t i = rng_below(&r, 50);
        if (left[i] <= 0.0) {
            left[i] = 1.0 + (double)rng_below(&r, 40);
            sharing_add(&p, &left[i], left[i]);
            present++;
        }
        const double paces[] = {0.25, 0.5, 1.0};
        sharing_set_pace(&p, paces[rng_below(&r, 3)]);
    }
    assert_true(taken > 5000);
    arena_free(a);
}

static void take_from_nobody(void *p)
{
    sharing_take(p);
}
static void time_of_nobody(void *p)
{
    sharing_time_left(p);
}
static void add_nobody(void *p)
{
    sharing_add(p, NULL, 1.0);
}
static void add_too_much(void *p)
{
    sharing_add(p, p, 1e18);
}
static void add_negative(void *p)
{
    sharing_add(p, p, -1.0);
}

static void test_sharing_misuse_is_checked(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct sharing p;
    sharing_init(&p, a);
    assert_dies(take_from_nobody, &p, "heap4_empty");
    assert_dies(time_of_nobody, &p, "heap4_empty");
    assert_dies(add_nobody, &p, "member");
    assert_dies(add_too_much, &p, "MOST_NS");
    assert_dies(add_negative, &p, "demand_ns >= 0.0");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sharing_order_and_times),
        cmocka_unit_test(test_sharing_starts_anew_when_empty),
        cmocka_unit_test(test_sharing_agrees_with_the_plain_way),
        cmocka_unit_test(test_sharing_misuse_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
