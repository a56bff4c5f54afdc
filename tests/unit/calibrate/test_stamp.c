/* Time stamps of counter logs. */
#include "calibrate/stamp.h"
#include "tests/support/support.h"
#include <string.h>

static int64_t stamp(const char *text)
{
    int64_t at = 0;
    if (!stamp_parse(text, strlen(text), &at)) {
        fail_msg("'%s' is refused", text);
    }
    return at;
}

/* Reference: date -u -d '2015-05-11 00:01:00' +%s = 1431302460; 2024-02-29 23:59:59 = 1709251199; 1970-01-01 = 0. */
static void test_known_dates(void **state)
{
    (void)state;
    assert_true(stamp("05/11/2015 00:01:00.645") == INT64_C(1431302460645000000));
    assert_true(stamp("2015-05-11 00:01:00.645") == INT64_C(1431302460645000000));
    assert_true(stamp("2015-05-11T00:01:00.645") == INT64_C(1431302460645000000));
    assert_true(stamp("02/29/2024 23:59:59") == INT64_C(1709251199000000000));
    assert_true(stamp("1/1/1970 0:00") == 0);
    assert_true(stamp("05/11/2015 00:01:00.123456789") == INT64_C(1431302460123456789));
    assert_true(stamp("01/01/2100 00:00:00") == INT64_C(4102444800000000000));
}

static void test_what_is_no_stamp(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "18:41.5",
                                        "13/11/2015 00:01:00.645",
                                        "05/32/2015 00:01:00.645",
                                        "02/30/2015 00:01:00",
                                        "05/11/2015",
                                        "05/11/2015 24:00:00",
                                        "05/11/2015 00:60:00",
                                        "05/11/2015 00:01:00.",
                                        "05/11/2015 00:01:00.645 ",
                                        "05/11-2015 00:01:00",
                                        "05/11/1969 00:01:00",
                                        "99999/11/2015 00:01:00"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int64_t at;
        if (stamp_parse(texts[i], strlen(texts[i]), &at)) {
            fail_msg("'%s' is accepted", texts[i]);
        }
    }
}

static void test_text_reads_back(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (int64_t at = INT64_C(123456789); at < INT64_C(4000000000000000000);
         at += INT64_C(98765432123000000)) {
        const int64_t whole_ms = at / 1000000 * 1000000;
        assert_true(stamp(stamp_text(a, whole_ms)) == whole_ms);
    }
    assert_string_equal(stamp_text(a, INT64_C(1431302460645000000)), "2015-05-11 00:01:00.645");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_dates),
        cmocka_unit_test(test_what_is_no_stamp),
        cmocka_unit_test(test_text_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
