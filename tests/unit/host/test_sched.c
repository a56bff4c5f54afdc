/* test_sched.c - VPs on LPs: work conservation, weights, placement, quantum, hyper-threads, accounts. */
#include "tests/support/hosttest.h"

/* %s: more keys of the hypervisor; %d: cores. */
#define HOST                                                                                                 \
    "schema: hvplan.model/1\nhosts: {HV: {cpu: {sockets: 1, cores: %d}, hypervisor: {version: 2008r2%s}}}\n"

/* ---- no LP stands idle while a VP that may run waits ---- */

static bool conserves_work(const struct host *h)
{
    if (h->busy < h->lps && h->waiting > 0)
        return false;
    for (int k = 0; k < h->roots; k++)
        if (h->root[k].state == VP_READY && !h->lp[h->root[k].pinned].running)
            return false;
    for (int i = 0; i < h->lps; i++)
        if ((h->lp[i].running != NULL) == (h->idle[0] >> i & 1))
            return false;
    return true;
}

static void check_conservation(const char *hypervisor)
{
    const struct model *m = hostsim_modelf(
        arena,
        "schema: hvplan.model/1\nhosts: {HV: {cpu: {sockets: 1, cores: 3}, hypervisor: {version: 2012r2, "
        "root_load: 0.4 "
        "cores%s},\n"
        "  disks: {d: {kind: ssd, channels: 8, read: 300 us, write: 300 us}}}}\n"
        "vms:\n"
        "  a: {host: HV, os: ws2012, vcpus: 2, weight: 37, disks: {c: {kind: fixed-vhd, on: d}}}\n"
        "  b: {host: HV, os: ws2012, vcpus: 2, weight: 911, limit: 61 %%}\n"
        "  c: {host: HV, os: ws2012, vcpus: 1, weight: 5, reserve: 30 %%}\n"
        "workloads:\n"
        "  wa: {closed: {users: 7, think: 3 ms}, steps: [{on: a, cpu: 2 ms}, {read: {disk: c, size: 8 "
        "KiB}}]}\n"
        "  wb: {arrivals: {rate: 130 /s}, steps: [{on: b, cpu: 7 ms}]}\n"
        "  wc: {closed: {users: 1, think: 11 ms}, steps: [{on: c, cpu: 6 ms}]}\n",
        hypervisor);
    struct run *run = run_new(arena, m, "test", 7, 0);
    int full = 0;
    for (int i = 1; i <= 20000; i++) {
        sim_run(&run->sim, (sim_ns)i * 137911);
        if (!conserves_work(&run->host[0]))
            fail_msg("%s: busy %d, ready %d at %lld", hypervisor, run->host[0].busy, run->host[0].waiting,
                     (long long)run->sim.now);
        full += run->host[0].busy == 3;
    }
    assert_in_range(full, 2000, 19900); /* both sides of the rule were seen */
}

static void test_no_lp_is_idle_while_a_vp_is_ready(void **state)
{
    (void)state;
    check_conservation(", placement: any");
    check_conservation(", placement: last");
    check_conservation(", root_first: no");
    check_conservation(", queues: per-lp");
    check_conservation(", queues: per-lp, placement: any, balance: 5 ms");
    check_conservation(", scheduler: root");
    check_conservation(", root_vps: 1, quantum: 2 ms");
}

/* ---- weights ---- */

static struct model *busy_vms(int cores, int wa, int wb, int wc)
{
    return hosttest_neutral(hostsim_modelf(arena,
                                           HOST "vms:\n"
                                                "  a: {host: HV, os: ws2008, vcpus: 1, weight: %d}\n"
                                                "  b: {host: HV, os: ws2008, vcpus: 1, weight: %d}\n"
                                                "  c: {host: HV, os: ws2008, vcpus: 1, weight: %d}\n"
                                                "workloads:\n"
                                                "  a: {closed: {users: 1}, steps: [{on: a, cpu: 17 ms}]}\n"
                                                "  b: {closed: {users: 1}, steps: [{on: b, cpu: 23 ms}]}\n"
                                                "  c: {closed: {users: 1}, steps: [{on: c, cpu: 31 ms}]}\n",
                                           cores, "", wa, wb, wc));
}

