/* cmd_inspect.c - hvplan inspect LOG... */
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/inspection.h"
#include "cli/output.h"

int cmd_inspect(struct session *s, const struct options *o)
{
    const char *path = options_text(o, "output");
    const enum output_format format = output_format_of(s, path);
    if (format != OUTPUT_TEXT && format != OUTPUT_JSON)
        return session_usage(s, "an inspection is written as .json or .txt");
    const struct inspection *i = inspect_logs(s->arena, o->operand, o->operands, s->errs);
    if (!i)
        return session_finish(s, false);
    struct output out;
    if (!output_open(s, &out, path))
        return EXIT_INTERNAL;
    bool well = true;
    if (format == OUTPUT_JSON)
        well = inspection_json(out.stream, i);
    else
        inspection_text(out.stream, i, s->verbose);
    if (!output_close(s, &out, well))
        return EXIT_INTERNAL;
    return session_finish(s, false);
}
