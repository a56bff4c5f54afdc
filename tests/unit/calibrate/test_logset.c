/* Several logs as one set of series. */
#include "calibrate/logset.h"
#include "tests/support/support.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define A HVPLAN_BINARY_DIR "/test_logset_a.csv"
#define B HVPLAN_BINARY_DIR "/test_logset_b.csv"
#define PAGES "\\\\H\\Memory\\Pages/sec"
#define READS "\\\\H\\PhysicalDisk(0 C:)\\Disk Reads/sec"

static void write_log(const char *path, const char *columns, const char *const *rows, int n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fprintf(f, "\"(PDH-CSV 4.0) (UTC)(0)\",%s\n", columns);
    for (int i = 0; i < n; i++) {
        fprintf(f, "%s\n", rows[i]);
    }
    fclose(f);
}

static struct logset *read_set(struct arena *a, struct errs *e, int files)
{
    static const char *const paths[] = {A, B};
    return logset_read(a, paths, files, NULL, 0, e);
}

static const struct log_series *series_of(const struct logset *s, const char *path)
{
    for (int i = 0; i < s->n; i++) {
        if (strcmp(s->series[i].path->text, path) == 0) {
            return &s->series[i];
        }
    }
    return NULL;
}

static bool warned(const struct errs *e, const char *code)
{
    for (size_t i = 0; i < errs_warning_count(e); i++) {
        if (strcmp(errs_warning(e, i)->code, code) == 0) {
            return true;
        }
    }
    return false;
}

/* Two cadences of one host: each counter keeps its own stamps; the first row's blank is no value. */
static void test_cadences(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    write_log(A, "\"" PAGES "\"",
              (const char *const[]){"\"05/11/2015 00:00:05\",\" \"", "\"05/11/2015 00:00:10\",\"3\"",
                                    "\"05/11/2015 00:00:15\",\"7\"", "\"05/11/2015 00:00:20\",\"8\""},
              4);
    write_log(B, "\"" READS "\"",
              (const char *const[]){"\"05/11/2015 00:00:00\",\" \"", "\"05/11/2015 00:00:30\",\"11.5\"",
                                    "\"05/11/2015 00:01:00\",\"12.5\""},
              3);
    const struct logset *s = read_set(a, e, 2);
    assert_non_null(s);
    assert_int_equal(s->rows, 7);
    assert_int_equal(s->columns, 2);
    const struct log_series *pages = series_of(s, PAGES), *reads = series_of(s, READS);
    assert_int_equal(pages->n, 3);
    assert_close(pages->step_s, 5.0, 1e-12);
    assert_close(reads->step_s, 30.0, 1e-12);
    assert_close(logset_mean(pages, s->first_ns, s->last_ns), 6.0, 1e-15);
    assert_int_equal(s->column[0].missing, 1);
    assert_close(s->column[0].mean, 6.0, 1e-15);
    assert_close(s->column[0].min, 3.0, 0);
    assert_close(s->column[0].max, 8.0, 0);
    assert_int_equal(s->gaps, 0);
    arena_free(a);
}

/* Uneven steps: the mean weighs with time. */
static void test_time_weights(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    write_log(A, "\"" PAGES "\"",
              (const char *const[]){"\"05/11/2015 00:00:00\",\" \"", "\"05/11/2015 00:00:10\",\"1\"",
                                    "\"05/11/2015 00:00:20\",\"1\"", "\"05/11/2015 00:00:35\",\"4\""},
              4);
    const struct logset *s = read_set(a, e, 1);
    assert_close(logset_mean(&s->series[0], s->first_ns, s->last_ns), (10.0 + 10.0 + 60.0) / 35.0, 1e-12);
    assert_true(isnan(logset_mean(&s->series[0], s->last_ns, s->last_ns + 1)));
    arena_free(a);
}

