/* fixture_result.c - see fixture_result.h. The figures are made up; what follows from others is computed. */
#include "tests/support/fixture_result.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CASES = 3 };

/* memcpy takes no null: every table here has rows. */
#define COPY(a, rows) memcpy(arena_alloc((a), 1, sizeof(rows)), (rows), sizeof(rows))
#define COUNT(rows) ((int)(sizeof(rows) / sizeof((rows)[0])))

static const char *const case_names[CASES] = {"baseline", "2nd vCPU & <b>SLAT</b> \"now\"",
                                              "load x1.6 | 'peak'"};

struct metric_values {
    const char *name, *unit;
    double mean[CASES], relative_half_width;
};

static const struct metric_values metric_values[] = {
    {"host.HV01.lp.utilization", "1", {0.4137, 0.3925, 0.6841}, 0.0048},
    {"host.HV01.lp.guest", "1", {0.3502, 0.3491, 0.5713}, 0.0051},
    {"host.HV01.lp.hypervisor", "1", {0.0635, 0.0434, 0.1128}, 0.0062},
    {"host.HV01.root.cpu", "LPs", {0.2371, 0.2359, 0.3894}, 0.0071},
    {"host.HV01.task_manager", "1", {0.0309, 0.0307, 0.0511}, 0.0083},
    {"vm.web01.cpu", "LPs", {0.9284, 0.9017, 1.0}, 0.0045},
    {"vm.web01.vcpu.utilization", "1", {0.9284, 0.4509, 1.0}, 0.0045},
    {"vm.web01.guest_processor_time", "1", {0.9731, 0.4712, 1.0}, 0.0039},
    {"vm.web01.wait_per_dispatch_ns", "ns", {41250.0, 8137.0, 96420.0}, 0.031},
    {"vm.web01.ready", "1", {0.0447, 0.0203, 0.0871}, 0.028},
    {"vm.sql01.vcpu.utilization", "1", {0.3815, 0.3829, 0.5236}, 0.0091},
    {"vm.file-srv.vcpu.utilization", "1", {0.0721, 0.0718, 0.0724}, 0.0143},
    {"vm.file-srv.memory.pressure", "1", {(double)NAN, (double)NAN, (double)NAN}, (double)NAN},
    {"disk.HV01.data.utilization", "1", {0.7164, 0.7203, 0.9418}, 0.0079},
    {"disk.HV01.data.latency_s", "s", {0.01186, 0.01203, 0.04417}, 0.0161},
    {"disk.HV01.data.queue", "1", {1.914, 1.962, 11.37}, 0.0254},
    {"disk.HV01.data.iops", "/s", {161.4, 162.9, 257.6}, 0.0066},
    {"nic.HV01.lan.utilization", "1", {0.0831, 0.0834, 0.1297}, 0.0058},
    {"nic.HV01.lan.output_queue_packets", "packets", {0.0219, 0.0221, 0.0604}, 0.041},
    {"memory.HV01.available_bytes", "bytes", {9663676416.0, 9663676416.0, 9663676416.0}, 0.0},
    {"workload.shop.throughput_per_s", "/s", {29.94, 29.97, 33.71}, 0.0037},
    {"workload.shop.response_s", "s", {0, 0, 0}, 0.0172},
    {"workload.mail.throughput_per_s", "/s", {4.183, 4.179, 6.702}, 0.0085},
    {"workload.mail.response_s", "s", {0, 0, 0}, 0.0197},
};

static const struct breakdown_row shop_rows[CASES][4] = {
    {{"vm.web01.vcpu", 0.1402, 0.0203, 0.0032},
     {"disk.HV01.data", 0.0171, 0.0119, 0.0008},
     {"external.crm", 0.0024, 0.0181, 0.0},
     {"nic.HV01.lan", 0.00004, 0.00021, 0.00009}},
    {{"vm.web01.vcpu", 0.0226, 0.0203, 0.0019},
     {"disk.HV01.data", 0.0178, 0.0119, 0.0008},
     {"external.crm", 0.0024, 0.0181, 0.0},
     {"nic.HV01.lan", 0.00004, 0.00021, 0.00009}},
    {{"vm.web01.vcpu", 41.62, 0.0203, 0.0034},
     {"disk.HV01.data", 0.0913, 0.0119, 0.0008},
     {"external.crm", 0.0031, 0.0181, 0.0},
     {"nic.HV01.lan", 0.00007, 0.00021, 0.00009}},
};

