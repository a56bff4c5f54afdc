/* test_queues.c - which root VPs do the switch work: VMQ, its queues, dynamic VMQ, vRSS, VMMQ; what one core carries. */
#include "tests/support/hosttest.h"

#define SECONDS 4.0

/* `vms` VMs of 4 VPs, each with a load of its own on one adapter of 10 Gb/s; rates[i] a second. */
static const struct run *queued(const char *cpu, const char *version, const char *nic, const char *vnic,
                                const char *verb, const double *rates, int vms)
{
    char *v = arena_strdup(arena, ""), *w = arena_strdup(arena, "");
    for (int i = 0; i < vms; i++) {
        v = arena_printf(arena, "%s  v%d: {host: HV, vcpus: 4, nics: {n: {%s}}}\n", v, i, vnic);
        w = arena_printf(
            arena, "%s  w%d: {arrivals: {rate: %g /s}, steps: [{on: v%d, %s: {nic: n, size: 28 KiB}}]}\n", w,
            i, rates[i], i, verb);
    }
    const struct model *m =
        hostsim_modelf(arena,
                       "schema: hvplan.model/1\n"
                       "hosts: {HV: {cpu: {%s}, hypervisor: %s, nics: {n: {speed: 10 Gbps, %s}}}}\n"
                       "vms:\n%sworkloads:\n%s",
                       cpu, version, nic, v, w);
    return hosttest_run(m, SECONDS);
}

static double root_ns(const struct run *run, int vp)
{
    return run->host[0].root[vp].guest_ns;
}

static int root_vps_used(const struct run *run)
{
    int used = 0;
    for (int i = 0; i < run->host[0].roots; i++)
        used += root_ns(run, i) > 0.0;
    return used;
}

static int vps_interrupted(const struct vm *vm)
{
    int used = 0;
    for (int i = 0; i < vm->vps; i++)
        used += vm->vp[i].guest_ns > 0.0;
    return used;
}

static const double even[] = {200, 200, 200, 200, 200, 200};

static void test_adapters_beyond_the_queues_share_the_default_one(void **state)
{
    (void)state;
    const struct run *two = queued("cores: 8", "2008r2", "vmq: yes, queues: 2", "", "receive", even, 5);
    assert_int_equal(root_vps_used(two), 3);
    assert_true(root_ns(two, 1) > 0.0 && root_ns(two, 2) > 0.0);
    /* three adapters of 200 messages a second, 20 packets each: 2 us a packet and 28 KiB at 1.5 GB/s */
    assert_close(root_ns(two, 0) / SECONDS * 1e-9, 3 * 200 * (20 * 2e-6 + 28672.0 / 1.5e9), 0.05);
    assert_int_equal(root_vps_used(queued("cores: 8", "2008r2", "vmq: yes", "", "receive", even, 5)), 5);
    assert_int_equal(root_vps_used(queued("cores: 8", "2008r2", "queues: 2", "", "receive", even, 5)), 1);
    assert_int_equal(root_vps_used(queued("cores: 8", "2008", "vmq: yes", "", "receive", even, 5)), 1);
}

static void test_dynamic_queues_move_away_from_each_other(void **state)
{
    (void)state;
    /* three root VPs for four queues: the first and the last start together */
    static const double rates[] = {900, 90, 60, 700};
    const struct run *run = queued("cores: 4", "2012", "vmq: yes", "", "receive", rates, 4);
    assert_int_equal(run->host[0].switch_vps, 3);
    assert_true(run->vm[0].nic[0].seat != run->vm[3].nic[0].seat);
    assert_int_equal(run->vm[1].nic[0].seat, run->vm[2].nic[0].seat);
    assert_true(root_ns(run, 0) <= 0.0);
    /* the first look comes after 1/128 of the interval: here after 7.8 s */
    struct model *slow = hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {cores: 3}, hypervisor: 2012, nics: {n: {speed: 10 Gbps, vmq: yes}}}}\n"
        "vms: {a: {host: HV, nics: {n: {}}}, b: {host: HV, nics: {n: {}}}, c: {host: HV, nics: {n: {}}}}\n"
        "overheads: {network_path: {rebalance: 1000 s}}\n"
        "workloads: {w: {arrivals: {rate: 90 /s}, steps: [{on: a, receive: {size: 9 KiB}}, {on: c, receive: "
        "{size: 9 KiB}}]}}\n");
    struct run *still = hosttest_run(slow, 7.0);
    assert_int_equal(still->vm[0].nic[0].seat, still->vm[2].nic[0].seat);
    run_until(still, sim_round(8e9));
    assert_true(still->vm[0].nic[0].seat != still->vm[2].nic[0].seat);
    const struct run *fixed = queued("cores: 4", "2008r2", "vmq: yes", "", "receive", rates, 4);
    assert_int_equal(fixed->vm[0].nic[0].seat, 1);
    assert_int_equal(fixed->vm[3].nic[0].seat, 0);
}

