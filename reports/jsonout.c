/* jsonout.c - see jsonout.h. */
#include "reports/jsonout.h"
#include "model/base/arena.h"
#include "model/base/text.h"

#include <string.h>

enum { SCRATCH_BYTES = 1 << 16 };

struct writer {
    FILE *out;
    struct arena *scratch;
    bool in_html;
};

static void write_value(const struct writer *w, json_t *v, int depth);

/* Source: RFC 8259, section 7. */
static void write_text(const struct writer *w, const char *s)
{
    static const char *const shorts[] = {"\"\\\"", "\\\\\\", "\n\\n", "\r\\r", "\t\\t"};
    fputc('"', w->out);
    for (; *s; s++) {
        const char *shortened = NULL;
        for (size_t i = 0; i < sizeof shorts / sizeof shorts[0]; i++)
            shortened = shorts[i][0] == *s ? shorts[i] + 1 : shortened;
        if (shortened)
            fputs(shortened, w->out);
        else if ((unsigned char)*s < 0x20 || *s == 0x7F || (w->in_html && *s == '<'))
            fprintf(w->out, "\\u%04x", (unsigned)*s);
        else
            fputc(*s, w->out);
    }
    fputc('"', w->out);
}

static void write_number(const struct writer *w, double v)
{
    if (arena_used(w->scratch) > SCRATCH_BYTES)
        arena_reset(w->scratch);
    fputs(text_double(w->scratch, v), w->out);
}

static bool is_leaf(json_t *v)
{
    return !json_is_object(v) && !json_is_array(v);
}

static bool has_only_leaves(json_t *v)
{
    const char *key;
    json_t *child;
    size_t i;
    json_object_foreach(v, key, child)
    {
        if (!is_leaf(child))
            return false;
    }
    json_array_foreach(v, i, child)
    {
        if (!is_leaf(child))
            return false;
    }
    return true;
}

/* Between the brackets: a new line with its indent, or a blank after each comma where all fits on one line. */
static void write_break(const struct writer *w, bool one_line, bool first, int depth)
{
    if (one_line)
        fputs(first ? "" : " ", w->out);
    else
        fprintf(w->out, "\n%*s", 2 * depth, "");
}

static void write_object(const struct writer *w, json_t *v, int depth)
{
    bool one_line = has_only_leaves(v), first = true;
    const char *key;
    json_t *child;
    fputc('{', w->out);
    json_object_foreach(v, key, child)
    {
        fputs(first ? "" : ",", w->out);
        write_break(w, one_line, first, depth + 1);
        write_text(w, key);
        fputs(": ", w->out);
        write_value(w, child, depth + 1);
        first = false;
    }
    if (!one_line)
        write_break(w, false, false, depth);
    fputc('}', w->out);
}

static void write_array(const struct writer *w, json_t *v, int depth)
{
    bool one_line = has_only_leaves(v);
    size_t i;
    json_t *child;
    fputc('[', w->out);
    json_array_foreach(v, i, child)
    {
        fputs(i == 0 ? "" : ",", w->out);
        write_break(w, one_line, i == 0, depth + 1);
        write_value(w, child, depth + 1);
    }
    if (!one_line)
        write_break(w, false, false, depth);
    fputc(']', w->out);
}

static void write_value(const struct writer *w, json_t *v, int depth)
{
    switch (json_typeof(v)) {
    case JSON_OBJECT:
        write_object(w, v, depth);
        break;
    case JSON_ARRAY:
        write_array(w, v, depth);
        break;
    case JSON_STRING:
        write_text(w, json_string_value(v));
        break;
    case JSON_INTEGER:
        fprintf(w->out, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
        break;
    case JSON_REAL:
        write_number(w, json_real_value(v));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        fputs(json_is_true(v) ? "true" : "false", w->out);
        break;
    case JSON_NULL:
        fputs("null", w->out);
        break;
    }
}

void jsonout_write(FILE *out, json_t *tree, bool in_html)
{
    struct writer w = {out, arena_new(), in_html};
    write_value(&w, tree, 0);
    fputc('\n', out);
    arena_free(w.scratch);
}
