/* test_codes.c - the table of warning codes. */
#include "model/base/codes.h"
#include "tests/support/support.h"

#include <string.h>

static void codes_are_sorted_unique_and_complete(void **state)
{
    (void)state;
    for (size_t i = 0; i < codes_count; i++) {
        const struct code_row *row = &codes_rows[i];
        assert_int_equal(strlen(row->code), 4);
        assert_int_equal(row->code[0], 'W');
        assert_true(i == 0 || strcmp(codes_rows[i - 1].code, row->code) < 0);
        assert_true(*row->title && *row->text && *row->advice);
    }
}

static void codes_are_found(void **state)
{
    (void)state;
    assert_string_equal(codes_find("W301")->title, "saturated");
    assert_null(codes_find("W999"));
    assert_null(codes_find(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_sorted_unique_and_complete),
        cmocka_unit_test(codes_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
