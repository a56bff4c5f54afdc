#include "model/engine/parallel.h"
#include "model/engine/rng.h"
#include "tests/support/support.h"
#include <string.h>

#define TASKS 100

struct work {
    int calls[TASKS];
    double result[TASKS];
};

static void task(int i, void *context)
{
    struct work *w = context;
    struct rng r;
    rng_seed(&r, 9, (uint64_t)i, 0, 0);
    double sum = 0.0;
    for (int k = 0; k < 1000 * (i % 7); k++)
        sum += rng_exponential(&r);
    w->result[i] = sum;
    w->calls[i]++;
}

static void test_parallel_threads_do_not_matter(void **state)
{
    (void)state;
    struct work one = {{0}, {0}}, many = {{0}, {0}};
    parallel_for(TASKS, 1, task, &one);
    for (int threads = 0; threads <= 5; threads++) {
        memset(&many, 0, sizeof many);
        parallel_for(TASKS, threads, task, &many);
        for (int i = 0; i < TASKS; i++)
            assert_int_equal(many.calls[i], 1);
        assert_memory_equal(many.result, one.result, sizeof one.result);
    }
}

static void test_parallel_nothing_to_do(void **state)
{
    (void)state;
    struct work w = {{0}, {0}};
    parallel_for(0, 4, task, &w);
    for (int i = 0; i < TASKS; i++)
        assert_int_equal(w.calls[i], 0);
    assert_true(parallel_default_threads() >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parallel_threads_do_not_matter),
        cmocka_unit_test(test_parallel_nothing_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
