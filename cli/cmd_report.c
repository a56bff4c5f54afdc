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
    if (!output_result(s, options_text(o, "output"), r))
        return EXIT_INTERNAL;
    return session_finish(s, false);
}
