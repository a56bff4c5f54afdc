/* hosttest.h - what the tests of model/host share: an arena for each test, runs of a fixed length.
 *
 * Owns      everything lives in the arena of the test
 */
#ifndef HVPLAN_TESTS_HOSTTEST_H
#define HVPLAN_TESTS_HOSTTEST_H

#include "model/host/run.h"
#include "tests/support/hostsim.h"
#include "tests/support/support.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static struct arena *arena;

static inline int hosttest_setup(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static inline int hosttest_teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

#define HOSTTEST(f) cmocka_unit_test_setup_teardown(f, hosttest_setup, hosttest_teardown)

/* Every parameter at its lower limit: for models of CPU work alone that is no overhead at all. */
static inline struct model *hosttest_neutral(struct model *m)
{
    for (size_t i = 0; i < mechanism_param_count(); i++)
        m->overhead[i] = mechanism_param(i, NULL)->lo;
    return m;
}

/* One replication of `m`, up to `seconds`. */
static inline struct run *hosttest_run(const struct model *m, double seconds)
{
    struct run *run = run_new(arena, m, "test", 1, 0);
    run_until(run, sim_round(seconds * 1e9));
    return run;
}

static inline double hosttest_used(const struct vm *vm)
{
    double ns = 0.0;
    for (int k = 0; k < vm->vps; k++)
        ns += vm->vp[k].guest_ns + vm->vp[k].hypervisor_ns;
    return ns;
}

/* Mean of a metric of a model simulated to `precision`. */
static inline double hosttest_mean(const struct model *m, double precision, const char *metric)
{
    const struct result *r = hostsim_run(arena, m, precision);
    return hostsim_mean(&r->scenario[0], metric);
}

static inline const struct resource_result *hosttest_resource(const struct scenario_result *s,
                                                              const char *name)
{
    for (int i = 0; i < s->resources; i++)
        if (strcmp(s->resource[i].name, name) == 0)
            return &s->resource[i];
    fail_msg("no resource %s", name);
    return NULL;
}

static inline bool hosttest_warned(const struct result *r, const char *code, const char *word)
{
    for (int i = 0; i < r->warnings; i++)
        if (strcmp(r->warning[i].code, code) == 0 && strstr(r->warning[i].text, word))
            return true;
    return false;
}

#endif
