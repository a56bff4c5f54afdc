/* The report as Markdown: tables that stay tables whatever the names are. */
#include "tests/support/support.h"

#include "reports/report.h"
#include "tests/support/capture.h"
#include "tests/support/fixture_result.h"

#include <string.h>

static char *markdown(struct arena *a, const struct result *r)
{
    FILE *out = tmpfile();
    assert_true(report_markdown(out, r));
    return capture_end(a, out, NULL);
}

/* Bars that are not escaped. */
static int bars(const char *line, size_t n)
{
    int count = 0;
    for (size_t i = 0; i < n; i++) {
        if (line[i] == '\\')
            i++;
        else
            count += line[i] == '|';
    }
    return count;
}

static void test_report_markdown_tables_are_square(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct result *all[] = {fixture_result(a), fixture_result_single(a), fixture_result_card(a),
                                  fixture_result_curve(a), fixture_result_blame(a)};
    for (size_t k = 0; k < sizeof all / sizeof all[0]; k++) {
        int columns = 0, tables = 0;
        for (const char *line = markdown(a, all[k]); *line; line += strcspn(line, "\n") + 1) {
            size_t n = strcspn(line, "\n");
            if (*line != '|') {
                columns = 0;
                continue;
            }
            tables += columns == 0;
            if (columns)
                assert_int_equal(bars(line, n), columns);
            columns = bars(line, n);
        }
        assert_true(tables >= 2);
    }
    arena_free(a);
}

static void test_report_markdown_escapes(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct result *r = fixture_result(a);
    r->warning[0].text = "a|b *c* _d_ `e` [f](g) <img src=x> & \\ # ~\nnew line";
    const char *text = markdown(a, r);
    assert_non_null(
        strstr(text, "a\\|b \\*c\\* \\_d\\_ \\`e\\` \\[f\\](g) &lt;img src=x> &amp; \\\\ \\# \\~ new line"));
    assert_null(strstr(text, "<b>"));
    assert_non_null(strstr(text, "| load x1.6 \\| 'peak' |"));
    arena_free(a);
}

static void test_report_markdown_says_the_findings_first(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *text = markdown(a, fixture_result(a));
    assert_true(strncmp(text, "# What-if report\n\n- **Grade**: B", 32) == 0);
    assert_non_null(strstr(text, "- **baseline**: vm.web01.vcpu is the bottleneck"));
    assert_true(strstr(text, "## Provenance") > strstr(text, "## Response and throughput"));
    arena_free(a);
}

static void test_report_markdown_full_disk(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    FILE *out = fopen("/dev/full", "w");
    if (!out)
        skip();
    assert_false(report_markdown(out, fixture_result(a)));
    (void)fclose(out);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_report_markdown_tables_are_square),
        cmocka_unit_test(test_report_markdown_escapes),
        cmocka_unit_test(test_report_markdown_says_the_findings_first),
        cmocka_unit_test(test_report_markdown_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
