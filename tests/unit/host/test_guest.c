/* test_guest.c - threads on VPs: the guest's quantum shares like PS, a long one serves like FIFO; interrupts. */
#include "tests/support/hosttest.h"

/* Jobs of 10 ms at 70 /s a VP on `vcpus` VPs. */
static struct model *queue_model(const char *hypervisor, int vcpus, double rate, const char *scv,
                                 const char *quantum)
{
    return hosttest_neutral(hostsim_modelf(
        arena,
        "schema: hvplan.model/1\nhosts: {HV: {cpu: {sockets: 1, cores: %d}, hypervisor: %s}}\n"
        "vms: {a: {host: HV, os: ws2008, %s guest_quantum: %s}}\n"
        "workloads: {w: {arrivals: {rate: %g /s}, steps: [{on: a, cpu: {mean: 10 ms, scv: %s}}]}}\n",
        vcpus, hypervisor, strcmp(hypervisor, "none") == 0 ? "" : arena_printf(arena, "vcpus: %d,", vcpus),
        quantum, rate, scv));
}

static void check(const struct model *m, double truth)
{
    const struct result *r = hostsim_run(arena, m, 0.009);
    const struct scenario_result *s = &r->scenario[0];
    const double mean = hostsim_mean(s, "workload.w.response_s"),
                 error = hostsim_error(s, "workload.w.response_s");
    assert_statistical(mean, error, truth);
    assert_false(support_statistically_equal(mean, error, 1.05 * truth));
}

/* Kleinrock II, 4.4: M/G/1-PS has E[R] = s / (1 - rho) whatever the shape. A quantum of 0.2 ms stands for none. */
static void test_short_quantum_shares_the_processor(void **state)
{
    (void)state;
    check(queue_model("none", 1, 60.0, "4", "0.2 ms"), 0.010 / 0.4);
    check(queue_model("2008r2", 1, 60.0, "4", "0.2 ms"), 0.010 / 0.4);
}

/* Pollaczek-Khinchine: W = rho s (1 + scv) / 2 / (1 - rho). */
static void test_long_quantum_is_fifo(void **state)
{
    (void)state;
    check(queue_model("none", 1, 60.0, "0.25", "1 s"), 0.010 + 0.6 * 0.010 * 1.25 / 2.0 / 0.4);
    check(queue_model("2008r2", 1, 60.0, "0.25", "1 s"), 0.010 + 0.6 * 0.010 * 1.25 / 2.0 / 0.4);
}

/* M/M/2: R = s / (1 - rho^2). */
static void test_two_processors_are_m_m_2(void **state)
{
    (void)state;
    const double truth = 0.010 / (1.0 - 0.49);
    check(queue_model("none", 2, 140.0, "1", "1 s"), truth);
    check(queue_model("2008r2", 2, 140.0, "1", "0.5 ms"), truth);
}

/* On 2008 R2 all completions of a controller interrupt vCPU 0, even when another one is idle. */
static double second_vcpu_share(const char *version, const char *os)
{
    const struct run *run = hosttest_run(
        hostsim_modelf(
            arena,
            "schema: hvplan.model/1\n"
            "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: %s,\n"
            "  disks: {d: {kind: ssd, channels: 8, read: 300 us, write: 300 us}}}}\n"
            "vms: {a: {host: HV, os: %s, vcpus: 2, disks: {c: {kind: fixed-vhd, on: d}}}}\n"
            "workloads:\n"
            "  busy: {closed: {users: 1}, steps: [{on: a, cpu: 100 s}]}\n"
            "  reader: {closed: {users: 1, think: 1 ms}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}\n",
            version, os),
        20.0);

    return run->vm[0].vp[1].guest_ns / (double)run->workload[1].finished;
}

static void test_completions_of_old_versions_hit_vcpu_0(void **state)
{
    (void)state;
    const double r2 = second_vcpu_share("2008r2", "ws2008"), later = second_vcpu_share("2012r2", "ws2008");
    assert_true(r2 > 0.0);
    assert_close(later / r2, 2.0, 0.05); /* submit and complete cost the guest alike */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_short_quantum_shares_the_processor),
        HOSTTEST(test_long_quantum_is_fifo),
        HOSTTEST(test_two_processors_are_m_m_2),
        HOSTTEST(test_completions_of_old_versions_hit_vcpu_0),
    };
    return cmocka_run_group_tests_name("guest", tests, NULL, NULL);
}
