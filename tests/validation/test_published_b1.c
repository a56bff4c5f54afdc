/* test_published_b1.c - a directory server's requests on one processor, physical and virtual: two numbers are fitted to two of
 * the measured operations, the third is predicted. */
#include "tests/support/published.h"
#include "tests/support/support.h"

static struct published table;

static int setup(void **state)
{
    (void)state;
    table.arena = arena_new();
    published_b1(&table);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(table.arena);
    return 0;
}

static const char *const light = "L1 search, one name", *const write = "W2 write attributes",
                         *const heavy = "L3 search, all attributes";

static void assert_row(const char *name, const char *where, double rel)
{
    const struct published_row *r = published_find(&table, where, name);
    assert_close(r->predicted, r->measured, rel);
}

/* 1 - delta: 10.71, 3.27 and 9.00 % less than on the physical server. */
static void test_two_operations_fitted_predict_the_third(void **state)
{
    (void)state;
    static const char *const where[] = {"fitted, root on the same processor",
                                        "fitted, root has three others"};
    for (int i = 0; i < 2; i++) {
        assert_row(light, where[i], 0.005);
        assert_row(heavy, where[i], 0.005);
        assert_row(write, where[i], 0.05);
    }
}

/* Without any fit: the measurement lies between a root that shares the processor and one that has others. */
static void test_defaults_bracket_the_measurement(void **state)
{
    (void)state;
    static const char *const same = "defaults, root on the same processor",
                             *const others = "defaults, root has three others";
    const char *const name[] = {light, write, heavy};
    for (int i = 0; i < 3; i++) {
        assert_row(name[i], same, 0.05);
        assert_true(published_error(&table, same, name[i]) < 0.005);
        assert_true(published_error(&table, others, name[i]) > -0.005);
    }
}

/* Twin: a tax in per cent alone cannot give both the light and the heavy request. */
static void test_a_share_alone_misses_the_light_request(void **state)
{
    (void)state;
    assert_true(published_b1_by_share(table.arena) > 0.05);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_operations_fitted_predict_the_third),
        cmocka_unit_test(test_defaults_bracket_the_measurement),
        cmocka_unit_test(test_a_share_alone_misses_the_light_request),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
