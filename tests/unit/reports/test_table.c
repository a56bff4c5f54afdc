/* The table that every format draws. */
#include "tests/support/support.h"

#include "reports/table.h"

#include <math.h>

static struct table *small(struct arena *a)
{
    struct table *t = table_new(a, "caption", 2);
    table_column(t, "A", false);
    table_column(t, "B", false);
    table_bar_column(t, "C", 7);
    static const char *const rows[3][2] = {{"one", "x"}, {"one", "x"}, {"two", "x"}};
    for (int i = 0; i < 3; i++) {
        table_text(t, rows[i][0]);
        table_text(t, rows[i][1]);
        table_number(t, "", 2.385 * i)->share = 0.117 * i;
    }
    return t;
}

static void test_table_holds_what_it_was_given(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct table *t = small(a);
    assert_int_equal(table_rows(t), 3);
    assert_string_equal(table_at(t, 2, 0)->text, "two");
    assert_true(isnan(table_at(t, 2, 0)->value));
    assert_close(table_at(t, 2, 2)->value, 4.77, 1e-15);
    assert_close(table_at(t, 2, 2)->share, 0.234, 1e-15);
    assert_int_equal(t->column[2].bar, 7);
    assert_true(t->column[2].number);
    arena_free(a);
}

static void test_table_repeats_only_in_heads_but_the_last(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct table *t = small(a);
    assert_false(table_repeats(t, 0, 0));
    assert_true(table_repeats(t, 1, 0));
    assert_false(table_repeats(t, 1, 1));
    assert_false(table_repeats(t, 2, 0));
    arena_free(a);
}

static void test_table_column_empty(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct table *t = small(a);
    assert_false(table_column_empty(t, 0));
    assert_true(table_column_empty(t, 2));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_holds_what_it_was_given),
        cmocka_unit_test(test_table_repeats_only_in_heads_but_the_last),
        cmocka_unit_test(test_table_column_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
