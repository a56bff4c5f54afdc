/* shape.c - looking up rows, and the list of file kinds. */
#include "scenarios/shape.h"

#include "model/base/text.h"
#include "model/host/model.h"
#include "scenarios/choices.h"
#include "scenarios/shape_model.h"
#include "scenarios/shape_plan.h"
#include "scenarios/shape_result.h"

#include <stdbool.h>
#include <string.h>

const struct file_kind shape_files[] = {
    {"model", &shape_model},      {"scenarios", &shape_model_scenarios}, {"study", &shape_model_study},
    {"fleet", &shape_plan_fleet}, {"inventory", &shape_plan_inventory},  {"result", &shape_result}};
const size_t shape_file_count = sizeof shape_files / sizeof *shape_files;

static const struct key_row time_rows[] = {
    {"mean", KEY_NUMBER, "mean", .unit = UNIT_TIME, .lo = 0, .hi = 1e15,
     .absent = "that of shape, lower and upper", KEY_AT(struct time_spec, mean_ns), .flags = KEY_UNSET},
    {"scv", KEY_NUMBER, "squared coefficient of variation; 0 = constant, 1 = exponential", KEY_UNSET, .lo = 0,
     .hi = 1000, .absent = "1, or the nearest that the distribution can have", KEY_AT(struct time_spec, scv)},
    {"dist", KEY_CHOICE, "family of the distribution", .choices = &choices_dist,
     .absent = "by scv: constant, gamma, exponential, hyperexponential", KEY_AT(struct time_spec, family)},
    {"shape", KEY_NUMBER, "tail index of a bounded Pareto distribution", KEY_POSITIVE, .lo = 0, .hi = 100,
     .with = "lower", KEY_AT(struct time_spec, shape)},
    {"lower", KEY_NUMBER, "least value of a bounded Pareto distribution", KEY_POSITIVE, .unit = UNIT_TIME,
     .lo = 0, .hi = 1e15, .with = "upper", KEY_AT(struct time_spec, lower_ns)},
    {"upper", KEY_NUMBER, "largest value of a bounded Pareto distribution", KEY_POSITIVE, .unit = UNIT_TIME,
     .lo = 0, .hi = 1e15, .with = "shape", KEY_AT(struct time_spec, upper_ns)},
};
const struct shape shape_time = {"time", "TIME", "A time that varies: a mean alone is exponential.",
                                 SHAPE_ROWS(time_rows)};

static bool row_is_replaced(const struct shape *s, const char *key)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->rows[i].key, key) == 0)
            return true;
    return false;
}

const struct key_row *shape_row(const struct shape *s, size_t i)
{
    if (i < s->n)
        return &s->rows[i];
    i -= s->n;
    for (size_t k = 0; s->base && k < s->base->n; k++)
        if (!row_is_replaced(s, s->base->rows[k].key) && i-- == 0)
            return &s->base->rows[k];
    return NULL;
}

const struct key_row *shape_find(const struct shape *s, const char *key)
{
    const struct key_row *row;
    for (size_t i = 0; (row = shape_row(s, i)); i++)
        if (strcmp(row->key, key) == 0)
            return row;
    return NULL;
}

const char *shape_nearest(const struct shape *s, const char *key)
{
    enum { MOST = 64 };
    const char *keys[MOST];
    size_t n = 0;
    const struct key_row *row;
    for (; n < MOST && (row = shape_row(s, n)); n++)
        keys[n] = row->key;
    return text_nearest(key, keys, n);
}

/* A key with two forms has two rows, one after the other. */
static bool row_repeats(const struct shape *s, size_t i)
{
    return i > 0 && strcmp(shape_row(s, i)->key, shape_row(s, i - 1)->key) == 0;
}

char *shape_keys(struct arena *a, const struct shape *s, unsigned flag)
{
    char *list = arena_strdup(a, "");
    const struct key_row *row;
    for (size_t i = 0; (row = shape_row(s, i)); i++)
        if ((!flag || (row->flags & flag)) && !row_repeats(s, i))
            list = arena_printf(a, "%s%s%s", list, *list ? ", " : "", row->key);
    return list;
}

bool shape_has_flag(const struct shape *s, unsigned flag)
{
    const struct key_row *row;
    for (size_t i = 0; (row = shape_row(s, i)); i++)
        if (row->flags & flag)
            return true;
    return false;
}
