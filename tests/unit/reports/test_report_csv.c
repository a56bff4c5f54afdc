/* Results as RFC 4180, read back by a small reader of the same standard. */
#include "tests/support/support.h"

#include "reports/report.h"
#include "tests/support/capture.h"
#include "tests/support/fixture_result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 15 };

/* The next cell; *end is the separator after it. */
static char *cell(struct arena *a, const char **text, char *end)
{
    const char *p = *text;
    char *value = arena_alloc(a, strlen(p) + 1, 1), *to = value;
    bool quoted = *p == '"';
    for (p += quoted; *p && (quoted || (*p != ',' && *p != '\r')); p++) {
        if (quoted && *p == '"' && *++p != '"')
            break;
        *to++ = *p;
    }
    *end = *p;
    assert_true(*p == ',' || (*p == '\r' && p[1] == '\n'));
    *text = p + (*p == ',' ? 1 : 2);
    return value;
}

static void read_row(struct arena *a, const char **text, char *row[COLUMNS])
{
    char end = ',';
    for (int c = 0; c < COLUMNS; c++) {
        assert_int_equal(end, ',');
        row[c] = cell(a, text, &end);
    }
    assert_int_equal(end, '\r');
}

static void assert_number(const char *text, double expected)
{
    if (!isfinite(expected)) {
        assert_string_equal(text, "");
        return;
    }
    char *end;
    assert_true(strtod(text, &end) == expected);
    assert_true(end != text && !*end);
}

static void check_row(char *row[COLUMNS], const struct scenario_result *s, const struct metric *m)
{
    assert_string_equal(row[0], s->name);
    assert_string_equal(row[1], m->name);
    assert_string_equal(row[2], m->unit);
    assert_number(row[3], m->mean);
    assert_number(row[4], m->half_width);
    assert_number(row[5], m->p50);
    assert_number(row[6], m->p95);
    assert_number(row[7], m->p99);
    assert_number(row[8], m->n);
    assert_string_equal(row[9], m->precision_reached ? "true" : "false");
    assert_number(row[10], m->calibration_half_width);
}

static void test_report_csv_reads_back(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct result *r = fixture_result(a);
    FILE *out = tmpfile();
    assert_true(report_csv(out, r));
    const char *text = capture_end(a, out, NULL);
    char *row[COLUMNS];
    read_row(a, &text, row);
    assert_string_equal(row[0], "scenario");
    assert_string_equal(row[14], "verdict");
    int compared = 0;
    for (int s = 0; s < r->scenarios; s++) {
        for (int m = 0; m < r->scenario[s].metrics; m++) {
            read_row(a, &text, row);
            check_row(row, &r->scenario[s], &r->scenario[s].metric[m]);
            if (s == 0) {
                assert_string_equal(row[11], "");
                continue;
            }
            const struct comparison_row *c = &r->comparison[compared++];
            assert_number(row[11], c->base);
            assert_number(row[12], c->delta);
            assert_number(row[13], c->half_width);
        }
    }
    assert_string_equal(text, "");
    arena_free(a);
}

static void test_report_csv_quotes(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct result *r = fixture_result_single(a);
    r->scenario[0].name = "a \"b\", c\r\nd";
    FILE *out = tmpfile();
    assert_true(report_csv(out, r));
    const char *text = capture_end(a, out, NULL);
    assert_non_null(strstr(text, "\r\n\"a \"\"b\"\", c\r\nd\",host.HV01.lp.utilization,1,0.4137,"));
    arena_free(a);
}

static void test_report_csv_full_disk(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    FILE *out = fopen("/dev/full", "w");
    if (!out)
        skip();
    assert_false(report_csv(out, fixture_result(a)));
    (void)fclose(out);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_report_csv_reads_back),
        cmocka_unit_test(test_report_csv_quotes),
        cmocka_unit_test(test_report_csv_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
