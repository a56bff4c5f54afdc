/* dist.c - the table of distributions. */
#include "model/engine/dist.h"
#include "model/base/check.h"
#include "model/base/text.h"
#include "model/engine/fixmath.h"
#include <math.h>

#define PARETO_RATIO 1000.0 /* upper / lower when a Pareto is asked for by mean and scv */
#define PARETO_SHAPE_MAX 33.0

static bool make_plain(struct dist *d)
{
    (void)d;
    return true;
}

static double draw_deterministic(const struct dist *d, struct rng *r)
{
    (void)r;
    return d->mean;
}

static double draw_exponential(const struct dist *d, struct rng *r)
{
    return d->mean * rng_exponential(r);
}

/* p: d and c of the squeeze for a shape >= 1, 1/shape or 0, scale. A shape below 1 is drawn as shape + 1
 * times U^(1/shape). Marsaglia and Tsang, "A simple method for generating gamma variables" (2000). */
static bool make_gamma(struct dist *d)
{
    const double shape = 1.0 / d->scv;
    const bool boost = shape < 1.0;
    d->p[0] = shape + (boost ? 1.0 : 0.0) - 1.0 / 3.0;
    d->p[1] = 1.0 / sqrt(9.0 * d->p[0]);
    d->p[2] = boost ? d->scv : 0.0;
    d->p[3] = d->mean * d->scv;
    return true;
}

static bool gamma_accepts(double d, double x, double v, double u)
{
    return u < 1.0 - 0.0331 * (x * x) * (x * x) ||
           fixmath_log(u) < 0.5 * x * x + d * (1.0 - v + fixmath_log(v));
}

static double draw_gamma(const struct dist *d, struct rng *r)
{
    double x, v, u;
    do {
        do {
            x = rng_normal(r);
            v = 1.0 + d->p[1] * x;
        } while (v <= 0.0);
        v = v * v * v;
        u = 1.0 - rng_uniform(r);
    } while (!gamma_accepts(d->p[0], x, v, u));
    const double boost = d->p[2] > 0.0 ? fixmath_power(1.0 - rng_uniform(r), d->p[2]) : 1.0;
    return d->p[3] * d->p[0] * v * boost;
}

/* An Erlang is the gamma whose shape is whole. */
static bool make_erlang(struct dist *d)
{
    d->scv = 1.0 / floor(1.0 / d->scv + 0.5);
    return make_gamma(d);
}

/* Balanced means: both branches carry half of the mean. p: probability of the first, mean of each.
 * Whitt, "Approximating a point process by a renewal process" (1982), eq. (3.7). */
static bool make_hyperexponential(struct dist *d)
{
    const double first = 0.5 * (1.0 + sqrt((d->scv - 1.0) / (d->scv + 1.0)));
    d->p[0] = first;
    d->p[1] = d->mean / (2.0 * first);
    d->p[2] = d->mean / (2.0 * (1.0 - first));
    return true;
}

static double draw_hyperexponential(const struct dist *d, struct rng *r)
{
    const double mean = rng_uniform(r) < d->p[0] ? d->p[1] : d->p[2];
    return mean * rng_exponential(r);
}

/* p: factor exp(-sigma^2 / 2) x mean, sigma; sigma^2 = ln(1 + scv). */
static bool make_lognormal(struct dist *d)
{
    const double variance = fixmath_log(1.0 + d->scv);
    d->p[0] = d->mean * fixmath_exp(-0.5 * variance);
    d->p[1] = sqrt(variance);
    return true;
}

static double draw_lognormal(const struct dist *d, struct rng *r)
{
    return d->p[0] * fixmath_exp(d->p[1] * rng_normal(r));
}

/* p: lower end, width; the variance is width^2 / 12. */
static bool make_uniform(struct dist *d)
{
    const double half = d->mean * sqrt(3.0 * d->scv);
    d->p[0] = half > d->mean ? 0.0 : d->mean - half;
    d->p[1] = 2.0 * half;
    return true;
}

static double draw_uniform(const struct dist *d, struct rng *r)
{
    return d->p[0] + d->p[1] * rng_uniform(r);
}

/* (e^z - 1) / z, by its series where the difference would lose digits. */
static double growth(double z)
{
    if (fabs(z) < 1e-4)
        return 1.0 + z * (0.5 + z * (1.0 / 6.0 + z / 24.0));
    return (fixmath_exp(z) - 1.0) / z;
}

/* E X^k of a Pareto between 1 and `ratio`: a ln h growth((k - a) ln h) / (1 - h^-a).
 * Check: shape 1, ratio 1000: mean 6.9146699. */
static double pareto_moment(int k, double shape, double ratio)
{
    const double ln = fixmath_log(ratio);
    return growth((k - shape) * ln) / growth(-shape * ln);
}

static double pareto_scv(double shape, double ratio)
{
    const double first = pareto_moment(1, shape, ratio);
    return pareto_moment(2, shape, ratio) / (first * first) - 1.0;
}

