/* compare.c - scenarios against the baseline, on the same random numbers. */
#include "model/host/compare.h"
#include "model/host/paired.h"
#include <math.h>
#include <string.h>

static bool ends_with(const char *s, const char *end)
{
    const size_t n = strlen(s), k = strlen(end);
    return n >= k && strcmp(s + n - k, end) == 0;
}

/* Only what users wait for is judged: for throughput up is better, for times down. */
static enum verdict judge(const char *metric, double delta, double half_width)
{
    if (strncmp(metric, "workload.", 9) != 0)
        return VERDICT_NONE;
    if (!(fabs(delta) > half_width))
        return VERDICT_SAME;
    const bool up_is_better = ends_with(metric, ".throughput_per_s");
    return (delta > 0.0) == up_is_better ? VERDICT_BETTER : VERDICT_WORSE;
}

static void compare_metric(struct comparison_row *row, const struct scenario_result *base, int b,
                           const struct scenario_result *other, int k, double level)
{
    const int n = base->replications < other->replications ? base->replications : other->replications;
    const struct paired p = paired_values(base->replicate_mean + b * base->replications,
                                          other->replicate_mean + k * other->replications, 1, n, level);
    const char *metric = base->metric[b].name;
    *row = (struct comparison_row){.scenario = other->name,
                                   .metric = metric,
                                   .base = base->metric[b].mean,
                                   .value = other->metric[k].mean,
                                   .delta = other->metric[k].mean - base->metric[b].mean,
                                   .half_width = p.half_width,
                                   .verdict = judge(metric, p.delta, p.half_width)};
}

void compare_scenarios(struct arena *a, const struct study_options *o, struct result *out)
{
    const struct scenario_result *base = &out->scenario[0];
    out->comparison = ARENA_ARRAY(a, struct comparison_row, (size_t)(base->metrics * (out->scenarios - 1)));
    for (int s = 1; s < out->scenarios; s++) {
        const struct scenario_result *other = &out->scenario[s];
        for (int b = 0; b < base->metrics; b++) {
            const int k = paired_index(other, base->metric[b].name, b);
            if (k >= 0)
                compare_metric(&out->comparison[out->comparisons++], base, b, other, k, o->level);
        }
    }
}
