/* node.c - trees of scalars, lists and maps: look up, copy, edit. The reader and writer are in yamltree.c. */
#include "scenarios/yamltree.h"

#include <string.h>

int node_index(const struct node *map, const char *key)
{
    if (!map || map->kind != NODE_MAP)
        return -1;
    for (int i = 0; i < map->n; i++)
        if (strcmp(map->key[i], key) == 0)
            return i;
    return -1;
}

struct node *node_get(const struct node *map, const char *key)
{
    int i = node_index(map, key);
    return i < 0 ? NULL : map->child[i];
}

struct node *node_scalar(struct arena *a, const char *text)
{
    struct node *n = ARENA_NEW(a, struct node);
    n->kind = NODE_SCALAR;
    n->text = arena_strdup(a, text);
    return n;
}

struct node *node_map(struct arena *a)
{
    struct node *n = ARENA_NEW(a, struct node);
    n->kind = NODE_MAP;
    return n;
}

struct node *node_list(struct arena *a)
{
    struct node *n = ARENA_NEW(a, struct node);
    n->kind = NODE_LIST;
    return n;
}

/* Room for `capacity` children; keys only where they are needed. */
static void children_reserve(struct arena *a, struct node *n, int capacity)
{
    size_t used = (size_t)n->n, room = (size_t)capacity;
    n->child = arena_grow(a, n->child, used, room, sizeof *n->child);
    if (n->kind == NODE_MAP) {
        n->key = arena_grow(a, n->key, used, room, sizeof *n->key);
        n->key_pos = arena_grow(a, n->key_pos, used, room, sizeof *n->key_pos);
    }
    n->capacity = capacity;
}

void node_append(struct arena *a, struct node *list, struct node *value)
{
    if (list->n == list->capacity)
        children_reserve(a, list, list->capacity ? 2 * list->capacity : 4);
    list->child[list->n++] = value;
}

void node_set(struct arena *a, struct node *map, const char *key, struct node *value)
{
    int i = node_index(map, key);
    if (i >= 0)
        map->child[i] = value;
    else
        node_add(a, map, key, value->pos, value);
}

void node_add(struct arena *a, struct node *map, const char *key, struct pos key_pos, struct node *value)
{
    node_append(a, map, value);
    map->key[map->n - 1] = arena_strdup(a, key);
    map->key_pos[map->n - 1] = key_pos;
}

bool node_remove(struct node *map, const char *key)
{
    int i = node_index(map, key);
    if (i < 0)
        return false;
    node_remove_at(map, i);
    return true;
}

void node_remove_at(struct node *n, int i)
{
    size_t after = (size_t)(n->n - i - 1);
    memmove(&n->child[i], &n->child[i + 1], after * sizeof *n->child);
    if (n->kind == NODE_MAP) {
        memmove(&n->key[i], &n->key[i + 1], after * sizeof *n->key);
        memmove(&n->key_pos[i], &n->key_pos[i + 1], after * sizeof *n->key_pos);
    }
    n->n--;
}

struct node *node_copy(struct arena *a, const struct node *n)
{
    struct node *copy = ARENA_NEW(a, struct node);
    *copy = *n;
    copy->child = NULL;
    copy->key = NULL;
    copy->key_pos = NULL;
    copy->n = copy->capacity = 0;
    if (n->n == 0)
        return copy;
    children_reserve(a, copy, n->n);
    copy->n = n->n;
    for (int i = 0; i < n->n; i++)
        copy->child[i] = node_copy(a, n->child[i]);
    if (n->kind == NODE_MAP) {
        memcpy(copy->key, n->key, (size_t)n->n * sizeof *n->key);
        memcpy(copy->key_pos, n->key_pos, (size_t)n->n * sizeof *n->key_pos);
    }
    return copy;
}

bool node_same(const struct node *x, const struct node *y)
{
    if (x->kind != y->kind || x->n != y->n)
        return false;
    if (x->kind == NODE_SCALAR)
        return strcmp(x->text, y->text) == 0;
    for (int i = 0; i < x->n; i++) {
        if (x->kind == NODE_MAP && strcmp(x->key[i], y->key[i]) != 0)
            return false;
        if (!node_same(x->child[i], y->child[i]))
            return false;
    }
    return true;
}
