/* test_memory_published.c - how many VMs fit, against what was published: each figure comes out of the admission of a model.
 *
 * Source    BizTalk Server Hyper-V Guide, system resource costs: 2 GB guests take 2,388 MB, two of them 4,476 MB, the
 *           hypervisor counted and the root (512 MB) not
 *           hyper-v.nu, 2012-10: MemoryReserve of 2008 R2 = 384 MB + 64 MB per GB, 1,408 MB at 16 GB
 *           Microsoft virtualization team blog, 2010-11-08: 96 GB hold 85 desktops of 1 GB, or 120 with Dynamic Memory that
 *           start with 512 MB and have 700 MB on average
 */
#include "tests/support/hosttest.h"

#define MIB 1048576.0
#define GIB 1073741824.0

/* A host of `mib` with n VMs alike, as admitted before anything runs. */
static const struct run *admitted(const char *version, double mib, int n, const char *memory)
{
    const char *vms = "";
    for (int i = 0; i < n; i++)
        vms = arena_printf(arena, "%s  v%d: {host: H, os: ws2008, memory: %s}\n", vms, i, memory);
    return run_new(
        arena,
        hostsim_modelf(arena,
                       "schema: hvplan.model/1\n"
                       "hosts: {H: {cpu: {sockets: 2, cores: 8}, hypervisor: %s, memory: %.17g MiB}}\n"
                       "vms:\n%s"
                       "workloads: {w: {arrivals: {rate: 1 /s}, steps: [{on: v0, cpu: 1 ms}]}}\n",
                       version, mib, vms),
        "admission", 1, 0);
}

/* Every VM runs and has what it is meant to have: its size, or its demand with the whole buffer. */
static bool fits(const struct run *run)
{
    for (int i = 0; i < run->model->vms; i++) {
        const struct memory_spec *s = &run->vm[i].spec->memory;
        if (run->vm[i].pressure > (s->dynamic ? 1.0 / (1.0 + s->buffer) : 1.0) + 1e-12)
            return false;
    }
    return run->host[0].memory_missing_bytes <= 0.0;
}

static int most_that_fit(const char *version, double mib, const char *memory)
{
    int n = 1;
    while (fits(admitted(version, mib, n + 1, memory)))
        n++;
    return n;
}

static double taken_mib(int guests)
{
    return (16.0 * GIB - admitted("2008", 16.0 * 1024.0, guests, "2 GiB")->host[0].memory_available_bytes) /
           MIB;
}

static void test_the_guide_s_guests(void **state)
{
    (void)state;
    const double root = 512.0;
    assert_close(taken_mib(1) - root, 2388.0, 1e-9);
    assert_close(taken_mib(2) - root, 4476.0, 1e-9);
    /* and a host with not quite that much does not hold them */
    assert_true(fits(admitted("2008", 4476.0 + root, 2, "2 GiB")));
    assert_false(fits(admitted("2008", 4475.0 + root, 2, "2 GiB")));
}

static void test_the_root_of_2008_r2(void **state)
{
    (void)state;
    const struct run *run = admitted("2008r2", 16.0 * 1024.0, 1, "1 GiB");
    const double root = 16.0 * GIB - run->host[0].memory_available_bytes - (1024.0 + 32.0 + 300.0) * MIB;
    assert_close(root / MIB, 1408.0, 1e-9);
}

/* 98304 MB - 300 - (384 + 64 x 96) = 91476; / (1024 + 32) = 86.6. The published 85 has no more digits. */
static void test_static_desktops_on_96_gb(void **state)
{
    (void)state;
    const int n = most_that_fit("2008r2", 96.0 * 1024.0, "1 GiB");
    assert_int_equal(n, 86);
    assert_close(n, 85.0, 0.05);
}

/* 700 MB on average are demand and buffer; 91476 / (700 + 32) = 124.97. */
static void test_dynamic_desktops_on_96_gb(void **state)
{
    (void)state;
    const char *memory =
        arena_printf(arena, "{startup: 512 MiB, maximum: 1 GiB, demand: %.17g MiB}", 700.0 / 1.2);
    const int n = most_that_fit("2008r2", 96.0 * 1024.0, memory);
    assert_int_equal(n, 124);
    assert_close(n, 120.0, 0.05);
    /* without Dynamic Memory so many desktops of that size are far too much */
    assert_false(fits(admitted("2008r2", 96.0 * 1024.0, n, "1 GiB")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_the_guide_s_guests),
        HOSTTEST(test_the_root_of_2008_r2),
        HOSTTEST(test_static_desktops_on_96_gb),
        HOSTTEST(test_dynamic_desktops_on_96_gb),
    };
    return cmocka_run_group_tests_name("published memory figures", tests, NULL, NULL);
}
