/* bind.c - one handler a key type; the tables say everything else. */
#include "scenarios/bind.h"

#include "model/base/check.h"
#include "model/base/text.h"
#include "model/host/model.h"
#include "scenarios/choices.h"
#include "scenarios/expect.h"
#include "scenarios/overhead.h"
#include "scenarios/timespec.h"

#include <string.h>

enum { DEFAULT_LIMIT = 1000 };

struct binder {
    struct arena *arena;
    struct errs *errs;
    bool partial; /* nothing required, no defaults */
};

typedef void (*bind_fn)(struct binder *b, const struct key_row *row, const struct node *n,
                        const struct bind_at *at, char *target);

static void map_bind(struct binder *b, const struct shape *s, const struct node *map,
                     const struct bind_at *at, char *target);

const char *bind_path(struct arena *a, const struct bind_at *at)
{
    if (!at)
        return NULL;
    const char *part = at->key ? at->key : arena_printf(a, "%d", at->index);
    return at->up ? arena_printf(a, "%s.%s", bind_path(a, at->up), part) : part;
}

static void fail(struct binder *b, const struct node *n, const struct bind_at *at, const char *near,
                 const char *text)
{
    CHECK(b->errs);
    errs_add_near(b->errs, ERR_INVALID, n->pos, bind_path(b->arena, at), near, "%s", text);
}

/* Where the value of a row goes, or NULL. */
static void *slot(const struct key_row *row, char *target)
{
    return target && row->offset != KEY_NOWHERE ? target + row->offset : NULL;
}

static void store(const struct key_row *row, char *target, const void *value, size_t size)
{
    void *to = slot(row, target);
    if (to)
        memcpy(to, value, size);
}

static void text_bind(struct binder *b, const struct key_row *row, const struct node *n,
                      const struct bind_at *at, char *target)
{
    if (n->text[0] == '\0')
        fail(b, n, at, NULL, "empty text");
    store(row, target, &n->text, sizeof n->text);
}

static void bool_bind(struct binder *b, const struct key_row *row, const struct node *n,
                      const struct bind_at *at, char *target)
{
    bool yes = strcmp(n->text, "yes") == 0 || strcmp(n->text, "true") == 0;
    bool no = strcmp(n->text, "no") == 0 || strcmp(n->text, "false") == 0;
    if (!yes && !no)
        fail(b, n, at, NULL, arena_printf(b->arena, "found '%s'; yes or no is due", n->text));
    store(row, target, &yes, sizeof yes);
}

bool bind_number(struct arena *a, const struct key_row *row, const struct node *n, const struct bind_at *at,
                 double *value, struct errs *e)
{
    if (n->kind != NODE_SCALAR) {
        errs_add(e, ERR_INVALID, n->pos, bind_path(a, at), "%s", expect_kind(a, row, n));
        return false;
    }
    double v = 0;
    const char *trouble = expect_number(a, row, n->text, &v);
    if (trouble)
        errs_add(e, ERR_INVALID, n->pos, bind_path(a, at), "%s", trouble);
    else
        *value = v;
    return !trouble;
}

static void number_bind(struct binder *b, const struct key_row *row, const struct node *n,
                        const struct bind_at *at, char *target)
{
    double v = 0;
    if (bind_number(b->arena, row, n, at, &v, b->errs))
        store(row, target, &v, sizeof v);
}

static void count_bind(struct binder *b, const struct key_row *row, const struct node *n,
                       const struct bind_at *at, char *target)
{
    double v = 0;
    if (!bind_number(b->arena, row, n, at, &v, b->errs))
        return;
    int count = (int)v;
    store(row, target, &count, sizeof count);
}

static int word_find(struct binder *b, const struct key_row *row, const struct node *n,
                     const struct bind_at *at)
{
    int i = choices_find(row->choices, n->text);
    if (i < 0)
        fail(b, n, at, choices_nearest(row->choices, n->text),
             arena_printf(b->arena, "found '%s'; %s is due: %s", n->text, row->choices->name,
                          choices_list(b->arena, row->choices)));
    return i;
}

