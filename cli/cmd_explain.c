/* cmd_explain.c - hvplan explain [TERM...] */
#include "calibrate/topics.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/paragraph.h"
#include "cli/terminal.h"
#include "cli/topic_match.h"
#include "model/base/text.h"
#include "scenarios/schema.h"
#include <string.h>

enum { LABEL = 12 };

static void print_fact(FILE *out, const char *label, const char *text, int width)
{
    if (!text || !*text)
        return;
    fprintf(out, "  %-*s", LABEL, label);
    paragraph_print(out, text, LABEL + 2, width);
}

static void print_topic(FILE *out, const struct topic *t, int width)
{
    fprintf(out, "%s (%s)\n", t->name, t->kind);
    if (t->text) {
        fputs("  ", out);
        paragraph_print(out, t->text, 2, width);
    }
    print_fact(out, "unit", t->unit, width);
    print_fact(out, "default", t->value, width);
    print_fact(out, "range", t->range, width);
    print_fact(out, "confidence", t->confidence, width);
    print_fact(out, "source", t->source, width);
}

static bool kind_seen(struct topic_list all, size_t before)
{
    for (size_t i = 0; i < before; i++)
        if (strcmp(all.item[i].kind, all.item[before].kind) == 0)
            return true;
    return false;
}

static bool name_seen(struct topic_list all, size_t before)
{
    for (size_t i = 0; i < before; i++)
        if (strcmp(all.item[i].kind, all.item[before].kind) == 0 && !all.item[i].again &&
            text_same(all.item[i].name, all.item[before].name))
            return true;
    return false;
}

static void print_names_of_kind(FILE *out, struct topic_list all, const char *kind)
{
    fprintf(out, "%s:\n", kind);
    for (size_t i = 0; i < all.n; i++)
        if (strcmp(all.item[i].kind, kind) == 0 && !all.item[i].again && !name_seen(all, i))
            fprintf(out, "  %s\n", all.item[i].name);
    fputc('\n', out);
}

static void print_names(FILE *out, struct topic_list all)
{
    for (size_t i = 0; i < all.n; i++)
        if (!kind_seen(all, i))
            print_names_of_kind(out, all, all.item[i].kind);
}

static bool write_json(FILE *out, struct topic_list list)
{
    json_t *all = json_array();
    for (size_t i = 0; i < list.n; i++) {
        const struct topic *t = &list.item[i];
        json_array_append_new(
            all, json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "name", t->name, "kind", t->kind,
                           "text", json_out_text(t->text), "unit", json_out_text(t->unit), "default",
                           json_out_text(t->value), "range", json_out_text(t->range), "confidence",
                           json_out_text(t->confidence), "source", json_out_text(t->source)));
    }
    return json_out_write(out, all);
}

static int write_topics(struct session *s, const struct options *o, struct topic_list list, bool names_only)
{
    struct output out;
    if (!output_open(s, &out, options_text(o, "output")))
        return EXIT_INTERNAL;
    bool well = true;
    const int width = terminal_width(out.stream);
    if (s->json)
        well = write_json(out.stream, list);
    else if (names_only)
        print_names(out.stream, list);
    else
        for (size_t i = 0; i < list.n; i++)
            print_topic(out.stream, &list.item[i], width < 100 ? width : 100);
    return output_close(s, &out, well) ? EXIT_DONE : EXIT_INTERNAL;
}

static int unknown_term(struct session *s, struct topic_list all, const char *term)
{
    const char **names = ARENA_ARRAY(s->arena, const char *, all.n);
    for (size_t i = 0; i < all.n; i++)
        names[i] = all.item[i].name;
    const char *near = text_nearest(term, names, all.n);
    const char *mentions = topic_match_mentions(s->arena, all, term);
    if (!near && !mentions)
        return session_usage(s, "nothing is called '%s'; hvplan explain lists every term", term);
    return session_usage(s, "nothing is called '%s'%s%s", term,
                         near ? arena_printf(s->arena, " (did you mean '%s'?)", near) : "",
                         mentions ? arena_printf(s->arena, "; these mention it: %s", mentions) : "");
}

/* A counter's name has blanks; nobody must quote it. */
static const char *whole_term(struct arena *a, const struct options *o)
{
    const char *term = o->operand[0];
    for (int i = 1; i < o->operands; i++)
        term = arena_printf(a, "%s %s", term, o->operand[i]);
    return term;
}

/* Those of the model's layers, then those of calibration. */
static struct topic_list every_topic(struct arena *a)
{
    size_t n = 0, more = 0;
    const struct topic *base = topics_all(a, &n);
    const struct topic *rest = topics_calibrate(a, &more);
    struct topic *all = arena_grow(a, base, n, n + more, sizeof *base);
    memcpy(all + n, rest, more * sizeof *rest);
    return (struct topic_list){all, n + more};
}

int cmd_explain(struct session *s, const struct options *o)
{
    const struct topic_list all = every_topic(s->arena);
    if (o->operands == 0)
        return write_topics(s, o, all, true);
    const char *term = whole_term(s->arena, o);
    const struct topic_list found = topic_match(s->arena, all, term);
    if (found.n == 0)
        return unknown_term(s, all, term);
    return write_topics(s, o, found, false);
}
