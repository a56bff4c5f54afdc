/* test_cpu.c - virtualization, enlightenment, slat, compatibility, contention, process_creation. */
#include "tests/unit/mechanism/fixture.h"

static void timers_are_a_share_of_guest_time(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "virtualization", "timer") = 0.0137;
    const struct cost c = fixture_cost(&f, DEMAND_CPU, 12.7e6, 0.0);
    assert_close(c.hypervisor_ns[ACCOUNT_TIMER], 0.0137 * 12.7e6, 1e-14);
    assert_true(c.speed == 1.0 && c.guest_ns == 0.0 && c.root_ns == 0.0);
}

static void events_cost_by_number(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "virtualization", "packet") = 731.0;
    *fixture_param(&f, "virtualization", "io") = 2719.0;
    *fixture_param(&f, "virtualization", "dispatch") = 1877.0;
    *fixture_param(&f, "virtualization", "connection") = 5101.0;
    assert_close(fixture_cost(&f, DEMAND_SEND, 17.0, 0.0).hypervisor_ns[ACCOUNT_HYPERCALL], 17 * 731.0,
                 1e-14);
    assert_close(fixture_cost(&f, DEMAND_RECEIVE, 3.0, 0.0).hypervisor_ns[ACCOUNT_HYPERCALL], 3 * 731.0,
                 1e-14);
    assert_close(fixture_cost(&f, DEMAND_IO, 1.0, 8192.0).hypervisor_ns[ACCOUNT_HYPERCALL], 2719.0, 1e-14);
    assert_close(fixture_cost(&f, DEMAND_CONNECT, 2.0, 0.0).hypervisor_ns[ACCOUNT_HYPERCALL], 2 * 5101.0,
                 1e-14);
    assert_close(fixture_cost(&f, DEMAND_DISPATCH, 1.0, 0.0).hypervisor_ns[ACCOUNT_DISPATCH], 1877.0, 1e-14);
}

static void sr_iov_sends_without_the_hypervisor(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    f.at.version = HV_2012;
    f.at.vnic = VNIC_SRIOV;
    const struct cost send = fixture_cost(&f, DEMAND_SEND, 9.0, 9999.0);
    assert_true(fixture_cpu_ns(&send) == 0.0);
    const struct cost receive = fixture_cost(&f, DEMAND_RECEIVE, 9.0, 9999.0);
    assert_close(fixture_cpu_ns(&receive), 9.0 * *fixture_param(&f, "virtualization", "packet"), 1e-14);
    assert_true(receive.root_ns == 0.0);
}

static void an_enlightened_guest_pays_no_more(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    for (size_t i = 0; i < mechanism_param_count(); i++) {
        const struct mechanism *owner = NULL;
        const struct param *p = mechanism_param(i, &owner);
        f.value[i] = owner == mechanism_registry[1] ? p->hi : 0.0;
    }
    *fixture_param(&f, "network_path", "copy") = 1e9;
    f.at.vcpus = 4;
    for (int kind = 0; kind <= DEMAND_IO; kind++) {
        const struct cost c = fixture_cost(&f, (enum demand_kind)kind, 3.0, 0.0);
        assert_true(cost_hypervisor_ns(&c) == 0.0);
    }
    f.at.enlightened = false;
    const struct cost c = fixture_cost(&f, DEMAND_CPU, 3.0, 0.0);
    assert_true(cost_hypervisor_ns(&c) > 0.0);
}

static void spinning_grows_with_the_other_processors(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    f.at.enlightened = false;
    *fixture_param(&f, "enlightenment", "spin") = 0.0613;
    static const struct {
        int vcpus;
        double share;
    } cases[] = {{1, 0.0}, {2, 0.5}, {4, 0.75}, {64, 0.984375}};
    for (size_t i = 0; i < 4; i++) {
        f.at.vcpus = cases[i].vcpus;
        const struct cost c = fixture_cost(&f, DEMAND_CPU, 2.9e6, 0.0);
        assert_close(c.hypervisor_ns[ACCOUNT_SPIN], 0.0613 * cases[i].share * 2.9e6, 1e-14);
    }
}

static void flushes_cost_only_without_slat(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    f.at.enlightened = false;
    f.at.memory_intensity = 2.3;
    const double with = fixture_cost(&f, DEMAND_CPU, 1e6, 0.0).hypervisor_ns[ACCOUNT_PAGE_TABLE];
    assert_close(with, 1e6 * 2.3 * *fixture_param(&f, "slat", "nested"), 1e-14);
    f.at.slat = false;
    const double without = fixture_cost(&f, DEMAND_CPU, 1e6, 0.0).hypervisor_ns[ACCOUNT_PAGE_TABLE];
    const double share = *fixture_param(&f, "slat", "shadow") + *fixture_param(&f, "enlightenment", "flush");
    assert_close(without, 1e6 * 2.3 * share, 1e-14);
}

static void slat_needs_processor_and_version(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    assert_true(mechanism_slat(&f.at));
    f.at.version = HV_2008;
    assert_false(mechanism_slat(&f.at));
    const struct cost old = fixture_cost(&f, DEMAND_CPU, 1e6, 0.0);
    assert_close(old.hypervisor_ns[ACCOUNT_PAGE_TABLE], 1e6 * *fixture_param(&f, "slat", "shadow"), 1e-14);
    f.at.version = HV_2008R2;
    f.at.slat = false;
    assert_false(mechanism_slat(&f.at));
}

