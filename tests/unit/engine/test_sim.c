#include "model/engine/rng.h"
#include "model/engine/sim.h"
#include "tests/support/support.h"

#define LOG_MOST 64

/* Sources that write down when they were called, and then do what the test says. */
struct log {
    struct sim sim;
    struct arena *arena;
    int who[LOG_MOST];
    sim_ns when[LOG_MOST];
    int n;
};

struct node {
    struct log *log;
    int name;
    struct sim_source self;
    void (*then)(struct node *n);
    struct node *other;
};

static void node_called(struct sim *sim, void *owner)
{
    struct node *n = owner;
    assert_true(n->log->n < LOG_MOST);
    n->log->who[n->log->n] = n->name;
    n->log->when[n->log->n++] = sim->now;
    if (n->then)
        n->then(n);
}

static void node_init(struct node *n, struct log *log, int name)
{
    *n = (struct node){.log = log, .name = name};
    n->self = sim_source_new(&log->sim, node_called, n);
}

static int log_open(void **state)
{
    struct arena *a = arena_new();
    struct log *log = ARENA_NEW(a, struct log);
    log->arena = a;
    sim_init(&log->sim, a, 20260711, 3);
    *state = log;
    return 0;
}

static int log_close(void **state)
{
    arena_free(((struct log *)*state)->arena);
    return 0;
}

static void assert_log(const struct log *log, int n, const int *who, const sim_ns *when)
{
    assert_int_equal(log->n, n);
    for (int i = 0; i < n; i++) {
        assert_int_equal(log->who[i], who[i]);
        assert_int_equal(log->when[i], when[i]);
    }
}

static void test_sim_runs_in_the_order_of_time_priority_call(void **state)
{
    struct log *log = *state;
    struct sim *sim = &log->sim;
    struct node n[6];
    for (int i = 0; i < 6; i++)
        node_init(&n[i], log, i);
    sim_schedule(sim, n[0].self, 37, 8);
    sim_schedule(sim, n[1].self, 37, 8);
    sim_schedule(sim, n[2].self, 11, 15);
    sim_schedule(sim, n[3].self, 37, 7);
    sim_schedule(sim, n[4].self, 0, 8);
    sim_schedule(sim, n[5].self, 12, 0);
    sim_schedule(sim, n[0].self, 37, 8); /* again: behind n[1] */
    assert_int_equal(sim_run(sim, 1000), 6);
    assert_log(log, 6, (int[]){4, 2, 5, 3, 1, 0}, (sim_ns[]){0, 11, 12, 37, 37, 37});
    assert_int_equal(sim->now, 1000);
    assert_int_equal(sim->executed, 6);
}

static void test_sim_run_stops_at_until_and_goes_on(void **state)
{
    struct log *log = *state;
    struct sim *sim = &log->sim;
    struct node a, b;
    node_init(&a, log, 1);
    node_init(&b, log, 2);
    sim_schedule(sim, a.self, 50, 8);
    sim_schedule(sim, b.self, 51, 8);
    assert_int_equal(sim_run(sim, 49), 0);
    assert_int_equal(sim->now, 49);
    assert_int_equal(sim_run(sim, 50), 1); /* `until` itself is included */
    assert_int_equal(sim_pending_at(sim, b.self), 51);
    assert_int_equal(sim_run(sim, SIM_NEVER), 1);
    assert_int_equal(sim->now, 51); /* of the last event */
    assert_int_equal(sim_run(sim, SIM_NEVER), 0);
}

static void then_stop(struct node *n)
{
    sim_stop(&n->log->sim);
}

static void test_sim_stop_leaves_the_rest_pending(void **state)
{
    struct log *log = *state;
    struct sim *sim = &log->sim;
    struct node a, b;
    node_init(&a, log, 1);
    node_init(&b, log, 2);
    a.then = then_stop;
    sim_schedule(sim, a.self, 5, 8);
    sim_schedule(sim, b.self, 5, 8);
    assert_int_equal(sim_run(sim, 100), 1);
    assert_int_equal(sim->now, 5);
    assert_true(sim_pending(sim, b.self));
    assert_int_equal(sim_run(sim, 100), 1);
    assert_int_equal(sim->now, 100);
    assert_log(log, 2, (int[]){1, 2}, (sim_ns[]){5, 5});
}

