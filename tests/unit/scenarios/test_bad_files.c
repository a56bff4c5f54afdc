/* test_bad_files.c - every file of tests/data/bad fails as its name and its first line say.
 *
 * The name begins with the exit code. The first line of a file may be "# expect: PART | PART ...": one error must hold all
 * parts. Files that cannot have such a line stand in the table below. */
#include "tests/unit/scenarios/fixture.h"

#include <dirent.h>

#define FOLDER DATA "bad/"

static const struct {
    const char *file, *parts;
} bytes[] = {
    {"4-empty.yaml", "the file is empty"},
    {"4-nul.yaml", ":2:10 | a NUL byte"},
    {"4-utf16.yaml", "not UTF-8"},
    {"4-latin1.yaml", ":2:9 | not UTF-8"},
    {"4-control-character.yaml", ":2:9 | control character"},
    {"4-binary.yaml", "not UTF-8"},
};

/* What the file should say: from the table, or from its first line; NULL = whatever. */
static const char *parts_of(struct fixture *f, const char *file)
{
    static const char mark[] = "# expect: ";
    char line[1024] = "";
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++)
        if (strcmp(bytes[i].file, file) == 0)
            return bytes[i].parts;
    FILE *in = fopen(arena_printf(f->arena, "%s%s", FOLDER, file), "rb");
    assert_non_null(in);
    if (!fgets(line, sizeof line, in))
        line[0] = '\0';
    fclose(in);
    line[strcspn(line, "\n")] = '\0';
    return strncmp(line, mark, sizeof mark - 1) == 0 ? arena_strdup(f->arena, line + sizeof mark - 1) : NULL;
}

static bool holds_all(struct fixture *f, const char *text, const char *parts)
{
    for (const char *p = parts; p; p = strstr(p, " | ") ? strstr(p, " | ") + 3 : NULL) {
        const char *end = strstr(p, " | ");
        const char *part = arena_strndup(f->arena, p, end ? (size_t)(end - p) : strlen(p));
        if (!strstr(text, part))
            return false;
    }
    return true;
}

static bool some_error_holds(struct fixture *f, const char *parts)
{
    for (size_t i = 0; i < errs_count(f->errs); i++)
        if (holds_all(f, errs_format(f->arena, errs_get(f->errs, i)), parts))
            return true;
    return false;
}

/* Prints what is wrong, so that one run shows every file. */
static bool one_file(const char *file)
{
    struct fixture f = fixture_new();
    const char *parts = parts_of(&f, file);
    bool failed = !check_file(f.arena, arena_printf(f.arena, "%s%s", FOLDER, file), f.errs);
    bool good = failed && errs_exit_code(f.errs) == file[0] - '0' && (!parts || some_error_holds(&f, parts));
    if (!good)
        print_error("%s: exit %d; one error should hold: %s\n%s", file, errs_exit_code(f.errs),
                    parts ? parts : "-", fixture_text(&f));
    fixture_free(&f);
    return good;
}

static void every_bad_file_fails_as_it_should(void **state)
{
    (void)state;
    int files = 0, wrong = 0;
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".yaml") != 0)
            continue;
        wrong += !one_file(entry->d_name);
        files++;
    }
    closedir(folder);
    assert_int_equal(wrong, 0);
    assert_true(files >= 120);
}

static void every_good_file_passes(void **state)
{
    static const char *const files[] = {"good/study.yaml", "good/scenarios.yaml", "good/inventory.yaml",
                                        "good/fleet.yaml", "models/web.yaml"};
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct fixture f = fixture_new();
        bool good = check_file(f.arena, arena_printf(f.arena, "%s%s", DATA, files[i]), f.errs);
        if (!good)
            print_error("%s: %s", files[i], fixture_text(&f));
        assert_true(good);
        fixture_free(&f);
    }
}

static void a_file_that_is_not_there_is_unreadable(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    assert_false(check_file(f.arena, DATA "bad/nowhere.yaml", f.errs));
    assert_int_equal(errs_exit_code(f.errs), ERR_UNREADABLE);
    fixture_expect(&f, "nowhere.yaml: cannot open: ");
    fixture_free(&f);
    f = fixture_new();
    assert_false(check_file(f.arena, DATA, f.errs)); /* a folder */
    assert_int_equal(errs_exit_code(f.errs), ERR_UNREADABLE);
    fixture_free(&f);
}

static void a_result_is_json(void **state)
{
    static const char text[] = "schema: hvplan.result/1\n";
    (void)state;
    struct fixture f = fixture_new();
    const char *path = HVPLAN_BINARY_DIR "/test_bad_files.yaml";
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(text, 1, sizeof text - 1, out), sizeof text - 1);
    assert_int_equal(fclose(out), 0);
    assert_false(check_file(f.arena, path, f.errs));
    fixture_expect(&f, "a result is JSON");
    remove(path);
    fixture_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bad_file_fails_as_it_should),
        cmocka_unit_test(every_good_file_passes),
        cmocka_unit_test(a_file_that_is_not_there_is_unreadable),
        cmocka_unit_test(a_result_is_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
