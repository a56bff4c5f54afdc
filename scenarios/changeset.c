/* changeset.c - the changes of one scenario. */
#include "scenarios/changeset.h"

#include "scenarios/adapt.h"
#include "scenarios/keypath.h"
#include "scenarios/moves.h"
#include "scenarios/troubles.h"

/* The inherited rows first, then one for each change. */
static void rows_start(struct arena *a, const struct changeset *c, struct scenario *out)
{
    int inherited = c->from ? c->from->changes : 0;
    out->change = ARENA_ARRAY(a, struct change_row, (size_t)(inherited + c->changes->n));
    for (int i = 0; i < inherited; i++)
        out->change[i] = c->from->change[i];
    out->changes = inherited;
}

/* A value that says no more than the tree has already is the value as the user wrote it; a relative one is what came of it. */
static const char *text_after(struct arena *a, struct node *tree, const char *path, const struct node *value)
{
    if (value->kind == NODE_NULL)
        return "~";
    const struct node *now = node_get(value, "like") ? value : keypath_find(a, tree, path);
    return now ? yamltree_to_flow(a, now) : "";
}

static bool changes_apply(struct arena *a, const struct changeset *c, struct scenario *out, struct errs *e)
{
    bool good = true;
    for (int i = 0; i < c->changes->n; i++) {
        const char *path = c->changes->key[i], *from = "";
        const struct node *value = c->changes->child[i];
        if (!change_apply(a, out->tree, path, value, c->changes->key_pos[i], &from, e)) {
            good = false;
            continue;
        }
        out->change[out->changes++] =
            (struct change_row){.path = path, .from = from, .to = text_after(a, out->tree, path, value)};
    }
    return good;
}

static bool removals_check(struct arena *a, const struct changeset *c, struct scenario *out, struct errs *e)
{
    bool good = true;
    for (int i = 0; i < c->changes->n; i++)
        if (c->changes->child[i]->kind == NODE_NULL)
            good = change_refs_check(a, out->tree, c->changes->key[i], c->changes->key_pos[i], e) && good;
    return good;
}

static bool changed_load(struct arena *a, const struct changeset *c, struct scenario *out, struct errs *e)
{
    adapt_vms(a, c->base, out->tree, c->changes, c->pos, e);
    if (errs_any(e) || !removals_check(a, c, out, e))
        return false;
    out->model = model_load(a, out->tree, e);
    if (out->model && c->today)
        moves_check(c->today, out->model, e);
    return out->model != NULL;
}

bool changeset_apply(struct arena *a, const struct changeset *c, struct scenario *out, struct errs *e)
{
    struct errs *own = errs_new(a);
    out->name = c->name;
    out->tree = node_copy(a, c->from ? c->from->tree : c->base);
    rows_start(a, c, out);
    bool good = changes_apply(a, c, out, own) && changed_load(a, c, out, own);
    /* Errors of the changed model have their place in the model file, but it is the scenario that brought them about. */
    troubles_join(e, own, arena_printf(a, "in scenario '%s': ", c->name));
    return good;
}
