/* Reports of the made-up result against the committed ones: numbers by tolerance, texts exactly.
 *
 * Refresh, after a change that is meant (say in CHANGELOG.md under Results why):
 *   build/release/fixture_report json > tests/golden/report_result.json
 *   build/release/fixture_report text > tests/golden/report_text.txt
 */
#include "tests/support/support.h"

#include "reports/report.h"
#include "tests/support/capture.h"
#include "tests/support/fixture_result.h"
#include "tests/support/golden.h"

#include <string.h>

static const double tolerance = 1e-9;

static json_t *fixture_json(struct arena *a)
{
    FILE *out = tmpfile();
    assert_true(report_json(out, fixture_result(a)));
    json_t *json = json_loads(capture_end(a, out, NULL), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    return json;
}

static json_t *golden_json(void)
{
    json_t *json =
        json_load_file(HVPLAN_SOURCE_DIR "/tests/golden/report_result.json", JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    return json;
}

static void test_report_json_is_golden(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    json_t *actual = fixture_json(a), *expected = golden_json();
    assert_int_equal(golden_compare(a, actual, expected, tolerance), 0);
    json_decref(actual);
    json_decref(expected);
    arena_free(a);
}

static json_t *first_metric(json_t *json)
{
    json_t *metrics = json_object_get(json_array_get(json_object_get(json, "scenarios"), 0), "metrics");
    return json_object_get(metrics, "host.HV01.lp.utilization");
}

/* The twins that must fail: a number off by little, a missing field, an extra one, another text, a shorter list. */
static void test_report_golden_notices(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (int k = 0; k < 5; k++) {
        json_t *actual = fixture_json(a), *expected = golden_json(), *metric = first_metric(actual);
        if (k == 0)
            json_object_set_new(metric, "mean", json_real(0.4137 * (1.0 + 2.0 * tolerance)));
        else if (k == 1)
            json_object_del(metric, "n");
        else if (k == 2)
            json_object_set_new(metric, "extra", json_null());
        else if (k == 3)
            json_object_set_new(metric, "unit", json_string("%"));
        else
            json_array_remove(json_object_get(actual, "comparison"), 3);
        assert_int_equal(golden_compare(a, actual, expected, tolerance), 1);
        json_decref(actual);
        json_decref(expected);
    }
    arena_free(a);
}

static void test_report_text_is_golden(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct text_style style = {100, false, true, false};
    FILE *out = tmpfile();
    assert_true(report_text(out, fixture_result(a), &style));
    const char *expected = capture_file(a, HVPLAN_SOURCE_DIR "/tests/golden/report_text.txt");
    assert_non_null(expected);
    assert_string_equal(capture_end(a, out, NULL), expected);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_report_json_is_golden),
        cmocka_unit_test(test_report_golden_notices),
        cmocka_unit_test(test_report_text_is_golden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
