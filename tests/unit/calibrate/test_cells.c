/* Cells of a delimited line. */
#include "calibrate/cells.h"
#include "tests/support/support.h"
#include <string.h>

static void check(const char *line, char delimiter, bool paths, int n, const char *const *expected, bool open)
{
    struct arena *a = arena_new();
    struct cells c = {.n = 0};
    cells_split(a, &c, arena_strdup(a, line), strlen(line), delimiter, paths);
    assert_int_equal(c.n, n);
    assert_int_equal(c.open, open);
    for (int i = 0; i < n; i++) {
        assert_int_equal(c.cell[i].n, strlen(expected[i]));
        assert_memory_equal(c.cell[i].text, expected[i], c.cell[i].n);
    }
    arena_free(a);
}

static void test_split(void **state)
{
    (void)state;
    check("\"a\",\"b,c\",\"\"", ',', false, 3, (const char *const[]){"a", "b,c", ""}, false);
    check("a,,c,", ',', false, 4, (const char *const[]){"a", "", "c", ""}, false);
    check("", ',', false, 1, (const char *const[]){""}, false);
    check("\"say \"\"hi\"\"\",x", ',', false, 2, (const char *const[]){"say \"hi\"", "x"}, false);
    check("\"open, end", ',', false, 1, (const char *const[]){"open, end"}, true);
    check("a\tb", '\t', false, 2, (const char *const[]){"a", "b"}, false);
    check("\"a\" ,b", ',', false, 2, (const char *const[]){"a", "b"}, false);
}

static void test_unquoted_paths_keep_commas_in_brackets(void **state)
{
    (void)state;
    const char *line =
        "(PDH-CSV 4.0),\\\\H\\Processor Information(0,1)\\% Idle Time,\\\\H\\Memory\\Pages/sec";
    check(line, ',', true, 3,
          (const char *const[]){"(PDH-CSV 4.0)", "\\\\H\\Processor Information(0,1)\\% Idle Time",
                                "\\\\H\\Memory\\Pages/sec"},
          false);
    check(line, ',', false, 4,
          (const char *const[]){"(PDH-CSV 4.0)", "\\\\H\\Processor Information(0", "1)\\% Idle Time",
                                "\\\\H\\Memory\\Pages/sec"},
          false);
}

static void test_delimiter(void **state)
{
    (void)state;
    assert_int_equal(cells_delimiter("\"a;b\",\"c\"", 9), ',');
    assert_int_equal(cells_delimiter("a;b", 3), ';');
    assert_int_equal(cells_delimiter("a\tb,c", 5), '\t');
    assert_int_equal(cells_delimiter("\"a,b\"", 5), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split),
        cmocka_unit_test(test_unquoted_paths_keep_commas_in_brackets),
        cmocka_unit_test(test_delimiter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
