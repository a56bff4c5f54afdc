/* The grade: tolerances, worst rows, limits. */
#include "calibrate/card.h"
#include "tests/support/support.h"
#include <math.h>
#include <string.h>

/* A host about which nothing can be said against. */
struct made {
    struct arena *arena;
    struct fit_vm vm;
    struct fit_disk disk;
    struct grid grid;
    struct fit_host host;
    struct fit fit;
    struct identities checks;
    struct card_row row[3];
};

static struct made *made_new(void)
{
    struct arena *a = arena_new();
    struct made *m = ARENA_NEW(a, struct made);
    m->arena = a;
    m->vm = (struct fit_vm){.label = "web", .vcpus = 2, .cpu_lps = 0.9, .unit = UNIT_OF_COUNTER};
    m->disk = (struct fit_disk){.label = "0 C:", .utilization = 0.3, .intervals = 60};
    m->grid = (struct grid){.n = 60};
    m->host = (struct fit_host){.label = "H", .grid = &m->grid, .lps = 4, .busy = 0.5, .hyperv = true};
    m->host.vm = &m->vm;
    m->host.vms = 1;
    m->host.disk = &m->disk;
    m->host.disks = 1;
    m->fit = (struct fit){.arena = a, .host = &m->host, .hosts = 1};
    m->row[0] = (struct card_row){"host.H.lp.utilization", 0.50, 0.51, 1.0, "points", 3.0};
    m->row[1] = (struct card_row){"vm.web.cpu", 0.90, 0.90, 0.0, "points", 2.0};
    m->row[2] = (struct card_row){"workload.web.response_s", 0.10, 0.102, 2.0, "%", 1.0};
    return m;
}

static struct report_card graded(struct made *m, bool against)
{
    struct report_card card = {.row = m->row, .rows = 3};
    card_grade(m->arena, &card, &m->fit, &m->checks, NULL, against);
    return card;
}

static char grade_with(struct made *m)
{
    const char grade = graded(m, false).grade;
    arena_free(m->arena);
    return grade;
}

static void test_good(void **state)
{
    (void)state;
    struct made *m = made_new();
    const struct report_card card = graded(m, false);
    assert_int_equal(card.grade, 'A');
    assert_int_equal(card.limit_count, 0);
    arena_free(m->arena);
}

/* All rows at one error: the grade is that of the table, on both sides of each border. */
static void test_tolerances(void **state)
{
    (void)state;
    static const double points[] = {3.0, 5.0, 8.0, 12.0, 20.0}, percent[] = {10.0, 20.0, 35.0, 50.0, 80.0};
    for (int g = 0; g < 5; g++) {
        for (int side = 0; side < 2; side++) {
            struct made *m = made_new();
            m->row[0].error = points[g] + (side ? 0.01 : -0.01);
            m->row[1].error = -m->row[0].error;
            m->row[2].error = -percent[g] + (side ? -0.01 : 0.01);
            assert_int_equal(grade_with(m), 'A' + g + side);
        }
    }
}

static void test_worst_rows(void **state)
{
    (void)state;
    struct made *m = made_new();
    m->row[1].error = 11.0; /* a processor at D: C at best */
    assert_int_equal(grade_with(m), 'C');
    m = made_new();
    m->row[1].error = -21.0; /* a processor at F */
    assert_int_equal(grade_with(m), 'F');
    m = made_new();
    m->row[2].error = 300.0; /* another counter at F: D at best */
    assert_int_equal(grade_with(m), 'D');
}

static void test_limits(void **state)
{
    (void)state;
    struct made *m = made_new();
    m->grid.n = 11;
    assert_int_equal(grade_with(m), 'F');
    m = made_new();
    m->grid.n = 29;
    assert_int_equal(grade_with(m), 'C');
    m = made_new();
    m->host.lps_guessed = true;
    assert_int_equal(grade_with(m), 'D');
    m = made_new();
    m->vm.unit = UNIT_OF_IO;
    assert_int_equal(grade_with(m), 'B');
    m = made_new();
    m->vm.unit = UNIT_OF_TIME;
    assert_int_equal(grade_with(m), 'C');
    m = made_new();
    m->host.residual = 0.11 * 2.0;
    assert_int_equal(grade_with(m), 'C');
    m = made_new();
    m->host.residual = -0.26 * 2.0;
    assert_int_equal(grade_with(m), 'D');
    m = made_new();
    m->disk.time_guessed = true;
    assert_int_equal(grade_with(m), 'D');
    m = made_new();
    m->disk.rejected = 31;
    assert_int_equal(grade_with(m), 'C');
    m = made_new();
    m->host.busy = m->disk.utilization = 0.04;
    m->vm.cpu_lps = 0.08;
    assert_int_equal(grade_with(m), 'F');
}

static void test_identities(void **state)
{
    (void)state;
    struct made *m = made_new();
    struct identity broken = {
        .text = "web: CPU follows the jobs", .correlation = 0.04, .broken = true, .work = true};
    m->checks = (struct identities){.item = &broken, .n = 1, .broken = 1, .fails = true};
    const struct report_card card = graded(m, false);
    assert_int_equal(card.grade, 'F');
    assert_non_null(strstr(card.limits[0], "0.04"));
    arena_free(m->arena);
}

/* At the log's own load a processor that is off by a fifth is another system's. */
static void test_against(void **state)
{
    (void)state;
    struct made *m = made_new();
    m->grid.n = 5; /* a short log can refute a model, or confirm it */
    assert_int_equal(graded(m, true).grade, 'A');
    m->row[1].predicted = 0.70;
    m->row[1].error = -10.0;
    assert_int_equal(graded(m, true).grade, 'F');
    arena_free(m->arena);
}

static void test_nothing_compared(void **state)
{
    (void)state;
    struct made *m = made_new();
    struct report_card card = {.rows = 0};
    const char *notes[] = {"assumed"};
    m->fit.note = notes;
    m->fit.notes = 1;
    card_grade(m->arena, &card, &m->fit, &m->checks, NULL, false);
    assert_int_equal(card.grade, 'F');
    assert_int_equal(card.unknown_count, 1);
    arena_free(m->arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_tolerances),
        cmocka_unit_test(test_worst_rows),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_identities),
        cmocka_unit_test(test_against),
        cmocka_unit_test(test_nothing_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
