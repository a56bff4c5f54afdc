/* Logs of real machines, where their folder lies beside the project; they are not part of it. */
#include "calibrate/calibrate.h"
#include "model/base/units.h"
#include "tests/support/support.h"
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define LOGS HVPLAN_SOURCE_DIR "/../shared/logs"

static void need_logs(void)
{
    struct stat s;
    if (stat(LOGS, &s) != 0) {
        print_message("skipped: no folder %s\n", LOGS);
        skip();
    }
}

struct outcome {
    struct arena *arena;
    struct errs *errs;
    struct calibration *c;
};

static struct outcome calibrated(const char *const *paths, int n)
{
    struct outcome o = {.arena = arena_new()};
    o.errs = errs_new(o.arena);
    o.c = calibrate_logs(o.arena, paths, n, NULL, 1, 2, o.errs);
    assert_non_null(o.c);
    return o;
}

/* Two rolled pairs at 30 s and 5 s, totals only, complement of idle time, 11 minutes of a nearly idle server: a model comes
 * out, and the grade says not to plan with it. */
static void test_getperf(void **state)
{
    (void)state;
    need_logs();
    static const char *const paths[] = {
        LOGS "/getperf_000000_DiskNetwork.csv", LOGS "/getperf_001000_DiskNetwork.csv",
        LOGS "/getperf_000000_ProcessorMemory.csv", LOGS "/getperf_001000_ProcessorMemory.csv"};
    struct outcome o = calibrated(paths, 4);
    assert_int_equal(o.c->card.grade, 'F');
    assert_false(o.c->good_enough);
    assert_true(o.c->card.limit_count >= 3);
    const struct node *host = node_get(node_get(o.c->model, "hosts"), "LIVING1");
    assert_non_null(host);
    assert_string_equal(node_get(host, "hypervisor")->text, "none");
    assert_int_equal(node_get(host, "nics")->n, 1); /* the tunnels carry nothing of their own */
    const struct inspection *v = inspect_logs(o.arena, paths, 4, o.errs);
    assert_non_null(v);
    assert_int_equal(v->gaps, 2);
    assert_close(v->longest_gap_s, 300.8, 0.01);
    assert_close(v->machine[0].true_cpu, 0.0161, 0.03);
    arena_free(o.arena);
}

static void test_wide_log(void **state)
{
    (void)state;
    need_logs();
    static const char *const paths[] = {LOGS "/sirisaac_Sample01.csv"};
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    const struct inspection *v = inspect_logs(a, paths, 1, e);
    assert_non_null(v);
    assert_int_equal(v->columns, 5963);
    assert_int_equal(v->rows, 16);
    assert_int_equal(v->machine[0].lps, 4);
    uint64_t missing = 0, bad = 0;
    for (int i = 0; i < v->columns; i++) {
        missing += v->column[i].missing;
        bad += v->column[i].bad;
    }
    assert_int_equal(missing, 2589 + 1256);
    assert_int_equal(bad, 0);
    arena_free(a);
}

static void test_japanese_log(void **state)
{
    (void)state;
    need_logs();
    static const char *const paths[] = {LOGS "/wfjsg_test2.csv"};
    struct outcome o = calibrated(paths, 1);
    assert_string_equal(errs_warning(o.errs, 0)->code, "W502");
    assert_non_null(strstr(errs_warning(o.errs, 0)->text, "CP932"));
    arena_free(o.arena);
}

