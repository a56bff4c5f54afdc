/* result.h - what a command found, as data: the only thing that reports/ sees.
 *
 * Does      mirrors hvplan.result/1 field by field
 * Units     as each metric says ("s", "1", "/s", "bytes", "ns", "packets", "LPs")
 * Owns      everything lives in the arena of the study; strings are never NULL unless said
 * Order     scenarios[0] is the baseline; metrics sorted as the model lists hosts, VMs, disks, NICs, workloads
 * Absent    doubles that do not apply are NaN and become null in JSON
 */
#ifndef HVPLAN_HOST_RESULT_H
#define HVPLAN_HOST_RESULT_H

#include "model/base/errs.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct metric {
    const char *name; /* host.HV01.lp.utilization */
    const char *unit;
    double mean, half_width; /* 95 % */
    double p50, p95, p99;    /* over jobs; NaN where there are none */
    int n;                   /* replications */
    bool precision_reached;
    double calibration_half_width; /* NaN = not known */
};

struct resource_result {
    const char *
        name; /* prefix of a metric: host.H.lp, vm.V.vcpu, disk.H.D, nic.H.N, pool.V, lock.L, external.E ... */
    const char *kind;          /* cpu, root, vcpu, disk, nic, memory, pool, lock, external */
    double utilization, queue; /* queue: mean number waiting */
    int servers;               /* 0 = infinite */
};

struct breakdown_row {
    const char *resource;
    double wait_s, service_s, overhead_s;
};

/* One row of the breakdown in one replication. */
struct breakdown_run {
    double wait_s, total_s;
};

struct workload_result {
    const char *name;
    double throughput_per_s, response_s;
    struct breakdown_row *breakdown; /* sums to response_s */
    int rows;
    /* What paired intervals need; not in the JSON, NULL when read back. */
    struct breakdown_run *row_by_run; /* rows x replications, row-major */
    double *p95_by_run;
    bool saturated; /* its jobs pile up without end */
};

struct next_bottleneck {
    const char *resource;
    double
        takes_over_at; /* factor on today's load at which it is the bottleneck once the one before is relieved */
    double half_width;
};

struct bottleneck_result {
    const char *resource; /* "none" when nothing is used */
    double utilization, probability;
    bool outside; /* an external service: no change on the hosts helps */
    struct next_bottleneck *next;
    int nexts;
};

struct bound_row {
    const char *metric;
    double low, high, second_opinion; /* NaN = none */
    const char *method;
};

struct change_row {
    const char *path, *from, *to; /* as the user writes them; from = "" when the key was absent */
};

struct objective_row {
    const char *name, *workload, *measure; /* measure: "mean", "p95" ... */
    double limit_s, value_s;
    bool met;
};

struct account_row { /* hypervisor time of one host by class; sums to % Hypervisor Run Time */
    const char *host, *account;
    double lps;
};

/* A queue over the measured part of one replication: means of equal parts of the time. */
struct series_point {
    double mean;
};

struct series_result {
    const char *metric; /* that it is the course of */
    double from_s, step_s;
    struct series_point *point;
    int points;
};

struct scenario_result {
    const char *name;
    struct change_row *change;
    int changes;
    struct metric *metric;
    int metrics;
    struct resource_result *resource;
    int resources;
    struct workload_result *workload;
    int workloads;
    struct bottleneck_result bottleneck;
    struct bound_row *bound;
    int bounds;
    struct objective_row *objective;
    int objectives;
    struct account_row *account;
    int accounts;
    struct series_result *series; /* the longest queues */
    int series_count;
    bool
        saturated; /* some open load grows without bound: means are those of the run, not of a steady state */
    double simulated_s; /* measured part of one replication */
    double warmup_s;
    uint64_t events;        /* all replications */
    double *replicate_mean; /* metrics x replications, row-major: for paired intervals */
    int replications;
};

enum verdict { VERDICT_NONE, VERDICT_BETTER, VERDICT_WORSE, VERDICT_SAME };

struct comparison_row {
    const char *scenario, *metric;
    double base, value, delta, half_width;
    enum verdict verdict; /* NONE -> null: only workloads and objectives are judged */
};

/* ---- vCPU curve: 1..n vCPUs for one VM ---- */

