/* test_moves.c - what a generation fills in, and whether a scenario's move of a VM can be live. */
#include "tests/unit/scenarios/fixture.h"

#include "model/mechanism/generations.h"
#include <stdlib.h>

static const struct model *with_cpu(struct fixture *f, const char *cpu)
{
    return fixture_model(f, arena_printf(f->arena,
                                         "schema: hvplan.model/1\nhosts: {H: {cpu: %s, hypervisor: 2008r2}}\n"
                                         "vms: {v: {host: H}}\n",
                                         cpu));
}

static void a_generation_fills_what_is_not_stated(void **state)
{
    static const struct {
        const char *cpu;
        enum vendor vendor;
        bool slat;
        int nodes;
    } rows[] = {
        {"{cores: 4}", VENDOR_INTEL, true, 1},
        {"{sockets: 4, cores: 6}", VENDOR_INTEL, true, 1},
        {"{sockets: 4, cores: 6, slat: no}", VENDOR_INTEL, false, 1},
        {"{sockets: 4, cores: 6, numa_nodes: 12}", VENDOR_INTEL, true, 12},
        {"{sockets: 2, cores: 4, generation: xeon5400}", VENDOR_INTEL, false, 1},
        {"{sockets: 2, cores: 4, generation: xeon5500}", VENDOR_INTEL, true, 2},
        {"{sockets: 2, cores: 4, generation: xeon5500, numa_nodes: 1}", VENDOR_INTEL, true, 1},
        {"{sockets: 2, cores: 2, generation: opteron2200}", VENDOR_AMD, false, 2},
        {"{sockets: 2, cores: 12, generation: opteron6100}", VENDOR_AMD, true, 4},
        {"{sockets: 2, cores: 3, generation: epyc7001}", VENDOR_AMD, true,
         2}, /* 8 nodes do not fit 6 cores */
        {"{sockets: 1, cores: 4, vendor: amd, slat: no}", VENDOR_AMD, false, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f = fixture_new();
        const struct cpu_spec *cpu = &with_cpu(&f, rows[i].cpu)->host[0].cpu;
        fixture_expect_clean(&f);
        assert_int_equal(cpu->vendor, rows[i].vendor);
        assert_int_equal(cpu->slat, rows[i].slat);
        assert_int_equal(cpu->nodes, rows[i].nodes);
        fixture_free(&f);
    }
}

static void what_the_file_states_wins(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct cpu_spec *cpu = &with_cpu(&f, "{cores: 4, generation: xeon5400, slat: yes}")->host[0].cpu;
    assert_true(cpu->slat);
    assert_string_equal(generations_rows[cpu->generation].name, "xeon5400");
    fixture_free(&f);
}

static const char *write_model(struct fixture *f, const char *hosts, const char *vm)
{
    char *path = arena_strdup(f->arena, "/tmp/hvplan-moves-XXXXXX");
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    FILE *out = fdopen(fd, "w");
    fprintf(out, "schema: hvplan.model/1\nhosts: {%s}\nvms: {web01: {%s}}\n", hosts, vm);
    assert_int_equal(fclose(out), 0);
    return path;
}

static struct scenario_list *changed(struct fixture *f, const char *hosts, const char *vm, const char *set)
{
    const char *path = write_model(f, hosts, vm);
    struct scenario_list *list = scenarios_read(f->arena, path, NULL, &set, 1, f->errs);
    assert_int_equal(remove(path), 0);
    if (!list)
        print_error("%s", fixture_text(f));
    assert_non_null(list);
    return list;
}

static void the_generation_is_a_change_like_any_other(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct scenario_list *l =
        changed(&f, "HV01: {cpu: {sockets: 2, cores: 4, generation: xeon5400}, hypervisor: 2008r2}",
                "host: HV01", "hosts.HV01.cpu.generation=xeon5500");
    fixture_expect_clean(&f);
    assert_false(l->item[0].model->host[0].cpu.slat);
    assert_true(l->item[1].model->host[0].cpu.slat);
    assert_int_equal(l->item[0].model->host[0].cpu.nodes, 1);
    assert_int_equal(l->item[1].model->host[0].cpu.nodes, 2);
    fixture_free(&f);
}

#define HOST(cpu, version) "{cpu: {cores: 4" cpu "}, hypervisor: " version "}"

static void moves_are_judged_by_vendor_and_generation(void **state)
{
    static const struct {
        const char *from, *to, *vm, *code, *text;
    } rows[] = {
        {HOST("", "2012"), HOST(", vendor: amd", "2012"), "", "W102",
         "from A (intel) to B (amd): no live migration between vendors"},
        {HOST(", generation: opteron2300", "2012"), HOST(", generation: xeon5500", "2012"),
         ", compatibility: yes", "W102", "with or without compatibility mode"},
        {HOST("", "2008"), HOST("", "2008r2"), "", "W102", "Hyper-V 2008 has no live migration"},
        {HOST(", generation: xeon5500", "2012"), HOST(", generation: xeon-e5", "2012"), "", "W103",
         "from A (Xeon 5500 (Nehalem-EP), intel) to B (Xeon E5 (Sandy Bridge-EP), intel)"},
        {HOST(", generation: xeon5500", "2012"), HOST(", generation: xeon-e5", "2012"),
         ", compatibility: yes", NULL, NULL},
        {HOST(", generation: xeon5500", "2012"), HOST(", generation: xeon5500", "2012"), "", NULL, NULL},
        {HOST(", generation: xeon5500", "2012"), HOST("", "2012"), "", NULL, NULL}, /* one is not known */
        {HOST("", "none"), HOST(", vendor: amd", "2012"), "", NULL, NULL}, /* a server becomes a VM */
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f = fixture_new();
        changed(&f, arena_printf(f.arena, "A: %s, B: %s", rows[i].from, rows[i].to),
                arena_printf(f.arena, "host: A%s", rows[i].vm), "vms.web01.host=B");
        if (!rows[i].code) {
            fixture_expect_clean(&f);
        } else {
            assert_int_equal(errs_warning_count(f.errs), 1);
            assert_string_equal(errs_warning(f.errs, 0)->code, rows[i].code);
            assert_string_equal(errs_warning(f.errs, 0)->where, "vms.web01.host");
            fixture_expect(&f, rows[i].text);
        }
        fixture_free(&f);
    }
}

/* Whoever stays, or is new, is not moved; new hardware under a VM is no move either. */
static void only_moves_are_judged(void **state)
{
    static const char *const sets[] = {"vms.web02={like: web01, host: B}", "hosts.A.cpu.vendor=amd",
                                       "vms.web01.vcpus=2"};
    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        struct fixture f = fixture_new();
        changed(&f, "A: " HOST("", "2012") ", B: " HOST(", vendor: amd", "2012"), "host: A", sets[i]);
        fixture_expect_clean(&f);
        fixture_free(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_generation_fills_what_is_not_stated),
        cmocka_unit_test(what_the_file_states_wins),
        cmocka_unit_test(the_generation_is_a_change_like_any_other),
        cmocka_unit_test(moves_are_judged_by_vendor_and_generation),
        cmocka_unit_test(only_moves_are_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