static void assert_shares(const struct run *run, double seconds, double a, double b, double c, double rel)
{
    const double all = seconds * 1e9;
    assert_close(hosttest_used(&run->vm[0]) / all, a, rel);
    assert_close(hosttest_used(&run->vm[1]) / all, b, rel);
    assert_close(hosttest_used(&run->vm[2]) / all, c, rel);
}

static void test_saturated_lps_are_shared_by_weight(void **state)
{
    (void)state;
    assert_shares(hosttest_run(busy_vms(1, 100, 300, 600), 100.0), 100.0, 0.1, 0.3, 0.6, 0.01);
    assert_shares(hosttest_run(busy_vms(2, 100, 100, 150), 100.0), 100.0, 4.0 / 7.0, 4.0 / 7.0, 6.0 / 7.0,
                  0.05);
    /* more than one LP's worth of weight is of no use to one VP */
    assert_shares(hosttest_run(busy_vms(2, 100, 100, 5000), 100.0), 100.0, 0.5, 0.5, 1.0, 0.01);
}

static void test_a_weight_five_per_cent_off_shows(void **state)
{
    (void)state;
    const struct run *run = hosttest_run(busy_vms(1, 105, 300, 600), 100.0);
    assert_true(fabs(hosttest_used(&run->vm[0]) / 100e9 - 0.1) > 0.003);
}

/* What a light VP used while nobody waited must not be held against others later. */
static void test_times_of_plenty_leave_no_debt(void **state)
{
    (void)state;
    const char *path = HVPLAN_BINARY_DIR "/late.csv";
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("time_s,cpu_s\n50,1000\n", f);
    fclose(f);
    const struct model *m =
        hosttest_neutral(hostsim_modelf(arena,
                                        HOST "vms:\n"
                                             "  light: {host: HV, os: ws2008, vcpus: 1, weight: 10}\n"
                                             "  heavy: {host: HV, os: ws2008, vcpus: 1, weight: 100}\n"
                                             "  late1: {host: HV, os: ws2008, vcpus: 1, weight: 100}\n"
                                             "  late2: {host: HV, os: ws2008, vcpus: 1, weight: 100}\n"
                                             "workloads:\n"
                                             "  a: {closed: {users: 1}, steps: [{on: light, cpu: 1000 s}]}\n"
                                             "  b: {closed: {users: 1}, steps: [{on: heavy, cpu: 1000 s}]}\n"
                                             "  c: {trace: %s, steps: [{on: late1, cpu: 1 s}]}\n"
                                             "  d: {trace: %s, steps: [{on: late2, cpu: 1 s}]}\n",
                                        2, "", path, path));
    struct run *run = hosttest_run(m, 51.0);
    const double before = hosttest_used(&run->vm[1]);
    run_until(run, 61 * SIM_SECOND);
    assert_close((hosttest_used(&run->vm[1]) - before) / 10e9, 2.0 * 100.0 / 310.0, 0.05);
}

/* A light VP that runs while others sleep must not take them their turn when they wake. */
static void test_a_light_vp_holds_no_sleeper_back(void **state)
{
    (void)state;
    const char *yaml = HOST "vms:\n"
                            "  a: {host: HV, os: ws2008, vcpus: 1}\n"
                            "  b: {host: HV, os: ws2008, vcpus: 1}\n"
                            "  c: {host: HV, os: ws2008, vcpus: 1}\n"
                            "  d: {host: HV, os: ws2008, vcpus: 1, weight: 1}\n"
                            "workloads:\n"
                            "  a: {closed: {users: 1, think: 1 ms}, steps: [{on: a, cpu: 5 ms}]}\n"
                            "  b: {closed: {users: 1, think: 1 ms}, steps: [{on: b, cpu: 5 ms}]}\n"
                            "  c: {closed: {users: 1}, steps: [{on: c, cpu: 100 ms}]}\n"
                            "  d: {closed: {users: 1}, steps: [{on: d, cpu: 100 ms}]}\n";
    const struct run *run = hosttest_run(hosttest_neutral(hostsim_modelf(arena, yaml, 2, "")), 100.0);
    assert_close(hosttest_used(&run->vm[0]), hosttest_used(&run->vm[1]), 0.05);
    assert_true(hosttest_used(&run->vm[2]) < 1.7 * hosttest_used(&run->vm[0]));
}