/* Rolled files: one series with a hole that nothing fills. */
static void test_rolled_files_and_holes(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    const char *first[] = {"\"05/11/2015 00:20:00\",\" \"", "\"05/11/2015 00:20:30\",\"5\"",
                           "\"05/11/2015 00:21:00\",\"6\""};
    const char *second[] = {"\"05/11/2015 00:10:00\",\" \"", "\"05/11/2015 00:10:30\",\"1\"",
                            "\"05/11/2015 00:11:00\",\"2\"", "\"05/11/2015 00:14:00\",\"3\""};
    write_log(A, "\"" READS "\"", first, 3);
    write_log(B, "\"" READS "\"", second, 4);
    const struct logset *s = read_set(a, e, 2);
    assert_int_equal(s->n, 1);
    assert_int_equal(s->series[0].n, 5);
    for (size_t i = 1; i < 5; i++) {
        assert_true(s->series[0].point[i].end_ns > s->series[0].point[i - 1].end_ns);
    }
    assert_int_equal(s->gaps, 2);
    assert_close(s->longest_gap_s, 360.0, 1e-12);
    assert_close(s->series[0].point[2].span_s, 30.0,
                 1e-12); /* a value after a hole does not stand for the hole */
    arena_free(a);
}

static void test_same_file_twice_counts_once(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    write_log(A, "\"" READS "\"",
              (const char *const[]){"\"05/11/2015 00:20:00\",\"4\"", "\"05/11/2015 00:20:30\",\"5\""}, 2);
    static const char *const paths[] = {A, A};
    const struct logset *s = logset_read(a, paths, 2, NULL, 0, e);
    assert_int_equal(s->series[0].n, 2);
    arena_free(a);
}

static void test_clock_goes_back(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    write_log(A, "\"" READS "\"",
              (const char *const[]){"\"10/25/2015 02:59:00\",\"1\"", "\"10/25/2015 02:59:30\",\"2\"",
                                    "\"10/25/2015 02:00:00\",\"3\"", "\"10/25/2015 02:00:30\",\"4\"",
                                    "\"10/25/2015 01:40:00\",\"99\"", "\"10/25/2015 02:00:30\",\"98\"",
                                    "\"10/25/2015 02:01:00\",\"5\""},
              7);
    const struct logset *s = read_set(a, e, 1);
    assert_true(warned(e, "W506"));
    assert_true(warned(e, "W507"));
    assert_int_equal(s->backward, 2);
    assert_int_equal(s->series[0].n, 5);
    assert_close(s->series[0].point[2].span_s, 30.0, 1e-12);
    assert_int_equal(s->column[0].values, 5);
    arena_free(a);
}

static void test_double_columns(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    write_log(
        A, "\"" READS "\",\"" READS "\"",
        (const char *const[]){"\"05/11/2015 00:20:00\",\"4\",\"40\"", "\"05/11/2015 00:20:30\",\"5\",\"50\""},
        2);
    const struct logset *s = read_set(a, e, 1);
    assert_true(warned(e, "W505"));
    assert_int_equal(s->columns, 1);
    assert_close(s->series[0].point[1].value, 5.0, 0);
    arena_free(a);
}

/* Only the values of known counters are kept, and of those asked for. */
static void test_wanted(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    write_log(
        A, "\"\\\\H\\Shop\\Orders/sec\",\"\\\\H\\Shop\\Returns/sec\"",
        (const char *const[]){"\"05/11/2015 00:20:00\",\"4\",\"40\"", "\"05/11/2015 00:20:30\",\"5\",\"50\""},
        2);
    static const char *const paths[] = {A}, *const wanted[] = {"\\\\h\\shop\\orders/SEC"};
    const struct logset *s = logset_read(a, paths, 1, wanted, 1, e);
    assert_int_equal(s->columns, 2);
    assert_int_equal(s->n, 1);
    assert_string_equal(s->series[0].path->counter, "Orders/sec");
    assert_int_equal(s->series[0].name, NAME_UNKNOWN);
    assert_int_equal(s->column[1].values, 2);
    arena_free(a);
}

static void test_too_short(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    write_log(A, "\"" READS "\"", (const char *const[]){"\"05/11/2015 00:20:00\",\"4\""}, 1);
    assert_null(read_set(a, e, 1));
    assert_int_equal(errs_exit_code(e), 4);
    write_log(A, "\"" READS "\"", NULL, 0);
    e = errs_new(a);
    assert_null(read_set(a, e, 1));
    assert_int_equal(errs_exit_code(e), 4);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cadences),
        cmocka_unit_test(test_time_weights),
        cmocka_unit_test(test_rolled_files_and_holes),
        cmocka_unit_test(test_same_file_twice_counts_once),
        cmocka_unit_test(test_clock_goes_back),
        cmocka_unit_test(test_double_columns),
        cmocka_unit_test(test_wanted),
        cmocka_unit_test(test_too_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
