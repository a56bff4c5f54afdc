/* test_connect.c - connections: what their set-up is waited for, what their tear-down costs, many short ones against one. */
#include "tests/support/hosttest.h"

/* No overhead of virtualization but what the test states: 7 packets a connection. */
static struct model *connected(const char *nic, const char *overheads, const char *workloads)
{
    struct model *m = hosttest_neutral(
        hostsim_modelf(arena,
                       "schema: hvplan.model/1\n"
                       "hosts:\n"
                       "  HV: {cpu: {cores: 4}, hypervisor: 2008r2, nics: {n: {speed: 1 Gbps, %s}}}\n"
                       "  H2: {cpu: {cores: 4}, hypervisor: 2008r2, nics: {n: {speed: 100 Mbps}}}\n"
                       "  PH: {cpu: {cores: 2}, hypervisor: none, nics: {n: {speed: 1 Gbps, %s}}}\n"
                       "vms:\n"
                       "  a: {host: HV, vcpus: 2, nics: {n: {}}}\n"
                       "  b: {host: HV, vcpus: 2, nics: {n: {}}}\n"
                       "  c: {host: H2, vcpus: 2, nics: {n: {}}}\n"
                       "  p: {host: PH, nics: {n: {}}}\n"
                       "workloads:\n%s",
                       nic, nic, workloads));
    const struct {
        const char *mechanism, *name;
        double value;
    } set[] = {{"network_path", "connect_packets", 7.0},
               {"network_path", "connect_guest", 7e3},
               {"network_path", "root", 3e3},
               {"network_path", "copy", 1e12},
               {"network_path", "large_send", 1.0},
               {"virtualization", "connection", 14e3},
               {"physical_nic", "frame", 38.0},
               {"physical_nic", "headers", 40.0},
               {"physical_nic", "checksum", 1e12}};
    for (size_t i = 0; i < sizeof set / sizeof *set; i++)
        m->overhead[mechanism_param_index(set[i].mechanism, set[i].name)] = set[i].value;
    if (strcmp(overheads, "signal") == 0)
        m->overhead[mechanism_param_index("network_path", "signal")] = 100e3;
    return m;
}

#define LONE "  w: {arrivals: {rate: 100 /s, scv: 0}, steps: [{on: %s, connect: {%s}}]}\n"
static double response_us(const struct run *run)
{
    return 1e-3 * run->workload[0].response_ns / (double)run->workload[0].finished;
}

static const struct run *lone(const char *nic, const char *overheads, const char *on, const char *connect)
{
    return hosttest_run(connected(nic, overheads, arena_printf(arena, LONE, on, connect)), 2.0);
}

/* 78 bytes of SYN and of its answer take 0.624 us each at 1 Gb/s. */
static void test_a_physical_machine_waits_for_the_wire_alone(void **state)
{
    (void)state;
    assert_close(response_us(lone("chimney: no", "", "p", "")), 200.0 + 2 * 0.624, 1e-6);
    assert_close(response_us(lone("round_trip: 3.7 ms", "", "p", "")), 3700.0 + 2 * 0.624, 1e-6);
    /* the second and the third SYN go out behind three packets of the connection before */
    assert_close(response_us(lone("round_trip: 0 s", "", "p", "count: 3")), (3 * 2 + 2 * 3) * 0.624, 1e-6);
}

/* Three of seven packets are waited for: 3/7 of 7 us and 14 us in the guest, 3 x 3 us in the root. */
static void test_a_vm_waits_for_its_part_of_the_set_up(void **state)
{
    (void)state;
    const double wire = 2 * 0.624, cpu = 3.0 / 7.0 * (7.0 + 14.0) + 3 * 3.0;
    assert_close(response_us(lone("round_trip: 0 s", "", "a", "")), wire + cpu, 1e-4);
    /* arrivals every 10 ms meet the period of 100 us at the same point: it waits from there, after the guest's 9 us */
    assert_close(response_us(lone("round_trip: 0 s", "signal", "a", "")), wire + cpu + 100.0 - 9.0, 1e-4);
}

static double guest_ns(const struct vm *vm)
{
    double ns = 0.0;
    for (int i = 0; i < vm->vps; i++)
        ns += vm->vp[i].guest_ns + vm->vp[i].hypervisor_ns;
    return ns;
}

static double root_ns(const struct host *h)
{
    double ns = 0.0;
    for (int i = 0; i < h->roots; i++)
        ns += h->root[i].guest_ns;
    return ns;
}

