/* report_read.c - hvplan.result/1 back into a struct result, checked field by field against fields.c. */
#include "model/base/check.h"
#include "model/base/text.h"
#include "reports/fields.h"
#include "reports/jsonpos.h"
#include "reports/report.h"
#include "reports/words.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Far above a sweep of 10,000 scenarios; a larger file is not one of ours. */
static const size_t most_bytes = (size_t)1 << 30;

struct reader {
    struct arena *arena;
    struct errs *errs;
    const char *path, *text;
};

static void read_shape(const struct reader *r, const struct jsonpos_step *step, json_t *json,
                       const struct shape *shape, void *object);

static void complain(const struct reader *r, const struct jsonpos_step *step, const char *nearest,
                     const char *what)
{
    struct pos pos = {r->path, 0, 0};
    jsonpos_find(r->text, step, &pos.line, &pos.column);
    const char *path = jsonpos_path(r->arena, step);
    errs_add_near(r->errs, ERR_INVALID, pos, *path ? path : NULL, nearest, "%s", what);
}

static const char *kind_of(json_t *v)
{
    static const char *const kinds[] = {"an object", "a list", "a text", "a whole number",
                                        "a number",  "true",   "false",  "null"};
    return kinds[json_typeof(v)];
}

static void expect(const struct reader *r, const struct jsonpos_step *step, json_t *found, const char *wanted)
{
    complain(r, step, NULL, arena_printf(r->arena, "expected %s, found %s", wanted, kind_of(found)));
}

static void *member(void *object, size_t offset)
{
    return (char *)object + offset;
}

static void set_text(void *object, size_t offset, const char *s)
{
    memcpy(member(object, offset), &s, sizeof s);
}

static void set_items(void *object, const struct field *f, void *items, size_t n)
{
    int count = (int)n;
    memcpy(member(object, f->offset), &items, sizeof items);
    memcpy(member(object, f->count_offset), &count, sizeof count);
}

static void read_text(const struct reader *r, const struct jsonpos_step *step, json_t *v,
                      const struct field *f, void *object)
{
    bool none = f->type == FIELD_TEXT_OR_NULL && json_is_null(v);
    if (!none && !json_is_string(v))
        expect(r, step, v, f->type == FIELD_TEXT_OR_NULL ? "a text or null" : "a text");
    set_text(object, f->offset,
             json_is_string(v) ? arena_strdup(r->arena, json_string_value(v))
             : none            ? NULL
                               : "");
}

/* What a user wrote in a change: text, number, flag or nothing. */
static void read_value(const struct reader *r, const struct jsonpos_step *step, json_t *v,
                       const struct field *f, void *object)
{
    const char *text = "";
    if (json_is_string(v))
        text = arena_strdup(r->arena, json_string_value(v));
    else if (json_is_number(v))
        text = text_double(r->arena, json_number_value(v));
    else if (json_is_boolean(v))
        text = json_is_true(v) ? "true" : "false";
    else if (!json_is_null(v))
        expect(r, step, v, "a text, a number or null");
    set_text(object, f->offset, text);
}

static void read_number(const struct reader *r, const struct jsonpos_step *step, json_t *v,
                        const struct field *f, void *object)
{
    double number = (double)NAN;
    if (json_is_number(v))
        number = json_number_value(v);
    else if (!json_is_null(v))
        expect(r, step, v, "a number or null");
    *(double *)member(object, f->offset) = number;
}

static void read_int(const struct reader *r, const struct jsonpos_step *step, json_t *v,
                     const struct field *f, void *object)
{
    json_int_t n = json_integer_value(v);
    if (!json_is_integer(v))
        expect(r, step, v, "a whole number");
    else if (n < 0 || n > INT_MAX)
        complain(r, step, NULL,
                 arena_printf(r->arena, "%lld is out of range: 0 to %d is allowed", n, INT_MAX));
    else
        *(int *)member(object, f->offset) = (int)n;
}

static void read_count(const struct reader *r, const struct jsonpos_step *step, json_t *v,
                       const struct field *f, void *object)
{
    uint64_t n = 0;
    bool good = json_is_integer(v) && json_integer_value(v) >= 0;
    if (good)
        n = (uint64_t)json_integer_value(v);
    if (json_is_string(v)) {
        const char *digits = json_string_value(v);
        errno = 0;
        n = strtoull(digits, NULL, 10);
        good = *digits && !digits[strspn(digits, "0123456789")] && errno == 0;
    }
    if (!good)
        expect(r, step, v, "a count (whole, not negative)");
    *(uint64_t *)member(object, f->offset) = n;
}

static void read_bool(const struct reader *r, const struct jsonpos_step *step, json_t *v,
                      const struct field *f, void *object)
{
    if (!json_is_boolean(v))
        expect(r, step, v, "true or false");
    *(bool *)member(object, f->offset) = json_is_true(v);
}

