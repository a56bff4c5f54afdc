/* inventory.c - what counters cannot say. */
#include "calibrate/inventory.h"
#include "model/base/text.h"
#include "scenarios/load.h"
#include <stdlib.h>
#include <string.h>

struct inventory *inventory_read(struct arena *a, const char *path, struct errs *e)
{
    struct inventory *inv = ARENA_NEW(a, struct inventory);
    if (path == NULL) {
        return inv;
    }
    if (!check_file(a, path, e)) {
        return NULL;
    }
    const struct node *root = yamltree_read(a, path, e);
    const struct node *schema = root != NULL ? node_get(root, "schema") : NULL;
    if (schema == NULL || schema->text == NULL || strcmp(schema->text, "hvplan.inventory/1") != 0) {
        errs_add(e, ERR_INVALID, (struct pos){path, 1, 1}, "schema",
                 "is no inventory: 'schema: hvplan.inventory/1' is due");
        return NULL;
    }
    inv->root = root;
    return inv;
}

struct inventory_entry inventory_find(const struct node *root, const char *map, const char *log_name)
{
    const struct node *all = root != NULL ? node_get(root, map) : NULL;
    for (int i = 0; all != NULL && all->kind == NODE_MAP && i < all->n; i++) {
        const struct node *log = node_get(all->child[i], "log");
        const char *name = log != NULL && log->kind == NODE_SCALAR ? log->text : all->key[i];
        if (text_same(name, log_name)) {
            return (struct inventory_entry){all->key[i], all->child[i]};
        }
    }
    return (struct inventory_entry){NULL, NULL};
}

struct inventory_work *inventory_works(struct arena *a, const struct inventory *inv, int *n)
{
    const struct node *all = inv->root != NULL ? node_get(inv->root, "units_of_work") : NULL;
    *n = all != NULL && all->kind == NODE_MAP ? all->n : 0;
    struct inventory_work *works = ARENA_ARRAY(a, struct inventory_work, (size_t)*n);
    for (int i = 0; i < *n; i++) {
        const struct node *vm = node_get(all->child[i], "vm");
        works[i] = (struct inventory_work){all->key[i], node_get(all->child[i], "counter")->text,
                                           vm != NULL ? vm->text : NULL};
    }
    return works;
}

void inventory_copy(struct arena *a, struct node *to, const struct node *entry)
{
    for (int i = 0; entry != NULL && entry->kind == NODE_MAP && i < entry->n; i++) {
        if (strcmp(entry->key[i], "log") != 0) {
            node_set(a, to, entry->key[i], node_copy(a, entry->child[i]));
        }
    }
}

int inventory_count(const struct node *entry, const char *key)
{
    const struct node *n = entry != NULL ? node_get(entry, key) : NULL;
    return n != NULL && n->kind == NODE_SCALAR ? (int)strtol(n->text, NULL, 10) : 0;
}