static void then_again(struct node *n)
{
    struct sim *sim = &n->log->sim;
    assert_false(sim_pending(sim, n->self));
    assert_false(sim_cancel(sim, n->self)); /* it has fired */
    assert_int_equal(sim_pending_at(sim, n->self), SIM_NEVER);
    if (sim->now < 30)
        sim_schedule(sim, n->self, sim->now + 10, 8);
}

static void test_sim_schedule_itself_and_zero_durations(void **state)
{
    struct log *log = *state;
    struct node a, b;
    node_init(&a, log, 1);
    node_init(&b, log, 2);
    a.then = then_again;
    sim_schedule(&log->sim, a.self, 10, 8);
    sim_schedule(&log->sim, b.self, 20, 8);
    sim_run(&log->sim, 100);
    /* b was scheduled before a set itself to 20 */
    assert_log(log, 4, (int[]){1, 2, 1, 1}, (sim_ns[]){10, 20, 20, 30});
}

static void then_other_now(struct node *n)
{
    struct sim *sim = &n->log->sim;
    sim_schedule(sim, n->other->self, sim->now, 8);
    if (n->log->n < 3)
        sim_schedule(sim, n->self, sim->now, 8);
}

static void test_sim_schedule_others_at_the_same_instant(void **state)
{
    struct log *log = *state;
    struct node a, b, c;
    node_init(&a, log, 1);
    node_init(&b, log, 2);
    node_init(&c, log, 3);
    a.then = then_other_now;
    a.other = &b;
    sim_schedule(&log->sim, a.self, 10, 8);
    sim_schedule(&log->sim, c.self, 10, 8);
    sim_run(&log->sim, 100);
    assert_log(log, 5, (int[]){1, 3, 2, 1, 2}, (sim_ns[]){10, 10, 10, 10, 10});
}

/* At the same time but with a lower priority number: goes next, before everything else that is due. */
static void then_urgent(struct node *n)
{
    struct sim *sim = &n->log->sim;
    sim_schedule(sim, n->other->self, sim->now, 0);
    assert_int_equal(sim_pending_at(sim, n->other->self), sim->now);
    assert_false(sim_pending(sim, n->self));
    if (n->log->n == 1)
        sim_schedule(sim, n->self, sim->now, 8);
}

static void test_sim_urgent_event_from_a_handler(void **state)
{
    struct log *log = *state;
    struct node n[4];
    for (int i = 0; i < 4; i++)
        node_init(&n[i], log, i);
    n[0].then = then_urgent;
    n[0].other = &n[1];
    sim_schedule(&log->sim, n[0].self, 10, 8);
    sim_schedule(&log->sim, n[2].self, 10, 8);
    sim_schedule(&log->sim, n[3].self, 11, 8);
    sim_schedule(&log->sim, n[1].self, 90, 8); /* pending already: it moves */
    sim_run(&log->sim, 100);
    assert_log(log, 6, (int[]){0, 1, 2, 0, 1, 3}, (sim_ns[]){10, 10, 10, 10, 10, 11});
}

static void then_cancel_other(struct node *n)
{
    assert_true(sim_cancel(&n->log->sim, n->other->self));
    assert_false(sim_cancel(&n->log->sim, n->other->self));
}

static void test_sim_cancel_in_handler_and_after_fire(void **state)
{
    struct log *log = *state;
    struct sim *sim = &log->sim;
    struct node a, b, c;
    node_init(&a, log, 1);
    node_init(&b, log, 2);
    node_init(&c, log, 3);
    a.then = then_cancel_other;
    a.other = &b;
    sim_schedule(sim, a.self, 10, 8);
    sim_schedule(sim, b.self, 10, 8); /* at the very same instant */
    sim_schedule(sim, c.self, 11, 8);
    sim_run(sim, 20);
    assert_log(log, 2, (int[]){1, 3}, (sim_ns[]){10, 11});
    assert_false(sim_cancel(sim, a.self));
    sim_schedule(sim, a.self, 20, 8);
    assert_true(sim_cancel(sim, a.self));
    assert_int_equal(sim_run(sim, 30), 0);
}