/* null is VERDICT_NONE: a metric that is not judged. */
static void read_verdict(const struct reader *r, const struct jsonpos_step *step, json_t *v,
                         const struct field *f, void *object)
{
    bool known = json_is_null(v) || json_is_string(v);
    if (!known || !words_verdict_parse(json_string_value(v), member(object, f->offset)))
        complain(r, step, NULL, "expected \"better\", \"worse\", \"same\" or null");
}

static void read_grade(const struct reader *r, const struct jsonpos_step *step, json_t *v,
                       const struct field *f, void *object)
{
    const char *s = json_is_string(v) ? json_string_value(v) : "?";
    if (*s && (*s < 'A' || *s > 'F' || s[1]))
        complain(r, step, NULL, "expected a grade from \"A\" to \"F\", or \"\" for none");
    *(char *)member(object, f->offset) = *s;
}

static void read_constant(const struct reader *r, const struct jsonpos_step *step, json_t *v,
                          const struct field *f, void *object)
{
    (void)object;
    const char *found = json_is_string(v) ? json_string_value(v) : kind_of(v);
    if (!json_is_string(v) || strcmp(found, f->constant) != 0)
        complain(r, step, NULL, arena_printf(r->arena, "expected \"%s\", found %s", f->constant, found));
}

static void read_texts(const struct reader *r, const struct jsonpos_step *step, json_t *v,
                       const struct field *f, void *object)
{
    if (!json_is_array(v)) {
        expect(r, step, v, "a list of texts");
        return;
    }
    size_t n = json_array_size(v);
    const char **texts = ARENA_ARRAY(r->arena, const char *, n);
    for (size_t i = 0; i < n; i++) {
        struct jsonpos_step child = {step, NULL, i};
        static const struct field text = {"", FIELD_TEXT, FIELD_REQUIRED, 0, 0, NULL, NULL};
        read_text(r, &child, json_array_get(v, i), &text, &texts[i]);
    }
    set_items(object, f, texts, n);
}

static void read_list(const struct reader *r, const struct jsonpos_step *step, json_t *v,
                      const struct field *f, void *object)
{
    if (!json_is_array(v)) {
        expect(r, step, v, "a list");
        return;
    }
    size_t n = json_array_size(v);
    char *items = arena_alloc(r->arena, n, f->shape->size);
    for (size_t i = 0; i < n; i++) {
        struct jsonpos_step child = {step, NULL, i};
        read_shape(r, &child, json_array_get(v, i), f->shape, items + i * f->shape->size);
    }
    set_items(object, f, items, n);
}

/* The key goes into the first member of each item, which no row of the shape names. */
static void read_map(const struct reader *r, const struct jsonpos_step *step, json_t *v,
                     const struct field *f, void *object)
{
    if (!json_is_object(v)) {
        expect(r, step, v, "an object");
        return;
    }
    size_t n = json_object_size(v), i = 0;
    char *items = arena_alloc(r->arena, n, f->shape->size);
    const char *key;
    json_t *value;
    json_object_foreach(v, key, value)
    {
        struct jsonpos_step child = {step, key, 0};
        char *item = items + i++ * f->shape->size;
        read_shape(r, &child, value, f->shape, item);
        set_text(item, 0, arena_strdup(r->arena, key));
    }
    set_items(object, f, items, n);
}

static void read_object(const struct reader *r, const struct jsonpos_step *step, json_t *v,
                        const struct field *f, void *object)
{
    read_shape(r, step, v, f->shape, member(object, f->offset));
}

typedef void read_fn(const struct reader *r, const struct jsonpos_step *step, json_t *v,
                     const struct field *f, void *object);

static read_fn *const readers[] = {
    [FIELD_CONSTANT] = read_constant, [FIELD_TEXT] = read_text,     [FIELD_TEXT_OR_NULL] = read_text,
    [FIELD_VALUE] = read_value,       [FIELD_NUMBER] = read_number, [FIELD_INT] = read_int,
    [FIELD_COUNT] = read_count,       [FIELD_BOOL] = read_bool,     [FIELD_VERDICT] = read_verdict,
    [FIELD_GRADE] = read_grade,       [FIELD_TEXTS] = read_texts,   [FIELD_LIST] = read_list,
    [FIELD_MAP] = read_map,           [FIELD_OBJECT] = read_object,
};

