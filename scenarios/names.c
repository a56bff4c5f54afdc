/* names.c - index of the keys of a map. */
#include "scenarios/names.h"

#include "model/base/text.h"

#include <string.h>

struct names *names_new(struct arena *a, const struct node *map)
{
    struct names *n = ARENA_NEW(a, struct names);
    if (!map || map->kind != NODE_MAP)
        return n;
    n->map = map;
    for (n->slots = 16; n->slots < 2 * (size_t)map->n; n->slots *= 2) {
    }
    n->slot = ARENA_ARRAY(a, int, n->slots);
    for (int i = 0; i < map->n; i++) {
        size_t h = text_hash(map->key[i]) & (n->slots - 1);
        while (n->slot[h])
            h = (h + 1) & (n->slots - 1);
        n->slot[h] = i + 1;
    }
    return n;
}

int names_find(const struct names *n, const char *name)
{
    if (!n->map)
        return -1;
    for (size_t h = text_hash(name) & (n->slots - 1); n->slot[h]; h = (h + 1) & (n->slots - 1))
        if (strcmp(n->map->key[n->slot[h] - 1], name) == 0)
            return n->slot[h] - 1;
    return -1;
}

const char *names_nearest(const struct names *n, const char *name)
{
    return n->map ? text_nearest(name, (const char *const *)n->map->key, (size_t)n->map->n) : NULL;
}

char *names_list(struct arena *a, const struct names *n)
{
    enum { SHOWN = 10 };
    char *list = arena_strdup(a, "");
    int count = n->map ? n->map->n : 0;
    for (int i = 0; i < count && i < SHOWN; i++)
        list = arena_printf(a, "%s%s%s", list, i ? ", " : "", n->map->key[i]);
    return count > SHOWN ? arena_printf(a, "%s and %d more", list, count - SHOWN)
           : count       ? list
                         : arena_strdup(a, "none");
}

int names_resolve(struct arena *a, const struct names *n, const struct node *ref, const struct bind_at *at,
                  const char *what, struct errs *e)
{
    if (!ref || ref->kind != NODE_SCALAR || ref->text[0] == '\0')
        return -1;
    int i = names_find(n, ref->text);
    if (i >= 0)
        return i;
    /* Once errors are only counted, looking for the nearest of many names would take its time for nothing. */
    const char *near = errs_dropped(e) ? NULL : names_nearest(n, ref->text);
    errs_add_near(e, ERR_INVALID, ref->pos, bind_path(a, at), near, "there is no %s '%.80s'; there are: %s",
                  what, ref->text, names_list(a, n));
    return -1;
}
