/* test_yamltree.c - reading, writing, editing trees. What must be rejected is in tests/data/bad (test_bad_files.c). */
#include "tests/unit/scenarios/fixture.h"

#include "model/engine/rng.h"

#include <time.h>

static void positions_count_from_one(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct node *root = fixture_parse(&f, "a: 1\nlong name:\n  - x\n  - {b: ~, c: '~'}\n");
    fixture_expect_clean(&f);
    assert_int_equal(root->key_pos[1].line, 2);
    assert_int_equal(root->key_pos[1].column, 1);
    assert_int_equal(root->child[0]->pos.column, 4);
    struct node *list = node_get(root, "long name"), *map = list->child[1];
    assert_int_equal(map->pos.line, 4);
    assert_int_equal(map->pos.column, 5);
    assert_int_equal(node_get(map, "b")->kind, NODE_NULL);
    assert_int_equal(node_get(map, "c")->kind, NODE_SCALAR);
    assert_string_equal(node_get(map, "c")->text, "~");
    assert_true(node_get(map, "c")->quoted);
    assert_string_equal(root->pos.file, "test.yaml");
    fixture_free(&f);
}

static void nulls_are_tilde_null_and_nothing(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct node *root = fixture_parse(&f, "a:\nb: ~\nc: null\nd: ''\ne: Null\n");
    assert_int_equal(node_get(root, "a")->kind, NODE_NULL);
    assert_int_equal(node_get(root, "b")->kind, NODE_NULL);
    assert_int_equal(node_get(root, "c")->kind, NODE_NULL);
    assert_int_equal(node_get(root, "d")->kind, NODE_SCALAR);
    assert_string_equal(node_get(root, "e")->text, "Null");
    fixture_free(&f);
}

static void a_byte_order_mark_is_fine(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct node *root = fixture_parse(&f, "\xef\xbb\xbfk: v\n");
    fixture_expect_clean(&f);
    assert_string_equal(node_get(root, "k")->text, "v");
    assert_int_equal(root->key_pos[0].column, 1);
    fixture_free(&f);
}

static void every_duplicate_is_reported_and_the_first_stays(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    assert_null(fixture_parse(&f, "a: {x: 1, x: {y: 1, y: 2}}\nb: 1\na: 2\n"));
    assert_int_equal(errs_count(f.errs), 3);
    fixture_expect(&f, "test.yaml:1:11: a.x: duplicate key");
    fixture_expect(&f, "test.yaml:1:21: a.x.y: duplicate key");
    fixture_expect(&f, "test.yaml:3:1: a: duplicate key; it stands first in line 1");
    fixture_free(&f);
}

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Deep or huge input must end at once, not after all of it has been built. */
static void absurd_input_fails_fast(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    enum { DEEP = 4 << 20 };
    char *text = ARENA_ARRAY(f.arena, char, DEEP);
    memset(text, '[', DEEP);
    memcpy(text, "a: ", 3);
    double start = seconds_now();
    assert_null(yamltree_parse(f.arena, "deep", text, DEEP, f.errs));
    fixture_expect(&f, "nested deeper than 32 levels");
    size_t large = (64u << 20) + 1;
    char *huge = ARENA_ARRAY(f.arena, char, large);
    memset(huge, ' ', large);
    assert_null(yamltree_parse(f.arena, "huge", huge, large, f.errs));
    fixture_expect(&f, "huge: larger than 64 MiB");
    assert_true(seconds_now() - start < 5);
    fixture_free(&f);
}

static void too_many_values_are_refused(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    size_t n = 2000001, room = 2 * n + 16;
    char *text = ARENA_ARRAY(f.arena, char, room);
    char *p = text + sprintf(text, "a: [");
    for (size_t i = 0; i < n; i++, p += 2)
        memcpy(p, "1,", 2);
    memcpy(p, "1]\n", 4);
    assert_null(fixture_parse(&f, text));
    fixture_expect(&f, "more than 2000000 values");
    fixture_free(&f);
}

/* 200 000 keys in one map: looking for duplicates must not be quadratic. */
static void large_maps_are_read_in_linear_time(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    enum { KEYS = 200000 };
    char *text = ARENA_ARRAY(f.arena, char, KEYS * 24), *p = text;
    for (int i = 0; i < KEYS; i++)
        p += sprintf(p, "key%d: %d\n", i, i);
    double start = seconds_now();
    struct node *root = fixture_parse(&f, text);
    assert_non_null(root);
    assert_int_equal(root->n, KEYS);
    assert_string_equal(node_get(root, "key199999")->text, "199999");
    assert_true(seconds_now() - start < 10);
    fixture_free(&f);
}

static void edits_keep_order(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct arena *a = f.arena;
    struct node *map = node_map(a), *list = node_list(a);
    for (int i = 0; i < 9; i++)
        node_append(a, list, node_scalar(a, arena_printf(a, "%d", i)));
    node_set(a, map, "x", node_scalar(a, "1"));
    node_set(a, map, "y", list);
    node_set(a, map, "z", node_scalar(a, "3"));
    struct node *copy = node_copy(a, map);
    node_set(a, map, "x", node_scalar(a, "2"));
    assert_true(node_remove(map, "y"));
    assert_false(node_remove(map, "y"));
    node_remove_at(list, 3);
    assert_string_equal(yamltree_to_flow(a, map), "{x: 2, z: 3}");
    assert_string_equal(yamltree_to_flow(a, list), "[0, 1, 2, 4, 5, 6, 7, 8]");
    assert_string_equal(yamltree_to_flow(a, copy), "{x: 1, y: [0, 1, 2, 3, 4, 5, 6, 7, 8], z: 3}");
    assert_false(node_same(map, copy));
    assert_int_equal(node_index(list, "x"), -1);
    assert_null(node_get(NULL, "x"));
    fixture_free(&f);
}

