/* test_overheads.c - the hypervisor's time, class by class, in a simulated host: what feeds each account, that the accounts add
 * up, and that "10 to 20 % overhead" comes out of them. */
#include "tests/support/hosttest.h"

static double account(const struct scenario_result *s, int which)
{
    double lps = 0.0;
    for (int i = 0; i < s->accounts; i++)
        if (strcmp(s->account[i].account, account_names[which]) == 0)
            lps += s->account[i].lps;
    return lps;
}

static double account_sum(const struct scenario_result *s)
{
    double lps = 0.0;
    for (int k = 0; k < ACCOUNTS; k++)
        lps += account(s, k);
    return lps;
}

/* ---- each parameter feeds its account, by as much as its page says ---- */

/* An unenlightened guest of 2 vCPUs with everything that a cost can hang on; one user, so jobs follow each other: 10 ms of CPU,
 * 3 processes, an operation on each disk, a packet each way on each adapter, 2 connections. */
static struct model *everything(bool slat)
{
    return hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 2, slat: %s, large_pages: no}, hypervisor: 2008r2,\n"
        "  disks: {d: {kind: ssd, channels: 8, read: {mean: 100 us, scv: 0}}}, nics: {l: {speed: 10 "
        "Gbps}}}}\n"
        "vms: {a: {host: HV, os: ws2003, integration: no, vcpus: 2,\n"
        "  disks: {c: {kind: pass-through}, e: {kind: pass-through, controller: ide}},\n"
        "  nics: {s: {kind: synthetic}, o: {kind: emulated}}}}\n"
        "workloads: {w: {closed: {users: 1, think: 0 s}, memory_intensity: 3, steps: [\n"
        "  {on: a, cpu: {mean: 10 ms, scv: 0}}, {spawn: 3}, {read: {disk: c}}, {read: {disk: e}},\n"
        "  {send: {nic: s, size: 1 KiB}}, {receive: {nic: s, size: 1 KiB}},\n"
        "  {send: {nic: o, size: 1 KiB}}, {receive: {nic: o, size: 1 KiB}}, {connect: {nic: s, count: "
        "2}}]}}\n",
        slat ? "yes" : "no");
}

struct feed {
    const char *mechanism, *param;
    double value;
    enum account account;
    double ns; /* of hypervisor time a job; 0 = some, not known in advance */
    bool slat;
    double exits; /* round trips of an emulated device, of the same mechanism */
};

#define CPU_NS 10e6
static const struct feed feeds[] = {
    {"virtualization", "timer", 0.037, ACCOUNT_TIMER, 0.037 * CPU_NS, true, 0.0},
    {"virtualization", "io", 91e3, ACCOUNT_HYPERCALL, 91e3, true, 0.0}, /* the emulated disk makes exits */
    {"virtualization", "packet", 53e3, ACCOUNT_HYPERCALL, 2 * 53e3, true, 0.0},
    {"virtualization", "connection", 71e3, ACCOUNT_HYPERCALL, 2 * 71e3, true, 0.0},
    {"virtualization", "dispatch", 17e3, ACCOUNT_DISPATCH, 0.0, true, 0.0},
    {"enlightenment", "timer", 0.041, ACCOUNT_TIMER, 0.041 * CPU_NS, true, 0.0},
    {"enlightenment", "intercept", 0.067, ACCOUNT_INTERCEPT, 0.067 * CPU_NS, true, 0.0},
    {"enlightenment", "spin", 0.083, ACCOUNT_SPIN, 0.083 * 0.5 * CPU_NS, true, 0.0},
    {"enlightenment", "flush", 0.029, ACCOUNT_PAGE_TABLE, 0.029 * 3 * CPU_NS, false, 0.0},
    {"enlightenment", "process", 1.3e6, ACCOUNT_PAGE_TABLE, 3 * 1.3e6, false, 0.0},
    {"enlightenment", "process", 1.3e6, ACCOUNT_PAGE_TABLE, 3 * 0.13e6, true, 0.0},
    {"enlightenment", "event", 61e3, ACCOUNT_INTERCEPT, 2 * 61e3 + 2 * 61e3 / 4, true, 0.0},
    {"slat", "shadow", 0.043, ACCOUNT_PAGE_TABLE, 0.043 * 3 * CPU_NS, false, 0.0},
    {"slat", "nested", 0.019, ACCOUNT_PAGE_TABLE, 0.019 * 3 * CPU_NS, true, 0.0},
    {"slat", "small_pages", 0.17, ACCOUNT_PAGE_TABLE, 0.17 * 0.75 * CPU_NS, true, 0.0},
    {"slat", "process_shadow", 2.9e6, ACCOUNT_PAGE_TABLE, 3 * 2.9e6, false, 0.0},
    {"slat", "process_nested", 0.31e6, ACCOUNT_PAGE_TABLE, 3 * 0.31e6, true, 0.0},
    {"disk_path", "exit_hypervisor", 23e3, ACCOUNT_INTERCEPT, 8 * 23e3, true, 8.0},
    {"network_path", "exit_hypervisor", 19e3, ACCOUNT_INTERCEPT, 2 * 5 * 19e3, true, 5.0},
};

