/* test_arena.c - model/base/arena.h */
#include "model/base/arena.h"
#include "tests/support/support.h"
#include <stdio.h>
#include <string.h>

static int setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static bool all_zero(const unsigned char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] != 0)
            return false;
    return true;
}

/* Sizes from 0 over every block size to several MiB: aligned, zeroed, and nobody's bytes are somebody else's.
 */
static void memory_is_aligned_zeroed_and_disjoint(void **state)
{
    enum { N = 400 };
    unsigned char *p[N];
    size_t size[N], total = 0;
    for (size_t i = 0; i < N; i++) {
        size[i] = i % 97 == 13 ? 3000007 : i % 31 == 7 ? 70001 + i : (i * i * 37) % 1913;
        p[i] = arena_alloc(*state, size[i], 1);
        assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
        assert_true(all_zero(p[i], size[i]));
        memset(p[i], (int)(i % 251 + 1), size[i]);
        total += size[i];
    }
    for (size_t i = 0; i < N; i++)
        for (size_t k = 0; k < size[i]; k++)
            if (p[i][k] != i % 251 + 1)
                fail_msg("allocation %zu was overwritten at %zu", i, k);
    assert_int_equal(arena_used(*state), total);
}

static void reset_gives_zeroed_memory_again(void **state)
{
    for (int round = 0; round < 5; round++) {
        for (size_t i = 1; i < 300; i++) {
            unsigned char *p = arena_alloc(*state, i, 7);
            assert_true(all_zero(p, 7 * i));
            memset(p, 0xA5, 7 * i);
        }
        assert_int_equal(arena_used(*state), 7 * 299 * 300 / 2);
        arena_reset(*state);
        assert_int_equal(arena_used(*state), 0);
    }
}

static void reset_of_an_empty_arena_is_allowed(void **state)
{
    arena_reset(*state);
    arena_reset(*state);
    assert_non_null(arena_alloc(*state, 0, 24));
    assert_non_null(arena_alloc(*state, 24, 0));
    assert_int_equal(arena_used(*state), 0);
    arena_free(NULL);
}

static void grow_copies_and_zeroes_the_rest(void **state)
{
    int *first = arena_grow(*state, NULL, 0, 3, sizeof *first);
    first[0] = 718281, first[1] = -828459, first[2] = 45235;
    int *second = arena_grow(*state, first, 3, 9, sizeof *second);
    assert_int_equal(second[0], 718281);
    assert_int_equal(second[1], -828459);
    assert_int_equal(second[2], 45235);
    assert_true(all_zero((const unsigned char *)(second + 3), 6 * sizeof *second));
    second[0] = 1;
    assert_int_equal(first[0], 718281);
}

struct pair {
    long a;
    double b;
};

static void push_keeps_what_was_pushed(void **state)
{
    struct pair *items = NULL;
    size_t n = 0, capacity = 0;
    for (long i = 0; i < 1000; i++) {
        struct pair *p = ARENA_PUSH(*state, items, n, capacity);
        assert_int_equal(p->a, 0);
        *p = (struct pair){7 * i - 3, (double)i / 3};
    }
    assert_int_equal(n, 1000);
    assert_int_equal(capacity, 1024);
    for (long i = 0; i < 1000; i++)
        assert_true(items[i].a == 7 * i - 3 && items[i].b == (double)i / 3);
}

static void strings_are_copied_and_ended(void **state)
{
    char source[] = "Logical Processor";
    char *copy = arena_strdup(*state, source);
    char *part = arena_strndup(*state, source, 7);
    source[0] = 'X';
    assert_string_equal(copy, "Logical Processor");
    assert_string_equal(part, "Logical");
    assert_string_equal(arena_strndup(*state, "abc", 100), "abc");
    assert_string_equal(arena_strndup(*state, "abc", 0), "");
    const char unended[3] = {'a', 'b', 'c'};
    assert_string_equal(arena_strndup(*state, unended, 3), "abc");
}

static void printf_takes_any_length(void **state)
{
    assert_string_equal(arena_printf(*state, "%s has %d of %.2f", "HV01", 37, 2.5), "HV01 has 37 of 2.50");
    char *wide = arena_printf(*state, "%*d|", 100000, 91);
    assert_int_equal(strlen(wide), 100001);
    assert_string_equal(wide + 99998, "91|");
}

static void die_of_shrinking(void *arena)
{
    int x[4] = {0};
    arena_grow(arena, x, 4, 3, sizeof *x);
}

static void die_of_overflow(void *arena)
{
    arena_alloc(arena, (size_t)PTRDIFF_MAX / 4, 3);
}

static void die_of_hunger(void *arena)
{
    arena_alloc(arena, (size_t)PTRDIFF_MAX / 2 - 64, 1);
}

static void misuse_and_hunger_end_the_program(void **state)
{
    assert_dies(die_of_shrinking, *state, "new_count >= old_count");
    assert_dies(die_of_overflow, *state, "check failed");
#ifdef HVPLAN_ARENA_DEBUG
    assert_dies(die_of_hunger, *state, ""); /* AddressSanitizer ends it before malloc returns NULL */
#else
    assert_dies(die_of_hunger, *state, "hvplan: out of memory (");
#endif
}

#ifdef HVPLAN_ARENA_DEBUG
static void overrun(void *arena)
{
    volatile char *p = arena_alloc(arena, 13, 1);
    volatile size_t beyond = 13;
    p[beyond] = 1;
}

static void use_after_reset(void *arena)
{
    volatile char *p = arena_alloc(arena, 13, 1);
    arena_reset(arena);
    p[5] = 1;
}

static void use_after_free(void *unused)
{
    (void)unused;
    struct arena *a = arena_new();
    volatile char *p = arena_strdup(a, "text");
    arena_free(a);
    fprintf(stderr, "%d", p[2]);
}

static void debug_mode_shows_overruns_and_stale_pointers(void **state)
{
    assert_dies(overrun, *state, "heap-buffer-overflow");
    assert_dies(use_after_reset, *state, "heap-use-after-free");
    assert_dies(use_after_free, *state, "heap-use-after-free");
}
#else
static void debug_mode_shows_overruns_and_stale_pointers(void **state)
{
    (void)state;
    print_message("needs HVPLAN_SANITIZE=ON\n");
    skip();
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(memory_is_aligned_zeroed_and_disjoint, setup, teardown),
        cmocka_unit_test_setup_teardown(reset_gives_zeroed_memory_again, setup, teardown),
        cmocka_unit_test_setup_teardown(reset_of_an_empty_arena_is_allowed, setup, teardown),
        cmocka_unit_test_setup_teardown(grow_copies_and_zeroes_the_rest, setup, teardown),
        cmocka_unit_test_setup_teardown(push_keeps_what_was_pushed, setup, teardown),
        cmocka_unit_test_setup_teardown(strings_are_copied_and_ended, setup, teardown),
        cmocka_unit_test_setup_teardown(printf_takes_any_length, setup, teardown),
        cmocka_unit_test_setup_teardown(misuse_and_hunger_end_the_program, setup, teardown),
        cmocka_unit_test_setup_teardown(debug_mode_shows_overruns_and_stale_pointers, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
