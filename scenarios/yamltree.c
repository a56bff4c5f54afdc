/* yamltree.c - reads YAML through libyaml's events. */
#include "scenarios/yamltree.h"

#include "model/base/check.h"
#include "model/base/text.h"
#include "scenarios/yamlout.h"

#include <errno.h>
#include <string.h>
#include <yaml.h>

enum {
    MAX_FILE = 64 << 20,
    MAX_DEPTH = 32,
    MAX_NODES = 2000000,
    MAX_KEY =
        240, /* a key of this length, all escaped, still fits libyaml's 1024 characters of a simple key */
    MAX_VALUE = 64 << 10,
    HASH_FROM = 16 /* maps up to this size are searched one by one */
};

/* One open list or map. */
struct frame {
    struct node *node;
    const char *key; /* of the value that comes next; NULL = a key comes next */
    struct pos key_pos;
    bool duplicate; /* the value that comes next is dropped */
    int *slot;      /* hash of keys: index + 1, 0 = free */
    size_t slots;
};

struct reader {
    struct arena *arena;
    struct errs *errs;
    const char *name;
    yaml_parser_t parser;
    struct frame frame[MAX_DEPTH];
    int depth, nodes, documents;
    struct node *root;
    bool stop;
};

static struct pos mark_pos(const struct reader *r, yaml_mark_t m)
{
    return (struct pos){r->name, (int)m.line + 1, (int)m.column + 1};
}

/* The key path of the value that comes next, for error texts. */
static const char *path_now(const struct reader *r)
{
    const char *path = NULL;
    for (int i = 0; i < r->depth; i++) {
        const struct frame *f = &r->frame[i];
        const char *part = f->node->kind == NODE_LIST ? arena_printf(r->arena, "%d", f->node->n) : f->key;
        if (part)
            path = path ? arena_printf(r->arena, "%s.%s", path, part) : part;
    }
    return path;
}

/* An error that ends the reading. */
static void reader_stop(struct reader *r, yaml_mark_t at, const char *text)
{
    errs_add(r->errs, ERR_INVALID, mark_pos(r, at), path_now(r), "%s", text);
    r->stop = true;
}

/* Grows the hash of keys to twice the number of keys and fills it again. */
static void frame_rehash(struct reader *r, struct frame *f)
{
    f->slots = f->slots ? 2 * f->slots : 8 * HASH_FROM;
    f->slot = ARENA_ARRAY(r->arena, int, f->slots);
    for (int i = 0; i < f->node->n; i++) {
        size_t h = text_hash(f->node->key[i]) & (f->slots - 1);
        while (f->slot[h])
            h = (h + 1) & (f->slots - 1);
        f->slot[h] = i + 1;
    }
}

/* Index of the key in the open map, or -1; remembers the key for the next index if it is new. */
static int frame_find(struct reader *r, struct frame *f, const char *key)
{
    struct node *n = f->node;
    if (n->n < HASH_FROM)
        return node_index(n, key);
    if (2 * (size_t)n->n + 2 > f->slots)
        frame_rehash(r, f);
    size_t h = text_hash(key) & (f->slots - 1);
    for (; f->slot[h]; h = (h + 1) & (f->slots - 1))
        if (strcmp(n->key[f->slot[h] - 1], key) == 0)
            return f->slot[h] - 1;
    f->slot[h] = n->n + 1;
    return -1;
}

static void key_take(struct reader *r, const char *text, yaml_mark_t at)
{
    struct frame *f = &r->frame[r->depth - 1];
    size_t length = strlen(text);
    f->key_pos = mark_pos(r, at);
    f->duplicate = false;
    if (length == 0 || length > MAX_KEY) {
        reader_stop(r, at, length ? "this key has more than 240 characters" : "empty key");
        return;
    }
    f->key = text;
    int i = frame_find(r, f, text);
    if (i < 0)
        return;
    f->duplicate = true;
    errs_add(r->errs, ERR_INVALID, f->key_pos, path_now(r), "duplicate key; it stands first in line %d",
             f->node->key_pos[i].line);
}

/* Hangs a finished or opened value below the open list or map. */
static void value_put(struct reader *r, struct node *n)
{
    if (r->depth == 0) {
        r->root = n;
        return;
    }
    struct frame *f = &r->frame[r->depth - 1];
    if (f->node->kind == NODE_LIST)
        node_append(r->arena, f->node, n);
    else if (!f->duplicate)
        node_add(r->arena, f->node, f->key, f->key_pos, n);
}

/* After a value is complete its map waits for the next key. */
static void value_done(struct reader *r)
{
    if (r->depth > 0 && r->frame[r->depth - 1].node->kind == NODE_MAP)
        r->frame[r->depth - 1].key = NULL;
}

