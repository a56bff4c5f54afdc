/* Queues over time: in the JSON, read back, as lines of blocks, and left out where nobody waits. */
#include "tests/support/support.h"

#include "reports/report.h"
#include "reports/view.h"
#include "tests/support/fixture_result.h"

#include <math.h>
#include <string.h>

static const struct view_section *section(const struct view *v, const char *id)
{
    for (int i = 0; i < v->sections; i++) {
        if (strcmp(v->section[i].id, id) == 0)
            return &v->section[i];
    }
    return NULL;
}

static const struct view_section *queues_of(struct arena *a, const struct result *r, bool unicode)
{
    const struct view_context *c = ARENA_NEW(a, struct view_context);
    *(struct view_context *)c = (struct view_context){a, r, unicode, false};
    return section(view_new(c), "queues");
}

/* Scenarios of one queue stand together and share a scale; a scenario without that queue has no row. */
static void test_queues_have_a_row_each(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct result *r = fixture_result(a);
    const struct table *t = queues_of(a, r, true)->table;
    assert_int_equal(table_rows(t), 3);
    assert_string_equal(table_at(t, 0, 0)->text, "disk.HV01.data (operations)");
    assert_string_equal(table_at(t, 1, 0)->text, "disk.HV01.data (operations)");
    assert_string_equal(table_at(t, 2, 0)->text, "nic.HV01.lan (packets)");
    assert_string_equal(table_at(t, 0, 1)->text, r->scenario[0].name);
    assert_string_equal(table_at(t, 1, 1)->text, r->scenario[2].name);
    assert_close(table_at(t, 1, 2)->value, 11.0 + 3.5 * 18.0, 1e-12); /* mean of the growing one */
    assert_close(table_at(t, 1, 3)->value, 11.0 + 3.5 * 36.0, 1e-12);
    assert_close(table_at(t, 1, 4)->value, 11.0 + 3.5 * 36.0, 1e-12);
    arena_free(a);
}

static void test_courses_are_drawn_to_one_scale(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct table *t = queues_of(a, fixture_result(a), false)->table;
    assert_string_equal(table_at(t, 0, 5)->text, "________________"); /* beside a queue of 137 */
    const char *grows = table_at(t, 1, 5)->text;
    assert_int_equal(strlen(grows), 16);
    assert_true(grows[0] == '_' && grows[15] == '#');
    arena_free(a);
}

static void test_no_queue_no_section(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct result *r = fixture_result(a);
    for (int i = 0; i < r->scenarios; i++)
        r->scenario[i].series_count = 0;
    assert_null(queues_of(a, r, true));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_queues_have_a_row_each),
        cmocka_unit_test(test_courses_are_drawn_to_one_scale),
        cmocka_unit_test(test_no_queue_no_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
