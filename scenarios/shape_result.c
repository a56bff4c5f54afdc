/* shape_result.c - the result file (JSON), mirror of model/host/result.h; reports/ writes and reads it. */
#include "scenarios/shape_result.h"

#define TEXT(key, doc)                                                                                       \
    {                                                                                                        \
        key, KEY_TEXT, doc, KEY_REQUIRED, KEY_NOT_STORED                                                     \
    }
#define TEXT_OR_NULL(key, doc)                                                                               \
    {                                                                                                        \
        key, KEY_TEXT, doc, KEY_REQUIRED | KEY_NULLABLE, KEY_NOT_STORED                                      \
    }
#define NUMBER(key, doc)                                                                                     \
    {                                                                                                        \
        key, KEY_NUMBER, doc, KEY_REQUIRED | KEY_NULLABLE, KEY_NOT_STORED                                    \
    }
#define COUNT(key, doc)                                                                                      \
    {                                                                                                        \
        key, KEY_COUNT, doc, KEY_REQUIRED, KEY_NOT_STORED                                                    \
    }
#define FLAG(key, doc)                                                                                       \
    {                                                                                                        \
        key, KEY_BOOL, doc, KEY_REQUIRED, KEY_NOT_STORED                                                     \
    }
#define LIST(key, doc, of)                                                                                   \
    {                                                                                                        \
        key, KEY_LIST, doc, KEY_REQUIRED | KEY_EMPTY_TOO, .shape = &of, .limit = 1000000, KEY_NOT_STORED     \
    }
#define OPTIONAL_LIST(key, doc, of)                                                                          \
    {                                                                                                        \
        key, KEY_LIST, doc, KEY_EMPTY_TOO, .shape = &of, .limit = 1000000, KEY_NOT_STORED                    \
    }
#define SHAPE(id, label, pattern, doc)                                                                       \
    static const struct shape id##_shape = {label, pattern, doc, SHAPE_ROWS(id##_rows)}

static const struct key_row tool_rows[] = {TEXT("name", "hvplan"), TEXT("version", "version of the program"),
                                           TEXT("commit", "commit that it was built from")};
SHAPE(tool, "tool", "tool", "The program that wrote the result.");

static const struct key_row input_rows[] = {TEXT("path", "file"), TEXT("sha256", "SHA-256 of its bytes")};
SHAPE(input, "input", "provenance.inputs.N", "A file that was read.");

static const struct key_row provenance_rows[] = {
    COUNT("seed", "seed of the random streams"),
    {"arguments", KEY_TEXTS, "command line", KEY_REQUIRED, KEY_NOT_STORED},
    LIST("inputs", "files that were read", input_shape),
    FLAG("incomplete", "the run was interrupted: only what was finished is here"),
};
SHAPE(provenance, "provenance", "provenance", "All that is needed to repeat the result.");

static const struct key_row change_rows[] = {TEXT("path", "change path"),
                                             {"from", KEY_ANY, "value before", KEY_REQUIRED, KEY_NOT_STORED},
                                             {"to", KEY_ANY, "value after", KEY_REQUIRED, KEY_NOT_STORED}};
SHAPE(change, "change", "scenarios.N.changes.N", "A change on the base model.");

static const struct key_row metric_rows[] = {
    TEXT("unit", "unit of mean, half_width and percentiles; 1 = a fraction"),
    NUMBER("mean", "mean"),
    NUMBER("half_width", "half of the 95 % interval of the mean"),
    NUMBER("p50", "median over jobs; null where there are none"),
    NUMBER("p95", "95th percentile over jobs"),
    NUMBER("p99", "99th percentile over jobs"),
    COUNT("n", "replications"),
    FLAG("precision_reached", "the interval is as narrow as asked"),
    {"calibration_half_width", KEY_NUMBER, "doubt that comes from the calibration", KEY_NULLABLE,
     KEY_NOT_STORED},
};
SHAPE(metric, "metric", "scenarios.N.metrics.M", "One metric of one scenario.");

static const struct key_row resource_rows[] = {
    TEXT("name", "prefix of its metrics"),
    TEXT("kind", "cpu, root, vcpu, disk, nic, memory, pool, lock or external"),
    NUMBER("utilization", "mean busy servers / servers"),
    NUMBER("queue", "mean number waiting"),
    COUNT("servers", "servers; 0 = any number"),
};
SHAPE(resource, "resource", "scenarios.N.resources.N", "One resource of one scenario.");

