/* test_counters.c - the table of PerfMon counters. */
#include "model/host/counters.h"
#include "tests/support/support.h"
#include <string.h>

static void every_counter_is_described_once(void **state)
{
    (void)state;
    static const char *const units[] = {"%",      "ns",    "1/s", "bytes/s", "s",
                                        "bits/s", "bytes", "MiB", "1",       "ns/s"};
    for (int i = 0; i < CTR_COUNT; i++) {
        const struct counter_row *c = &counter_rows[i];
        assert_non_null(c->object);
        assert_true(strlen(c->counter) > 5 && strlen(c->doc) > 10 && strlen(c->source) > 4);
        assert_true(c->doc[strlen(c->doc) - 1] == '.');
        bool known = false;
        for (size_t k = 0; k < sizeof units / sizeof units[0]; k++)
            known = known || strcmp(units[k], c->unit) == 0;
        assert_true(known);
        for (int k = 0; k < i; k++)
            assert_false(strcmp(c->object, counter_rows[k].object) == 0 &&
                         strcmp(c->counter, counter_rows[k].counter) == 0);
    }
}

static void names_and_units_agree(void **state)
{
    (void)state;
    for (int i = 0; i < CTR_COUNT; i++) {
        const struct counter_row *c = &counter_rows[i];
        if (c->counter[0] == '%')
            assert_string_equal(c->unit, "%");
        if (strstr(c->counter, "Bytes/sec") || strstr(c->counter, "Bytes Sent/sec"))
            assert_string_equal(c->unit, "bytes/s");
        if (strncmp(c->counter, "Packets", 7) == 0 || strstr(c->counter, "Operations/Sec"))
            assert_string_equal(c->unit, "1/s");
    }
}

static void names_are_those_of_perfmon(void **state)
{
    (void)state;
    static const struct {
        enum counter_id id;
        const char *object, *counter;
    } cases[] = {
        {CTR_LP_TOTAL, "Hyper-V Hypervisor Logical Processor", "% Total Run Time"},
        {CTR_VP_WAIT, "Hyper-V Hypervisor Virtual Processor", "CPU Wait Time Per Dispatch"},
        {CTR_VP_DISPATCHES, "Hyper-V Hypervisor Virtual Processor", "Logical Processor Dispatches/sec"},
        {CTR_ROOT_HYPERVISOR, "Hyper-V Hypervisor Root Virtual Processor", "% Hypervisor Run Time"},
        {CTR_VSD_READ_OPS, "Hyper-V Virtual Storage Device", "Read Operations/Sec"},
        {CTR_VNIC_RECEIVED_BYTES, "Hyper-V Virtual Network Adapter", "Bytes Received/sec"},
        {CTR_DISK_SEC_WRITE, "PhysicalDisk", "Avg. Disk sec/Write"},
        {CTR_NIC_OUTPUT_QUEUE, "Network Interface", "Output Queue Length"},
        {CTR_ADDRESS_SPACES, "Hyper-V Hypervisor Root Partition", "Address Spaces"},
        {CTR_APP_REQUESTS, "Application", "Requests/sec"},
        {CTR_APP_RESPONSE, "Application", "Average Response Time"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(counter_rows[cases[i].id].object, cases[i].object);
        assert_string_equal(counter_rows[cases[i].id].counter, cases[i].counter);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_counter_is_described_once),
        cmocka_unit_test(names_and_units_agree),
        cmocka_unit_test(names_are_those_of_perfmon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
