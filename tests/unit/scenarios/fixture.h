/* fixture.h - what the tests of scenarios/ share: an arena with errors, texts of them, parsing of literals. */
#ifndef HVPLAN_TESTS_UNIT_SCENARIOS_FIXTURE_H
#define HVPLAN_TESTS_UNIT_SCENARIOS_FIXTURE_H

#include "scenarios/load.h"
#include "tests/support/support.h"
#include <stdio.h>
#include <string.h>

#define DATA HVPLAN_SOURCE_DIR "/tests/data/"

struct fixture {
    struct arena *arena;
    struct errs *errs;
};

static inline struct fixture fixture_new(void)
{
    struct arena *a = arena_new();
    return (struct fixture){a, errs_new(a)};
}

static inline void fixture_free(struct fixture *f)
{
    arena_free(f->arena);
}

/* All errors and warnings, a line each. */
static inline const char *fixture_text(struct fixture *f)
{
    char *text = arena_strdup(f->arena, "");
    for (size_t i = 0; i < errs_count(f->errs); i++)
        text = arena_printf(f->arena, "%s%s\n", text, errs_format(f->arena, errs_get(f->errs, i)));
    for (size_t i = 0; i < errs_warning_count(f->errs); i++) {
        const struct warning *w = errs_warning(f->errs, i);
        text = arena_printf(f->arena, "%s%s %s: %s\n", text, w->code, w->where ? w->where : "", w->text);
    }
    return text;
}

static inline void fixture_expect_clean(struct fixture *f)
{
    if (*fixture_text(f))
        print_error("unexpected: %s", fixture_text(f));
    assert_string_equal(fixture_text(f), "");
}

static inline void fixture_expect(struct fixture *f, const char *part)
{
    if (!strstr(fixture_text(f), part))
        print_error("'%s' is not in: %s", part, fixture_text(f));
    assert_non_null(strstr(fixture_text(f), part));
}

static inline struct node *fixture_parse(struct fixture *f, const char *text)
{
    return yamltree_parse(f->arena, "test.yaml", text, strlen(text), f->errs);
}

/* A literal as a model that must be good. */
static inline struct model *fixture_model(struct fixture *f, const char *text)
{
    struct node *root = fixture_parse(f, text);
    struct model *m = root ? model_load(f->arena, root, f->errs) : NULL;
    if (!m)
        print_error("%s", fixture_text(f));
    assert_non_null(m);
    return m;
}

static inline struct node *fixture_file(struct fixture *f, const char *path)
{
    struct node *root = yamltree_read(f->arena, path, f->errs);
    assert_non_null(root);
    return root;
}

#endif
