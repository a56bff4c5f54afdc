/* The report on a terminal: order, width, colours, and what each kind of result shows. */
#include "tests/support/support.h"

#include "reports/report.h"
#include "reports/term.h"
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

static char *text_of(struct arena *a, const struct result *r, struct text_style style)
{
    FILE *out = tmpfile();
    assert_true(report_text(out, r, &style));
    return capture_end(a, out, NULL);
}

static const char *at(const char *text, const char *part)
{
    const char *found = strstr(text, part);
    if (!found)
        fail_msg("\"%s\" is not in the report", part);
    return found;
}

static void test_report_text_order(void **state)
{
    const char *text = text_of(*state, fixture_result(*state), (struct text_style){100, false, true, false});
    static const char *const parts[] = {"What-if report",
                                        "Summary",
                                        "baseline",
                                        "At a glance",
                                        "What changes",
                                        "Objectives",
                                        "Response and throughput",
                                        "Where the time goes",
                                        "How busy everything is",
                                        "Bottleneck trail",
                                        "Differences from the baseline",
                                        "Hypervisor time by cause",
                                        "How far to trust the model",
                                        "Warnings",
                                        "Assumed values that matter",
                                        "Provenance",
                                        "Seed"};
    const char *last = text;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *here = at(last, parts[i]);
        assert_true(here >= last);
        last = here;
    }
}

/* "Does it fit?" is answered among the findings, not by "1 warning, listed below". */
static void test_report_text_tells_warnings_that_answer(void **state)
{
    struct warning rows[] = {
        {"W304", "scenario 'baseline': the VMs need 109 % of the memory of HV01", "baseline"},
        {"W303", "scenario 'baseline': an opinion", "baseline"},
        {"W307", "scenario 'other': of nobody here", "other"}};
    struct result *r = fixture_result(*state);
    r->warning = rows;
    r->warnings = (int)(sizeof rows / sizeof *rows);
    const char *text = text_of(*state, r, (struct text_style){200, false, false, false});
    const char *glance = at(text, "At a glance");
    const char *found = at(text, "The VMs need 109 % of the memory of HV01 (W304).");
    assert_true(found < glance);
    assert_true(strstr(text, "An opinion") == NULL);
    assert_true(strstr(text, "Of nobody here") == NULL);
}