static void small_pages_saturate(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "slat", "nested") = 0.0;
    f.at.large_pages = false;
    f.at.memory_intensity = 3.0;
    const double share = *fixture_param(&f, "slat", "small_pages");
    const struct cost c = fixture_cost(&f, DEMAND_CPU, 5.3e6, 0.0);
    assert_close(c.hypervisor_ns[ACCOUNT_PAGE_TABLE], 0.75 * share * 5.3e6, 1e-14);
    f.at.memory_intensity = 1e6;
    const struct cost bound = fixture_cost(&f, DEMAND_CPU, 5.3e6, 0.0);
    assert_close(bound.hypervisor_ns[ACCOUNT_PAGE_TABLE], share * 5.3e6, 1e-5);
}

/* Field truth 11. */
static void slat_matters_little_to_a_compute_loop(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    f.at.memory_intensity = 0.0;
    const struct cost with = fixture_cost(&f, DEMAND_CPU, 1e9, 0.0);
    f.at.slat = false;
    const struct cost without = fixture_cost(&f, DEMAND_CPU, 1e9, 0.0);
    assert_true(fixture_cpu_ns(&with) == fixture_cpu_ns(&without));
    assert_true(fixture_cpu_ns(&without) < 0.01 * 1e9);
}

static void processes_cost_their_own_time_and_page_tables(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "process_creation", "create_cpu") = 1.37e6;
    *fixture_param(&f, "slat", "process_shadow") = 5.9e6;
    *fixture_param(&f, "slat", "process_nested") = 0.17e6;
    *fixture_param(&f, "enlightenment", "process") = 1.9e6;
    const struct cost nested = fixture_cost(&f, DEMAND_PROCESS, 3.0, 0.0);
    assert_close(nested.guest_ns, 3 * 1.37e6, 1e-14);
    assert_close(cost_hypervisor_ns(&nested), 3 * 0.17e6, 1e-14);
    f.at.slat = false;
    const struct cost shadow = fixture_cost(&f, DEMAND_PROCESS, 3.0, 0.0);
    assert_close(cost_hypervisor_ns(&shadow), 3 * 5.9e6, 1e-14);
    f.at.enlightened = false;
    const struct cost old = fixture_cost(&f, DEMAND_PROCESS, 3.0, 0.0);
    assert_close(cost_hypervisor_ns(&old), 3 * (5.9e6 + 1.9e6), 1e-14);
}

static void compatibility_slows_by_sensitivity(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "compatibility", "loss") = 0.073;
    f.at.compatibility_sensitivity = 2.1;
    assert_true(fixture_cost(&f, DEMAND_CPU, 1e6, 0.0).speed == 1.0);
    f.at.compatibility = true;
    assert_close(fixture_cost(&f, DEMAND_CPU, 1e6, 0.0).speed, 1.0 - 0.073 * 2.1, 1e-14);
    f.at.compatibility_sensitivity = 0.0;
    assert_true(fixture_cost(&f, DEMAND_CPU, 1e6, 0.0).speed == 1.0);
    f.at.compatibility_sensitivity = 1e9;
    assert_close(fixture_cost(&f, DEMAND_CPU, 1e6, 0.0).speed, 0.05, 1e-14);
}

static void contention_needs_busy_neighbours(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "contention", "loss") = 0.083;
    assert_true(fixture_cost(&f, DEMAND_SPEED, 0.0, 0.0).speed == 1.0);
    assert_true(fixture_cost(&f, DEMAND_SPEED, 0.25, 0.0).speed == 1.0);
    assert_close(fixture_cost(&f, DEMAND_SPEED, 0.75, 0.0).speed, 1.0 - 0.083 * 2.0 / 3.0, 1e-14);
    assert_close(fixture_cost(&f, DEMAND_SPEED, 1.0, 0.0).speed, 1.0 - 0.083, 1e-14);
    f.at.lps = 1;
    assert_true(fixture_cost(&f, DEMAND_SPEED, 1.0, 0.0).speed == 1.0);
    f.at.lps = 0;
    assert_close(fixture_cost(&f, DEMAND_SPEED, 0.31, 0.0).speed, 1.0 - 0.083 * 0.31, 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(timers_are_a_share_of_guest_time),
        cmocka_unit_test(events_cost_by_number),
        cmocka_unit_test(sr_iov_sends_without_the_hypervisor),
        cmocka_unit_test(an_enlightened_guest_pays_no_more),
        cmocka_unit_test(spinning_grows_with_the_other_processors),
        cmocka_unit_test(flushes_cost_only_without_slat),
        cmocka_unit_test(slat_needs_processor_and_version),
        cmocka_unit_test(small_pages_saturate),
        cmocka_unit_test(slat_matters_little_to_a_compute_loop),
        cmocka_unit_test(processes_cost_their_own_time_and_page_tables),
        cmocka_unit_test(compatibility_slows_by_sensitivity),
        cmocka_unit_test(contention_needs_busy_neighbours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
