/* overhead.c - parameters of mechanisms as keys. */
#include "scenarios/overhead.h"

#include "model/base/text.h"

#include <string.h>

enum { MOST_NAMES = 64 };

const struct key_row overhead_cpu_row = {.key = "cpu",
                                         .type = KEY_NUMBER,
                                         .doc = "a fixed share of guest CPU in place of every CPU overhead",
                                         .unit = UNIT_FRACTION,
                                         .lo = 0,
                                         .hi = 10,
                                         KEY_NOT_STORED};

struct key_row overhead_row(const struct param *p)
{
    return (struct key_row){.key = p->name,
                            .type = KEY_NUMBER,
                            .doc = p->doc,
                            .unit = p->unit,
                            .lo = p->lo,
                            .hi = p->hi,
                            KEY_NOT_STORED,
                            .source = p->source,
                            .confidence = p->confidence};
}

const struct mechanism *overhead_mechanism(const char *name)
{
    for (size_t i = 0; i < mechanism_count; i++)
        if (strcmp(mechanism_registry[i]->name, name) == 0)
            return mechanism_registry[i];
    return NULL;
}

const struct param *overhead_param(const struct mechanism *m, const char *name)
{
    for (size_t i = 0; i < m->n_params; i++)
        if (strcmp(m->params[i].name, name) == 0)
            return &m->params[i];
    return NULL;
}

const char *overhead_nearest_mechanism(const char *name)
{
    const char *names[MOST_NAMES] = {overhead_cpu_row.key};
    size_t n = 1;
    for (size_t i = 0; i < mechanism_count && n < MOST_NAMES; i++)
        names[n++] = mechanism_registry[i]->name;
    return text_nearest(name, names, n);
}

const char *overhead_nearest_param(const struct mechanism *m, const char *name)
{
    const char *names[MOST_NAMES];
    size_t n = 0;
    for (; n < m->n_params && n < MOST_NAMES; n++)
        names[n] = m->params[n].name;
    return text_nearest(name, names, n);
}

static char *mechanism_names(struct arena *a)
{
    char *list = arena_strdup(a, overhead_cpu_row.key);
    for (size_t i = 0; i < mechanism_count; i++)
        list = arena_printf(a, "%s, %s", list, mechanism_registry[i]->name);
    return list;
}

static char *param_names(struct arena *a, const struct mechanism *m)
{
    char *list = arena_strdup(a, "");
    for (size_t i = 0; i < m->n_params; i++)
        list = arena_printf(a, "%s%s%s", list, i ? ", " : "", m->params[i].name);
    return list;
}

static void params_bind(struct arena *a, const struct mechanism *mech, const struct node *map,
                        const struct bind_at *at, struct model *m, struct errs *e)
{
    for (int i = 0; i < map->n; i++) {
        struct bind_at here = {at, map->key[i], 0};
        const struct param *p = overhead_param(mech, map->key[i]);
        if (!p) {
            errs_add_near(e, ERR_INVALID, map->key_pos[i], bind_path(a, &here),
                          overhead_nearest_param(mech, map->key[i]), "unknown parameter; known are %s",
                          param_names(a, mech));
            continue;
        }
        struct key_row row = overhead_row(p);
        double value;
        if (!bind_number(a, &row, map->child[i], &here, &value, e) || !m)
            continue;
        size_t index = mechanism_param_index(mech->name, p->name);
        m->overhead[index] = value;
        m->overhead_stated[index] = true;
    }
}

void overhead_bind(struct arena *a, const struct node *map, const struct bind_at *at, struct model *m,
                   struct errs *e)
{
    for (int i = 0; i < map->n; i++) {
        struct bind_at here = {at, map->key[i], 0};
        const struct mechanism *mech = overhead_mechanism(map->key[i]);
        double value;
        if (strcmp(map->key[i], overhead_cpu_row.key) == 0) {
            if (bind_number(a, &overhead_cpu_row, map->child[i], &here, &value, e) && m)
                m->fixed_cpu = value;
        } else if (!mech) {
            errs_add_near(e, ERR_INVALID, map->key_pos[i], bind_path(a, &here),
                          overhead_nearest_mechanism(map->key[i]), "unknown mechanism; known are %s",
                          mechanism_names(a));
        } else if (map->child[i]->kind != NODE_MAP) {
            errs_add(e, ERR_INVALID, map->child[i]->pos, bind_path(a, &here),
                     "a map of parameters is due: %s", param_names(a, mech));
        } else {
            params_bind(a, mech, map->child[i], &here, m, e);
        }
    }
}

void overhead_defaults(struct arena *a, struct model *m)
{
    size_t n = mechanism_param_count();
    m->overhead = ARENA_ARRAY(a, double, n);
    m->overhead_stated = ARENA_ARRAY(a, bool, n);
    mechanism_defaults(m->overhead);
    m->fixed_cpu = -1;
}