static void then_cancel_self_after_schedule(struct node *n)
{
    struct sim *sim = &n->log->sim;
    sim_schedule(sim, n->self, sim->now + 1, 8);
    assert_true(sim_pending(sim, n->self));
    assert_true(sim_cancel(sim, n->self));
    assert_false(sim_pending(sim, n->self));
}

static void test_sim_cancel_of_a_renewed_event(void **state)
{
    struct log *log = *state;
    struct node a;
    node_init(&a, log, 1);
    a.then = then_cancel_self_after_schedule;
    sim_schedule(&log->sim, a.self, 10, 8);
    assert_int_equal(sim_run(&log->sim, 100), 1);
}

static void then_free_self(struct node *n)
{
    struct sim *sim = &n->log->sim;
    const struct sim_source old = n->self;
    sim_source_free(sim, n->self);
    assert_false(sim_source_alive(sim, old));
    /* The slot goes to the next source, and the old handle is known as stale. */
    node_init(n->other, n->log, n->other->name);
    assert_int_equal(n->other->self.id, old.id);
    assert_false(sim_pending(sim, old));
    sim_schedule(sim, n->other->self, sim->now + 5, 8);
    assert_false(sim_cancel(sim, old));
}

static void test_sim_source_freed_in_its_own_handler(void **state)
{
    struct log *log = *state;
    struct node a, b = {.name = 2}, c;
    node_init(&a, log, 1);
    node_init(&c, log, 3);
    a.then = then_free_self;
    a.other = &b;
    sim_schedule(&log->sim, a.self, 10, 8);
    sim_schedule(&log->sim, c.self, 12, 8);
    assert_int_equal(sim_run(&log->sim, 100), 3);
    assert_log(log, 3, (int[]){1, 3, 2}, (sim_ns[]){10, 12, 15});
}

static void test_sim_free_cancels_what_is_pending(void **state)
{
    struct log *log = *state;
    struct sim *sim = &log->sim;
    struct node a, b;
    node_init(&a, log, 1);
    node_init(&b, log, 2);
    sim_schedule(sim, a.self, 10, 8);
    sim_schedule(sim, b.self, 11, 8);
    sim_source_free(sim, a.self);
    assert_int_equal(sim_run(sim, 100), 1);
    assert_false(sim_source_alive(sim, (struct sim_source){0, 0}));
    assert_false(sim_source_alive(sim, (struct sim_source){12345, 1}));
}

/* A slot that has used up its generations is not given out again. */
static void test_sim_generations_do_not_wrap(void **state)
{
    struct log *log = *state;
    struct sim *sim = &log->sim;
    struct node a, b;
    node_init(&a, log, 1);
    sim->slot[a.self.id].generation = a.self.generation = UINT32_MAX - 1;
    sim_source_free(sim, a.self);
    node_init(&b, log, 2);
    assert_int_not_equal(b.self.id, a.self.id);
    assert_false(sim_source_alive(sim, a.self));
}

/* Many sources that reschedule each other at random, against a plain search for the next one. */
struct crowd {
    struct sim sim;
    struct rng rng;
    struct sim_source source[40];
    int64_t due[40][2]; /* time, number of the call; -1 = not pending */
    int64_t calls;
    int fired;
};

struct member {
    struct crowd *crowd;
    int i;
};

static void crowd_set(struct crowd *c, int i)
{
    c->due[i][0] = c->sim.now + (int64_t)rng_below(&c->rng, 6);
    c->due[i][1] = c->calls++;
    sim_schedule(&c->sim, c->source[i], c->due[i][0], 8);
}

static void crowd_called(struct sim *sim, void *owner)
{
    const struct member *m = owner;
    struct crowd *c = m->crowd;
    for (int i = 0; i < 40; i++)
        if (i != m->i && c->due[i][0] >= 0)
            assert_true(c->due[i][0] > c->due[m->i][0] ||
                        (c->due[i][0] == c->due[m->i][0] && c->due[i][1] > c->due[m->i][1]));
    assert_int_equal(sim->now, c->due[m->i][0]);
    c->due[m->i][0] = -1;
    c->fired++;
    for (uint64_t k = rng_below(&c->rng, 4); k > 0; k--) {
        const int other = (int)rng_below(&c->rng, 40);
        if (rng_below(&c->rng, 3) > 0) {
            crowd_set(c, other);
        } else {
            assert_int_equal(sim_cancel(sim, c->source[other]), c->due[other][0] >= 0);
            c->due[other][0] = -1;
        }
    }
    crowd_set(c, (m->i + 1) % 40);
}

