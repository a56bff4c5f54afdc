/* scenarios.c - the scenarios of a file and of the command line. */
#include "scenarios/bind.h"
#include "scenarios/changeset.h"
#include "scenarios/schemaline.h"
#include "scenarios/shape_model.h"
#include "scenarios/trace.h"

#include "model/base/text.h"

#include <string.h>
#include <sys/stat.h>

static const char BASELINE[] = "baseline", SET[] = "set";

enum progress { TO_DO, BUSY, DONE, FAILED };

struct reader {
    struct arena *arena;
    struct errs *errs;
    struct scenario_list *list;
    const struct node *items;   /* the list of scenarios in the file, or NULL */
    enum progress *progress;    /* by item */
    struct scenario **scenario; /* by item */
};

static bool same_file(const char *x, const char *y)
{
    struct stat sx, sy;
    if (stat(x, &sx) != 0 || stat(y, &sy) != 0)
        return strcmp(x, y) == 0;
    return sx.st_dev == sy.st_dev && sx.st_ino == sy.st_ino;
}

/* The model: of the command line, of the file, or of both if they agree. */
static const char *model_choose(struct reader *r, const char *given, const struct node *root)
{
    const struct node *named = node_get(root, "model");
    const char *path =
        named && named->kind == NODE_SCALAR ? trace_path(r->arena, root->pos.file, named->text) : NULL;
    if (path && given && !same_file(path, given))
        errs_add(r->errs, ERR_INVALID, named->pos, "model", "the file is about %s, the command about %s",
                 path, given);
    if (!path && !given)
        errs_add(r->errs, ERR_INVALID, root ? root->pos : (struct pos){0}, "model",
                 "no model: name one in the command or in the scenarios file");
    return given ? given : path;
}

static const char *item_name(const struct node *item)
{
    const struct node *name = node_get(item, "name");
    return name && name->kind == NODE_SCALAR ? name->text : NULL;
}

static int item_find(const struct reader *r, const char *name)
{
    for (int i = 0; i < r->items->n; i++)
        if (item_name(r->items->child[i]) && strcmp(item_name(r->items->child[i]), name) == 0)
            return i;
    return -1;
}

static const char *item_nearest(const struct reader *r, const char *name)
{
    const char **names = ARENA_ARRAY(r->arena, const char *, (size_t)r->items->n + 1);
    size_t n = 0;
    names[n++] = BASELINE;
    for (int i = 0; i < r->items->n; i++)
        if (item_name(r->items->child[i]))
            names[n++] = item_name(r->items->child[i]);
    return text_nearest(name, names, n);
}

static void fail_at(struct reader *r, int i, const char *key, const char *near, const char *text)
{
    const struct node *item = r->items->child[i], *n = node_get(item, key);
    errs_add_near(r->errs, ERR_INVALID, n ? n->pos : item->pos,
                  arena_printf(r->arena, "scenarios.%d.%s", i, key), near, "%s", text);
}

static bool item_apply(struct reader *r, int i);

/* The scenario that item i starts from: NULL in *from for the baseline. */
static bool from_resolve(struct reader *r, int i, const struct scenario **from)
{
    const struct node *n = node_get(r->items->child[i], "from");
    *from = NULL;
    if (!n || strcmp(n->text, BASELINE) == 0)
        return true;
    int k = item_find(r, n->text);
    if (k < 0) {
        fail_at(r, i, "from", item_nearest(r, n->text),
                arena_printf(r->arena, "there is no scenario '%.80s'", n->text));
        return false;
    }
    if (r->progress[k] == BUSY) {
        fail_at(r, i, "from", NULL, arena_printf(r->arena, "'%.80s' starts from this one: a cycle", n->text));
        return false;
    }
    if (!item_apply(r, k))
        return false;
    *from = r->scenario[k];
    return true;
}

static bool item_apply(struct reader *r, int i)
{
    const struct scenario *from;
    const struct node *item = r->items->child[i];
    if (r->progress[i] != TO_DO)
        return r->progress[i] == DONE;
    r->progress[i] = BUSY;
    bool good = from_resolve(r, i, &from);
    if (good) {
        struct changeset c = {.name = item_name(item),
                              .base = r->list->base,
                              .today = r->list->item[0].model,
                              .from = from,
                              .changes = node_get(item, "change"),
                              .pos = item->pos};
        good = changeset_apply(r->arena, &c, r->scenario[i], r->errs);
    }
    r->progress[i] = good ? DONE : FAILED;
    return good;
}

static void names_check(struct reader *r, bool sets)
{
    for (int i = 0; i < r->items->n; i++) {
        const char *name = item_name(r->items->child[i]);
        if (strcmp(name, BASELINE) == 0 || (sets && strcmp(name, SET) == 0))
            fail_at(r, i, "name", NULL, arena_printf(r->arena, "the name '%s' is taken", name));
        else if (item_find(r, name) != i)
            fail_at(r, i, "name", NULL, arena_printf(r->arena, "a second scenario '%.80s'", name));
    }
}

