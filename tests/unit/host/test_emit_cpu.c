/* test_emit_cpu.c - what each observer of the processors sees, in the log of each Hyper-V version. */
#include "model/host/counters.h"
#include "tests/support/hosttest.h"

#define LP "\\\\HV\\Hyper-V Hypervisor Logical Processor"
#define VP "\\\\HV\\Hyper-V Hypervisor Virtual Processor"
#define ROOT "\\\\HV\\Hyper-V Hypervisor Root Virtual Processor"
enum { LPS = 2, ROWS = 13 };

/* An enlightened guest, one that is not, with emulated devices, and background load of the root. */
static const struct model *mixed(const char *version, const char *slat)
{
    return hostsim_modelf(arena,
                          "schema: hvplan.model/1\n"
                          "hosts: {HV: {cpu: {sockets: 1, cores: 2, slat: %s, speed: 1.3}, hypervisor: "
                          "{version: %s, root_load: 0.05 "
                          "cores}, memory: 16 GiB, nics: {n: {speed: 1 Gbps}},\n"
                          "  disks: {d: {kind: ssd, channels: 4, read: 600 us, write: 600 us}}}}\n"
                          "vms:\n"
                          "  new: {host: HV, os: ws2008, vcpus: 2, memory: 2 GiB, nics: {n: {kind: "
                          "synthetic, on: n}}, disks: {c: "
                          "{kind: fixed-vhd, on: d}}}\n"
                          "  old: {host: HV, os: ws2003, integration: no, vcpus: 1, memory: 1 GiB, nics: {n: "
                          "{kind: emulated, on: "
                          "n}},\n"
                          "    disks: {c: {kind: fixed-vhd, on: d, controller: ide}}}\n"
                          "  HV: {host: HV, os: ws2008, vcpus: 1, memory: 1 GiB}\n"
                          "workloads:\n"
                          "  a: {arrivals: {rate: 73 /s}, steps: [{on: new, cpu: 11 ms}, {read: {disk: c, "
                          "size: 8 KiB, count: 2}}, "
                          "{send: {nic: n, size: 20 KiB}}]}\n"
                          "  b: {arrivals: {rate: 17 /s}, steps: [{on: old, cpu: 9 ms}, {write: {disk: c, "
                          "size: 4 KiB}}, {send: {nic: "
                          "n, size: 3 KiB}}]}\n"
                          "  c: {arrivals: {rate: 5 /s}, steps: [{on: HV, cpu: 7 ms}]}\n",
                          slat, version);
}

static int find(const struct counter_log *log, const char *path)
{
    for (int c = 0; c < log->columns; c++)
        if (strcmp(log->path[c], path) == 0)
            return c;
    return -1;
}

static double cell(const struct counter_log *log, int row, const char *path)
{
    const int c = find(log, path);
    if (c < 0)
        fail_msg("no column %s", path);
    return log->value[(size_t)row * (size_t)log->columns + (size_t)c];
}

static const char *of(const char *set, const char *instance, const char *counter)
{
    return arena_printf(arena, "%s(%s)\\%s", set, instance, counter);
}

static const char *const vps[] = {"new:Hv VP 0", "new:Hv VP 1", "old:Hv VP 0", "HV:Hv VP 0"};
static const char *const roots[] = {"Root VP 0", "Root VP 1"};
static const char *const lps[] = {"Hv LP 0", "Hv LP 1"};

/* ---- which counters there are ---- */

