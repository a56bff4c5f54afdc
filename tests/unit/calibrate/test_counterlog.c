/* The reader, with every quirk of the format that concerns it. */
#include "calibrate/counterlog.h"
#include "calibrate/stamp.h"
#include "tests/support/support.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define HEADER                                                                                               \
    "\"(PDH-CSV 4.0) (Tokyo Standard Time)(-540)\",\"\\\\H\\Memory\\Pages/sec\",\"\\\\H\\PhysicalDisk(0 "    \
    "C:)\\Disk Reads/sec\""

struct log {
    struct arena *arena;
    struct errs *errs;
    struct log_reader *reader;
    int64_t at;
    const double *value;
};

static struct log open_bytes(const char *bytes, size_t n)
{
    struct log l = {.arena = arena_new()};
    l.errs = errs_new(l.arena);
    const char *path = HVPLAN_BINARY_DIR "/test_counterlog.csv";
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
    l.reader = log_open(l.arena, path, l.errs);
    return l;
}

static struct log open_text(const char *text)
{
    return open_bytes(text, strlen(text));
}

static bool next(struct log *l)
{
    return log_next(l->reader, &l->at, &l->value);
}

static void done(struct log *l)
{
    log_close(l->reader);
    arena_free(l->arena);
}

static bool warned(const struct log *l, const char *code)
{
    for (size_t i = 0; i < errs_warning_count(l->errs); i++) {
        if (strcmp(errs_warning(l->errs, i)->code, code) == 0) {
            return true;
        }
    }
    return false;
}

static void test_rows_and_states(void **state)
{
    (void)state;
    struct log l = open_text(HEADER "\r\n\"05/11/2015 00:01:00.645\",\" \",\"12.5\"\r\n"
                                    "\"05/11/2015 00:01:30.707\",\"9.0381772607494055e-005\",\"x7\"\r\n");
    int bias;
    assert_true(log_bias(l.reader, &bias));
    assert_int_equal(bias, -540);
    assert_int_equal(log_columns(l.reader), 2);
    assert_string_equal(log_column(l.reader, 1)->instance, "0 C:");
    assert_true(next(&l));
    assert_true(isnan(l.value[0]));
    assert_int_equal(log_cell(l.reader, 0), LOG_MISSING);
    assert_close(l.value[1], 12.5, 0);
    assert_int_equal(log_cell(l.reader, 1), LOG_VALUE);
    const int64_t first = l.at;
    assert_true(next(&l));
    assert_true(l.at - first == INT64_C(30062000000));
    assert_close(l.value[0], 9.0381772607494055e-005, 0);
    assert_true(isnan(l.value[1]));
    assert_int_equal(log_cell(l.reader, 1), LOG_BAD);
    assert_int_equal(log_line(l.reader), 3);
    assert_false(next(&l));
    assert_false(errs_any(l.errs));
    done(&l);
}

static void test_zone_cells(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        bool known;
        int minutes;
    } cells[] = {{"(PDH-CSV 4.0) (", false, 0},
                 {"(PDH-CSV 4.0) (RTZ 2 (", false, 0},
                 {"(PDH-CSV 4.0) ()(-540)", true, -540},
                 {"(PDH-CSV 4.0)", false, 0},
                 {"Time", false, 0},
                 {"(PDH-CSV 4.0) (EDT)(240)", true, 240},
                 {"(PDH-CSV 4.0) (X)(9999)", false, 0},
                 {"(PDH-CSV 4.0) (UTC)(0)", true, 0}};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        char text[300];
        snprintf(text, sizeof text, "\"%s\",\"\\\\H\\Memory\\Pages/sec\"\n\"05/11/2015 00:01:00\",\"1\"\n",
                 cells[i].cell);
        struct log l = open_text(text);
        int minutes = -1;
        assert_int_equal(log_bias(l.reader, &minutes), cells[i].known);
        if (cells[i].known) {
            assert_int_equal(minutes, cells[i].minutes);
        }
        done(&l);
    }
}

static void test_comment_column_and_prose_inside(void **state)
{
    (void)state;
    struct log l = open_text(HEADER ",\"yearly review\"\n\"05/11/2015 00:01:00\",\"1\",\"2\",\"\"\n");
    assert_int_equal(log_columns(l.reader), 2);
    assert_int_equal(errs_warning_count(l.errs), 0);
    assert_true(next(&l));
    assert_int_equal(errs_warning_count(l.errs), 0);
    done(&l);
    l = open_text(
        "\"(PDH-CSV 4.0)\",\"prose\",\"\\\\H\\Memory\\Pages/sec\"\n\"05/11/2015 00:01:00\",\"1\",\"2\"\n");
    assert_int_equal(log_columns(l.reader), 1);
    assert_true(warned(&l, "W501"));
    assert_true(next(&l));
    assert_close(l.value[0], 2.0, 0);
    done(&l);
}

