/* keypath.c - change paths and the schema. */
#include "scenarios/keypath.h"

#include "model/base/text.h"
#include "scenarios/overhead.h"
#include "scenarios/shape_model.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_DIGITS = 6 }; /* of a position in a list */

/* Length of the part at p, quotes counted; 0 = wrong. */
static size_t part_length(const char *p)
{
    if (*p != '"')
        return strcspn(p, ".");
    const char *end = strchr(p + 1, '"');
    if (!end || (end[1] != '\0' && end[1] != '.'))
        return 0;
    return (size_t)(end - p) + 1;
}

bool keypath_split(struct arena *a, const char *text, struct keypath *path)
{
    path->n = 0;
    for (const char *p = text;; p++) {
        size_t n = part_length(p);
        bool quoted = n > 0 && *p == '"';
        size_t inner = quoted ? n - 2 : n;
        if (inner == 0 || path->n == KEYPATH_MOST)
            return false;
        path->part[path->n++] = arena_strndup(a, quoted ? p + 1 : p, inner);
        p += n;
        if (*p == '\0')
            return true;
    }
}

char *keypath_join(struct arena *a, const struct keypath *path, int parts)
{
    char *text = arena_strdup(a, "");
    for (int i = 0; i < parts; i++) {
        bool quote = strchr(path->part[i], '.') != NULL;
        text = arena_printf(a, "%s%s%s%s%s", text, i ? "." : "", quote ? "\"" : "", path->part[i],
                            quote ? "\"" : "");
    }
    return text;
}

int keypath_index(const struct node *inside, const char *part)
{
    if (inside->kind == NODE_MAP)
        return node_index(inside, part);
    if (inside->kind != NODE_LIST || strspn(part, "0123456789") != strlen(part) || strlen(part) > MOST_DIGITS)
        return -1;
    int i = (int)strtol(part, NULL, 10);
    return i < inside->n ? i : -1;
}

struct node *keypath_find(struct arena *a, struct node *tree, const char *path)
{
    struct keypath parts;
    if (!keypath_split(a, path, &parts))
        return NULL;
    for (int i = 0; tree && i < parts.n; i++) {
        int index = keypath_index(tree, parts.part[i]);
        tree = index < 0 ? NULL : tree->child[index];
    }
    return tree;
}

struct spot keypath_top(const struct shape *file)
{
    return (struct spot){.kind = SPOT_MAP, .shape = file};
}

static const struct key_row branch_row = {.key = "steps", .type = KEY_LIST, .doc = "one branch"};
static const struct key_row item_row = {
    .key = "item", .type = KEY_TEXT, .doc = "one of the list", KEY_NOT_STORED};

static bool is_inner(const struct key_row *row)
{
    return row->type >= KEY_TIME;
}

/* The spot that a key leads to; its row with things inside wins over its plain form. */
static struct spot spot_of_key(const struct shape *s, const char *key)
{
    static const enum spot_kind kinds[] = {
        [KEY_MAP] = SPOT_MAP,   [KEY_TIME] = SPOT_MAP,      [KEY_NAMED] = SPOT_NAMES,
        [KEY_LIST] = SPOT_LIST, [KEY_BRANCHES] = SPOT_LIST, [KEY_TEXTS] = SPOT_LIST};
    struct spot spot = {.kind = SPOT_VALUE};
    const struct key_row *row;
    for (size_t i = 0; (row = shape_row(s, i)); i++) {
        if (strcmp(row->key, key) != 0)
            continue;
        if (!is_inner(row) || row->type == KEY_TIME)
            spot.scalar_row = row;
        if (!spot.row || is_inner(row))
            spot.row = row;
    }
    if (!spot.row)
        return spot;
    if (is_inner(spot.row) && spot.row->type < KEY_TEXT_LISTS)
        spot.kind = kinds[spot.row->type];
    else if (spot.row->type == KEY_OVERHEADS)
        spot.kind = SPOT_OVERHEADS;
    else if (spot.row->flags & KEY_LIST_TOO)
        spot.kind = SPOT_LIST;
    spot.shape = spot.row->type == KEY_TIME ? &shape_time : spot.row->shape;
    return spot;
}

