/* Results as JSON: what is written, and that it comes back the same. */
#include "tests/support/support.h"

#include "reports/report.h"
#include "tests/support/capture.h"
#include "tests/support/fixture_result.h"

#include <jansson.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

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

static char *json_of(struct arena *a, const struct result *r)
{
    FILE *out = tmpfile();
    assert_true(report_json(out, r));
    return capture_end(a, out, NULL);
}

static struct result *read_back(struct arena *a, const char *json)
{
    struct errs *e = errs_new(a);
    const char *path = capture_write(a, json, strlen(json));
    struct result *r = report_read(a, path, e);
    for (size_t i = 0; i < errs_count(e); i++)
        print_error("%s\n", errs_format(a, errs_get(e, i)));
    (void)unlink(path);
    assert_int_equal(errs_warning_count(e), 0);
    return r;
}

static void test_report_json_round_trip_gives_the_same_bytes(void **state)
{
    struct arena *a = *state;
    const struct result *all[] = {fixture_result(a), fixture_result_single(a), fixture_result_card(a)};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        const char *json = json_of(a, all[i]);
        const struct result *back = read_back(a, json);
        assert_non_null(back);
        assert_string_equal(json_of(a, back), json);
    }
}

/* The other formats are made of the struct, so a result that was read must give the very same report. */
static void test_report_json_round_trip_gives_the_same_reports(void **state)
{
    struct arena *a = *state;
    const struct result *r = fixture_result(a), *back = read_back(a, json_of(a, r));
    const struct text_style style = {100, true, true, true};
    FILE *out[2][4];
    for (int k = 0; k < 2; k++) {
        const struct result *which = k ? back : r;
        for (int f = 0; f < 4; f++)
            out[k][f] = tmpfile();
        assert_true(report_text(out[k][0], which, &style));
        assert_true(report_markdown(out[k][1], which));
        assert_true(report_csv(out[k][2], which));
        assert_true(report_html(out[k][3], which));
    }
    for (int f = 0; f < 4; f++) {
        const char *first = capture_end(a, out[0][f], NULL), *second = capture_end(a, out[1][f], NULL);
        assert_true(strlen(first) > 1000);
        assert_string_equal(first, second);
    }
}