static const struct breakdown_row mail_rows[CASES][2] = {
    {{"vm.sql01.vcpu", 0.0087, 0.0312, 0.0021}, {"disk.HV01.data", 0.0314, 0.0235, 0.0011}},
    {{"vm.sql01.vcpu", 0.0088, 0.0312, 0.0012}, {"disk.HV01.data", 0.0321, 0.0235, 0.0011}},
    {{"vm.sql01.vcpu", 0.0194, 0.0312, 0.0022}, {"disk.HV01.data", 0.1738, 0.0235, 0.0011}},
};

struct resource_values {
    const char *name, *kind, *metric;
    double queue[CASES];
    int servers[CASES];
};

static const struct resource_values resource_values[] = {
    {"host.HV01.lp", "cpu", "host.HV01.lp.utilization", {0.113, 0.082, 0.941}, {8, 8, 8}},
    {"vm.web01.vcpu", "vcpu", "vm.web01.vcpu.utilization", {6.127, 0.734, 1402.0}, {1, 2, 1}},
    {"vm.sql01.vcpu", "vcpu", "vm.sql01.vcpu.utilization", {0.231, 0.233, 0.612}, {2, 2, 2}},
    {"vm.file-srv.vcpu", "vcpu", "vm.file-srv.vcpu.utilization", {0.006, 0.006, 0.006}, {1, 1, 1}},
    {"disk.HV01.data", "disk", "disk.HV01.data.utilization", {1.914, 1.962, 11.37}, {4, 4, 4}},
    {"nic.HV01.lan", "nic", "nic.HV01.lan.utilization", {0.001, 0.001, 0.003}, {1, 1, 1}},
};

static const struct change_row change_vcpu[] = {
    {"vms.web01.vcpus", "1", "2"}, {"hosts.HV01.cpu.slat", "no", "yes"}, {"vms.web01.limit", "80 %", ""}};
static const struct change_row change_load[] = {{"workloads.shop.arrivals.rate", "30 /s", "48 /s"},
                                                {"workloads.mail.label", "", "Mail | <nightly>"}};

static const struct next_bottleneck next_base[] = {{"disk.HV01.data", 1.314, 0.047},
                                                   {"external.crm", 2.62, 0.21}};
static const struct next_bottleneck next_vcpu[] = {{"vm.web01.vcpu", 2.108, 0.093},
                                                   {"external.crm", 2.59, 0.22}};

static const struct account_row accounts[] = {{"HV01", "timer interrupts", 0.0713},
                                              {"HV01", "page-table intercepts", 0.2894},
                                              {"HV01", "I/O <sync> & exits", 0.1473}};

static double total_of(const struct breakdown_row *row, int rows)
{
    double total = 0.0;
    for (int i = 0; i < rows; i++)
        total += row[i].wait_s + row[i].service_s + row[i].overhead_s;
    return total;
}

static double mean_of(const struct metric_values *v, int k)
{
    if (strcmp(v->name, "workload.shop.response_s") == 0)
        return total_of(shop_rows[k], 4);
    if (strcmp(v->name, "workload.mail.response_s") == 0)
        return total_of(mail_rows[k], 2);
    return v->mean[k];
}

/* Percentiles only where jobs have them. */
static struct metric metric_of(const struct metric_values *v, int k)
{
    double mean = mean_of(v, k), none = (double)NAN;
    bool jobs = strstr(v->name, ".response_s") != NULL;
    struct metric m = {v->name, v->unit, mean, mean * v->relative_half_width, none, none, none,
                       8,       true,    none};
    if (jobs) {
        m.p50 = 0.79 * mean;
        m.p95 = 2.43 * mean;
        m.p99 = 3.78 * mean;
        m.calibration_half_width = 0.083 * mean;
        m.precision_reached = k < 2;
    }
    return m;
}

