#include "model/engine/dist.h"
#include "tests/support/support.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#define DRAWS 1000000
#define BINS 100

struct dist_case {
    enum dist_kind kind;
    double mean, scv;
    double scv_made; /* what dist_make makes of it */
    double (*cdf)(const struct dist *d, double x);
};

static double exponential_cdf(const struct dist *d, double x)
{
    return gsl_cdf_exponential_P(x, d->mean);
}
static double gamma_cdf(const struct dist *d, double x)
{
    return gsl_cdf_gamma_P(x, 1.0 / d->scv, d->mean * d->scv);
}
static double hyperexponential_cdf(const struct dist *d, double x)
{
    const double p = 0.5 + 0.5 * sqrt((d->scv - 1.0) / (d->scv + 1.0));
    return p * gsl_cdf_exponential_P(x, d->mean / (2.0 * p)) +
           (1.0 - p) * gsl_cdf_exponential_P(x, d->mean / (2.0 * (1.0 - p)));
}
static double lognormal_cdf(const struct dist *d, double x)
{
    const double variance = log(1.0 + d->scv);
    return gsl_cdf_lognormal_P(x, log(d->mean) - 0.5 * variance, sqrt(variance));
}
static double uniform_cdf(const struct dist *d, double x)
{
    const double half = d->mean * sqrt(3.0 * d->scv);
    return gsl_cdf_flat_P(x, d->mean - half, d->mean + half);
}

static const struct dist_case cases[] = {
    {DIST_EXPONENTIAL, 2.385, 1.0, 1.0, exponential_cdf},
    {DIST_ERLANG, 17.3, 0.26, 0.25, gamma_cdf},
    {DIST_ERLANG, 17.3, 0.9, 1.0, gamma_cdf},
    {DIST_ERLANG, 0.173, 0.011, 1.0 / 91.0, gamma_cdf},
    {DIST_HYPEREXPONENTIAL, 9.81, 3.7, 3.7, hyperexponential_cdf},
    {DIST_HYPEREXPONENTIAL, 9.81, 1.0, 1.0, hyperexponential_cdf},
    {DIST_LOGNORMAL, 1.4e6, 0.37, 0.37, lognormal_cdf},
    {DIST_LOGNORMAL, 1.4e6, 2.1, 2.1, lognormal_cdf},
    {DIST_GAMMA, 713.0, 0.062, 0.062, gamma_cdf},
    {DIST_GAMMA, 713.0, 0.71, 0.71, gamma_cdf},
    {DIST_GAMMA, 713.0, 4.3, 4.3, gamma_cdf},
    {DIST_UNIFORM, 55.5, 0.29, 0.29, uniform_cdf},
    {DIST_UNIFORM, 55.5, 1.0 / 3.0, 1.0 / 3.0, uniform_cdf},
    {DIST_AUTO, 3.3, 1.0, 1.0, exponential_cdf},
    {DIST_AUTO, 3.3, 0.4, 0.4, gamma_cdf},
    {DIST_AUTO, 3.3, 2.5, 2.5, hyperexponential_cdf},
};

struct sample {
    double mean, scv;       /* seen */
    double mean_se, scv_se; /* standard errors: of the mean from theory, of the scv from the sample */
    double chi2;            /* of the bins */
};

/* Draws from d and compares with what `truth` says. */
static struct sample draw_sample(const struct dist *d, const struct dist *truth,
                                 double (*cdf)(const struct dist *, double), uint64_t seed)
{
    struct rng r;
    double sum = 0.0, squares = 0.0, fourths = 0.0, count[BINS] = {0}, chi2 = 0.0;
    rng_seed(&r, seed, 0, 0, 0);
    for (int i = 0; i < DRAWS; i++) {
        const double x = dist_draw(d, &r), y = x / d->mean - 1.0, p = cdf(truth, x);
        assert_true(x >= 0.0);
        sum += y;
        squares += y * y;
        fourths += y * y * y * y;
        count[p >= 1.0 ? BINS - 1 : (int)(p * BINS)] += 1.0;
    }
    for (int i = 0; i < BINS; i++) {
        const double off = count[i] - (double)DRAWS / BINS;
        chi2 += off * off / ((double)DRAWS / BINS);
    }
    const double variance = squares / DRAWS;
    return (struct sample){.mean = (1.0 + sum / DRAWS) * d->mean,
                           .scv = variance,
                           .mean_se = d->mean * sqrt(d->scv / DRAWS),
                           .scv_se = sqrt((fourths / DRAWS - variance * variance) / DRAWS),
                           .chi2 = chi2};
}

