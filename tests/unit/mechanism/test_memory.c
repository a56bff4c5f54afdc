/* test_memory.c - memory: shortage and reserves. */
#include "model/mechanism/memory.h"
#include "tests/unit/mechanism/fixture.h"
#include <math.h>

#define MIB 1048576.0
#define GIB 1073741824.0

static void shortage_pages_steeply(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "memory", "page_rate") = 17e3;
    *fixture_param(&f, "memory", "cache_exponent") = 0.61;
    const struct cost none = fixture_cost(&f, DEMAND_MEMORY, 0.0, 0.0);
    assert_true(none.pages_per_s == 0.0 && none.read_factor == 1.0);
    const struct cost some = fixture_cost(&f, DEMAND_MEMORY, 0.13, 0.0);
    assert_close(some.pages_per_s, 17e3 * 0.13 * 0.13, 1e-12);
    assert_close(some.read_factor, pow(0.87, -0.61), 1e-12);
    const struct cost twice = fixture_cost(&f, DEMAND_MEMORY, 0.26, 0.0);
    assert_close(twice.pages_per_s, 4.0 * some.pages_per_s, 1e-12);
    assert_close(fixture_cost(&f, DEMAND_MEMORY, 1.0, 0.0).read_factor, pow(0.05, -0.61), 1e-12);
}

static void a_physical_server_pages_alike_and_reserves_nothing(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    const double virtual_pages = fixture_cost(&f, DEMAND_MEMORY, 0.2, 0.0).pages_per_s;
    f.at.version = HV_NONE;
    assert_true(fixture_cost(&f, DEMAND_MEMORY, 0.2, 0.0).pages_per_s == virtual_pages);
    assert_true(memory_host_bytes(f.value, HV_NONE, 32 * GIB) == 0.0);
    assert_true(memory_vm_bytes(f.value, HV_NONE, 2 * GIB) == 0.0);
}

/* BizTalk guide: one 2 GB guest takes 2388 MB with the hypervisor, two take 4476 MB. */
static void the_biztalk_guide_adds_up(void **state)
{
    (void)state;
    const struct fixture f = fixture_default();
    const double hypervisor = memory_host_bytes(f.value, HV_2008, 32 * GIB) - 512 * MIB;
    const double guest = 2 * GIB + memory_vm_bytes(f.value, HV_2008, 2 * GIB);
    assert_close((hypervisor + guest) / MIB, 2388.0, 1e-12);
    assert_close((hypervisor + 2 * guest) / MIB, 4476.0, 1e-12);
    assert_close(memory_vm_bytes(f.value, HV_2008, 0.5 * GIB) / MIB, 32.0, 1e-12);
}

/* hyper-v.nu: 16 GB make 384 + 1024 MB. A small host keeps the 512 MB of 2008. */
static void the_root_grows_with_the_host_from_r2(void **state)
{
    (void)state;
    const struct fixture f = fixture_default();
    assert_close(memory_host_bytes(f.value, HV_2008, 16 * GIB) / MIB, 812.0, 1e-12);
    assert_close(memory_host_bytes(f.value, HV_2008R2, 16 * GIB) / MIB, 300.0 + 1408.0, 1e-12);
    assert_close(memory_host_bytes(f.value, HV_2012, 1 * GIB) / MIB, 812.0, 1e-12);
}

/* Virtualization team blog, 2010-11-08: 96 GB held 85 static desktops of 1 GB, or 120 of 700 MB on average with Dynamic
 * Memory. Approximated: all VMs alike, no buffer beyond the average. */
static void desktops_on_96_gb(void **state)
{
    (void)state;
    const struct fixture f = fixture_default();
    const double free_bytes = 96 * GIB - memory_host_bytes(f.value, HV_2008R2, 96 * GIB);
    const double fixed = GIB + memory_vm_bytes(f.value, HV_2008R2, GIB);
    const double dynamic = 700 * MIB + memory_vm_bytes(f.value, HV_2008R2, 700 * MIB);
    assert_close(free_bytes / fixed, 85.0, 0.05);
    assert_close(free_bytes / dynamic, 120.0, 0.05);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shortage_pages_steeply),
        cmocka_unit_test(a_physical_server_pages_alike_and_reserves_nothing),
        cmocka_unit_test(the_biztalk_guide_adds_up),
        cmocka_unit_test(the_root_grows_with_the_host_from_r2),
        cmocka_unit_test(desktops_on_96_gb),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