static void test_code_page(void **state)
{
    (void)state;
    struct log l =
        open_text("\"(PDH-CSV 4.0)\",\"\\\\H\\\x83\x5C\x83\x74\x83\x67(\x83\x65)\\x\"\n\"05/11/2015 "
                  "00:01:00\",\"3\"\n");
    assert_non_null(l.reader);
    assert_true(warned(&l, "W502"));
    assert_string_equal(log_column(l.reader, 0)->object, "\xE3\x82\xBD\xE3\x83\x95\xE3\x83\x88");
    assert_string_equal(log_column(l.reader, 0)->instance, "\xE3\x83\x86");
    done(&l);
}

/* typeperf: an empty line before, two lines after. */
static void test_typeperf(void **state)
{
    (void)state;
    struct log l = open_text(
        "\r\n" HEADER "\r\n\"05/11/2015 00:01:00.645\",\"3\",\"4\"\r\n"
        "Exiting, please wait...                         \r\nThe command completed successfully.\r\n\r\n");
    assert_true(next(&l));
    assert_false(next(&l));
    assert_int_equal(errs_warning_count(l.errs), 0);
    done(&l);
}

static void test_rows_of_other_lengths(void **state)
{
    (void)state;
    struct log l =
        open_text(HEADER "\n\"05/11/2015 00:01:00\",\"3\"\n\"05/11/2015 00:01:01\",\"5\",\"6\",\"7\"\n"
                         "\"05/11/2015 00:01:02\",\"0.0012");
    assert_true(next(&l));
    assert_close(l.value[0], 3.0, 0);
    assert_int_equal(log_cell(l.reader, 1), LOG_MISSING);
    assert_true(warned(&l, "W503"));
    assert_true(next(&l));
    assert_close(l.value[1], 6.0, 0);
    assert_true(next(&l)); /* cut off: the last number may be half a one */
    assert_int_equal(log_cell(l.reader, 0), LOG_BAD);
    assert_int_equal(log_cell(l.reader, 1), LOG_MISSING);
    assert_false(next(&l));
    done(&l);
}

static void test_repeated_header(void **state)
{
    (void)state;
    const char *row = "\"05/11/2015 00:01:00\",\"3\",\"4\"\n",
               *later = "\"05/11/2015 00:02:00\",\"5\",\"6\"\n";
    char text[2000];
    snprintf(text, sizeof text, "%s\n%s%s\n%s", HEADER, row, HEADER, later);
    struct log l = open_text(text);
    assert_true(next(&l));
    assert_true(next(&l));
    assert_close(l.value[0], 5.0, 0);
    assert_false(next(&l));
    assert_false(errs_any(l.errs));
    done(&l);
    snprintf(text, sizeof text, "%s\n%s\"(PDH-CSV 4.0)\",\"\\\\H\\Memory\\Pages/sec\"\n%s", HEADER, row,
             later);
    l = open_text(text);
    assert_true(next(&l));
    assert_false(next(&l));
    assert_int_equal(errs_exit_code(l.errs), 4);
    assert_int_equal(errs_get(l.errs, 0)->pos.line, 3);
    done(&l);
}

static void test_bad_stamps(void **state)
{
    (void)state;
    struct log l = open_text(HEADER "\n\"18:41.5\",\"3\",\"4\"\n\"05/11/2015 00:01:00\",\"5\",\"6\"\n");
    assert_true(next(&l));
    assert_close(l.value[0], 5.0, 0);
    assert_true(warned(&l, "W504"));
    assert_int_equal(log_bad_rows(l.reader), 1);
    done(&l);
}

static void test_tabs_semicolons_and_bare_cells(void **state)
{
    (void)state;
    struct log l =
        open_text("\"(PDH-TSV 4.0)\"\t\"\\\\H\\Memory\\Pages/sec\"\n\"05/11/2015 00:01:00\"\t\"3\"\n");
    assert_true(next(&l));
    assert_close(l.value[0], 3.0, 0);
    done(&l);
    l = open_text("(PDH-CSV 4.0);\\\\H\\Memory\\Pages/sec;\\\\H\\Memory\\Page Reads/sec\n05/11/2015 "
                  "00:01:00;41,6342;7.5\n");
    assert_true(next(&l));
    assert_close(l.value[0], 41.6342, 0);
    assert_close(l.value[1], 7.5, 0);
    done(&l);
    l = open_text(
        "(PDH-CSV 4.0) (PST)(480),\\\\H\\Processor Information(0,1)\\% Idle Time,\\\\H\\Memory\\Pages/sec\n"
        "05/11/2015 00:01:00,41.6,7\n");
    assert_int_equal(log_columns(l.reader), 2);
    assert_string_equal(log_column(l.reader, 0)->instance, "0,1");
    assert_true(next(&l));
    assert_close(l.value[1], 7.0, 0);
    done(&l);
}

