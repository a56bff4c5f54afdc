/* test_network.c - messages: links, chunks, peers, the root's work, adapters. */
#include "tests/support/hosttest.h"

/* Two hosts; a and b on HV, c on H2, p a physical server. */
static struct model *network_model(const char *vmq, const char *kind, const char *workloads)
{
    return hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts:\n"
        "  HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2008r2, nics: {n: {speed: 1 Gbps, vmq: %s}}}\n"
        "  H2: {cpu: {sockets: 1, cores: 4}, hypervisor: 2008r2, nics: {n: {speed: 1 Gbps}}}\n"
        "  PH: {cpu: {sockets: 1, cores: 2}, hypervisor: none, nics: {n: {speed: 1 Gbps}}}\n"
        "vms:\n"
        "  a: {host: HV, os: ws2008, vcpus: 2, nics: {n: {kind: %s, on: n}}}\n"
        "  b: {host: HV, os: ws2008, vcpus: 2, nics: {n: {kind: synthetic, on: n}}}\n"
        "  c: {host: H2, os: ws2008, vcpus: 2, nics: {n: {kind: %s, on: n}}}\n"
        "  p: {host: PH, os: ws2008, nics: {n: {kind: physical, on: n}}}\n"
        "workloads:\n%s",
        vmq, kind, kind, workloads);
}

static const struct scenario_result *simulate(const char *workloads)
{
    return &hostsim_run(arena, network_model("no", "synthetic", workloads), 0.02)->scenario[0];
}

/* 1 MiB is 720 packets of 1460 bytes payload; the wire carries 1538 bytes for each full one (IEEE 802.3: 38 of frame
 * and gap, 40 of IP and TCP). */
static const double mib_wire_s = (1048576.0 + 16.0 * 45.0 * 78.0) * 8.0 / 1e9;

static void test_link_time_is_bytes_over_speed(void **state)
{
    (void)state;
    const struct scenario_result *out =
        simulate("  w: {arrivals: {rate: 30 /s}, steps: [{on: a, send: {nic: n, size: 1 MiB}}]}\n");
    const struct scenario_result *in =
        simulate("  w: {arrivals: {rate: 30 /s}, steps: [{on: a, receive: {nic: n, size: 1 MiB}}]}\n");
    assert_close(hostsim_mean(out, "nic.HV.n.utilization"), 30.0 * mib_wire_s, 0.02);
    assert_close(hostsim_mean(in, "nic.HV.n.utilization"), 30.0 * mib_wire_s, 0.02);
}

/* While a chunk of 64 KiB is on the link the next one is prepared: the message takes its link time and one preparation. */
static void test_chunks_are_prepared_while_the_link_works(void **state)
{
    (void)state;
    const struct scenario_result *s =
        simulate("  w: {arrivals: {rate: 1 /s, scv: 0}, steps: [{on: a, send: {nic: n, size: 16 MiB}}]}\n"
                 "  v: {arrivals: {rate: 1 /s, scv: 0}, steps: [{on: c, send: {nic: n, size: 64 KiB}}]}\n");
    const double prepare = hostsim_mean(s, "workload.v.response_s") - mib_wire_s / 16.0;
    assert_true(prepare > 0.0);
    assert_close(hostsim_mean(s, "workload.w.response_s"), 16.0 * mib_wire_s + prepare, 0.005);
}

static double alone(const char *step)
{
    char text[160];
    snprintf(text, sizeof text, "  w: {arrivals: {rate: 1 /s, scv: 0}, steps: [%s]}\n", step);
    return hostsim_mean(simulate(text), "workload.w.response_s");
}

/* From host to host both links work at once: 2 MiB take the time of a message of one chunk, and of the others on one link. */
static void test_links_of_both_hosts_work_side_by_side(void **state)
{
    (void)state;
    const double chunk = mib_wire_s / 16.0;
    const double one = alone("{on: a, send: {nic: n, size: 64 KiB, to: c}}");
    assert_true(one > 2.0 * chunk);
    assert_close(alone("{on: a, send: {nic: n, size: 2 MiB, to: c}}"), 31.0 * chunk + one, 0.005);
    assert_close(alone("{on: c, receive: {nic: n, size: 2 MiB, to: a}}"), 31.0 * chunk + one, 0.005);
    const struct scenario_result *s = simulate(
        "  w: {arrivals: {rate: 24 /s, scv: 0}, steps: [{on: a, send: {nic: n, size: 2 MiB, to: c}}]}\n");
    assert_close(hostsim_mean(s, "nic.HV.n.utilization"), 48.0 * mib_wire_s, 0.01);
    assert_close(hostsim_mean(s, "nic.H2.n.utilization"), 48.0 * mib_wire_s, 0.01);
}

