/* What is in a log, and which rules it breaks. */
#include "calibrate/calibrate.h"
#include "calibrate/threshold.h"
#include "calibrate/topics.h"
#include "tests/support/support.h"
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define PATH HVPLAN_BINARY_DIR "/test_inspect.csv"
#define ROWS 40

/* One column: its path, its value in most rows and in every tenth. */
struct column {
    const char *path;
    double usual, tenth;
};

static struct inspection *inspect_columns(struct arena *a, const struct column *c, int n)
{
    static const char *const paths[] = {PATH};
    FILE *f = fopen(PATH, "wb");
    assert_non_null(f);
    fprintf(f, "\"(PDH-CSV 4.0) (UTC)(0)\"");
    for (int i = 0; i < n; i++) {
        fprintf(f, ",\"%s\"", c[i].path);
    }
    for (int r = 0; r < ROWS; r++) {
        fprintf(f, "\n\"05/11/2015 00:%02d:00.500\"", r);
        for (int i = 0; i < n; i++) {
            fprintf(f, ",\"%.6f\"", (r % 10 == 9 ? c[i].tenth : c[i].usual) * (1.0 + 0.001 * ((r * 7) % 5)));
        }
    }
    fclose(f);
    struct errs *e = errs_new(a);
    struct inspection *v = inspect_logs(a, paths, 1, e);
    assert_non_null(v);
    return v;
}

static const struct inspect_finding *finding(const struct inspection *v, const char *code)
{
    for (int i = 0; i < v->findings; i++) {
        if (strcmp(v->finding[i].code, code) == 0) {
            return &v->finding[i];
        }
    }
    return NULL;
}

#define LP "\\\\HV1\\Hyper-V Hypervisor Logical Processor"
#define ROOT "\\\\HV1\\Hyper-V Hypervisor Root Virtual Processor"
#define VP "\\\\HV1\\Hyper-V Hypervisor Virtual Processor"

/* Task Manager shows 4 % while the LPs are at 96 %. */
static void test_true_cpu_beside_task_manager(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    static const struct column columns[] = {
        {LP "(Hv LP 0)\\% Total Run Time", 97, 95},   {LP "(Hv LP 1)\\% Total Run Time", 95, 93},
        {LP "(_Total)\\% Total Run Time", 96, 94},    {ROOT "(Root VP 0)\\% Total Run Time", 5, 5},
        {ROOT "(Root VP 1)\\% Total Run Time", 3, 3}, {VP "(web:Hv VP 0)\\% Guest Run Time", 92, 91}};
    const struct inspection *v = inspect_columns(a, columns, 6);
    assert_int_equal(v->machines, 1);
    assert_true(v->machine[0].hyperv);
    assert_int_equal(v->machine[0].lps, 2);
    assert_int_equal(v->machine[0].vms, 1);
    assert_string_equal(v->machine[0].vm[0], "web");
    assert_int_equal(v->machine[0].vcpus[0], 1);
    assert_close(v->machine[0].true_cpu, 0.958, 0.005);
    assert_close(v->machine[0].task_manager, 0.04, 0.005);
    assert_non_null(finding(v, "I101"));
    assert_non_null(strstr(finding(v, "T101")->text, "critical"));
    assert_non_null(finding(v, "T102"));
    assert_non_null(finding(v, "T104"));
    assert_null(finding(v, "T201"));
    assert_string_equal(v->first, "2015-05-11 00:00:00.500");
    assert_close(v->interval_s, 60.0, 1e-9);
    assert_int_equal(v->rows, ROWS);
    assert_int_equal(v->columns, 6);
    assert_int_equal(v->column[0].values, ROWS);
    arena_free(a);
}