static const struct metric *metric_named(const struct scenario_result *s, const char *name)
{
    for (int i = 0; i < s->metrics; i++) {
        if (strcmp(s->metric[i].name, name) == 0)
            return &s->metric[i];
    }
    return NULL;
}

static void fill_metrics(struct arena *a, struct scenario_result *s, int k)
{
    s->metrics = COUNT(metric_values);
    s->metric = ARENA_ARRAY(a, struct metric, (size_t)s->metrics);
    for (int i = 0; i < s->metrics; i++)
        s->metric[i] = metric_of(&metric_values[i], k);
}

static void fill_resources(struct arena *a, struct scenario_result *s, int k)
{
    s->resources = COUNT(resource_values) + 1;
    s->resource = ARENA_ARRAY(a, struct resource_result, (size_t)s->resources);
    for (int i = 0; i < COUNT(resource_values); i++) {
        const struct resource_values *v = &resource_values[i];
        double busy = metric_named(s, v->metric)->mean;
        s->resource[i] = (struct resource_result){v->name, v->kind, busy, v->queue[k], v->servers[k]};
    }
    s->resource[s->resources - 1] = (struct resource_result){"external.crm", "external", 0.0731, 0.012, 0};
}

static void fill_workloads(struct arena *a, struct scenario_result *s, int k)
{
    s->workloads = 2;
    s->workload = ARENA_ARRAY(a, struct workload_result, 2);
    s->workload[0] =
        (struct workload_result){.name = "shop",
                                 .throughput_per_s = metric_named(s, "workload.shop.throughput_per_s")->mean,
                                 .response_s = total_of(shop_rows[k], 4),
                                 .breakdown = COPY(a, shop_rows[k]),
                                 .rows = 4};
    s->workload[1] =
        (struct workload_result){.name = "mail",
                                 .throughput_per_s = metric_named(s, "workload.mail.throughput_per_s")->mean,
                                 .response_s = total_of(mail_rows[k], 2),
                                 .breakdown = COPY(a, mail_rows[k]),
                                 .rows = 2};
}

static void fill_objectives(struct arena *a, struct scenario_result *s)
{
    static const struct {
        const char *name, *workload;
        double limit_s;
    } rows[] = {{"shop p95 < 1 s & \"fast\"", "shop", 1.0}, {"mail p95", "mail", 0.3}};
    s->objectives = COUNT(rows);
    s->objective = ARENA_ARRAY(a, struct objective_row, (size_t)s->objectives);
    for (int i = 0; i < s->objectives; i++) {
        const char *name = arena_printf(a, "workload.%s.response_s", rows[i].workload);
        double p95 = metric_named(s, name)->p95;
        s->objective[i] = (struct objective_row){rows[i].name, rows[i].workload,      "p95", rows[i].limit_s,
                                                 p95,          p95 <= rows[i].limit_s};
    }
}

static void fill_bounds(struct arena *a, struct scenario_result *s, int k)
{
    double none = (double)NAN, high = k == 2 ? (double)INFINITY : 0.391;
    const struct bound_row rows[] = {
        {"workload.shop.response_s", 0.0547, high, k == 2 ? none : 0.2093, "mva"},
        {"workload.mail.response_s", 0.0579, none, none, "asymptotic"}};
    s->bound = COPY(a, rows);
    s->bounds = COUNT(rows);
}

static void fill_bottleneck(struct arena *a, struct scenario_result *s, int k)
{
    static const char *const resource[CASES] = {"vm.web01.vcpu", "disk.HV01.data", "vm.web01.vcpu"};
    static const double probability[CASES] = {0.9913, 0.8742, 1.0};
    const char *metric = arena_printf(a, "%s.utilization", resource[k]);
    s->bottleneck.resource = resource[k];
    s->bottleneck.utilization = metric_named(s, metric)->mean;
    s->bottleneck.probability = probability[k];
    if (k == 2)
        return;
    s->bottleneck.next = k == 0 ? COPY(a, next_base) : COPY(a, next_vcpu);
    s->bottleneck.nexts = 2;
}

