/* Places in a JSON text. */
#include "tests/support/support.h"

#include "reports/jsonpos.h"

static const char json[] = "{\n"
                           "  \"a\": {\"x,y\": [1, \"}]\\\"\", {\"deep\": null}]},\n"
                           "  \"b.c\": \"{\",\n"
                           "\t\"list\": [ [], {}, -1.5e3, true ]\n"
                           "}\n";

static void check(const struct jsonpos_step *step, int line, int column, const char *path)
{
    int found_line = 0, found_column = 0;
    struct arena *a = arena_new();
    jsonpos_find(json, step, &found_line, &found_column);
    assert_int_equal(found_line, line);
    assert_int_equal(found_column, column);
    assert_string_equal(jsonpos_path(a, step), path);
    arena_free(a);
}

static void test_jsonpos_find(void **state)
{
    (void)state;
    struct jsonpos_step root = {NULL, NULL, 0}, a = {&root, "a", 0}, xy = {&a, "x,y", 0};
    struct jsonpos_step second = {&xy, NULL, 1}, third = {&xy, NULL, 2}, deep = {&third, "deep", 0};
    struct jsonpos_step list = {&root, "list", 0}, number = {&list, NULL, 2}, last = {&list, NULL, 3};
    check(&root, 1, 1, "");
    check(&a, 2, 8, "a");
    check(&xy, 2, 16, "a.x,y");
    check(&second, 2, 20, "a.x,y[1]");
    check(&deep, 2, 37, "a.x,y[2].deep");
    check(&list, 4, 10, "list");
    check(&number, 4, 20, "list[2]");
    check(&last, 4, 28, "list[3]");
}

static void test_jsonpos_what_is_missing_is_where_it_should_be(void **state)
{
    (void)state;
    struct jsonpos_step root = {NULL, NULL, 0}, a = {&root, "a", 0}, no = {&a, "no", 0},
                        below = {&no, "way", 0};
    struct jsonpos_step list = {&root, "list", 0}, far = {&list, NULL, 9}, scalar = {&list, "key", 0};
    check(&no, 2, 8, "a.no");
    check(&below, 2, 8, "a.no.way");
    check(&far, 4, 10, "list[9]");
    check(&scalar, 4, 10, "list.key");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_jsonpos_find),
        cmocka_unit_test(test_jsonpos_what_is_missing_is_where_it_should_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
