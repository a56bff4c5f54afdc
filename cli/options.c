/* options.c - command-line options from tables. */
#include "cli/options.h"
#include "model/base/check.h"
#include "model/base/text.h"
#include "model/base/units.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct cursor {
    const char *const *word;
    int n, at;
};

static void fail(struct options *o, const char *text)
{
    if (!o->error)
        o->error = text;
}

static struct option_value *find(struct options *o, const char *name, size_t length)
{
    for (int i = 0; i < o->n; i++)
        if (strlen(o->value[i].row->name) == length && memcmp(o->value[i].row->name, name, length) == 0)
            return &o->value[i];
    return NULL;
}

static struct option_value *find_letter(struct options *o, char letter)
{
    for (int i = 0; i < o->n; i++)
        if (o->value[i].row->letter == letter)
            return &o->value[i];
    return NULL;
}

static void unknown(struct options *o, const char *name)
{
    const char *known[OPTIONS_MOST];
    for (int i = 0; i < o->n; i++)
        known[i] = o->value[i].row->name;
    const char *near = text_nearest(name, known, (size_t)o->n);
    fail(o, near ? arena_printf(o->arena, "unknown option '--%s' (did you mean '--%s'?)", name, near)
                 : arena_printf(o->arena, "unknown option '--%s'", name));
}

static bool parse_whole(const char *text, uint64_t *value)
{
    if (text[0] < '0' || text[0] > '9')
        return false;
    char *end;
    errno = 0;
    const unsigned long long v = strtoull(text, &end, 10);
    *value = v;
    return *end == '\0' && errno == 0;
}

static void check_range(struct options *o, const struct option_row *row, const char *text, double value)
{
    if (value >= row->lo && value <= row->hi)
        return;
    const enum unit unit = row->type == OPTION_FRACTION ? UNIT_FRACTION
                           : row->type == OPTION_TIME   ? UNIT_TIME
                                                        : UNIT_COUNT;
    fail(o, arena_printf(o->arena, "--%s: '%s' is not between %s and %s", row->name, text,
                         units_format(o->arena, row->lo, unit), units_format(o->arena, row->hi, unit)));
}

static void take_whole(struct options *o, struct option_value *v, const char *text)
{
    if (!parse_whole(text, &v->whole))
        fail(o, arena_printf(o->arena, "--%s: '%s' is not a whole number", v->row->name, text));
    else
        check_range(o, v->row, text, (double)v->whole);
}

static void take_quantity(struct options *o, struct option_value *v, const char *text, enum unit unit)
{
    if (units_parse(text, unit, &v->number) != UNITS_OK)
        fail(o, arena_printf(o->arena, "--%s: '%s' is not a %s", v->row->name, text, units_example(unit)));
    else
        check_range(o, v->row, text, v->number);
}

static void take(struct options *o, struct option_value *v, const char *text)
{
    if (v->given && v->row->type != OPTION_LIST && v->row->type != OPTION_FLAG)
        fail(o, arena_printf(o->arena, "--%s is given twice", v->row->name));
    v->given = true;
    v->text = text;
    switch (v->row->type) {
    case OPTION_WHOLE:
        take_whole(o, v, text);
        break;
    case OPTION_FRACTION:
        take_quantity(o, v, text, UNIT_FRACTION);
        break;
    case OPTION_TIME:
        take_quantity(o, v, text, UNIT_TIME);
        break;
    case OPTION_LIST:
        *ARENA_PUSH(o->arena, v->list, v->n, v->capacity) = text;
        break;
    case OPTION_FLAG:
    case OPTION_TEXT:
    case OPTION_END:
        break;
    }
}

/* `attached` is the value written in the same word, or NULL. */
static void take_with_argument(struct options *o, struct option_value *v, const char *attached,
                               struct cursor *c)
{
    if (v->row->type == OPTION_FLAG) {
        if (attached)
            fail(o, arena_printf(o->arena, "--%s takes no value", v->row->name));
        take(o, v, NULL);
    } else if (attached) {
        take(o, v, attached);
    } else if (c->at < c->n) {
        take(o, v, c->word[c->at++]);
    } else {
        fail(o, arena_printf(o->arena, "--%s needs a value: --%s %s", v->row->name, v->row->name,
                             v->row->argument));
    }
}

static void take_long(struct options *o, const char *word, struct cursor *c)
{
    const char *equals = strchr(word, '=');
    const size_t length = equals ? (size_t)(equals - word) : strlen(word);
    struct option_value *v = find(o, word, length);
    if (v)
        take_with_argument(o, v, equals ? equals + 1 : NULL, c);
    else
        unknown(o, arena_strndup(o->arena, word, length));
}

/* -qv is -q -v; -oFILE is -o FILE. */
static void take_letters(struct options *o, const char *letters, struct cursor *c)
{
    for (; *letters && !o->error; letters++) {
        struct option_value *v = find_letter(o, *letters);
        if (!v) {
            fail(o, arena_printf(o->arena, "unknown option '-%c'", *letters));
        } else if (v->row->type == OPTION_FLAG) {
            take(o, v, NULL);
        } else {
            take_with_argument(o, v, letters[1] ? letters + 1 : NULL, c);
            return;
        }
    }
}

static void add_tables(struct options *o, const struct option_row *const *tables)
{
    for (; *tables; tables++) {
        for (const struct option_row *row = *tables; row->type != OPTION_END; row++) {
            CHECK(o->n < OPTIONS_MOST);
            o->value[o->n++].row = row;
        }
    }
}

void options_parse(struct options *o, struct arena *a, const struct option_row *const *tables,
                   const char *const *words, int n)
{
    *o = (struct options){.arena = a};
    add_tables(o, tables);
    struct cursor c = {words, n, 0};
    bool only_operands = false;
    while (c.at < c.n && !o->error) {
        const char *word = c.word[c.at++];
        if (only_operands || word[0] != '-' || word[1] == '\0')
            *ARENA_PUSH(a, o->operand, o->operands, o->capacity) = word;
        else if (strcmp(word, "--") == 0)
            only_operands = true;
        else if (word[1] == '-')
            take_long(o, word + 2, &c);
        else
            take_letters(o, word + 1, &c);
    }
}

const struct option_value *options_value(const struct options *o, const char *name)
{
    const struct option_value *found = NULL;
    for (int i = 0; i < o->n && !found; i++)
        if (strcmp(o->value[i].row->name, name) == 0)
            found = &o->value[i];
    CHECK(found != NULL);
    return found;
}

bool options_flag(const struct options *o, const char *name)
{
    return options_value(o, name)->given;
}

const char *options_text(const struct options *o, const char *name)
{
    return options_value(o, name)->text;
}

double options_number(const struct options *o, const char *name, double otherwise)
{
    const struct option_value *v = options_value(o, name);
    return v->given ? v->number : otherwise;
}

uint64_t options_whole(const struct options *o, const char *name, uint64_t otherwise)
{
    const struct option_value *v = options_value(o, name);
    return v->given ? v->whole : otherwise;
}
