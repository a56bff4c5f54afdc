/* Machines of a set of logs, and the common grid of their series. */
#include "calibrate/grid.h"
#include "tests/support/support.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define PATH HVPLAN_BINARY_DIR "/test_machine.csv"

static struct machines *machines_of(struct arena *a, const char *const *columns, int n)
{
    static const char *const paths[] = {PATH};
    FILE *f = fopen(PATH, "wb");
    assert_non_null(f);
    fprintf(f, "\"(PDH-CSV 4.0) (UTC)(0)\"");
    for (int i = 0; i < n; i++) {
        fprintf(f, ",\"%s\"", columns[i]);
    }
    for (int r = 0; r < 3; r++) {
        fprintf(f, "\n\"05/11/2015 00:01:%02d\"", 10 * r);
        for (int i = 0; i < n; i++) {
            fprintf(f, ",\"%d\"", 10 * (i + 1) + r);
        }
    }
    fclose(f);
    struct errs *e = errs_new(a);
    const struct logset *s = logset_read(a, paths, 1, NULL, 0, e);
    assert_non_null(s);
    return machine_all(s);
}

#define VP "Hyper-V Hypervisor Virtual Processor"
#define LP "Hyper-V Hypervisor Logical Processor"

static void test_vms_and_processors(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    static const char *const columns[] = {
        "\\\\HV1\\" LP "(Hv LP 0)\\% Total Run Time",
        "\\\\HV1\\" LP "(Hv LP 1)\\% Total Run Time",
        "\\\\HV1\\" LP "(_Total)\\% Total Run Time",
        "\\\\hv1\\" VP "(web 01:Hv VP 0)\\% Guest Run Time",
        "\\\\HV1\\" VP "(web 01:hv vp 1)\\% Guest Run Time",
        "\\\\HV1\\" VP "(a:b:Hv VP 0)\\% Guest Run Time",
        "\\\\HV1\\" VP "(_Total)\\% Guest Run Time",
        "\\\\HV1\\Application(WEB 01)\\Requests/sec",
        "\\\\HV1\\Hyper-V Hypervisor Root Virtual Processor(Root VP 0)\\% Total Run Time"};
    const struct machines *all = machines_of(a, columns, 9);
    assert_int_equal(all->n, 1);
    const struct machine *m = &all->item[0];
    assert_true(m->hyperv);
    assert_int_equal(machine_lps(m), 2);
    assert_int_equal(m->vms, 2);
    assert_string_equal(m->vm[0].name, "web 01");
    assert_int_equal(m->vm[0].vps, 2);
    assert_string_equal(m->vm[1].name, "a:b");
    assert_non_null(m->vm[0].requests);
    assert_null(m->vm[1].requests);
    assert_non_null(m->cls[CLASS_LP].total);
    /* LPs log 10, 11, 12 and 20, 21, 22 */
    assert_close(machine_mean(m, CLASS_LP, CTR_LP_TOTAL, 0, INT64_MAX), 0.16, 1e-12);
    assert_true(isnan(machine_mean(m, CLASS_LP, CTR_LP_GUEST, 0, INT64_MAX)));
    arena_free(a);
}

/* A guest's own log joins its VM: the name with the characters that PerfMon replaces. */
static void test_guest_log_joins(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    static const char *const columns[] = {"\\\\HV1\\" VP "(sql [old]:Hv VP 0)\\% Guest Run Time",
                                          "\\\\sql (old)\\SQLServer:SQL Statistics\\Batch Requests/sec",
                                          "\\Memory\\Available Bytes"};
    const struct machines *all = machines_of(a, columns, 3);
    const struct machine *m = &all->item[0];
    assert_string_equal(m->name, "HV1");
    assert_int_equal(machine_vm(m, "sql (old)"), 0);
    assert_non_null(m->vm[0].requests);
    assert_true(m->vm[0].guest_clock);
    arena_free(a);
}

static void test_totals_only(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    static const char *const columns[] = {"\\\\P\\Processor(_Total)\\% Idle Time",
                                          "\\\\P\\Memory\\Available Bytes"};
    const struct machines *all = machines_of(a, columns, 2);
    assert_false(all->item[0].hyperv);
    assert_int_equal(machine_lps(&all->item[0]), 0);
    assert_close(machine_mean(&all->item[0], CLASS_PROCESSOR, CTR_PROCESSOR_IDLE, 0, INT64_MAX), 0.11, 1e-12);
    assert_string_equal(all->objects, "'Processor', 'Memory'");
    arena_free(a);
}

static struct log_series series_of(struct arena *a, int n, double step_s, int64_t start_s, double value)
{
    struct log_series s = {
        .n = (size_t)n, .step_s = step_s, .point = ARENA_ARRAY(a, struct log_point, (size_t)n)};
    for (int i = 0; i < n; i++) {
        s.point[i] = (struct log_point){(int64_t)(1e9 * ((double)start_s + step_s * (i + 1))), step_s,
                                        value * (i + 1)};
    }
    return s;
}

/* 5 s values on a 30 s grid: means by overlap; an interval that is covered by less than half has none. */
static void test_grid(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct log_series slow = series_of(a, 4, 30.0, 0, 1.0), fast = series_of(a, 14, 5.0, 0, 2.0);
    struct machine m = {.name = "x"};
    struct instance disk = {.name = "0"}, processor = {.name = "0"}, memory = {.name = ""};
    const struct log_series slower = series_of(a, 2, 600.0, 0, 1.0);
    disk.by[CTR_DISK_READS] = &slow;
    processor.by[CTR_PROCESSOR_TIME] = &fast;
    memory.by[CTR_MEMORY_AVAILABLE_BYTES] = &slower;
    m.cls[CLASS_DISK] = (struct instance_list){&disk, 1, 1, NULL};
    m.cls[CLASS_PROCESSOR] = (struct instance_list){&processor, 1, 1, NULL};
    m.cls[CLASS_MEMORY] = (struct instance_list){&memory, 1, 1, NULL};
    const struct grid *g = grid_new(a, &m);
    assert_int_equal(g->n, 4); /* memory's slow cadence does not blur the rest */
    const double *v = grid_values(g, &fast);
    assert_close(v[0], 2.0 * 3.5, 1e-12);
    assert_close(v[1], 2.0 * 9.5, 1e-12);
    assert_true(isnan(v[2])); /* 10 of 30 s */
    assert_true(isnan(v[3]));
    assert_close(grid_mean(g, v), 13.0, 1e-12);
    assert_close(grid_weighted(g, v, (const double[]){1.0, 3.0, 5.0, 5.0}), (7.0 + 57.0) / 4.0, 1e-12);
    assert_true(isnan(grid_values(g, NULL)[0]));
    assert_int_equal(grid_part(a, g, 1, 3)->n, 2);
    assert_true(grid_part(a, g, 1, 3)->end_ns[0] == g->end_ns[1]);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vms_and_processors),
        cmocka_unit_test(test_guest_log_joins),
        cmocka_unit_test(test_totals_only),
        cmocka_unit_test(test_grid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
