/* Counters by name. */
#include "calibrate/known.h"
#include "tests/support/support.h"
#include <string.h>

static int find(struct arena *a, const char *path)
{
    struct counter_path p;
    assert_true(counter_path_parse(a, path, &p));
    return known_find(&p);
}

/* Every row of the table is found by its own name, in its own class. */
static void test_every_row(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (int i = 0; i < NAMES; i++) {
        if (i == NAME_WORK) {
            continue;
        }
        const char *path = arena_printf(a, "\\\\H\\%s(x)\\%s", known_object(i), known_counter(i));
        assert_int_equal(find(a, path), i);
        assert_true(known_class_of(i) < CLASSES);
        if (strncmp(known_counter(i), "% ", 2) == 0) {
            assert_close(known_scale(i), 100.0, 0);
        }
    }
    arena_free(a);
}

static void test_variants(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_int_equal(find(a, "\\\\h\\physicaldisk(0 c: s:)\\avg. disk sec/read"), CTR_DISK_SEC_READ);
    assert_int_equal(find(a, "\\\\h\\Processor Information(0,3)\\% Processor Time"), CTR_PROCESSOR_TIME);
    assert_int_equal(find(a, "\\\\h\\MSSQL$PROD:SQL Statistics\\Batch Requests/sec"), NAME_WORK);
    assert_int_equal(find(a, "\\\\h\\ASP.NET Applications(__Total__)\\Requests/Sec"), NAME_WORK);
    assert_int_equal(find(a, "\\\\h\\Process(x)\\% Processor Time"), NAME_UNKNOWN);
    assert_int_equal(known_class_of(NAME_WORK), CLASS_WORK);
    assert_int_equal(known_class_of(CTR_DISK_BYTES), CLASS_DISK);
    assert_int_equal(known_class_of(CTR_NIC_BYTES), CLASS_NIC);
    assert_true(known_is_total("_Total"));
    assert_true(known_is_total("0,_total"));
    assert_false(known_is_total("Total"));
    arena_free(a);
}

static void test_nearest(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct counter_path p;
    assert_true(counter_path_parse(a, "\\\\H\\PhysicalDisk(0)\\Disk Read/sec", &p));
    assert_string_equal(known_nearest(a, &p), "PhysicalDisk\\Disk Reads/sec");
    assert_true(counter_path_parse(a, "\\\\H\\Teapot(0)\\Spout Temperature", &p));
    assert_null(known_nearest(a, &p));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_row),
        cmocka_unit_test(test_variants),
        cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
