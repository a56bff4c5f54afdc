/* test_schema.c - schema texts and topics; whether schemas accept and refuse what the program does is tests/e2e/json_schema.sh. */
#include "tests/unit/scenarios/fixture.h"

#include "model/base/codes.h"
#include "model/host/counters.h"
#include "model/mechanism/mechanism.h"
#include "scenarios/jsontext.h"
#include "scenarios/metrics.h"
#include "scenarios/schema.h"
#include "scenarios/shape.h"

static void every_kind_has_a_schema(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    assert_int_equal(schema_kind_count, shape_file_count);
    for (size_t i = 0; i < schema_kind_count; i++) {
        const char *text = schema_text(f.arena, schema_kinds[i]);
        assert_non_null(text);
        assert_non_null(strstr(text, "https://json-schema.org/draft/2020-12/schema"));
        assert_non_null(strstr(text, arena_printf(f.arena, "\"const\": \"hvplan.%s/1\"", schema_kinds[i])));
    }
    assert_null(schema_text(f.arena, "modle"));
    fixture_free(&f);
}

static void schemas_know_units_ranges_and_words(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const char *model = schema_text(f.arena, "model");
    assert_non_null(strstr(model, "\"maximum\": 2048"));     /* vcpus */
    assert_non_null(strstr(model, "\"differencing-vhdx\"")); /* kinds */
    assert_non_null(strstr(model, "2008,"));                 /* a version that reads as a number */
    assert_non_null(strstr(model, "#/$defs/step"));          /* recursion */
    assert_non_null(strstr(model, "\"dependentSchemas\""));  /* threads beside cpu */
    assert_non_null(strstr(model, mechanism_registry[0]->params[0].name));
    fixture_free(&f);
}

static void json_is_escaped(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct jsontext *j = jsontext_new(f.arena);
    jsontext_open(j, NULL, '{');
    jsontext_text(j, "a\"b", "c\\d\n");
    jsontext_open(j, "empty", '[');
    jsontext_close(j);
    jsontext_number(j, "n", 0.1);
    jsontext_close(j);
    assert_string_equal(jsontext_end(j),
                        "{\n  \"a\\\"b\": \"c\\\\d\\u000a\",\n  \"empty\": [],\n  \"n\": 0.1\n}\n");
    fixture_free(&f);
}

static const struct topic *topic_find(const struct topic *t, size_t n, const char *name, const char *kind)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(t[i].name, name) == 0 && strcmp(t[i].kind, kind) == 0)
            return &t[i];
    print_error("no topic %s (%s)\n", name, kind);
    return NULL;
}

static void everything_can_be_explained(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    size_t n;
    const struct topic *t = topics_all(f.arena, &n);
    for (size_t i = 0; i < mechanism_count; i++)
        assert_non_null(topic_find(t, n, mechanism_registry[i]->name, "mechanism"));
    for (size_t i = 0; i < mechanism_param_count(); i++)
        assert_non_null(topic_find(t, n, mechanism_param(i, NULL)->name, "parameter"));
    for (size_t i = 0; i < metrics_count; i++)
        assert_non_null(topic_find(t, n, metrics_rows[i].name, "metric"));
    for (size_t i = 0; i < CTR_COUNT; i++)
        assert_non_null(topic_find(t, n, counter_rows[i].counter, "counter"));
    for (size_t i = 0; i < codes_count; i++)
        assert_non_null(topic_find(t, n, codes_rows[i].code, "warning"));
    for (size_t i = 0; i < os_row_count; i++)
        assert_non_null(topic_find(t, n, os_rows[i].name, "kind"));
    for (size_t i = 0; i < n; i++) {
        assert_true(t[i].text && *t[i].text);
        assert_true(*t[i].name);
    }
    fixture_free(&f);
}

static void a_key_is_explained_by_path_and_by_name(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    size_t n;
    const struct topic *t = topics_all(f.arena, &n);
    const struct topic *limit = topic_find(t, n, "vms.V.limit", "key");
    assert_non_null(limit);
    assert_string_equal(limit->unit, "fraction");
    assert_string_equal(limit->value, "100 %");
    assert_string_equal(limit->confidence, "documented");
    assert_non_null(strstr(limit->source, "TLFS"));
    assert_non_null(strstr(limit->range, "more than 0 %"));
    assert_non_null(strstr(topic_find(t, n, "limit", "key")->text, "vms.V.limit: "));
    assert_non_null(topic_find(t, n, "hosts.H.disks.D.raid", "key"));
    assert_non_null(topic_find(t, n, "workloads.W.steps.N.parallel", "key"));
    fixture_free(&f);
}

static bool company_is_known(const struct shape *s, const char *with)
{
    struct arena *a = arena_new();
    bool known = shape_find(s, arena_strndup(a, with, strcspn(with, " "))) != NULL;
    arena_free(a);
    return known;
}

static void rows_are_complete(const struct shape *s, int depth)
{
    const struct key_row *row;
    for (size_t i = 0; depth > 0 && (row = shape_row(s, i)); i++) {
        assert_true(row->doc && *row->doc);
        assert_false((row->type == KEY_CHOICE || row->type == KEY_SWITCH) && !row->choices);
        assert_false(row->type == KEY_REF && !row->refs);
        assert_false((row->type == KEY_MAP || row->type == KEY_NAMED || row->type == KEY_LIST) &&
                     !row->shape);
        assert_true(row->lo <= row->hi);
        assert_true(!row->with || company_is_known(s, row->with));
        if (row->shape)
            rows_are_complete(row->shape, depth - 1);
    }
}

static void every_shape_is_complete(void **state)
{
    (void)state;
    for (size_t i = 0; i < shape_file_count; i++)
        rows_are_complete(shape_files[i].shape, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_a_schema),
        cmocka_unit_test(schemas_know_units_ranges_and_words),
        cmocka_unit_test(json_is_escaped),
        cmocka_unit_test(everything_can_be_explained),
        cmocka_unit_test(a_key_is_explained_by_path_and_by_name),
        cmocka_unit_test(every_shape_is_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
