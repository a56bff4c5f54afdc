/* expect.c - expectations in words. */
#include "scenarios/expect.h"

#include "model/base/text.h"
#include "scenarios/choices.h"

#include <limits.h>
#include <string.h>

static enum unit unit_of(const struct key_row *row)
{
    return row->type == KEY_COUNT ? UNIT_COUNT : row->type == KEY_TIME ? UNIT_TIME : row->unit;
}

/* Of the range: a count without one is any int from 0. */
static double row_low(const struct key_row *row)
{
    return row->lo;
}

static double row_high(const struct key_row *row)
{
    if (row->lo == 0 && row->hi == 0)
        return row->type == KEY_COUNT ? INT_MAX : SHAPE_NO_LIMIT;
    return row->hi;
}

/* The shortest form of a rate may count by the hour, which nobody expects here. */
static char *limit_text(struct arena *a, const struct key_row *row, double v)
{
    if (row->unit == UNIT_RATE)
        return arena_printf(a, "%s /s", text_double(a, v));
    return units_format(a, v, unit_of(row));
}

char *expect_range(struct arena *a, const struct key_row *row)
{
    if ((row->type != KEY_NUMBER && row->type != KEY_COUNT) || (row->lo == 0 && row->hi == 0))
        return NULL;
    const char *low = limit_text(a, row, row->lo);
    const char *high = limit_text(a, row, row->hi);
    return arena_printf(a, "%s%s to %s", row->flags & KEY_POSITIVE ? "more than " : "", low, high);
}

char *expect_value(struct arena *a, const struct key_row *row)
{
    static const char *const words[] = {[KEY_TEXT] = "text",
                                        [KEY_BOOL] = "yes or no",
                                        [KEY_MONEY] = "price such as 4000 EUR",
                                        [KEY_ANY] = "any value",
                                        [KEY_TIME] = "time such as 12 ms, or {mean: 12 ms, scv: 0.5}",
                                        [KEY_NAMED] = "map of names",
                                        [KEY_LIST] = "list",
                                        [KEY_BRANCHES] = "list of lists of steps",
                                        [KEY_TEXTS] = "list of texts",
                                        [KEY_TEXT_LISTS] = "list of lists of names",
                                        [KEY_CONST] = "the kind of the file",
                                        [KEY_CHANGES] = "map of path: value",
                                        [KEY_FACTORS] = "map of path: list of values",
                                        [KEY_OVERHEADS] = "map of mechanism: {parameter: value}"};
    const char *range = expect_range(a, row);
    switch (row->type) {
    case KEY_NUMBER:
    case KEY_COUNT:
        return arena_printf(a, "%s%s%s", units_example(unit_of(row)), range ? ", " : "", range ? range : "");
    case KEY_CHOICE:
    case KEY_SWITCH:
        return arena_printf(a, "one of %s", choices_list(a, row->choices));
    case KEY_REF:
        return arena_printf(a, "name%s in %s", row->flags & KEY_LIST_TOO ? ", or list of names," : "",
                            expect_or(a, row->refs));
    case KEY_MAP:
        return arena_printf(a, "map: %s", shape_keys(a, row->shape, 0));
    default:
        return arena_strdup(a, words[row->type]);
    }
}

char *expect_kind(struct arena *a, const struct key_row *row, const struct node *found)
{
    static const char *const kinds[] = {[NODE_NULL] = "nothing",
                                        [NODE_SCALAR] = "a plain value",
                                        [NODE_LIST] = "a list",
                                        [NODE_MAP] = "a map"};
    return arena_printf(a, "found %s; due is: %s", kinds[found->kind], expect_value(a, row));
}

char *expect_number(struct arena *a, const struct key_row *row, const char *text, double *value)
{
    static const char *const trouble[] = {[UNITS_NOT_A_NUMBER] = "is no number",
                                          [UNITS_MISSING] = "has no unit",
                                          [UNITS_UNKNOWN] = "has no unit that fits",
                                          [UNITS_RANGE] = "is out of range"};
    enum units_status status = units_parse(text, unit_of(row), value);
    if (status == UNITS_RANGE && unit_of(row) == UNIT_COUNT)
        return arena_printf(a, "'%.80s' is not a whole number; due is: %s", text, expect_value(a, row));
    if (status != UNITS_OK)
        return arena_printf(a, "'%.80s' %s; due is: %s", text, trouble[status], expect_value(a, row));
    double low = row_low(row), high = row_high(row);
    if (*value < low || *value > high || ((row->flags & KEY_POSITIVE) && *value <= low))
        return arena_printf(a, "'%.80s' is out of range; due is: %s", text, expect_value(a, row));
    return NULL;
}

bool expect_has_word(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = words; *p; p += strcspn(p, " "), p += strspn(p, " "))
        if (strcspn(p, " ") == n && strncmp(p, word, n) == 0)
            return true;
    return false;
}

char *expect_or(struct arena *a, const char *words)
{
    char *list = arena_strdup(a, "");
    for (const char *p = words; *p; p += strcspn(p, " "), p += strspn(p, " "))
        list = arena_printf(a, "%s%s%.*s", list, *list ? " or " : "", (int)strcspn(p, " "), p);
    return list;
}
