/* test_registry.c - rules that every mechanism keeps, from the registry. */
#include "model/base/arena.h"
#include "tests/unit/mechanism/fixture.h"
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static void names_are_unique_and_in_order(void **state)
{
    (void)state;
    static const char *const names[] = {
        "virtualization", "enlightenment", "slat",        "compatibility",    "contention",
        "numa",           "clock_boost",   "lock_holder", "disk_path",        "physical_disk",
        "network_path",   "physical_nic",  "memory",      "process_creation", "external"};
    assert_int_equal(mechanism_count, sizeof names / sizeof names[0]);
    for (size_t i = 0; i < mechanism_count; i++)
        assert_string_equal(mechanism_registry[i]->name, names[i]);
    for (size_t i = 0; i < mechanism_param_count(); i++) {
        const struct mechanism *owner = NULL;
        const struct param *p = mechanism_param(i, &owner);
        assert_int_equal(mechanism_param_index(owner->name, p->name), i);
    }
}

static void unknown_names_have_no_index(void **state)
{
    (void)state;
    assert_true(mechanism_param_index("slat", "shadows") == SIZE_MAX);
    assert_true(mechanism_param_index("slab", "shadow") == SIZE_MAX);
    assert_true(mechanism_param_index("external", "") == SIZE_MAX);
}

static void ask_beyond_the_last(void *unused)
{
    (void)unused;
    (void)mechanism_param(mechanism_param_count(), NULL);
}

static void a_number_out_of_range_is_a_defect(void **state)
{
    (void)state;
    assert_dies(ask_beyond_the_last, NULL, "check failed: index < mechanism_param_count()");
}

static void defaults_lie_in_their_ranges(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    for (size_t i = 0; i < mechanism_param_count(); i++) {
        const struct param *p = mechanism_param(i, NULL);
        assert_true(isfinite(p->lo) && isfinite(p->hi));
        assert_true(p->lo <= p->def && p->def <= p->hi && p->lo < p->hi);
        assert_true(f.value[i] == p->def);
    }
}

static void assert_sentence(const char *text)
{
    const size_t n = strlen(text);
    assert_true(n > 10 && text[n - 1] == '.');
}

static void everything_is_explained(void **state)
{
    (void)state;
    for (size_t i = 0; i < mechanism_count; i++) {
        assert_sentence(mechanism_registry[i]->doc);
        assert_true(strlen(mechanism_registry[i]->title) > 5);
        assert_true(mechanism_registry[i]->demands != 0);
    }
    for (size_t i = 0; i < mechanism_param_count(); i++) {
        assert_sentence(mechanism_param(i, NULL)->doc);
        assert_true(strlen(mechanism_param(i, NULL)->source) > 5);
        assert_true(strlen(confidence_name(mechanism_param(i, NULL)->confidence)) > 3);
    }
    for (int i = 0; i < ACCOUNTS; i++)
        assert_true(strlen(account_names[i]) > 3);
}

static char *page_read(struct arena *a, const char *mechanism)
{
    FILE *in = fopen(arena_printf(a, "%s/docs/mechanisms/%s.md", HVPLAN_SOURCE_DIR, mechanism), "rb");
    assert_non_null(in);
    char *text = arena_alloc(a, 32768, 1);
    const size_t n = fread(text, 1, 32767, in);
    assert_true(n > 500 && n < 32767);
    assert_int_equal(fclose(in), 0);
    return text;
}

static void every_mechanism_has_a_page_with_its_parameters(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < mechanism_count; i++) {
        const struct mechanism *m = mechanism_registry[i];
        const char *page = page_read(a, m->name);
        assert_non_null(strstr(page, arena_printf(a, "hvplan explain %s", m->name)));
        for (size_t k = 0; k < m->n_params; k++) {
            const char *def = units_format(a, m->params[k].def, m->params[k].unit);
            const char *row = arena_printf(a, "| `%s` | %s | %s |", m->params[k].name, def,
                                           confidence_name(m->params[k].confidence));
            if (!strstr(page, row))
                print_error("%s.md lacks the row %s\n", m->name, row);
            assert_non_null(strstr(page, row));
        }
    }
    arena_free(a);
}

static void every_kind_of_demand_has_a_mechanism(void **state)
{
    (void)state;
    for (int kind = 0; kind < DEMAND_KINDS; kind++) {
        unsigned asked = 0;
        for (size_t i = 0; i < mechanism_count; i++)
            asked |= mechanism_registry[i]->demands & (1u << kind);
        assert_true(asked != 0);
    }
}

