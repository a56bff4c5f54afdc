/* test_generations.c - rows of processor generations. */
#include "model/base/text.h"
#include "model/mechanism/generations.h"
#include "tests/support/support.h"
#include <string.h>

static void rows_are_complete(void **state)
{
    (void)state;
    for (size_t i = 0; i < generations_count; i++) {
        const struct generations_row *g = &generations_rows[i];
        assert_int_equal(generations_find(g->name), i);
        assert_true(text_is_name(g->name) && strlen(g->title) > 8);
        assert_true(g->year >= 2006 && g->year <= 2025);
        assert_true(g->threads == 1 || g->threads == 2);
        assert_true(g->doc[strlen(g->doc) - 1] == '.' && strlen(g->source) > 5);
    }
    assert_int_equal(generations_find("xeon5401"), -1);
    assert_int_equal(generations_find(""), -1);
}

static void rows_are_in_order(void **state)
{
    (void)state;
    for (size_t i = 1; i < generations_count; i++) {
        const struct generations_row *a = &generations_rows[i - 1], *b = &generations_rows[i];
        assert_true(a->vendor < b->vendor || (a->vendor == b->vendor && a->year <= b->year));
    }
}

/* Where SLAT and NUMA came, by vendor: not in the same generation. */
static void slat_and_numa_came_with_known_generations(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum vendor vendor;
        bool slat;
        int threads, nodes_of_two_sockets;
    } cases[] = {
        {"xeon5100", VENDOR_INTEL, false, 1, 1},     {"xeon5300", VENDOR_INTEL, false, 1, 1},
        {"xeon5400", VENDOR_INTEL, false, 1, 1},     {"xeon7400", VENDOR_INTEL, false, 1, 1},
        {"xeon5500", VENDOR_INTEL, true, 2, 2},      {"xeon5600", VENDOR_INTEL, true, 2, 2},
        {"xeon-e5", VENDOR_INTEL, true, 2, 2},       {"xeon-e7", VENDOR_INTEL, true, 2, 2},
        {"xeon-scalable", VENDOR_INTEL, true, 2, 2}, {"opteron2200", VENDOR_AMD, false, 1, 2},
        {"opteron2300", VENDOR_AMD, true, 1, 2},     {"opteron6100", VENDOR_AMD, true, 1, 4},
        {"epyc7001", VENDOR_AMD, true, 2, 8},        {"epyc7002", VENDOR_AMD, true, 2, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int row = generations_find(cases[i].name);
        assert_true(row >= 0);
        const struct generations_row *g = &generations_rows[row];
        assert_true(g->vendor == cases[i].vendor && g->slat == cases[i].slat &&
                    g->threads == cases[i].threads);
        assert_int_equal(generations_nodes(row, 2), cases[i].nodes_of_two_sockets);
    }
}

static void facts_are_told_in_words(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_string_equal(generations_facts(a, generations_find("xeon5400")),
                        "intel, 2007: no SLAT, 1 thread a core, uniform memory");
    assert_string_equal(generations_facts(a, generations_find("xeon5500")),
                        "intel, 2009: SLAT, 2 threads a core, a NUMA node a socket");
    assert_string_equal(generations_facts(a, generations_find("epyc7001")),
                        "amd, 2017: SLAT, 2 threads a core, 4 NUMA nodes a socket");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_complete),
        cmocka_unit_test(rows_are_in_order),
        cmocka_unit_test(slat_and_numa_came_with_known_generations),
        cmocka_unit_test(facts_are_told_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