static void fill_changes(struct arena *a, struct scenario_result *s, int k)
{
    if (k == 1) {
        s->change = COPY(a, change_vcpu);
        s->changes = COUNT(change_vcpu);
    } else if (k == 2) {
        s->change = COPY(a, change_load);
        s->changes = COUNT(change_load);
    }
}

/* A queue that swings, and in the last case one that grows, beside a short one on the link; none in the second case. */
static void fill_series(struct arena *a, struct scenario_result *s, int k)
{
    enum { POINTS = 37 };
    s->series_count = k == 1 ? 0 : 1 + k / 2;
    s->series = ARENA_ARRAY(a, struct series_result, 2);
    for (int i = 0; i < s->series_count; i++) {
        struct series_result *q = &s->series[i];
        *q =
            (struct series_result){.metric = i ? "nic.HV01.lan.output_queue_packets" : "disk.HV01.data.queue",
                                   .from_s = 37.5,
                                   .step_s = 32.25,
                                   .point = ARENA_ARRAY(a, struct series_point, POINTS),
                                   .points = POINTS};
        for (int p = 0; p < POINTS; p++)
            q->point[p].mean = i ? 0.1 * (p % 5) : (k ? 11.0 + 3.5 * p : 1.9 + 0.25 * (p * 7 % 11));
    }
}

static void fill_scenario(struct arena *a, struct scenario_result *s, int k)
{
    s->name = case_names[k];
    fill_changes(a, s, k);
    fill_metrics(a, s, k);
    fill_resources(a, s, k);
    fill_workloads(a, s, k);
    fill_bottleneck(a, s, k);
    fill_bounds(a, s, k);
    fill_objectives(a, s);
    fill_series(a, s, k);
    s->account = COPY(a, accounts);
    s->accounts = COUNT(accounts);
    s->account[1].lps *= k == 1 ? 0.25 : k == 2 ? 1.6 : 1.0;
    s->saturated = k == 2;
    s->simulated_s = 1200.0;
    s->warmup_s = 37.5;
    s->events = 1843271U + 118391U * (unsigned)k;
    s->replications = 8;
}

/* Only workloads are judged; up is better for throughput, down for times. */
static enum verdict judge(const struct comparison_row *row)
{
    if (strncmp(row->metric, "workload.", 9) != 0)
        return VERDICT_NONE;
    if (fabs(row->delta) <= row->half_width)
        return VERDICT_SAME;
    bool up_is_better = strstr(row->metric, "throughput") != NULL;
    return (row->delta > 0.0) == up_is_better ? VERDICT_BETTER : VERDICT_WORSE;
}

static void fill_comparison(struct arena *a, struct result *r)
{
    r->comparison = ARENA_ARRAY(a, struct comparison_row, (size_t)((CASES - 1) * COUNT(metric_values)));
    for (int k = 1; k < CASES; k++) {
        for (int i = 0; i < COUNT(metric_values); i++) {
            const struct metric *base = &r->scenario[0].metric[i], *m = &r->scenario[k].metric[i];
            double half_width = 0.6 * hypot(base->half_width, m->half_width);
            struct comparison_row row = {case_names[k],        m->name,    base->mean,  m->mean,
                                         m->mean - base->mean, half_width, VERDICT_NONE};
            row.verdict = judge(&row);
            r->comparison[r->comparisons++] = row;
        }
    }
}

