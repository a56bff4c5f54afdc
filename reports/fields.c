/* fields.c - see fields.h. Keep in step with hvplan.result/1 in docs/reports.md. */
#include "reports/fields.h"
#include "model/host/result.h"

#define SHAPE(type, rows)                                                                                    \
    {                                                                                                        \
        sizeof(struct type), rows, sizeof(rows) / sizeof((rows)[0])                                          \
    }
#define FIELD(type, member, kind, need)                                                                      \
    {                                                                                                        \
#member, kind, need, offsetof(struct type, member), 0, NULL, NULL                                    \
    }
#define LIST(type, key, kind, need, member, count, shape)                                                    \
    {                                                                                                        \
        key, kind, need, offsetof(struct type, member), offsetof(struct type, count), shape, NULL            \
    }
#define OBJECT(type, key, need, member, shape)                                                               \
    {                                                                                                        \
        key, FIELD_OBJECT, need, offsetof(struct type, member), 0, shape, NULL                               \
    }
#define CONSTANT(key, text)                                                                                  \
    {                                                                                                        \
        key, FIELD_CONSTANT, FIELD_REQUIRED, 0, 0, NULL, text                                                \
    }

static const struct field metric_fields[] = {
    FIELD(metric, unit, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(metric, mean, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(metric, half_width, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(metric, p50, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(metric, p95, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(metric, p99, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(metric, n, FIELD_INT, FIELD_REQUIRED),
    FIELD(metric, precision_reached, FIELD_BOOL, FIELD_REQUIRED),
    FIELD(metric, calibration_half_width, FIELD_NUMBER, FIELD_SPARSE),
};
static const struct shape metric_shape = SHAPE(metric, metric_fields);

static const struct field change_fields[] = {
    FIELD(change_row, path, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(change_row, from, FIELD_VALUE, FIELD_REQUIRED),
    FIELD(change_row, to, FIELD_VALUE, FIELD_REQUIRED),
};
static const struct shape change_shape = SHAPE(change_row, change_fields);

static const struct field resource_fields[] = {
    FIELD(resource_result, name, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(resource_result, kind, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(resource_result, utilization, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(resource_result, queue, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(resource_result, servers, FIELD_INT, FIELD_REQUIRED),
};
static const struct shape resource_shape = SHAPE(resource_result, resource_fields);

static const struct field breakdown_fields[] = {
    FIELD(breakdown_row, resource, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(breakdown_row, wait_s, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(breakdown_row, service_s, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(breakdown_row, overhead_s, FIELD_NUMBER, FIELD_REQUIRED),
};
static const struct shape breakdown_shape = SHAPE(breakdown_row, breakdown_fields);

static const struct field workload_fields[] = {
    FIELD(workload_result, name, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(workload_result, throughput_per_s, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(workload_result, response_s, FIELD_NUMBER, FIELD_REQUIRED),
    LIST(workload_result, "breakdown", FIELD_LIST, FIELD_REQUIRED, breakdown, rows, &breakdown_shape),
};
static const struct shape workload_shape = SHAPE(workload_result, workload_fields);

static const struct field next_fields[] = {
    FIELD(next_bottleneck, resource, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(next_bottleneck, takes_over_at, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(next_bottleneck, half_width, FIELD_NUMBER, FIELD_REQUIRED),
};
static const struct shape next_shape = SHAPE(next_bottleneck, next_fields);

static const struct field bottleneck_fields[] = {
    FIELD(bottleneck_result, resource, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(bottleneck_result, utilization, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(bottleneck_result, probability, FIELD_NUMBER, FIELD_REQUIRED),
    LIST(bottleneck_result, "next", FIELD_LIST, FIELD_REQUIRED, next, nexts, &next_shape),
};
static const struct shape bottleneck_shape = SHAPE(bottleneck_result, bottleneck_fields);

static const struct field bound_fields[] = {
    FIELD(bound_row, low, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(bound_row, high, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(bound_row, second_opinion, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(bound_row, method, FIELD_TEXT, FIELD_REQUIRED),
};
static const struct shape bound_shape = SHAPE(bound_row, bound_fields);

static const struct field objective_fields[] = {
    FIELD(objective_row, name, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(objective_row, workload, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(objective_row, measure, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(objective_row, limit_s, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(objective_row, value_s, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(objective_row, met, FIELD_BOOL, FIELD_REQUIRED),
};
static const struct shape objective_shape = SHAPE(objective_row, objective_fields);

static const struct field account_fields[] = {
    FIELD(account_row, host, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(account_row, account, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(account_row, lps, FIELD_NUMBER, FIELD_REQUIRED),
};
static const struct shape account_shape = SHAPE(account_row, account_fields);

static const struct field series_point_fields[] = {
    FIELD(series_point, mean, FIELD_NUMBER, FIELD_REQUIRED),
};
static const struct shape series_point_shape = SHAPE(series_point, series_point_fields);

static const struct field series_fields[] = {
    FIELD(series_result, metric, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(series_result, from_s, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(series_result, step_s, FIELD_NUMBER, FIELD_REQUIRED),
    LIST(series_result, "points", FIELD_LIST, FIELD_REQUIRED, point, points, &series_point_shape),
};
static const struct shape series_shape = SHAPE(series_result, series_fields);

/* Everything below the name is optional: an interrupted run may lack the rest of its last scenario. */
static const struct field scenario_fields[] = {
    FIELD(scenario_result, name, FIELD_TEXT, FIELD_REQUIRED),
    LIST(scenario_result, "changes", FIELD_LIST, FIELD_OPTIONAL, change, changes, &change_shape),
    LIST(scenario_result, "metrics", FIELD_MAP, FIELD_OPTIONAL, metric, metrics, &metric_shape),
    LIST(scenario_result, "resources", FIELD_LIST, FIELD_OPTIONAL, resource, resources, &resource_shape),
    LIST(scenario_result, "workloads", FIELD_LIST, FIELD_OPTIONAL, workload, workloads, &workload_shape),
    OBJECT(scenario_result, "bottleneck", FIELD_OPTIONAL, bottleneck, &bottleneck_shape),
    LIST(scenario_result, "bounds", FIELD_MAP, FIELD_OPTIONAL, bound, bounds, &bound_shape),
    LIST(scenario_result, "objectives", FIELD_LIST, FIELD_OPTIONAL, objective, objectives, &objective_shape),
    LIST(scenario_result, "accounts", FIELD_LIST, FIELD_OPTIONAL, account, accounts, &account_shape),
    LIST(scenario_result, "series", FIELD_LIST, FIELD_SPARSE, series, series_count, &series_shape),
    FIELD(scenario_result, saturated, FIELD_BOOL, FIELD_OPTIONAL),
    FIELD(scenario_result, warmup_s, FIELD_NUMBER, FIELD_OPTIONAL),
    FIELD(scenario_result, simulated_s, FIELD_NUMBER, FIELD_OPTIONAL),
    FIELD(scenario_result, events, FIELD_COUNT, FIELD_OPTIONAL),
    FIELD(scenario_result, replications, FIELD_INT, FIELD_OPTIONAL),
};
static const struct shape scenario_shape = SHAPE(scenario_result, scenario_fields);

static const struct field comparison_fields[] = {
    FIELD(comparison_row, scenario, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(comparison_row, metric, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(comparison_row, base, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(comparison_row, value, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(comparison_row, delta, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(comparison_row, half_width, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(comparison_row, verdict, FIELD_VERDICT, FIELD_REQUIRED),
};
static const struct shape comparison_shape = SHAPE(comparison_row, comparison_fields);

static const struct field curve_workload_fields[] = {
    FIELD(curve_workload, workload, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(curve_workload, visits, FIELD_BOOL, FIELD_REQUIRED),
    FIELD(curve_workload, saturated, FIELD_BOOL, FIELD_REQUIRED),
    FIELD(curve_workload, throughput_per_s, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_workload, throughput_half_width, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_workload, response_s, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_workload, response_half_width, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_workload, p95_s, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_workload, p95_half_width, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_workload, response_delta_s, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_workload, response_delta_half_width, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_workload, throughput_delta_per_s, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_workload, throughput_delta_half_width, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_workload, verdict, FIELD_VERDICT, FIELD_REQUIRED),
};
static const struct shape curve_workload_shape = SHAPE(curve_workload, curve_workload_fields);

static const struct field curve_vm_fields[] = {
    FIELD(curve_vm, vm, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(curve_vm, cpu_lps, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_vm, wait_per_dispatch_ns, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_vm, wait_half_width, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_vm, ready, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_vm, ready_half_width, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_vm, wait_delta_ns, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_vm, wait_delta_half_width, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_vm, ready_delta, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_vm, ready_delta_half_width, FIELD_NUMBER, FIELD_REQUIRED),
};
static const struct shape curve_vm_shape = SHAPE(curve_vm, curve_vm_fields);

static const struct field curve_point_fields[] = {
    FIELD(curve_point, vcpus, FIELD_INT, FIELD_REQUIRED),
    FIELD(curve_point, scenario, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(curve_point, bottleneck, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(curve_point, bottleneck_utilization, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(curve_point, saturated, FIELD_BOOL, FIELD_REQUIRED),
    LIST(curve_point, "workloads", FIELD_LIST, FIELD_REQUIRED, workload, workloads, &curve_workload_shape),
    LIST(curve_point, "vms", FIELD_LIST, FIELD_REQUIRED, vm, vms, &curve_vm_shape),
};
static const struct shape curve_point_shape = SHAPE(curve_point, curve_point_fields);

static const struct field curve_fields[] = {
    FIELD(vcpu_curve, vm, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(vcpu_curve, host, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(vcpu_curve, now, FIELD_INT, FIELD_REQUIRED),
    FIELD(vcpu_curve, most, FIELD_INT, FIELD_REQUIRED),
    FIELD(vcpu_curve, limited_by, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(vcpu_curve, knee, FIELD_INT, FIELD_REQUIRED),
    FIELD(vcpu_curve, worse_from, FIELD_INT, FIELD_REQUIRED),
    LIST(vcpu_curve, "points", FIELD_LIST, FIELD_REQUIRED, point, points, &curve_point_shape),
};
static const struct shape curve_shape = SHAPE(vcpu_curve, curve_fields);

static const struct field blame_victim_fields[] = {
    FIELD(blame_victim, workload, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(blame_victim, response_s, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(blame_victim, half_width, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(blame_victim, alone_s, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(blame_victim, alone_half_width, FIELD_NUMBER, FIELD_REQUIRED),
};
static const struct shape blame_victim_shape = SHAPE(blame_victim, blame_victim_fields);

static const struct field blame_culprit_fields[] = {
    FIELD(blame_culprit, name, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(blame_culprit, kind, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(blame_culprit, scenario, FIELD_TEXT, FIELD_REQUIRED),
};
static const struct shape blame_culprit_shape = SHAPE(blame_culprit, blame_culprit_fields);

static const struct field blame_row_fields[] = {
    FIELD(blame_row, victim, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(blame_row, culprit, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(blame_row, resource, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(blame_row, scenario, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(blame_row, seconds, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(blame_row, half_width, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(blame_row, share, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(blame_row, unbounded, FIELD_BOOL, FIELD_REQUIRED),
};
static const struct shape blame_row_shape = SHAPE(blame_row, blame_row_fields);

static const struct field blame_fields[] = {
    LIST(blame_result, "victims", FIELD_LIST, FIELD_REQUIRED, victim, victims, &blame_victim_shape),
    LIST(blame_result, "culprits", FIELD_LIST, FIELD_REQUIRED, culprit, culprits, &blame_culprit_shape),
    LIST(blame_result, "rows", FIELD_LIST, FIELD_REQUIRED, row, rows, &blame_row_shape),
};
static const struct shape blame_shape = SHAPE(blame_result, blame_fields);

static const struct field assumed_fields[] = {
    FIELD(assumed_row, parameter, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(assumed_row, value, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(assumed_row, confidence, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(assumed_row, matters, FIELD_NUMBER, FIELD_REQUIRED),
};
static const struct shape assumed_shape = SHAPE(assumed_row, assumed_fields);

static const struct field warning_fields[] = {
    FIELD(warning, code, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(warning, text, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(warning, where, FIELD_TEXT_OR_NULL, FIELD_REQUIRED),
};
static const struct shape warning_shape = SHAPE(warning, warning_fields);

static const struct field input_fields[] = {
    FIELD(input_row, path, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(input_row, sha256, FIELD_TEXT, FIELD_REQUIRED),
};
static const struct shape input_shape = SHAPE(input_row, input_fields);

static const struct field provenance_fields[] = {
    FIELD(provenance, seed, FIELD_COUNT, FIELD_REQUIRED),
    LIST(provenance, "arguments", FIELD_TEXTS, FIELD_REQUIRED, argument, arguments, NULL),
    LIST(provenance, "inputs", FIELD_LIST, FIELD_REQUIRED, input, inputs, &input_shape),
    FIELD(provenance, incomplete, FIELD_BOOL, FIELD_REQUIRED),
};
static const struct shape provenance_shape = SHAPE(provenance, provenance_fields);

static const struct field card_row_fields[] = {
    FIELD(card_row, counter, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(card_row, measured, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(card_row, predicted, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(card_row, error, FIELD_NUMBER, FIELD_REQUIRED),
    FIELD(card_row, measure, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(card_row, weight, FIELD_NUMBER, FIELD_REQUIRED),
};
static const struct shape card_row_shape = SHAPE(card_row, card_row_fields);

static const struct field card_fields[] = {
    FIELD(report_card, grade, FIELD_GRADE, FIELD_REQUIRED),
    LIST(report_card, "rows", FIELD_LIST, FIELD_REQUIRED, row, rows, &card_row_shape),
    LIST(report_card, "limits", FIELD_TEXTS, FIELD_REQUIRED, limits, limit_count, NULL),
    LIST(report_card, "unknown", FIELD_TEXTS, FIELD_REQUIRED, unknown, unknown_count, NULL),
};
static const struct shape card_shape = SHAPE(report_card, card_fields);

static const struct field tool_fields[] = {
    CONSTANT("name", "hvplan"),
    FIELD(result, version, FIELD_TEXT, FIELD_REQUIRED),
    FIELD(result, commit, FIELD_TEXT, FIELD_REQUIRED),
};
/* `tool` has no struct of its own: its fields are members of struct result. */
static const struct shape tool_shape = SHAPE(result, tool_fields);

static const struct field result_fields[] = {
    CONSTANT("schema", "hvplan.result/1"),
    {"tool", FIELD_OBJECT, FIELD_REQUIRED, 0, 0, &tool_shape, NULL},
    OBJECT(result, "provenance", FIELD_REQUIRED, provenance, &provenance_shape),
    LIST(result, "scenarios", FIELD_LIST, FIELD_REQUIRED, scenario, scenarios, &scenario_shape),
    LIST(result, "comparison", FIELD_LIST, FIELD_OPTIONAL, comparison, comparisons, &comparison_shape),
    OBJECT(result, "vcpu_curve", FIELD_SPARSE, vcpu_curve, &curve_shape),
    OBJECT(result, "blame", FIELD_SPARSE, blame, &blame_shape),
    LIST(result, "assumed", FIELD_LIST, FIELD_OPTIONAL, assumed, assumeds, &assumed_shape),
    LIST(result, "warnings", FIELD_LIST, FIELD_OPTIONAL, warning, warnings, &warning_shape),
    OBJECT(result, "card", FIELD_SPARSE, card, &card_shape),
};
const struct shape fields_result = SHAPE(result, result_fields);
