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

const double shape_levels[SHAPE_QUANTILES] = {0.0, 0.01, 0.02, 0.05, 0.1,  0.15,  0.2,   0.25,
                                              0.3, 0.4,  0.5,  0.6,  0.7,  0.75,  0.8,   0.85,
                                              0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 1.0};

#define QUANTILE_ROW(i, word, text, more_flags)                                                              \
    [i] = {word,                                                                                             \
           KEY_NUMBER,                                                                                       \
           text,                                                                                             \
           KEY_UNSET | (more_flags),                                                                         \
           .unit = UNIT_TIME,                                                                                \
           .lo = 0,                                                                                          \
           .hi = 1e15,                                                                                       \
           .offset = (i) * sizeof(double)}
#define QUANTILE_KEY(i, word, share) QUANTILE_ROW(i, word, share " of all values are at most this", 0)
static const struct key_row quantile_rows[SHAPE_QUANTILES] = {
    QUANTILE_ROW(0, "p0", "the least value", KEY_REQUIRED),
    QUANTILE_KEY(1, "p1", "1 %"),
    QUANTILE_KEY(2, "p2", "2 %"),
    QUANTILE_KEY(3, "p5", "5 %"),
    QUANTILE_KEY(4, "p10", "10 %"),
    QUANTILE_KEY(5, "p15", "15 %"),
    QUANTILE_KEY(6, "p20", "20 %"),
    QUANTILE_KEY(7, "p25", "25 %"),
    QUANTILE_KEY(8, "p30", "30 %"),
    QUANTILE_KEY(9, "p40", "40 %"),
    QUANTILE_KEY(10, "p50", "50 %"),
    QUANTILE_KEY(11, "p60", "60 %"),
    QUANTILE_KEY(12, "p70", "70 %"),
    QUANTILE_KEY(13, "p75", "75 %"),
    QUANTILE_KEY(14, "p80", "80 %"),
    QUANTILE_KEY(15, "p85", "85 %"),
    QUANTILE_KEY(16, "p90", "90 %"),
    QUANTILE_KEY(17, "p95", "95 %"),
    QUANTILE_KEY(18, "p97", "97 %"),
    QUANTILE_KEY(19, "p98", "98 %"),
    QUANTILE_KEY(20, "p99", "99 %"),
    QUANTILE_KEY(21, "p99_5", "99.5 %"),
    QUANTILE_KEY(22, "p99_9", "99.9 %"),
    QUANTILE_ROW(23, "p100", "the largest value", KEY_REQUIRED),
};
const struct shape shape_quantiles = {"quantiles", "TIME.quantiles",
                                      "Quantiles of a time; values between two of them are equally likely.",
                                      SHAPE_ROWS(quantile_rows)};

static const struct key_row time_rows[] = {
    {"mean", KEY_NUMBER, "mean", .unit = UNIT_TIME, .lo = 0, .hi = 1e15,
     .absent = "that of shape, lower and upper, or of the quantiles", KEY_AT(struct time_spec, mean_ns),
     .flags = KEY_UNSET},
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
    {"quantiles", KEY_MAP, "measured quantiles in place of a mean and a family: p0 and p100 at least",
     .shape = &shape_quantiles, KEY_NOT_STORED},
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
