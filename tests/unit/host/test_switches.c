/* test_switches.c - virtual switches: teams, adapters of one VM alone, private switches, ways between VMs of one host. */
#include "model/host/relief.h"
#include "model/host/switches.h"
#include "tests/support/hosttest.h"

/* Four VMs on a host with four adapters of 1 Gb/s and one of 10. */
static struct model *switched(const char *version, const char *switches, const char *on[4],
                              const char *workloads)
{
    return hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts:\n"
        "  HV:\n"
        "    cpu: {cores: 8}\n"
        "    hypervisor: %s\n"
        "    nics: {l1: {speed: 1 Gbps}, l2: {speed: 1 Gbps}, l3: {speed: 1 Gbps}, l4: {speed: 1 Gbps}, "
        "ten: {speed: 10 Gbps}}\n"
        "    switches: {%s}\n"
        "vms:\n"
        "  a: {host: HV, nics: {n: {%s}}}\n"
        "  b: {host: HV, nics: {n: {%s}}}\n"
        "  c: {host: HV, nics: {n: {%s}}}\n"
        "  d: {host: HV, nics: {n: {%s}}}\n"
        "workloads:\n%s",
        version, switches, on[0], on[1], on[2], on[3], workloads);
}

#define TEAM "t: {nics: [l1, l2, l3, l4], balance: %s}"

static double sent_bytes(const struct run *run, int link)
{
    return run->host[0].nic[link].sent_bytes;
}

static const char *streams(int users)
{
    char *w = arena_strdup(arena, "");
    for (int i = 0; i < 4; i++)
        w = arena_printf(arena,
                         "%s  w%c: {closed: {users: %d}, steps: [{on: %c, send: {nic: n, size: 1 MiB}}]}\n",
                         w, 'a' + i, users, 'a' + i);
    return w;
}

/* G7: one stream through a team of 4 x 1 Gb/s uses one member: 949 Mb/s of payload, 118.6 MB/s; measured 113 MB/s. */
static void test_one_stream_uses_one_member(void **state)
{
    (void)state;
    const char *on[] = {"on: t", "on: t", "on: t", "on: t"};
    const double gigabit = 125e6 * 65536.0 / (65536.0 + 45 * 78);
    for (int hash = 0; hash < 2; hash++) {
        const char *team = arena_printf(arena, TEAM, hash ? "hash" : "port");
        const struct run *run = hosttest_run(
            switched("2012", team, on,
                     "  w: {closed: {users: 1}, steps: [{on: a, send: {nic: n, size: 512 MiB}}]}\n"),
            4.0);
        int used = 0;
        double sum = 0.0;
        for (int i = 0; i < 4; i++) {
            used += sent_bytes(run, i) > 0.0;
            sum += sent_bytes(run, i);
        }
        assert_int_equal(used, 1);
        assert_close(sum / 4.0, gigabit, 0.01);
    }
}

static void test_ports_take_the_members_in_turn(void **state)
{
    (void)state;
    const char *on[] = {"on: t", "on: t", "on: t", "on: ten"};
    const struct run *run = hosttest_run(switched("2012", "t: {nics: [l2, l4]}", on, streams(1)), 0.5);
    assert_true(sent_bytes(run, 0) <= 0.0 && sent_bytes(run, 2) <= 0.0);
    /* a and c on l2, b on l4, d on an adapter of its own */
    assert_close(sent_bytes(run, 1), sent_bytes(run, 3), 0.02);
    assert_close(run->vm[0].nic[0].sent_bytes, 0.5 * sent_bytes(run, 1), 0.02);
    assert_true(sent_bytes(run, 4) > 3.0 * sent_bytes(run, 3));
}

/* Two streams on a member: one chunk of 45 packets is on its link, the other's waits. */
static void test_each_member_has_an_output_queue(void **state)
{
    (void)state;
    const char *on[] = {"on: t", "on: t", "on: t", "on: t"};
    const struct run *run = hosttest_run(switched("2012", "t: {nics: [l2, l4]}", on, streams(1)), 2.0);
    for (int i = 0; i < 4; i++) {
        const struct station_counters c = station_read(run->host[0].nic[i].transmit);
        const bool member = i % 2 == 1;
        assert_close(c.waiting_size_area / (double)run->sim.now, member ? 45.0 : 0.0, 0.03);
        assert_close(c.busy_area / (double)run->sim.now, member ? 1.0 : 0.0, 0.01);
    }
}

