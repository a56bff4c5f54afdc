/* change.c - one change on a model tree. */
#include "model/base/text.h"
#include "scenarios/keypath.h"
#include "scenarios/like.h"
#include "scenarios/load.h"
#include "scenarios/names.h"
#include "scenarios/refs.h"
#include "scenarios/relative.h"
#include "scenarios/shape_model.h"

#include <stdlib.h>
#include <string.h>

/* A change on its way down the tree. */
struct change {
    struct arena *arena;
    struct errs *errs;
    const char *path; /* as the user wrote it */
    struct pos pos;
    struct keypath parts;
    struct node *root;
    struct spot spot;    /* of the part reached */
    struct node *parent; /* that holds it */
    int index;           /* in the parent; -1 = absent */
    const char *key;     /* the part */
};

static bool refuse(struct change *c, const char *nearest, const char *text)
{
    errs_add_near(c->errs, ERR_INVALID, c->pos, c->path, nearest, "%s", text);
    return false;
}

static struct node *current(const struct change *c)
{
    return c->index < 0 ? NULL : c->parent->child[c->index];
}

/* Steps from `inside` to one of its children, which may be absent. */
static bool part_enter(struct change *c, struct node *inside, const char *part)
{
    const char *nearest;
    char *trouble = keypath_step(c->arena, &c->spot, part, &nearest);
    if (trouble)
        return refuse(c, nearest, trouble);
    c->parent = inside;
    c->key = part;
    c->index = keypath_index(inside, part);
    return true;
}

static void put(struct change *c, struct node *value)
{
    if (c->index >= 0)
        c->parent->child[c->index] = value;
    else if (c->parent->kind == NODE_MAP)
        node_add(c->arena, c->parent, c->key, c->pos, value);
    else
        node_append(c->arena, c->parent, value);
    c->index = keypath_index(c->parent, c->key);
}

/* "there is no 'web1' in vms; there are: web01, app01" */
static bool refuse_absent(struct change *c, const char *part)
{
    struct node *p = c->parent;
    if (p->kind != NODE_MAP)
        return refuse(c, NULL,
                      arena_printf(c->arena, "there is no entry %s; the list has %d, from 0", part, p->n));
    struct names names = {.map = p};
    return refuse(
        c, text_nearest(part, (const char *const *)p->key, (size_t)p->n),
        arena_printf(c->arena, "there is no '%.80s'; there are: %s", part, names_list(c->arena, &names)));
}

/* The plain value of a key that also has a map form becomes that map: 12 ms -> {mean: 12 ms}. */
static void widen(struct change *c)
{
    const struct key_row *row = c->spot.row;
    const struct node *old = current(c);
    bool time = row && row->type == KEY_TIME;
    const char *key = time ? "mean" : row ? row->scalar_key : NULL;
    const char *text = old ? old->text : time ? row->def : NULL;
    struct node *map = node_map(c->arena);
    map->pos = c->pos;
    if (text && key) {
        struct node *value = node_scalar(c->arena, text);
        value->pos = old ? old->pos : c->pos;
        node_add(c->arena, map, key, c->pos, value);
    }
    put(c, map);
}

/* Makes what the path passes through exist, if it is only a matter of form; false after an error. */
static bool passable(struct change *c, const char *part)
{
    struct node *n = current(c);
    bool list = c->spot.kind == SPOT_LIST;
    if (!n && (c->spot.element || list))
        return refuse_absent(c, part);
    if (c->spot.kind == SPOT_VALUE)
        return true; /* the next step reports it */
    if (!n || (n->kind == NODE_SCALAR && c->spot.row && c->spot.kind == SPOT_MAP && c->spot.scalar_row))
        widen(c);
    n = current(c);
    if (n->kind == (list ? NODE_LIST : NODE_MAP))
        return true;
    return refuse(c, NULL,
                  arena_printf(c->arena, "'%s' is a plain value here; assign the whole of it", part));
}

static bool path_follow(struct change *c)
{
    struct node *inside = c->root;
    for (int i = 0; i < c->parts.n; i++) {
        if (i > 0) {
            const char *part = c->parts.part[i - 1];
            if (!passable(c, part))
                return false;
            inside = current(c);
        }
        if (c->spot.kind == SPOT_VALUE) {
            const char *nearest;
            return refuse(c, NULL, keypath_step(c->arena, &c->spot, c->parts.part[i], &nearest));
        }
        if (!part_enter(c, inside, c->parts.part[i]))
            return false;
    }
    return true;
}