static void test_each_version_has_its_counters(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        bool in[4]; /* 2008, 2008r2, 2012r2, 2019 */
    } cases[] = {
        {LP "(Hv LP 1)\\% Idle Time", {true, true, true, true}},
        {LP "(Hv LP 1)\\Context Switch Time", {true, true, true, true}},
        {LP "(Hv LP 1)\\Hardware Interrupts/sec", {true, true, true, true}},
        {VP "(new:Hv VP 1)\\Logical Processor Migrations/sec", {true, true, true, true}},
        {VP "(new:Hv VP 1)\\Hypercalls/sec", {true, true, true, true}},
        {VP "(new:Hv VP 1)\\Hypercalls Cost", {true, true, true, true}},
        {VP "(new:Hv VP 1)\\Long Spin Wait Hypercalls/sec", {true, true, true, true}},
        {VP "(old:Hv VP 0)\\Long Spin Wait Hypercalls/sec",
         {false, false, false, false}}, /* it does not know it */
        {VP "(old:Hv VP 0)\\Emulated Instructions Cost", {true, true, true, true}},
        {VP "(old:Hv VP 0)\\IO Intercept Messages/sec", {true, true, true, true}},
        {VP "(new:Hv VP 1)\\CPU Wait Time Per Dispatch", {false, false, true, true}},
        {VP "(new:Hv VP 1)\\Logical Processor Dispatches/sec", {false, false, true, true}},
        {VP "(new:Hv VP 1)\\% Remote Run Time", {false, false, true, true}},
        {VP "(new:Hv VP 1)\\Total Intercepts/sec", {false, false, true, true}},
        {ROOT "(Root VP 0)\\Total Intercepts Cost", {false, false, true, true}},
        {VP "(new:Hv VP 1)\\Page Fault Intercepts/sec", {true, false, false, false}}, /* SLAT from 2008 R2 */
        {VP "(new:Hv VP 1)\\Nested Page Fault Intercepts Cost", {false, false, true, true}},
        {"\\\\HV\\Hyper-V VM Vid Partition(new)\\Physical Pages Allocated", {false, true, true, true}},
        {"\\\\HV\\Hyper-V Hypervisor\\Virtual Processors", {true, true, true, true}},
        {"\\\\HV\\Hyper-V Hypervisor Partition(old:HvPt)\\Virtual Processors", {true, true, true, true}},
        {"\\\\HV\\Hyper-V Hypervisor Root Partition(Root)\\Address Spaces", {true, true, true, true}},
        {"\\\\HV\\Processor(1)\\% Processor Time", {true, true, true, true}},
        {"\\\\new\\Processor(1)\\% Processor Time", {true, true, true, true}},
        {"\\\\old\\System\\Processor Queue Length", {true, true, true, true}},
        {"\\\\HV\\System\\Processor Queue Length",
         {false, false, false, false}}, /* a VM called like its host */
    };
    static const char *const versions[] = {"2008", "2008r2", "2012r2", "2019"};
    for (int v = 0; v < 4; v++) {
        const struct counter_log *log = study_log(arena, mixed(versions[v], "yes"), 3, 1.0, 2);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
            if ((find(log, cases[i].path) >= 0) != cases[i].in[v])
                fail_msg("%s on %s", cases[i].path, versions[v]);
        for (int c = 0; c < log->columns; c++)
            assert_int_equal(find(log, log->path[c]), c); /* no column twice */
    }
}

static void test_every_column_is_that_of_its_version(void **state)
{
    (void)state;
    for (int v = HV_2008; v < HV_VERSIONS; v++)
        for (int i = 0; i < CTR_COUNT; i++)
            assert_true(counters_in((enum counter_id)i, (enum hv_version)v) >=
                        counters_in((enum counter_id)i, (enum hv_version)(v - 1))); /* none was taken away */
    assert_false(counters_in(CTR_LP_TOTAL, HV_NONE));
    assert_true(counters_in(CTR_PROCESSOR_TIME, HV_NONE));
    assert_false(counters_in(CTR_VP_WAIT, HV_2008R2));
    assert_true(counters_in(CTR_VP_WAIT, HV_2012));
}

/* ---- identities, row by row ---- */

static double vp_sum(const struct counter_log *log, int row, const char *counter)
{
    double sum = 0.0;
    for (size_t k = 0; k < sizeof vps / sizeof *vps; k++)
        sum += cell(log, row, of(VP, vps[k], counter));
    for (size_t k = 0; k < sizeof roots / sizeof *roots; k++)
        sum += cell(log, row, of(ROOT, roots[k], counter));
    return sum;
}