/* Where PATH=VALUE parts: the first = outside quotes. */
static const char *equals_find(const char *set)
{
    bool quoted = false;
    for (; *set; set++) {
        if (*set == '"')
            quoted = !quoted;
        if (*set == '=' && !quoted)
            return set;
    }
    return NULL;
}

/* One --set as a node: the value reads as a YAML flow value. */
static struct node *set_value(struct reader *r, const char *name, const char *text)
{
    static const char key[] = "value: ";
    struct errs *own = errs_new(r->arena);
    char *line = arena_printf(r->arena, "%s%s\n", key, text);
    struct node *tree = strchr(text, '\n') ? NULL : yamltree_parse(r->arena, name, line, strlen(line), own);
    for (size_t i = 0; i < errs_count(own); i++)
        errs_add(r->errs, ERR_INVALID, (struct pos){name, 0, 0}, NULL, "value '%.80s': %s", text,
                 errs_get(own, i)->text);
    if (!tree && errs_count(own) == 0)
        errs_add(r->errs, ERR_INVALID, (struct pos){name, 0, 0}, NULL, "a value of one line is due");
    return tree && tree->n == 1 ? tree->child[0] : NULL;
}

/* Values of --set have no place in a file. */
static void places_clear(struct node *n, struct pos pos)
{
    n->pos = pos;
    for (int i = 0; i < n->n; i++) {
        if (n->kind == NODE_MAP)
            n->key_pos[i] = pos;
        places_clear(n->child[i], pos);
    }
}

static void sets_apply(struct reader *r, const char *const *sets, int n, struct scenario *out)
{
    struct node *changes = node_map(r->arena);
    struct pos pos = {"--set", 0, 0};
    size_t before = errs_count(r->errs);
    for (int i = 0; i < n; i++) {
        const char *equals = equals_find(sets[i]);
        if (!equals || equals == sets[i]) {
            errs_add(r->errs, ERR_INVALID, pos, NULL, "'%.80s': PATH=VALUE is due, as in vms.web01.vcpus=2",
                     sets[i]);
            continue;
        }
        char *path = arena_strndup(r->arena, sets[i], (size_t)(equals - sets[i]));
        struct node *value = set_value(r, pos.file, equals + 1);
        if (!value)
            continue;
        places_clear(value, pos);
        node_add(r->arena, changes, path, pos, value);
    }
    struct changeset c = {
        .name = SET, .base = r->list->base, .today = r->list->item[0].model, .changes = changes, .pos = pos};
    if (errs_count(r->errs) == before)
        changeset_apply(r->arena, &c, out, r->errs);
}

static void base_load(struct reader *r, const char *path)
{
    struct scenario_list *list = r->list;
    list->model_path = path;
    list->base = yamltree_read(r->arena, path, r->errs);
    list->item[0].name = BASELINE;
    list->item[0].tree = list->base;
    if (list->base)
        list->item[0].model = model_load(r->arena, list->base, r->errs);
}

/* Reads the file and its list of scenarios; false after errors. */
static bool file_open(struct reader *r, const char *path, struct node **root)
{
    *root = yamltree_read(r->arena, path, r->errs);
    if (!*root || !schemaline_check(r->arena, *root, "scenarios", r->errs))
        return false;
    bind_map(r->arena, &shape_model_scenarios, *root, NULL, NULL, r->errs);
    r->items = errs_any(r->errs) ? NULL : node_get(*root, "scenarios");
    return r->items != NULL;
}

static void list_fill(struct reader *r, const char *const *sets, int n_sets)
{
    int items = r->items ? r->items->n : 0;
    size_t room = (size_t)items + 1;
    r->progress = ARENA_ARRAY(r->arena, enum progress, room);
    r->scenario = ARENA_ARRAY(r->arena, struct scenario *, room);
    for (int i = 0; i < items; i++)
        r->scenario[i] = &r->list->item[i + 1];
    if (r->items)
        names_check(r, n_sets > 0);
    for (int i = 0; i < items; i++)
        item_apply(r, i);
    r->list->n = items + 1;
    if (n_sets > 0)
        sets_apply(r, sets, n_sets, &r->list->item[r->list->n++]);
}

struct scenario_list *scenarios_read(struct arena *a, const char *model_path, const char *scenarios_path,
                                     const char *const *sets, int n_sets, struct errs *e)
{
    enum { MOST_SCENARIOS = 1000 };
    struct reader r = {.arena = a, .errs = e};
    struct node *root = NULL;
    bool opened = !scenarios_path || file_open(&r, scenarios_path, &root);
    r.list = ARENA_NEW(a, struct scenario_list);
    r.list->item = ARENA_ARRAY(a, struct scenario, MOST_SCENARIOS + 2);
    const char *path = opened || model_path ? model_choose(&r, model_path, root) : NULL;
    if (path)
        base_load(&r, path);
    if (path && !model_path && !r.list->item[0].model)
        errs_add(e, ERR_INVALID, node_get(root, "model")->pos, "model", "the base model %s cannot be used",
                 path);
    if (opened && r.list->item[0].model)
        list_fill(&r, sets, n_sets);
    return errs_any(e) ? NULL : r.list;
}