static char *key_step(struct arena *a, struct spot *spot, const char *part, const char **nearest)
{
    struct spot next = spot_of_key(spot->shape, part);
    if (!next.row) {
        *nearest = shape_nearest(spot->shape, part);
        return arena_printf(a, "unknown key '%.80s'; known are %s", part, shape_keys(a, spot->shape, 0));
    }
    *spot = next;
    return NULL;
}

static char *list_step(struct arena *a, struct spot *spot, const char *part)
{
    if (strspn(part, "0123456789") != strlen(part) || strlen(part) > MOST_DIGITS)
        return arena_printf(a, "'%.80s': a position in the list is due, from 0", part);
    const struct key_row *row = spot->row;
    if (row && row->type == KEY_BRANCHES)
        *spot = (struct spot){.kind = SPOT_LIST, .shape = row->shape, .row = &branch_row};
    else if (row && row->type != KEY_LIST)
        *spot = (struct spot){.kind = SPOT_VALUE, .row = &item_row, .scalar_row = &item_row};
    else
        *spot = (struct spot){.kind = SPOT_MAP, .shape = spot->shape, .element = true};
    return NULL;
}

static char *overhead_step(struct arena *a, struct spot *spot, const char *part, const char **nearest)
{
    const struct mechanism *m = overhead_mechanism(part);
    if (strcmp(part, overhead_cpu_row.key) == 0) {
        *spot = (struct spot){.kind = SPOT_VALUE, .row = &overhead_cpu_row, .scalar_row = &overhead_cpu_row};
        return NULL;
    }
    *nearest = overhead_nearest_mechanism(part);
    if (!m)
        return arena_printf(a, "unknown mechanism '%.80s'", part);
    *spot = (struct spot){.kind = SPOT_MECHANISM, .mechanism = m};
    return NULL;
}

static char *param_step(struct arena *a, struct spot *spot, const char *part, const char **nearest)
{
    const struct param *p = overhead_param(spot->mechanism, part);
    *nearest = overhead_nearest_param(spot->mechanism, part);
    if (!p)
        return arena_printf(a, "mechanism %s has no parameter '%.80s'", spot->mechanism->name, part);
    struct key_row *row = ARENA_NEW(a, struct key_row);
    *row = overhead_row(p);
    row->def = units_format(a, p->def, p->unit);
    *spot = (struct spot){.kind = SPOT_VALUE, .row = row, .scalar_row = row};
    return NULL;
}

char *keypath_step(struct arena *a, struct spot *spot, const char *part, const char **nearest)
{
    *nearest = NULL;
    switch (spot->kind) {
    case SPOT_MAP:
        return key_step(a, spot, part, nearest);
    case SPOT_NAMES:
        if (!(spot->row->flags & KEY_FREE_NAMES) && !text_is_name(part))
            return arena_printf(a, "'%.80s': a name has 1 to 64 letters, digits, _ or -", part);
        *spot = (struct spot){.kind = SPOT_MAP, .shape = spot->shape, .element = true};
        return NULL;
    case SPOT_LIST:
        return list_step(a, spot, part);
    case SPOT_OVERHEADS:
        return overhead_step(a, spot, part, nearest);
    case SPOT_MECHANISM:
        return param_step(a, spot, part, nearest);
    case SPOT_VALUE:
        break;
    }
    return arena_printf(a, "'%.80s': '%s' is a plain value and has no keys", part, spot->row->key);
}

bool keypath_check(struct arena *a, const char *text, struct pos pos, struct errs *e)
{
    struct keypath path;
    struct spot spot = keypath_top(&shape_model);
    if (!keypath_split(a, text, &path)) {
        errs_add(e, ERR_INVALID, pos, text, "not a path such as vms.web01.vcpus");
        return false;
    }
    for (int i = 0; i < path.n; i++) {
        const char *nearest;
        const char *trouble = keypath_step(a, &spot, path.part[i], &nearest);
        if (!trouble)
            continue;
        errs_add_near(e, ERR_INVALID, pos, text, nearest, "%s", trouble);
        return false;
    }
    return true;
}
