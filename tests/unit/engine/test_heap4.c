#include "model/engine/heap4.h"
#include "model/engine/rng.h"
#include "tests/support/support.h"

#define IDS 700

/* The plain way: for each id its key, and a search through all of them. */
struct reference {
    bool in[IDS];
    int64_t major[IDS];
    unsigned priority[IDS];
    uint64_t sequence[IDS];
    uint64_t next;
};

static bool reference_before(const struct reference *r, uint32_t a, uint32_t b)
{
    if (r->major[a] != r->major[b])
        return r->major[a] < r->major[b];
    if (r->priority[a] != r->priority[b])
        return r->priority[a] < r->priority[b];
    return r->sequence[a] < r->sequence[b];
}

static uint32_t reference_top(const struct reference *r)
{
    uint32_t best = IDS;
    for (uint32_t i = 0; i < IDS; i++)
        if (r->in[i] && (best == IDS || reference_before(r, i, best)))
            best = i;
    return best;
}

static void both_set(struct heap4 *h, struct reference *r, uint32_t id, int64_t major, unsigned priority)
{
    heap4_set(h, id, major, priority);
    r->in[id] = true;
    r->major[id] = major;
    r->priority[id] = priority;
    r->sequence[id] = r->next++;
}

/* Few different times and priorities, so that ties are the rule. */
static void test_heap4_agrees_with_a_search(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct heap4 h;
    struct reference r = {.next = 0};
    struct rng rng;
    rng_seed(&rng, 77, 0, 0, 0);
    heap4_init(&h, a);
    heap4_reserve(&h, IDS - 1);
    for (int step = 0; step < 60000; step++) {
        const uint32_t id = (uint32_t)rng_below(&rng, IDS);
        if (rng_below(&rng, 3) == 0) {
            assert_int_equal(heap4_remove(&h, id), r.in[id]);
            r.in[id] = false;
        } else {
            both_set(&h, &r, id, (int64_t)rng_below(&rng, 40), (unsigned)rng_below(&rng, 16));
        }
        const uint32_t top = reference_top(&r);
        assert_int_equal(heap4_empty(&h), top == IDS);
        if (top == IDS)
            continue;
        assert_int_equal(heap4_top_id(&h), top);
        assert_int_equal(heap4_top_major(&h), r.major[top]);
        assert_int_equal(heap4_has(&h, id), r.in[id]);
        if (r.in[id])
            assert_int_equal(heap4_major(&h, id), r.major[id]);
    }
    arena_free(a);
}

static void test_heap4_sorts_wide_times(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct heap4 h;
    struct rng rng;
    rng_seed(&rng, 78, 0, 0, 0);
    heap4_init(&h, a);
    heap4_reserve(&h, 4999);
    for (uint32_t id = 0; id < 5000; id++)
        heap4_set(&h, id, (int64_t)(rng_next(&rng) >> 1), 3);
    int64_t last = -1;
    for (int n = 5000; n > 0; n--) {
        assert_int_equal(h.n, n);
        assert_true(heap4_top_major(&h) >= last);
        last = heap4_top_major(&h);
        assert_true(heap4_remove(&h, heap4_top_id(&h)));
    }
    assert_true(heap4_empty(&h));
    assert_int_equal(heap4_top_major(&h), INT64_MAX);
    arena_free(a);
}

static void test_heap4_ties_go_by_the_last_call(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct heap4 h;
    heap4_init(&h, a);
    heap4_reserve(&h, 9);
    heap4_set(&h, 5, 1000, 8);
    heap4_set(&h, 2, 1000, 8);
    heap4_set(&h, 7, 1000, 8);
    heap4_set(&h, 5, 1000, 8); /* the same key once more: to the back */
    heap4_set(&h, 9, 1000, 0);
    assert_true(heap4_sequence(&h, 2) < heap4_sequence(&h, 7));
    assert_true(heap4_sequence(&h, 7) < heap4_sequence(&h, 5));
    const uint32_t expected[] = {9, 2, 7, 5};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(heap4_top_id(&h), expected[i]);
        heap4_remove(&h, expected[i]);
    }
    arena_free(a);
}

static void test_heap4_replaces_the_top(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct heap4 h;
    heap4_init(&h, a);
    heap4_reserve(&h, 6);
    for (uint32_t id = 0; id < 6; id++)
        heap4_set(&h, id, 100 + 10 * (int64_t)id, 8);
    heap4_replace_top(&h, heap4_next_key(&h, 6, 125, 8));
    assert_false(heap4_has(&h, 0));
    const uint32_t expected[] = {1, 2, 6, 3, 4, 5};
    for (int i = 0; i < 6; i++) {
        assert_int_equal(heap4_top_id(&h), expected[i]);
        heap4_remove(&h, expected[i]);
    }
    arena_free(a);
}

static void test_heap4_reserve_keeps_what_is_there(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct heap4 h;
    heap4_init(&h, a);
    heap4_reserve(&h, 0);
    heap4_set(&h, 0, 12, 1);
    heap4_reserve(&h, 100000);
    heap4_reserve(&h, 3);
    assert_true(heap4_has(&h, 0));
    assert_false(heap4_has(&h, 100000));
    assert_false(heap4_remove(&h, 100000));
    arena_free(a);
}

/* What must end the program. */
static void set_unknown_id(void *h)
{
    heap4_set(h, 1u << 20, 5, 8);
}
static void set_negative_major(void *h)
{
    heap4_set(h, 0, -1, 8);
}
static void set_priority_16(void *h)
{
    heap4_set(h, 0, 5, 16);
}
static void set_without_sequence(void *h)
{
    struct heap4 *heap = h;
    heap->sequence = UINT64_C(1) << HEAP4_SEQUENCE_BITS;
    heap4_set(h, 0, 5, 8);
}
static void remove_unknown_id(void *h)
{
    heap4_remove(h, 1u << 20);
}
static void reserve_too_much(void *h)
{
    heap4_reserve(h, HEAP4_ID_MASK);
}

static void test_heap4_misuse_is_checked(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct heap4 h;
    heap4_init(&h, a);
    heap4_reserve(&h, 3);
    assert_dies(set_unknown_id, &h, "h->ids");
    assert_dies(set_negative_major, &h, "major");
    assert_dies(set_priority_16, &h, "priority");
    assert_dies(set_without_sequence, &h, "sequence");
    assert_dies(remove_unknown_id, &h, "h->ids");
    assert_dies(reserve_too_much, &h, "HEAP4_ID_MASK");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heap4_agrees_with_a_search),
        cmocka_unit_test(test_heap4_sorts_wide_times),
        cmocka_unit_test(test_heap4_ties_go_by_the_last_call),
        cmocka_unit_test(test_heap4_replaces_the_top),
        cmocka_unit_test(test_heap4_reserve_keeps_what_is_there),
        cmocka_unit_test(test_heap4_misuse_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
