/* test_supported.c - warnings W4xx, each provoked, and none where none is due. */
#include "tests/unit/scenarios/fixture.h"

static const struct row {
    const char *cpu, *hypervisor, *vms, *code, *text;
} rows[] = {
    {"{cores: 8}", "2008r2", "{v: {host: H, os: ws2008r2, vcpus: 5}}", "W401",
     "5 vCPUs; Hyper-V 2008r2 supports 4"},
    {"{cores: 8}", "2008r2", "{v: {host: H, os: ws2003, vcpus: 4}}", "W402",
     "supports 2 in a VM of Hyper-V 2008r2"},
    {"{cores: 2}", "2012", "{v: {host: H, os: ws2012, vcpus: 3}}", "W403", "3 vCPUs on 2 logical processors"},
    {"{sockets: 8, cores: 16}", "2008r2", "{v: {host: H}}", "W404",
     "128 logical processors; Hyper-V 2008r2 supports 64"},
    {"{cores: 8}", "2008r2", "{v: {host: H, disks: {c: {kind: fixed-vhdx}}}}", "W405",
     "fixed-vhdx does not exist before"},
    {"{cores: 8}", "2012", "{v: {host: H, disks: {c: {maximum_iops: 500 /s}}}}", "W405",
     "storage QoS does not exist before Hyper-V 2012r2"},
    {"{cores: 8}", "2012r2", "{v: {host: H, disks: {c: {kind: direct}}}}", "W405",
     "direct does not exist before Hyper-V 2016"},
    {"{cores: 8}", "2008r2", "{v: {host: H, nics: {n: {kind: sr-iov}}}}", "W405",
     "sr-iov does not exist before"},
    {"{cores: 8}", "2008", "{v: {host: H, memory: {startup: 1 GiB, maximum: 2 GiB}}}", "W405",
     "dynamic memory"},
    {"{cores: 8}", "{version: 2012, scheduler: core}", "{v: {host: H}}", "W405",
     "the core scheduler does not exist"},
    {"{cores: 8, threads: 2}", "{version: 2019, scheduler: root}", "{v: {host: H}}", "W408",
     "the root scheduler heeds no weights"},
    {"{cores: 8}", "{version: 2012r2, cpu_groups: {g: {cap: 50 %}}}", "{v: {host: H, cpu_group: g}}", "W405",
     "CPU groups do not exist before Hyper-V 2016"},
    {"{cores: 1}", "2008r2",
     "{a: {host: H}, b: {host: H}, c: {host: H}, d: {host: H}, e: {host: H}, f: {host: H}, g: {host: H}, h: "
     "{host: H}, i: "
     "{host: H}, j: {host: H}, k: {host: H}, l: {host: H}, m: {host: H}}",
     "W406", "13 vCPUs on 1 logical processors"},
    {"{cores: 8}", "2008", "{v: {host: H, os: ws2008, vcpus: 5}}", "W401", "Hyper-V 2008 supports 4 in a VM"},
    {"{sockets: 4, cores: 17}", "2012", "{v: {host: H, os: ws2012, vcpus: 65}}", "W401",
     "65 vCPUs; Hyper-V 2012 supports 64"},
    {"{sockets: 4, cores: 17}", "2012r2", "{v: {host: H, os: ws2012r2, vcpus: 65}}", "W401",
     "65 vCPUs; Hyper-V 2012r2 supports 64"},
    {"{sockets: 4, cores: 64}", "2016", "{v: {host: H, os: ws2016, vcpus: 241}}", "W401",
     "241 vCPUs; Hyper-V 2016 supports 240 in a VM"},
    {"{sockets: 4, cores: 64}", "2016", "{v: {host: H, os: ws2008r2, vcpus: 65}}", "W401",
     "supports 64 in a generation 1 VM (Windows Server 2008 R2)"},
    {"{sockets: 4, cores: 64}", "2019",
     "{v: {host: H, os: ws2019, vcpus: 65, disks: {c: {controller: ide}}}}", "W401",
     "supports 64 in a generation 1 VM (an IDE disk)"},
    {"{sockets: 4, cores: 64}", "2019", "{v: {host: H, os: ws2019, vcpus: 65, nics: {n: {kind: emulated}}}}",
     "W401", "supports 64 in a generation 1 VM (a legacy adapter)"},
    {"{cores: 8}", "2008", "{v: {host: H, os: vista, vcpus: 3}}", "W402", "Windows Vista supports 2 in a VM"},
    {"{cores: 8}", "2008r2", "{v: {host: H, os: xp, vcpus: 3}}", "W402", "Windows XP supports 2 in a VM"},
    {"{cores: 8}", "2008", "{v: {host: H, os: w2000, vcpus: 2}}", "W402", "Windows 2000 supports 1 in a VM"},
    {"{cores: 8}", "2008r2", "{v: {host: H, memory: 65 GiB}}", "W409",
     "65 GiB of memory; Hyper-V 2008r2 supports 64 GiB in a VM"},
    {"{cores: 8}", "2012r2", "{v: {host: H, memory: {startup: 1 GiB, maximum: 1025 GiB}}}", "W409",
     "supports 1 TiB in a VM"},
    {"{cores: 8}", "2016", "{v: {host: H, os: ws2016, memory: 13 TiB}}", "W409", "supports 12 TiB in a VM"},
    {"{cores: 8}", "2019", "{v: {host: H, os: win7, memory: 2 TiB}}", "W409",
     "supports 1 TiB in a generation 1 VM"},
    {"{sockets: 2, cores: 13}", "2008", "{v: {host: H}}", "W404", "Hyper-V 2008 supports 24"},
    {"{sockets: 8, cores: 41}", "2012", "{v: {host: H}}", "W404", "Hyper-V 2012 supports 320"},
    {"{cores: 8, generation: xeon5400, vendor: amd}", "2012", "{v: {host: H}}", "W104",
     "amd is stated; Xeon 5400 (Harpertown, Core) has intel"},
    {"{cores: 8, generation: xeon5400, slat: yes}", "2012", "{v: {host: H}}", "W104", "has no SLAT"},
    {"{cores: 8, generation: opteron2300, slat: no}", "2012", "{v: {host: H}}", "W104", "no is stated"},
    {"{cores: 8, generation: xeon7300, numa_nodes: 2}", "2012", "{v: {host: H}}", "W104",
     "2 is stated; Xeon 7300 (Tigerton, Core) has uniform memory"},
    {"{cores: 8, generation: xeon5300, threads: 2}", "2012", "{v: {host: H}}", "W104", "1 thread a core"},
    {"{cores: 8, generation: xeon5400, threads: 2}", "none", "{v: {host: H}}", "W104", "1 thread a core"},
    {"{cores: 8, slat: no}", "2019", "{v: {host: H}}", "W407", "Hyper-V 2019 does not start without SLAT"},
};

