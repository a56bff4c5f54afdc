/* shape_model.c - the files that describe and vary one system: model, scenarios, study. */
#include "scenarios/shape_model.h"

#include "model/host/model.h"
#include "scenarios/choices.h"
#include "scenarios/shape_host.h"
#include "scenarios/shape_vm.h"
#include "scenarios/shape_workload.h"

static const struct key_row external_rows[] = {
    {"servers", KEY_COUNT, "requests that it serves at the same time", .lo = 1, .hi = 100000,
     .absent = "any number: a pure delay", KEY_AT(struct external_spec, servers)},
};
static const struct shape external_shape = {
    "external", "external.E",
    "A service off the host: no change on the hosts helps when it is the bottleneck.",
    SHAPE_ROWS(external_rows)};

static const struct key_row interval_rows[] = {
    {"low", KEY_ANY, "lower end of the 95 % interval", KEY_REQUIRED, KEY_NOT_STORED},
    {"high", KEY_ANY, "upper end of the 95 % interval", KEY_REQUIRED, KEY_NOT_STORED},
};
static const struct shape interval_shape = {"interval", "calibration.intervals.P",
                                            "How well the log tells a value of this model.",
                                            SHAPE_ROWS(interval_rows)};

static const struct key_row calibration_rows[] = {
    {"grade", KEY_CHOICE, "grade of the back-test", .choices = &choices_grade, KEY_NOT_STORED},
    {"logs", KEY_TEXTS, "logs that it was fitted to", KEY_NOT_STORED},
    {"guessed", KEY_TEXTS, "change paths of values that the logs could not tell", .limit = 10000,
     KEY_ARRAY(struct model, guessed, guesseds, const char *)},
    {"intervals", KEY_NAMED, "change path -> interval of the fitted value", KEY_FREE_NAMES,
     .shape = &interval_shape, .limit = 100000, KEY_NOT_STORED},
};
static const struct shape calibration_shape = {
    "calibration", "calibration", "What calibrate knows about its own work; changes nothing in a simulation.",
    SHAPE_ROWS(calibration_rows)};

static const struct key_row model_rows[] = {
    {"schema", KEY_CONST, "hvplan.model/1", KEY_REQUIRED, KEY_NOT_STORED},
    {"hosts", KEY_NAMED, "hosts by name", KEY_REQUIRED, .shape = &shape_host, .limit = 1000,
     KEY_ARRAY(struct model, host, hosts, struct host_spec)},
    {"vms", KEY_NAMED, "VMs by name", KEY_REQUIRED, .shape = &shape_vm, .limit = 10000,
     KEY_ARRAY(struct model, vm, vms, struct vm_spec)},
    {"external", KEY_NAMED, "services off the hosts by name", .shape = &external_shape,
     KEY_ARRAY(struct model, external, externals, struct external_spec)},
    {"workloads", KEY_NAMED, "workloads by name", .shape = &shape_workload, .limit = 1000,
     KEY_ARRAY(struct model, workload, workloads, struct workload_spec)},
    {"objectives", KEY_NAMED, "objectives by name (any text)", KEY_FREE_NAMES,
     .shape = &shape_workload_objective,
     KEY_ARRAY(struct model, objective, objectives, struct objective_spec)},
    {"overheads", KEY_OVERHEADS,
     "mechanism -> parameter -> value, in place of the default; or cpu: a fixed share of guest CPU for all "
     "of them",
     KEY_NOT_STORED},
    {"calibration", KEY_MAP, "written by calibrate", .shape = &calibration_shape, .offset = 0},
};
const struct shape shape_model = {"model", "", "Hosts, the VMs on them, and the load.",
                                  SHAPE_ROWS(model_rows)};

static const struct key_row scenario_rows[] = {
    {"name", KEY_TEXT, "name in reports", KEY_REQUIRED, KEY_NOT_STORED},
    {"from", KEY_TEXT, "scenario whose changes it starts from", .def = "baseline", KEY_NOT_STORED},
    {"change", KEY_CHANGES,
     "path -> new value; x1.3, +2, -1 and +512 MiB are relative; {like: X} copies; ~ removes", KEY_REQUIRED,
     KEY_NOT_STORED},
};
static const struct shape scenario_shape = {"scenario", "scenarios.N", "A named list of changes.",
                                            SHAPE_ROWS(scenario_rows)};

static const struct key_row scenarios_rows[] = {
    {"schema", KEY_CONST, "hvplan.scenarios/1", KEY_REQUIRED, KEY_NOT_STORED},
    {"model", KEY_TEXT, "base model, relative to this file", .absent = "the MODEL of the command",
     KEY_NOT_STORED},
    {"scenarios", KEY_LIST, "scenarios; the unchanged model is `baseline`", KEY_REQUIRED,
     .shape = &scenario_shape, KEY_NOT_STORED},
};
const struct shape shape_model_scenarios = {"scenarios", "", "What-ifs on a base model.",
                                            SHAPE_ROWS(scenarios_rows)};

static const struct key_row study_rows[] = {
    {"schema", KEY_CONST, "hvplan.study/1", KEY_REQUIRED, KEY_NOT_STORED},
    {"model", KEY_TEXT, "base model, relative to this file", KEY_REQUIRED, KEY_NOT_STORED},
    {"factors", KEY_FACTORS, "path -> list of values; the study is their grid", KEY_REQUIRED, KEY_NOT_STORED},
    {"precision", KEY_NUMBER, "relative half-width at which a cell is done", KEY_POSITIVE,
     .unit = UNIT_FRACTION, .lo = 0, .hi = 1, .def = "2 %", KEY_NOT_STORED},
};
const struct shape shape_model_study = {"study", "", "A grid of what-ifs.", SHAPE_ROWS(study_rows)};
