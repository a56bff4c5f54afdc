/* Strict decoding and repair. */
#include "tests/support/support.h"

#include "reports/utf8.h"

struct decode_case {
    const char *text;
    size_t bytes;
    uint32_t code;
};

static void test_utf8_decode(void **state)
{
    static const struct decode_case cases[] = {
        {"k", 1, 'k'},
        {"\xC2\xB1", 2, 0xB1},
        {"\xE2\x86\x92", 3, 0x2192},
        {"\xF0\x9F\x93\x88", 4, 0x1F4C8},
        {"\xEF\xBF\xBD", 3, UTF8_REPLACEMENT},
        {"\xC0\xAF", 1, UTF8_REPLACEMENT},         /* overlong "/" */
        {"\xE0\x80\xAF", 1, UTF8_REPLACEMENT},     /* overlong in three bytes */
        {"\xED\xA0\x80", 1, UTF8_REPLACEMENT},     /* surrogate */
        {"\xF4\x90\x80\x80", 1, UTF8_REPLACEMENT}, /* above U+10FFFF */
        {"\xE2\x86", 1, UTF8_REPLACEMENT},         /* cut short */
        {"\x96", 1, UTF8_REPLACEMENT},             /* continuation without a lead */
        {"\xFF", 1, UTF8_REPLACEMENT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t code = 0;
        assert_int_equal(utf8_decode(cases[i].text, &code), cases[i].bytes);
        assert_int_equal(code, cases[i].code);
    }
}

static void test_utf8_repair(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *good = "Gr\xC3\xBC\xC3\x9F \xF0\x9F\x93\x88 \xEF\xBF\xBD";
    assert_ptr_equal(utf8_repair(a, good), good);
    assert_string_equal(utf8_repair(a, "Gr\xFC\xDF"), "Gr\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_string_equal(utf8_repair(a, "\xE2\x86"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_string_equal(utf8_repair(a, ""), "");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_utf8_decode),
                                       cmocka_unit_test(test_utf8_repair)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
