/* schema.c - JSON Schema (draft 2020-12) from the shape tables. */
#include "scenarios/schema.h"

#include "model/base/check.h"
#include "scenarios/choices.h"
#include "scenarios/jsontext.h"
#include "scenarios/overhead.h"
#include "scenarios/shape.h"

#include <string.h>

const char *const schema_kinds[] = {"model", "scenarios", "study", "fleet", "inventory", "result"};
const size_t schema_kind_count = sizeof schema_kinds / sizeof *schema_kinds;

enum { MOST_SHAPES = 64 };

/* A shape is written once for each of its forms: with and without required keys. */
struct definition {
    const struct shape *shape;
    bool partial;
};

struct writer {
    struct jsontext *out;
    struct arena *arena;
    struct definition list[MOST_SHAPES];
    int n;
    bool partial; /* of the definition that is being written */
};

static const char *definition_name(struct arena *a, const struct definition *d)
{
    return d->partial && !d->shape->partial ? arena_printf(a, "some_%s", d->shape->name) : d->shape->name;
}

/* The name under $defs; queues the shape when it is new. */
static const char *definition_of(struct writer *w, const struct shape *s)
{
    struct definition d = {s, w->partial || s->partial};
    int i = 0;
    while (i < w->n && (w->list[i].shape != s || w->list[i].partial != d.partial))
        i++;
    if (i == w->n) {
        CHECK(w->n < MOST_SHAPES);
        w->list[w->n++] = d;
    }
    return definition_name(w->arena, &d);
}

static void ref_write(struct writer *w, const struct shape *s)
{
    jsontext_text(w->out, "$ref", arena_printf(w->arena, "#/$defs/%s", definition_of(w, s)));
}

static void text_write(struct writer *w, const struct key_row *row)
{
    (void)row;
    static const char *const types[] = {"string", "number", "boolean"};
    jsontext_texts(w->out, "type", types, sizeof types / sizeof *types);
}

static void const_write(struct writer *w, const struct key_row *row)
{
    jsontext_text(w->out, "const", row->doc);
}

/* YAML readers turn yes into true, and some do not. */
static void bool_write(struct writer *w, const struct key_row *row)
{
    static const char *const words[] = {"yes", "no", "true", "false"};
    (void)row;
    jsontext_open(w->out, "anyOf", '[');
    jsontext_open(w->out, NULL, '{');
    jsontext_text(w->out, "type", "boolean");
    jsontext_close(w->out);
    jsontext_open(w->out, NULL, '{');
    jsontext_texts(w->out, "enum", words, sizeof words / sizeof *words);
    jsontext_close(w->out);
    jsontext_close(w->out);
}

static bool has_range(const struct key_row *row)
{
    return row->lo != 0 || row->hi != 0;
}

static void bare_write(struct writer *w, const struct key_row *row, const char *type)
{
    jsontext_text(w->out, "type", type);
    if (!has_range(row))
        return;
    jsontext_number(w->out, row->flags & KEY_POSITIVE ? "exclusiveMinimum" : "minimum", row->lo);
    jsontext_number(w->out, "maximum", row->hi);
}

static void quantity_write(struct writer *w, const struct key_row *row)
{
    const char *pattern = units_pattern(row->type == KEY_TIME ? UNIT_TIME : row->unit);
    if (!pattern) {
        bare_write(w, row, "number");
        return;
    }
    jsontext_text(w->out, "type", "string");
    jsontext_text(w->out, "pattern", pattern);
}

/* Results write counts beyond 2^53 as digits. */
static void count_write(struct writer *w, const struct key_row *row)
{
    if (has_range(row)) {
        bare_write(w, row, "integer");
        return;
    }
    static const char *const types[] = {"integer", "string"};
    jsontext_texts(w->out, "type", types, 2);
    jsontext_number(w->out, "minimum", 0);
    jsontext_text(w->out, "pattern", "^[0-9]+$");
}

