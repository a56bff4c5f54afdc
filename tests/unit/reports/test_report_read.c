/* Reading results: every way in which a file can be wrong, with its place. */
#include "tests/support/support.h"

#include "reports/report.h"
#include "tests/support/capture.h"
#include "tests/support/fixture_result.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

/* The shape that the description of the format shows: scenarios beyond the first may be cut short. */
static const char minimal[] =
    "{\"schema\": \"hvplan.result/1\",\n"
    " \"tool\": {\"name\": \"hvplan\", \"version\": \"0.1.0\", \"commit\": \"abc1234\"},\n"
    " \"provenance\": {\"seed\": 1, \"arguments\": [\"compare\", \"host.yaml\"],\n"
    "  \"inputs\": [{\"path\": \"host.yaml\", \"sha256\": \"...\"}], \"incomplete\": false},\n"
    " \"scenarios\": [\n"
    "  {\"name\": \"baseline\", \"changes\": [],\n"
    "   \"metrics\": {\"workload.shop.response_s\": {\"unit\": \"s\", \"mean\": 0.214, \"half_width\": "
    "0.004,\n"
    "     \"p50\": 0.17, \"p95\": 0.52, \"p99\": null, \"n\": 8, \"precision_reached\": true}},\n"
    "   \"resources\": [{\"name\": \"vm.web01.vcpu\", \"kind\": \"cpu\", \"utilization\": 0.93, \"queue\": "
    "6.1, "
    "\"servers\": 1}],\n"
    "   \"bottleneck\": {\"resource\": \"vm.web01.vcpu\", \"utilization\": 0.93, \"probability\": 0.99, "
    "\"next\": "
    "[]}},\n"
    "  {\"name\": \"set\", \"changes\": [{\"path\": \"vms.web01.vcpus\", \"from\": 1, \"to\": 2}], "
    "\"metrics\": {}}],\n"
    " \"comparison\": [{\"scenario\": \"set\", \"metric\": \"workload.shop.response_s\", \"base\": 0.214, "
    "\"value\": "
    "0.097,\n"
    "   \"delta\": -0.117, \"half_width\": 0.005, \"verdict\": \"better\"}],\n"
    " \"card\": {\"grade\": \"C\", \"rows\": [], \"limits\": [], \"unknown\": [\"LPs\"]}\n"
    "}\n";

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

static struct result *read_text(struct arena *a, struct errs *e, const char *text, size_t n)
{
    const char *path = capture_write(a, text, n);
    struct result *r = report_read(a, path, e);
    (void)unlink(path);
    return r;
}

/* `minimal` with the first `old` replaced. */
static char *changed(struct arena *a, const char *old, const char *new)
{
    const char *at = strstr(minimal, old);
    assert_non_null(at);
    return arena_printf(a, "%.*s%s%s", (int)(at - minimal), minimal, new, at + strlen(old));
}

static void test_report_read_the_described_shape(void **state)
{
    struct errs *e = errs_new(*state);
    const struct result *r = read_text(*state, e, minimal, strlen(minimal));
    assert_non_null(r);
    assert_false(errs_any(e));
    assert_int_equal(r->scenarios, 2);
    assert_close(r->scenario[0].metric[0].mean, 0.214, 1e-15);
    assert_true(isnan(r->scenario[0].metric[0].p99));
    assert_true(isnan(r->scenario[0].metric[0].calibration_half_width));
    assert_string_equal(r->scenario[1].change[0].to, "2");
    assert_string_equal(r->scenario[1].bottleneck.resource, "none");
    assert_true(isnan(r->scenario[1].bottleneck.utilization));
    assert_true(isnan(r->scenario[1].warmup_s));
    assert_int_equal(r->comparison[0].verdict, VERDICT_BETTER);
    assert_int_equal(r->card.grade, 'C');
    assert_string_equal(r->card.unknown[0], "LPs");
    assert_int_equal(r->warnings, 0);
}

/* And a report of it can be written: nothing that is absent is a NULL. */
static void test_report_read_what_is_cut_short_can_be_reported(void **state)
{
    struct errs *e = errs_new(*state);
    const struct result *r = read_text(*state, e, minimal, strlen(minimal));
    const struct text_style style = {72, false, true, true};
    FILE *out = tmpfile();
    assert_true(report_text(out, r, &style) && report_markdown(out, r) && report_csv(out, r) &&
                report_html(out, r));
    assert_non_null(strstr(capture_end(*state, out, NULL), "Nothing limits"));
}