static bool sample_fits(const struct dist *d, const struct sample *s)
{
    return fabs(s->mean - d->mean) <= 4.0 * s->mean_se && fabs(s->scv - d->scv) <= 4.0 * s->scv_se &&
           gsl_cdf_chisq_Q(s->chi2, BINS - 1) > 1e-6;
}

static void test_dist_mean_scv_and_bins(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dist d;
        const char *why = NULL;
        assert_true(dist_make(&d, cases[i].kind, cases[i].mean, cases[i].scv, &why));
        assert_null(why);
        assert_close(d.mean, cases[i].mean, 1e-15);
        assert_close(d.scv, cases[i].scv_made, 1e-12);
        const struct sample s = draw_sample(&d, &d, cases[i].cdf, 100 + i);
        if (!sample_fits(&d, &s))
            fail_msg("case %d: mean %g for %g, scv %g for %g, chi2 %g", (int)i, s.mean, d.mean, s.scv, d.scv,
                     s.chi2);
    }
}

/* The same judgement refuses a distribution whose mean or scv is 5 % off. */
static void test_dist_judgement_sees_5_percent(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dist d;
        assert_true(dist_make(&d, cases[i].kind, cases[i].mean, cases[i].scv, NULL));
        struct dist off = d;
        off.mean *= 1.05;
        struct sample s = draw_sample(&d, &off, cases[i].cdf, 200 + i);
        assert_false(sample_fits(&off, &s));
        if (cases[i].cdf == exponential_cdf)
            continue; /* has no other scv */
        off = d;
        off.scv *= 1.05;
        s = draw_sample(&d, &off, cases[i].cdf, 200 + i);
        assert_false(sample_fits(&off, &s));
    }
}

static void test_dist_deterministic(void **state)
{
    (void)state;
    struct dist d;
    struct rng r = {{1, 2, 3, 4}};
    const struct rng before = r;
    assert_true(dist_make(&d, DIST_DETERMINISTIC, 12.75, 0.0, NULL));
    assert_true(dist_draw(&d, &r) == 12.75);
    assert_true(dist_kinds[DIST_DETERMINISTIC].draw(&d, &r) == 12.75);
    assert_memory_equal(&r, &before, sizeof r); /* takes no number from the stream */
    assert_true(dist_make(&d, DIST_AUTO, 12.75, 0.0, NULL));
    assert_int_equal(d.kind, DIST_DETERMINISTIC);
    assert_true(dist_make(&d, DIST_UNIFORM, 12.75, 0.0, NULL));
    assert_true(dist_draw(&d, &r) == 12.75);
}

static void test_dist_mean_zero_draws_zero(void **state)
{
    (void)state;
    struct rng r = {{1, 2, 3, 4}};
    for (int k = 0; k < DIST_COUNT; k++) {
        struct dist d;
        if (k == DIST_EMPIRICAL || k == DIST_QUANTILES)
            continue;
        const double scv = k == DIST_EXPONENTIAL ? 1.0 : dist_kinds[k].scv_hi;
        assert_true(dist_make(&d, (enum dist_kind)k, 0.0, scv, NULL));
        for (int i = 0; i < 100; i++)
            assert_true(dist_draw(&d, &r) == 0.0);
    }
}

/* Closed forms for the bounded Pareto, written down independently of the code. */
static double pareto_cdf(const struct dist *d, double x)
{
    const double shape = -1.0 / d->p[2], lower = d->p[0];
    return (1.0 - pow(lower / x, shape)) / d->p[1];
}
static double pareto_moment(int k, double a, double l, double h)
{
    const double c = a * pow(l, a) / (1.0 - pow(l / h, a));
    return a == k ? c * log(h / l) : c * (pow(h, k - a) - pow(l, k - a)) / (k - a);
}

static void test_dist_pareto_by_shape(void **state)
{
    (void)state;
    static const double shapes[] = {0.45, 1.0, 1.37, 2.0, 2.0 + 1e-7, 6.1};
    for (int i = 0; i < 6; i++) {
        struct dist d;
        assert_true(dist_make_pareto(&d, shapes[i], 3.25, 711.0, NULL));
        const double m1 = pareto_moment(1, shapes[i], 3.25, 711.0),
                     m2 = pareto_moment(2, shapes[i], 3.25, 711.0);
        assert_close(d.mean, m1, 1e-8);
        assert_close(d.scv, m2 / (m1 * m1) - 1.0, 1e-6);
        const struct sample s = draw_sample(&d, &d, pareto_cdf, 300 + (uint64_t)i);
        assert_true(sample_fits(&d, &s));
    }
}