static double lp_sum(const struct counter_log *log, int row, const char *counter)
{
    double sum = 0.0;
    for (int i = 0; i < LPS; i++)
        sum += cell(log, row, of(LP, lps[i], counter));
    return sum;
}

static void test_lps_are_the_sum_of_their_vps(void **state)
{
    (void)state;
    static const char *const parts[] = {"% Total Run Time", "% Guest Run Time", "% Hypervisor Run Time"};
    const struct counter_log *log = study_log(arena, mixed("2008r2", "no"), 3, 5.0, ROWS);
    for (int r = 1; r < ROWS; r++) {
        for (int p = 0; p < 3; p++)
            assert_close(lp_sum(log, r, parts[p]), vp_sum(log, r, parts[p]), 1e-6);
        assert_close(lp_sum(log, r, parts[1]) + lp_sum(log, r, parts[2]), lp_sum(log, r, parts[0]), 1e-9);
        assert_close(lp_sum(log, r, parts[0]) + lp_sum(log, r, "% Idle Time"), 100.0 * LPS, 1e-9);
    }
}

/* Rate x cost over the classes of one virtual processor, as a share of the time in %. */
static double classes_percent(const struct counter_log *log, int row, const char *set, const char *instance)
{
    double ns = 0.0;
    for (int c = 0; c < INTERCEPT_CLASSES; c++) {
        const char *rate = of(set, instance, counter_rows[CTR_VP_CLASSES + 2 * c].counter);
        if (find(log, rate) >= 0)
            ns += cell(log, row, rate) *
                  cell(log, row, of(set, instance, counter_rows[CTR_VP_CLASSES + 2 * c + 1].counter));
    }
    return 100.0 * ns * 1e-9;
}

static void check_classes(const struct counter_log *log, bool totals, const char *set, const char *instance)
{
    for (int r = 1; r < log->rows; r++) {
        const double hypervisor = cell(log, r, of(set, instance, "% Hypervisor Run Time"));
        assert_true(hypervisor > 0.0);
        assert_close(classes_percent(log, r, set, instance), hypervisor, 1e-9);
        if (totals)
            assert_close(1e-7 * cell(log, r, of(set, instance, "Total Intercepts/sec")) *
                             cell(log, r, of(set, instance, "Total Intercepts Cost")),
                         hypervisor, 1e-9);
    }
}

static void test_intercept_classes_add_up_to_hypervisor_time(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"2008", "no"},   {"2008r2", "no"},  {"2008r2", "yes"},
                                           {"2012r2", "no"}, {"2012r2", "yes"}, {"2019", "yes"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct counter_log *log = study_log(arena, mixed(cases[i][0], cases[i][1]), 7, 4.0, ROWS);
        const bool totals = find(log, of(VP, vps[0], "Total Intercepts/sec")) >= 0;
        for (size_t k = 0; k < sizeof vps / sizeof *vps; k++)
            check_classes(log, totals, VP, vps[k]);
        for (size_t k = 0; k < sizeof roots / sizeof *roots; k++)
            check_classes(log, totals, ROOT, roots[k]);
    }
}

static double mean(const struct counter_log *log, const char *path)
{
    double sum = 0.0;
    for (int r = 1; r < log->rows; r++)
        sum += cell(log, r, path);
    return sum / (log->rows - 1);
}