static void fill_card(struct arena *a, struct report_card *card)
{
    static const struct card_row rows[] = {
        {"\\\\HV01\\Hyper-V Hypervisor Logical Processor(_Total)\\% Total Run Time", 41.37, 42.11, 0.74,
         "points", 0.3},
        {"\\\\HV01\\Hyper-V Hypervisor Virtual Processor(web01:Hv VP 0)\\% Guest Run Time", 84.2, 81.9, -2.3,
         "points", 0.2},
        {"\\\\HV01\\PhysicalDisk(0 D:)\\Avg. Disk sec/Read", 0.00871, 0.01017, 16.76, "%", 0.2},
        {"\\\\HV01\\PhysicalDisk(0 D:)\\Disk Reads/sec", 118.3, 117.6, -0.59, "%", 0.1},
    };
    static const char *limits[] = {"the log covers 40 minutes: no busy hour & no day in it",
                                   "disk queue and latency disagree by 12 % (Little's law)"};
    static const char *unknown[] = {"RAID level of disk 0 <D:>: assumed 10",
                                    "memory of web01: assumed 4 GiB"};
    card->grade = 'B';
    card->row = COPY(a, rows);
    card->rows = COUNT(rows);
    card->limits = COPY(a, limits);
    card->limit_count = COUNT(limits);
    card->unknown = COPY(a, unknown);
    card->unknown_count = COUNT(unknown);
}

static void fill_assumed(struct arena *a, struct result *r)
{
    const struct assumed_row rows[] = {{"quantum", "10 ms", "assumed", 0.0412},
                                       {"memory_virtualization.exit_cost", "1.6 us", "assumed", (double)NAN},
                                       {"vhd.fixed.root_cpu", "24 us", "documented", 0.0003}};
    r->assumed = COPY(a, rows);
    r->assumeds = COUNT(rows);
}

