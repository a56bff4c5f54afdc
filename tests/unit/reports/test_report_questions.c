/* What the reports say of a vCPU curve and of blame, in every format, and that a result read back says the same. */
#include "tests/support/support.h"

#include "reports/report.h"
#include "tests/support/capture.h"
#include "tests/support/fixture_result.h"

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

static char *text_of(struct arena *a, const struct result *r, bool verbose)
{
    FILE *out = tmpfile();
    assert_true(report_text(out, r, &(struct text_style){160, false, false, verbose}));
    return capture_end(a, out, NULL);
}

typedef bool (*writer)(FILE *out, const struct result *r);

static char *written(struct arena *a, writer write, const struct result *r)
{
    FILE *out = tmpfile();
    assert_true(write(out, r));
    return capture_end(a, out, NULL);
}

static void assert_says(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("\"%s\" is not in the report:\n%s", part, text);
}

static void test_curve_findings(void **state)
{
    const char *text = text_of(*state, fixture_result_curve(*state), false);
    assert_says(text, "vCPU curve\n");
    assert_says(text, "vCPUs of web01\n");
    assert_says(text, "The knee is at 2 vCPUs, what it has today");
    assert_says(text, "From 3 vCPUs on the response gets worse again.");
    assert_says(text, "The neighbour mail responds in");
    assert_says(text, "With 3 vCPUs the bottleneck moves from vm.web01.vcpu to disk.HV01.data.");
    assert_says(text, "The curve ends at 3: <HV01> has 3 logical processors.");
    assert_says(text, "2 today, knee");
    assert_null(strstr(text, "Best for"));
}

/* Where jobs pile up no time is told, neither in the table of its workload nor as a finding. */
static void test_curve_tells_saturation_without_numbers(void **state)
{
    const char *text = text_of(*state, fixture_result_curve(*state), false);
    const char *table = strstr(text, "  Workload shop");
    assert_non_null(table);
    const char *row = strstr(table, "\n  1 ");
    assert_non_null(row);
    const char *line = arena_strndup(*state, row + 1, strcspn(row + 1, "\n"));
    assert_says(line, "cannot keep up");
    assert_null(strstr(line, " s "));
    assert_null(strstr(line, " ms"));
    struct result *r = fixture_result_curve(*state);
    r->vcpu_curve.knee = 1;
    assert_says(text_of(*state, r, false), "shop cannot keep up with 1 vCPU.");
}

static void test_curve_knees(void **state)
{
    struct result *r = fixture_result_curve(*state);
    r->vcpu_curve.knee = 3;
    r->vcpu_curve.worse_from = 0;
    const char *text = text_of(*state, r, false);
    assert_says(text, "The knee is at 3 vCPUs; it has 2.");
    assert_says(text, "shop responds in 96.1 ms instead of 214 ms with 3 vCPUs");
    assert_null(strstr(text, "worse again"));
    r->vcpu_curve.knee = 0;
    assert_says(text_of(*state, r, false), "There is no knee: the last vCPU, number 3, still gains.");
}

/* Nobody loses at the knee, but further on. */
static void test_curve_losses_beyond_the_knee(void **state)
{
    struct result *r = fixture_result_curve(*state);
    r->vcpu_curve.now = 1;
    const char *text = text_of(*state, r, false);
    assert_says(text, "With 2 vCPUs no neighbour loses anything that matters");
    const char *loss = strstr(text, "The neighbour mail responds in");
    assert_non_null(loss);
    assert_says(arena_strndup(*state, loss, strcspn(loss, "(")), "with 3 vCPUs");
}

static void test_curve_of_one_point(void **state)
{
    struct result *r = fixture_result_curve(*state);
    r->vcpu_curve.point++;
    r->vcpu_curve.points = 1;
    const char *text = text_of(*state, r, false);
    assert_says(text, "No other number of vCPUs is possible.");
    assert_null(strstr(text, "The knee is at"));
}

/* A neighbour that is certain to lose, but under 1 %, is not made much of. */
static void test_curve_small_losses_are_not_told(void **state)
{
    struct result *r = fixture_result_curve(*state);
    for (int i = 0; i < r->vcpu_curve.points; i++) {
        struct curve_workload *w = &r->vcpu_curve.point[i].workload[1];
        if (!isnan(w->response_delta_s))
            w->response_delta_s = 0.0099 * r->vcpu_curve.point[1].workload[1].response_s;
    }
    const char *text = text_of(*state, r, false);
    assert_null(strstr(text, "The neighbour mail"));
    assert_says(text, "With 3 vCPUs no neighbour loses anything that matters");
}