/* Nor may the root pay later for what it used while no guest wanted the LP. */
static void test_a_fair_root_owes_nothing_after_quiet_times(void **state)
{
    (void)state;
    const char *yaml =
        HOST "vms: {a: {host: HV, os: ws2008, vcpus: 1}}\n"
             "workloads: {a: {closed: {users: 1, think: {mean: 100 s, scv: 0}}, steps: [{on: a, "
             "cpu: {mean: 20 s, scv: 0}}]}}\n";
    struct run *run = hosttest_run(
        hosttest_neutral(hostsim_modelf(arena, yaml, 1, ", root_first: no, root_load: 0.3 cores")), 101.0);
    const struct vp *root = &run->host[0].root[0];
    const double root_ns = root->guest_ns, guest_ns = hosttest_used(&run->vm[0]);
    run_until(run, 111 * SIM_SECOND);
    assert_true(hosttest_used(&run->vm[0]) - guest_ns > 4e9); /* it is busy now */
    assert_true(root->guest_ns - root_ns > 1.5e9);
}

/* ---- placement, quantum, switches ---- */

static struct run *lone_vp(const char *hypervisor)
{
    return hosttest_run(hostsim_modelf(arena,
                                       HOST
                                       "vms: {a: {host: HV, os: ws2008, vcpus: 1}}\n"
                                       "workloads: {a: {closed: {users: 1}, steps: [{on: a, cpu: 50 ms}]}}\n",
                                       4, hypervisor),
                        100.0);
}

static double lp_busy(const struct run *run, int lp)
{
    return (run->host[0].lp[lp].guest_ns + run->host[0].lp[lp].hypervisor_ns) / (double)run->sim.now;
}

static void test_placement_any_spreads_and_last_stays(void **state)
{
    (void)state;
    const struct run *any = lone_vp(", placement: any"), *last = lone_vp(", placement: last");
    for (int i = 0; i < 4; i++)
        assert_close(lp_busy(any, i), 0.25, 0.05);
    assert_true(any->vm[0].vp[0].migrations > 5000);
    assert_int_equal(last->vm[0].vp[0].migrations, 0);
    assert_close(lp_busy(last, last->vm[0].vp[0].lp->index), 1.0, 1e-6);
}

static void test_quantum_sets_the_pace_of_switches(void **state)
{
    (void)state;
    const struct model *m = hosttest_neutral(hostsim_modelf(
        arena,
        HOST "vms: {a: {host: HV, os: ws2008, vcpus: 1}, b: {host: HV, os: ws2008, vcpus: 1}}\n"
             "workloads:\n"
             "  a: {closed: {users: 1}, steps: [{on: a, cpu: 100 s}]}\n"
             "  b: {closed: {users: 1}, steps: [{on: b, cpu: 100 s}]}\n",
        1, ", quantum: 4 ms"));
    const struct run *run = hosttest_run(m, 20.0);
    assert_close((double)run->host[0].lp[0].switches, 20.0 / 0.004, 0.01);
}

/* ---- root VPs ---- */

static struct run *root_beside_guest(const char *hypervisor)
{
    return hosttest_run(hosttest_neutral(hostsim_modelf(
                            arena,
                            HOST "vms: {a: {host: HV, os: ws2008, vcpus: 2}}\n"
                                 "workloads: {a: {closed: {users: 4}, steps: [{on: a, cpu: 50 ms}]}}\n",
                            2, hypervisor)),
                        50.0);
}

static double root_wait(const struct run *run)
{
    double ns = 0.0;
    for (int k = 0; k < run->host[0].roots; k++)
        ns += run->host[0].root[k].wait_ns;
    return ns;
}

static void test_root_goes_first_or_takes_its_turn(void **state)
{
    (void)state;
    const struct run *first = root_beside_guest(", root_load: 0.3 cores");
    const struct run *fair = root_beside_guest(", root_load: 0.3 cores, root_first: no");
    assert_true(root_wait(first) < 1.0);
    assert_true(root_wait(fair) > 1e9);
    assert_close(hosttest_used(&first->vm[0]) / 50e9, 1.7, 0.03);
}

