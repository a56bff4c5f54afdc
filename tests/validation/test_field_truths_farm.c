/* A growing web farm: the bottleneck moves from the web CPUs to the database, and further servers gain nothing. The files are
 * those of the example. */
#include "scenarios/load.h"
#include "tests/support/hostsim.h"
#include "tests/support/support.h"
#include <string.h>

#define FOLDER HVPLAN_SOURCE_DIR "/examples/07-web-farm/"

enum { SERVERS = 5, CASES = 6 };

struct farm {
    struct arena *arena;
    const struct result *result;
};

static int setup(void **state)
{
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    struct farm *f = ARENA_NEW(a, struct farm);
    struct result *r = ARENA_NEW(a, struct result);
    const struct scenario_list *list =
        scenarios_read(a, FOLDER "farm.yaml", FOLDER "growth.yaml", NULL, 0, e);
    for (size_t i = 0; i < errs_count(e); i++)
        print_error("%s\n", errs_format(a, errs_get(e, i)));
    if (!list || list->n != CASES)
        return 1;
    struct study_case of[CASES];
    for (int i = 0; i < CASES; i++)
        of[i] = (struct study_case){.name = list->item[i].name, .model = list->item[i].model};
    struct study_options o = study_defaults();
    o.precision = 0.02;
    study_run(a, &o, of, CASES, r);
    *f = (struct farm){a, r};
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    arena_free(((struct farm *)*state)->arena);
    return 0;
}

static double throughput(const struct farm *f, int i)
{
    return hostsim_mean(&f->result->scenario[i], "workload.visitors.throughput_per_s");
}

static void test_each_web_server_counts_until_the_database_is_full(void **state)
{
    const struct farm *f = *state;
    const double one = throughput(f, 0);
    assert_close(one, 1.0 / 0.040, 0.03); /* a web server does 25 a second, the database 83 */
    assert_close(throughput(f, 1), 2.0 * one, 0.02);
    assert_close(throughput(f, 2), 3.0 * one, 0.03);
    assert_true(throughput(f, 3) < 3.5 * one);
}

static void test_the_bottleneck_moves_to_the_database(void **state)
{
    const struct farm *f = *state;
    for (int i = 0; i < SERVERS; i++) {
        const struct bottleneck_result *b = &f->result->scenario[i].bottleneck;
        if (i < 3)
            assert_int_equal(strncmp(b->resource, "vm.web0", 7), 0);
        else
            assert_string_equal(b->resource, "vm.sql01.vcpu");
    }
    assert_close(hostsim_mean(&f->result->scenario[4], "vm.sql01.vcpu.utilization"), 1.0, 0.01);
    assert_true(hostsim_mean(&f->result->scenario[4], "vm.web01.vcpu.utilization") < 0.8);
}

static void test_a_fifth_web_server_gains_nothing(void **state)
{
    const struct farm *f = *state;
    assert_close(throughput(f, 4), throughput(f, 3), 0.01);
    assert_close(hostsim_mean(&f->result->scenario[4], "workload.visitors.response_s"),
                 hostsim_mean(&f->result->scenario[3], "workload.visitors.response_s"), 0.01);
}

/* What was full is what helps. */
static void test_a_second_vcpu_of_the_database_gains(void **state)
{
    const struct farm *f = *state;
    assert_true(throughput(f, 5) > 1.3 * throughput(f, 4));
    assert_int_equal(strncmp(f->result->scenario[5].bottleneck.resource, "vm.web0", 7), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_web_server_counts_until_the_database_is_full),
        cmocka_unit_test(test_the_bottleneck_moves_to_the_database),
        cmocka_unit_test(test_a_fifth_web_server_gains_nothing),
        cmocka_unit_test(test_a_second_vcpu_of_the_database_gains),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