static void short_maps_are_written_in_flow_style(void **state)
{
    static const char text[] = "schema: hvplan.model/1\n"
                               "hosts:\n"
                               "  HV01:\n"
                               "    cpu: {sockets: 2, cores: 4, slat: no}\n"
                               "    disks:\n"
                               "      data: {kind: hdd, read: 6 ms}\n"
                               "steps:\n"
                               "  - {on: web01, read: {disk: c, size: 8 KiB}}\n"
                               "  - on: web01\n"
                               "    steps:\n"
                               "      - {cpu: 1 ms}\n"
                               "empty: {}\n"
                               "none: ~\n"
                               "odd: 'a: b'\n";
    (void)state;
    struct fixture f = fixture_new();
    struct node *root = fixture_parse(&f, text);
    fixture_expect_clean(&f);
    assert_string_equal(yamltree_to_text(f.arena, root), text);
    fixture_free(&f);
}

/* Characters that trouble YAML, more often than their share of Unicode. */
static void random_text(struct rng *r, char *text, int most)
{
    static const char *const pieces[] = {"a",
                                         "Z",
                                         "7",
                                         " ",
                                         "  ",
                                         "\n",
                                         "\t",
                                         "'",
                                         "\"",
                                         "\\",
                                         ":",
                                         ": ",
                                         " #",
                                         "#",
                                         "-",
                                         "- ",
                                         "~",
                                         "{",
                                         "}",
                                         "[",
                                         "]",
                                         ",",
                                         "&",
                                         "*",
                                         "!",
                                         "|",
                                         ">",
                                         "%",
                                         "@",
                                         "`",
                                         "?",
                                         "null",
                                         "yes",
                                         "\r",
                                         ".",
                                         "\xc2\x85",
                                         "\xe2\x80\xa8",
                                         "\xc3\xbc",
                                         "\xef\xbb\xbf",
                                         "\x01",
                                         "---",
                                         "\xf0\x9f\x98\x80",
                                         "\xc2\x80",
                                         "\xef\xbf\xbe"};
    int n = (int)(rng_uniform(r) * most);
    *text = '\0';
    for (int i = 0; i < n; i++)
        strcat(text, pieces[(size_t)(rng_uniform(r) * (sizeof pieces / sizeof *pieces))]);
}

static struct node *random_tree(struct arena *a, struct rng *r, int depth)
{
    char text[128];
    double kind = rng_uniform(r);
    if (depth == 0 || kind < 0.4) {
        random_text(r, text, 12);
        return kind < 0.05 ? ARENA_NEW(a, struct node) : node_scalar(a, text);
    }
    struct node *n = kind < 0.7 ? node_map(a) : node_list(a);
    int children = (int)(rng_uniform(r) * 5);
    for (int i = 0; i < children; i++) {
        random_text(r, text, 6);
        const char *key = arena_printf(a, "%d%s", i, text);
        if (n->kind == NODE_MAP)
            node_set(a, n, rng_uniform(r) < 0.5 ? key : arena_printf(a, "%s%d", text, i),
                     random_tree(a, r, depth - 1));
        else
            node_append(a, n, random_tree(a, r, depth - 1));
    }
    return n;
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 20261122, 1, 0, 0);
    for (int i = 0; i < 3000; i++) {
        struct fixture f = fixture_new();
        struct node *tree = node_map(f.arena);
        node_set(f.arena, tree, "top", random_tree(f.arena, &r, 5));
        node_set(f.arena, tree, "last", random_tree(f.arena, &r, 2));
        const char *text = yamltree_to_text(f.arena, tree);
        struct node *back = fixture_parse(&f, text);
        if (!back || !node_same(tree, back))
            print_error("%s\n%s", text, fixture_text(&f));
        assert_non_null(back);
        assert_true(node_same(tree, back));
        const char *flow = arena_printf(f.arena, "value: %s\n", yamltree_to_flow(f.arena, tree));
        back = fixture_parse(&f, flow);
        assert_non_null(back);
        assert_true(node_same(tree, node_get(back, "value")));
        fixture_free(&f);
    }
}

static void writing_to_a_stream_is_the_same_text(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    char read_back[64] = "";
    FILE *out = tmpfile();
    assert_non_null(out);
    yamltree_write(out, fixture_parse(&f, "a: {b: 1}\n"));
    rewind(out);
    assert_int_equal(fread(read_back, 1, sizeof read_back - 1, out), 10);
    assert_string_equal(read_back, "a: {b: 1}\n");
    fclose(out);
    fixture_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_count_from_one),
        cmocka_unit_test(nulls_are_tilde_null_and_nothing),
        cmocka_unit_test(a_byte_order_mark_is_fine),
        cmocka_unit_test(every_duplicate_is_reported_and_the_first_stays),
        cmocka_unit_test(absurd_input_fails_fast),
        cmocka_unit_test(too_many_values_are_refused),
        cmocka_unit_test(large_maps_are_read_in_linear_time),
        cmocka_unit_test(edits_keep_order),
        cmocka_unit_test(short_maps_are_written_in_flow_style),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(writing_to_a_stream_is_the_same_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
