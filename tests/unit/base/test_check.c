/* test_check.c - model/base/check.h */
#include "model/base/check.h"
#include "tests/support/support.h"

static void break_it(void *value)
{
    const int *n = value;
    CHECK(*n == 41);
}

static void break_in_run(void *scenario)
{
    check_fail_run("station.c", 217, "present >= 0", 1234567890123LL, 18446744073709551557ULL, 6, scenario);
}

static void a_true_condition_is_evaluated_once(void **state)
{
    (void)state;
    int n = 40;
    CHECK(++n == 41);
    assert_int_equal(n, 41);
}

static void a_false_condition_names_place_and_text(void **state)
{
    (void)state;
    int n = 42;
    assert_dies(break_it, &n, "test_check.c:8: check failed: *n == 41\n");
}

static void a_run_names_time_seed_and_scenario(void **state)
{
    (void)state;
    char scenario[] = "second web";
    assert_dies(break_in_run, scenario,
                "station.c:217: check failed: present >= 0 (at 1234567890123 ns, seed 18446744073709551557, "
                "replication 6, scenario second web)\n");
    assert_dies(break_in_run, NULL, "replication 6, scenario unnamed)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_true_condition_is_evaluated_once),
        cmocka_unit_test(a_false_condition_names_place_and_text),
        cmocka_unit_test(a_run_names_time_seed_and_scenario),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