static bool removed(struct change *c)
{
    if (c->index < 0)
        return refuse_absent(c, c->key);
    node_remove_at(c->parent, c->index);
    return true;
}

static bool relative(struct change *c, const struct node *value)
{
    struct node *changed = NULL;
    char *trouble = relative_apply(c->arena, c->spot.scalar_row, current(c), value, &changed);
    if (trouble)
        return refuse(c, NULL, trouble);
    put(c, changed);
    return true;
}

/* A new element needs a map; a new list entry must be the next one. */
static bool assigned(struct change *c, const struct node *value)
{
    if (c->spot.element && value->kind != NODE_MAP) {
        if (c->index < 0)
            return refuse_absent(c, c->key);
        return refuse(c, NULL, "a map is due here");
    }
    if (c->index < 0 && c->parent->kind == NODE_LIST && strtol(c->key, NULL, 10) > c->parent->n)
        return refuse_absent(c, c->key);
    put(c, node_copy(c->arena, value));
    return true;
}

/* {like: web01, vcpus: 4} beside its model in the same map of names. */
static bool copied(struct change *c, const struct node *value)
{
    const struct node *like = node_get(value, "like");
    if (c->index >= 0)
        return refuse(c, NULL,
                      arena_printf(c->arena, "'%.80s' is there already; 'like' makes a new one", c->key));
    if (like->kind != NODE_SCALAR || node_index(c->parent, like->text) < 0)
        return refuse_absent(c, like->kind == NODE_SCALAR ? like->text : "like");
    struct like_copy copy = {c->arena, c->root, c->parts.n == 2 && strcmp(c->parts.part[0], "vms") == 0};
    char *trouble = NULL;
    struct node *made = like_make(&copy, node_get(c->parent, like->text), value, c->key, &trouble);
    if (!made)
        return refuse(c, NULL, trouble);
    made->pos = value->pos;
    put(c, made);
    return true;
}

bool change_apply(struct arena *a, struct node *root, const char *path, const struct node *value,
                  struct pos pos, const char **from, struct errs *e)
{
    struct change c = {.arena = a,
                       .errs = e,
                       .path = path,
                       .pos = pos,
                       .root = root,
                       .spot = keypath_top(&shape_model),
                       .index = -1};
    *from = "";
    if (!keypath_split(a, path, &c.parts))
        return refuse(&c, NULL, "not a path such as vms.web01.vcpus");
    if (!path_follow(&c))
        return false;
    if (current(&c))
        *from = yamltree_to_flow(a, current(&c));
    if (value->kind == NODE_NULL)
        return removed(&c);
    if (c.spot.element && node_get(value, "like"))
        return copied(&c, value);
    if (relative_is(c.spot.scalar_row, value))
        return relative(&c, value);
    return assigned(&c, value);
}

struct places {
    struct arena *arena;
    char *list;
    int n;
};

static void place_add(void *context, const struct key_row *row, struct node *holder, int i,
                      const struct bind_at *at)
{
    enum { SHOWN = 20 };
    struct places *p = context;
    const struct node *n = holder->child[i];
    (void)row;
    if (p->n++ < SHOWN)
        p->list = arena_printf(p->arena, "%s%s%s:%d (%s)", p->list, *p->list ? ", " : "",
                               n->pos.file ? n->pos.file : "", n->pos.line, bind_path(p->arena, at));
}

bool change_refs_check(struct arena *a, struct node *root, const char *path, struct pos pos, struct errs *e)
{
    struct keypath parts;
    if (!keypath_split(a, path, &parts) || parts.n != 2 ||
        node_get(node_get(root, parts.part[0]), parts.part[1]))
        return true;
    struct places p = {a, arena_strdup(a, ""), 0};
    refs_each(&shape_model, root, parts.part[0], parts.part[1], place_add, &p);
    if (p.n > 0)
        errs_add(e, ERR_INVALID, pos, path, "removed, but %d place%s still refer%s to it: %s", p.n,
                 p.n == 1 ? "" : "s", p.n == 1 ? "s" : "", p.list);
    return p.n == 0;
}
