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
    {"{cores: 8}", "2008r2", "{v: {host: H, nics: {n: {kind: sr-iov}}}}", "W405",
     "sr-iov does not exist before"},
    {"{cores: 8}", "2008", "{v: {host: H, memory: {startup: 1 GiB, maximum: 2 GiB}}}", "W405",
     "dynamic memory"},
    {"{cores: 8}", "{version: 2012, scheduler: core}", "{v: {host: H}}", "W405",
     "the core scheduler does not exist"},
    {"{cores: 8, threads: 2}", "2019", "{v: {host: H}}", "W408",
     "the core scheduler is simulated as classic"},
    {"{cores: 1}", "2008r2",
     "{a: {host: H}, b: {host: H}, c: {host: H}, d: {host: H}, e: {host: H}, f: {host: H}, g: {host: H}, h: "
     "{host: H}, i: "
     "{host: H}, j: {host: H}, k: {host: H}, l: {host: H}, m: {host: H}}",
     "W406", "13 vCPUs on 1 logical processors"},
    {"{cores: 8, slat: no}", "2019", "{v: {host: H}}", "W407", "Hyper-V 2019 does not start without SLAT"},
};

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