/* Words that look like numbers (2008, 10) arrive as numbers. */
static void choice_write(struct writer *w, const struct key_row *row)
{
    jsontext_open(w->out, "enum", '[');
    for (size_t i = 0; i < row->choices->count(); i++) {
        const char *word = row->choices->word(i);
        jsontext_text(w->out, NULL, word);
        if (strspn(word, "0123456789") == strlen(word))
            jsontext_raw(w->out, NULL, word);
    }
    jsontext_close(w->out);
}

static void money_write(struct writer *w, const struct key_row *row)
{
    (void)row;
    jsontext_text(w->out, "type", "string");
    jsontext_text(w->out, "pattern", "^[0-9]+[.]?[0-9]* +[A-Z]{3}$");
}

static void reference_write(struct writer *w, const struct key_row *row)
{
    if (!(row->flags & KEY_LIST_TOO)) {
        text_write(w, row);
        return;
    }
    static const char *const types[] = {"string", "number", "boolean", "array"};
    jsontext_texts(w->out, "type", types, sizeof types / sizeof *types);
    jsontext_number(w->out, "minItems", 1);
    jsontext_open(w->out, "items", '{');
    text_write(w, row);
    jsontext_close(w->out);
}

static void any_write(struct writer *w, const struct key_row *row)
{
    (void)w, (void)row;
}

static void time_write(struct writer *w, const struct key_row *row)
{
    jsontext_open(w->out, "anyOf", '[');
    jsontext_open(w->out, NULL, '{');
    quantity_write(w, row);
    jsontext_close(w->out);
    jsontext_open(w->out, NULL, '{');
    ref_write(w, &shape_time);
    jsontext_close(w->out);
    jsontext_close(w->out);
}

static void map_write(struct writer *w, const struct key_row *row)
{
    ref_write(w, row->shape);
}

static void named_write(struct writer *w, const struct key_row *row)
{
    jsontext_text(w->out, "type", "object");
    jsontext_number(w->out, "maxProperties", row->limit ? row->limit : 1000);
    if (!(row->flags & KEY_FREE_NAMES)) {
        jsontext_open(w->out, "propertyNames", '{');
        jsontext_text(w->out, "pattern", "^[A-Za-z0-9_-]{1,64}$");
        jsontext_close(w->out);
    }
    jsontext_open(w->out, "additionalProperties", '{');
    ref_write(w, row->shape);
    jsontext_close(w->out);
}

static void list_write(struct writer *w, const struct key_row *row)
{
    jsontext_text(w->out, "type", "array");
    if (!(row->flags & KEY_EMPTY_TOO))
        jsontext_number(w->out, "minItems", 1);
    jsontext_number(w->out, "maxItems", row->limit ? row->limit : 1000);
    jsontext_open(w->out, "items", '{');
    ref_write(w, row->shape);
    jsontext_close(w->out);
}

static void branches_write(struct writer *w, const struct key_row *row)
{
    struct key_row branch = {.type = KEY_LIST, .shape = row->shape};
    jsontext_text(w->out, "type", "array");
    jsontext_number(w->out, "minItems", 1);
    jsontext_number(w->out, "maxItems", row->limit);
    jsontext_open(w->out, "items", '{');
    list_write(w, &branch);
    jsontext_close(w->out);
}

static void texts_write(struct writer *w, const struct key_row *row)
{
    jsontext_text(w->out, "type", "array");
    jsontext_open(w->out, "items", '{');
    text_write(w, row);
    jsontext_close(w->out);
}

static void text_lists_write(struct writer *w, const struct key_row *row)
{
    jsontext_text(w->out, "type", "array");
    jsontext_open(w->out, "items", '{');
    texts_write(w, row);
    jsontext_close(w->out);
}

static void changes_write(struct writer *w, const struct key_row *row)
{
    jsontext_text(w->out, "type", "object");
    jsontext_number(w->out, "minProperties", 1);
    if (row->type == KEY_FACTORS) {
        jsontext_open(w->out, "additionalProperties", '{');
        jsontext_text(w->out, "type", "array");
        jsontext_number(w->out, "minItems", 1);
        jsontext_close(w->out);
    }
}