static void test_blame_findings(void **state)
{
    const char *text = text_of(*state, fixture_result_blame(*state), false);
    assert_says(text, "Who makes whom wait\n");
    assert_says(text, "It waits 117 +/- 4 ms on vm.web01.vcpu because of mail (54.8 % of its response).");
    assert_says(text,
                "It waits 11.3 +/- 0.8 ms on disk.HV01.data because of itself (5.3 % of its response).");
    assert_says(text, "1 smaller part more: see the table.");
    assert_says(text, "It cannot keep up at disk.HV01.data because of shop; without shop it does.");
    assert_null(strstr(text, "Nobody else"));
    /* what helps has a sign in the table and another word among the findings */
    struct result *r = fixture_result_blame(*state);
    r->blame.row[0] = r->blame.row[3];
    assert_says(text_of(*state, r, false), "It saves 3.1 +/- 0.9 ms on host.HV01.lp because of root of HV01");
}

static void test_blame_matrix_sums_over_resources(void **state)
{
    const char *text = text_of(*state, fixture_result_blame(*state), false);
    const char *table = strstr(text, "Who delays whom");
    assert_non_null(table);
    assert_says(table, "126 ms"); /* 117.3 + 8.7 */
    assert_says(table, "cannot keep up");
    assert_says(table, "root of HV01");
}

static void test_nobody_else(void **state)
{
    struct result *r = fixture_result_blame(*state);
    r->blame.row[4] = r->blame.row[5];
    assert_says(text_of(*state, r, false), "Nobody else makes it wait to speak of.");
}

static void test_scenarios_of_a_question_stand_aside(void **state)
{
    static const char *const sections[] = {"Response and throughput", "Where the time goes",
                                           "Differences from the baseline"};
    const struct result *all[] = {fixture_result_curve(*state), fixture_result_blame(*state)};
    for (size_t k = 0; k < 2; k++) {
        const char *brief = text_of(*state, all[k], false), *verbose = text_of(*state, all[k], true);
        const char *markdown = written(*state, report_markdown, all[k]);
        const char *html = written(*state, report_html, all[k]);
        for (size_t i = 0; i < 3; i++) {
            assert_null(strstr(brief, sections[i]));
            assert_null(strstr(markdown, sections[i]));
            assert_says(verbose, sections[i]);
            assert_says(html, sections[i]);
        }
    }
}

static void test_a_result_read_back_says_the_same(void **state)
{
    struct arena *a = *state;
    const struct result *all[] = {fixture_result_curve(a), fixture_result_blame(a)};
    static const writer writers[] = {report_json, report_markdown, report_csv, report_html};
    for (size_t k = 0; k < 2; k++) {
        const char *json = written(a, report_json, all[k]);
        struct errs *e = errs_new(a);
        const struct result *again = report_read(a, capture_write(a, json, strlen(json)), e);
        assert_non_null(again);
        assert_int_equal(errs_warning_count(e), 0);
        for (size_t i = 0; i < 4; i++)
            assert_string_equal(written(a, writers[i], again), written(a, writers[i], all[k]));
        assert_string_equal(text_of(a, again, true), text_of(a, all[k], true));
    }
}

/* The key is absent where nobody asked. */
static void test_other_results_have_neither(void **state)
{
    const char *json = written(*state, report_json, fixture_result(*state));
    assert_null(strstr(json, "vcpu_curve"));
    assert_null(strstr(json, "\"blame\""));
    assert_says(written(*state, report_json, fixture_result_curve(*state)), "\"vcpu_curve\"");
    assert_null(strstr(written(*state, report_json, fixture_result_curve(*state)), "\"blame\""));
}

static void test_csv_rows_have_the_columns_of_all_others(void **state)
{
    const char *curve = written(*state, report_csv, fixture_result_curve(*state));
    assert_says(curve, "\r\nbaseline,curve.web01.vcpus,,2,,,,,,,,,,,\r\n");
    assert_says(curve, "\r\nbaseline,curve.web01.knee,,2,,,,,,,,,,,\r\n");
    assert_says(curve, "\r\nload x1.6 | 'peak',curve.shop.p95_s,s,,,,,,,,,,,,\r\n");
    const char *blame = written(*state, report_csv, fixture_result_blame(*state));
    assert_says(blame, "\r\nload x1.6 | 'peak',blame.shop.vm.web01.vcpu,s,0.1173,0.0041,,,,,,,,,,\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_curve_findings, setup, teardown),
        cmocka_unit_test_setup_teardown(test_curve_tells_saturation_without_numbers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_curve_knees, setup, teardown),
        cmocka_unit_test_setup_teardown(test_curve_losses_beyond_the_knee, setup, teardown),
        cmocka_unit_test_setup_teardown(test_curve_of_one_point, setup, teardown),
        cmocka_unit_test_setup_teardown(test_curve_small_losses_are_not_told, setup, teardown),
        cmocka_unit_test_setup_teardown(test_blame_findings, setup, teardown),
        cmocka_unit_test_setup_teardown(test_blame_matrix_sums_over_resources, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nobody_else, setup, teardown),
        cmocka_unit_test_setup_teardown(test_scenarios_of_a_question_stand_aside, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_result_read_back_says_the_same, setup, teardown),
        cmocka_unit_test_setup_teardown(test_other_results_have_neither, setup, teardown),
        cmocka_unit_test_setup_teardown(test_csv_rows_have_the_columns_of_all_others, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