static const struct key_row breakdown_rows[] = {
    TEXT("resource", "resource"),
    NUMBER("wait_s", "time beside service and overhead"),
    NUMBER("service_s", "demand without virtualization on this hardware"),
    NUMBER("overhead_s", "work and latency that virtualization adds"),
};
SHAPE(breakdown, "breakdown", "scenarios.N.workloads.N.breakdown.N",
      "Where the response time of a workload goes.");

static const struct key_row workload_rows[] = {
    TEXT("name", "workload"),
    NUMBER("throughput_per_s", "jobs done a second"),
    NUMBER("response_s", "mean response time"),
    OPTIONAL_LIST("breakdown", "sums to the response time", breakdown_shape),
};
SHAPE(workload, "workload_result", "scenarios.N.workloads.N", "One workload of one scenario.");

static const struct key_row next_rows[] = {TEXT("resource", "resource"),
                                           NUMBER("takes_over_at", "factor on today's load"),
                                           NUMBER("half_width", "half of its 95 % interval")};
SHAPE(next, "next_bottleneck", "scenarios.N.bottleneck.next.N",
      "What limits once the bottleneck is relieved.");

static const struct key_row bottleneck_rows[] = {
    TEXT("resource", "resource, or none"),
    NUMBER("utilization", "its utilization"),
    NUMBER("probability", "probability that it is the bottleneck"),
    {"outside", KEY_BOOL, "off the hosts: no change on them helps", KEY_NOT_STORED},
    OPTIONAL_LIST("next", "what limits once this one is relieved", next_shape),
};
SHAPE(bottleneck, "bottleneck", "scenarios.N.bottleneck", "The resource that limits.");

static const struct key_row bound_rows[] = {
    NUMBER("low", "lower bound"),
    NUMBER("high", "upper bound"),
    NUMBER("second_opinion", "value by theory"),
    TEXT_OR_NULL("method", "which theory"),
};
SHAPE(bound, "bound", "scenarios.N.bounds.M", "Bounds and second opinion by theory.");

static const struct key_row objective_rows[] = {
    TEXT("name", "objective"),       TEXT("workload", "workload"),
    TEXT("measure", "mean or pNN"),  NUMBER("limit_s", "limit"),
    NUMBER("value_s", "prediction"), FLAG("met", "the prediction is within the limit"),
};
SHAPE(objective, "objective_result", "scenarios.N.objectives.N", "An objective against its prediction.");

static const struct key_row account_rows[] = {
    TEXT("host", "host"), TEXT("account", "class of hypervisor time"), NUMBER("lps", "logical processors")};
SHAPE(account, "account", "scenarios.N.accounts.N", "Hypervisor time by class.");

static const struct key_row series_point_rows[] = {NUMBER("mean", "mean of this part of the time")};
SHAPE(series_point, "series_point", "scenarios.N.series.N.points.N", "A part of the time.");

static const struct key_row series_rows[] = {
    TEXT("metric", "queue that it is the course of, by its metric"),
    NUMBER("from_s", "simulated time at which the first part begins"),
    NUMBER("step_s", "length of each part"),
    LIST("points", "the parts in their order", series_point_shape),
};
SHAPE(series, "series", "scenarios.N.series.N",
      "How a queue came and went over the measured part of one replication.");

static const struct key_row scenario_rows[] = {
    TEXT("name", "scenario; the first is the baseline"),
    OPTIONAL_LIST("changes", "changes on the base model", change_shape),
    {"metrics", KEY_NAMED, "metrics by name", KEY_FREE_NAMES, .shape = &metric_shape, .limit = 1000000,
     KEY_NOT_STORED},
    OPTIONAL_LIST("resources", "resources", resource_shape),
    OPTIONAL_LIST("workloads", "workloads", workload_shape),
    {"bottleneck", KEY_MAP, "the resource that limits", 0, .shape = &bottleneck_shape, .offset = 0},
    {"bounds", KEY_NAMED, "bounds by metric", KEY_FREE_NAMES, .shape = &bound_shape, .limit = 1000000,
     KEY_NOT_STORED},
    OPTIONAL_LIST("objectives", "objectives", objective_shape),
    OPTIONAL_LIST("accounts", "hypervisor time by class", account_shape),
    OPTIONAL_LIST("series", "the longest queues of links and disks over time; left out where nobody waits",
                  series_shape),
    {"saturated", KEY_BOOL, "some load grows without bound: means are of the run, not of a steady state",
     KEY_NOT_STORED},
    {"simulated_s", KEY_NUMBER, "measured part of one replication", KEY_NULLABLE, KEY_NOT_STORED},
    {"warmup_s", KEY_NUMBER, "discarded part of one replication", KEY_NULLABLE, KEY_NOT_STORED},
    {"events", KEY_COUNT, "events of all replications", KEY_NOT_STORED},
    {"replications", KEY_COUNT, "replications", KEY_NOT_STORED},
};
SHAPE(scenario, "scenario_result", "scenarios.N", "What was predicted for one scenario.");