static void choice_bind(struct binder *b, const struct key_row *row, const struct node *n,
                        const struct bind_at *at, char *target)
{
    int i = word_find(b, row, n, at);
    int value = i >= 0 && row->choices->value ? row->choices->value[i] : i;
    store(row, target, &value, sizeof value);
}

static void switch_bind(struct binder *b, const struct key_row *row, const struct node *n,
                        const struct bind_at *at, char *target)
{
    bool second = word_find(b, row, n, at) == 1;
    store(row, target, &second, sizeof second);
}

static void money_bind(struct binder *b, const struct key_row *row, const struct node *n,
                       const struct bind_at *at, char *target)
{
    (void)row;
    (void)target;
    double v = 0;
    const char *end = text_scan_number(n->text, 0, &v);
    if (!end || v < 0 || strspn(end, " ") == 0 ||
        strspn(end + strspn(end, " "), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3 ||
        strlen(end + strspn(end, " ")) != 3)
        fail(b, n, at, NULL, arena_printf(b->arena, "found '%s'; a price such as 4000 EUR is due", n->text));
}

static void ref_bind(struct binder *b, const struct key_row *row, const struct node *n,
                     const struct bind_at *at, char *target)
{
    (void)target;
    if (n->kind == NODE_SCALAR) {
        if (n->text[0] == '\0')
            fail(b, n, at, NULL, "empty name");
        return;
    }
    if (n->kind != NODE_LIST || !(row->flags & KEY_LIST_TOO) || n->n == 0) {
        fail(b, n, at, NULL, expect_kind(b->arena, row, n));
        return;
    }
    for (int i = 0; i < n->n; i++)
        if (n->child[i]->kind != NODE_SCALAR)
            fail(b, n->child[i], &(struct bind_at){at, NULL, i}, NULL, "a name is due");
}

static void any_bind(struct binder *b, const struct key_row *row, const struct node *n,
                     const struct bind_at *at, char *target)
{
    (void)b, (void)row, (void)n, (void)at, (void)target;
}

static void time_bind(struct binder *b, const struct key_row *row, const struct node *n,
                      const struct bind_at *at, char *target)
{
    struct time_spec t;
    if (timespec_bind(b->arena, n, at, &t, b->errs))
        store(row, target, &t, sizeof t);
}

static void inner_bind(struct binder *b, const struct key_row *row, const struct node *n,
                       const struct bind_at *at, char *target)
{
    map_bind(b, row->shape, n, at, slot(row, target));
}

static bool size_check(struct binder *b, const struct key_row *row, const struct node *n,
                       const struct bind_at *at)
{
    int limit = row->limit ? row->limit : DEFAULT_LIMIT;
    if (n->n > limit)
        fail(b, n, at, NULL, arena_printf(b->arena, "%d entries; at most %d are allowed", n->n, limit));
    return n->n <= limit;
}

/* Room for all children of a node in the struct of the row, or NULL when the row is not stored. */
static char *elements_new(struct binder *b, const struct key_row *row, const struct node *n, char *target)
{
    if (!slot(row, target))
        return NULL;
    char *array = arena_alloc(b->arena, (size_t)n->n, row->element_size);
    memcpy(target + row->offset, &array, sizeof array);
    memcpy(target + row->count_offset, &n->n, sizeof n->n);
    return array;
}

static void defaults_fill(struct arena *a, const struct shape *s, char *target);

static void element_bind(struct binder *b, const struct key_row *row, const struct node *n,
                         const struct bind_at *at, char *element)
{
    if (element && !b->partial && !row->shape->partial)
        defaults_fill(b->arena, row->shape, element);
    if (n->kind == NODE_MAP)
        map_bind(b, row->shape, n, at, element);
    else
        fail(b, n, at, NULL, arena_printf(b->arena, "a map is due: %s", shape_keys(b->arena, row->shape, 0)));
}

static void named_bind(struct binder *b, const struct key_row *row, const struct node *n,
                       const struct bind_at *at, char *target)
{
    if (!size_check(b, row, n, at))
        return;
    char *array = elements_new(b, row, n, target);
    for (int i = 0; i < n->n; i++) {
        struct bind_at here = {at, n->key[i], 0};
        char *element = array ? array + (size_t)i * row->element_size : NULL;
        if (!(row->flags & KEY_FREE_NAMES) && !text_is_name(n->key[i]))
            errs_add(b->errs, ERR_INVALID, n->key_pos[i], bind_path(b->arena, &here),
                     "a name has 1 to 64 letters, digits, _ or -");
        if (element)
            memcpy(element, &n->key[i], sizeof n->key[i]);
        element_bind(b, row, n->child[i], &here, element);
    }
}

static void list_bind(struct binder *b, const struct key_row *row, const struct node *n,
                      const struct bind_at *at, char *target)
{
    if (n->n == 0 && !(row->flags & KEY_EMPTY_TOO))
        fail(b, n, at, NULL, "an empty list");
    if (!size_check(b, row, n, at))
        return;
    char *array = elements_new(b, row, n, target);
    for (int i = 0; i < n->n; i++)
        element_bind(b, row, n->child[i], &(struct bind_at){at, NULL, i},
                     array ? array + (size_t)i * row->element_size : NULL);
}

/* parallel: a list of lists of steps, kept as arrays in struct step. */
static void branches_bind(struct binder *b, const struct key_row *row, const struct node *n,
                          const struct bind_at *at, char *target)
{
    static const struct key_row steps = {
        .type = KEY_LIST, KEY_ARRAY(struct step, child, children, struct step), .shape = NULL};
    struct step *step = (struct step *)(void *)target;
    if (n->n == 0)
        fail(b, n, at, NULL, "an empty list");
    if (!size_check(b, row, n, at))
        return;
    if (step) {
        step->branches = n->n;
        step->branch = ARENA_ARRAY(b->arena, struct step *, (size_t)n->n);
        step->branch_steps = ARENA_ARRAY(b->arena, int, (size_t)n->n);
    }
    for (int i = 0; i < n->n; i++) {
        struct bind_at here = {at, NULL, i};
        struct key_row inner = steps;
        inner.shape = row->shape;
        struct step holder = {0};
        if (n->child[i]->kind != NODE_LIST) {
            fail(b, n->child[i], &here, NULL, "a branch is a list of steps");
            continue;
        }
        list_bind(b, &inner, n->child[i], &here, step ? (char *)&holder : NULL);
        if (step) {
            step->branch[i] = holder.child;
            step->branch_steps[i] = holder.children;
        }
    }
}

static void texts_bind(struct binder *b, const struct key_row *row, const struct node *n,
                       const struct bind_at *at, char *target)
{
    if (!size_check(b, row, n, at))
        return;
    const char **text = slot(row, target) ? (const char **)(void *)elements_new(b, row, n, target) : NULL;
    for (int i = 0; i < n->n; i++) {
        if (n->child[i]->kind != NODE_SCALAR)
            fail(b, n->child[i], &(struct bind_at){at, NULL, i}, NULL, "a text is due");
        else if (text)
            text[i] = n->child[i]->text;
    }
}

static void text_lists_bind(struct binder *b, const struct key_row *row, const struct node *n,
                            const struct bind_at *at, char *target)
{
    (void)target;
    for (int i = 0; i < n->n; i++) {
        struct bind_at here = {at, NULL, i};
        if (n->child[i]->kind != NODE_LIST)
            fail(b, n->child[i], &here, NULL, "a list of names is due");
        else
            texts_bind(b, row, n->child[i], &here, NULL);
    }
}

/* The paths themselves are checked where the model is known (change.c) or by pathcheck.c. */
static void changes_bind(struct binder *b, const struct key_row *row, const struct node *n,
                         const struct bind_at *at, char *target)
{
    (void)target;
    for (int i = 0; i < n->n; i++) {
        const struct node *value = n->child[i];
        if (row->type == KEY_FACTORS && (value->kind != NODE_LIST || value->n == 0))
            fail(b, value, &(struct bind_at){at, n->key[i], 0}, NULL, "a list of values is due");
    }
    if (n->n == 0)
        fail(b, n, at, NULL, "an empty map");
}

static void overheads_bind(struct binder *b, const struct key_row *row, const struct node *n,
                           const struct bind_at *at, char *target)
{
    (void)row;
    overhead_bind(b->arena, n, at, (struct model *)(void *)target, b->errs);
}

enum form { FORM_SCALAR = 1, FORM_LIST = 2, FORM_MAP = 4, FORM_NULL = 8 };

static const struct handler {
    unsigned forms;
    bind_fn bind;
} handlers[] = {
    [KEY_TEXT] = {FORM_SCALAR, text_bind},
    [KEY_BOOL] = {FORM_SCALAR, bool_bind},
    [KEY_NUMBER] = {FORM_SCALAR, number_bind},
    [KEY_COUNT] = {FORM_SCALAR, count_bind},
    [KEY_CHOICE] = {FORM_SCALAR, choice_bind},
    [KEY_SWITCH] = {FORM_SCALAR, switch_bind},
    [KEY_MONEY] = {FORM_SCALAR, money_bind},
    [KEY_REF] = {FORM_SCALAR | FORM_LIST, ref_bind},
    [KEY_ANY] = {FORM_SCALAR | FORM_LIST | FORM_MAP | FORM_NULL, any_bind},
    [KEY_TIME] = {FORM_SCALAR | FORM_MAP, time_bind},
    [KEY_MAP] = {FORM_MAP, inner_bind},
    [KEY_NAMED] = {FORM_MAP, named_bind},
    [KEY_LIST] = {FORM_LIST, list_bind},
    [KEY_BRANCHES] = {FORM_LIST, branches_bind},
    [KEY_TEXTS] = {FORM_LIST, texts_bind},
    [KEY_TEXT_LISTS] = {FORM_LIST, text_lists_bind},
    [KEY_CONST] = {FORM_SCALAR, any_bind},
    [KEY_CHANGES] = {FORM_MAP, changes_bind},
    [KEY_FACTORS] = {FORM_MAP, changes_bind},
    [KEY_OVERHEADS] = {FORM_MAP, overheads_bind},
};

static unsigned form_of(const struct node *n)
{
    static const unsigned forms[] = {
        [NODE_NULL] = FORM_NULL, [NODE_SCALAR] = FORM_SCALAR, [NODE_LIST] = FORM_LIST, [NODE_MAP] = FORM_MAP};
    return forms[n->kind];
}

/* The row of a key that takes this form; a key may have several. NULL if none does. */
static const struct key_row *row_for_form(const struct shape *s, const char *key, const struct node *n)
{
    const struct key_row *row;
    for (size_t i = 0; (row = shape_row(s, i)); i++)
        if (strcmp(row->key, key) == 0 && (handlers[row->type].forms & form_of(n)))
            return row;
    return NULL;
}

static void key_bind(struct binder *b, const struct shape *s, const struct node *map, int i,
                     const struct bind_at *at, char *target)
{
    struct bind_at here = {at, map->key[i], 0};
    const struct node *n = map->child[i];
    const struct key_row *row = row_for_form(s, map->key[i], n);
    if (row)
        handlers[row->type].bind(b, row, n, &here, target);
    else if ((row = shape_find(s, map->key[i])))
        fail(b, n, &here, NULL, expect_kind(b->arena, row, n));
    else
        errs_add_near(b->errs, ERR_INVALID, map->key_pos[i], bind_path(b->arena, &here),
                      shape_nearest(s, map->key[i]), "unknown key; known are %s", shape_keys(b->arena, s, 0));
}

static void required_check(struct binder *b, const struct shape *s, const struct node *map,
                           const struct bind_at *at)
{
    const struct key_row *row;
    for (size_t i = 0; (row = shape_row(s, i)); i++)
        if ((row->flags & KEY_REQUIRED) && shape_find(s, row->key) == row && node_index(map, row->key) < 0)
            fail(b, map, at, NULL,
                 arena_printf(b->arena, "'%s' is missing (%s)", row->key, expect_value(b->arena, row)));
}

static void one_of_check(struct binder *b, const struct shape *s, const struct node *map,
                         const struct bind_at *at)
{
    if (!shape_has_flag(s, KEY_ONE_OF))
        return;
    int found = 0;
    for (int i = 0; i < map->n; i++) {
        const struct key_row *row = shape_find(s, map->key[i]);
        if (row && (row->flags & KEY_ONE_OF) && ++found == 2)
            errs_add(b->errs, ERR_INVALID, map->key_pos[i], bind_path(b->arena, at),
                     "'%s' is one too many: exactly one of %s", map->key[i],
                     shape_keys(b->arena, s, KEY_ONE_OF));
    }
    if (found == 0)
        fail(b, map, at, NULL,
             arena_printf(b->arena, "one of these is missing: %s", shape_keys(b->arena, s, KEY_ONE_OF)));
}

/* Is one of the words of `with` a key of the map? */
static bool company_is_there(const struct node *map, const char *with)
{
    for (int i = 0; i < map->n; i++)
        if (expect_has_word(with, map->key[i]))
            return true;
    return false;
}

static void company_check(struct binder *b, const struct shape *s, const struct node *map,
                          const struct bind_at *at)
{
    for (int i = 0; i < map->n; i++) {
        const struct key_row *row = shape_find(s, map->key[i]);
        if (row && row->with && !company_is_there(map, row->with))
            errs_add(b->errs, ERR_INVALID, map->key_pos[i],
                     bind_path(b->arena, &(struct bind_at){at, row->key, 0}), "makes sense only beside '%s'",
                     expect_or(b->arena, row->with));
    }
}

static void map_bind(struct binder *b, const struct shape *s, const struct node *map,
                     const struct bind_at *at, char *target)
{
    bool partial = b->partial;
    b->partial = partial || s->partial;
    for (int i = 0; i < map->n; i++)
        key_bind(b, s, map, i, at, target);
    if (!b->partial) {
        required_check(b, s, map, at);
        one_of_check(b, s, map, at);
    }
    company_check(b, s, map, at);
    b->partial = partial;
}

static void default_fill(struct arena *a, const struct key_row *row, char *target)
{
    static const double unset_number = -1;
    static const int unset_int = -1;
    struct node n = {.kind = NODE_SCALAR, .text = row->def};
    if (row->type == KEY_MAP)
        defaults_fill(a, row->shape, slot(row, target));
    else if (row->def)
        handlers[row->type].bind(&(struct binder){.arena = a}, row, &n, NULL, target);
    else if (row->type == KEY_CHOICE)
        store(row, target, &unset_int, sizeof unset_int);
    else if ((row->flags & KEY_UNSET) && row->type == KEY_NUMBER)
        store(row, target, &unset_number, sizeof unset_number);
    else if ((row->flags & KEY_UNSET) && row->type == KEY_COUNT)
        store(row, target, &unset_int, sizeof unset_int);
}

static void defaults_fill(struct arena *a, const struct shape *s, char *target)
{
    const struct key_row *row;
    for (size_t i = 0; target && (row = shape_row(s, i)); i++)
        default_fill(a, row, target);
}

void bind_map(struct arena *a, const struct shape *s, const struct node *map, const struct bind_at *at,
              void *target, struct errs *e)
{
    struct binder b = {a, e, false};
    defaults_fill(a, s, target);
    map_bind(&b, s, map, at, target);
}
