/* test_networks.c - network_path and physical_nic. */
#include "tests/unit/mechanism/fixture.h"

static void received_packets_cost_root_time(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "network_path", "root") = 1900.0;
    *fixture_param(&f, "network_path", "copy") = 1.25e9;
    *fixture_param(&f, "network_path", "guest") = 310.0;
    const struct cost c = fixture_cost(&f, DEMAND_RECEIVE, 13.0, 17500.0);
    assert_close(c.root_ns, 13 * 1900.0 + 14000.0, 1e-12);
    assert_close(c.guest_ns, 13 * 310.0, 1e-12);
    assert_true(c.exits == 0.0 && !c.spread);
}

static void large_sends_save_all_but_the_first_packet(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "network_path", "root") = 1900.0;
    *fixture_param(&f, "network_path", "large_send") = 0.23;
    assert_close(fixture_cost(&f, DEMAND_SEND, 1.0, 0.0).root_ns, 1900.0, 1e-12);
    assert_close(fixture_cost(&f, DEMAND_SEND, 13.0, 0.0).root_ns, 1900.0 * (1 + 12 * 0.23), 1e-12);
    assert_close(fixture_cost(&f, DEMAND_SEND, 0.5, 0.0).root_ns, 950.0, 1e-12);
}

static void vmq_spreads_and_excludes_chimney(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    const struct cost plain = fixture_cost(&f, DEMAND_RECEIVE, 13.0, 0.0);
    f.at.vmq = true;
    const struct cost vmq = fixture_cost(&f, DEMAND_RECEIVE, 13.0, 0.0);
    assert_true(vmq.spread && vmq.root_ns == plain.root_ns);
    f.at.chimney = true;
    const struct cost both = fixture_cost(&f, DEMAND_RECEIVE, 13.0, 0.0);
    assert_true(both.spread && both.root_ns == plain.root_ns);
    f.at.vmq = false;
    const struct cost chimney = fixture_cost(&f, DEMAND_RECEIVE, 13.0, 0.0);
    assert_true(!chimney.spread);
    assert_close(chimney.root_ns, plain.root_ns * *fixture_param(&f, "network_path", "chimney"), 1e-12);
    f.at.version = HV_2008;
    f.at.vmq = true;
    const struct cost old = fixture_cost(&f, DEMAND_RECEIVE, 13.0, 0.0);
    assert_true(!old.spread && old.root_ns == plain.root_ns);
}

static void chimney_pays_when_connections_last(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    const struct cost set_up = fixture_cost(&f, DEMAND_CONNECT, 1.0, 0.0);
    const struct cost plain = fixture_cost(&f, DEMAND_RECEIVE, 1000.0, 0.0);
    f.at.chimney = true;
    const struct cost set_up_chimney = fixture_cost(&f, DEMAND_CONNECT, 1.0, 0.0);
    const struct cost chimney = fixture_cost(&f, DEMAND_RECEIVE, 1000.0, 0.0);
    assert_true(set_up_chimney.root_ns > set_up.root_ns);
    assert_true(set_up_chimney.root_ns + chimney.root_ns < set_up.root_ns + plain.root_ns);
}

/* Field truth 8. */
static void neighbours_are_copied_once(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    f.at.local = true;
    *fixture_param(&f, "network_path", "copy") = 1.25e9;
    const struct cost send = fixture_cost(&f, DEMAND_SEND, 45.0, 65536.0);
    const struct cost receive = fixture_cost(&f, DEMAND_RECEIVE, 45.0, 65536.0);
    assert_true(send.root_ns > 65536.0 / 1.25 && receive.root_ns == 0.0);
    assert_true(receive.guest_ns > 0.0 && send.guest_ns > 0.0);
    assert_true(send.device_ns == 0.0 && receive.device_ns == 0.0);
}

/* Field truth 10. */
static void an_emulated_adapter_costs_far_more(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    static const enum demand_kind kinds[] = {DEMAND_SEND, DEMAND_RECEIVE, DEMAND_CONNECT};
    for (int i = 0; i < 3; i++) {
        f.at.vnic = VNIC_SYNTHETIC;
        const struct cost synthetic = fixture_cost(&f, kinds[i], 4.0, 5000.0);
        f.at.vnic = VNIC_EMULATED;
        const struct cost emulated = fixture_cost(&f, kinds[i], 4.0, 5000.0);
        assert_true(synthetic.exits == 0.0 && emulated.exits > 0.0 && !emulated.spread);
        assert_true(fixture_cpu_ns(&emulated) > 4.0 * fixture_cpu_ns(&synthetic));
    }
    *fixture_param(&f, "network_path", "exits") = 3.5;
    *fixture_param(&f, "network_path", "exit_root") = 8700.0;
    const struct cost c = fixture_cost(&f, DEMAND_SEND, 4.0, 5000.0);
    assert_close(c.exits, 14.0, 1e-15);
    assert_close(c.exit_root_ns, 8700.0, 1e-15);
}

static void connections_cost_by_number(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "network_path", "root") = 1900.0;
    *fixture_param(&f, "network_path", "connect_packets") = 9.0;
    *fixture_param(&f, "network_path", "connect_guest") = 6100.0;
    const struct cost c = fixture_cost(&f, DEMAND_CONNECT, 3.0, 0.0);
    assert_close(c.root_ns, 3 * 9 * 1900.0, 1e-12);
    assert_close(c.guest_ns, 3 * 6100.0, 1e-12);
}