static void property_write(struct writer *w, const struct key_row *const *rows, int n);

static void params_write(struct writer *w, const struct mechanism *m)
{
    jsontext_open(w->out, m->name, '{');
    jsontext_text(w->out, "type", "object");
    jsontext_text(w->out, "description", m->title);
    jsontext_raw(w->out, "additionalProperties", "false");
    jsontext_open(w->out, "properties", '{');
    for (size_t i = 0; i < m->n_params; i++) {
        struct key_row row = overhead_row(&m->params[i]);
        const struct key_row *one = &row;
        property_write(w, &one, 1);
    }
    jsontext_close(w->out);
    jsontext_close(w->out);
}

static void overheads_write(struct writer *w, const struct key_row *row)
{
    const struct key_row *cpu = &overhead_cpu_row;
    (void)row;
    jsontext_text(w->out, "type", "object");
    jsontext_raw(w->out, "additionalProperties", "false");
    jsontext_open(w->out, "properties", '{');
    property_write(w, &cpu, 1);
    for (size_t i = 0; i < mechanism_count; i++)
        params_write(w, mechanism_registry[i]);
    jsontext_close(w->out);
}

typedef void (*write_fn)(struct writer *w, const struct key_row *row);
static const write_fn writers[] = {
    [KEY_CONST] = const_write,
    [KEY_TEXT] = text_write,
    [KEY_BOOL] = bool_write,
    [KEY_NUMBER] = quantity_write,
    [KEY_COUNT] = count_write,
    [KEY_CHOICE] = choice_write,
    [KEY_SWITCH] = choice_write,
    [KEY_MONEY] = money_write,
    [KEY_REF] = reference_write,
    [KEY_ANY] = any_write,
    [KEY_TIME] = time_write,
    [KEY_MAP] = map_write,
    [KEY_NAMED] = named_write,
    [KEY_LIST] = list_write,
    [KEY_BRANCHES] = branches_write,
    [KEY_TEXTS] = texts_write,
    [KEY_TEXT_LISTS] = text_lists_write,
    [KEY_CHANGES] = changes_write,
    [KEY_FACTORS] = changes_write,
    [KEY_OVERHEADS] = overheads_write,
};

/* One key with all its forms. */
static void property_write(struct writer *w, const struct key_row *const *rows, int n)
{
    const struct key_row *first = rows[0];
    bool several = n > 1 || (first->flags & KEY_NULLABLE);
    jsontext_open(w->out, first->key, '{');
    jsontext_text(w->out, "description", rows[n - 1]->doc);
    if (several)
        jsontext_open(w->out, "anyOf", '[');
    for (int i = 0; i < n; i++) {
        if (several)
            jsontext_open(w->out, NULL, '{');
        writers[rows[i]->type](w, rows[i]);
        if (several)
            jsontext_close(w->out);
    }
    if (first->flags & KEY_NULLABLE)
        jsontext_raw(w->out, NULL, "{\"type\": \"null\"}");
    if (several)
        jsontext_close(w->out);
    jsontext_close(w->out);
}

/* Rows with the key of row i, which is its first; 0 if it is not. */
static int rows_of_key(const struct shape *s, size_t i, const struct key_row **rows)
{
    enum { MOST_FORMS = 2 };
    const struct key_row *first = shape_row(s, i), *row;
    int n = 0;
    if (shape_find(s, first->key) != first)
        return 0;
    for (; n < MOST_FORMS && (row = shape_row(s, i)) && strcmp(row->key, first->key) == 0; i++)
        rows[n++] = row;
    return n;
}