static bool key_is_due(const struct reader *r)
{
    return r->depth > 0 && r->frame[r->depth - 1].node->kind == NODE_MAP && !r->frame[r->depth - 1].key;
}

static struct node *node_open(struct reader *r, enum node_kind kind, yaml_mark_t at)
{
    if (++r->nodes > MAX_NODES) {
        reader_stop(r, at, "more than 2000000 values in one file");
        return NULL;
    }
    struct node *n = ARENA_NEW(r->arena, struct node);
    n->kind = kind;
    n->pos = mark_pos(r, at);
    return n;
}

static bool text_is_null(const char *s)
{
    return s[0] == '\0' || strcmp(s, "~") == 0 || strcmp(s, "null") == 0;
}

static void scalar_take(struct reader *r, const yaml_event_t *ev)
{
    const char *text = (const char *)ev->data.scalar.value;
    size_t length = ev->data.scalar.length;
    if (length > MAX_VALUE) {
        reader_stop(r, ev->start_mark, "a value of more than 65536 characters");
        return;
    }
    if (strlen(text) != length) {
        reader_stop(r, ev->start_mark, "a NUL character inside a value");
        return;
    }
    text = arena_strdup(r->arena, text);
    if (key_is_due(r)) {
        key_take(r, text, ev->start_mark);
        return;
    }
    bool quoted = ev->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    struct node *n = node_open(r, !quoted && text_is_null(text) ? NODE_NULL : NODE_SCALAR, ev->start_mark);
    if (!n)
        return;
    n->text = n->kind == NODE_SCALAR ? text : NULL;
    n->quoted = quoted;
    value_put(r, n);
    value_done(r);
}

static void open_take(struct reader *r, enum node_kind kind, yaml_mark_t at)
{
    if (key_is_due(r)) {
        reader_stop(r, at, "a list or map cannot be a key");
        return;
    }
    if (r->depth == MAX_DEPTH) {
        reader_stop(r, at, "nested deeper than 32 levels");
        return;
    }
    struct node *n = node_open(r, kind, at);
    if (!n)
        return;
    value_put(r, n);
    r->frame[r->depth++] = (struct frame){.node = n};
}

static void close_take(struct reader *r)
{
    r->depth--;
    value_done(r);
}

static void document_take(struct reader *r, yaml_mark_t at)
{
    if (++r->documents > 1)
        reader_stop(r, at, "more than one document in the file");
}

/* Anchors and tags, which an event of any kind may carry. */
static bool has_extras(const yaml_event_t *ev)
{
    switch (ev->type) {
    case YAML_SCALAR_EVENT:
        return ev->data.scalar.anchor || ev->data.scalar.tag;
    case YAML_SEQUENCE_START_EVENT:
        return ev->data.sequence_start.anchor || ev->data.sequence_start.tag;
    case YAML_MAPPING_START_EVENT:
        return ev->data.mapping_start.anchor || ev->data.mapping_start.tag;
    default:
        return false;
    }
}

static void event_take(struct reader *r, const yaml_event_t *ev)
{
    if (has_extras(ev)) {
        reader_stop(r, ev->start_mark, "anchors (&) and tags (!) are not allowed");
        return;
    }
    switch (ev->type) {
    case YAML_ALIAS_EVENT:
        reader_stop(r, ev->start_mark, "aliases (*) are not allowed");
        break;
    case YAML_DOCUMENT_START_EVENT:
        document_take(r, ev->start_mark);
        break;
    case YAML_SCALAR_EVENT:
        scalar_take(r, ev);
        break;
    case YAML_SEQUENCE_START_EVENT:
        open_take(r, NODE_LIST, ev->start_mark);
        break;
    case YAML_MAPPING_START_EVENT:
        open_take(r, NODE_MAP, ev->start_mark);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_take(r);
        break;
    default:
        break;
    }
}

/* libyaml's own complaint: a problem of the reader has an offset only, the others have a mark. */
static void problem_take(struct reader *r)
{
    const yaml_parser_t *p = &r->parser;
    yaml_mark_t at = p->error == YAML_READER_ERROR ? p->mark : p->problem_mark;
    const char *problem = p->problem ? p->problem : "not YAML";
    if (p->context)
        reader_stop(r, at, arena_printf(r->arena, "%s %s", problem, p->context));
    else
        reader_stop(r, at, problem);
}

static void events_read(struct reader *r)
{
    bool end = false;
    while (!end && !r->stop) {
        yaml_event_t ev;
        if (!yaml_parser_parse(&r->parser, &ev)) {
            problem_take(r);
            return;
        }
        end = ev.type == YAML_STREAM_END_EVENT;
        event_take(r, &ev);
        yaml_event_delete(&ev);
    }
}