/* p: lower end, 1 - (lower / upper)^shape, -1 / shape. */
static void pareto_fill(struct dist *d, double shape, double lower, double ratio)
{
    d->p[0] = lower;
    d->p[1] = 1.0 - fixmath_power(ratio, -shape);
    d->p[2] = -1.0 / shape;
}

/* For a given ratio of the bounds the scv is largest at shape 1 (19.915 for 1000) and falls from there on. */
static bool make_pareto(struct dist *d)
{
    double low = 1.0, high = PARETO_SHAPE_MAX;
    for (int i = 0; i < 100; i++) {
        const double middle = 0.5 * (low + high);
        if (pareto_scv(middle, PARETO_RATIO) > d->scv)
            low = middle;
        else
            high = middle;
    }
    pareto_fill(d, low, d->mean / pareto_moment(1, low, PARETO_RATIO), PARETO_RATIO);
    return true;
}

static double draw_pareto(const struct dist *d, struct rng *r)
{
    return d->p[0] * fixmath_power(1.0 - d->p[1] * rng_uniform(r), d->p[2]);
}

static bool make_nothing(struct dist *d)
{
    (void)d;
    return false;
}

/* Between the middles of the steps the inverse is linear, before the first and after the last it is flat: the
 * mean of what is drawn is then exactly the mean of the sample (Hazen's plotting positions). */
static double draw_empirical(const struct dist *d, struct rng *r)
{
    const double at = rng_uniform(r) * (double)d->n_sample - 0.5;
    if (at <= 0.0)
        return d->sample[0];
    const size_t i = (size_t)at;
    if (i + 1 >= d->n_sample)
        return d->sample[d->n_sample - 1];
    return d->sample[i] + (at - (double)i) * (d->sample[i + 1] - d->sample[i]);
}

/* p: the scale. The points are few and most draws fall between the first ones of the list. */
static double draw_quantiles(const struct dist *d, struct rng *r)
{
    const struct dist_quantile *to = d->quantile + 1;
    const double level = rng_uniform(r);
    while (level >= to->level)
        to++; /* ends: the last level is 1 and the draw less */
    const double into = (level - to[-1].level) / (to->level - to[-1].level);
    return d->p[0] * (to[-1].value + into * (to->value - to[-1].value));
}

const struct dist_row dist_kinds[DIST_COUNT] = {
    [DIST_DETERMINISTIC] = {"deterministic", "always the mean", "by definition", 0.0, 0.0,
                            "deterministic needs scv 0", make_plain, draw_deterministic},
    [DIST_EXPONENTIAL] = {"exponential", "no memory", "Marsaglia and Tsang (2000), ziggurat", 1.0, 1.0,
                          "exponential needs scv 1", make_plain, draw_exponential},
    [DIST_ERLANG] = {"erlang", "sum of k exponentials, k the whole number nearest to 1/scv",
                     "Marsaglia and Tsang (2000), gamma", 0.001, 1.0, "erlang needs scv 0.001 to 1",
                     make_erlang, draw_gamma},
    [DIST_HYPEREXPONENTIAL] = {"hyperexponential", "one of two exponentials, each with half of the mean",
                               "Whitt (1982)", 1.0, 1000.0, "hyperexponential needs scv 1 to 1000",
                               make_hyperexponential, draw_hyperexponential},
    [DIST_LOGNORMAL] = {"lognormal", "exponential of a normal number", "by definition", 1e-6, 1000.0,
                        "lognormal needs scv 1e-6 to 1000", make_lognormal, draw_lognormal},
    [DIST_GAMMA] = {"gamma", "any scv with one hump or none", "Marsaglia and Tsang (2000), gamma", 0.001,
                    1000.0, "gamma needs scv 0.001 to 1000", make_gamma, draw_gamma},
    [DIST_UNIFORM] = {"uniform", "equally likely between two ends around the mean", "by definition", 0.0,
                      1.0 / 3.0, "uniform needs scv 0 to 1/3", make_uniform, draw_uniform},
    [DIST_PARETO_BOUNDED] = {"pareto-bounded", "heavy tail that ends at 1000 times its beginning",
                             "inverse of the distribution function", 0.001, 19.9,
                             "pareto-bounded needs scv 0.001 to 19.9, or shape > 0 and 0 < lower < upper",
                             make_pareto, draw_pareto},
    [DIST_EMPIRICAL] = {"empirical", "as a measured sample", "Hazen (1914), plotting positions", 0.0, 1000.0,
                        "empirical needs a sorted sample of finite values >= 0", make_nothing,
                        draw_empirical},
    [DIST_QUANTILES] = {"quantiles", "straight lines between measured quantiles",
                        "inverse of the distribution function", 0.0, 1000.0,
                        "quantiles need p0, p100 and values >= 0 that rise with the level", make_nothing,
                        draw_quantiles},
};