static void test_dynamic_queues_leave_out_second_threads(void **state)
{
    (void)state;
    const struct run *run = queued("cores: 4, threads: 2", "2012", "vmq: yes", "", "send", even, 6);
    const struct host *h = &run->host[0];
    assert_int_equal(h->switch_vps, 3);
    for (int i = 0; i < h->switch_vps; i++) {
        const struct lp *lp = &h->lp[h->switch_vp[i]];
        assert_true(lp->index > 0 && lp->sibling > lp->index);
    }
    assert_int_equal(root_vps_used(run), 3);
}

static void test_virtual_rss_spreads_what_is_received(void **state)
{
    (void)state;
    static const double rate[] = {900};
    const struct run *plain = queued("cores: 8", "2012r2", "vmq: yes", "", "receive", rate, 1);
    assert_int_equal(root_vps_used(plain), 1);
    assert_int_equal(vps_interrupted(&plain->vm[0]), 1);
    assert_true(plain->vm[0].vp[0].guest_ns > 0.0);
    const struct run *rss = queued("cores: 8", "2012r2", "vmq: yes", "vrss: yes", "receive", rate, 1);
    assert_int_equal(root_vps_used(rss), 7); /* (8 - 1) / 1, MaxRssProcessors */
    assert_int_equal(vps_interrupted(&rss->vm[0]), 4);
    /* about 3600 messages by hash: chi-square of the counts, 6 degrees of freedom, 0.999 quantile */
    const double message_ns = 20 * 2e3 + 28672.0 / 1.5, all = root_ns(plain, 1) / message_ns;
    double chi = 0.0;
    for (int i = 1; i < 8; i++)
        chi += pow(root_ns(rss, i) / message_ns - all / 7.0, 2.0) / (all / 7.0);
    assert_true(all > 3400.0 && chi < 22.46);
    const struct run *sent = queued("cores: 8", "2012r2", "vmq: yes", "vrss: yes", "send", rate, 1);
    assert_int_equal(root_vps_used(sent), 1);
    const struct run *early = queued("cores: 8", "2012", "vmq: yes", "vrss: yes", "receive", rate, 1);
    assert_int_equal(root_vps_used(early), 1);
    const struct run *without = queued("cores: 8", "2012r2", "vmq: no", "vrss: yes", "receive", rate, 1);
    assert_true(root_ns(without, 0) > 0.0 && root_vps_used(without) == 1);
}

static void test_vmmq_spreads_both_ways(void **state)
{
    (void)state;
    static const double rate[] = {900};
    const char *on = "vmq: yes, vmmq: yes";
    /* (8 - 2) / 2 / 1 with hyper-threads */
    assert_int_equal(root_vps_used(queued("cores: 4, threads: 2", "2016", on, "", "send", rate, 1)), 3);
    const struct run *run = queued("cores: 8", "2019", on, "", "receive", rate, 1);
    assert_int_equal(root_vps_used(run), 7);
    assert_int_equal(vps_interrupted(&run->vm[0]), 1);
    assert_int_equal(root_vps_used(queued("cores: 8", "2012r2", on, "", "send", rate, 1)), 1);
    assert_int_equal(root_vps_used(queued("cores: 8", "2019", "vmmq: yes", "", "send", rate, 1)), 1);
}

