/* visits.h - customers that are submitted at given times and write down when they leave; for the tests of station.c. */
#ifndef HVPLAN_TESTS_UNIT_ENGINE_VISITS_H
#define HVPLAN_TESTS_UNIT_ENGINE_VISITS_H

#include "model/engine/station.h"
#include "tests/support/support.h"

#define VISITS_MOST 64

struct visit {
    struct customer customer; /* first, so that a customer is its visit */
    struct visits *all;
    struct sim_source source;
    int name;
    bool accepted;
    void (*then)(struct visit *v);
};

struct visits {
    struct sim sim;
    struct arena *arena;
    struct station *station;
    struct visit visit[VISITS_MOST];
    int visits;
    int left[VISITS_MOST]; /* names in the order of leaving */
    sim_ns at[VISITS_MOST];
    int n;
};

static inline int visits_open(void **state)
{
    struct arena *a = arena_new();
    struct visits *b = ARENA_NEW(a, struct visits);
    b->arena = a;
    sim_init(&b->sim, a, 1, 0);
    *state = b;
    return 0;
}

static inline int visits_close(void **state)
{
    struct visits *b = *state;
    if (b->station)
        assert_true(station_law_breach(b->station) == 0.0);
    arena_free(b->arena);
    return 0;
}

static inline void visit_done(struct sim *sim, struct customer *c)
{
    struct visit *v = (struct visit *)(void *)c;
    struct visits *b = v->all;
    b->left[b->n] = v->name;
    b->at[b->n++] = sim->now;
    if (v->then)
        v->then(v);
}

static inline void visit_begin(struct sim *sim, void *owner)
{
    struct visit *v = owner;
    (void)sim;
    v->accepted = station_submit(v->all->station, &v->customer);
}

static inline struct visit *visit_at(struct visits *b, sim_ns at, double demand)
{
    struct visit *v = &b->visit[b->visits];
    *v = (struct visit){.all = b, .name = b->visits++};
    v->customer = (struct customer){.demand_ns = demand, .done = visit_done};
    v->source = sim_source_new(&b->sim, visit_begin, v);
    sim_schedule(&b->sim, v->source, at, SIM_PRIORITY);
    return v;
}

static inline void assert_left(const struct visits *b, int n, const int *names, const sim_ns *at)
{
    assert_int_equal(b->n, n);
    for (int i = 0; i < n; i++) {
        assert_int_equal(b->left[i], names[i]);
        assert_int_equal(b->at[i], at[i]);
    }
}

#define VISITS_TEST(f) cmocka_unit_test_setup_teardown(f, visits_open, visits_close)

#endif