static enum dist_kind kind_of_scv(double scv)
{
    if (scv == 0.0)
        return DIST_DETERMINISTIC;
    if (scv == 1.0)
        return DIST_EXPONENTIAL;
    return scv < 1.0 ? DIST_GAMMA : DIST_HYPEREXPONENTIAL;
}

static bool refuse(const char **why, const char *text)
{
    if (why)
        *why = text;
    return false;
}

bool dist_make(struct dist *d, enum dist_kind kind, double mean, double scv, const char **why)
{
    CHECK(kind <= DIST_COUNT);
    if (!(mean >= 0.0 && mean < HUGE_VAL))
        return refuse(why, "the mean must be a finite number >= 0");
    const struct dist_row *row = &dist_kinds[kind == DIST_AUTO ? kind_of_scv(scv) : kind];
    if (!(scv >= row->scv_lo && scv <= row->scv_hi))
        return refuse(why, row->limits);
    *d = (struct dist){.kind = (enum dist_kind)(row - dist_kinds), .mean = mean, .scv = scv};
    return row->make(d) || refuse(why, row->limits);
}

bool dist_make_pareto(struct dist *d, double shape, double lower, double upper, const char **why)
{
    if (!(shape > 0.0 && shape < HUGE_VAL && lower > 0.0 && upper > lower && upper < HUGE_VAL))
        return refuse(why, dist_kinds[DIST_PARETO_BOUNDED].limits);
    const double ratio = upper / lower;
    *d = (struct dist){.kind = DIST_PARETO_BOUNDED,
                       .mean = lower * pareto_moment(1, shape, ratio),
                       .scv = pareto_scv(shape, ratio)};
    pareto_fill(d, shape, lower, ratio);
    return true;
}

static bool sample_is_sorted(const double *sorted, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!(sorted[i] >= (i ? sorted[i - 1] : 0.0) && sorted[i] < HUGE_VAL))
            return false;
    return n > 0;
}

bool dist_make_empirical(struct dist *d, const double *sorted, size_t n, const char **why)
{
    if (!sample_is_sorted(sorted, n))
        return refuse(why, dist_kinds[DIST_EMPIRICAL].limits);
    double sum = 0.5 * (sorted[0] + sorted[n - 1]);
    for (size_t i = 0; i + 1 < n; i++)
        sum += 0.5 * (sorted[i] + sorted[i + 1]);
    const double mean = sum / (double)n;
    /* Central moments, so that a large mean does not swallow the variance; (a^2 + ab + b^2) / 3 is the mean
     * square of a straight piece from a to b. */
    const double first = sorted[0] - mean, last = sorted[n - 1] - mean;
    double squares = 0.5 * (first * first + last * last);
    for (size_t i = 0; i + 1 < n; i++) {
        const double a = sorted[i] - mean, b = sorted[i + 1] - mean;
        squares += (a * a + a * b + b * b) / 3.0;
    }
    *d = (struct dist){.kind = DIST_EMPIRICAL, .mean = mean, .sample = sorted, .n_sample = n};
    d->scv = mean > 0.0 ? squares / (double)n / (mean * mean) : 0.0;
    return true;
}

static bool quantiles_rise(const struct dist_quantile *point, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (!(point[i].level > point[i - 1].level && point[i].value >= point[i - 1].value))
            return false;
    return n >= 2 && point[0].level == 0.0 && point[n - 1].level == 1.0 && point[0].value >= 0.0 &&
           point[n - 1].value < HUGE_VAL;
}

bool dist_make_quantiles(struct dist *d, const struct dist_quantile *point, size_t n, double scale,
                         const char **why)
{
    if (!quantiles_rise(point, n) || !(scale > 0.0 && scale < HUGE_VAL))
        return refuse(why, dist_kinds[DIST_QUANTILES].limits);
    double mean = 0.0, squares = 0.0;
    for (size_t i = 1; i < n; i++)
        mean += 0.5 * (point[i].level - point[i - 1].level) * (point[i].value + point[i - 1].value);
    /* As for a sample: the mean square of a straight piece from a to b is (a^2 + ab + b^2) / 3. */
    for (size_t i = 1; i < n; i++) {
        const double a = point[i - 1].value - mean, b = point[i].value - mean;
        squares += (point[i].level - point[i - 1].level) * (a * a + a * b + b * b) / 3.0;
    }
    *d = (struct dist){.kind = DIST_QUANTILES, .mean = scale * mean, .quantile = point, .n_sample = n};
    d->scv = mean > 0.0 ? squares / (mean * mean) : 0.0;
    d->p[0] = scale;
    return true;
}

enum dist_kind dist_find(const char *name)
{
    for (int i = 0; i < DIST_COUNT; i++)
        if (text_same(name, dist_kinds[i].name))
            return (enum dist_kind)i;
    return DIST_COUNT;
}
