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
    *fixture_param(&f, "memory", "fault_cpu") = 23e3;
    *fixture_param(&f, "memory", "page_writes") = 0.07;
    const struct cost none = fixture_cost(&f, DEMAND_MEMORY, 0.0, 0.0);
    assert_true(none.pages_per_s == 0.0 && none.guest_ns == 0.0 && none.extra_writes == 0.0);
    const struct cost some = fixture_cost(&f, DEMAND_MEMORY, 0.13, 0.0);
    assert_close(some.pages_per_s, 17e3 * 0.13 * 0.13, 1e-12);
    assert_close(some.guest_ns, 23e3, 1e-12);
    assert_close(some.extra_writes, 0.07, 1e-12);
    assert_true(some.read_factor == 1.0);
    const struct cost twice = fixture_cost(&f, DEMAND_MEMORY, 0.26, 0.0);
    assert_close(twice.pages_per_s, 4.0 * some.pages_per_s, 1e-12);
}

static void a_smaller_cache_reads_more(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "memory", "cache_exponent") = 0.61;
    assert_true(fixture_cost(&f, DEMAND_CACHE, 0.0, 0.0).read_factor == 1.0);
    const struct cost some = fixture_cost(&f, DEMAND_CACHE, 0.13, 0.0);
    assert_close(some.read_factor, pow(0.87, -0.61), 1e-12);
    assert_true(some.pages_per_s == 0.0 && some.guest_ns == 0.0);
    assert_close(fixture_cost(&f, DEMAND_CACHE, 1.0, 0.0).read_factor, pow(0.01, -0.61), 1e-12);
    f.at.miss_exponent = 1.3; /* fitted for this VM */
    assert_close(fixture_cost(&f, DEMAND_CACHE, 0.13, 0.0).read_factor, pow(0.87, -1.3), 1e-12);
}

/* 10 GB wanted, 4 of them cache with a floor of a quarter: 3 can give way, the rest is a lack. */
static void the_cache_gives_way_first(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "memory", "cache_floor") = 0.25;
    const struct memory_squeeze whole = memory_squeeze(f.value, 10 * GIB, 4 * GIB, 11 * GIB);
    assert_true(whole.lack == 0.0 && whole.cache_lack == 0.0 && whole.cache_bytes == 4 * GIB);
    const struct memory_squeeze less = memory_squeeze(f.value, 10 * GIB, 4 * GIB, 8 * GIB);
    assert_close(less.cache_bytes, 2 * GIB, 1e-12);
    assert_close(less.cache_lack, 0.5, 1e-12);
    assert_true(less.lack == 0.0);
    const struct memory_squeeze least = memory_squeeze(f.value, 10 * GIB, 4 * GIB, 5 * GIB);
    assert_close(least.cache_bytes, 1 * GIB, 1e-12);
    assert_close(least.cache_lack, 0.75, 1e-12);
    assert_close(least.lack, 0.2, 1e-12);
    const struct memory_squeeze bare = memory_squeeze(f.value, 10 * GIB, 0.0, 9 * GIB);
    assert_true(bare.cache_lack == 0.0);
    assert_close(bare.lack, 0.1, 1e-12);
    assert_true(memory_squeeze(f.value, 0.0, 0.0, 0.0).lack == 0.0);
}

static void the_balancer_has_its_pace(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    assert_close(memory_balance_ns(f.value), 1e9, 1e-12);
    *fixture_param(&f, "memory", "balance_period") = 3.7e9;
    *fixture_param(&f, "memory", "balloon_rate") = 61.0 * MIB;
    assert_close(memory_balance_ns(f.value), 3.7e9, 1e-12);
    assert_close(memory_balloon_bytes_per_s(f.value), 61.0 * MIB, 1e-12);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shortage_pages_steeply),
        cmocka_unit_test(a_physical_server_pages_alike_and_reserves_nothing),
        cmocka_unit_test(the_biztalk_guide_adds_up),
        cmocka_unit_test(the_root_grows_with_the_host_from_r2),
        cmocka_unit_test(a_smaller_cache_reads_more),
        cmocka_unit_test(the_cache_gives_way_first),
        cmocka_unit_test(the_balancer_has_its_pace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
