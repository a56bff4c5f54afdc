/* cmd_calibrate.c - hvplan calibrate LOG... -o MODEL.yaml */
#include "calibrate/calibrate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "model/base/text.h"
#include "model/host/study.h"
#include <string.h>

/* Where model and card go. */
struct targets {
    const char *model; /* NULL = stdout */
    const char *card;  /* the file of the card, or NULL */
    bool grade_only;   /* --against: no model is made */
};

static bool is_yaml(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && (text_same(dot, ".yaml") || text_same(dot, ".yml"));
}

static const char *problem_of(struct session *s, const struct options *o, const struct targets *t)
{
    if (t->grade_only && options_text(o, "inventory"))
        return "--inventory makes a model, --against grades one: use one of them";
    if (!t->grade_only && t->model && strcmp(t->model, "-") != 0 && !is_yaml(t->model))
        return arena_printf(
            s->arena, "a model is written as .yaml, not as %s; --card FILE writes the report card", t->model);
    if (!t->grade_only && !t->model && s->json)
        return "--json prints the card on stdout: write the model with -o MODEL.yaml";
    if (t->card && output_format_of(s, t->card) == OUTPUT_UNKNOWN)
        return arena_printf(
            s->arena, "cannot tell the format of %s: it ends in .json, .html, .md, .csv or .txt", t->card);
    return NULL;
}

static struct targets targets_of(const struct options *o)
{
    struct targets t = {options_text(o, "output"), options_text(o, "card"),
                        options_text(o, "against") != NULL};
    if (t.grade_only && !t.card)
        t.card = t.model;
    if (t.model && strcmp(t.model, "-") == 0)
        t.model = NULL;
    return t;
}

static bool write_model(struct session *s, const char *path, const struct calibration *c)
{
    struct output out;
    if (!output_open(s, &out, path))
        return false;
    yamltree_write(out.stream, c->model);
    return output_close(s, &out, true);
}

static bool write_card(const struct session *s, const struct targets *t, const struct result *r)
{
    if (t->card && strcmp(t->card, "-") != 0 && !output_result(s, t->card, r))
        return false;
    if (!t->grade_only && !t->model) {
        output_result_to_stderr(s, r);
        return true;
    }
    return output_result(s, NULL, r);
}

static void remember_inputs(struct session *s, const struct options *o)
{
    for (int i = 0; i < o->operands; i++)
        session_input(s, o->operand[i]);
    if (options_text(o, "inventory"))
        session_input(s, options_text(o, "inventory"));
    if (options_text(o, "against"))
        session_input(s, options_text(o, "against"));
}

int cmd_calibrate(struct session *s, const struct options *o)
{
    const struct targets t = targets_of(o);
    const char *problem = problem_of(s, o, &t), *against = options_text(o, "against");
    if (problem)
        return session_usage(s, "%s", problem);
    const uint64_t seed = options_whole(o, "seed", study_defaults().seed);
    const struct calibration *c =
        against ? calibrate_against(s->arena, o->operand, o->operands, against, seed, s->threads, s->errs)
                : calibrate_logs(s->arena, o->operand, o->operands, options_text(o, "inventory"), seed,
                                 s->threads, s->errs);
    if (!c)
        return session_finish(s, false);
    remember_inputs(s, o);
    struct result r = {.card = c->card};
    session_provenance(s, seed, &r);
    session_warnings_to(s, &r);
    if (!t.grade_only && !write_model(s, t.model, c))
        return EXIT_INTERNAL;
    if (!write_card(s, &t, &r))
        return EXIT_INTERNAL;
    if (!c->good_enough)
        session_complain(s, "not good enough to plan with: the report card says why");
    return c->good_enough ? EXIT_DONE : EXIT_NOT_GOOD_ENOUGH;
}
