/* Every file of tests/data/bad-logs is refused with the exit code that begins its name, and the message names it. */
#include "calibrate/calibrate.h"
#include "tests/support/support.h"
#include <dirent.h>
#include <string.h>

static const char folder[] = HVPLAN_SOURCE_DIR "/tests/data/bad-logs";

static void refuse(const char *name)
{
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    const char *paths[] = {arena_printf(a, "%s/%s", folder, name)};
    if (calibrate_logs(a, paths, 1, NULL, 1, 1, e) != NULL) {
        fail_msg("%s was calibrated", name);
    }
    if (errs_exit_code(e) != name[0] - '0') {
        fail_msg("%s: exit %d: %s", name, errs_exit_code(e), errs_format(a, errs_get(e, 0)));
    }
    assert_int_equal(errs_count(e), 1);
    assert_non_null(strstr(errs_format(a, errs_get(e, 0)), name));
    arena_free(a);
}

static void test_all(void **state)
{
    (void)state;
    DIR *d = opendir(folder);
    assert_non_null(d);
    int n = 0;
    for (const struct dirent *entry = readdir(d); entry != NULL; entry = readdir(d)) {
        if (entry->d_name[0] != '.') {
            refuse(entry->d_name);
            n++;
        }
    }
    closedir(d);
    assert_true(n >= 28);
}

/* The advice is about that very format. */
static void test_advice(void **state)
{
    (void)state;
    static const struct {
        const char *name, *word;
    } cases[] = {{"3-perfmon.blg", "relog"},
                 {"3-perfmon-32-bit.blg", "relog"},
                 {"3-log.csv.gz", "gunzip"},
                 {"3-log.csv.bz2", "bunzip2"},
                 {"3-log.csv.zst", "unzstd"},
                 {"3-page.html", "HTML"},
                 {"3-page-utf16.html", "HTML"},
                 {"3-clixml.xml", "Export-Counter"},
                 {"3-nul-in-row.csv", "NUL"},
                 {"4-two-headers.csv", "another header"},
                 {"4-foreign-language.csv", "'Prozessor'"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *a = arena_new();
        struct errs *e = errs_new(a);
        const char *paths[] = {arena_printf(a, "%s/%s", folder, cases[i].name)};
        calibrate_logs(a, paths, 1, NULL, 1, 1, e);
        assert_non_null(strstr(errs_get(e, 0)->text, cases[i].word));
        arena_free(a);
    }
}

/* All files are looked at: one call reports every bad one. */
static void test_several(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    const char *paths[] = {arena_printf(a, "%s/3-empty.csv", folder),
                           arena_printf(a, "%s/4-one-row.csv", folder)};
    assert_null(inspect_logs(a, paths, 2, e));
    assert_int_equal(errs_count(e), 2);
    assert_int_equal(errs_exit_code(e), 3);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all),
        cmocka_unit_test(test_advice),
        cmocka_unit_test(test_several),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
