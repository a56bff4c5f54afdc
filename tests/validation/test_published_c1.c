/* test_published_c1.c - a processor-bound benchmark: the example's three free quantities give the three measured times; VMs
 * that share the host cannot get more than it has. */
#include "tests/support/published.h"
#include "tests/support/support.h"

static struct published table;

static int setup(void **state)
{
    (void)state;
    table.arena = arena_new();
    published_c1(&table);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(table.arena);
    return 0;
}

static double minutes(const char *name, const char *quantity)
{
    return published_find(&table, name, quantity)->predicted;
}

static void test_three_measured_times_come_out(void **state)
{
    (void)state;
    assert_close(minutes("physical, 4 processors", "elapsed"), 90.0, 0.02);
    assert_close(minutes("one VM of 4 vCPUs", "elapsed"), 105.0, 0.02);
    assert_close(minutes("one VM of 2 vCPUs", "elapsed"), 147.0, 0.02);
}

/* Four VMs that each keep nearly two vCPUs busy share four processors: no sooner than twice the time of one. */
static void test_four_at_once_take_twice_as_long(void **state)
{
    (void)state;
    const double one = minutes("one VM of 2 vCPUs", "elapsed");
    const double four = minutes("four VMs of 2 vCPUs", "elapsed, each");
    assert_true(four > 1.9 * one && four < 2.2 * one);
}

/* Whoever goes first, the last is ready when all the work is done: priority moves the pain and removes none of it. */
static void test_priority_only_shares_out(void **state)
{
    (void)state;
    const double equal = minutes("four VMs of 2 vCPUs", "elapsed, each");
    static const char *const favoured[] = {"four VMs, weight 200 for two", "four VMs, reserve 75 % for two"};
    for (int i = 0; i < 2; i++) {
        assert_true(minutes(favoured[i], "elapsed, the two") < 0.85 * equal);
        assert_close(minutes(favoured[i], "elapsed, the others"), equal, 0.05);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_measured_times_come_out),
        cmocka_unit_test(test_four_at_once_take_twice_as_long),
        cmocka_unit_test(test_priority_only_shares_out),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
