/* refs.c - walks references. */
#include "scenarios/refs.h"

#include "scenarios/expect.h"

#include <string.h>

struct walk {
    const char *kind, *name;
    refs_visit_fn visit;
    void *context;
};

static void map_walk(const struct walk *w, const struct shape *s, struct node *map, const struct bind_at *at);

static bool names_it(const struct node *n, const char *name)
{
    if (n->kind == NODE_SCALAR)
        return strcmp(n->text, name) == 0;
    for (int i = 0; n->kind == NODE_LIST && i < n->n; i++)
        if (n->child[i]->kind == NODE_SCALAR && strcmp(n->child[i]->text, name) == 0)
            return true;
    return false;
}

/* Every element of a list, or of a list of lists. */
static void list_walk(const struct walk *w, const struct shape *s, struct node *list,
                      const struct bind_at *at)
{
    for (int i = 0; i < list->n; i++) {
        struct bind_at here = {at, NULL, i};
        if (list->child[i]->kind == NODE_LIST)
            list_walk(w, s, list->child[i], &here);
        else
            map_walk(w, s, list->child[i], &here);
    }
}

static void row_walk(const struct walk *w, const struct key_row *row, struct node *map, int i,
                     const struct bind_at *at)
{
    struct node *n = map->child[i];
    if (row->type == KEY_REF && expect_has_word(row->refs, w->kind) && names_it(n, w->name))
        w->visit(w->context, row, map, i, at);
    else if (row->type == KEY_MAP)
        map_walk(w, row->shape, n, at);
    else if ((row->type == KEY_LIST || row->type == KEY_BRANCHES) && n->kind == NODE_LIST)
        list_walk(w, row->shape, n, at);
    else if (row->type == KEY_NAMED && n->kind == NODE_MAP)
        for (int k = 0; k < n->n; k++)
            map_walk(w, row->shape, n->child[k], &(struct bind_at){at, n->key[k], 0});
}

static void map_walk(const struct walk *w, const struct shape *s, struct node *map, const struct bind_at *at)
{
    const struct key_row *row;
    if (map->kind != NODE_MAP)
        return;
    for (int i = 0; i < map->n; i++) {
        struct bind_at here = {at, map->key[i], 0};
        for (size_t k = 0; (row = shape_row(s, k)); k++)
            if (strcmp(row->key, map->key[i]) == 0)
                row_walk(w, row, map, i, &here);
    }
}

void refs_each(const struct shape *s, struct node *map, const char *kind, const char *name,
               refs_visit_fn visit, void *context)
{
    map_walk(&(struct walk){kind, name, visit, context}, s, map, NULL);
}