struct error_case {
    const char *old, *new;
    int line, column;
    const char *path, *text;
};

static const struct error_case error_cases[] = {
    {"result/1\"", "model/1\"", 1, 12, "schema", "not a result"},
    {"\"schema\": \"hvplan.result/1\",", "", 1, 1, "schema", "not a result"},
    {"\"schema\": \"hvplan.result/1\"", "\"schema\": 1", 1, 12, "schema", "not a result"},
    {"\"name\": \"hvplan\"", "\"name\": \"lqsim\"", 2, 19, "tool.name", "expected \"hvplan\", found lqsim"},
    {"\"seed\": 1", "\"seed\": -1", 3, 25, "provenance.seed", "expected a count"},
    {"\"seed\": 1", "\"seed\": \"1x\"", 3, 25, "provenance.seed", "expected a count"},
    {"\"seed\": 1", "\"seed\": \"99999999999999999999\"", 3, 25, "provenance.seed", "expected a count"},
    {"\"seed\": 1", "\"seed\": 1.5", 3, 25, "provenance.seed", "expected a count"},
    {"\"compare\"", "7", 3, 42, "provenance.arguments[0]", "expected a text, found a whole number"},
    {"[\"compare\", \"host.yaml\"]", "{}", 3, 41, "provenance.arguments",
     "expected a list of texts, found an object"},
    {"\"incomplete\": false", "\"incomplete\": 0", 4, 69, "provenance.incomplete", "expected true or false"},
    {"\"mean\": 0.214", "\"mean\": \"0.214\"", 7, 66, "scenarios[0].metrics.workload.shop.response_s.mean",
     "expected a number or null, found a text"},
    {"\"mean\": 0.214, ", "", 7, 44, "scenarios[0].metrics.workload.shop.response_s", "\"mean\" is missing"},
    {"\"n\": 8", "\"n\": 8.5", 8, 50, "scenarios[0].metrics.workload.shop.response_s.n",
     "expected a whole number"},
    {"\"servers\": 1", "\"servers\": -3", 9, 105, "scenarios[0].resources[0].servers", "-3 is out of range"},
    {"\"servers\": 1", "\"servers\": 4294967297", 9, 105, "scenarios[0].resources[0].servers",
     "out of range"},
    {"\"unit\": \"s\"", "\"unit\": null", 7, 53, "scenarios[0].metrics.workload.shop.response_s.unit",
     "expected a text, found null"},
    {"\"metrics\": {\"", "\"metrics\": [], \"x\": {\"", 7, 15, "scenarios[0].metrics",
     "expected an object, found a list"},
    {"\"from\": 1", "\"from\": [1]", 11, 67, "scenarios[1].changes[0].from",
     "expected a text, a number or null"},
    {"\"name\": \"set\", ", "", 11, 3, "scenarios[1]", "\"name\" is missing"},
    {"\"better\"", "\"nicer\"", 13, 53, "comparison[0].verdict",
     "expected \"better\", \"worse\", \"same\" or null"},
    {"\"better\"", "3", 13, 53, "comparison[0].verdict", "expected \"better\""},
    {"[{\"scenario\"", "[3, {\"scenario\"", 12, 17, "comparison[0]",
     "expected an object, found a whole number"},
    {"\"grade\": \"C\"", "\"grade\": \"C+\"", 14, 20, "card.grade", "expected a grade"},
    {"\"grade\": \"C\"", "\"grade\": \"G\"", 14, 20, "card.grade", "expected a grade"},
    {"\"rows\": []", "\"rows\": null", 14, 33, "card.rows", "expected a list, found null"},
};

static void test_report_read_errors_say_where(void **state)
{
    struct arena *a = *state;
    for (size_t i = 0; i < sizeof error_cases / sizeof error_cases[0]; i++) {
        const struct error_case *c = &error_cases[i];
        struct errs *e = errs_new(a);
        const char *text = changed(a, c->old, c->new);
        assert_null(read_text(a, e, text, strlen(text)));
        assert_int_equal(errs_exit_code(e), ERR_INVALID);
        const struct err *err = errs_get(e, 0);
        if (err->pos.line != c->line || err->pos.column != c->column || !strstr(err->text, c->text))
            fail_msg("case %zu: %s", i, errs_format(a, err));
        assert_string_equal(err->path, c->path);
    }
}

