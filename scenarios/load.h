/* load.h - from YAML trees to models and scenarios.
 *
 * Does      checks a tree against the schema tables (scenarios/schema.h), resolves names, fills defaults
 * Errors    all of a file in one pass, each with file:line:column, key path, what was found, what is allowed, nearest key
 */
#ifndef HVPLAN_SCENARIOS_LOAD_H
#define HVPLAN_SCENARIOS_LOAD_H

#include "model/host/model.h"
#include "model/host/result.h"
#include "scenarios/yamltree.h"

/* NULL after errors. The tree is not kept. Warnings (unsupported vCPU counts, ...) go to e. */
struct model *model_load(struct arena *a, const struct node *root, struct errs *e);
/* Reads the file and loads it. */
struct model *model_read(struct arena *a, const char *path, struct errs *e);

struct scenario {
    const char *name;
    struct node *tree;   /* the changed model tree */
    struct model *model; /* loaded */
    struct change_row *change;
    int changes;
};

struct scenario_list {
    const char *model_path; /* from the scenarios file, resolved relative to it; or the MODEL argument */
    struct node *base;
    struct scenario *item; /* item[0] is "baseline" */
    int n;
};

/* scenarios_path may be NULL; model_path may be NULL when the scenarios file names it; both must agree. Each --set
 * "PATH=VALUE" of `sets` joins into one further scenario "set". NULL after errors. */
struct scenario_list *scenarios_read(struct arena *a, const char *model_path, const char *scenarios_path,
                                     const char *const *sets, int n_sets, struct errs *e);

/* Applies one change to a copy-on-call tree `root` (it is edited in place): value "x1.3", "+2", "-1", "+512 MiB" relative,
 * a scalar or flow YAML otherwise, {like: X}, ~ to remove. `from` receives the old value as text ("" if absent). */
bool change_apply(struct arena *a, struct node *root, const char *path, const struct node *value,
                  struct pos pos, const char **from, struct errs *e);

/* After all changes of a scenario: if `path` was removed, an error that lists what still refers to it. */
bool change_refs_check(struct arena *a, struct node *root, const char *path, struct pos pos, struct errs *e);

/* Any input file, by its schema line: model, scenarios, study, fleet, inventory. For `hvplan check`. */
bool check_file(struct arena *a, const char *path, struct errs *e);

#endif
