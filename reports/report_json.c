/* report_json.c - a result as hvplan.result/1, field by field as fields.c lists them. */
#include "reports/report_json.h"
#include "model/base/check.h"
#include "model/base/text.h"
#include "reports/fields.h"
#include "reports/jsonout.h"
#include "reports/report.h"
#include "reports/utf8.h"
#include "reports/words.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Up to here every JSON reader keeps all digits of an integer. Source: RFC 8259, section 6. */
static const uint64_t exact_integer = (UINT64_C(1) << 53) - 1;

static json_t *shape_json(struct arena *a, const struct shape *shape, const void *object);

static const void *member(const void *object, size_t offset)
{
    return (const char *)object + offset;
}

static const char *text_member(const void *object, size_t offset)
{
    const char *s;
    memcpy(&s, member(object, offset), sizeof s);
    return s;
}

static json_t *text_json(struct arena *a, const char *s)
{
    return s ? json_string(utf8_repair(a, s)) : json_null();
}

static json_t *number_json(double v)
{
    return isfinite(v) ? json_real(v) : json_null();
}

static json_t *count_json(struct arena *a, uint64_t v)
{
    return v <= exact_integer ? json_integer((json_int_t)v) : json_string(arena_printf(a, "%" PRIu64, v));
}

/* A number only where the digits survive: "1" is, "1.0", "0x10" and "12 ms" are texts. */
static json_t *value_json(struct arena *a, const char *s)
{
    if (!*s)
        return json_null();
    char *end;
    double v = strtod(s, &end);
    bool plain = end != s && !*end && isfinite(v) && strcmp(text_double(a, v), s) == 0;
    return plain ? json_real(v) : text_json(a, s);
}

static json_t *texts_json(struct arena *a, const void *object, const struct field *f)
{
    const char **texts;
    int n;
    memcpy(&texts, member(object, f->offset), sizeof texts);
    memcpy(&n, member(object, f->count_offset), sizeof n);
    json_t *list = json_array();
    for (int i = 0; i < n; i++)
        CHECK(json_array_append_new(list, text_json(a, texts[i])) == 0);
    return list;
}

static json_t *items_json(struct arena *a, const void *object, const struct field *f)
{
    const char *items;
    int n;
    memcpy(&items, member(object, f->offset), sizeof items);
    memcpy(&n, member(object, f->count_offset), sizeof n);
    json_t *all = f->type == FIELD_MAP ? json_object() : json_array();
    for (int i = 0; i < n; i++) {
        const void *item = items + (size_t)i * f->shape->size;
        json_t *json = shape_json(a, f->shape, item);
        int failed = f->type == FIELD_MAP
                         ? json_object_set_new(all, utf8_repair(a, text_member(item, 0)), json)
                         : json_array_append_new(all, json);
        CHECK(failed == 0);
    }
    return all;
}

/* Enumerators, numbers and flags. */
static json_t *scalar_json(struct arena *a, const void *object, const struct field *f)
{
    const void *at = member(object, f->offset);
    char grade[2] = "";
    switch (f->type) {
    case FIELD_NUMBER:
        return number_json(*(const double *)at);
    case FIELD_INT:
        return json_integer(*(const int *)at);
    case FIELD_COUNT:
        return count_json(a, *(const uint64_t *)at);
    case FIELD_BOOL:
        return json_boolean(*(const bool *)at);
    case FIELD_VERDICT:
        return text_json(a, words_verdict(*(const enum verdict *)at));
    case FIELD_GRADE:
        grade[0] = *(const char *)at;
        return json_string(grade);
    default:
        return NULL;
    }
}

static json_t *field_json(struct arena *a, const void *object, const struct field *f)
{
    switch (f->type) {
    case FIELD_CONSTANT:
        return json_string(f->constant);
    case FIELD_TEXT:
    case FIELD_TEXT_OR_NULL:
        return text_json(a, text_member(object, f->offset));
    case FIELD_VALUE:
        return value_json(a, text_member(object, f->offset));
    case FIELD_TEXTS:
        return texts_json(a, object, f);
    case FIELD_LIST:
    case FIELD_MAP:
        return items_json(a, object, f);
    case FIELD_OBJECT:
        return shape_json(a, f->shape, member(object, f->offset));
    default:
        return scalar_json(a, object, f);
    }
}

/* All lists of the object are empty, and it has no grade: no report card, no curve, nobody to blame. */
static bool object_silent(const void *object, const struct shape *shape)
{
    for (size_t i = 0; i < shape->fields; i++) {
        const struct field *f = &shape->field[i];
        int n = 0;
        if (f->type == FIELD_LIST)
            memcpy(&n, member(object, f->count_offset), sizeof n);
        else if (f->type == FIELD_GRADE)
            n = *(const char *)member(object, f->offset) != 0;
        if (n != 0)
            return false;
    }
    return true;
}

/* Sparse fields with nothing to say: a number that is not known, an empty list, an object without content. */
static bool field_silent(const void *object, const struct field *f)
{
    if (f->need != FIELD_SPARSE)
        return false;
    if (f->type == FIELD_NUMBER)
        return isnan(*(const double *)member(object, f->offset));
    if (f->type == FIELD_LIST)
        return *(const int *)member(object, f->count_offset) == 0;
    return object_silent(member(object, f->offset), f->shape);
}

static json_t *shape_json(struct arena *a, const struct shape *shape, const void *object)
{
    json_t *json = json_object();
    for (size_t i = 0; i < shape->fields; i++) {
        const struct field *f = &shape->field[i];
        if (!field_silent(object, f))
            CHECK(json_object_set_new(json, f->key, field_json(a, object, f)) == 0);
    }
    return json;
}

static void write_tree(FILE *out, const struct result *r, bool in_html)
{
    struct arena *a = arena_new();
    json_t *tree = shape_json(a, &fields_result, r);
    jsonout_write(out, tree, in_html);
    json_decref(tree);
    arena_free(a);
}

void report_json_in_html(FILE *out, const struct result *r)
{
    write_tree(out, r, true);
}

bool report_json(FILE *out, const struct result *r)
{
    write_tree(out, r, false);
    return fflush(out) == 0 && !ferror(out);
}
