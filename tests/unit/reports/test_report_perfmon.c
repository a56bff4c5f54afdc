/* Counter logs as PerfMon writes them, byte by byte. */
#include "tests/support/support.h"

#include "reports/report.h"
#include "tests/support/capture.h"

#include <math.h>
#include <string.h>

static const char *paths[] = {
    "\\\\HV01\\Hyper-V Hypervisor Logical Processor(_Total)\\% Total Run Time",
    "\\\\HV01\\Memory\\Available MBytes",
    "\\\\HV01\\PhysicalDisk(0 D:)\\Avg. Disk sec/Read",
    "\\\\HV01\\Network Interface(odd \"nic\")\\Output Queue Length",
};
static double values[] = {
    41.37,
    1024.0,
    0.0071,
    3.0, /* first sample: rates are not known yet */
    41.3700000001,
    1023.5,
    9.0381772607494055e-05,
    0.0,
    (double)NAN,
    1022.0,
    6.02e+23,
    (double)INFINITY,
    100.00000000012,
    0.0,
    -1.5,
    1e-300,
};
static int64_t at_ns[] = {0, 15000000000, 30012345678, 86399999999999};

static char *perfmon(struct arena *a, int rows, int64_t start_s)
{
    struct counter_log log = {paths, 4, values, at_ns, rows};
    FILE *out = tmpfile();
    assert_true(report_perfmon(out, &log, start_s));
    return capture_end(a, out, NULL);
}

static void test_report_perfmon_bytes(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    /* 1243845015 = 2009-06-01 08:30:15 UTC (date -u -d @1243845015). */
    assert_string_equal(
        perfmon(a, 4, 1243845015),
        "\"(PDH-CSV 4.0) (UTC)(0)\",\"\\\\HV01\\Hyper-V Hypervisor Logical Processor(_Total)\\% Total Run "
        "Time\","
        "\"\\\\HV01\\Memory\\Available MBytes\",\"\\\\HV01\\PhysicalDisk(0 D:)\\Avg. Disk sec/Read\","
        "\"\\\\HV01\\Network Interface(odd \"\"nic\"\")\\Output Queue Length\"\r\n"
        "\"06/01/2009 08:30:15.000\",\" \",\"1024\",\" \",\"3\"\r\n"
        "\"06/01/2009 08:30:30.000\",\"41.370000000099999\",\"1023.5\",\"9.0381772607494055e-005\",\"0\"\r\n"
        "\"06/01/2009 08:30:45.012\",\" \",\"1022\",\"6.02e+023\",\" \"\r\n"
        "\"06/02/2009 08:30:14.999\",\"100.00000000012\",\"0\",\"-1.5\",\"1e-300\"\r\n");
    arena_free(a);
}

static void test_report_perfmon_leap_day_and_epoch(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_non_null(strstr(perfmon(a, 1, 0), "\"01/01/1970 00:00:00.000\""));
    assert_non_null(
        strstr(perfmon(a, 1, 1709164800), "\"02/29/2024 00:00:00.000\"")); /* date -u -d @1709164800 */
    arena_free(a);
}

static void test_report_perfmon_without_rows(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_int_equal(capture_count(perfmon(a, 0, 0), "\r\n"), 1);
    arena_free(a);
}

static void test_report_perfmon_full_disk(void **state)
{
    (void)state;
    FILE *out = fopen("/dev/full", "w");
    if (!out)
        skip();
    struct counter_log log = {paths, 4, values, at_ns, 4};
    assert_false(report_perfmon(out, &log, 0));
    (void)fclose(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_report_perfmon_bytes),
        cmocka_unit_test(test_report_perfmon_leap_day_and_epoch),
        cmocka_unit_test(test_report_perfmon_without_rows),
        cmocka_unit_test(test_report_perfmon_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
