/* hostsim.c - runs a model written as YAML text and looks up what came out. */
#include "tests/support/hostsim.h"
#include "model/engine/tally.h"
#include "scenarios/load.h"
#include "tests/support/support.h"
#include <string.h>

struct model *hostsim_model(struct arena *a, const char *yaml)
{
    struct errs *e = errs_new(a);
    const struct node *root = yamltree_parse(a, "test.yaml", yaml, strlen(yaml), e);
    struct model *m = root ? model_load(a, root, e) : NULL;
    for (size_t i = 0; i < errs_count(e); i++)
        print_error("%s\n", errs_format(a, errs_get(e, i)));
    assert_non_null(m);
    return m;
}

struct model *hostsim_modelf(struct arena *a, const char *yaml, ...)
{
    va_list args;
    va_start(args, yaml);
    const char *text = arena_vprintf(a, yaml, args);
    va_end(args);
    return hostsim_model(a, text);
}

static struct study_options options(double precision)
{
    struct study_options o = study_defaults();
    o.precision = precision;
    o.prove_bottleneck = false;
    return o;
}

struct result *hostsim_run(struct arena *a, const struct model *m, double precision)
{
    const struct study_options o = options(precision);
    const struct study_case c = {.name = "baseline", .model = m};
    struct result *r = ARENA_NEW(a, struct result);
    study_run(a, &o, &c, 1, r);
    return r;
}

struct result *hostsim_pair(struct arena *a, const struct model *base, const struct model *other,
                            double precision)
{
    const struct study_options o = options(precision);
    const struct study_case c[] = {{.name = "baseline", .model = base}, {.name = "set", .model = other}};
    struct result *r = ARENA_NEW(a, struct result);
    study_run(a, &o, c, 2, r);
    return r;
}

static const struct metric *find(const struct scenario_result *s, const char *metric)
{
    const struct metric *m = result_metric(s, metric);
    if (!m)
        print_error("no metric %s\n", metric);
    assert_non_null(m);
    return m;
}

double hostsim_mean(const struct scenario_result *s, const char *metric)
{
    return find(s, metric)->mean;
}

double hostsim_error(const struct scenario_result *s, const char *metric)
{
    const struct metric *m = find(s, metric);
    return m->half_width / student_quantile(0.975, m->n - 1);
}

double hostsim_delta(const struct result *r, const char *metric, double *half_width, enum verdict *verdict)
{
    for (int i = 0; i < r->comparisons; i++) {
        const struct comparison_row *c = &r->comparison[i];
        if (strcmp(c->metric, metric) != 0)
            continue;
        if (half_width)
            *half_width = c->half_width;
        if (verdict)
            *verdict = c->verdict;
        return c->delta;
    }
    fail_msg("no comparison of %s", metric);
    return 0.0;
}

struct breakdown_row hostsim_row(const struct scenario_result *s, const char *workload, const char *resource)
{
    for (int i = 0; i < s->workloads; i++)
        for (int k = 0; k < s->workload[i].rows && strcmp(s->workload[i].name, workload) == 0; k++)
            if (strcmp(s->workload[i].breakdown[k].resource, resource) == 0)
                return s->workload[i].breakdown[k];
    return (struct breakdown_row){.resource = resource};
}
