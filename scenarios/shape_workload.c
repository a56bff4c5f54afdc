/* shape_workload.c - workloads: arrivals, steps, objectives. */
#include "scenarios/shape_workload.h"

#include "model/host/model.h"
#include "scenarios/choices.h"

static const struct key_row arrivals_rows[] = {
    {"rate", KEY_NUMBER, "mean arrivals", KEY_REQUIRED | KEY_POSITIVE, .unit = UNIT_RATE, .lo = 0, .hi = 1e7,
     KEY_AT(struct workload_spec, rate_per_s)},
    {"scv", KEY_NUMBER, "squared coefficient of variation of interarrival times; 1 = Poisson", .lo = 0,
     .hi = 1000, .def = "1", KEY_AT(struct workload_spec, scv)},
    {"burst", KEY_NUMBER, "peak rate of an on-off modulation over the mean rate; 1 = none", .lo = 1,
     .hi = 1000, .def = "1", KEY_AT(struct workload_spec, burst)},
    {"burst_period", KEY_NUMBER, "mean length of one cycle of on and off", .unit = UNIT_TIME, .lo = 1e6,
     .hi = 1e14, .def = "60 s", KEY_AT(struct workload_spec, burst_period_ns)},
};
static const struct shape arrivals_shape = {"arrivals", "workloads.W.arrivals",
                                            "Open arrivals: jobs come whatever "
                                            "becomes of those before.",
                                            SHAPE_ROWS(arrivals_rows)};

static const struct key_row closed_rows[] = {
    {"users", KEY_COUNT, "users who each wait for their job to end", KEY_REQUIRED, .lo = 1, .hi = 1000000,
     KEY_AT(struct workload_spec, users)},
    {"think", KEY_TIME, "time between the end of a job and the next job of the same user", .def = "0 s",
     KEY_AT(struct workload_spec, think)},
};
static const struct shape closed_shape = {"closed", "workloads.W.closed", "A fixed number of users.",
                                          SHAPE_ROWS(closed_rows)};

static const struct key_row io_rows[] = {
    {"disk", KEY_REF, "disk of the VM", .refs = "vm disks", .absent = "the VM's only disk", KEY_NOT_STORED},
    {"size", KEY_NUMBER, "bytes of one operation", KEY_POSITIVE, .unit = UNIT_BYTES, .lo = 0, .hi = 0x1p40,
     .def = "8 KiB", KEY_AT(struct step, size_bytes)},
    {"count", KEY_COUNT, "operations, one after the other", .lo = 1, .hi = 1000000, .def = "1",
     KEY_AT(struct step, count)},
    {"pattern", KEY_SWITCH, "random, or following the operation before", .choices = &choices_pattern,
     .def = "random", KEY_AT(struct step, sequential)},
};
static const struct shape io_shape = {"io", "workloads.W.steps.N.read", "Disk operations (read, write).",
                                      SHAPE_ROWS(io_rows)};

static const struct key_row net_rows[] = {
    {"nic", KEY_REF, "adapter of the VM", .refs = "vm nics", .absent = "the VM's only adapter",
     KEY_NOT_STORED},
    {"size", KEY_NUMBER, "bytes in all", KEY_REQUIRED | KEY_POSITIVE, .unit = UNIT_BYTES, .lo = 0,
     .hi = 0x1p40, KEY_AT(struct step, size_bytes)},
    {"to", KEY_REF, "VM at the other end (send: to it, receive: from it)", .refs = "vms", .absent = "outside",
     KEY_NOT_STORED},
};
static const struct shape net_shape = {"net", "workloads.W.steps.N.send", "Network traffic (send, receive).",
                                       SHAPE_ROWS(net_rows)};

static const struct key_row connect_rows[] = {
    {"nic", KEY_REF, "adapter of the VM", .refs = "vm nics", .absent = "the VM's only adapter",
     KEY_NOT_STORED},
    {"count", KEY_COUNT, "connections, one after the other", .lo = 1, .hi = 1000000, .def = "1",
     KEY_AT(struct step, count)},
    {"to", KEY_REF, "VM at the other end", .refs = "vms", .absent = "outside", KEY_NOT_STORED},
};
static const struct shape connect_shape = {
    "connect", "workloads.W.steps.N.connect",
    "Connections set up, and torn down with the next one or the end of the job.", SHAPE_ROWS(connect_rows)};