static void test_all_packets_of_a_connection_are_worked_on(void **state)
{
    (void)state;
    const struct run *run = lone("jumbo: no", "", "a", "");
    const double n = (double)run->workload[0].finished;
    assert_close(guest_ns(&run->vm[0]) / n, 21e3, 0.01);
    assert_close(root_ns(&run->host[0]) / n, 7 * 3e3, 0.01);
    assert_close(run->vm[0].nic[0].sent_packets / n, 4.0, 0.01);
    assert_close(run->vm[0].nic[0].received_packets / n, 3.0, 0.01);
    const struct pnic *link = &run->host[0].nic[0];
    assert_close(link->sent_packets, run->vm[0].nic[0].sent_packets, 1e-12);
    assert_close(station_read(link->transmit).busy_area / n, 4 * 624.0, 0.01);
    assert_close(station_read(link->receive).busy_area / n, 3 * 624.0, 0.01);
}

/* Between hosts both ends and both links work, and no network beyond them is waited for. */
static void test_a_connection_between_hosts(void **state)
{
    (void)state;
    const struct run *run = lone("jumbo: no", "", "a", "to: c");
    const double n = (double)run->workload[0].finished, end = 3.0 / 7.0 * 21.0 + 9.0;
    assert_close(response_us(run), 2 * end + 2 * (0.624 + 6.24), 1e-4);
    assert_close(guest_ns(&run->vm[2]) / n, 21e3, 0.01);
    assert_close(root_ns(&run->host[1]) / n, 21e3, 0.01);
    assert_close(run->vm[2].nic[0].sent_packets, run->vm[0].nic[0].received_packets, 1e-12);
    assert_close(run->vm[2].nic[0].received_packets, run->vm[0].nic[0].sent_packets, 1e-12);
    assert_close(run->host[1].nic[0].received_packets / n, 4.0, 0.01);
}

/* Neighbours: the packets visit the root once and no link. */
static void test_a_connection_between_neighbours(void **state)
{
    (void)state;
    const struct run *run = lone("jumbo: no", "", "a", "to: b");
    const double n = (double)run->workload[0].finished;
    assert_close(response_us(run), 2 * 9.0 + 9.0, 1e-4);
    assert_close(root_ns(&run->host[0]) / n, 21e3, 0.01);
    assert_close(guest_ns(&run->vm[1]) / n, 21e3, 0.01);
    assert_true(station_read(run->host[0].nic[0].transmit).arrivals == 0);
}

static const struct run *hundred(bool many)
{
    char *steps = arena_strdup(arena, many ? "" : "{on: a, connect: {}}");
    for (int i = 0; i < 100; i++)
        steps = arena_printf(arena, "%s%s%s{on: a, send: {size: 1 KiB}}", steps, *steps ? ", " : "",
                             many ? "{on: a, connect: {}}, " : "");
    return hosttest_run(
        connected("jumbo: no", "",
                  arena_printf(arena, "  w: {arrivals: {rate: 10 /s, scv: 0}, steps: [%s]}\n", steps)),
        4.0);
}

/* The same 100 KiB through one connection of a hundred messages, and through a hundred of one each. */
static void test_many_short_connections_against_one(void **state)
{
    (void)state;
    const struct run *one = hundred(false), *many = hundred(true);
    const double n = (double)one->workload[0].finished, more = 99.0;
    assert_close((double)many->workload[0].finished, n, 1e-12);
    assert_close(one->vm[0].nic[0].sent_bytes, many->vm[0].nic[0].sent_bytes, 1e-12);
    assert_close(one->vm[0].nic[0].sent_packets / n, 100.0 + 4.0, 1e-6);
    assert_close(many->vm[0].nic[0].sent_packets / n, 100.0 + 400.0, 1e-6);
    assert_close(many->vm[0].nic[0].received_packets / n, 300.0, 1e-6);
    assert_close(root_ns(&one->host[0]) / n, 1e3 * (100 * 3.0 + 21.0), 1e-3);
    assert_close(root_ns(&many->host[0]) / n, 1e3 * (100 * 3.0 + 100 * 21.0), 1e-3);
    assert_close((guest_ns(&many->vm[0]) - guest_ns(&one->vm[0])) / n, more * 21e3, 1e-3);
    /* Each set-up is waited for: 9 us in the guest, 9 us in the root, 200 us of network, two packets. The tear-down before
     * it works at the same time: the guest's second VP takes one of the two, the root's first VP works both off, 12 us of
     * closing beginning with 9 us of the guest. */
    const double set_up = 9.0 + 9.0 + 200.0 + 2 * 0.624, behind = 12.0 - 9.0;
    assert_close((response_us(many) - response_us(one)) / more, set_up + behind, 1e-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_a_physical_machine_waits_for_the_wire_alone),
        HOSTTEST(test_a_vm_waits_for_its_part_of_the_set_up),
        HOSTTEST(test_all_packets_of_a_connection_are_worked_on),
        HOSTTEST(test_a_connection_between_hosts),
        HOSTTEST(test_a_connection_between_neighbours),
        HOSTTEST(test_many_short_connections_against_one),
    };
    return cmocka_run_group_tests_name("connect", tests, NULL, NULL);
}
