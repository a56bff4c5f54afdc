/* cmd_report.c - hvplan report RESULT.json -o FILE */
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/simulation.h"
#include "reports/report.h"

int cmd_report(struct session *s, const struct options *o)
{
    if (!simulation_options_fit(s, o))
        return EXIT_USAGE;
    const struct result *r = report_read(s->arena, o->operand[0], s->errs);
    if (!r)
        return session_finish(s, false);
    const char *path = options_text(o, "output");
    if (!output_result(s, path, r))
        return EXIT_INTERNAL;
    if (path)
        session_note(s, "written: %s", path);
    return session_finish(s, false);
}