static void links_carry_payload_headers_and_frames(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    f.at.link_bytes_per_s = 125e6;
    const struct cost c = fixture_cost(&f, DEMAND_LINK, 17.0, 24576.0);
    assert_close(c.device_ns, (24576.0 + 17 * 78.0) * 8.0, 1e-12);
    assert_true(fixture_cpu_ns(&c) == 0.0);
    f.at.link_bytes_per_s = 0.0;
    assert_true(fixture_cost(&f, DEMAND_LINK, 17.0, 24576.0).device_ns == 0.0);
}

static void packets_hold_what_the_frame_leaves(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    assert_close(mechanism_packet_bytes(&f.at), 1460.0, 1e-15);
    f.at.jumbo = true;
    assert_close(mechanism_packet_bytes(&f.at), 8960.0, 1e-15);
}

static void without_large_sends_every_packet_counts(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "network_path", "root") = 1900.0;
    f.at.small_sends = true;
    assert_close(fixture_cost(&f, DEMAND_SEND, 13.0, 0.0).root_ns, 13 * 1900.0, 1e-12);
    /* between neighbours the large send stays whole */
    f.at.local = true;
    *fixture_param(&f, "network_path", "large_send") = 0.23;
    assert_close(fixture_cost(&f, DEMAND_SEND, 13.0, 0.0).root_ns, 1900.0 * (1 + 12 * 0.23), 1e-12);
}

static void coalescing_saves_received_packets_since_2019(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "network_path", "root") = 1900.0;
    *fixture_param(&f, "network_path", "guest") = 310.0;
    *fixture_param(&f, "network_path", "coalesce") = 0.17;
    f.at.rsc = true;
    f.at.version = HV_2016;
    assert_close(fixture_cost(&f, DEMAND_RECEIVE, 13.0, 0.0).root_ns, 13 * 1900.0, 1e-12);
    f.at.version = HV_2019;
    const struct cost c = fixture_cost(&f, DEMAND_RECEIVE, 13.0, 0.0);
    assert_close(c.root_ns, 1900.0 * (1 + 12 * 0.17), 1e-12);
    assert_close(c.guest_ns, 310.0 * (1 + 12 * 0.17), 1e-12);
    const struct cost sent = fixture_cost(&f, DEMAND_SEND, 13.0, 0.0);
    f.at.rsc = false;
    assert_true(sent.root_ns == fixture_cost(&f, DEMAND_SEND, 13.0, 0.0).root_ns);
    assert_close(fixture_cost(&f, DEMAND_RECEIVE, 13.0, 0.0).root_ns, 13 * 1900.0, 1e-12);
}

/* 17,500 bytes at 1.75 GB/s are 10 us, of the root for a synthetic adapter, of the system itself elsewhere. */
static void checksums_cost_by_the_byte_without_offload(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    *fixture_param(&f, "physical_nic", "checksum") = 1.75e9;
    static const struct {
        enum vnic_kind kind;
        enum hv_version version;
        bool local;
        double root, guest;
    } rows[] = {{VNIC_SYNTHETIC, HV_2008R2, false, 10e3, 0.0},
                {VNIC_SYNTHETIC, HV_2008R2, true, 0.0, 0.0},
                {VNIC_SRIOV, HV_2012, false, 0.0, 10e3},
                {VNIC_EMULATED, HV_2008R2, false, 0.0, 0.0},
                {VNIC_PHYSICAL, HV_NONE, false, 0.0, 10e3}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int sending = 0; sending < 2; sending++) {
            const enum demand_kind kind = sending ? DEMAND_SEND : DEMAND_RECEIVE;
            f.at.vnic = rows[i].kind;
            f.at.version = rows[i].version;
            f.at.local = rows[i].local;
            f.at.software_checksum = false;
            const struct cost with = fixture_cost(&f, kind, 12.0, 17500.0);
            f.at.software_checksum = true;
            const struct cost without = fixture_cost(&f, kind, 12.0, 17500.0);
            assert_close(without.root_ns, with.root_ns + rows[i].root, 1e-12);
            assert_close(without.guest_ns, with.guest_ns + rows[i].guest, 1e-12);
        }
}

/* The end that opens it brings the packets to the root, once. */
static void a_connection_between_neighbours_visits_the_root_once(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    f.at.local = true;
    const struct demand opens = {.kind = DEMAND_CONNECT, .amount = 2.0, .write = true, .at = &f.at};
    const struct demand answers = {.kind = DEMAND_CONNECT, .amount = 2.0, .at = &f.at};
    const struct cost here = mechanism_cost(f.value, &opens), there = mechanism_cost(f.value, &answers);
    assert_close(here.root_ns, 2 * 7 * *fixture_param(&f, "network_path", "root"), 1e-12);
    assert_true(there.root_ns == 0.0 && there.guest_ns == here.guest_ns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(received_packets_cost_root_time),
        cmocka_unit_test(large_sends_save_all_but_the_first_packet),
        cmocka_unit_test(vmq_spreads_and_excludes_chimney),
        cmocka_unit_test(chimney_pays_when_connections_last),
        cmocka_unit_test(neighbours_are_copied_once),
        cmocka_unit_test(an_emulated_adapter_costs_far_more),
        cmocka_unit_test(connections_cost_by_number),
        cmocka_unit_test(links_carry_payload_headers_and_frames),
        cmocka_unit_test(packets_hold_what_the_frame_leaves),
        cmocka_unit_test(without_large_sends_every_packet_counts),
        cmocka_unit_test(coalescing_saves_received_packets_since_2019),
        cmocka_unit_test(checksums_cost_by_the_byte_without_offload),
        cmocka_unit_test(a_connection_between_neighbours_visits_the_root_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