static void test_minroot_keeps_root_work_on_the_first_lps(void **state)
{
    (void)state;
    const struct run *run = root_beside_guest(", root_load: 0.3 cores, root_vps: 1");
    assert_int_equal(run->host[0].roots, 1);
    assert_ptr_equal(run->host[0].lp[0].root, &run->host[0].root[0]);
    assert_null(run->host[0].lp[1].root);
    assert_close((run->host[0].root[0].guest_ns + run->host[0].root[0].hypervisor_ns) / 50e9, 0.3, 0.05);
}

/* ---- hyper-threads ---- */

static double throughput_of_core(int vms, double *overhead)
{
    struct model *m = hostsim_modelf(
        arena,
        "schema: hvplan.model/1\nhosts: {HV: {cpu: {sockets: 1, cores: 1, threads: 2}, hypervisor: 2012r2}}\n"
        "vms: {a: {host: HV, os: ws2012, vcpus: %d}}\n"
        "workloads: {a: {closed: {users: %d}, steps: [{on: a, cpu: {mean: 10 ms, scv: 0}}]}}\n",
        vms, vms);
    hosttest_neutral(m);
    m->overhead[mechanism_param_index("contention", "smt_gain")] = *overhead;
    const struct run *run = hosttest_run(m, 20.0);
    return (double)run->workload[0].finished / 20.0;
}

static void test_siblings_share_their_core(void **state)
{
    (void)state;
    double gain = 1.3;
    assert_close(throughput_of_core(1, &gain), 100.0, 1e-3);
    assert_close(throughput_of_core(2, &gain), 130.0, 1e-3);
}

/* ---- accounts ---- */

static void test_accounts_add_up_to_hypervisor_time(void **state)
{
    (void)state;
    const struct model *m = hostsim_model(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 2, threads: 2, speed: 1.7, slat: no}, hypervisor: 2008r2,\n"
        "  disks: {d: {kind: ssd, channels: 8, read: 300 us, write: 300 us}}, nics: {n: {speed: 1 Gbps}}}}\n"
        "vms:\n"
        "  a: {host: HV, os: ws2003, vcpus: 2, disks: {c: {kind: fixed-vhd, on: d}}, nics: {n: {kind: "
        "emulated, on: n}}}\n"
        "  b: {host: HV, os: ws2008, vcpus: 2}\n"
        "workloads:\n"
        "  wa: {closed: {users: 3, think: 4 ms}, steps: [{on: a, cpu: 3 ms}, {spawn: 1}, {read: {disk: c, "
        "size: 8 KiB}},"
        " {send: {nic: n, size: 4 KiB}}]}\n"
        "  wb: {arrivals: {rate: 170 /s}, steps: [{on: b, cpu: 7 ms}]}\n");
    const struct result *r = hostsim_run(arena, m, 0.03);
    const struct scenario_result *s = &r->scenario[0];
    double sum = 0.0, dispatch = 0.0;
    for (int i = 0; i < s->accounts; i++) {
        sum += s->account[i].lps;
        if (strcmp(s->account[i].account, account_names[ACCOUNT_DISPATCH]) == 0)
            dispatch = s->account[i].lps;
    }
    assert_close(sum / 4.0, hostsim_mean(s, "host.HV.lp.hypervisor"), 0.01);
    assert_true(dispatch > 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_no_lp_is_idle_while_a_vp_is_ready),
        HOSTTEST(test_saturated_lps_are_shared_by_weight),
        HOSTTEST(test_a_weight_five_per_cent_off_shows),
        HOSTTEST(test_times_of_plenty_leave_no_debt),
        HOSTTEST(test_a_light_vp_holds_no_sleeper_back),
        HOSTTEST(test_a_fair_root_owes_nothing_after_quiet_times),
        HOSTTEST(test_placement_any_spreads_and_last_stays),
        HOSTTEST(test_quantum_sets_the_pace_of_switches),
        HOSTTEST(test_root_goes_first_or_takes_its_turn),
        HOSTTEST(test_minroot_keeps_root_work_on_the_first_lps),
        HOSTTEST(test_siblings_share_their_core),
        HOSTTEST(test_accounts_add_up_to_hypervisor_time),
    };
    return cmocka_run_group_tests_name("sched", tests, NULL, NULL);
}