/* A guest that logged itself beside its host: both views, no finding on its skewed clock, no star lost. */
static void test_guest_beside_its_host(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    static const struct column columns[] = {{LP "(Hv LP 0)\\% Total Run Time", 60, 60},
                                            {ROOT "(Root VP 0)\\% Total Run Time", 5, 5},
                                            {VP "(web:Hv VP 0)\\% Total Run Time", 37, 37},
                                            {VP "(web:Hv VP 1)\\% Total Run Time", 21, 21},
                                            {VP "(web:Hv VP 0)\\% Guest Run Time", 31, 31},
                                            {"\\\\WEB\\Processor(0)\\% Processor Time", 97, 97},
                                            {"\\\\WEB\\Processor(1)\\% Processor Time", 89, 89},
                                            {"\\\\WEB\\System\\Processor Queue Length", 4, 9},
                                            {"\\\\other\\Processor(0)\\% Processor Time", 11, 12}};
    const struct inspection *host_alone = inspect_columns(a, columns, 5), *v = inspect_columns(a, columns, 8);
    assert_int_equal(v->machines, 2);
    assert_null(v->machine[0].guest_of);
    assert_true(isnan(v->machine[0].guest_clock));
    assert_string_equal(v->machine[1].guest_of, "HV1");
    assert_int_equal(v->machine[1].lps, 2);
    assert_close(v->machine[1].guest_clock, 0.93, 0.005);
    assert_close(v->machine[1].true_cpu, 0.29, 0.005);
    assert_null(finding(v, "T201"));
    assert_null(finding(v, "I104"));
    assert_int_equal(v->stars, host_alone->stars);
    const struct inspection *w = inspect_columns(a, columns, 9);
    assert_null(w->machine[2].guest_of); /* a name of no VM: a physical machine */
    arena_free(a);
}

/* A tenth of the time is a finding and says so; the other nine tenths are not called critical. */
static void test_share_of_time(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    static const struct column columns[] = {{"\\\\P\\Processor(0)\\% Processor Time", 30, 60},
                                            {"\\\\P\\PhysicalDisk(0 C:)\\Avg. Disk sec/Read", 0.004, 0.09},
                                            {"\\\\P\\PhysicalDisk(0 C:)\\% Idle Time", 90, 70},
                                            {"\\\\P\\Network Interface(x)\\Current Bandwidth", 1e8, 1e8}};
    const struct inspection *v = inspect_columns(a, columns, 4);
    assert_non_null(strstr(finding(v, "T201")->text, "warning"));
    assert_non_null(strstr(finding(v, "T201")->text, "(over 50) during 10 %"));
    assert_non_null(strstr(finding(v, "T301")->text, "critical"));
    assert_non_null(strstr(finding(v, "T301")->text, "PAL"));
    assert_non_null(strstr(finding(v, "T402")->text, "below"));
    assert_null(finding(v, "T304"));
    assert_null(finding(v, "T101"));
    arena_free(a);
}

/* One star for each: single processors, their split, disk rates with latency, disk depth, throughput. */
static void test_stars(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    static const struct column columns[] = {{"\\\\P\\Processor(0)\\% Processor Time", 30, 60},
                                            {"\\\\P\\PhysicalDisk(0 C:)\\Disk Reads/sec", 30, 20},
                                            {"\\\\P\\PhysicalDisk(0 C:)\\Avg. Disk sec/Read", 0.004, 0.005},
                                            {"\\\\P\\PhysicalDisk(0 C:)\\% Idle Time", 90, 70},
                                            {"\\\\P\\Web Service(_Total)\\Total Method Requests/sec", 9, 8}};
    static const int stars[] = {2, 2, 3, 4, 5};
    for (int n = 1; n <= 5; n++) {
        assert_int_equal(inspect_columns(a, columns, n)->stars, stars[n - 1]);
    }
    static const struct column nothing[] = {{"\\\\P\\Process(x)\\% Processor Time", 30, 60}};
    assert_int_equal(inspect_columns(a, nothing, 1)->stars, 1);
    assert_int_equal(inspect_columns(a, nothing, 1)->machines, 0);
    arena_free(a);
}

static void test_slips_are_named(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    static const struct column columns[] = {{"\\\\P\\Processor(0)\\% Processor Tim", 30, 60}};
    const struct inspection *v = inspect_columns(a, columns, 1);
    assert_non_null(strstr(finding(v, "I104")->text, "Processor\\% Processor Time"));
    arena_free(a);
}

static void test_topics(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    size_t n;
    const struct topic *all = topics_calibrate(a, &n);
    assert_true(n > threshold_count);
    for (size_t i = 0; i < n; i++) {
        assert_non_null(all[i].source);
        assert_true(strlen(all[i].text) > 20);
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(all[i].name, all[k].name);
        }
    }
    arena_free(a);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_true_cpu_beside_task_manager),
        cmocka_unit_test(test_guest_beside_its_host),
        cmocka_unit_test(test_share_of_time),
        cmocka_unit_test(test_stars),
        cmocka_unit_test(test_slips_are_named),
        cmocka_unit_test(test_topics),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