static void nothing_touches_an_external_service(void **state)
{
    (void)state;
    const struct fixture f = fixture_default();
    const struct cost c = fixture_cost(&f, DEMAND_EXTERNAL, 3137e3, 0.0);
    assert_close(c.device_ns, 3137e3, 1e-15);
    assert_true(cost_hypervisor_ns(&c) == 0.0 && c.root_ns == 0.0 && c.guest_ns == 0.0);
}

static void assert_neutral(const struct cost *c)
{
    assert_true(c->root_ns == 0.0 && cost_hypervisor_ns(c) == 0.0 && c->exits == 0.0 &&
                c->exit_root_ns == 0.0);
    assert_true(c->latency_ns == 0.0 && c->extra_reads == 0.0 && c->extra_writes == 0.0);
    assert_true(c->speed == 1.0 && c->read_factor == 1.0 && c->pages_per_s == 0.0 && !c->spread);
}

/* A place where every mechanism that could act would. */
static struct fixture worst_place(void)
{
    struct fixture f = fixture_default();
    f.at.slat = f.at.large_pages = f.at.enlightened = f.at.integration = false;
    f.at.compatibility = f.at.vmq = f.at.chimney = true;
    f.at.vcpus = 4;
    f.at.memory_intensity = 3.7;
    f.at.lock_share = 0.083;
    f.at.vdisk = VDISK_DIFF_VHD;
    f.at.controller = CTRL_IDE;
    f.at.chain = 5;
    f.at.fragmentation = 0.31;
    f.at.raid = 5;
    f.at.vnic = VNIC_EMULATED;
    return f;
}

static void a_physical_machine_pays_nothing_for_virtualization(void **state)
{
    (void)state;
    struct fixture f = worst_place();
    f.at.version = HV_NONE;
    static const struct {
        enum demand_kind kind;
        double amount;
    } cases[] = {{DEMAND_CPU, 17.3e6},  {DEMAND_IO, 1},          {DEMAND_SEND, 23},    {DEMAND_RECEIVE, 23},
                 {DEMAND_CONNECT, 3},   {DEMAND_DISPATCH, 1},    {DEMAND_SPEED, 0.93}, {DEMAND_PROCESS, 7},
                 {DEMAND_REMOTE, 0.61}, {DEMAND_PREEMPTED, 0.43}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct cost c = fixture_cost(&f, cases[i].kind, cases[i].amount, 31234.0);
        assert_neutral(&c);
        assert_true(c.device_ns == 0.0 && c.device_ops == 0.0);
        if (cases[i].kind == DEMAND_PROCESS)
            assert_close(c.guest_ns, 7 * *fixture_param(&f, "process_creation", "create_cpu"), 1e-15);
        else
            assert_true(c.guest_ns == 0.0);
    }
}

static void the_same_place_on_a_hypervisor_pays_on_every_demand(void **state)
{
    (void)state;
    const struct fixture f = worst_place();
    static const enum demand_kind kinds[] = {DEMAND_CPU,     DEMAND_PROCESS, DEMAND_IO,      DEMAND_SEND,
                                             DEMAND_RECEIVE, DEMAND_CONNECT, DEMAND_DISPATCH};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const struct cost c = fixture_cost(&f, kinds[i], 2.0, 3000.0);
        assert_true(cost_hypervisor_ns(&c) > 0.0);
    }
    assert_true(fixture_cost(&f, DEMAND_SPEED, 0.93, 0.0).speed < 1.0);
    assert_true(fixture_cost(&f, DEMAND_REMOTE, 0.61, 0.0).speed < 1.0);
    assert_true(fixture_cost(&f, DEMAND_PREEMPTED, 0.43, 0.0).speed < 1.0);
    assert_true(fixture_cost(&f, DEMAND_CPU, 1e6, 0.0).speed < 1.0);
}

static void the_account_total_is_the_sum_over_classes(void **state)
{
    (void)state;
    struct cost c = {.hypervisor_ns = {1.25, 2.5, 5.0, 10.0, 20.0, 40.0}, .root_ns = 80.0, .guest_ns = 160.0};
    assert_close(cost_hypervisor_ns(&c), 78.75, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_unique_and_in_order),
        cmocka_unit_test(unknown_names_have_no_index),
        cmocka_unit_test(a_number_out_of_range_is_a_defect),
        cmocka_unit_test(defaults_lie_in_their_ranges),
        cmocka_unit_test(everything_is_explained),
        cmocka_unit_test(every_mechanism_has_a_page_with_its_parameters),
        cmocka_unit_test(every_kind_of_demand_has_a_mechanism),
        cmocka_unit_test(nothing_touches_an_external_service),
        cmocka_unit_test(a_physical_machine_pays_nothing_for_virtualization),
        cmocka_unit_test(the_same_place_on_a_hypervisor_pays_on_every_demand),
        cmocka_unit_test(the_account_total_is_the_sum_over_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
