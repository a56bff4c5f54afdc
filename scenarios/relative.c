/* relative.c - relative values. */
#include "scenarios/relative.h"

#include "model/base/text.h"

#include <string.h>

enum { DIGITS = 12 }; /* 0.1 x 3 is to read 0.3 */

static enum unit unit_of(const struct key_row *row)
{
    return row->type == KEY_COUNT ? UNIT_COUNT : row->type == KEY_TIME ? UNIT_TIME : row->unit;
}

static bool starts_number(const char *s)
{
    return (*s >= '0' && *s <= '9') || *s == '.';
}

bool relative_is(const struct key_row *row, const struct node *value)
{
    if (!row || value->kind != NODE_SCALAR || value->quoted ||
        (row->type != KEY_NUMBER && row->type != KEY_COUNT && row->type != KEY_TIME))
        return false;
    const char *s = value->text;
    return (*s == 'x' || *s == '+' || *s == '-') && starts_number(s + 1);
}

/* In `text`, by factor (x) or by a difference in the row's unit. NULL after *trouble. */
static const char *text_change(struct arena *a, enum unit unit, const char *text, const char *by,
                               char **trouble)
{
    double old, change, one = 1;
    const char *suffix = text_scan_number(text, 0, &old);
    if (!suffix) {
        *trouble = arena_printf(a, "the old value '%.80s' is no number", text);
        return NULL;
    }
    if (*by == 'x') {
        const char *end = text_scan_number(by + 1, 0, &change);
        if (!end || *end) {
            *trouble = arena_printf(a, "'%.80s': a factor such as x1.3 is due", by);
            return NULL;
        }
        return arena_printf(a, "%s%s", text_number(a, old * change, DIGITS), suffix);
    }
    enum unit plain = unit == UNIT_COUNT ? UNIT_NONE : unit;
    if (units_parse(by, plain, &change) != UNITS_OK) {
        *trouble = arena_printf(a, "'%.80s': a difference with unit is due (%s)", by, units_example(unit));
        return NULL;
    }
    if (plain != UNIT_NONE && units_parse(arena_printf(a, "1%s", suffix), plain, &one) != UNITS_OK) {
        *trouble = arena_printf(a, "the old value '%.80s' has no unit", text);
        return NULL;
    }
    return arena_printf(a, "%s%s", text_number(a, old + change / one, DIGITS), suffix);
}

/* The key of a map of times, if it is there. NULL or what is wrong. */
static char *key_change(struct arena *a, struct node *map, const char *key, const struct node *value)
{
    char *trouble = NULL;
    const struct node *n = node_get(map, key);
    if (!n || n->kind != NODE_SCALAR)
        return NULL;
    const char *text = text_change(a, UNIT_TIME, n->text, value->text, &trouble);
    if (!text)
        return trouble;
    struct node *changed = node_scalar(a, text);
    changed->pos = value->pos;
    node_set(a, map, key, changed);
    return NULL;
}

static char *quantiles_change(struct arena *a, struct node *copy, const struct node *value)
{
    const struct node *old = node_get(copy, "quantiles");
    if (!old || old->kind != NODE_MAP)
        return NULL;
    struct node *points = node_copy(a, old);
    for (int i = 0; i < old->n; i++) {
        char *trouble = key_change(a, points, old->key[i], value);
        if (trouble)
            return trouble;
    }
    node_set(a, copy, "quantiles", points);
    return NULL;
}

/* Times as maps: the mean, both bounds of a bounded Pareto distribution, or all quantiles. */
static char *map_change(struct arena *a, const struct node *old, const struct node *value, struct node **out)
{
    static const char *const scaled[] = {"mean", "lower", "upper"};
    struct node *copy = node_copy(a, old);
    if (!node_get(old, "mean") && value->text[0] != 'x')
        return arena_printf(a, "only a factor such as x1.3 can change a distribution without mean");
    char *trouble = quantiles_change(a, copy, value);
    for (size_t i = 0; !trouble && i < sizeof scaled / sizeof *scaled; i++)
        trouble = key_change(a, copy, scaled[i], value);
    *out = copy;
    return trouble;
}

char *relative_apply(struct arena *a, const struct key_row *row, const struct node *old,
                     const struct node *value, struct node **out)
{
    char *trouble = NULL;
    if (old && old->kind == NODE_MAP && row->type == KEY_TIME)
        return map_change(a, old, value, out);
    if (old && old->kind != NODE_SCALAR)
        return arena_printf(a, "'%s' is no plain value here; change a key inside it", row->key);
    if (!old && !row->def)
        return arena_printf(a, "'%s' is not stated, so '%s' has nothing to start from; give a value",
                            row->key, value->text);
    const char *text = text_change(a, unit_of(row), old ? old->text : row->def, value->text, &trouble);
    if (!text)
        return trouble;
    *out = node_scalar(a, text);
    (*out)->pos = value->pos;
    return NULL;
}