/* A real scheduler under known jobs: CPU demand within 5 % of the recorded jobs' (README of the logs), grade A or B. */
static void test_measured_scheduler(void **state)
{
    (void)state;
    need_logs();
    static const struct {
        const char *name, *vm;
        double cpu_ms;
    } runs[] = {{"a_2vm_35", "vm1", 19.75},     {"a_2vm_35", "vm2", 19.52},   {"c_2vp_90", "vm1", 20.30},
                {"c_2vp_90", "vm2", 19.52},     {"e_4vm_40", "vm1", 20.12},   {"e_4vm_40", "vm4", 20.30},
                {"g_sat_cg", "vm1", 20.35},     {"g_sat_cg", "vm2", 20.10},   {"i_cap50", "vm1", 20.34},
                {"j_closed_1vp", "vm1", 20.32}, {"l_exp_1cpu", "vm2", 19.52}, {"m_alone_vm1", "vm1", 20.84},
                {"m_alone_vm2", "vm2", 9.95},   {"m_alone_vm3", "vm3", 2.00}, {"m_alone_vm4", "vm4", 39.60}};
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        char path[400];
        snprintf(path, sizeof path, "%s/realsched/%s.csv", LOGS, runs[i].name);
        struct outcome o = calibrated((const char *const[]){path}, 1);
        const struct node *w = node_get(node_get(o.c->model, "workloads"), runs[i].vm);
        double ns;
        assert_non_null(w);
        assert_int_equal(units_parse(node_get(node_get(w, "steps")->child[0], "cpu")->text, UNIT_TIME, &ns),
                         UNITS_OK);
        assert_close(ns * 1e-6, runs[i].cpu_ms, 0.05);
        assert_in_range(o.c->card.grade, 'A', 'B');
        arena_free(o.arena);
    }
}

/* Eight users who think 100 ms; a limit of half a processor; shares of 100 and 300: seen from the counters alone. */
static void test_closed_limited_weighted(void **state)
{
    (void)state;
    need_logs();
    struct outcome o = calibrated((const char *const[]){LOGS "/realsched/j_closed_1vp.csv"}, 1);
    const struct node *closed = node_get(node_get(node_get(o.c->model, "workloads"), "vm1"), "closed");
    assert_string_equal(node_get(closed, "users")->text, "8");
    arena_free(o.arena);
    o = calibrated((const char *const[]){LOGS "/realsched/i_cap50.csv"}, 1);
    assert_string_equal(node_get(node_get(node_get(o.c->model, "vms"), "vm1"), "limit")->text, "50 %");
    arena_free(o.arena);
    o = calibrated((const char *const[]){LOGS "/realsched/g_sat_cg.csv"}, 1);
    double weight;
    const char *text = node_get(node_get(node_get(o.c->model, "vms"), "vm2"), "weight")->text;
    assert_int_equal(units_parse(text, UNIT_NONE, &weight), UNITS_OK);
    assert_close(weight, 300.0, 0.05);
    arena_free(o.arena);
}

/* What is no text of counters is refused with words that help. */
static void test_refused(void **state)
{
    (void)state;
    need_logs();
    static const struct {
        const char *name, *word;
    } files[] = {{"pal_SampleLog.blg", "relog"},
                 {"tx_BasicPerfCounters.blg", "relog"},
                 {"a-schild_nic_monitoring.htm", "HTML"},
                 {"css-exchange_E16_GetCounterSamples.xml", "Export-Counter"},
                 {"bgeneto_Disk_Usage_Counts_by_IO_Type_Priority.csv.bz2", "bunzip2"},
                 {"etwanalyzer_wpaexporter_Disk_Usage_Utilization_by_Disk.csv", "no counter log"},
                 {"realsched/a_2vm_35.vm1.csv.gz", "gunzip"}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct arena *a = arena_new();
        struct errs *e = errs_new(a);
        const char *paths[] = {arena_printf(a, "%s/%s", LOGS, files[i].name)};
        assert_null(inspect_logs(a, paths, 1, e));
        assert_int_equal(errs_exit_code(e), 3);
        assert_non_null(strstr(errs_get(e, 0)->text, files[i].word));
        arena_free(a);
    }
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_getperf),
        cmocka_unit_test(test_wide_log),
        cmocka_unit_test(test_japanese_log),
        cmocka_unit_test(test_measured_scheduler),
        cmocka_unit_test(test_closed_limited_weighted),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