static void test_report_json_keys_and_their_order(void **state)
{
    struct arena *a = *state;
    static const char *const root[] = {"schema",     "tool",    "provenance", "scenarios",
                                       "comparison", "assumed", "warnings",   "card"};
    static const char *const scenario[] = {
        "name",       "changes",  "metrics",   "resources", "workloads",   "bottleneck", "bounds",
        "objectives", "accounts", "saturated", "warmup_s",  "simulated_s", "events",     "replications"};
    json_t *json = json_loads(json_of(a, fixture_result(a)), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    const char *key;
    json_t *value;
    size_t i = 0;
    json_object_foreach(json, key, value)
    {
        assert_string_equal(key, root[i++]);
    }
    assert_int_equal(i, sizeof root / sizeof root[0]);
    i = 0;
    json_object_foreach(json_array_get(json_object_get(json, "scenarios"), 1), key, value)
    {
        assert_string_equal(key, scenario[i++]);
    }
    assert_int_equal(i, sizeof scenario / sizeof scenario[0]);
    json_decref(json);
}

static void test_report_json_numbers(void **state)
{
    struct arena *a = *state;
    struct result *r = fixture_result(a);
    r->scenario[0].metric[0].mean = 0.1 + 0.2;
    r->scenario[0].metric[0].half_width = 0.1;
    r->scenario[0].metric[0].p50 = (double)INFINITY;
    r->scenario[0].metric[0].p95 = -(double)INFINITY;
    const char *json = json_of(a, r);
    assert_non_null(strstr(json, "\"mean\": 0.30000000000000004, \"half_width\": 0.1, \"p50\": null, "
                                 "\"p95\": null, \"p99\": null, \"n\": 8, \"precision_reached\": true}"));
    assert_non_null(strstr(json, "\"seed\": \"18446744073709551557\""));
    r->provenance.seed = 9007199254740991U;
    assert_non_null(strstr(json_of(a, r), "\"seed\": 9007199254740991,"));
    assert_null(strstr(json, ": nan"));
    assert_null(strstr(json, ": inf"));
}

static void test_report_json_calibration_doubt_only_when_known(void **state)
{
    struct arena *a = *state;
    struct result *r = fixture_result_single(a);
    int known = 0;
    for (int i = 0; i < r->scenario[0].metrics; i++)
        known += !isnan(r->scenario[0].metric[i].calibration_half_width);
    assert_int_equal(known, 2);
    assert_int_equal(capture_count(json_of(a, r), "\"calibration_half_width\""), known);
    assert_null(strstr(json_of(a, r), "\"card\""));
}

/* What a user wrote stays what it is: only a number that prints the same is a number. */
static void test_report_json_changes(void **state)
{
    struct arena *a = *state;
    static struct change_row rows[] = {{"a", "1", "2.5"},   {"b", "12 ms", "x1.3"}, {"c", "", "~"},
                                       {"d", "1.0", "007"}, {"e", "no", "0x10"},    {"f", "1e5", "nan"}};
    struct result *r = fixture_result_single(a);
    r->scenario[0].change = rows;
    r->scenario[0].changes = (int)(sizeof rows / sizeof rows[0]);
    const char *json = json_of(a, r);
    static const char *const expected[] = {"{\"path\": \"a\", \"from\": 1, \"to\": 2.5}",
                                           "{\"path\": \"b\", \"from\": \"12 ms\", \"to\": \"x1.3\"}",
                                           "{\"path\": \"c\", \"from\": null, \"to\": \"~\"}",
                                           "{\"path\": \"d\", \"from\": \"1.0\", \"to\": \"007\"}",
                                           "{\"path\": \"e\", \"from\": \"no\", \"to\": \"0x10\"}",
                                           "\"to\": \"nan\"}"};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        assert_non_null(strstr(json, expected[i]));
    const struct result *back = read_back(a, json);
    for (int i = 0; i < r->scenario[0].changes; i++) {
        assert_string_equal(back->scenario[0].change[i].from, rows[i].from);
        assert_string_equal(back->scenario[0].change[i].to, rows[i].to);
    }
}

static void test_report_json_texts(void **state)
{
    struct arena *a = *state;
    struct result *r = fixture_result_single(a);
    r->scenario[0].name = "tab\t quote\" back\\slash \x01 Gr\xFC\xC3\x9F </script>";
    const char *json = json_of(a, r);
    assert_non_null(
        strstr(json, "\"tab\\t quote\\\" back\\\\slash \\u0001 Gr\xEF\xBF\xBD\xC3\x9F </script>\""));
    const struct result *back = read_back(a, json);
    assert_string_equal(back->scenario[0].name,
                        "tab\t quote\" back\\slash \x01 Gr\xEF\xBF\xBD\xC3\x9F </script>");
    assert_null(back->warning[1].where);
}

static void test_report_json_bottleneck_outside_follows_from_the_name(void **state)
{
    struct arena *a = *state;
    struct result *r = fixture_result_single(a);
    assert_false(read_back(a, json_of(a, r))->scenario[0].bottleneck.outside);
    r->scenario[0].bottleneck.resource = "external.crm";
    assert_true(read_back(a, json_of(a, r))->scenario[0].bottleneck.outside);
}

static void test_report_json_full_disk(void **state)
{
    FILE *out = fopen("/dev/full", "w");
    if (!out)
        skip();
    assert_false(report_json(out, fixture_result(*state)));
    (void)fclose(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_report_json_round_trip_gives_the_same_bytes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_json_round_trip_gives_the_same_reports, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_json_keys_and_their_order, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_json_numbers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_json_calibration_doubt_only_when_known, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_json_changes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_json_texts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_json_bottleneck_outside_follows_from_the_name, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_report_json_full_disk, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