static void test_report_read_all_errors_in_one_pass(void **state)
{
    struct errs *e = errs_new(*state);
    static const char text[] =
        "{\"schema\": \"hvplan.result/1\", \"tool\": 1, \"provenance\": {}, \"scenarios\": {}}";
    assert_null(read_text(*state, e, text, strlen(text)));
    assert_int_equal(errs_count(e), 6);
}

static void test_report_read_unknown_fields_warn(void **state)
{
    struct errs *e = errs_new(*state);
    const char *text = changed(*state, "\"incomplete\"", "\"host\": {\"a\": 1}, \"incomplete\"");
    assert_non_null(read_text(*state, e, text, strlen(text)));
    assert_int_equal(errs_warning_count(e), 1);
    assert_string_equal(errs_warning(e, 0)->code, "W508");
    assert_non_null(strstr(errs_warning(e, 0)->text, "provenance.host"));
}

struct broken_case {
    const char *text;
    size_t n;
    int line;
};

static void test_report_read_what_is_not_json(void **state)
{
    static const struct broken_case cases[] = {
        {"", 0, 1},
        {"{\n\"schema\": \n", 13, 3},
        {"{\"a\": 1, \"a\": 2}", 16, 1},
        {"{\"a\": \"\\u0000\"}", 15, 1},
        {"{\"a\": \"\0\"}", 10, 1},
        {"{\n\n\"a\": \"\xFC\"}", 12, 3},
        {"{} {}", 5, 1},
        {"MZ\x90\x00\x03", 5, 1},
        {"schema: hvplan.model/1\n", 23, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct errs *e = errs_new(*state);
        assert_null(read_text(*state, e, cases[i].text, cases[i].n));
        assert_int_equal(errs_count(e), 1);
        assert_int_equal(errs_exit_code(e), ERR_INVALID);
        const struct err *err = errs_get(e, 0);
        assert_non_null(strstr(err->text, "not JSON"));
        assert_int_equal(err->pos.line, cases[i].line);
        assert_true(err->pos.column >= 1);
    }
}

static void test_report_read_no_object(void **state)
{
    static const char *const cases[] = {"[]", "[[[[[[1]]]]]]"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct errs *e = errs_new(*state);
        assert_null(read_text(*state, e, cases[i], strlen(cases[i])));
        assert_non_null(strstr(errs_get(e, 0)->text, "expected an object, found a list"));
    }
}

static void test_report_read_deep_nesting(void **state)
{
    enum { DEPTH = 100000 };
    char *text = arena_alloc(*state, DEPTH + 1, 1);
    memset(text, '[', DEPTH);
    struct errs *e = errs_new(*state);
    assert_null(read_text(*state, e, text, DEPTH));
    assert_int_equal(errs_exit_code(e), ERR_INVALID);
}

static void test_report_read_unreadable(void **state)
{
    static const char *const paths[] = {"/nowhere/at/all.json", "/"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct errs *e = errs_new(*state);
        assert_null(report_read(*state, paths[i], e));
        assert_int_equal(errs_exit_code(e), ERR_UNREADABLE);
        assert_string_equal(errs_get(e, 0)->pos.file, paths[i]);
    }
}

/* Every prefix of a result is refused, none crashes. */
static void test_report_read_truncated(void **state)
{
    size_t n = strlen(minimal) - 2;
    for (size_t cut = 0; cut < n; cut += 7) {
        struct errs *e = errs_new(*state);
        assert_null(read_text(*state, e, minimal, cut));
        assert_int_equal(errs_exit_code(e), ERR_INVALID);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_report_read_the_described_shape, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_read_what_is_cut_short_can_be_reported, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_read_errors_say_where, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_read_all_errors_in_one_pass, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_read_unknown_fields_warn, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_read_what_is_not_json, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_read_no_object, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_read_deep_nesting, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_read_unreadable, setup, teardown),
        cmocka_unit_test_setup_teardown(test_report_read_truncated, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