static const struct key_row step_rows[] = {
    {"on", KEY_REF, "VM where it happens; a job takes one of a list in turn and keeps it", KEY_LIST_TOO,
     .refs = "vms", .absent = "as the step before", KEY_NOT_STORED},
    {"cpu", KEY_TIME, "processor time in all at speed 1.0", KEY_ONE_OF, KEY_AT(struct step, time)},
    {"threads", KEY_COUNT, "equal parts of cpu that run at once and join", .lo = 1, .hi = 512, .def = "1",
     .with = "cpu", KEY_AT(struct step, threads)},
    {"read", KEY_MAP, "disk reads", KEY_ONE_OF, .shape = &io_shape, .offset = 0},
    {"write", KEY_MAP, "disk writes", KEY_ONE_OF, .shape = &io_shape, .offset = 0},
    {"send", KEY_MAP, "network traffic sent", KEY_ONE_OF, .shape = &net_shape, .offset = 0},
    {"receive", KEY_MAP, "network traffic received", KEY_ONE_OF, .shape = &net_shape, .offset = 0},
    {"connect", KEY_MAP, "connections", KEY_ONE_OF, .shape = &connect_shape, .offset = 0},
    {"call", KEY_REF,
     "an external service (with service), or a VM (with steps) while the caller's thread is held", KEY_ONE_OF,
     .refs = "vms external", KEY_NOT_STORED},
    {"service", KEY_TIME, "time of the external service", .with = "call",
     .absent = "required for an external service", KEY_AT(struct step, time)},
    {"spawn", KEY_COUNT, "processes created", KEY_ONE_OF, .lo = 1, .hi = 1000000, KEY_AT(struct step, count)},
    {"lock", KEY_TEXT, "name of a lock held during the steps", KEY_ONE_OF, KEY_NOT_STORED},
    {"parallel", KEY_BRANCHES, "lists of steps that run at once and join", KEY_ONE_OF,
     .shape = &shape_workload_step, .limit = 64, KEY_NOT_STORED},
    {"steps", KEY_LIST, "what happens inside a call to a VM, or under a lock", .shape = &shape_workload_step,
     .with = "call lock", KEY_ARRAY(struct step, child, children, struct step)},
};
const struct shape shape_workload_step = {"step", "workloads.W.steps.N",
                                          "One step of a job; exactly one of its verbs must be there.",
                                          SHAPE_ROWS(step_rows)};

static const struct key_row workload_rows[] = {
    {"label", KEY_TEXT, "name in the log", KEY_AT(struct workload_spec, label)},
    {"arrivals", KEY_MAP, "open arrivals", KEY_ONE_OF, .shape = &arrivals_shape, .offset = 0},
    {"closed", KEY_MAP, "a fixed number of users", KEY_ONE_OF, .shape = &closed_shape, .offset = 0},
    {"trace", KEY_TEXT,
     "CSV file of arrivals, relative to this file: a header line with time_s and optionally cpu_s",
     KEY_ONE_OF, KEY_AT(struct workload_spec, trace.path)},
    {"memory_intensity", KEY_NUMBER, "page-table work relative to a mixed server load", .lo = 0, .hi = 100,
     .def = "1", KEY_AT(struct workload_spec, memory_intensity)},
    {"compatibility_sensitivity", KEY_NUMBER, "loss in compatibility mode relative to a mixed load", .lo = 0,
     .hi = 100, .def = "1", KEY_AT(struct workload_spec, compatibility_sensitivity)},
    {"steps", KEY_LIST, "what a job does, in order", KEY_REQUIRED, .shape = &shape_workload_step,
     KEY_ARRAY(struct workload_spec, step, steps, struct step)},
};
const struct shape shape_workload = {
    "workload", "workloads.W", "A stream of jobs and what each of them does.", SHAPE_ROWS(workload_rows)};

#define LIMIT(word, text)                                                                                    \
    {                                                                                                        \
        word, KEY_NUMBER, text, KEY_ONE_OF | KEY_POSITIVE, .unit = UNIT_TIME, .lo = 0, .hi = 1e16,           \
                                                           KEY_AT(struct objective_spec, limit_s)            \
    }
static const struct key_row objective_rows[] = {
    {"workload", KEY_REF, "workload that is judged", KEY_REQUIRED, .refs = "workloads", KEY_NOT_STORED},
    LIMIT("mean", "most that the mean response time may be"),
    LIMIT("p50", "most that half of the jobs may take"),
    LIMIT("p90", "most that 90 % of the jobs may take"),
    LIMIT("p95", "most that 95 % of the jobs may take"),
    LIMIT("p99", "most that 99 % of the jobs may take"),
};
const struct shape shape_workload_objective = {
    "objective", "objectives.O", "A limit on the response time of a workload.", SHAPE_ROWS(objective_rows)};