static void test_sim_agrees_with_a_search(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct crowd *c = ARENA_NEW(a, struct crowd);
    struct member m[40];
    sim_init(&c->sim, a, 1, 0);
    rng_seed(&c->rng, 99, 0, 0, 0);
    for (int i = 0; i < 40; i++) {
        m[i] = (struct member){c, i};
        c->source[i] = sim_source_new(&c->sim, crowd_called, &m[i]);
        crowd_set(c, i);
    }
    sim_run(&c->sim, 5000);
    assert_true(c->fired > 20000);
    arena_free(a);
}

static void test_sim_round(void **state)
{
    (void)state;
    assert_int_equal(sim_round(2.499), 2);
    assert_int_equal(sim_round(2.5), 3);
    assert_int_equal(sim_round(-7.0), 0);
    assert_int_equal(sim_round(0.0), 0);
    assert_int_equal(sim_round(1e300), SIM_NEVER / 4);
}

/* What must end the program, saying when and in which run. */
static void schedule_in_the_past(void *state)
{
    struct log *log = state;
    struct node a;
    node_init(&a, log, 1);
    sim_run(&log->sim, 777);
    sim_schedule(&log->sim, a.self, 776, 8);
}
static void schedule_freed(void *state)
{
    struct log *log = state;
    struct node a;
    node_init(&a, log, 1);
    sim_source_free(&log->sim, a.self);
    sim_schedule(&log->sim, a.self, 10, 8);
}
static void schedule_stale(void *state)
{
    struct log *log = state;
    struct node a, b;
    node_init(&a, log, 1);
    sim_source_free(&log->sim, a.self);
    node_init(&b, log, 2);
    sim_schedule(&log->sim, a.self, 10, 8);
}
static void free_twice(void *state)
{
    struct log *log = state;
    struct node a;
    node_init(&a, log, 1);
    sim_source_free(&log->sim, a.self);
    sim_source_free(&log->sim, a.self);
}
static void run_backwards(void *state)
{
    struct log *log = state;
    sim_run(&log->sim, 10);
    sim_run(&log->sim, 9);
}
static void then_run(struct node *n)
{
    sim_run(&n->log->sim, 1000);
}
static void run_inside_a_handler(void *state)
{
    struct log *log = state;
    struct node a;
    node_init(&a, log, 1);
    a.then = then_run;
    sim_schedule(&log->sim, a.self, 10, 8);
    sim_run(&log->sim, 100);
}
static void source_without_function(void *state)
{
    sim_source_new(&((struct log *)state)->sim, NULL, NULL);
}

static void test_sim_misuse_is_checked(void **state)
{
    assert_dies(schedule_in_the_past, *state, "20260711");
    assert_dies(schedule_freed, *state, "generation");
    assert_dies(schedule_stale, *state, "generation");
    assert_dies(free_twice, *state, "sim_source_alive");
    assert_dies(run_backwards, *state, "until");
    assert_dies(run_inside_a_handler, *state, "running");
    assert_dies(source_without_function, *state, "fn");
}

#define SIM_TEST(f) cmocka_unit_test_setup_teardown(f, log_open, log_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SIM_TEST(test_sim_runs_in_the_order_of_time_priority_call),
        SIM_TEST(test_sim_run_stops_at_until_and_goes_on),
        SIM_TEST(test_sim_stop_leaves_the_rest_pending),
        SIM_TEST(test_sim_schedule_itself_and_zero_durations),
        SIM_TEST(test_sim_schedule_others_at_the_same_instant),
        SIM_TEST(test_sim_urgent_event_from_a_handler),
        SIM_TEST(test_sim_cancel_in_handler_and_after_fire),
        SIM_TEST(test_sim_cancel_of_a_renewed_event),
        SIM_TEST(test_sim_source_freed_in_its_own_handler),
        SIM_TEST(test_sim_free_cancels_what_is_pending),
        SIM_TEST(test_sim_generations_do_not_wrap),
        SIM_TEST(test_sim_misuse_is_checked),
        cmocka_unit_test(test_sim_agrees_with_a_search),
        cmocka_unit_test(test_sim_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
