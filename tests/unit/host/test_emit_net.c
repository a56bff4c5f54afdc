/* test_emit_net.c - adapters, switches and links in a predicted log. */
#include "tests/support/hosttest.h"
#include "tests/support/logtest.h"

#define PORT "\\\\HV\\Hyper-V Virtual Network Adapter(%s)\\"
#define LEGACY "\\\\HV\\Hyper-V Legacy Network Adapter(old:Ethernet Card)\\"
#define SWITCH "\\\\HV\\Hyper-V Virtual Switch(n)\\"
#define LINK "\\\\HV\\Network Interface(n)\\"
enum { ROWS = 61 };

/* a sends to b on the same host and outside; b gets mail from outside; old has an emulated adapter, io by-passes the switch. */
static const struct model *nets(const char *version)
{
    return hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: %s, nics: {n: {speed: 1 Gbps}}}}\n"
        "vms:\n"
        "  a: {host: HV, os: ws2008, nics: {e: {kind: synthetic, on: n}}}\n"
        "  b: {host: HV, os: ws2008, nics: {e: {kind: synthetic, on: n}}}\n"
        "  old: {host: HV, os: ws2003, nics: {e: {kind: emulated, on: n}}}\n"
        "workloads:\n"
        "  local: {arrivals: {rate: 83 /s}, steps: [{on: a, send: {nic: e, size: 10 KiB, to: b}}]}\n"
        "  out: {arrivals: {rate: 57 /s}, steps: [{on: a, send: {nic: e, size: 30 KiB}}]}\n"
        "  in: {arrivals: {rate: 41 /s}, steps: [{on: b, receive: {nic: e, size: 20 KiB}}]}\n"
        "  legacy: {arrivals: {rate: 23 /s}, steps: [{on: old, send: {nic: e, size: 3 KiB}}]}\n",
        version);
}

static double port(const struct counter_log *log, const char *vm, const char *counter)
{
    return logtest_mean(log, arena_printf(arena, PORT "%s", vm, counter));
}

static void test_ports_links_and_switch_agree(void **state)
{
    (void)state;
    const struct counter_log *log = study_log(arena, nets("2012r2"), 3, 15.0, ROWS);
    const double local = 83.0 * 10240.0, out = 57.0 * 30720.0, in = 41.0 * 20480.0, legacy = 23.0 * 3072.0;
    const double sent = port(log, "a_e", "Bytes Sent/sec");
    assert_close(sent, local + out, 0.05);
    assert_close(port(log, "b_e", "Bytes Received/sec"), local + in, 0.05);
    assert_close(logtest_mean(log, LEGACY "Bytes Sent/sec"), legacy, 0.03);
    assert_close(port(log, "old_e--0", "Bytes/sec"), logtest_mean(log, LEGACY "Bytes Sent/sec"), 1e-12);
    assert_close(logtest_mean(log, LEGACY "Frames Sent/sec"), port(log, "old_e--0", "Packets Sent/sec"),
                 1e-12);
    assert_close(logtest_mean(log, LINK "Bytes Sent/sec"), out + legacy, 0.05);
    assert_close(logtest_mean(log, LINK "Bytes Total/sec"),
                 logtest_mean(log, LINK "Bytes Sent/sec") + logtest_mean(log, LINK "Bytes Received/sec"),
                 1e-9);
    assert_close(logtest_mean(log, LINK "Packets/sec"),
                 logtest_mean(log, LINK "Packets Sent/sec") + logtest_mean(log, LINK "Packets Received/sec"),
                 1e-9);
}

/* What the switch carries and the adapter does not is what stays on the host. */
static void test_the_switch_less_the_link_is_local_traffic(void **state)
{
    (void)state;
    const struct counter_log *log = study_log(arena, nets("2012r2"), 3, 15.0, ROWS);
    const double through = logtest_mean(log, SWITCH "Bytes/sec"),
                 link = logtest_mean(log, LINK "Bytes Total/sec");
    assert_close(through - link, 83.0 * 10240.0, 0.05);
    assert_close(logtest_mean(log, SWITCH "Packets/sec") - logtest_mean(log, LINK "Packets/sec"), 83.0 * 8.0,
                 0.03);
}

static void test_guests_see_their_adapters(void **state)
{
    (void)state;
    static const struct {
        const char *version;
        double bits;
    } cases[] = {{"2008r2", 10e9}, {"2012r2", 10e9}, {"2016", 1e9}};
    for (int i = 0; i < 3; i++) {
        const struct counter_log *log = study_log(arena, nets(cases[i].version), 3, 5.0, 5);
        assert_close(logtest_mean(log, "\\\\a\\Network Interface(e)\\Bytes Sent/sec"),
                     port(log, "a_e", "Bytes Sent/sec"), 1e-12);
        assert_close(logtest_mean(log, "\\\\a\\Network Interface(e)\\Current Bandwidth"), cases[i].bits,
                     1e-12);
        assert_close(logtest_mean(log, "\\\\old\\Network Interface(e)\\Current Bandwidth"), 100e6, 1e-12);
        assert_false(logtest_has(log, "\\\\a\\Network Interface(e)\\Output Queue Length"));
        assert_true(logtest_has(log, SWITCH "Bytes/sec"));
    }
    assert_false(logtest_has(study_log(arena, nets("2008"), 3, 1.0, 2), SWITCH "Bytes/sec"));
}

static void test_sriov_by_passes_switch_and_port(void **state)
{
    (void)state;
    const struct model *m = hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 2}, hypervisor: 2016, nics: {n: {speed: 10 Gbps}}}}\n"
        "vms: {v: {host: HV, os: ws2016, nics: {e: {kind: sr-iov, on: n}}}}\n"
        "workloads: {w: {arrivals: {rate: 100 /s}, steps: [{on: v, send: {nic: e, size: 30 KiB}}]}}\n");
    const struct counter_log *log = study_log(arena, m, 3, 15.0, 21);
    assert_close(logtest_mean(log, "\\\\v\\Network Interface(e)\\Bytes Sent/sec"), 100.0 * 30720.0, 0.03);
    assert_close(logtest_mean(log, LINK "Bytes Sent/sec"), 100.0 * 30720.0, 0.03);
    assert_false(logtest_has(log, SWITCH "Bytes/sec"));
    assert_false(logtest_has(log, arena_printf(arena, PORT "Bytes/sec", "v_e")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_ports_links_and_switch_agree),
        HOSTTEST(test_the_switch_less_the_link_is_local_traffic),
        HOSTTEST(test_guests_see_their_adapters),
        HOSTTEST(test_sriov_by_passes_switch_and_port),
    };
    return cmocka_run_group_tests_name("emit_net", tests, NULL, NULL);
}