static void parameter_set(struct model *m, const char *mechanism, const char *param, double value)
{
    const size_t i = mechanism_param_index(mechanism, param);
    assert_true(i < mechanism_param_count());
    m->overhead[i] = value;
}

/* All parameters at nothing but the one of the row. */
static const struct scenario_result *fed(const struct feed *f, double factor)
{
    struct model *m = everything(f->slat);
    for (size_t i = 0; i < mechanism_param_count(); i++)
        m->overhead[i] = mechanism_param(i, NULL)->lo;
    parameter_set(m, f->mechanism, f->param, factor * f->value);
    if (f->exits > 0.0)
        parameter_set(m, f->mechanism, "exits", f->exits);
    return &hostsim_run(arena, m, 0.05)->scenario[0];
}

static void test_each_parameter_feeds_its_account_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++) {
        const struct feed *f = &feeds[i];
        const struct scenario_result *s = fed(f, 1.0);
        const double jobs_per_s = hostsim_mean(s, "workload.w.throughput_per_s");
        const double lps = account(s, (int)f->account);
        if (f->ns > 0.0)
            assert_close(lps, jobs_per_s * f->ns * 1e-9, 0.003);
        assert_true(lps > 0.001);
        for (int k = 0; k < ACCOUNTS; k++)
            if (k != (int)f->account)
                assert_close(account(s, k), 0.0, 1e-15);
    }
}

/* Twin: a cost 5 % larger than the page says does not pass for it. */
static void test_a_cost_five_per_cent_off_shows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i += 4) {
        const struct feed *f = &feeds[i];
        const struct scenario_result *s = fed(f, 1.05);
        const double jobs_per_s = hostsim_mean(s, "workload.w.throughput_per_s");
        assert_true(f->ns <= 0.0 || account(s, (int)f->account) > 1.04 * jobs_per_s * f->ns * 1e-9);
    }
}

/* ---- the accounts are % Hypervisor Run Time ---- */

static void test_accounts_add_up_to_hypervisor_run_time(void **state)
{
    (void)state;
    for (int slat = 0; slat < 2; slat++) {
        const struct scenario_result *s = &hostsim_run(arena, everything(slat), 0.02)->scenario[0];
        const double hypervisor = 2.0 * hostsim_mean(s, "host.HV.lp.hypervisor");
        assert_true(hypervisor > 0.2);
        assert_close(account_sum(s), hypervisor, 1e-9);
        for (int k = 0; k < ACCOUNTS; k++)
            assert_true(account(s, k) > 0.0);
    }
}

static void test_a_stated_share_takes_the_place_of_all_accounts(void **state)
{
    (void)state;
    struct model *m = everything(false);
    m->fixed_cpu = 0.15;
    const struct scenario_result *s = &hostsim_run(arena, m, 0.02)->scenario[0];
    const double hypervisor = 2.0 * hostsim_mean(s, "host.HV.lp.hypervisor");
    assert_close(hypervisor / (2.0 * hostsim_mean(s, "host.HV.lp.guest")), 0.15, 0.01);
    assert_close(account(s, ACCOUNT_TIMER), hypervisor, 1e-9);
    assert_close(account_sum(s), hypervisor, 1e-9);
}

/* ---- 10 to 20 % is an outcome ---- */