/* Twelve VMs on one logical processor. */
#define DESKTOP(name, os) #name ": {host: H, os: " os "}, "
#define DESKTOPS(os)                                                                                         \
    "{" DESKTOP(a, os) DESKTOP(b, os) DESKTOP(c, os) DESKTOP(d, os) DESKTOP(e, os) DESKTOP(f, os)            \
        DESKTOP(g, os) DESKTOP(h, os) DESKTOP(i, os) DESKTOP(j, os) DESKTOP(k, os) "l: {host: H, os: win7}}"

static struct model *load(struct fixture *f, const struct row *row)
{
    return fixture_model(
        f, arena_printf(f->arena,
                        "schema: hvplan.model/1\nhosts: {H: {cpu: %s, hypervisor: %s, disks: {d: "
                        "{read: 5 ms}}, nics: {n: {speed: 1 Gbps}}}}\nvms: %s\n",
                        row->cpu, row->hypervisor, row->vms));
}

static void each_warning_is_provoked(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f = fixture_new();
        assert_non_null(load(&f, &rows[i]));
        if (errs_warning_count(f.errs) != 1)
            print_error("%zu: %s", i, fixture_text(&f));
        assert_int_equal(errs_warning_count(f.errs), 1);
        assert_string_equal(errs_warning(f.errs, 0)->code, rows[i].code);
        fixture_expect(&f, rows[i].text);
        fixture_expect(&f, "test.yaml:");
        fixture_free(&f);
    }
}

static void what_is_supported_is_not_warned_about(void **state)
{
    static const struct row good[] = {
        {"{cores: 8}", "2008r2", "{v: {host: H, os: ws2008r2, vcpus: 4}, w: {host: H, os: ws2003, vcpus: 2}}",
         "", ""},
        {"{cores: 64}", "2019", "{v: {host: H, os: ws2003, vcpus: 16, disks: {c: {kind: fixed-vhdx}}}}", "",
         ""},
        {"{cores: 2, slat: no}", "none", "{v: {host: H}}", "", ""},
        {"{sockets: 4, cores: 64}", "2019", "{v: {host: H, os: ws2019, vcpus: 240, memory: 12 TiB}}", "", ""},
        {"{cores: 8}", "2008r2",
         "{v: {host: H, os: vista, vcpus: 2, memory: 64 GiB}, w: {host: H, os: w2000}}", "", ""},
        {"{cores: 1}", "2008r2", DESKTOPS("win7"), "", ""}, /* 12 to 1 with Service Pack 1 */
        {"{sockets: 2, cores: 4, generation: xeon5500, vendor: intel, slat: yes, numa_nodes: 1, threads: 1}",
         "2008r2", "{v: {host: H}}", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct fixture f = fixture_new();
        assert_non_null(load(&f, &good[i]));
        fixture_expect_clean(&f);
        fixture_free(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_warning_is_provoked),
        cmocka_unit_test(what_is_supported_is_not_warned_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
