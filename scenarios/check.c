/* check.c - any input file, by its schema line. */
#include "scenarios/bind.h"
#include "scenarios/keypath.h"
#include "scenarios/load.h"
#include "scenarios/names.h"
#include "scenarios/schemaline.h"
#include "scenarios/trace.h"
#include "scenarios/troubles.h"

#include <string.h>

struct checker {
    struct arena *arena;
    struct errs *errs;
    const char *path;
    struct node *root;
};

static void model_check(struct checker *c)
{
    (void)model_load(c->arena, c->root, c->errs);
}

static void shape_check(struct checker *c, const char *kind)
{
    for (size_t i = 0; i < shape_file_count; i++)
        if (strcmp(shape_files[i].name, kind) == 0)
            bind_map(c->arena, shape_files[i].shape, c->root, NULL, NULL, c->errs);
}

static void paths_check(struct checker *c, const struct node *map)
{
    for (int i = 0; map && map->kind == NODE_MAP && i < map->n; i++)
        keypath_check(c->arena, map->key[i], map->key_pos[i], c->errs);
}

/* With a model the changes are tried on it; without one only the paths can be checked. */
static void scenarios_check(struct checker *c)
{
    if (node_get(c->root, "model")) {
        (void)scenarios_read(c->arena, NULL, c->path, NULL, 0, c->errs);
        return;
    }
    shape_check(c, "scenarios");
    const struct node *list = node_get(c->root, "scenarios");
    for (int i = 0; list && list->kind == NODE_LIST && i < list->n; i++)
        paths_check(c, node_get(list->child[i], "change"));
}

/* Every level of every factor must be a change that the model takes. */
static void levels_check(struct checker *c, const struct node *model, const char *path,
                         const struct node *levels)
{
    for (int i = 0; levels->kind == NODE_LIST && i < levels->n; i++) {
        const char *from;
        if (!change_apply(c->arena, node_copy(c->arena, model), path, levels->child[i], levels->child[i]->pos,
                          &from, c->errs))
            return; /* the other levels would say the same */
    }
}

static void study_check(struct checker *c)
{
    shape_check(c, "study");
    const struct node *model = node_get(c->root, "model"), *factors = node_get(c->root, "factors");
    if (errs_any(c->errs))
        return;
    const char *path = trace_path(c->arena, c->path, model->text);
    struct node *tree = yamltree_read(c->arena, path, c->errs);
    if (!tree || !model_load(c->arena, tree, c->errs)) {
        errs_add(c->errs, ERR_INVALID, model->pos, "model", "the base model %s cannot be used", path);
        return;
    }
    for (int i = 0; i < factors->n; i++)
        levels_check(c, tree, factors->key[i], factors->child[i]);
}

/* `like` names another row of the catalogue, and no chain of them returns. */
static void like_check(struct checker *c, const struct node *catalogue, int i)
{
    struct names *names = names_new(c->arena, catalogue);
    struct bind_at hosts = {NULL, "hosts", 0}, top = {&hosts, "catalogue", 0},
                   row = {&top, catalogue->key[i], 0}, here = {&row, "like", 0};
    const struct node *like = node_get(catalogue->child[i], "like");
    for (int steps = 0; like && like->kind == NODE_SCALAR; steps++) {
        int next =
            names_resolve(c->arena, names, like, &here, "offer", steps == 0 ? c->errs : errs_new(c->arena));
        if (steps > catalogue->n) {
            errs_add(c->errs, ERR_INVALID, node_get(catalogue->child[i], "like")->pos,
                     bind_path(c->arena, &here), "'%s' leads back here: a cycle",
                     node_get(catalogue->child[i], "like")->text);
            return;
        }
        like = next < 0 ? NULL : node_get(catalogue->child[next], "like");
    }
}

static void group_check(struct checker *c, const struct node *groups, const char *rule)
{
    for (int i = 0; groups && groups->kind == NODE_LIST && i < groups->n; i++)
        if (groups->child[i]->kind == NODE_LIST && groups->child[i]->n < 2)
            errs_add(c->errs, ERR_INVALID, groups->child[i]->pos,
                     arena_printf(c->arena, "rules.%s.%d", rule, i), "a group has at least two VMs");
}

static void fleet_check(struct checker *c)
{
    shape_check(c, "fleet");
    const struct node *hosts = node_get(c->root, "hosts"), *catalogue = node_get(hosts, "catalogue");
    const struct node *rules = node_get(c->root, "rules");
    if (hosts && hosts->kind == NODE_MAP && !catalogue && !node_get(hosts, "existing"))
        errs_add(c->errs, ERR_INVALID, hosts->pos, "hosts",
                 "nowhere to place anything: existing or catalogue is due");
    for (int i = 0; catalogue && catalogue->kind == NODE_MAP && i < catalogue->n; i++)
        like_check(c, catalogue, i);
    group_check(c, node_get(rules, "apart"), "apart");
    group_check(c, node_get(rules, "together"), "together");
}

/* Devices refer to the host's, if the file says both. */
static void inventory_check(struct checker *c)
{
    shape_check(c, "inventory");
    struct names *hosts = names_new(c->arena, node_get(c->root, "hosts"));
    const struct node *vms = node_get(c->root, "vms");
    for (int i = 0; hosts->map && vms && vms->kind == NODE_MAP && i < vms->n; i++) {
        struct bind_at top = {NULL, "vms", 0}, vm = {&top, vms->key[i], 0}, here = {&vm, "host", 0};
        (void)names_resolve(c->arena, hosts, node_get(vms->child[i], "host"), &here, "host", c->errs);
    }
}

static void result_check(struct checker *c)
{
    errs_add(c->errs, ERR_INVALID, c->root->pos, "schema", "a result is JSON; name the file .json");
}

static const struct row {
    const char *kind;
    void (*check)(struct checker *c);
} rows[] = {{"model", model_check}, {"scenarios", scenarios_check}, {"study", study_check},
            {"fleet", fleet_check}, {"inventory", inventory_check}, {"result", result_check}};

bool check_file(struct arena *a, const char *path, struct errs *e)
{
    size_t before = errs_count(e) + errs_dropped(e);
    struct errs *own = errs_new(a);
    struct checker c = {a, own, path, yamltree_read(a, path, own)};
    const struct file_kind *kind = c.root ? schemaline_kind(a, c.root, own) : NULL;
    for (size_t i = 0; kind && i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].kind, kind->name) == 0)
            rows[i].check(&c);
    troubles_join(e, own, "");
    return errs_count(e) + errs_dropped(e) == before;
}
