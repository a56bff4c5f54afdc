/* timespec.c - times and their distributions. */
#include "scenarios/timespec.h"

/* Up to 11 days: a demand beyond is a slip of the unit. */
static const struct key_row scalar_row = {
    .key = "time", .type = KEY_TIME, .unit = UNIT_TIME, .lo = 0, .hi = 1e15};

static size_t trouble_count(const struct errs *e)
{
    return e ? errs_count(e) + errs_dropped(e) : 0;
}

static bool refuse(struct arena *a, const struct node *n, const struct bind_at *at, struct errs *e,
                   const char *why)
{
    errs_add(e, ERR_INVALID, n->pos, bind_path(a, at), "%s", why);
    return false;
}

/* Bounded Pareto by its own parameters: mean and scv follow. */
static bool pareto_finish(struct arena *a, const struct node *n, const struct bind_at *at,
                          struct time_spec *t, struct errs *e)
{
    struct dist d;
    const char *why = NULL;
    if ((int)t->family >= 0 && t->family != DIST_PARETO_BOUNDED)
        return refuse(a, n, at, e, "shape, lower and upper belong to the bounded Pareto distribution");
    if (t->mean_ns >= 0 || t->scv >= 0)
        return refuse(a, n, at, e, "give mean and scv, or shape, lower and upper");
    if (!dist_make_pareto(&d, t->shape, t->lower_ns, t->upper_ns, &why))
        return refuse(a, n, at, e, why);
    t->family = DIST_PARETO_BOUNDED;
    t->mean_ns = d.mean;
    t->scv = d.scv;
    return true;
}

/* Measured quantiles; mean and scv follow. The first binding has checked each value alone. */
static bool quantiles_finish(struct arena *a, const struct node *n, const struct bind_at *at,
                             struct time_spec *t, struct errs *e)
{
    const struct node *map = node_get(n, "quantiles");
    struct dist_quantile *point = ARENA_ARRAY(a, struct dist_quantile, SHAPE_QUANTILES);
    double value[SHAPE_QUANTILES];
    struct dist d;
    const char *why = NULL;
    int points = 0;
    if (n->n > 1)
        return refuse(a, n, at, e, "quantiles say all of a distribution: leave the other keys out");
    bind_map(a, &shape_quantiles, map, at, value, e);
    for (int i = 0; i < SHAPE_QUANTILES; i++)
        if (value[i] >= 0.0)
            point[points++] = (struct dist_quantile){shape_levels[i], value[i]};
    if (!dist_make_quantiles(&d, point, (size_t)points, 1.0, &why))
        return refuse(a, map, &(struct bind_at){at, "quantiles", 0}, e, why);
    *t = (struct time_spec){
        .mean_ns = d.mean, .scv = d.scv, .family = DIST_QUANTILES, .quantile = point, .quantiles = points};
    return true;
}

/* 1, or the nearest value that the family can have. */
static double default_scv(enum dist_kind family)
{
    if (family >= DIST_COUNT)
        return 1;
    const struct dist_row *row = &dist_kinds[family];
    return row->scv_lo > 1 ? row->scv_lo : row->scv_hi < 1 ? row->scv_hi : 1;
}

static bool map_finish(struct arena *a, const struct node *n, const struct bind_at *at, struct time_spec *t,
                       struct errs *e)
{
    struct dist d;
    const char *why = NULL;
    if (node_get(n, "quantiles"))
        return quantiles_finish(a, n, at, t, e);
    if (t->shape > 0)
        return pareto_finish(a, n, at, t, e);
    if (t->mean_ns < 0)
        return refuse(a, n, at, e, "'mean' is missing (time such as 12 ms)");
    if ((int)t->family < 0)
        t->family = DIST_AUTO;
    if (t->scv < 0)
        t->scv = default_scv(t->family);
    if (!dist_make(&d, t->family, t->mean_ns, t->scv, &why))
        return refuse(a, n, at, e, why);
    return true;
}

bool timespec_bind(struct arena *a, const struct node *n, const struct bind_at *at, struct time_spec *t,
                   struct errs *e)
{
    *t = (struct time_spec){.scv = 1, .family = DIST_AUTO};
    if (n->kind != NODE_MAP)
        return bind_number(a, &scalar_row, n, at, &t->mean_ns, e);
    size_t before = trouble_count(e);
    *t = (struct time_spec){0};
    bind_map(a, &shape_time, n, at, t, e);
    return trouble_count(e) == before && map_finish(a, n, at, t, e);
}
