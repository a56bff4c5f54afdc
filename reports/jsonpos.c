/* jsonpos.c - see jsonpos.h. */
#include "reports/jsonpos.h"

#include <stdbool.h>
#include <string.h>

static const char *skip_blanks(const char *p)
{
    return p + strspn(p, " \t\r\n");
}

static const char *skip_string(const char *p)
{
    for (p++; *p && *p != '"'; p++) {
        if (*p == '\\' && p[1])
            p++;
    }
    return *p ? p + 1 : p;
}

static const char *skip_value(const char *p)
{
    int depth = 0;
    do {
        p = skip_blanks(p);
        if (*p == '"') {
            p = skip_string(p);
        } else if (*p == '{' || *p == '[') {
            depth++;
            p++;
        } else if (*p == '}' || *p == ']') {
            depth--;
            p++;
        } else if (*p) {
            p++;
            if (depth == 0)
                p += strcspn(p, ",]} \t\r\n");
        }
    } while (depth > 0 && *p);
    return p;
}

static bool key_is(const char *p, const char *key)
{
    size_t n = strlen(key);
    return *p == '"' && strncmp(p + 1, key, n) == 0 && p[1 + n] == '"';
}

/* The child of the object or array at p; NULL if it has none such. */
static const char *child_of(const char *p, const struct jsonpos_step *step)
{
    if (*p != (step->key ? '{' : '['))
        return NULL;
    p = skip_blanks(p + 1);
    for (size_t i = 0; *p && *p != '}' && *p != ']'; i++) {
        bool found = step->key ? key_is(p, step->key) : i == step->index;
        if (step->key)
            p = skip_blanks(skip_blanks(skip_string(p)) + 1);
        if (found)
            return p;
        p = skip_blanks(skip_value(p));
        p = skip_blanks(*p == ',' ? p + 1 : p);
    }
    return NULL;
}

static const char *locate(const char *json, const struct jsonpos_step *step)
{
    if (!step->up)
        return skip_blanks(json);
    const char *parent = locate(json, step->up), *child = child_of(parent, step);
    return child ? child : parent;
}

void jsonpos_find(const char *json, const struct jsonpos_step *step, int *line, int *column)
{
    const char *at = locate(json, step), *begin = json;
    *line = 1;
    for (const char *p = json; p < at; p++) {
        if (*p == '\n') {
            (*line)++;
            begin = p + 1;
        }
    }
    *column = (int)(at - begin) + 1;
}

char *jsonpos_path(struct arena *a, const struct jsonpos_step *step)
{
    if (!step->up)
        return arena_strdup(a, "");
    const char *up = jsonpos_path(a, step->up);
    if (!step->key)
        return arena_printf(a, "%s[%zu]", up, step->index);
    return arena_printf(a, "%s%s%s", up, *up ? "." : "", step->key);
}
