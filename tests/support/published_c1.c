/* published_c1.c - a processor-bound benchmark on four processors: physical, in one VM of four or two vCPUs, in four VMs at once.
 *
 * Source    M. Friedman, ThreadContentionGenerator (computerperformancebydesign.com). The model is the example
 *           05-thread-contention, whose three free quantities (tasks, sleep, memory_intensity) are fitted to the three times;
 *           the four VMs at once, with equal priority, weights or reserves, are predictions that nothing was fitted to.
 */
#include "tests/support/published.h"
#include "tests/support/support.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define TASKS 13680.0
#define GUESTS 4
#define PRECISION 0.02

static const char *example(struct arena *a)
{
    FILE *f = fopen(HVPLAN_SOURCE_DIR "/examples/05-thread-contention/model.yaml", "rb");
    assert_non_null(f);
    char *text = arena_alloc(a, 65536, 1);
    const size_t n = fread(text, 1, 65535, f);
    (void)fclose(f);
    text[n] = '\0';
    return text;
}

/* The first two of the four VMs at once. */
static struct model *favour(struct arena *a, double weight, double reserve)
{
    struct model *m = hostsim_model(a, example(a));
    for (int i = 0; i < m->vms; i++) {
        if (strcmp(m->vm[i].name, "full1") != 0 && strcmp(m->vm[i].name, "full2") != 0)
            continue;
        m->vm[i].weight = weight;
        m->vm[i].reserve = reserve;
    }
    return m;
}

/* All VMs start together and do the same number of tasks each. */
static double minutes(struct arena *a, const struct scenario_result *s, const char *workload)
{
    return TASKS / hostsim_mean(s, arena_printf(a, "workload.%s.throughput_per_s", workload)) / 60.0;
}

static void add(struct published *p, const char *name, const char *quantity, double measured,
                double predicted, enum published_role role)
{
    published_add(p, (struct published_row){name, quantity, "min", measured, predicted, role, 0.0});
}

/* When the first two have ended, the others go on as two VMs that have the host for themselves (host PAIR). */
static void add_pairs(struct published *p, const char *name, const struct model *m)
{
    const struct scenario_result *s = published_run(p->arena, m, PRECISION);
    const double first = 0.5 * (minutes(p->arena, s, "full1") + minutes(p->arena, s, "full2"));
    const double beside = 0.5 * (minutes(p->arena, s, "full3") + minutes(p->arena, s, "full4"));
    const double alone = 0.5 * (minutes(p->arena, s, "pair1") + minutes(p->arena, s, "pair2"));
    add(p, name, "elapsed, the two", (double)NAN, first, PUBLISHED_REPORTED);
    add(p, name, "elapsed, the others", (double)NAN, first + (1.0 - first / beside) * alone,
        PUBLISHED_REPORTED);
}

void published_c1_fitted(struct published *p)
{
    const struct model *m = hostsim_model(p->arena, example(p->arena));
    const struct scenario_result *s = published_run(p->arena, m, PRECISION);
    add(p, "physical, 4 processors", "elapsed", 90.0, minutes(p->arena, s, "native"), PUBLISHED_FITTED);
    add(p, "one VM of 4 vCPUs", "elapsed", 105.0, minutes(p->arena, s, "wide"), PUBLISHED_FITTED);
    add(p, "one VM of 2 vCPUs", "elapsed", 147.0, minutes(p->arena, s, "narrow"), PUBLISHED_FITTED);
    double sum = 0.0;
    for (int i = 1; i <= GUESTS; i++)
        sum += minutes(p->arena, s, arena_printf(p->arena, "full%d", i));
    add(p, "four VMs of 2 vCPUs", "elapsed, each", (double)NAN, sum / GUESTS, PUBLISHED_REPORTED);
}

void published_c1(struct published *p)
{
    published_c1_fitted(p);
    add_pairs(p, "four VMs, weight 200 for two", favour(p->arena, 200.0, 0.0));
    add_pairs(p, "four VMs, reserve 75 % for two", favour(p->arena, 100.0, 0.75));
}