/* A workload at one point. Times of what is saturated are NaN: a run's length would decide them. */
struct curve_workload {
    const char *workload;
    bool visits;    /* has work on the VM; else it is a neighbour */
    bool saturated; /* its jobs pile up without end */
    double throughput_per_s, throughput_half_width;
    double response_s, response_half_width, p95_s, p95_half_width;
    /* Paired, against today's number of vCPUs; NaN there. */
    double response_delta_s, response_delta_half_width;
    double throughput_delta_per_s, throughput_delta_half_width;
    enum verdict verdict; /* of the response; of the throughput where that is not known */
};

/* A VM of the host at one point. */
struct curve_vm {
    const char *vm;
    double cpu_lps, wait_per_dispatch_ns, wait_half_width, ready, ready_half_width;
    double wait_delta_ns, wait_delta_half_width, ready_delta, ready_delta_half_width; /* as above */
};

struct curve_point {
    int vcpus;
    const char *scenario, *bottleneck;
    double bottleneck_utilization;
    bool saturated; /* some workload is */
    struct curve_workload *workload;
    int workloads;
    struct curve_vm *vm; /* [0] is the VM itself, then the others of its host */
    int vms;
};

struct vcpu_curve {
    const char *vm, *host;
    int now;                /* vCPUs that the VM has */
    int most;               /* points end there ... */
    const char *limited_by; /* ... because of this */
    int knee;       /* fewest vCPUs from which on more gain nothing; 0 = still gains at the last point */
    int worse_from; /* beyond the knee responses get worse again; 0 = they do not */
    struct curve_point *point; /* by vCPUs, ascending; none = there is no curve */
    int points;
};

/* ---- blame: who makes whom wait ---- */

/* Seconds of the victim's mean response that go when the culprit goes. Culprit = victim: what it waits when it is alone. */
struct blame_row {
    const char *victim, *culprit, *resource;
    const char *scenario;       /* without the culprit, or the victim alone */
    double seconds, half_width; /* NaN where unbounded */
    double share;               /* of the victim's response; NaN where unbounded */
    bool unbounded; /* with the culprit the victim's jobs pile up without end, without it they do not */
};

struct blame_victim {
    const char *workload;
    double response_s, half_width, alone_s, alone_half_width; /* NaN where its jobs pile up */
};

struct blame_culprit {
    const char *name, *kind, *scenario; /* kind: workload, vm, root, outside; scenario: the one without it */
};

struct blame_result {
    struct blame_victim *victim; /* none = nobody asked */
    int victims;
    struct blame_culprit *culprit;
    int culprits;
    struct blame_row *row; /* by victim, the largest first */
    int rows;
};

struct assumed_row {
    const char *parameter, *value, *confidence;
    double matters; /* share of the response that it accounts for; NaN = not known */
};

struct input_row {
    const char *path, *sha256;
};

struct provenance {
    uint64_t seed;
    const char **argument;
    int arguments;
    struct input_row *input;
    int inputs;
    bool incomplete;
};

/* Back-test of a calibration. */
struct card_row {
    const char *counter;
    double measured, predicted, error; /* error in the unit that `measure` names */
    const char *measure;               /* "points", "%" */
    double weight;
};
struct report_card {
    char grade; /* 'A'..'F', 0 = none */
    struct card_row *row;
    int rows;
    const char **limits; /* what limits the grade, in plain words */
    int limit_count;
    const char **unknown; /* what the log could not tell and was guessed */
    int unknown_count;
};

struct result {
    const char *version, *commit;
    struct provenance provenance;
    struct scenario_result *scenario;
    int scenarios;
    struct comparison_row *comparison;
    int comparisons;
    struct vcpu_curve vcpu_curve;
    struct blame_result blame;
    struct assumed_row *assumed;
    int assumeds;
    struct warning *warning; /* base/errs.h: code, text, where */
    int warnings;
    struct report_card card; /* of a calibrate command; rows = 0 otherwise */
};

/* A predicted (or read) counter log: what PerfMon would have written. */
struct counter_log {
    const char **path; /* \\HV01\Hyper-V Hypervisor Logical Processor(Hv LP 0)\% Total Run Time */
    int columns;
    double *value;  /* rows x columns; NaN = no value (blank cell) */
    int64_t *at_ns; /* rows: since the start */
    int rows;
};

/* NULL if the scenario has no such metric. */
const struct metric *result_metric(const struct scenario_result *s, const char *name);

#endif