/* What zeroed memory does not say: a number that is not known is NaN, a text is never NULL. */
static void preset(const struct shape *shape, void *object)
{
    for (size_t i = 0; i < shape->fields; i++) {
        const struct field *f = &shape->field[i];
        if (f->type == FIELD_NUMBER)
            *(double *)member(object, f->offset) = (double)NAN;
        else if (f->type == FIELD_TEXT || f->type == FIELD_VALUE)
            set_text(object, f->offset, "");
        else if (f->type == FIELD_OBJECT)
            preset(f->shape, member(object, f->offset));
    }
}

static const struct field *field_find(const struct shape *shape, const char *key)
{
    for (size_t i = 0; i < shape->fields; i++) {
        if (strcmp(shape->field[i].key, key) == 0)
            return &shape->field[i];
    }
    return NULL;
}

/* A later hvplan may write more than this one knows, so unknown fields are no error, but nothing is dropped in silence. */
static void warn_unknown(const struct reader *r, const struct jsonpos_step *step, json_t *json,
                         const struct shape *shape)
{
    const char *key;
    json_t *value;
    json_object_foreach(json, key, value)
    {
        struct jsonpos_step child = {step, key, 0};
        if (!field_find(shape, key))
            errs_warn(r->errs, "W508", r->path, "unknown field %s was ignored",
                      jsonpos_path(r->arena, &child));
    }
}

static void read_shape(const struct reader *r, const struct jsonpos_step *step, json_t *json,
                       const struct shape *shape, void *object)
{
    preset(shape, object);
    if (!json_is_object(json)) {
        expect(r, step, json, "an object");
        return;
    }
    for (size_t i = 0; i < shape->fields; i++) {
        const struct field *f = &shape->field[i];
        json_t *value = json_object_get(json, f->key);
        struct jsonpos_step child = {step, f->key, 0};
        if (value)
            readers[f->type](r, &child, value, f, object);
        else if (f->need == FIELD_REQUIRED)
            complain(r, step, NULL, arena_printf(r->arena, "\"%s\" is missing", f->key));
    }
    warn_unknown(r, step, json, shape);
}

/* Grows by doubling: standard input has no size to ask for. */
static char *read_all(struct arena *a, FILE *in, size_t *n)
{
    size_t capacity = 1 << 16;
    char *text = arena_alloc(a, capacity, 1);
    *n = 0;
    while (!feof(in) && !ferror(in) && *n < most_bytes) {
        if (*n + 1 >= capacity) {
            text = arena_grow(a, text, capacity, 2 * capacity, 1);
            capacity *= 2;
        }
        *n += fread(text + *n, 1, capacity - *n - 1, in);
    }
    return text;
}

/* The whole file, or NULL with an error. "-" is standard input. */
static char *load(struct arena *a, const char *path, size_t *n, struct errs *e)
{
    struct pos pos = {path, 0, 0};
    FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char *text = in ? read_all(a, in, n) : NULL;
    bool bad = !in || ferror(in);
    if (bad)
        errs_add(e, ERR_UNREADABLE, pos, NULL, "cannot read: %s", strerror(errno));
    else if (*n >= most_bytes)
        errs_add(e, ERR_UNREADABLE, pos, NULL, "larger than 1 GiB: not a result");
    if (in && in != stdin)
        (void)fclose(in);
    return bad || *n >= most_bytes ? NULL : text;
}

/* The struct knows more than the file: what follows from the names. */
static void derive(struct result *r)
{
    for (int i = 0; i < r->scenarios; i++) {
        struct bottleneck_result *b = &r->scenario[i].bottleneck;
        if (!*b->resource)
            b->resource = "none";
        b->outside = strncmp(b->resource, "external.", 9) == 0;
    }
}

struct result *report_read(struct arena *a, const char *path, struct errs *e)
{
    size_t n, before = errs_count(e) + errs_dropped(e);
    const char *text = load(a, path, &n, e);
    if (!text)
        return NULL;
    json_error_t problem;
    json_t *json = json_loadb(text, n, JSON_REJECT_DUPLICATES, &problem);
    if (!json) {
        struct pos pos = {path, problem.line, problem.column > 0 ? problem.column : 1};
        errs_add(e, ERR_INVALID, pos, NULL, "not JSON: %s", problem.text);
        return NULL;
    }
    struct result *result = ARENA_NEW(a, struct result);
    struct reader r = {a, e, path, text};
    struct jsonpos_step root = {NULL, NULL, 0};
    json_t *schema = json_object_get(json, "schema");
    if (json_is_object(json) &&
        (!json_is_string(schema) || strcmp(json_string_value(schema), "hvplan.result/1") != 0))
        complain(&r, &(struct jsonpos_step){&root, "schema", 0}, NULL,
                 "not a result: expected \"schema\": \"hvplan.result/1\"");
    else
        read_shape(&r, &root, json, &fields_result, result);
    json_decref(json);
    derive(result);
    return errs_count(e) + errs_dropped(e) == before ? result : NULL;
}
