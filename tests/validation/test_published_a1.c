/* test_published_a1.c - a BizTalk tier moves into VMs, the database stays physical: the physical configuration is the input, the
 * virtual one the prediction. */
#include "tests/support/published.h"
#include "tests/support/support.h"
#include <math.h>

static struct published table;

static int setup(void **state)
{
    (void)state;
    table.arena = arena_new();
    published_a1_main(&table);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(table.arena);
    return 0;
}

static void test_physical_configuration_comes_out(void **state)
{
    (void)state;
    static const char *const quantity[] = {"documents", "latency", "SQL % Processor Time", "batches"};
    for (int i = 0; i < 4; i++)
        assert_true(fabs(published_error(&table, "1 physical", quantity[i])) < 0.01);
}

/* Measured: 5.7 % fewer documents, latency up likewise. */
static void test_virtual_tier_loses_a_few_per_cent(void **state)
{
    (void)state;
    const double documents = published_find(&table, "2 against 1", "change of documents/s")->predicted;
    const double latency = published_find(&table, "2 against 1", "change of latency")->predicted;
    assert_true(documents < -2.0 && documents > -9.0);
    assert_true(latency > 2.0 && latency < 9.9);
    const struct published_row *sql =
        published_find(&table, "2 virtual BizTalk tier", "SQL % Processor Time");
    assert_close(sql->predicted, sql->measured, 0.05);
}

/* Twin: without any cost of virtualization nothing of this is seen. */
static void test_nothing_is_lost_without_a_hypervisor(void **state)
{
    (void)state;
    assert_true(fabs(published_a1_no_hypervisor(&table)) < 1.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_physical_configuration_comes_out),
        cmocka_unit_test(test_virtual_tier_loses_a_few_per_cent),
        cmocka_unit_test(test_nothing_is_lost_without_a_hypervisor),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