/* Both ends use the smaller segment: jumbo frames at one end of a connection change nothing. */
static void test_jumbo_frames_take_both_ends(void **state)
{
    (void)state;
    double used[2];
    for (int jumbo = 0; jumbo < 2; jumbo++) {
        struct model *m = network_model(
            "no", "synthetic",
            "  w: {arrivals: {rate: 30 /s}, steps: [{on: a, send: {nic: n, size: 256 KiB, to: c}}]}\n"
            "  v: {arrivals: {rate: 30 /s}, steps: [{on: c, receive: {nic: n, size: 256 KiB, to: a}}]}\n");
        m->host[0].nic[0].jumbo = jumbo == 1;
        used[jumbo] = hostsim_mean(&hostsim_run(arena, m, 0.02)->scenario[0], "nic.H2.n.utilization");
    }
    assert_close(used[1], used[0], 1e-9);
}

/* What comes from outside does not stop while the chunk before is worked off. */
static void test_chunks_arrive_while_the_one_before_is_worked_off(void **state)
{
    (void)state;
    const double chunk = mib_wire_s / 16.0;
    const double one = alone("{on: a, receive: {nic: n, size: 64 KiB}}");
    assert_true(one > 1.1 * chunk);
    assert_close(alone("{on: a, receive: {nic: n, size: 2 MiB}}"), 31.0 * chunk + one, 0.005);
}

static void test_local_messages_never_meet_the_adapter(void **state)
{
    (void)state;
    const struct scenario_result *local =
        simulate("  w: {arrivals: {rate: 30 /s}, steps: [{on: a, send: {nic: n, size: 64 KiB, to: b}}]}\n");
    assert_true(hostsim_mean(local, "nic.HV.n.utilization") <= 0.0);
    assert_true(hostsim_mean(local, "host.HV.root.cpu") > 0.0);
    assert_true(hostsim_mean(local, "vm.b.cpu") > 0.0);
    const struct scenario_result *far =
        simulate("  w: {arrivals: {rate: 30 /s}, steps: [{on: a, send: {nic: n, size: 64 KiB, to: c}}]}\n");
    assert_close(hostsim_mean(far, "nic.HV.n.utilization"), 30.0 * mib_wire_s / 16.0, 0.02);
    assert_close(hostsim_mean(far, "nic.H2.n.utilization"), 30.0 * mib_wire_s / 16.0, 0.02);
    assert_true(hostsim_mean(far, "host.H2.root.cpu") > 0.0);
    assert_true(hostsim_mean(far, "vm.c.cpu") > 0.0);
}

static double busiest_root(const char *vmq)
{
    struct model *m =
        network_model(vmq, "synthetic",
                      "  w: {arrivals: {rate: 300 /s}, steps: [{on: a, send: {nic: n, size: 64 KiB}}]}\n"
                      "  v: {arrivals: {rate: 300 /s}, steps: [{on: b, receive: {nic: n, size: 64 KiB}}]}\n");
    const struct result *r = hostsim_run(arena, m, 0.02);
    const double root = hostsim_mean(&r->scenario[0], "host.HV.root.cpu");
    return hosttest_resource(&r->scenario[0], "host.HV.root")->utilization / root;
}

static void test_vmq_spreads_the_roots_work(void **state)
{
    (void)state;
    assert_close(busiest_root("no"), 1.0, 1e-6);
    assert_true(busiest_root("yes") < 0.8);
}

static void test_emulated_adapter_needs_the_worker_process_on_its_own_side(void **state)
{
    (void)state;
    const char *w =
        "  w: {arrivals: {rate: 20 /s}, steps: [{on: %s, send: {nic: n, size: 8 KiB, to: %s}}]}\n";
    /* from a physical server, which has no root, to an emulated adapter on H2 */
    const struct result *in =
        hostsim_run(arena, network_model("no", "emulated", arena_printf(arena, w, "p", "c")), 0.03);
    const struct result *out =
        hostsim_run(arena, network_model("no", "emulated", arena_printf(arena, w, "c", "p")), 0.03);
    const struct result *synthetic =
        hostsim_run(arena, network_model("no", "synthetic", arena_printf(arena, w, "p", "c")), 0.03);
    const double plain = hostsim_mean(&synthetic->scenario[0], "host.H2.root.cpu");
    assert_true(hostsim_mean(&in->scenario[0], "host.H2.root.cpu") > 3.0 * plain);
    assert_true(hostsim_mean(&out->scenario[0], "host.H2.root.cpu") > 3.0 * plain);
    assert_true(hostsim_row(&in->scenario[0], "w", "host.H2.root").overhead_s > 1e-4);
    assert_true(hostsim_row(&out->scenario[0], "w", "host.H2.root").overhead_s > 1e-4);
}