/* By hash the messages of one VM, each a connection, use all members alike. */
static void test_hash_spreads_connections_of_one_adapter(void **state)
{
    (void)state;
    const char *on[] = {"on: t", "on: t", "on: t", "on: t"};
    const char *load = "  w: {arrivals: {rate: 1200 /s}, steps: [{on: a, send: {nic: n, size: 28 KiB}}]}\n";
    const struct run *run = hosttest_run(switched("2012", arena_printf(arena, TEAM, "hash"), on, load), 4.0);
    const double all = run->vm[0].nic[0].sent_bytes / 28672.0;
    double chi = 0.0;
    for (int i = 0; i < 4; i++)
        chi += pow(sent_bytes(run, i) / 28672.0 - all / 4.0, 2.0) / (all / 4.0);
    assert_true(all > 4500.0 && chi < 16.27); /* 3 degrees of freedom, 0.999 quantile */
    const struct run *port = hosttest_run(switched("2012", arena_printf(arena, TEAM, "port"), on, load), 4.0);
    assert_close(sent_bytes(port, 0), port->vm[0].nic[0].sent_bytes, 1e-12);
}

/* A switch with one VM is an adapter dedicated to it: its neighbours' streams do not reach it. */
static void test_a_dedicated_adapter_is_a_switch_with_one_vm(void **state)
{
    (void)state;
    const char *shared[] = {"on: l1", "on: l1", "on: l1", "on: l1"};
    const char *own[] = {"on: alone", "on: l1", "on: l1", "on: l1"};
    const struct run *before = hosttest_run(switched("2012", "x: {kind: private}", shared, streams(1)), 0.5);
    const struct run *after = hosttest_run(switched("2012", "alone: {nics: l2}", own, streams(1)), 0.5);
    assert_close(before->vm[0].nic[0].sent_bytes, 0.25 * sent_bytes(before, 0), 0.03);
    assert_close(after->vm[0].nic[0].sent_bytes, sent_bytes(after, 1), 1e-12);
    assert_true(after->vm[0].nic[0].sent_bytes > 3.5 * before->vm[0].nic[0].sent_bytes);
}

#define A_TO_B "  w: {arrivals: {rate: 400 /s}, steps: [{on: a, send: {nic: n, size: 28 KiB, to: b}}]}\n"

static double busy(const struct run *run, int link, bool out)
{
    const struct pnic *n = &run->host[0].nic[link];
    return station_read(out ? n->transmit : n->receive).busy_area / (double)run->sim.now;
}

/* 20 packets of 78 bytes around 28 KiB on 1 Gb/s, 400 times a second. */
static const double share_of_gigabit = 400.0 * (28672.0 + 20 * 78) / 125e6;

static double root_a_message(const struct run *run)
{
    double ns = 0.0;
    for (int i = 0; i < run->host[0].roots; i++)
        ns += run->host[0].root[i].guest_ns;
    return ns / (double)run->workload[0].finished;
}

static void test_ways_between_vms_of_one_host(void **state)
{
    (void)state;
    /* a large send counts 1 + 19 x 0.3 packets in the root, one received all 20 */
    const double copied = 6.7 * 2e3 + 28672.0 / 1.5, received = 20 * 2e3 + 28672.0 / 1.5;
    const char *p[] = {"on: p", "on: p", "on: l3", "on: l4"};
    const struct run *same = hosttest_run(switched("2012", "p: {kind: private}", p, A_TO_B), 10.0);
    for (int i = 0; i < 5; i++)
        assert_true(busy(same, i, true) <= 0.0 && busy(same, i, false) <= 0.0);
    assert_close(root_a_message(same), copied, 0.005);
    assert_true(same->vm[1].nic[0].received_packets > 0.0);
    /* two switches: out at one adapter and in at the other */
    const char *two[] = {"on: l1", "on: l2", "on: l3", "on: l4"};
    const struct run *out = hosttest_run(switched("2012", "p: {kind: private}", two, A_TO_B), 10.0);
    assert_close(busy(out, 0, true), share_of_gigabit, 0.03);
    assert_close(busy(out, 1, false), share_of_gigabit, 0.03);
    assert_close(root_a_message(out), copied + received, 0.005);
    assert_close(out->host[0].nic[0].sent_packets, out->vm[1].nic[0].received_packets, 0.001);
}

/* The adapter's own switch: no root, the link's speed. */
static void test_neighbours_with_sr_iov_meet_the_adapter_and_no_root(void **state)
{
    (void)state;
    const char *both[] = {"on: l1, kind: sr-iov", "on: l1, kind: sr-iov", "on: l3", "on: l4"};
    const struct run *run = hosttest_run(switched("2012", "p: {kind: private}", both, A_TO_B), 10.0);
    assert_close(busy(run, 0, true), share_of_gigabit, 0.03);
    assert_close(busy(run, 0, false), share_of_gigabit, 0.03);
    assert_true(root_a_message(run) <= 0.0);
    /* with one of them synthetic, its side has the switch of the root */
    const char *one[] = {"on: l1, kind: sr-iov", "on: l1", "on: l3", "on: l4"};
    const struct run *mixed = hosttest_run(switched("2012", "p: {kind: private}", one, A_TO_B), 10.0);
    assert_close(root_a_message(mixed), 20 * 2e3 + 28672.0 / 1.5, 0.005);
}