static void test_report_text_says_the_findings(void **state)
{
    const char *text = text_of(*state, fixture_result(*state), (struct text_style){200, false, false, false});
    static const char *const parts[] = {
        "Best for shop: 2nd vCPU & <b>SLAT</b> \"now\", 96.1 ms instead of 214 ms (-55 %).",
        "No what-if shortens the response of mail.",
        "vm.web01.vcpu is the bottleneck (92.8 % busy, probability 99.1 %). Once it is relieved, "
        "disk.HV01.data takes "
        "over at 1.31 +/- 0.05x today's load.",
        "The bottleneck moves from vm.web01.vcpu to disk.HV01.data (72.0 % busy, probability 87.4 %).",
        "Cannot keep up",
        "No change that matters (within the noise or under 1 %): mail.",
        "Objective \"mail p95\" is missed: mail p95 of 610 ms is over 300 ms.",
        "The precision asked for was not reached for 2 workload figures",
        "2 warnings, listed below with their codes.",
        "W303",
        "memory_virtualization.exit_cost",
        "What the log could not tell and was guessed",
        "18446744073709551557",
        "hvplan compare 'host & co.yaml' 'what-if \"six\".yaml' --threads 2",
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        at(text, parts[i]);
    assert_null(strstr(text, "vhd.fixed.root_cpu")); /* 0.03 % of the response: does not matter */
}

static void test_report_text_outside_and_interrupted(void **state)
{
    struct result *r = fixture_result_single(*state);
    r->scenario[0].bottleneck.resource = "external.crm";
    r->scenario[0].bottleneck.outside = true;
    r->provenance.incomplete = true;
    const char *text = text_of(*state, r, (struct text_style){200, false, false, false});
    at(text, "external.crm is the bottleneck");
    at(text, "It is outside the hosts: no change on the hosts helps.");
    at(text, "The run was interrupted");
    assert_null(strstr(text, "Once it is relieved"));
}

static void test_report_text_fits_every_width(void **state)
{
    struct arena *a = *state;
    const struct result *all[] = {fixture_result(a), fixture_result_single(a), fixture_result_card(a),
                                  fixture_result_curve(a), fixture_result_blame(a)};
    for (size_t k = 0; k < sizeof all / sizeof all[0]; k++) {
        for (int width = 60; width <= 200; width += 14) {
            const char *text = text_of(a, all[k], (struct text_style){width, false, true, true});
            for (const char *line = text; *line; line += strcspn(line, "\n") + 1) {
                const char *copy = arena_strndup(a, line, strcspn(line, "\n"));
                if (term_width(copy) > width)
                    fail_msg("width %d: %s", width, copy);
            }
        }
    }
}

static void test_report_text_plain(void **state)
{
    const char *text = text_of(*state, fixture_result(*state), (struct text_style){90, false, false, true});
    for (const char *p = text; *p; p++) {
        if ((unsigned char)*p >= 0x80 || (*p < 0x20 && *p != '\n'))
            fail_msg("byte 0x%02x after: %.40s", (unsigned char)*p, p - (p - text > 40 ? 40 : p - text));
    }
}

static void test_report_text_colours_come_off(void **state)
{
    struct arena *a = *state;
    const char *plain = text_of(a, fixture_result(a), (struct text_style){90, false, true, false});
    char *colored = text_of(a, fixture_result(a), (struct text_style){90, true, true, false});
    assert_true(capture_count(colored, "\x1b[31m") > 5);
    char *to = colored;
    for (const char *from = colored; *from;) {
        if (*from == '\x1b')
            from += strcspn(from, "m") + 1;
        else
            *to++ = *from++;
    }
    *to = '\0';
    assert_string_equal(colored, plain);
}

static void test_report_text_one_scenario(void **state)
{
    const char *text =
        text_of(*state, fixture_result_single(*state), (struct text_style){100, false, true, false});
    at(text, "Simulation report");
    at(text, "Waiting");
    at(text, "p99");
    static const char *const absent[] = {"Best for", "Differences", "What changes",
                                         "Verdict",  "No what-if",  "Grade"};
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
        assert_null(strstr(text, absent[i]));
}

static void test_report_text_card_only(void **state)
{
    const char *text =
        text_of(*state, fixture_result_card(*state), (struct text_style){100, false, true, false});
    at(text, "Calibration report card");
    at(text, "B: 4 counters back-tested.");
    at(text, "+16.8 %");
    at(text, "What limits the grade");
    assert_null(strstr(text, "At a glance"));
    assert_null(strstr(text, "Scenario"));
}

/* Rows named after metrics have their unit, rows named after counters none. */
static void test_report_text_card_units(void **state)
{
    static const char *const expected[][2] = {{"host.HV01.lp.utilization", "18.9 %"},
                                              {"vm.web01.cpu", "0.189 LPs"},
                                              {"workload.shop.throughput_per_s", "0.189 /s"},
                                              {"workload.shop.response_s", "189 ms"},
                                              {"disk.HV01.data.queue", "0.189"},
                                              {"\\\\HV01\\Weird\\odd_per_s", "0.189"}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        struct result *r = fixture_result_card(*state);
        r->card.row[0] = (struct card_row){expected[i][0], 0.18913, 0.2, 1.0, "points", 1.0};
        r->card.rows = 1;
        const char *text = text_of(*state, r, (struct text_style){100, false, true, false});
        at(text, arena_printf(*state, "  %s  ", expected[i][1]));
    }
}

static void test_report_text_grade_f(void **state)
{
    struct result *r = fixture_result_card(*state);
    r->card.grade = 'F';
    at(text_of(*state, r, (struct text_style){100, false, true, false}), "Not good enough to plan with.");
}

static void test_report_text_verbose_has_every_metric(void **state)
{
    struct arena *a = *state;
    struct result *r = fixture_result_single(a);
    const char *text = text_of(a, r, (struct text_style){200, false, true, true});
    for (int i = 0; i < r->scenario[0].metrics; i++)
        at(text, r->scenario[0].metric[i].name);
    at(text, "Second opinion");
}

/* No scenario at all, no names, NaN everywhere: nothing to say is no reason to crash. */
static void test_report_text_of_nothing(void **state)
{
    struct result r = {.version = "", .commit = ""};
    struct scenario_result empty = {.name = "",
                                    .bottleneck = {.resource = "none", .utilization = (double)NAN}};
    at(text_of(*state, &r, (struct text_style){80, false, true, true}), "Provenance");
    r.scenario = &empty;
    r.scenarios = 1;
    at(text_of(*state, &r, (struct text_style){80, false, true, true}), "Nothing limits");
}

static void test_report_text_full_disk(void **state)
{
    FILE *out = fopen("/dev/full", "w");
    if (!out)
        skip();
    struct text_style style = {80, false, true, false};
    assert_false(report_text(out, fixture_result(*state), &style));
    (void)fclose(out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_report_text_order),
        TEST(test_report_text_says_the_findings),
        TEST(test_report_text_tells_warnings_that_answer),
        TEST(test_report_text_outside_and_interrupted),
        TEST(test_report_text_fits_every_width),
        TEST(test_report_text_plain),
        TEST(test_report_text_colours_come_off),
        TEST(test_report_text_one_scenario),
        TEST(test_report_text_card_only),
        TEST(test_report_text_card_units),
        TEST(test_report_text_grade_f),
        TEST(test_report_text_verbose_has_every_metric),
        TEST(test_report_text_of_nothing),
        TEST(test_report_text_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
