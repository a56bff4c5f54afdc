/* dist.h - distributions of demands and gaps: a table of kinds.
 *
 * Does      draws from a distribution given by mean and squared coefficient of variation (scv) or by
 *           its own parameters
 * Units     whatever the mean is in (the host uses ns)
 * Shape     mean >= 0; scv 0 .. 1000 where the kind can take it (see dist_kinds)
 * Owns      nothing; an empirical distribution keeps a pointer to the caller's sorted sample, one by quantiles to the points
 * Errors    dist_make returns false with a reason for what a kind cannot do
 */
#ifndef HVPLAN_ENGINE_DIST_H
#define HVPLAN_ENGINE_DIST_H

#include "model/engine/rng.h"
#include <stdbool.h>
#include <stddef.h>

enum dist_kind {
    DIST_DETERMINISTIC,
    DIST_EXPONENTIAL,
    DIST_ERLANG,           /* scv = 1/k: the nearest whole k */
    DIST_HYPEREXPONENTIAL, /* scv > 1, balanced means */
    DIST_LOGNORMAL,
    DIST_GAMMA,
    DIST_UNIFORM,        /* scv <= 1/3 */
    DIST_PARETO_BOUNDED, /* shape and bounds; or mean and scv with upper = 1000 x lower */
    DIST_EMPIRICAL, /* a sorted sample, inverse of the step function, linear between; keeps the sample's mean
                     */
    DIST_QUANTILES, /* straight lines between quantiles that somebody measured */
    DIST_COUNT,
    DIST_AUTO = DIST_COUNT /* by scv: 0 deterministic, < 1 gamma, 1 exponential, > 1 hyperexponential */
};

/* The share `level` of all values is at most `value`. */
struct dist_quantile {
    double level, value;
};

struct dist {
    enum dist_kind kind;
    double mean, scv; /* of what is drawn, e.g. scv 1/k of the Erlang that was chosen */
    double p[4];      /* of the kind; filled by dist_make */
    const double *sample;
    const struct dist_quantile *quantile;
    size_t n_sample; /* of either */
};

struct dist_row {
    const char *name; /* YAML: dist: NAME */
    const char *doc, *source;
    double scv_lo, scv_hi; /* what scv it can take */
    const char *limits;    /* the same for people: the *why of dist_make */
    bool (*make)(struct dist *d);
    double (*draw)(const struct dist *d, struct rng *r);
};
extern const struct dist_row dist_kinds[DIST_COUNT];

/* Fills *d. false if the kind cannot have that scv; *why then points to static text. */
bool dist_make(struct dist *d, enum dist_kind kind, double mean, double scv, const char **why);
bool dist_make_pareto(struct dist *d, double shape, double lower, double upper, const char **why);
/* `sorted` ascending, n >= 1, kept. */
bool dist_make_empirical(struct dist *d, const double *sorted, size_t n, const char **why);
/* Values between two quantiles are equally likely. `point`: levels from 0 to 1 that rise, values >= 0 that do not fall,
 * n >= 2, kept; what is drawn is `scale` > 0 times the values. Mean and scv are exact. */
bool dist_make_quantiles(struct dist *d, const struct dist_quantile *point, size_t n, double scale,
                         const char **why);
/* DIST_COUNT if there is no such name. */
enum dist_kind dist_find(const char *name);

static inline double dist_draw(const struct dist *d, struct rng *r)
{
    if (d->kind == DIST_EXPONENTIAL)
        return d->mean * rng_exponential(r);
    if (d->kind == DIST_DETERMINISTIC)
        return d->mean;
    return dist_kinds[d->kind].draw(d, r);
}

#endif