static const struct key_row comparison_rows[] = {
    TEXT("scenario", "scenario"),
    TEXT("metric", "metric"),
    NUMBER("base", "baseline"),
    NUMBER("value", "scenario"),
    NUMBER("delta", "value - base"),
    NUMBER("half_width", "half of the 95 % interval of the paired difference"),
    TEXT_OR_NULL("verdict", "better, worse or same; null where nothing is judged"),
};
SHAPE(comparison, "comparison", "comparison.N",
      "A scenario against the baseline, on the same random numbers.");

static const struct key_row curve_workload_rows[] = {
    TEXT("workload", "workload"),
    FLAG("visits", "it has work on the VM; else it is a neighbour"),
    FLAG("saturated", "its jobs pile up without end: times are null"),
    NUMBER("throughput_per_s", "jobs done a second"),
    NUMBER("throughput_half_width", "half of its 95 % interval"),
    NUMBER("response_s", "mean response time"),
    NUMBER("response_half_width", "half of its 95 % interval"),
    NUMBER("p95_s", "95th percentile over jobs"),
    NUMBER("p95_half_width", "half of its 95 % interval"),
    NUMBER("response_delta_s", "paired difference from today's number of vCPUs; null there"),
    NUMBER("response_delta_half_width", "half of its 95 % interval"),
    NUMBER("throughput_delta_per_s", "the same for the throughput"),
    NUMBER("throughput_delta_half_width", "half of its 95 % interval"),
    TEXT_OR_NULL("verdict", "better, worse or same than with today's number; null there"),
};
SHAPE(curve_workload, "curve_workload", "vcpu_curve.points.N.workloads.N",
      "A workload at one number of vCPUs.");

static const struct key_row curve_vm_rows[] = {
    TEXT("vm", "the VM itself, then the others of its host"),
    NUMBER("cpu_lps", "logical processors that it uses"),
    NUMBER("wait_per_dispatch_ns", "CPU Wait Time Per Dispatch"),
    NUMBER("wait_half_width", "half of its 95 % interval"),
    NUMBER("ready", "share of time that a vCPU waits for a logical processor"),
    NUMBER("ready_half_width", "half of its 95 % interval"),
    NUMBER("wait_delta_ns", "paired difference of the wait from today's number of vCPUs; null there"),
    NUMBER("wait_delta_half_width", "half of its 95 % interval"),
    NUMBER("ready_delta", "the same for ready"),
    NUMBER("ready_delta_half_width", "half of its 95 % interval"),
};
SHAPE(curve_vm, "curve_vm", "vcpu_curve.points.N.vms.N", "A VM of the host at one number of vCPUs.");

static const struct key_row curve_point_rows[] = {
    COUNT("vcpus", "vCPUs of the VM"),
    TEXT("scenario", "scenario that has the rest"),
    TEXT("bottleneck", "resource that limits there"),
    NUMBER("bottleneck_utilization", "its utilization"),
    FLAG("saturated", "some load grows without bound"),
    LIST("workloads", "every workload", curve_workload_shape),
    LIST("vms", "the VM and its neighbours", curve_vm_shape),
};
SHAPE(curve_point, "curve_point", "vcpu_curve.points.N", "One number of vCPUs.");

static const struct key_row curve_rows[] = {
    TEXT("vm", "VM"),
    TEXT("host", "its host"),
    COUNT("now", "vCPUs that it has"),
    COUNT("most", "vCPUs at which the curve ends"),
    TEXT("limited_by", "why it ends there"),
    COUNT("knee", "fewest vCPUs from which on more gain nothing; 0 = they still gain at the last point"),
    COUNT("worse_from", "vCPUs from which on responses get worse again; 0 = they do not"),
    LIST("points", "by vCPUs, ascending", curve_point_shape),
};
SHAPE(curve, "vcpu_curve", "vcpu_curve", "What `compare --vcpu-curve` found.");