/* ---- what one core carries ---- */

/* Gb/s of payload that `vms` VMs with six streams each send or receive through 10 Gb/s. */
static double gbps(const char *version, const char *nic, const char *vnic, const char *verb, int vms,
                   double *root_lps)
{
    char *v = arena_strdup(arena, ""), *w = arena_strdup(arena, "");
    for (int i = 0; i < vms; i++) {
        v = arena_printf(arena, "%s  v%d: {host: HV, vcpus: 4, nics: {n: {%s}}}\n", v, i, vnic);
        w = arena_printf(arena,
                         "%s  w%d: {closed: {users: 6}, steps: [{on: v%d, %s: {nic: n, size: 1 MiB}}]}\n", w,
                         i, i, verb);
    }
    const struct model *m =
        hostsim_modelf(arena,
                       "schema: hvplan.model/1\n"
                       "hosts: {HV: {cpu: {cores: 16}, hypervisor: %s, nics: {n: {speed: 10 Gbps, %s}}}}\n"
                       "vms:\n%sworkloads:\n%s",
                       version, nic, v, w);
    const struct run *run = hosttest_run(m, 0.5);
    *root_lps = 0.0;
    for (int i = 0; i < run->host[0].roots; i++)
        *root_lps += root_ns(run, i) / 0.5e9;
    return (run->host[0].nic[0].received_bytes + run->host[0].nic[0].sent_bytes) * 8.0 / 0.5e9;
}

/* 1456.4 bytes of payload a packet (64 KiB in 45) in 2 us and at 1.5 GB/s: 3.92 Gb/s on one core; the wire carries 9.49. */
static void test_one_core_carries_four_gigabits(void **state)
{
    (void)state;
    const double core = 8.0 * 65536.0 / (45 * 2e3 + 65536.0 / 1.5),
                 wire = 10.0 * 65536.0 / (65536.0 + 45 * 78);
    double lps;
    assert_close(gbps("2008r2", "vmq: no", "", "receive", 4, &lps), core, 0.02);
    assert_close(lps, 1.0, 0.02);
    assert_close(gbps("2012r2", "vmq: yes", "", "receive", 1, &lps), core, 0.02);
    assert_close(gbps("2008r2", "vmq: yes", "", "receive", 4, &lps), wire, 0.02);
    assert_close(lps, wire / core, 0.03);
    assert_close(gbps("2012r2", "vmq: yes", "vrss: yes", "receive", 1, &lps), wire, 0.02);
    /* jumbo frames: 8 packets; coalescing: 1 + 44 x 0.3 */
    assert_close(gbps("2008r2", "jumbo: yes", "", "receive", 4, &lps),
                 8.0 * 65536.0 / (8 * 2e3 + 65536.0 / 1.5), 0.02);
    assert_close(gbps("2019", "rsc: yes", "", "receive", 4, &lps),
                 8.0 * 65536.0 / (14.2 * 2e3 + 65536.0 / 1.5), 0.02);
    assert_close(gbps("2012r2", "vmq: no", "kind: sr-iov", "receive", 1, &lps), wire, 0.02);
    assert_true(lps <= 0.0);
    /* G3: what is sent, large sends offloaded, fills the wire with little more than a core */
    assert_close(gbps("2008r2", "vmq: yes", "", "send", 4, &lps), wire, 0.02);
    assert_close(lps, wire * (14.2 * 2e3 + 65536.0 / 1.5) / (8.0 * 65536.0), 0.03);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_adapters_beyond_the_queues_share_the_default_one),
        HOSTTEST(test_dynamic_queues_move_away_from_each_other),
        HOSTTEST(test_dynamic_queues_leave_out_second_threads),
        HOSTTEST(test_virtual_rss_spreads_what_is_received),
        HOSTTEST(test_vmmq_spreads_both_ways),
        HOSTTEST(test_one_core_carries_four_gigabits),
    };
    return cmocka_run_group_tests_name("queues", tests, NULL, NULL);
}
