/* like.c - copies of objects. */
#include "scenarios/like.h"

#include "scenarios/refs.h"
#include "scenarios/shape_model.h"

#include <string.h>

struct joiner {
    struct arena *arena;
    const char *name;
};

/* on: web01 -> on: [web01, web02] */
static void join_visit(void *context, const struct key_row *row, struct node *holder, int i,
                       const struct bind_at *at)
{
    const struct joiner *j = context;
    struct node *on = holder->child[i];
    (void)at;
    if (!(row->flags & KEY_LIST_TOO))
        return;
    if (on->kind == NODE_SCALAR) {
        struct node *list = node_list(j->arena);
        list->pos = on->pos;
        node_append(j->arena, list, on);
        holder->child[i] = on = list;
    }
    struct node *member = node_scalar(j->arena, j->name);
    member->pos = on->pos;
    node_append(j->arena, on, member);
}

/* join: yes (the default) or no. */
static bool join_read(const struct like_copy *l, const struct node *join, bool *wanted, char **trouble)
{
    *wanted = l->is_vm;
    if (!join)
        return true;
    bool no =
        join->kind == NODE_SCALAR && (strcmp(join->text, "no") == 0 || strcmp(join->text, "false") == 0);
    bool yes =
        join->kind == NODE_SCALAR && (strcmp(join->text, "yes") == 0 || strcmp(join->text, "true") == 0);
    if (!l->is_vm || (!no && !yes)) {
        *trouble = arena_strdup(l->arena, l->is_vm ? "join: yes or no is due" : "'join' is for VMs");
        return false;
    }
    *wanted = yes;
    return true;
}

struct node *like_make(const struct like_copy *l, const struct node *original, const struct node *value,
                       const char *name, char **trouble)
{
    bool join;
    const char *original_name = node_get(value, "like")->text;
    if (!join_read(l, node_get(value, "join"), &join, trouble))
        return NULL;
    struct node *copy = node_copy(l->arena, original);
    node_remove(copy, "label"); /* the name in the log belongs to the original */
    for (int i = 0; i < value->n; i++) {
        const char *key = value->key[i];
        if (strcmp(key, "like") == 0 || strcmp(key, "join") == 0)
            continue;
        if (value->child[i]->kind == NODE_NULL)
            node_remove(copy, key);
        else
            node_set(l->arena, copy, key, node_copy(l->arena, value->child[i]));
    }
    if (join)
        refs_each(&shape_model, l->root, "vms", original_name, join_visit, &(struct joiner){l->arena, name});
    return copy;
}