static void fill_provenance(struct arena *a, struct provenance *p)
{
    static const char *arguments[] = {"compare", "host & co.yaml", "what-if \"six\".yaml", "--threads", "2"};
    static const struct input_row inputs[] = {
        {"host & co.yaml", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
        {"what-if \"six\".yaml", "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"}};
    p->seed = 18446744073709551557U;
    p->argument = COPY(a, arguments);
    p->arguments = COUNT(arguments);
    p->input = COPY(a, inputs);
    p->inputs = COUNT(inputs);
}

static void fill_warnings(struct arena *a, struct result *r)
{
    static const struct warning rows[] = {
        {"W301", "shop grows without bound: </script><script>document.title='broken'</script>",
         "load x1.6 | 'peak'"},
        {"W303", "simulation and MVA differ by 6 %\nsee Second opinion", NULL}};
    r->warning = COPY(a, rows);
    r->warnings = COUNT(rows);
}

static struct result *fixture(struct arena *a, int cases, bool card)
{
    struct result *r = ARENA_NEW(a, struct result);
    r->version = "0.1.0";
    r->commit = "abc1234";
    fill_provenance(a, &r->provenance);
    r->scenarios = cases;
    r->scenario = ARENA_ARRAY(a, struct scenario_result, CASES);
    for (int k = 0; k < cases; k++)
        fill_scenario(a, &r->scenario[k], k);
    if (cases == CASES)
        fill_comparison(a, r);
    if (cases > 0)
        fill_assumed(a, r);
    if (card)
        fill_card(a, &r->card);
    fill_warnings(a, r);
    return r;
}

struct result *fixture_result(struct arena *a)
{
    return fixture(a, CASES, true);
}

struct result *fixture_result_single(struct arena *a)
{
    return fixture(a, 1, false);
}

struct result *fixture_result_card(struct arena *a)
{
    return fixture(a, 0, true);
}

/* ---- questions ---- */

/* A workload of the scenario at one point; the first scenario has today's number. */
static struct curve_workload curve_workload_of(const struct result *r, int k, const char *name, bool visits)
{
    const struct scenario_result *s = &r->scenario[k];
    char metric[64];
    (void)snprintf(metric, sizeof metric, "workload.%s.response_s", name);
    const struct metric *t = metric_named(s, metric), *t0 = metric_named(&r->scenario[0], metric);
    (void)snprintf(metric, sizeof metric, "workload.%s.throughput_per_s", name);
    const struct metric *x = metric_named(s, metric), *x0 = metric_named(&r->scenario[0], metric);
    const double none = (double)NAN;
    const bool lost = s->saturated && visits;
    struct curve_workload w = {name,
                               visits,
                               lost,
                               x->mean,
                               x->half_width,
                               lost ? none : t->mean,
                               lost ? none : t->half_width,
                               lost ? none : t->p95,
                               lost ? none : 0.04 * t->p95,
                               k && !lost ? t->mean - t0->mean : none,
                               k && !lost ? 0.7 * t->half_width : none,
                               k ? x->mean - x0->mean : none,
                               k ? 0.7 * x->half_width : none,
                               VERDICT_NONE};
    if (k == 1 && !visits) { /* the figures of the scenarios have no neighbour that loses */
        w.response_delta_s = 0.123 * t0->mean;
        w.response_s = t0->mean + w.response_delta_s;
    }
    if (k)
        w.verdict = lost || w.response_delta_s > 0.0 ? VERDICT_WORSE : VERDICT_BETTER;
    return w;
}

static struct curve_vm curve_vm_of(int k, const char *name, double wait_ns)
{
    const double none = (double)NAN;
    return (struct curve_vm){
        name,   0.61 + 0.07 * k,        wait_ns * (1 + k),         0.02 * wait_ns,       0.031 * (1 + k),
        0.0011, k ? wait_ns * k : none, k ? 0.03 * wait_ns : none, k ? 0.031 * k : none, k ? 0.0014 : none};
}

/* One vCPU is the saturated scenario, two is today, three the other: not in the order of the scenarios. */
struct result *fixture_result_curve(struct arena *a)
{
    static const int scenario[CASES] = {2, 0, 1};
    struct result *r = fixture(a, CASES, false);
    r->vcpu_curve = (struct vcpu_curve){"web01",
                                        "HV01",
                                        2,
                                        3,
                                        "<HV01> has 3 logical processors",
                                        2,
                                        3,
                                        ARENA_ARRAY(a, struct curve_point, CASES),
                                        CASES};
    for (int i = 0; i < CASES; i++) {
        const int k = scenario[i];
        const struct curve_workload workloads[] = {curve_workload_of(r, k, "shop", true),
                                                   curve_workload_of(r, k, "mail", false)};
        const struct curve_vm vms[] = {curve_vm_of(k, "web01", 41250.0), curve_vm_of(k, "sql01", 8137.0)};
        r->vcpu_curve.point[i] = (struct curve_point){i + 1,
                                                      r->scenario[k].name,
                                                      r->scenario[k].bottleneck.resource,
                                                      r->scenario[k].bottleneck.utilization,
                                                      r->scenario[k].saturated,
                                                      COPY(a, workloads),
                                                      COUNT(workloads),
                                                      COPY(a, vms),
                                                      COUNT(vms)};
    }
    return r;
}

struct result *fixture_result_blame(struct arena *a)
{
    const double none = (double)NAN;
    struct result *r = fixture(a, CASES, false);
    const struct blame_victim victims[] = {{"shop", 0.2142, 0.0036, 0.0731, 0.0012},
                                           {"mail", none, none, 0.0583, 0.0009}};
    const struct blame_culprit culprits[] = {{"shop", "workload", case_names[1]},
                                             {"mail", "workload", case_names[2]},
                                             {"root of HV01", "root", case_names[2]}};
    const struct blame_row rows[] = {
        {"shop", "mail", "vm.web01.vcpu", case_names[2], 0.1173, 0.0041, 0.5476, false},
        {"shop", "shop", "disk.HV01.data", case_names[1], 0.0113, 0.0008, 0.0528, false},
        {"shop", "mail", "disk.HV01.data", case_names[2], 0.0087, 0.0006, 0.0406, false},
        {"shop", "root of HV01", "host.HV01.lp", case_names[2], -0.0031, 0.0009, -0.0145, false},
        {"mail", "shop", "disk.HV01.data", case_names[1], none, none, none, true},
        {"mail", "mail", "vm.sql01.vcpu", case_names[2], 0.0041, 0.0002, none, false},
    };
    r->blame = (struct blame_result){COPY(a, victims), COUNT(victims), COPY(a, culprits),
                                     COUNT(culprits),  COPY(a, rows),  COUNT(rows)};
    return r;
}