static const struct key_row victim_rows[] = {
    TEXT("workload", "workload"),
    NUMBER("response_s", "its mean response; null where its jobs pile up"),
    NUMBER("half_width", "half of its 95 % interval"),
    NUMBER("alone_s", "its mean response with nobody else there"),
    NUMBER("alone_half_width", "half of its 95 % interval"),
};
SHAPE(victim, "blame_victim", "blame.victims.N", "A workload that waits.");

static const struct key_row culprit_rows[] = {
    TEXT("name", "workload, vm.V, root of H, or others on disk.H.D"),
    TEXT("kind", "workload, vm, root or outside"),
    TEXT("scenario", "scenario without it"),
};
SHAPE(culprit, "blame_culprit", "blame.culprits.N", "What was left out.");

static const struct key_row blame_row_rows[] = {
    TEXT("victim", "workload that waits"),
    TEXT("culprit", "because of this; the victim itself: what it waits when it is alone"),
    TEXT("resource", "on this resource"),
    TEXT("scenario", "without the culprit, or with the victim alone"),
    NUMBER("seconds", "of its mean response; below 0: the victim is slower without the culprit"),
    NUMBER("half_width", "half of the 95 % interval"),
    NUMBER("share", "of its mean response"),
    FLAG("unbounded",
         "with the culprit its jobs pile up without end, without it they do not; the numbers are null"),
};
SHAPE(blame_row, "blame_row", "blame.rows.N", "What one workload loses to one culprit on one resource.");

static const struct key_row blame_rows[] = {
    LIST("victims", "every workload", victim_shape),
    LIST("culprits", "everything that was left out", culprit_shape),
    LIST("rows", "by victim, the largest first; effects do not add up where resources saturate",
         blame_row_shape),
};
SHAPE(blame, "blame", "blame", "What `compare --blame` found.");

static const struct key_row assumed_rows[] = {
    TEXT("parameter", "parameter"),
    {"value", KEY_ANY, "value used", KEY_REQUIRED, KEY_NOT_STORED},
    TEXT("confidence", "measured, documented or assumed"),
    NUMBER("matters", "share of the response that it accounts for"),
};
SHAPE(assumed, "assumed", "assumed.N", "A value that nobody measured.");

static const struct key_row warning_rows[] = {TEXT("code", "stable code"), TEXT("text", "what was found"),
                                              TEXT_OR_NULL("where", "where")};
SHAPE(warning, "warning", "warnings.N", "A warning; `hvplan explain CODE` says more.");

static const struct key_row card_row_rows[] = {
    TEXT("counter", "counter"),          NUMBER("measured", "in the log"),
    NUMBER("predicted", "by the model"), NUMBER("error", "their distance"),
    TEXT("measure", "points or %"),      NUMBER("weight", "weight in the grade"),
};
SHAPE(card_row, "card_row", "card.rows.N", "One counter of the back-test.");

static const struct key_row card_rows[] = {
    TEXT("grade", "A to F; empty when nothing was graded"),
    LIST("rows", "counters of the back-test", card_row_shape),
    {"limits", KEY_TEXTS, "what limits the grade", KEY_REQUIRED, KEY_NOT_STORED},
    {"unknown", KEY_TEXTS, "what the log could not tell and was guessed", KEY_REQUIRED, KEY_NOT_STORED},
};
SHAPE(card, "card", "card", "Report card of a calibration.");

static const struct key_row result_rows[] = {
    {"schema", KEY_CONST, "hvplan.result/1", KEY_REQUIRED, KEY_NOT_STORED},
    {"tool", KEY_MAP, "the program", KEY_REQUIRED, .shape = &tool_shape, .offset = 0},
    {"provenance", KEY_MAP, "all that is needed to repeat it", KEY_REQUIRED, .shape = &provenance_shape,
     .offset = 0},
    LIST("scenarios", "scenarios; the first is the baseline", scenario_shape),
    OPTIONAL_LIST("comparison", "scenarios against the baseline", comparison_shape),
    {"vcpu_curve", KEY_MAP, "response against the vCPUs of one VM", 0, .shape = &curve_shape, .offset = 0},
    {"blame", KEY_MAP, "who makes whom wait", 0, .shape = &blame_shape, .offset = 0},
    OPTIONAL_LIST("assumed", "values that nobody measured", assumed_shape),
    OPTIONAL_LIST("warnings", "warnings", warning_shape),
    {"card", KEY_MAP, "report card of a calibration", 0, .shape = &card_shape, .offset = 0},
};
const struct shape shape_result = {"result", "", "What a command found.", SHAPE_ROWS(result_rows)};