/* Length of the UTF-8 sequence at p, 0 if it is none (RFC 3629: no overlong forms, no surrogates). */
static size_t utf8_length(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80)
        return 1;
    size_t n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || left < n)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf0 && p[1] < 0x90) ||
        (p[0] == 0xf4 && p[1] > 0x8f))
        return 0;
    return n;
}

/* What is wrong with the byte at p; NULL = nothing, then *step is the length of its character. */
static const char *byte_trouble(const unsigned char *p, size_t left, size_t *step)
{
    *step = utf8_length(p, left);
    if (*p == '\0')
        return "a NUL byte: not a text file (UTF-16? save it as UTF-8)";
    if (*step == 0)
        return "not UTF-8 text (save it as UTF-8)";
    if ((*p < 0x20 && !strchr("\t\n\r", *p)) || *p == 0x7f)
        return "a control character";
    return NULL;
}

/* Bytes that no text file has. */
static bool bytes_check(const char *name, const char *text, size_t n, struct errs *e)
{
    struct pos pos = {name, 1, 1};
    size_t step;
    for (size_t i = 0; i < n; i += step) {
        const char *trouble = byte_trouble((const unsigned char *)text + i, n - i, &step);
        if (trouble) {
            errs_add(e, ERR_INVALID, pos, NULL, "%s", trouble);
            return false;
        }
        pos.column++;
        if (text[i] == '\n') {
            pos.line++;
            pos.column = 1;
        }
    }
    return true;
}

struct node *yamltree_parse(struct arena *a, const char *name, const char *text, size_t n, struct errs *e)
{
    if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        n -= 3;
    }
    struct reader *r = ARENA_NEW(a, struct reader);
    r->arena = a;
    r->errs = e;
    r->name = arena_strdup(a, name);
    if (n > MAX_FILE) {
        errs_add(e, ERR_INVALID, (struct pos){r->name, 0, 0}, NULL, "larger than 64 MiB");
        return NULL;
    }
    size_t before = errs_count(e) + errs_dropped(e);
    if (!bytes_check(r->name, text, n, e))
        return NULL;
    CHECK(yaml_parser_initialize(&r->parser));
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)text, n);
    events_read(r);
    yaml_parser_delete(&r->parser);
    if (!r->stop && (!r->root || r->root->kind == NODE_NULL))
        errs_add(e, ERR_INVALID, (struct pos){r->name, 1, 1}, NULL, "the file is empty");
    else if (!r->stop && r->root->kind != NODE_MAP)
        errs_add(e, ERR_INVALID, r->root->pos, NULL, "the file must be a map (key: value lines)");
    return errs_count(e) + errs_dropped(e) > before ? NULL : r->root;
}

/* Up to one byte more than allowed, so that a file that is too large is known without reading it all. */
static char *file_read(struct arena *a, FILE *f, size_t *n)
{
    size_t room = 64 << 10;
    char *text = ARENA_ARRAY(a, char, room);
    *n = 0;
    for (;;) {
        size_t got = fread(text + *n, 1, room - *n, f);
        *n += got;
        if (got == 0 || *n > MAX_FILE)
            return text;
        if (*n == room) {
            text = arena_grow(a, text, room, 2 * room, 1);
            room *= 2;
        }
    }
}

struct node *yamltree_read(struct arena *a, const char *path, struct errs *e)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *f = standard ? stdin : fopen(path, "rb");
    const char *name = standard ? "<stdin>" : arena_strdup(a, path);
    if (!f) {
        errs_add(e, ERR_UNREADABLE, (struct pos){name, 0, 0}, NULL, "cannot open: %s", strerror(errno));
        return NULL;
    }
    size_t n;
    errno = 0;
    char *text = file_read(a, f, &n);
    bool failed = ferror(f) != 0;
    int why = errno;
    if (!standard)
        fclose(f);
    if (failed) {
        errs_add(e, ERR_UNREADABLE, (struct pos){name, 0, 0}, NULL, "cannot read: %s", strerror(why));
        return NULL;
    }
    return yamltree_parse(a, name, text, n, e);
}

char *yamltree_to_text(struct arena *a, const struct node *n)
{
    return yamlout_block(a, n);
}

char *yamltree_to_flow(struct arena *a, const struct node *n)
{
    if (n->kind == NODE_SCALAR)
        return arena_strdup(a, n->text);
    return yamlout_flow(a, n);
}

void yamltree_write(FILE *out, const struct node *n)
{
    struct arena *a = arena_new();
    fputs(yamlout_block(a, n), out);
    arena_free(a);
}