static void test_dist_pareto_by_mean_and_scv(void **state)
{
    (void)state;
    static const double scvs[] = {0.001, 0.3, 1.0, 5.5, 19.9};
    for (int i = 0; i < 5; i++) {
        struct dist d;
        assert_true(dist_make(&d, DIST_PARETO_BOUNDED, 88.8, scvs[i], NULL));
        const double a = -1.0 / d.p[2], l = d.p[0];
        const double m1 = pareto_moment(1, a, l, 1000.0 * l), m2 = pareto_moment(2, a, l, 1000.0 * l);
        assert_close(m1, 88.8, 1e-9);
        assert_close(m2 / (m1 * m1) - 1.0, scvs[i], 1e-6);
        const struct sample s = draw_sample(&d, &d, pareto_cdf, 400 + (uint64_t)i);
        assert_true(sample_fits(&d, &s));
    }
}

/* Hazen: u n - 1/2 is a place in the sample. The bins are those of the exact distribution function. */
static double empirical_cdf(const struct dist *d, double x)
{
    const double n = (double)d->n_sample;
    for (size_t i = 0; i + 1 < d->n_sample; i++)
        if (x < d->sample[i + 1])
            return ((double)i + 0.5 + (x - d->sample[i]) / (d->sample[i + 1] - d->sample[i])) / n;
    return (n - 0.5) / n;
}

static void test_dist_empirical(void **state)
{
    (void)state;
    static const double sample[] = {1.25, 2.5, 2.75, 3.0, 7.0, 7.5, 11.0, 12.5, 40.0, 41.5};
    struct dist d;
    struct rng r;
    rng_seed(&r, 55, 0, 0, 0);
    assert_true(dist_make_empirical(&d, sample, 10, NULL));
    assert_close(d.mean, 12.9, 1e-14); /* the sample's own */
    double sum = 0.0, squares = 0.0, below[9] = {0}, ends[2] = {0};
    const int n = DRAWS;
    for (int i = 0; i < n; i++) {
        const double x = dist_draw(&d, &r), p = empirical_cdf(&d, x);
        assert_true(x >= 1.25 && x <= 41.5);
        ends[0] += x == 1.25;
        ends[1] += x == 41.5;
        for (int b = 0; b < 9; b++)
            below[b] += p < (b + 1) / 10.0;
        sum += x;
        squares += (x - 12.9) * (x - 12.9);
    }
    assert_true(fabs(sum / n - 12.9) < 4.0 * 12.9 * sqrt(d.scv / n));
    assert_true(fabs(squares / n / (12.9 * 12.9) - d.scv) < 0.01 * d.scv);
    for (int b = 0; b < 9; b++)
        assert_true(fabs(below[b] - n * (b + 1) / 10.0) < 4.0 * sqrt(0.25 * n));
    for (int e = 0; e < 2; e++)
        assert_true(fabs(ends[e] - 0.05 * n) < 4.0 * sqrt(0.05 * n));
}

static void test_dist_empirical_of_one_and_of_equals(void **state)
{
    (void)state;
    static const double equal[] = {6.5, 6.5, 6.5};
    struct dist d;
    struct rng r = {{1, 2, 3, 4}};
    for (size_t n = 1; n <= 3; n++) {
        assert_true(dist_make_empirical(&d, equal, n, NULL));
        assert_true(d.mean == 6.5 && d.scv == 0.0);
        for (int i = 0; i < 100; i++)
            assert_true(dist_draw(&d, &r) == 6.5);
    }
    static const double zero = 0.0;
    assert_true(dist_make_empirical(&d, &zero, 1, NULL));
    assert_true(d.mean == 0.0 && d.scv == 0.0);
}

static void assert_refused(enum dist_kind kind, double mean, double scv, const char *part)
{
    struct dist d;
    const char *why = NULL;
    assert_false(dist_make(&d, kind, mean, scv, &why));
    assert_non_null(why);
    assert_non_null(strstr(why, part));
    assert_false(dist_make(&d, kind, mean, scv, NULL));
}

