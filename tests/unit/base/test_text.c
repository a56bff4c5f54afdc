/* test_text.c - model/base/text.h */
#include "model/base/text.h"
#include "tests/support/support.h"
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static const char *near(const char *name)
{
    static const char *const keys[] = {"vcpus", "weight", "memory", "reserve",
                                       "limit", "os",     "host",   "disks"};
    const char *found = text_nearest(name, keys, sizeof keys / sizeof *keys);
    return found ? found : "-";
}

static void nearest_finds_slips(void **state)
{
    (void)state;
    assert_string_equal(near("vcpu"), "vcpus");      /* missing at the end */
    assert_string_equal(near("wieght"), "weight");   /* swapped neighbours count 1 */
    assert_string_equal(near("MEMORY"), "memory");   /* case is no difference */
    assert_string_equal(near("reseve"), "reserve");  /* missing inside */
    assert_string_equal(near("limitt"), "limit");    /* one too many */
    assert_string_equal(near("hoßt"), "host");       /* ß is two bytes: distance 2, allowed 1 + 5 / 4 = 2 */
    assert_string_equal(near("memroyes"), "memory"); /* 3 = 1 + 8 / 4 */
}

static void nearest_knows_its_limits(void **state)
{
    (void)state;
    assert_string_equal(near("hst"), "host");
    assert_string_equal(near("hs"), "os"); /* "os" is at 1, "host" at 2 */
    assert_string_equal(near("ht"), "-");  /* 2 > 1 + 2 / 4 */
    assert_string_equal(near("x"), "-");   /* nothing in common */
    assert_string_equal(near(""), "-");
    assert_string_equal(near("bandwidth"), "-");
    assert_null(text_nearest("vcpu", NULL, 0));
    char longer[300];
    memset(longer, 'v', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_string_equal(near(longer), "-");
    const char *const only_longer[] = {longer};
    assert_null(text_nearest("vvvv", only_longer, 1));
    const char *const even[] = {"disk1", "disk2"};
    assert_string_equal(text_nearest("disk3", even, 2), "disk1");
}

static void nearest_completes_a_first_word(void **state)
{
    (void)state;
    const char *const keys[] = {"remote_memory", "lock_share", "lock_holder", "lpsx"};
    assert_string_equal(text_nearest("Remote", keys, 4), "remote_memory");
    assert_null(text_nearest("lock", keys, 4));    /* two go on behind it */
    assert_null(text_nearest("remote_", keys, 4)); /* no whole word */
    assert_null(text_nearest("remot", keys, 4));
}

static void names_are_checked(void **state)
{
    char longest[66];
    memset(longest, 'z', 65);
    longest[65] = '\0';
    assert_false(text_is_name(longest));
    assert_true(text_is_name(longest + 1));
    assert_true(text_is_name("Web-01_a"));
    assert_false(text_is_name(""));
    assert_false(text_is_name("web 01"));
    assert_false(text_is_name("web.01"));
    assert_false(text_is_name("wéb"));
    (void)state;
}

static void labels_become_names(void **state)
{
    assert_string_equal(text_to_name(*state, "WEB 01 (old)"), "WEB_01_old");
    assert_string_equal(text_to_name(*state, "  --a__b  "), "--a__b");
    assert_string_equal(text_to_name(*state, "Müller:\t disk"), "M_ller_disk");
    assert_string_equal(text_to_name(*state, "%§/"), "x");
    assert_string_equal(text_to_name(*state, ""), "x");
    char label[200];
    for (size_t i = 0; i + 1 < sizeof label; i++)
        label[i] = i % 3 ? 'q' : '.';
    label[sizeof label - 1] = '\0';
    for (size_t from = 0; from < 199; from++) {
        const char *name = text_to_name(*state, label + from);
        assert_true(text_is_name(name));
        assert_string_equal(text_to_name(*state, name), name);
    }
}

/* Check values: the authors' table of 64-bit FNV-1a. */
static void hash_is_fnv1a(void **state)
{
    (void)state;
    assert_true(text_hash("") == UINT64_C(0xcbf29ce484222325));
    assert_true(text_hash("a") == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(text_hash("foobar") == UINT64_C(0x85944171f73967e8));
    assert_true(text_hash("\xff") == UINT64_C(0xaf64724c8602eb6e));
}

static void same_ignores_ascii_case_only(void **state)
{
    (void)state;
    assert_true(text_same("% Total Run Time", "% total RUN time"));
    assert_true(text_same("", ""));
    assert_false(text_same("abc", "abcd"));
    assert_false(text_same("abcd", "abc"));
    assert_false(text_same("[", "{")); /* differ in the same bit as letters do */
    assert_false(text_same("\xC3\x84", "\xC3\xA4"));
}

static void doubles_are_short(void **state)
{
    static const struct {
        double v;
        const char *text;
    } rows[] = {{0.1, "0.1"},
                {1e30, "1e+30"},
                {0.0, "0"},
                {-0.0, "-0"},
                {-12.5, "-12.5"},
                {1.0 / 3, "0.3333333333333333"},
                {0.1 + 0.2, "0.30000000000000004"},
                {123456789012345678.0, "1.2345678901234568e+17"},
                {DBL_MAX, "1.7976931348623157e+308"},
                {DBL_MIN, "2.2250738585072014e-308"},
                {0x1p-1074, "5e-324"},
                {(double)INFINITY, "inf"},
                {-(double)INFINITY, "-inf"},
                {(double)NAN, "nan"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(text_double(*state, rows[i].v), rows[i].text);
    assert_string_equal(text_number(*state, 2.0 / 3, 3), "0.667");
    assert_string_equal(text_number(*state, 1500, 2), "1.5e+03");
}

static uint64_t next(uint64_t *x)
{
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return *x;
}

static void doubles_read_back(void **state)
{
    uint64_t x = UINT64_C(0x9E3779B97F4A7C15);
    for (int i = 0; i < 20000; i++) {
        const uint64_t bits = next(&x);
        double v, back = 0;
        memcpy(&v, &bits, sizeof v);
        if (!isfinite(v))
            continue;
        const char *text = text_double(*state, v);
        assert_non_null(text_scan_number(text, 0, &back));
        if (v != back || signbit(v) != signbit(back))
            fail_msg("%.17g became %s", v, text);
        arena_reset(*state);
    }
}

static void scan(const char *s, int shift, double expected, const char *rest)
{
    double v = -77;
    const char *end = text_scan_number(s, shift, &v);
    assert_non_null(end);
    assert_string_equal(end, rest);
    assert_memory_equal(&v, &expected, sizeof v);
}

static void numbers_are_scanned_exactly(void **state)
{
    (void)state;
    scan("1.1", 6, 1100000.0, "");
    scan("0.3", -2, 0.003, "");
    scan("+.5e3x", 0, 500.0, "x");
    scan("-7.", 0, -7.0, "");
    scan("12e", 0, 12.0, "e");
    scan("12e+", 0, 12.0, "e+");
    scan("1.2.3", 0, 1.2, ".3");
    scan("0x10", 0, 0.0, "x10");
    scan("1E-3 s", 9, 1e6, " s");
    scan("9007199254740993", 0, 9007199254740992.0, "");
    scan("1e99999999999999999999", 0, (double)INFINITY, "");
    scan("1e-99999999999999999999", 0, 0.0, "");
}

static void no_number_is_no_number(void **state)
{
    (void)state;
    static const char *const rows[] = {"", "-", "+", ".", "-.", "e5", "nan", "inf", " 1", "--1", ","};
    double v = 8128;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_null(text_scan_number(rows[i], 0, &v));
    char digits[102];
    memset(digits, '4', 101);
    digits[101] = '\0';
    assert_null(text_scan_number(digits, 0, &v)); /* 101 */
    assert_true(v == 8128);
    assert_non_null(text_scan_number(digits + 1, 0, &v));
}

static void digits_beyond_17(void *arena)
{
    text_number(arena, 1.0, 18);
}

static void misuse_ends_the_program(void **state)
{
    assert_dies(digits_beyond_17, *state, "digits");
}

static void the_locale_does_not_matter(void **state)
{
    static const char *const with_comma[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "ps_AF.UTF-8"};
    const char *set = NULL;
    for (size_t i = 0; i < sizeof with_comma / sizeof *with_comma && !set; i++)
        set = setlocale(LC_ALL, with_comma[i]);
    if (!set) {
        print_message("no locale with another decimal point is installed\n");
        skip();
    }
    scan("1.5", 0, 1.5, "");
    scan("1,5", 0, 1.0, ",5");
    assert_string_equal(text_double(*state, -2.75e-9), "-2.75e-09");
    setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_finds_slips),
        cmocka_unit_test(nearest_knows_its_limits),
        cmocka_unit_test(nearest_completes_a_first_word),
        cmocka_unit_test(names_are_checked),
        cmocka_unit_test_setup_teardown(labels_become_names, setup, teardown),
        cmocka_unit_test(hash_is_fnv1a),
        cmocka_unit_test(same_ignores_ascii_case_only),
        cmocka_unit_test_setup_teardown(doubles_are_short, setup, teardown),
        cmocka_unit_test_setup_teardown(doubles_read_back, setup, teardown),
        cmocka_unit_test(numbers_are_scanned_exactly),
        cmocka_unit_test(no_number_is_no_number),
        cmocka_unit_test_setup_teardown(misuse_ends_the_program, setup, teardown),
        cmocka_unit_test_setup_teardown(the_locale_does_not_matter, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