/* The same log in three encodings. */
static void test_unicode(void **state)
{
    (void)state;
    const char *text = HEADER "\r\n\"05/11/2015 00:01:00.645\",\"3.25\",\"4\"\r\n";
    char bytes[2000];
    size_t n = 0;
    snprintf(bytes, sizeof bytes, "\xef\xbb\xbf%s", text);
    struct log l = open_bytes(bytes, strlen(text) + 3);
    assert_true(next(&l));
    assert_close(l.value[0], 3.25, 0);
    done(&l);
    for (int big = 0; big < 2; big++) {
        n = 0;
        bytes[n++] = big ? '\xfe' : '\xff';
        bytes[n++] = big ? '\xff' : '\xfe';
        for (const char *c = text; *c; c++) {
            bytes[n++] = big ? '\0' : *c;
            bytes[n++] = big ? *c : '\0';
        }
        l = open_bytes(bytes, n);
        assert_non_null(l.reader);
        assert_true(next(&l));
        assert_close(l.value[0], 3.25, 0);
        assert_false(next(&l));
        done(&l);
    }
}

static void test_surrogates(void **state)
{
    (void)state;
    /* U+1F600 as a pair, and half a pair */
    static const unsigned char bytes[] = {0xff, 0xfe, 0x3d, 0xd8, 0x00, 0xde, 0x3d, 0xd8, 'x', 0, ',', 0};
    const char *tail = "\\\\H\\Memory\\Pages/sec\n05/11/2015 00:01:00,1\n";
    char all[400];
    memcpy(all, bytes, sizeof bytes);
    size_t n = sizeof bytes;
    for (const char *c = tail; *c; c++) {
        all[n++] = *c;
        all[n++] = '\0';
    }
    struct log l = open_bytes(all, n);
    assert_non_null(l.reader);
    assert_true(next(&l));
    done(&l);
}

/* 6000 columns; the file is larger than one block. */
static void test_wide(void **state)
{
    (void)state;
    const char *path = HVPLAN_BINARY_DIR "/test_counterlog_wide.csv";
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fprintf(f, "\"(PDH-CSV 4.0) (UTC)(0)\"");
    for (int i = 0; i < 6000; i++) {
        fprintf(f, ",\"\\\\H\\Process(p%d)\\%% Processor Time\"", i);
    }
    for (int r = 0; r < 7; r++) {
        fprintf(f, "\n\"05/11/2015 00:01:%02d\"", r);
        for (int i = 0; i < 6000; i++) {
            fprintf(f, ",\"%d.%d\"", i, r);
        }
    }
    fclose(f);
    struct log_reader *reader = log_open(a, path, e);
    int64_t at;
    const double *v;
    assert_non_null(reader);
    assert_int_equal(log_columns(reader), 6000);
    for (int r = 0; r < 7; r++) {
        assert_true(log_next(reader, &at, &v));
        assert_close(v[5999], 5999.0 + 0.1 * r, 1e-15);
    }
    assert_false(log_next(reader, &at, &v));
    log_close(reader);
    arena_free(a);
}

/* A line without end must not fill the memory. */
static void test_huge_line(void **state)
{
    (void)state;
    const char *path = HVPLAN_BINARY_DIR "/test_counterlog_huge.csv";
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    static char block[1 << 20];
    memset(block, '7', sizeof block);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    for (int i = 0; i < 66; i++) {
        assert_int_equal(fwrite(block, 1, sizeof block, f), sizeof block);
    }
    fclose(f);
    assert_null(log_open(a, path, e));
    assert_int_equal(errs_exit_code(e), 3);
    assert_non_null(strstr(errs_get(e, 0)->text, "64 MiB"));
    remove(path);
    arena_free(a);
}

static void test_unreadable(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    assert_null(log_open(a, HVPLAN_BINARY_DIR "/no-such-log.csv", e));
    assert_null(log_open(a, HVPLAN_BINARY_DIR, e));
    assert_int_equal(errs_count(e), 2);
    assert_int_equal(errs_exit_code(e), 3);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_and_states),
        cmocka_unit_test(test_zone_cells),
        cmocka_unit_test(test_comment_column_and_prose_inside),
        cmocka_unit_test(test_code_page),
        cmocka_unit_test(test_typeperf),
        cmocka_unit_test(test_rows_of_other_lengths),
        cmocka_unit_test(test_repeated_header),
        cmocka_unit_test(test_bad_stamps),
        cmocka_unit_test(test_tabs_semicolons_and_bare_cells),
        cmocka_unit_test(test_unicode),
        cmocka_unit_test(test_surrogates),
        cmocka_unit_test(test_wide),
        cmocka_unit_test(test_huge_line),
        cmocka_unit_test(test_unreadable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
