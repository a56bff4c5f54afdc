/* yamlout.c - writes the subset of YAML that yamltree.c reads. */
#include "scenarios/yamlout.h"

#include <ctype.h>
#include <string.h>

enum { FLOW_WIDTH = 100, INDENT = 2 };

struct out {
    struct arena *arena;
    char *text;
    size_t n, capacity;
};

static void put(struct out *o, const char *text, size_t n)
{
    if (o->n + n + 1 > o->capacity) {
        size_t room = 2 * (o->n + n + 64);
        o->text = arena_grow(o->arena, o->text, o->n, room, 1);
        o->capacity = room;
    }
    memcpy(o->text + o->n, text, n);
    o->n += n;
    o->text[o->n] = '\0';
}

static void put_text(struct out *o, const char *text)
{
    put(o, text, strlen(text));
}

static void put_indent(struct out *o, int columns)
{
    for (int i = 0; i < columns; i++)
        put(o, " ", 1);
}

/* Letters, digits and a few signs that mean nothing to YAML wherever they stand. */
static bool is_plain(const char *s)
{
    static const char safe[] = "_./%+- ";
    size_t n = strlen(s);
    if (n == 0 || strcmp(s, "null") == 0 || s[n - 1] == ' ')
        return false;
    for (size_t i = 0; i < n; i++)
        if (!isalnum((unsigned char)s[i]) && !strchr(safe, s[i]))
            return false;
    if (isalnum((unsigned char)s[0]) || s[0] == '_' || s[0] == '+')
        return true;
    return (s[0] == '-' || s[0] == '.' || s[0] == '/') && isalnum((unsigned char)s[1]);
}

/* The code point at *s, which is valid UTF-8; advances *s. */
static unsigned code_next(const char **s)
{
    const unsigned char *p = (const unsigned char *)*s;
    int more = p[0] < 0x80 ? 0 : p[0] < 0xe0 ? 1 : p[0] < 0xf0 ? 2 : 3;
    unsigned code = more == 0 ? p[0] : p[0] & (0x3fu >> more);
    for (int i = 1; i <= more; i++)
        code = code << 6 | (p[i] & 0x3fu);
    *s += more + 1;
    return code;
}

/* What libyaml reads inside quotes as it stands; the other characters need an escape. */
static bool code_is_printable(unsigned c)
{
    return (c >= 0x20 && c <= 0x7e) ||
           (c >= 0xa0 && c <= 0xfffd && c != 0x2028 && c != 0x2029 && c != 0xfeff) || c >= 0x10000;
}

static bool is_printable(const char *s)
{
    while (*s)
        if (!code_is_printable(code_next(&s)))
            return false;
    return true;
}

static void put_double_quoted(struct out *o, const char *s)
{
    put(o, "\"", 1);
    while (*s) {
        const char *from = s;
        unsigned c = code_next(&s);
        if (c == '"' || c == '\\')
            put(o, "\\", 1);
        if (code_is_printable(c))
            put(o, from, (size_t)(s - from));
        else
            put_text(o, arena_printf(o->arena, c < 0x100 ? "\\x%02X" : "\\u%04X", c));
    }
    put(o, "\"", 1);
}

static void put_single_quoted(struct out *o, const char *s)
{
    put(o, "'", 1);
    for (; *s; s++)
        put(o, *s == '\'' ? "''" : s, *s == '\'' ? 2 : 1);
    put(o, "'", 1);
}

static void put_scalar(struct out *o, const char *s)
{
    if (is_plain(s))
        put_text(o, s);
    else if (is_printable(s))
        put_single_quoted(o, s);
    else
        put_double_quoted(o, s);
}

static void put_flow(struct out *o, const struct node *n)
{
    if (n->kind == NODE_NULL) {
        put(o, "~", 1);
        return;
    }
    if (n->kind == NODE_SCALAR) {
        put_scalar(o, n->text);
        return;
    }
    bool map = n->kind == NODE_MAP;
    put(o, map ? "{" : "[", 1);
    for (int i = 0; i < n->n; i++) {
        put(o, ", ", i ? 2 : 0);
        if (map) {
            put_scalar(o, n->key[i]);
            put(o, ": ", 2);
        }
        put_flow(o, n->child[i]);
    }
    put(o, map ? "}" : "]", 1);
}

/* 0 for a scalar, 1 for a map of scalars, at most 3. */
static int node_height(const struct node *n)
{
    int height = 0;
    for (int i = 0; i < n->n && height < 2; i++) {
        int below = node_height(n->child[i]);
        height = below > height ? below : height;
    }
    return n->kind == NODE_MAP || n->kind == NODE_LIST ? height + 1 : 0;
}

/* The flow form if it is short and simple enough to be read at a glance, else NULL. */
static const char *flow_if_short(struct out *o, const struct node *n, bool item)
{
    if (n->kind == NODE_NULL || n->kind == NODE_SCALAR || n->n == 0)
        return yamlout_flow(o->arena, n);
    if (n->n > FLOW_WIDTH / 3 || node_height(n) > (item ? 2 : 1))
        return NULL;
    const char *text = yamlout_flow(o->arena, n);
    return strlen(text) <= FLOW_WIDTH ? text : NULL;
}

static void put_block(struct out *o, const struct node *n, int indent, bool inlined);

/* The value after "key:" or "-". A list or map that follows a dash starts on its line. */
static void put_value(struct out *o, const struct node *n, int indent, bool item)
{
    const char *flow = flow_if_short(o, n, item);
    if (flow) {
        put(o, " ", 1);
        put_text(o, flow);
        put(o, "\n", 1);
    } else if (item) {
        put(o, " ", 1);
        put_block(o, n, indent, true);
    } else {
        put(o, "\n", 1);
        put_block(o, n, indent, false);
    }
}

static void put_block(struct out *o, const struct node *n, int indent, bool inlined)
{
    for (int i = 0; i < n->n; i++) {
        if (i > 0 || !inlined)
            put_indent(o, indent);
        if (n->kind == NODE_MAP) {
            put_scalar(o, n->key[i]);
            put(o, ":", 1);
        } else {
            put(o, "-", 1);
        }
        put_value(o, n->child[i], indent + INDENT, n->kind == NODE_LIST);
    }
}

char *yamlout_block(struct arena *a, const struct node *n)
{
    struct out o = {.arena = a};
    put(&o, "", 0);
    if (n->n > 0)
        put_block(&o, n, 0, false);
    else
        put_value(&o, n, 0, false);
    return o.text;
}

char *yamlout_flow(struct arena *a, const struct node *n)
{
    struct out o = {.arena = a};
    put(&o, "", 0);
    put_flow(&o, n);
    return o.text;
}
