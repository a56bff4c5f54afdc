/* cmd_compare.c - hvplan compare MODEL.yaml [SCENARIOS.yaml] --set PATH=VALUE, --vcpu-curve VM, --blame */
#include "cli/ask.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/simulation.h"
#include "scenarios/load.h"
#include <string.h>

/* A first operand whose schema line says scenarios names its model itself. */
static bool is_scenarios(const char *path)
{
    struct arena *scratch = arena_new();
    struct errs *ignored = errs_new(scratch);
    const struct node *root = strcmp(path, "-") == 0 ? NULL : yamltree_read(scratch, path, ignored);
    const struct node *schema = root ? node_get(root, "schema") : NULL;
    const bool yes = schema && schema->text && strncmp(schema->text, "hvplan.scenarios/", 17) == 0;
    arena_free(scratch);
    return yes;
}

static struct study_case *cases_of(struct session *s, const struct scenario_list *list)
{
    struct study_case *cases = ARENA_ARRAY(s->arena, struct study_case, (size_t)list->n);
    for (int i = 0; i < list->n; i++) {
        const struct scenario *from = &list->item[i];
        cases[i] = (struct study_case){from->name, from->model, from->change, from->changes};
    }
    return cases;
}

int cmd_compare(struct session *s, const struct options *o)
{
    if (!simulation_options_fit(s, o))
        return EXIT_USAGE;
    const char *model = o->operand[0], *scenarios = o->operands > 1 ? o->operand[1] : NULL;
    if (!scenarios && is_scenarios(model)) {
        scenarios = model;
        model = NULL;
    }
    if (ask_wanted(o))
        return ask_run(s, o, scenarios != NULL);
    const struct option_value *set = options_value(o, "set");
    if (!scenarios && set->n == 0)
        return session_usage(
            s, "nothing to compare with: give SCENARIOS.yaml, --set PATH=VALUE, --vcpu-curve VM or --blame");
    const struct scenario_list *list = scenarios_read(s->arena, model, scenarios, set->list, set->n, s->errs);
    if (!list)
        return session_finish(s, false);
    session_input(s, list->model_path);
    if (scenarios)
        session_input(s, scenarios);
    return simulation_run(s, o, cases_of(s, list), list->n);
}
