/* ask.c - compare --vcpu-curve and --blame. */
#include "cli/ask.h"
#include "cli/simulation.h"
#include "model/host/blame.h"
#include "model/host/curve.h"
#include "scenarios/load.h"
#include "scenarios/vcpus.h"

bool ask_wanted(const struct options *o)
{
    return options_text(o, "vcpu-curve") || options_flag(o, "blame");
}

/* The model with all --set: what both questions are about. NULL after errors. */
static struct scenario *base_read(struct session *s, const struct options *o, const struct node **tree)
{
    const struct option_value *set = options_value(o, "set");
    struct scenario_list *list = scenarios_read(s->arena, o->operand[0], NULL, set->list, set->n, s->errs);
    if (!list)
        return NULL;
    session_input(s, list->model_path);
    struct scenario *base = &list->item[list->n - 1]; /* "set" if there is one */
    base->name = "baseline";
    *tree = list->base;
    return base;
}

static struct study_case case_of(const struct scenario *from)
{
    return (struct study_case){from->name, from->model, from->change, from->changes};
}

/* ---- vCPU curve ---- */

struct curve {
    const struct model *model;
    int vm;
    int vcpus[CURVE_POINTS_MOST]; /* by case: the present number first */
    struct study_case of[CURVE_POINTS_MOST];
    int n;
};

static void put_first(int *vcpus, int n, int now)
{
    int at = 0;
    while (at + 1 < n && vcpus[at] != now)
        at++;
    for (; at > 0; at--)
        vcpus[at] = vcpus[at - 1];
    vcpus[0] = now;
}

static bool curve_plan(struct session *s, const char *vm, const struct node *tree,
                       const struct scenario *base, struct curve *c)
{
    struct scenario point[CURVE_POINTS_MOST];
    c->model = base->model;
    c->vm = vcpus_find(s->arena, base->model, vm, s->errs);
    if (c->vm < 0)
        return false;
    const int now = base->model->vm[c->vm].vcpus;
    c->n = curve_counts(curve_limit_of(s->arena, base->model, c->vm).most, now, c->vcpus);
    put_first(c->vcpus, c->n, now);
    if (!vcpus_apply(s->arena, tree, base, vm, c->vcpus + 1, c->n - 1, point, s->errs))
        return false;
    c->of[0] = case_of(base);
    for (int i = 1; i < c->n; i++)
        c->of[i] = case_of(&point[i - 1]);
    return true;
}

static int ask_curve(struct session *s, const struct options *o)
{
    const struct node *tree;
    struct curve c;
    const struct scenario *base = base_read(s, o, &tree);
    if (!base || !curve_plan(s, options_text(o, "vcpu-curve"), tree, base, &c))
        return session_finish(s, false);
    struct result r = {0};
    const bool precise = simulation_study(s, o, c.of, c.n, &r);
    curve_fill(s->arena, c.model, c.vm, c.vcpus, study_defaults().level, &r);
    return simulation_end(s, o, &r, precise);
}

/* ---- blame ---- */

static int ask_blame(struct session *s, const struct options *o)
{
    const struct node *tree;
    const struct scenario *base = base_read(s, o, &tree);
    if (!base)
        return session_finish(s, false);
    const int culprits = blame_culprits(base->model);
    if (culprits > BLAME_CULPRITS_MOST) {
        errs_add(s->errs, ERR_INVALID, (struct pos){"--blame", 0, 0}, NULL,
                 "%d workloads and background loads: each is left out once, and %d is the most", culprits,
                 (int)BLAME_CULPRITS_MOST);
        return session_finish(s, false);
    }
    const struct study_case all = case_of(base);
    const struct blame_plan *plan = blame_plan_new(s->arena, &all);
    int n;
    const struct study_case *cases = blame_cases(plan, &n);
    struct result r = {0};
    const bool precise = simulation_study(s, o, cases, n, &r);
    blame_fill(s->arena, plan, study_defaults().level, &r);
    return simulation_end(s, o, &r, precise);
}

int ask_run(struct session *s, const struct options *o, bool scenarios)
{
    const bool blame = options_flag(o, "blame");
    const char *name = blame ? "--blame" : "--vcpu-curve";
    if (blame && options_text(o, "vcpu-curve"))
        return session_usage(s, "--vcpu-curve and --blame are two questions: ask one of them");
    if (scenarios)
        return session_usage(
            s, "%s asks about one model: give MODEL.yaml and --set in place of SCENARIOS.yaml", name);
    if (options_flag(o, "gate"))
        return session_usage(s, "--gate judges what-ifs: it has no meaning with %s", name);
    return blame ? ask_blame(s, o) : ask_curve(s, o);
}
