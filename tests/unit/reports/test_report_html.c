/* The HTML report as a text: well-formed, escaped, self-contained, complete without scripts. The browser is in tests/e2e. */
#include "tests/support/support.h"

#include "reports/report.h"
#include "tests/support/capture.h"
#include "tests/support/fixture_result.h"

#include <jansson.h>
#include <math.h>
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

static char *html(struct arena *a, const struct result *r)
{
    FILE *out = tmpfile();
    assert_true(report_html(out, r));
    return capture_end(a, out, NULL);
}

/* The page without the contents of <style> and <script>: what a reader without scripts has. */
static char *markup(struct arena *a, const char *page)
{
    char *copy = arena_strdup(a, page), *to = copy;
    static const char *const raw[][2] = {{"<style>", "</style>"}, {"<script", "</script>"}};
    for (const char *p = page; *p;) {
        for (size_t i = 0; i < 2; i++) {
            if (strncmp(p, raw[i][0], strlen(raw[i][0])) == 0)
                p = strstr(p, raw[i][1]) + strlen(raw[i][1]);
        }
        *to++ = *p ? *p++ : '\0';
    }
    *to = '\0';
    return copy;
}

static bool is_void(const char *name, size_t n)
{
    static const char *const names[] = {"meta", "wbr", "br", "!DOCTYPE"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strlen(names[i]) == n && strncmp(names[i], name, n) == 0)
            return true;
    }
    return false;
}

/* Every element is closed, and in the right order. */
static void assert_well_formed(const char *page)
{
    const char *open[64];
    size_t lengths[64];
    int depth = 0;
    for (const char *p = strchr(page, '<'); p; p = strchr(p, '<')) {
        bool closing = *++p == '/';
        const char *name = p + closing;
        size_t n = strcspn(name, " >\n");
        p = strchr(name, '>');
        assert_non_null(p);
        if (is_void(name, n))
            continue;
        if (!closing) {
            assert_true(depth < 64);
            open[depth] = name;
            lengths[depth++] = n;
            continue;
        }
        assert_true(depth > 0);
        depth--;
        if (n != lengths[depth] || strncmp(name, open[depth], n) != 0)
            fail_msg("</%.*s> closes <%.*s>", (int)n, name, (int)lengths[depth], open[depth]);
    }
    assert_int_equal(depth, 0);
}

static void test_report_html_is_well_formed(void **state)
{
    struct arena *a = *state;
    const struct result *all[] = {fixture_result(a), fixture_result_single(a), fixture_result_card(a),
                                  fixture_result_curve(a), fixture_result_blame(a)};
    for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
        assert_well_formed(markup(a, html(a, all[k])));
}

static void test_report_html_escapes(void **state)
{
    struct arena *a = *state;
    struct result *r = fixture_result(a);
    r->scenario[1].name = r->comparison[24].scenario = "\"><img src=x onerror=alert(1)>&amp;'\x01 Gr\xFC";
    const char *page = html(a, r), *shown = markup(a, page);
    assert_null(strstr(shown, "<img"));
    assert_null(strstr(shown, "<b>"));
    assert_non_null(strstr(shown, "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&amp;amp;' Gr\xEF\xBF\xBD"));
    assert_non_null(strstr(page, "\\u003cimg src=x"));
    /* style, result, Chart.js, report.js: no text may end a script of ours. */
    assert_int_equal(capture_count(page, "</script>"), 3);
    assert_int_equal(capture_count(page, "</style>"), 1);
}

static void test_report_html_needs_nothing_from_outside(void **state)
{
    struct arena *a = *state;
    const char *page = html(a, fixture_result(a)), *shown = markup(a, page);
    static const char *const absent[] = {" src=", "<link", "@import", "url(", "<iframe", "http:", "https:"};
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
        assert_null(strstr(shown, absent[i]));
    assert_null(strstr(page, "@import"));
    assert_null(strstr(page, "url("));
    assert_non_null(strstr(shown, "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"));
}

/* The table of `section` whose caption is `caption`, up to its end. */
static char *table_text(struct arena *a, const char *page, const char *section, const char *caption)
{
    const char *at = strstr(page, arena_printf(a, "<section id=\"%s\"", section));
    assert_non_null(at);
    at = strstr(at, arena_printf(a, ">%s</caption>", caption));
    assert_non_null(at);
    return arena_strndup(a, at, (size_t)(strstr(at, "</table>") - at));
}

static double value_after(const char *text, const char *name)
{
    const char *at = strstr(text, name);
    assert_non_null(at);
    at = strstr(at, "<data value=\"");
    assert_non_null(at);
    return strtod(at + strlen("<data value=\""), NULL);
}

/* Each figure of the result stands in a table, unrounded beside the printed text, without any script. */
static void test_report_html_tables_hold_every_metric(void **state)
{
    struct arena *a = *state;
    const struct result *r = fixture_result(a);
    const char *page = html(a, r);
    const char *table = table_text(a, page, "metrics", "baseline");
    for (int i = 0; i < r->scenario[0].metrics; i++) {
        const struct metric *m = &r->scenario[0].metric[i];
        char *broken = arena_alloc(a, 6 * strlen(m->name) + 1, 1), *to = broken;
        for (const char *p = m->name; *p; p++)
            to += sprintf(to, strchr("._", *p) ? "%c<wbr>" : "%c", *p);
        if (isfinite(m->mean))
            assert_close(value_after(table, arena_printf(a, ">%s</th>", broken)), m->mean, 1e-15);
        else
            assert_non_null(strstr(table, broken));
    }
}

static void test_report_html_carries_the_result(void **state)
{
    struct arena *a = *state;
    const char *page = html(a, fixture_result(a));
    const char *begin = strstr(page, "type=\"application/json\">") + strlen("type=\"application/json\">");
    const char *end = strstr(begin, "</script>");
    json_t *json = json_loadb(begin, (size_t)(end - begin), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    assert_string_equal(json_string_value(json_object_get(json, "schema")), "hvplan.result/1");
    assert_int_equal(json_array_size(json_object_get(json, "scenarios")), 3);
    json_decref(json);
}

static void test_report_html_is_accessible(void **state)
{
    struct arena *a = *state;
    const char *shown = markup(a, html(a, fixture_result(a)));
    static const char *const parts[] = {
        "<html lang=\"en\">",   "<header>", "<nav aria-label=",
        "<main id=\"main\">",   "<footer>", "<a class=\"skip\" href=\"#main\">",
        "<title>What-if report"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        assert_non_null(strstr(shown, parts[i]));
    int tables = capture_count(shown, "<table");
    assert_true(tables > 10);
    assert_int_equal(capture_count(shown, "</caption>"), tables);
    assert_int_equal(capture_count(shown, "tabindex=\"0\" role=\"region\" aria-label="), tables);
    assert_int_equal(capture_count(shown, "<h1>"), 1);
    assert_int_equal(capture_count(shown, "<th "),
                     capture_count(shown, "scope=\"row\"") + capture_count(shown, "scope=\"col\""));
}

static void test_report_html_full_disk(void **state)
{
    FILE *out = fopen("/dev/full", "w");
    if (!out)
        skip();
    assert_false(report_html(out, fixture_result(*state)));
    (void)fclose(out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_report_html_is_well_formed),
        TEST(test_report_html_escapes),
        TEST(test_report_html_needs_nothing_from_outside),
        TEST(test_report_html_tables_hold_every_metric),
        TEST(test_report_html_carries_the_result),
        TEST(test_report_html_is_accessible),
        TEST(test_report_html_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
