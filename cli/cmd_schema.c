/* cmd_schema.c - hvplan schema KIND */
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "model/base/text.h"
#include "scenarios/schema.h"

static int unknown_kind(struct session *s, const char *kind)
{
    const char *all = "";
    for (size_t i = 0; i < schema_kind_count; i++)
        all = arena_printf(s->arena, "%s%s%s", all, i ? ", " : "", schema_kinds[i]);
    const char *near = text_nearest(kind, schema_kinds, schema_kind_count);
    if (near)
        return session_usage(s, "no file kind '%s' (did you mean '%s'?); there are %s", kind, near, all);
    return session_usage(s, "no file kind '%s'; there are %s", kind, all);
}

int cmd_schema(struct session *s, const struct options *o)
{
    const char *text = schema_text(s->arena, o->operand[0]);
    if (!text)
        return unknown_kind(s, o->operand[0]);
    struct output out;
    if (!output_open(s, &out, options_text(o, "output")))
        return EXIT_INTERNAL;
    fputs(text, out.stream);
    return output_close(s, &out, true) ? EXIT_DONE : EXIT_INTERNAL;
}