static void properties_write(struct writer *w, const struct shape *s)
{
    const struct key_row *rows[2];
    jsontext_open(w->out, "properties", '{');
    for (size_t i = 0; shape_row(s, i); i++) {
        int n = rows_of_key(s, i, rows);
        if (n > 0)
            property_write(w, rows, n);
    }
    jsontext_close(w->out);
}

static void required_write(struct writer *w, const struct shape *s)
{
    const struct key_row *row;
    jsontext_open(w->out, "required", '[');
    for (size_t i = 0; (row = shape_row(s, i)); i++)
        if ((row->flags & KEY_REQUIRED) && shape_find(s, row->key) == row)
            jsontext_text(w->out, NULL, row->key);
    jsontext_close(w->out);
}

static void one_of_write(struct writer *w, const struct shape *s)
{
    const struct key_row *row;
    jsontext_open(w->out, "oneOf", '[');
    for (size_t i = 0; (row = shape_row(s, i)); i++) {
        if (!(row->flags & KEY_ONE_OF))
            continue;
        jsontext_open(w->out, NULL, '{');
        jsontext_texts(w->out, "required", &row->key, 1);
        jsontext_close(w->out);
    }
    jsontext_close(w->out);
}

/* `threads` makes sense only beside `cpu`. */
static void company_write(struct writer *w, const struct key_row *row)
{
    jsontext_open(w->out, row->key, '{');
    jsontext_open(w->out, "anyOf", '[');
    for (const char *p = row->with; *p; p += strcspn(p, " "), p += strspn(p, " ")) {
        const char *word = arena_strndup(w->arena, p, strcspn(p, " "));
        jsontext_open(w->out, NULL, '{');
        jsontext_texts(w->out, "required", &word, 1);
        jsontext_close(w->out);
    }
    jsontext_close(w->out);
    jsontext_close(w->out);
}

static void companies_write(struct writer *w, const struct shape *s)
{
    const struct key_row *row;
    bool any = false;
    for (size_t i = 0; (row = shape_row(s, i)); i++)
        any = any || row->with;
    if (!any)
        return;
    jsontext_open(w->out, "dependentSchemas", '{');
    for (size_t i = 0; (row = shape_row(s, i)); i++)
        if (row->with)
            company_write(w, row);
    jsontext_close(w->out);
}

static void shape_write(struct writer *w, const struct shape *s)
{
    jsontext_text(w->out, "type", "object");
    jsontext_text(w->out, "description", s->doc);
    properties_write(w, s);
    jsontext_raw(w->out, "additionalProperties", "false");
    if (!w->partial && shape_has_flag(s, KEY_REQUIRED))
        required_write(w, s);
    if (!w->partial && shape_has_flag(s, KEY_ONE_OF))
        one_of_write(w, s);
    companies_write(w, s);
}

static const struct shape *file_shape(const char *kind)
{
    for (size_t i = 0; i < shape_file_count; i++)
        if (strcmp(shape_files[i].name, kind) == 0)
            return shape_files[i].shape;
    return NULL;
}

char *schema_text(struct arena *a, const char *kind)
{
    const struct shape *s = file_shape(kind);
    if (!s)
        return NULL;
    struct writer *w = ARENA_NEW(a, struct writer);
    w->arena = a;
    w->out = jsontext_new(a);
    jsontext_open(w->out, NULL, '{');
    jsontext_text(w->out, "$schema", "https://json-schema.org/draft/2020-12/schema");
    jsontext_text(w->out, "$id", arena_printf(a, "urn:hvplan:%s:1", kind));
    jsontext_text(w->out, "title", arena_printf(a, "hvplan.%s/1", kind));
    shape_write(w, s);
    jsontext_open(w->out, "$defs", '{');
    for (int i = 0; i < w->n; i++) {
        w->partial = w->list[i].partial;
        jsontext_open(w->out, definition_name(a, &w->list[i]), '{');
        shape_write(w, w->list[i].shape);
        jsontext_close(w->out);
    }
    jsontext_close(w->out);
    jsontext_close(w->out);
    return jsontext_end(w->out);
}
