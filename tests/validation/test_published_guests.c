/* test_published_guests.c - page tables, guest systems and emulation at host level, from the defaults. */
#include "tests/support/published.h"
#include "tests/support/support.h"
#include <math.h>

static struct published table;

static int setup(void **state)
{
    (void)state;
    table.arena = arena_new();
    published_guests(&table);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(table.arena);
    return 0;
}

static void test_every_row_is_inside_its_range(void **state)
{
    (void)state;
    for (int i = 0; i < table.rows; i++) {
        const struct published_row *r = &table.row[i];
        if (fabs(published_off(r)) >= 0.05)
            print_error("%s: %g\n", r->name, r->predicted);
        assert_true(r->high > 0.0 ? published_off(r) == 0.0 : fabs(published_off(r)) < 0.05);
    }
}

/* Twin: the host with SLAT is not taken for the one without. */
static void test_rows_are_told_apart(void **state)
{
    (void)state;
    const char *quantity = "hypervisor share of processor time";
    const struct published_row *without = published_find(&table, "mixed server load, no SLAT", quantity);
    const struct published_row *with = published_find(&table, "mixed server load, SLAT", quantity);
    assert_true(with->predicted < 0.5 * without->measured && without->predicted > 2.0 * with->high);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_row_is_inside_its_range),
        cmocka_unit_test(test_rows_are_told_apart),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
