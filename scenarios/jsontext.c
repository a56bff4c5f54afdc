/* jsontext.c - writes JSON. */
#include "scenarios/jsontext.h"

#include "model/base/check.h"
#include "model/base/text.h"

#include <string.h>

enum { MOST_DEPTH = 64 };

struct jsontext {
    struct arena *arena;
    char *text;
    size_t n, capacity;
    char close[MOST_DEPTH];
    int depth;
    bool first; /* nothing stands in the open bracket yet */
};

static void put(struct jsontext *j, const char *text, size_t n)
{
    if (j->n + n + 1 > j->capacity) {
        size_t room = 2 * (j->n + n) + 256;
        j->text = arena_grow(j->arena, j->text, j->n, room, 1);
        j->capacity = room;
    }
    memcpy(j->text + j->n, text, n);
    j->n += n;
    j->text[j->n] = '\0';
}

static void put_text(struct jsontext *j, const char *text)
{
    put(j, text, strlen(text));
}

static void put_quoted(struct jsontext *j, const char *text)
{
    put(j, "\"", 1);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            put(j, "\\", 1);
        if ((unsigned char)*text < 0x20)
            put_text(j, arena_printf(j->arena, "\\u%04x", (unsigned)*text));
        else
            put(j, text, 1);
    }
    put(j, "\"", 1);
}

static void line_start(struct jsontext *j)
{
    put(j, "\n", j->n > 0 ? 1 : 0);
    for (int i = 0; i < j->depth; i++)
        put(j, "  ", 2);
}

static void item_start(struct jsontext *j, const char *key)
{
    if (j->depth > 0 && !j->first)
        put(j, ",", 1);
    j->first = false;
    line_start(j);
    if (key) {
        put_quoted(j, key);
        put(j, ": ", 2);
    }
}

struct jsontext *jsontext_new(struct arena *a)
{
    struct jsontext *j = ARENA_NEW(a, struct jsontext);
    j->arena = a;
    j->first = true;
    return j;
}

void jsontext_open(struct jsontext *j, const char *key, char bracket)
{
    CHECK(j->depth < MOST_DEPTH);
    item_start(j, key);
    put(j, &bracket, 1);
    j->close[j->depth++] = bracket == '{' ? '}' : ']';
    j->first = true;
}

void jsontext_close(struct jsontext *j)
{
    CHECK(j->depth > 0);
    j->depth--;
    if (!j->first)
        line_start(j);
    put(j, &j->close[j->depth], 1);
    j->first = false;
}

void jsontext_text(struct jsontext *j, const char *key, const char *value)
{
    item_start(j, key);
    put_quoted(j, value);
}

void jsontext_number(struct jsontext *j, const char *key, double value)
{
    item_start(j, key);
    put_text(j, text_double(j->arena, value));
}

void jsontext_raw(struct jsontext *j, const char *key, const char *json)
{
    item_start(j, key);
    put_text(j, json);
}

void jsontext_texts(struct jsontext *j, const char *key, const char *const *values, size_t n)
{
    item_start(j, key);
    put(j, "[", 1);
    for (size_t i = 0; i < n; i++) {
        put(j, ", ", i ? 2 : 0);
        put_quoted(j, values[i]);
    }
    put(j, "]", 1);
}

char *jsontext_end(struct jsontext *j)
{
    CHECK(j->depth == 0);
    put(j, "\n", 1);
    return j->text;
}