/* 8 accesses an operation of emulated IDE, 5 a packet of the legacy adapter; the other VM has none. */
static void test_emulated_devices_send_messages(void **state)
{
    (void)state;
    const struct counter_log *log = study_log(arena, mixed("2012r2", "yes"), 3, 10.0, 31);
    const double operations =
        mean(log, "\\\\HV\\Hyper-V Virtual Storage Device(old-c)\\Write Operations/Sec");
    const double packets =
        mean(log, "\\\\HV\\Hyper-V Legacy Network Adapter(old:Ethernet Card)\\Frames Sent/sec");
    assert_true(operations > 10.0 && packets > 10.0);
    assert_close(mean(log, of(VP, "old:Hv VP 0", "IO Intercept Messages/sec")),
                 8.0 * operations + 5.0 * packets, 1e-6);
    assert_close(mean(log, of(VP, "new:Hv VP 1", "IO Intercept Messages/sec")), 0.0, 1e-12);
    assert_true(mean(log, of(VP, "old:Hv VP 0", "IO Instructions/sec")) >= 8.0 * operations);
}

/* What the counters say of ready time is what the model says. */
static void test_ready_is_wait_times_dispatches(void **state)
{
    (void)state;
    const struct model *m = mixed("2012r2", "yes");
    const struct counter_log *log = study_log(arena, m, 3, 15.0, 121);
    const struct scenario_result *s = &hostsim_run(arena, m, 0.01)->scenario[0];
    double ready = 0.0, dispatches = 0.0, migrations = 0.0;
    for (int r = 1; r < log->rows; r++)
        for (int k = 0; k < 2; k++) {
            const double often =
                cell(log, r, of(VP, vps[k], "Logical Processor Dispatches/sec")) / (log->rows - 1);
            ready += 1e-9 * often * cell(log, r, of(VP, vps[k], "CPU Wait Time Per Dispatch")) / 2.0;
            dispatches += often;
            migrations += cell(log, r, of(VP, vps[k], "Logical Processor Migrations/sec")) / (log->rows - 1);
        }
    assert_true(ready > 0.02);
    assert_close(hostsim_mean(s, "vm.new.ready"),
                 1e-9 * hostsim_mean(s, "vm.new.wait_per_dispatch_ns") *
                     hostsim_mean(s, "vm.new.dispatches_per_s") / 2.0,
                 0.01); /* a mean of products beside a product of means */
    assert_close(ready, hostsim_mean(s, "vm.new.ready"), 0.05);
    assert_close(dispatches, hostsim_mean(s, "vm.new.dispatches_per_s"), 0.02);
    assert_close(migrations, hostsim_mean(s, "vm.new.migrations_per_s"), 0.04);
    assert_true(migrations < dispatches);
}

static void test_hypervisor_accounts_add_up(void **state)
{
    (void)state;
    const struct scenario_result *s = &hostsim_run(arena, mixed("2008r2", "no"), 0.02)->scenario[0];
    double metrics = 0.0, rows = 0.0;
    for (int k = 0; k < ACCOUNTS; k++) {
        metrics += hostsim_mean(s, arena_printf(arena, "host.HV.hypervisor.%s", account_names[k]));
        rows += s->account[k].lps / LPS;
    }
    const double hypervisor = hostsim_mean(s, "host.HV.lp.hypervisor");
    assert_true(hypervisor > 0.02);
    assert_close(metrics, hypervisor, 1e-9);
    assert_close(rows, hypervisor, 1e-9);
    assert_close(hostsim_mean(s, "host.HV.root.guest") + hostsim_mean(s, "host.HV.root.hypervisor"),
                 hostsim_mean(s, "host.HV.root.cpu"), 1e-9);
}

/* ---- the guest's clock ---- */