/* Four packets of 78 bytes go out for each connection. */
static void test_connections_cost_cpu_and_little_of_the_link(void **state)
{
    (void)state;
    const struct scenario_result *s =
        simulate("  w: {arrivals: {rate: 90 /s}, steps: [{on: a, connect: {nic: n, count: 3}}]}\n");
    assert_close(hostsim_mean(s, "nic.HV.n.utilization"), 90.0 * 3 * 4 * 78 * 8e-9, 0.02);
    assert_true(hostsim_mean(s, "host.HV.root.cpu") > 0.0);
    assert_true(hostsim_row(s, "w", "vm.a.vcpu").overhead_s > 0.0);
}

static const struct scenario_result *signalled(const char *period, int cores, const char *load)
{
    const struct model *m = hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: %d}, hypervisor: 2008r2, nics: {n: {speed: 10 Gbps}}}}\n"
        "vms: {a: {host: HV, os: ws2008, nics: {n: {on: n}}}}\n"
        "overheads: {network_path: {signal: %s}}\n"
        "workloads: {w: {%s, steps: [{on: a, cpu: 50 us}, {send: {nic: n, size: 700 B}}]}}\n",
        cores, period, load);
    return &hostsim_run(arena, m, 0.01)->scenario[0];
}

/* A lone message waits half a period on average; a period that is twice as long is told apart. */
static void test_lone_message_waits_for_the_root_to_look(void **state)
{
    (void)state;
    const char *light = "arrivals: {rate: 90 /s}";
    const double at_once = hostsim_row(signalled("0 us", 4, light), "w", "host.HV.root").overhead_s;
    const double waits = hostsim_row(signalled("300 us", 4, light), "w", "host.HV.root").overhead_s;
    assert_close(waits - at_once, 150e-6, 0.03);
    const double longer = hostsim_row(signalled("600 us", 4, light), "w", "host.HV.root").overhead_s;
    assert_close(longer - at_once, 300e-6, 0.03);
}

/* On one busy processor the messages of a period are one visit of the root: fewer dispatches, more work done. */
static void test_messages_of_a_period_share_a_visit(void **state)
{
    (void)state;
    const char *full = "closed: {users: 12}";
    const double each = hostsim_mean(signalled("0 us", 1, full), "workload.w.throughput_per_s");
    const double together = hostsim_mean(signalled("100 us", 1, full), "workload.w.throughput_per_s");
    /* 59 us a message with two dispatches of 1.5 us, nearly all of one pair saved for the second message on */
    assert_true(together > 1.015 * each && together < 1.05 * each);
}

static void test_output_queue_fills_when_the_link_is_full(void **state)
{
    (void)state;
    const struct scenario_result *full =
        simulate("  w: {closed: {users: 9}, steps: [{on: a, send: {nic: n, size: 1 MiB}}]}\n");
    const struct scenario_result *light =
        simulate("  w: {arrivals: {rate: 3 /s}, steps: [{on: a, send: {nic: n, size: 64 KiB}}]}\n");
    assert_close(hostsim_mean(full, "nic.HV.n.utilization"), 1.0, 0.01);
    /* nine senders, one chunk of 45 packets on the link, the others' in line */
    assert_close(hostsim_mean(full, "nic.HV.n.output_queue_packets"), 8.0 * 45.0, 0.05);
    assert_true(hostsim_mean(light, "nic.HV.n.output_queue_packets") < 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_link_time_is_bytes_over_speed),
        HOSTTEST(test_chunks_are_prepared_while_the_link_works),
        HOSTTEST(test_links_of_both_hosts_work_side_by_side),
        HOSTTEST(test_jumbo_frames_take_both_ends),
        HOSTTEST(test_chunks_arrive_while_the_one_before_is_worked_off),
        HOSTTEST(test_local_messages_never_meet_the_adapter),
        HOSTTEST(test_vmq_spreads_the_roots_work),
        HOSTTEST(test_emulated_adapter_needs_the_worker_process_on_its_own_side),
        HOSTTEST(test_connections_cost_cpu_and_little_of_the_link),
        HOSTTEST(test_lone_message_waits_for_the_root_to_look),
        HOSTTEST(test_messages_of_a_period_share_a_visit),
        HOSTTEST(test_output_queue_fills_when_the_link_is_full),
    };
    return cmocka_run_group_tests_name("network", tests, NULL, NULL);
}
