/* test_trace.c - arrival traces. What must be rejected is in tests/data/bad (4-trace-*.yaml). */
#include "tests/unit/scenarios/fixture.h"

#include "scenarios/trace.h"

static struct model *trace_model(struct fixture *f, const char *trace)
{
    const char *text = arena_printf(
        f->arena,
        "schema: hvplan.model/1\nhosts: {H: {cpu: {cores: 2}, hypervisor: 2022}}\nvms: {v: {host: "
        "H}}\nworkloads: {w: {trace: %s, steps: [{on: v, cpu: 1 ms}]}}\n",
        trace);
    struct node *root = yamltree_parse(f->arena, DATA "models/somewhere.yaml", text, strlen(text), f->errs);
    return model_load(f->arena, root, f->errs);
}

static void a_trace_is_read_relative_to_its_model(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct model *m = trace_model(&f, "../traces/good.csv");
    fixture_expect_clean(&f);
    const struct trace *t = &m->workload[0].trace;
    static const double at[] = {0.5e9, 0.5e9, 61.75e9}, cpu[] = {12.5e6, 250e6, 1e6};
    assert_int_equal(m->workload[0].arrivals, ARRIVAL_TRACE);
    assert_string_equal(t->path, DATA "models/../traces/good.csv");
    assert_int_equal(t->n, 3);
    for (int i = 0; i < 3; i++) {
        assert_close(t->at_ns[i], at[i], 1e-15);
        assert_close(t->cpu_ns[i], cpu[i], 1e-15);
    }
    fixture_free(&f);
}

static void cpu_is_optional_and_traces_may_be_long(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const char *path = HVPLAN_BINARY_DIR "/test_trace.csv";
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    fputs("job,time_s\n", out);
    for (int i = 0; i < 1000; i++)
        fprintf(out, "j%d,%d.%03d\n", i, i / 7, i % 7);
    assert_int_equal(fclose(out), 0);
    const struct model *m = trace_model(&f, path);
    remove(path);
    fixture_expect_clean(&f);
    const struct trace *t = &m->workload[0].trace;
    assert_int_equal(t->n, 1000);
    assert_null(t->cpu_ns);
    assert_close(t->at_ns[999], 142.005e9, 1e-12);
    fixture_free(&f);
}

static void paths_are_relative_to_the_file_that_names_them(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    assert_string_equal(trace_path(f.arena, "a/b/m.yaml", "t.csv"), "a/b/t.csv");
    assert_string_equal(trace_path(f.arena, "m.yaml", "t.csv"), "t.csv");
    assert_string_equal(trace_path(f.arena, "a/m.yaml", "/t.csv"), "/t.csv");
    assert_string_equal(trace_path(f.arena, "/m.yaml", "t.csv"), "/t.csv");
    fixture_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trace_is_read_relative_to_its_model),
        cmocka_unit_test(cpu_is_optional_and_traces_may_be_long),
        cmocka_unit_test(paths_are_relative_to_the_file_that_names_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