static void test_a_guests_clock_counts_its_waits(void **state)
{
    (void)state;
    const struct model *m = hostsim_model(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 1}, hypervisor: 2012r2}}\n"
        "vms: {a: {host: HV, os: ws2012, vcpus: 1}, b: {host: HV, os: ws2012, vcpus: 2, limit: 10 %}}\n"
        "workloads:\n"
        "  wa: {closed: {users: 3, think: 0 s}, steps: [{on: a, cpu: 30 ms}]}\n"
        "  wb: {closed: {users: 5, think: 0 s}, steps: [{on: b, cpu: 30 ms}]}\n");
    const struct counter_log *log = study_log(arena, m, 3, 5.0, ROWS);
    for (int r = 1; r < ROWS; r++) {
        assert_close(cell(log, r, "\\\\a\\Processor(0)\\% Processor Time"), 100.0, 1e-6);
        assert_close(cell(log, r, "\\\\b\\Processor(0)\\% Processor Time"), 100.0, 1e-6);
        assert_close(cell(log, r, "\\\\b\\Processor(_Total)\\% Processor Time"), 100.0, 1e-6);
        assert_close(cell(log, r, "\\\\a\\System\\Processor Queue Length"), 2.0, 1e-9);
        assert_close(cell(log, r, "\\\\b\\System\\Processor Queue Length"), 3.0, 1e-9);
        assert_close(cell(log, r, of(VP, "b:Hv VP 0", "% Total Run Time")), 10.0, 0.02);
    }
    assert_close(mean(log, of(VP, "a:Hv VP 0", "% Total Run Time")), 80.0, 0.02);
    const struct scenario_result *s = &hostsim_run(arena, m, 0.02)->scenario[0];
    assert_true(hostsim_mean(s, "vm.b.capped") > 0.5);
    assert_close(hostsim_mean(s, "vm.b.capped") + hostsim_mean(s, "vm.b.ready") +
                     hostsim_mean(s, "vm.b.vcpu.utilization"),
                 hostsim_mean(s, "vm.b.guest_processor_time"), 0.005);
}

/* Two NUMA nodes, more VPs than LPs: some run far from their memory, some spin for locks of preempted ones. */
static void test_remote_time_and_long_spins(void **state)
{
    (void)state;
    const struct model *m = hostsim_model(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 2, cores: 1, numa_nodes: 2}, hypervisor: {version: 2012r2, placement: "
        "any}}}\n"
        "vms: {a: {host: HV, os: ws2012, vcpus: 2, lock_share: 20 %}, b: {host: HV, os: ws2012, vcpus: 2}}\n"
        "workloads:\n"
        "  wa: {closed: {users: 2, think: 0 s}, steps: [{on: a, cpu: 30 ms}]}\n"
        "  wb: {closed: {users: 2, think: 9 ms}, steps: [{on: b, cpu: 20 ms}]}\n");
    const struct counter_log *log = study_log(arena, m, 3, 10.0, 61);
    const struct scenario_result *s = &hostsim_run(arena, m, 0.02)->scenario[0];
    double remote = 0.0;
    for (int k = 0; k < 2; k++)
        remote += mean(log, of(VP, arena_printf(arena, "a:Hv VP %d", k), "% Remote Run Time")) / 200.0;
    assert_true(remote > 0.02 && remote < hostsim_mean(s, "vm.a.vcpu.utilization"));
    assert_close(remote, hostsim_mean(s, "vm.a.remote_run_time"), 0.05);
    assert_true(mean(log, of(VP, "a:Hv VP 0", "Long Spin Wait Hypercalls/sec")) > 1.0);
    assert_close(mean(log, of(VP, "b:Hv VP 0", "Long Spin Wait Hypercalls/sec")), 0.0, 1e-12);
    assert_true(mean(log, of(VP, "a:Hv VP 0", "External Interrupts/sec")) > 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_each_version_has_its_counters),
        HOSTTEST(test_every_column_is_that_of_its_version),
        HOSTTEST(test_lps_are_the_sum_of_their_vps),
        HOSTTEST(test_intercept_classes_add_up_to_hypervisor_time),
        HOSTTEST(test_emulated_devices_send_messages),
        HOSTTEST(test_ready_is_wait_times_dispatches),
        HOSTTEST(test_hypervisor_accounts_add_up),
        HOSTTEST(test_a_guests_clock_counts_its_waits),
        HOSTTEST(test_remote_time_and_long_spins),
    };
    return cmocka_run_group_tests_name("emit_cpu", tests, NULL, NULL);
}
