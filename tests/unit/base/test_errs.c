/* test_errs.c - model/base/errs.h */
#include "model/base/errs.h"
#include "tests/support/support.h"
#include <stdio.h>

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

static void nothing_is_no_error(void **state)
{
    struct errs *e = errs_new(*state);
    assert_false(errs_any(e));
    assert_int_equal(errs_exit_code(e), 0);
    assert_int_equal(errs_count(e), 0);
    assert_int_equal(errs_dropped(e), 0);
    assert_int_equal(errs_warning_count(e), 0);
    assert_int_equal(errs_warnings_dropped(e), 0);
}

/* Texts are copied: the caller may reuse its buffers. */
static void errors_are_kept_in_order_with_copies(void **state)
{
    struct errs *e = errs_new(*state);
    char file[] = "host.yaml", path[] = "vms.web01.vcpus", nearest[] = "weight";
    errs_add(e, ERR_INVALID, (struct pos){file, 17, 5}, path, "found %d, allowed 1 to %d", 91, 64);
    errs_add_near(e, ERR_INVALID, (struct pos){file, 23, 0}, NULL, nearest, "unknown key '%s'", "wieght");
    file[0] = path[0] = nearest[0] = '#';
    assert_int_equal(errs_count(e), 2);
    const struct err *first = errs_get(e, 0), *second = errs_get(e, 1);
    assert_string_equal(first->pos.file, "host.yaml");
    assert_int_equal(first->pos.line, 17);
    assert_int_equal(first->pos.column, 5);
    assert_string_equal(first->path, "vms.web01.vcpus");
    assert_string_equal(first->text, "found 91, allowed 1 to 64");
    assert_null(first->nearest);
    assert_null(second->path);
    assert_string_equal(second->nearest, "weight");
}

static void exit_code_prefers_unreadable(void **state)
{
    struct errs *invalid = errs_new(*state), *both = errs_new(*state);
    errs_add(invalid, ERR_INVALID, (struct pos){0}, NULL, "x");
    errs_add(both, ERR_INVALID, (struct pos){0}, NULL, "x");
    errs_add(both, ERR_UNREADABLE, (struct pos){0}, NULL, "x");
    assert_int_equal(errs_exit_code(invalid), 4);
    assert_int_equal(errs_exit_code(both), 3);
    assert_true(errs_any(both));
}

static void formats_say_what_is_known(void **state)
{
    const struct {
        struct err err;
        const char *text;
    } rows[] = {
        {{ERR_INVALID, {"a.yaml", 3, 9}, "hosts.HV01", "no cpu", "cpus"},
         "a.yaml:3:9: hosts.HV01: no cpu (did you mean 'cpus'?)"},
        {{ERR_INVALID, {"a.yaml", 3, 0}, NULL, "no cpu", NULL}, "a.yaml:3: no cpu"},
        {{ERR_INVALID, {"a.yaml", 0, 7}, "hosts", "empty", NULL}, "a.yaml: hosts: empty"},
        {{ERR_UNREADABLE, {NULL, 3, 9}, NULL, "100 %s", NULL}, "100 %s"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(errs_format(*state, &rows[i].err), rows[i].text);
}

/* 200 are kept; the exit code knows the dropped ones too. */
static void too_many_errors_are_counted(void **state)
{
    struct errs *e = errs_new(*state);
    for (int i = 0; i < 237; i++)
        errs_add(e, i == 231 ? ERR_UNREADABLE : ERR_INVALID, (struct pos){"f", i, 1}, NULL, "number %d", i);
    assert_int_equal(errs_count(e), 200);
    assert_int_equal(errs_dropped(e), 37);
    assert_string_equal(errs_get(e, 199)->text, "number 199");
    assert_int_equal(errs_exit_code(e), 3);
}

static void warnings_are_no_errors(void **state)
{
    struct errs *e = errs_new(*state);
    char where[] = "host.HV01.lp";
    errs_warn(e, "W203", where, "%d %% busy", 97);
    errs_warn(e, "W101", NULL, "gap");
    where[0] = '#';
    assert_false(errs_any(e));
    assert_int_equal(errs_exit_code(e), 0);
    assert_int_equal(errs_warning_count(e), 2);
    assert_string_equal(errs_warning(e, 0)->code, "W203");
    assert_string_equal(errs_warning(e, 0)->text, "97 % busy");
    assert_string_equal(errs_warning(e, 0)->where, "host.HV01.lp");
    assert_null(errs_warning(e, 1)->where);
}

static void too_many_warnings_are_counted(void **state)
{
    struct errs *e = errs_new(*state);
    for (int i = 0; i < 1013; i++)
        errs_warn(e, "W7", NULL, "number %d", i);
    assert_int_equal(errs_warning_count(e), 1000);
    assert_int_equal(errs_warnings_dropped(e), 13);
    assert_string_equal(errs_warning(e, 999)->text, "number 999");
}

static void get_beyond_errors(void *e)
{
    errs_get(e, 0);
}

static void get_beyond_warnings(void *e)
{
    errs_warning(e, 0);
}

static void add_of_no_kind(void *e)
{
    volatile int kind = 5;
    errs_add(e, (enum err_kind)kind, (struct pos){0}, NULL, "x");
}

static void misuse_ends_the_program(void **state)
{
    struct errs *e = errs_new(*state);
    assert_dies(get_beyond_errors, e, "i < e->n");
    assert_dies(get_beyond_warnings, e, "i < e->warnings");
    assert_dies(add_of_no_kind, e, "check failed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_no_error, setup, teardown),
        cmocka_unit_test_setup_teardown(errors_are_kept_in_order_with_copies, setup, teardown),
        cmocka_unit_test_setup_teardown(exit_code_prefers_unreadable, setup, teardown),
        cmocka_unit_test_setup_teardown(formats_say_what_is_known, setup, teardown),
        cmocka_unit_test_setup_teardown(too_many_errors_are_counted, setup, teardown),
        cmocka_unit_test_setup_teardown(warnings_are_no_errors, setup, teardown),
        cmocka_unit_test_setup_teardown(too_many_warnings_are_counted, setup, teardown),
        cmocka_unit_test_setup_teardown(misuse_ends_the_program, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
