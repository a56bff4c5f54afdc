/* test_published_k1.c - a SharePoint farm under normal load: the row of one web VM is the input, two and three are predicted. */
#include "tests/support/published.h"
#include "tests/support/support.h"
#include <math.h>

static struct published table;

static int setup(void **state)
{
    (void)state;
    table.arena = arena_new();
    published_k1_green(&table);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(table.arena);
    return 0;
}

static const char *const at[] = {"1 web VM, web CPU 56.5 %", "2 web VMs, web CPU 57.7 %",
                                 "3 web VMs, web CPU 50.5 %"};

static double off(int row, const char *quantity)
{
    return published_error(&table, at[row], quantity);
}

static void test_one_web_vm_comes_out(void **state)
{
    (void)state;
    assert_true(fabs(off(0, "requests")) < 0.01);
    assert_true(fabs(off(0, "latency")) < 0.02);
    assert_true(fabs(off(0, "SQL CPU")) < 0.02);
}

static void test_two_and_three_are_predicted(void **state)
{
    (void)state;
    for (int row = 1; row < 3; row++) {
        assert_true(fabs(off(row, "requests")) < 0.10);
        const struct published_row *sql = published_find(&table, at[row], "SQL CPU");
        assert_true(fabs(sql->predicted - sql->measured) < 5.0);
    }
}

/* Twin: three web VMs are not two; the farm's growth is what is predicted. */
static void test_a_web_vm_less_is_told_apart(void **state)
{
    (void)state;
    const double two = published_find(&table, at[1], "requests")->predicted;
    const double three = published_find(&table, at[2], "requests")->measured;
    assert_true(fabs(two / three - 1.0) > 0.10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_web_vm_comes_out),
        cmocka_unit_test(test_two_and_three_are_predicted),
        cmocka_unit_test(test_a_web_vm_less_is_told_apart),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
