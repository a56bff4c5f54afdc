/* calibrate.c - from counter logs to a model that says how far to trust it. */
#include "calibrate/calibrate.h"
#include "calibrate/against.h"
#include "calibrate/backtest.h"
#include "calibrate/card.h"
#include "calibrate/identity.h"
#include "calibrate/tree.h"
#include "scenarios/load.h"

/* What both commands read. */
struct reading {
    struct inventory *inventory;
    struct machines *machines;
};

static bool logs_read(struct arena *a, const char *const *paths, int n, const char *inventory,
                      struct reading *r, struct errs *e)
{
    r->inventory = inventory_read(a, inventory, e);
    if (r->inventory == NULL) {
        return false;
    }
    int works;
    const struct inventory_work *work = inventory_works(a, r->inventory, &works);
    const char **wanted = ARENA_ARRAY(a, const char *, (size_t)works);
    for (int i = 0; i < works; i++) {
        wanted[i] = work[i].counter;
    }
    const struct logset *set = logset_read(a, paths, n, wanted, works, e);
    r->machines = set != NULL ? machine_all(set) : NULL;
    return r->machines != NULL;
}

/* Fits the first half, gives it the load of the second, and compares. */
static bool halves_test(struct arena *a, const struct reading *r, const struct backtest_options *o,
                        struct report_card *card, struct errs *e)
{
    struct fit *first = fit_new(a, r->machines, r->inventory, 0.0, 0.5, e);
    const struct fit *second = first != NULL ? fit_new(a, r->machines, r->inventory, 0.5, 1.0, e) : NULL;
    if (second == NULL) {
        return false;
    }
    backtest_load(first, second);
    return backtest_run(a, tree_new(first)->root, second, o, card, e);
}

struct calibration *calibrate_logs(struct arena *a, const char *const *paths, int n, const char *inventory,
                                   uint64_t seed, int threads, struct errs *e)
{
    struct calibration *c = ARENA_NEW(a, struct calibration);
    const struct backtest_options o = {seed, threads};
    struct reading r;
    if (!logs_read(a, paths, n, inventory, &r, e)) {
        return NULL;
    }
    const struct fit *whole = fit_new(a, r.machines, r.inventory, 0.0, 1.0, e);
    if (whole == NULL || !halves_test(a, &r, &o, &c->card, e)) {
        return NULL;
    }
    struct tree *t = tree_new(whole);
    card_grade(a, &c->card, whole, identity_check(whole), t, false);
    tree_seal(a, t, c->card.grade, paths, n);
    if (model_load(a, t->root, e) == NULL) {
        return NULL;
    }
    c->model = t->root;
    c->good_enough = c->card.grade != 'F';
    return c;
}

struct calibration *calibrate_against(struct arena *a, const char *const *paths, int n,
                                      const char *model_path, uint64_t seed, int threads, struct errs *e)
{
    struct calibration *c = ARENA_NEW(a, struct calibration);
    const struct backtest_options o = {seed, threads};
    struct reading r;
    c->model = yamltree_read(a, model_path, e);
    if (c->model == NULL || !logs_read(a, paths, n, NULL, &r, e)) {
        return NULL;
    }
    struct fit *measured = fit_new(a, r.machines, r.inventory, 0.0, 1.0, e);
    struct node *loaded = measured != NULL ? against_load(a, c->model, measured, e) : NULL;
    if (loaded == NULL || !backtest_run(a, loaded, measured, &o, &c->card, e)) {
        return NULL;
    }
    card_grade(a, &c->card, measured, identity_check(measured), NULL, true);
    c->good_enough = c->card.grade != 'F';
    return c;
}