/* A message arrives at the adapter that is on the sender's switch, not at the VM's first one. */
static void test_the_peers_adapter_is_the_one_in_reach(void **state)
{
    (void)state;
    const struct model *m = hostsim_model(
        arena, "schema: hvplan.model/1\n"
               "hosts:\n"
               "  HV: {cpu: {cores: 4}, hypervisor: 2012, nics: {l1: {speed: 1 Gbps}}, switches: {p: {kind: "
               "private}, "
               "i: {kind: internal}}}\n"
               "  H2: {cpu: {cores: 4}, hypervisor: 2012, nics: {l1: {speed: 1 Gbps}}}\n"
               "vms:\n"
               "  a: {host: HV, nics: {lan: {on: l1}, in: {on: i}, own: {on: p}}}\n"
               "  b: {host: HV, nics: {own: {on: p}, in: {on: i}, lan: {on: l1}}}\n"
               "  c: {host: H2, nics: {lan: {}}}\n"
               "workloads:\n"
               "  w: {arrivals: {rate: 1 /s}, steps: [{on: a, send: {nic: own, size: 1 KiB, to: b}}, "
               "{send: {nic: lan, size: 1 KiB, to: b}}, {on: c, send: {nic: lan, size: 1 KiB, to: b}}]}\n");
    assert_int_equal(switches_peer(m, 0, 0, 1), 2);
    assert_int_equal(switches_peer(m, 0, 1, 1), 1);
    assert_int_equal(switches_peer(m, 0, 2, 1), 0);
    assert_int_equal(switches_peer(m, 2, 0, 1), 2);
    assert_int_equal(switches_peer(m, 1, 0, 2), -1);
}

static void test_relief_of_a_team(void **state)
{
    (void)state;
    const char *on[] = {"on: t", "on: t", "on: t", "on: ten"};
    for (int hash = 0; hash < 2; hash++) {
        const struct model *m =
            switched("2012", arena_printf(arena, TEAM, hash ? "hash" : "port"), on, streams(1));
        double share = 0.0;
        const struct resource_result r = {.name = "nic.HV.l2", .kind = "nic"};
        const struct model *more = relief_make(arena, m, &r, &share);
        assert_close(share, 0.1, 1e-9);
        for (int i = 0; i < 5; i++) {
            const bool relieved = i == 1 || (hash && i < 4);
            assert_close(more->host[0].nic[i].bytes_per_s,
                         m->host[0].nic[i].bytes_per_s * (relieved ? 1.1 : 1.0), 1e-12);
        }
        assert_close(m->host[0].nic[1].bytes_per_s, 125e6, 1e-12);
    }
}

/* A VM with all members behind one queue of VMQ on each: a member without VMQ or a free queue leaves it on the first root VP. */
static void test_a_team_has_as_many_queues_as_its_poorest_member(void **state)
{
    (void)state;
    static const struct {
        const char *nics, *balance;
        int queued;
    } rows[] = {
        {"x: {speed: 10 Gbps, vmq: yes, queues: 2}, y: {speed: 10 Gbps, vmq: yes, queues: 1}", "hash", 1},
        {"x: {speed: 10 Gbps, vmq: yes, queues: 2}, y: {speed: 10 Gbps, vmq: yes, queues: 1}", "port", 3},
        {"x: {speed: 10 Gbps, vmq: yes}, y: {speed: 10 Gbps}", "hash", 0},
        {"x: {speed: 10 Gbps, vmq: yes}, y: {speed: 10 Gbps}", "port", 2}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct model *m =
            hostsim_modelf(arena,
                           "schema: hvplan.model/1\n"
                           "hosts: {HV: {cpu: {cores: 8}, hypervisor: 2012, nics: {%s}, switches: {t: {nics: "
                           "[x, y], balance: %s}}}}\n"
                           "vms: {a: {host: HV, nics: {n: {}}}, b: {host: HV, nics: {n: {}}}, c: {host: HV, "
                           "nics: {n: {}}}}\n"
                           "workloads: {w: {arrivals: {rate: 1 /s}, steps: [{on: a, cpu: 1 ms}]}}\n",
                           rows[i].nics, rows[i].balance);
        const struct run *run = run_new(arena, m, "test", 1, 0);
        assert_int_equal(run->host[0].vmq_adapters, rows[i].queued);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_one_stream_uses_one_member),
        HOSTTEST(test_ports_take_the_members_in_turn),
        HOSTTEST(test_each_member_has_an_output_queue),
        HOSTTEST(test_hash_spreads_connections_of_one_adapter),
        HOSTTEST(test_a_dedicated_adapter_is_a_switch_with_one_vm),
        HOSTTEST(test_ways_between_vms_of_one_host),
        HOSTTEST(test_neighbours_with_sr_iov_meet_the_adapter_and_no_root),
        HOSTTEST(test_the_peers_adapter_is_the_one_in_reach),
        HOSTTEST(test_relief_of_a_team),
        HOSTTEST(test_a_team_has_as_many_queues_as_its_poorest_member),
    };
    return cmocka_run_group_tests_name("switches", tests, NULL, NULL);
}