static void test_dist_refusals_say_why(void **state)
{
    (void)state;
    const double nan = (double)NAN;
    assert_refused(DIST_DETERMINISTIC, 1.0, 0.1, "scv 0");
    assert_refused(DIST_EXPONENTIAL, 1.0, 0.99, "scv 1");
    assert_refused(DIST_ERLANG, 1.0, 1.01, "0.001 to 1");
    assert_refused(DIST_ERLANG, 1.0, 0.0009, "0.001 to 1");
    assert_refused(DIST_HYPEREXPONENTIAL, 1.0, 0.99, "1 to 1000");
    assert_refused(DIST_HYPEREXPONENTIAL, 1.0, 1001.0, "1 to 1000");
    assert_refused(DIST_LOGNORMAL, 1.0, 0.0, "1e-6 to 1000");
    assert_refused(DIST_GAMMA, 1.0, 0.0, "0.001 to 1000");
    assert_refused(DIST_UNIFORM, 1.0, 0.34, "1/3");
    assert_refused(DIST_PARETO_BOUNDED, 1.0, 20.0, "19.9");
    assert_refused(DIST_EMPIRICAL, 1.0, 1.0, "sample");
    assert_refused(DIST_AUTO, 1.0, -0.5, "gamma");
    assert_refused(DIST_AUTO, 1.0, 1e4, "hyperexponential");
    assert_refused(DIST_AUTO, 1.0, nan, "hyperexponential");
    assert_refused(DIST_EXPONENTIAL, -1.0, 1.0, "mean");
    assert_refused(DIST_EXPONENTIAL, nan, 1.0, "mean");
    assert_refused(DIST_EXPONENTIAL, HUGE_VAL, 1.0, "mean");
}

static void test_dist_pareto_and_empirical_refusals(void **state)
{
    (void)state;
    static const double bad[][3] = {{0.0, 1.0, 2.0},  {1.5, 0.0, 2.0},      {1.5, 2.0, 2.0},
                                    {-1.0, 1.0, 2.0}, {1.5, 1.0, HUGE_VAL}, {HUGE_VAL, 1.0, 2.0}};
    struct dist d;
    const char *why = NULL;
    for (int i = 0; i < 6; i++)
        assert_false(dist_make_pareto(&d, bad[i][0], bad[i][1], bad[i][2], &why));
    assert_non_null(strstr(why, "lower < upper"));
    static const double falling[] = {1.0, 3.0, 2.0}, negative[] = {-1.0, 2.0}, endless[] = {1.0, HUGE_VAL};
    const double hole[] = {1.0, (double)NAN, 2.0};
    assert_false(dist_make_empirical(&d, falling, 3, &why));
    assert_non_null(strstr(why, "sorted"));
    assert_false(dist_make_empirical(&d, negative, 2, &why));
    assert_false(dist_make_empirical(&d, endless, 2, &why));
    assert_false(dist_make_empirical(&d, hole, 3, &why));
    assert_false(dist_make_empirical(&d, falling, 0, &why));
}

static void test_dist_table_and_names(void **state)
{
    (void)state;
    for (int i = 0; i < DIST_COUNT; i++) {
        const struct dist_row *row = &dist_kinds[i];
        assert_true(row->name && row->doc && row->source && row->limits && row->make && row->draw);
        assert_true(row->scv_lo <= row->scv_hi);
        assert_int_equal(dist_find(row->name), i);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(row->name, dist_kinds[j].name);
    }
    assert_int_equal(dist_find("Exponential"), DIST_EXPONENTIAL);
    assert_int_equal(dist_find("cauchy"), DIST_COUNT);
}

/* Ends of the ranges: finite draws with the right mean. */
static void test_dist_extremes_of_scv(void **state)
{
    (void)state;
    for (int k = 0; k < DIST_COUNT; k++)
        for (int end = 0; end < 2; end++) {
            struct dist d;
            struct rng r;
            rng_seed(&r, 77, 0, (uint64_t)k, (uint64_t)end);
            if (!dist_make(&d, (enum dist_kind)k, 1.0, end ? dist_kinds[k].scv_hi : dist_kinds[k].scv_lo,
                           NULL))
                continue;
            double sum = 0.0;
            for (int i = 0; i < DRAWS; i++) {
                const double x = dist_draw(&d, &r);
                assert_true(x >= 0.0 && x < HUGE_VAL);
                sum += x;
            }
            assert_true(fabs(sum / DRAWS - 1.0) <= 4.0 * sqrt(d.scv / DRAWS) + 1e-12);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dist_mean_scv_and_bins),
        cmocka_unit_test(test_dist_judgement_sees_5_percent),
        cmocka_unit_test(test_dist_deterministic),
        cmocka_unit_test(test_dist_mean_zero_draws_zero),
        cmocka_unit_test(test_dist_pareto_by_shape),
        cmocka_unit_test(test_dist_pareto_by_mean_and_scv),
        cmocka_unit_test(test_dist_empirical),
        cmocka_unit_test(test_dist_empirical_of_one_and_of_equals),
        cmocka_unit_test(test_dist_refusals_say_why),
        cmocka_unit_test(test_dist_pareto_and_empirical_refusals),
        cmocka_unit_test(test_dist_table_and_names),
        cmocka_unit_test(test_dist_extremes_of_scv),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
