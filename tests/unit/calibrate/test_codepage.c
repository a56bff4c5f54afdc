/* Names of unknown encoding. */
#include "calibrate/codepage.h"
#include "tests/support/support.h"
#include <string.h>

static void check(const char *bytes, const char *page, const char *utf8)
{
    struct arena *a = arena_new();
    assert_string_equal(codepage_guess(bytes, strlen(bytes)), page);
    assert_string_equal(codepage_convert(a, page, bytes, strlen(bytes)), utf8);
    arena_free(a);
}

static void test_pages(void **state)
{
    (void)state;
    check("plain", "UTF-8", "plain");
    check("Datentr\xC3\xA4ger", "UTF-8", "Datentr\xC3\xA4ger");
    check("Datentr\xE4ger", "CP1252", "Datentr\xC3\xA4ger");
    /* "konoテ" in Shift-JIS, and a character whose second byte is a backslash */
    check("\x82\xB1\x82\xCC\x83\x65", "CP932", "\xE3\x81\x93\xE3\x81\xAE\xE3\x83\x86");
    check("\x83\x5C\x83\x74\x83\x67", "CP932", "\xE3\x82\xBD\xE3\x83\x95\xE3\x83\x88");
    /* "Память" in CP1251 */
    check("\xCF\xE0\xEC\xFF\xF2\xFC", "CP1251", "\xD0\x9F\xD0\xB0\xD0\xBC\xD1\x8F\xD1\x82\xD1\x8C");
}

static void test_what_no_page_explains_is_escaped(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_string_equal(codepage_convert(a, "UTF-8",
                                         "a\xFF"
                                         "b\xC3\xA4",
                                         5),
                        "a\\xFF"
                        "b\xC3\xA4");
    assert_string_equal(codepage_convert(a, "NO-SUCH-PAGE", "\x80z", 2), "\\x80z");
    /* an incomplete double byte */
    assert_string_equal(codepage_convert(a, "CP932", "ab\x83", 3), "ab\\x83");
    arena_free(a);
}

static void test_overlong_and_surrogates_are_no_utf8(void **state)
{
    (void)state;
    assert_string_not_equal(codepage_guess("\xC0\xAF", 2), "UTF-8");
    assert_string_not_equal(codepage_guess("\xE0\x80\xAF", 3), "UTF-8");
    assert_string_not_equal(codepage_guess("\xED\xA0\x80", 3), "UTF-8");
    assert_string_not_equal(codepage_guess("\xF5\x80\x80\x80", 4), "UTF-8");
    assert_string_equal(codepage_guess("\xF0\x9F\x98\x80", 4), "UTF-8");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_what_no_page_explains_is_escaped),
        cmocka_unit_test(test_overlong_and_surrogates_are_no_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
