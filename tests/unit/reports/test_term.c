/* Widths, wrapping, bars and tables on a terminal. */
#include "tests/support/support.h"

#include "reports/term.h"
#include "tests/support/capture.h"

#include <math.h>
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

static void test_term_width(void **state)
{
    (void)state;
    assert_int_equal(term_width(""), 0);
    assert_int_equal(term_width("web01"), 5);
    assert_int_equal(term_width("\xC2\xB1 \xE2\x88\x92"), 3);
    assert_int_equal(term_width("e\xCC\x81"), 1);                /* combining acute */
    assert_int_equal(term_width("\xE6\xA4\x9C\xE7\xB4\xA2"), 4); /* two ideographs */
    assert_int_equal(term_width("\xFF\xFE"), 2);
}

static void test_term_clean_disarms(void **state)
{
    assert_string_equal(term_clean(*state, "a\x1b[31mb\x07\n\tc\x7F"), "a?[31mb?  c?");
    assert_string_equal(term_clean(*state, "\xC2\x9B"
                                           "2J"),
                        "?2J");                                         /* C1 control: CSI */
    assert_string_equal(term_clean(*state, "\xE2\x80\xAEtxt"), "?txt"); /* right-to-left override */
    assert_string_equal(term_clean(*state, "Gr\xFC\xC3\x9F"), "Gr?\xC3\x9F");
}

static void check_wrap(struct arena *a, const char *text, int width, const char *joined)
{
    const char *rest = text, *line, *got = "";
    while ((line = term_wrap(a, &rest, width)) != NULL) {
        assert_true(term_width(line) <= width || width < 2);
        got = arena_printf(a, "%s%s|", got, line);
    }
    assert_string_equal(got, joined);
}

static void test_term_wrap(void **state)
{
    check_wrap(*state, "one two three", 7, "one two|three|");
    check_wrap(*state, "one two three", 8, "one two|three|");
    check_wrap(*state, "vm.web01.vcpu", 9, "vm.web01.|vcpu|");
    check_wrap(*state, "vm.web01.vcpu is busy", 16, "vm.web01.vcpu is|busy|");
    check_wrap(*state, "abcdefghij", 4, "abcd|efgh|ij|");
    check_wrap(*state, "\xE6\xA4\x9C\xE7\xB4\xA2", 3, "\xE6\xA4\x9C|\xE7\xB4\xA2|");
    check_wrap(*state, "   ", 5, "");
    check_wrap(*state, "", 5, "");
}

static void test_term_bar(void **state)
{
    struct arena *a = *state;
    assert_string_equal(term_bar(a, 0.5, 6, false), "###   ");
    assert_string_equal(term_bar(a, 1.7, 4, false), "####");
    assert_string_equal(term_bar(a, -0.2, 3, false), "   ");
    assert_string_equal(term_bar(a, (double)NAN, 3, false), "   ");
    assert_string_equal(term_bar(a, 0.5625, 2, true), "\xE2\x96\x88\xE2\x96\x8F"); /* 9 eighths of 16 */
    assert_int_equal(term_width(term_bar(a, 0.3171, 11, true)), 11);
}

static struct table *wide_table(struct arena *a, int columns)
{
    struct table *t = table_new(a, "wide", 2);
    table_column(t, "Scenario", false);
    table_column(t, "Resource", false);
    for (int c = 0; c < columns; c++)
        table_bar_column(t, arena_printf(a, "a long title of column %d", c), 6);
    for (int r = 0; r < 3; r++) {
        table_text(t, r < 2 ? "the same scenario with a long name" : "another");
        table_text(t, arena_printf(a, "disk.HV01.volume-%d.latency", r));
        for (int c = 0; c < columns; c++)
            table_number(t, arena_printf(a, "%d.%d %%", 11 * r, c), 1.0 * c)->share = 0.1 * c;
    }
    return t;
}

static char *drawn(struct arena *a, const struct table *table, int width, bool color, bool unicode)
{
    struct term t = {tmpfile(), a, {width, color, unicode, false}};
    term_table(&t, table);
    return capture_end(a, t.out, NULL);
}

static void assert_fits(struct arena *a, const char *text, int width)
{
    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        const char *copy = arena_strndup(a, line, n);
        if (term_width(copy) > width)
            fail_msg("%d columns where %d fit: %s", term_width(copy), width, copy);
        assert_true(n == 0 || copy[n - 1] != ' ');
        line += n + (line[n] == '\n');
    }
}

static void test_term_table_never_passes_the_width(void **state)
{
    for (int width = 40; width <= 200; width += 7) {
        for (int columns = 1; columns <= 9; columns += 4) {
            const char *text = drawn(*state, wide_table(*state, columns), width, false, true);
            assert_fits(*state, text, width);
            for (int c = 0; c < columns; c++)
                assert_int_equal(capture_count(text, arena_printf(*state, "22.%d %%", c)), 1);
        }
    }
}

static void test_term_table_leaves_repeats_out(void **state)
{
    const char *text = drawn(*state, wide_table(*state, 1), 120, false, false);
    assert_int_equal(capture_count(text, "the same scenario with a long name"), 1);
    assert_int_equal(capture_count(text, "disk.HV01.volume-"), 3);
}

static void test_term_table_without_words_has_no_column(void **state)
{
    struct table *t = table_new(*state, "", 1);
    table_column(t, "Name", false);
    table_column(t, "Nothing", false);
    table_column(t, "Value", true);
    table_text(t, "x");
    table_text(t, "");
    table_number(t, "7.31", 7.31);
    const char *text = drawn(*state, t, 80, false, false);
    assert_null(strstr(text, "Nothing"));
    assert_non_null(strstr(text, "7.31"));
}

static void test_term_table_colours_only_when_asked(void **state)
{
    struct table *t = table_new(*state, "", 1);
    table_column(t, "Name", false);
    table_column(t, "Verdict", false);
    table_text(t, "x\x1b[5m");
    table_text(t, "worse")->tone = TONE_BAD;
    assert_null(strchr(drawn(*state, t, 80, false, true), '\x1b'));
    assert_non_null(strstr(drawn(*state, t, 80, true, true), "\x1b[31mworse\x1b[0m"));
    assert_null(strstr(drawn(*state, t, 80, true, true), "\x1b[5m"));
}

static void test_term_table_empty_draws_nothing(void **state)
{
    struct table *t = table_new(*state, "caption", 1);
    table_column(t, "Name", false);
    assert_string_equal(drawn(*state, t, 80, false, true), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_term_width),
        cmocka_unit_test_setup_teardown(test_term_clean_disarms, setup, teardown),
        cmocka_unit_test_setup_teardown(test_term_wrap, setup, teardown),
        cmocka_unit_test_setup_teardown(test_term_bar, setup, teardown),
        cmocka_unit_test_setup_teardown(test_term_table_never_passes_the_width, setup, teardown),
        cmocka_unit_test_setup_teardown(test_term_table_leaves_repeats_out, setup, teardown),
        cmocka_unit_test_setup_teardown(test_term_table_without_words_has_no_column, setup, teardown),
        cmocka_unit_test_setup_teardown(test_term_table_colours_only_when_asked, setup, teardown),
        cmocka_unit_test_setup_teardown(test_term_table_empty_draws_nothing, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