/* A server of 2008: a request in, some CPU around a read, a reply out; `mean` of CPU; open, `rate` a second. */
static const struct scenario_result *served(const char *hypervisor, const char *guest, double cpu_ms,
                                            double rate)
{
    const bool physical = strcmp(hypervisor, "none") == 0;
    const struct model *m = hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 4, slat: no}, hypervisor: %s,\n"
        "  disks: {d: {kind: ssd, channels: 64, read: 500 us}}, nics: {l: {speed: 1 Gbps}}}}\n"
        "vms: {a: {host: HV, %s, disks: {c: {kind: %s}}, nics: {n: {}}}}\n"
        "workloads: {w: {arrivals: {rate: %g /s}, steps: [{on: a, receive: {size: 1 KiB}}, {cpu: %g ms},\n"
        "  {read: {size: 8 KiB}}, {cpu: %g ms}, {send: {size: 8 KiB}}]}}\n",
        hypervisor, guest, physical ? "physical" : "pass-through", rate, cpu_ms / 2, cpu_ms / 2);
    return &hostsim_run(arena, m, 0.02)->scenario[0];
}

/* Share of a physical processor that is left for the same work, whoever takes the rest: hypervisor, root, drivers, contention. */
static double available(const char *hypervisor, const char *guest, double cpu_ms, double rate)
{
    const struct scenario_result *bare = served("none", "os: ws2008", cpu_ms, rate);
    const struct scenario_result *s = served(hypervisor, guest, cpu_ms, rate);
    return hostsim_mean(bare, "host.HV.lp.utilization") / hostsim_mean(s, "host.HV.lp.utilization");
}

/* A4: 88 to 91 % of physical CPU available; B2: 10 % less efficient on a shared host at the 40 % that it advises. Here at 20, 40
 * and 60 % of 4 LPs without SLAT. */
static void test_a_server_of_2008_loses_nine_to_twelve_per_cent(void **state)
{
    (void)state;
    for (double rate = 80.0; rate < 250.0; rate += 80.0) {
        const double left = available("2008", "os: ws2008, vcpus: 4", 10.0, rate);
        assert_true(left > 0.88 && left < 0.91);
    }
    assert_close(available("2008r2", "os: ws2008, vcpus: 4", 10.0, 160.0), 0.888, 0.005);
}

/* A2, H1: 75 % with the older guest system, on the two processors that it supports. */
static void test_an_older_guest_system_loses_a_quarter(void **state)
{
    (void)state;
    const double left = available("2008", "os: ws2003, vcpus: 2", 10.0, 60.0);
    assert_close(left, 0.75, 0.05);
}

/* The same defaults: a light request pays several times the share of a heavy one, and SLAT hosts pay less. */
static void test_the_share_depends_on_the_load(void **state)
{
    (void)state;
    const double light = 1.0 - available("2008", "os: ws2008, vcpus: 4", 0.2, 4000.0);
    const double heavy = 1.0 - available("2008", "os: ws2008, vcpus: 4", 40.0, 40.0);
    assert_true(light > 0.20 && heavy < 0.12);
}

/* H7: an idle enlightened guest, its clock ticks 64 times a second and each costs the guest 15 us: under 1 % of a CPU. */
static void test_an_idle_guest_uses_less_than_one_per_cent(void **state)
{
    (void)state;
    const struct model *m = hostsim_model(
        arena, "schema: hvplan.model/1\n"
               "hosts: {HV: {cpu: {cores: 4}, hypervisor: 2012}}\n"
               "vms: {a: {host: HV, os: ws2012, vcpus: 1}}\n"
               "workloads: {ticks: {arrivals: {rate: 64 /s, scv: 0}, steps: [{on: a, cpu: 15 us}]}}\n");
    const struct scenario_result *s = &hostsim_run(arena, m, 0.02)->scenario[0];
    const double used = 4.0 * hostsim_mean(s, "host.HV.lp.utilization");
    assert_true(used > 64 * 15e-6 && used < 0.01);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_each_parameter_feeds_its_account_alone),
        HOSTTEST(test_a_cost_five_per_cent_off_shows),
        HOSTTEST(test_accounts_add_up_to_hypervisor_run_time),
        HOSTTEST(test_a_stated_share_takes_the_place_of_all_accounts),
        HOSTTEST(test_a_server_of_2008_loses_nine_to_twelve_per_cent),
        HOSTTEST(test_an_older_guest_system_loses_a_quarter),
        HOSTTEST(test_the_share_depends_on_the_load),
        HOSTTEST(test_an_idle_guest_uses_less_than_one_per_cent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
