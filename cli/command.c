/* command.c - the table of commands. */
#include "cli/command.h"
#include "cli/commands.h"
#include "model/base/text.h"
#include <string.h>

#define SECOND 1e9

const struct option_row command_common[] = {
    {OPTION_TEXT, 'o', "output", "FILE", 0, 0, "write to FILE; its suffix chooses the format; - is stdout"},
    {OPTION_FLAG, 0, "json", NULL, 0, 0, "JSON on stdout"},
    {OPTION_FLAG, 'q', "quiet", NULL, 0, 0, "no progress and no notes; errors are still printed"},
    {OPTION_FLAG, 'v', "verbose", NULL, 0, 0, "every metric, not only those that matter"},
    {OPTION_FLAG, 0, "no-progress", NULL, 0, 0, "no progress bar on the terminal"},
    {OPTION_WHOLE, 0, "threads", "N", 0, 1024,
     "threads to use; 0, the default, is all; results do not depend on it"},
    {OPTION_FLAG, 'h', "help", NULL, 0, 0, "this text"},
    {OPTION_FLAG, 0, "version", NULL, 0, 0, "version and commit"},
    {OPTION_END, 0, NULL, NULL, 0, 0, NULL},
};

/* Seeds stay below 2^53, so that every JSON reader reads them back exactly. */
const struct option_row command_simulation[] = {
    {OPTION_WHOLE, 0, "seed", "N", 0, 9007199254740992.0, "seed of the random numbers, default 1"},
    {OPTION_FRACTION, 0, "precision", "SHARE", 0.0005, 0.5,
     "half-width of the 95 % intervals of response times that is enough, default 2%"},
    {OPTION_WHOLE, 0, "replications", "N", 2, 10000, "independent runs of each scenario, default 8"},
    {OPTION_WHOLE, 0, "max-events", "N", 1000, 1e15,
     "stop after N events in all; exit 6 if not precise by then"},
    {OPTION_FLAG, 0, "gate", NULL, 0, 0, "exit 99 if a service objective is predicted to break"},
    {OPTION_END, 0, NULL, NULL, 0, 0, NULL},
};

static const struct option_row calibrate_options[] = {
    {OPTION_TEXT, 0, "inventory", "FILE", 0, 0, "what counters cannot say: processors, disks, guest systems"},
    {OPTION_TEXT, 0, "against", "MODEL.yaml", 0, 0,
     "grade this model on the logs in place of making a new one"},
    {OPTION_TEXT, 0, "card", "FILE", 0, 0, "write the report card also as .html, .md, .csv or .json"},
    {OPTION_WHOLE, 0, "seed", "N", 0, 9007199254740992.0, "seed of the back-test's simulations, default 1"},
    {OPTION_END, 0, NULL, NULL, 0, 0, NULL},
};

static const struct option_row simulate_options[] = {
    {OPTION_TEXT, 0, "emit-log", "FILE.csv", 0, 0, "write the predicted host as a PerfMon log"},
    {OPTION_TIME, 0, "interval", "TIME", 1 * SECOND, 3600 * SECOND, "time between its samples, default 15s"},
    {OPTION_WHOLE, 0, "samples", "N", 2, 100000, "number of its samples, default 240"},
    {OPTION_END, 0, NULL, NULL, 0, 0, NULL},
};

static const struct option_row compare_options[] = {
    {OPTION_LIST, 0, "set", "PATH=VALUE", 0, 0,
     "change one thing; may be repeated, all of them form the scenario 'set'"},
    {OPTION_TEXT, 0, "vcpu-curve", "VM", 0, 0,
     "what 1, 2, 3 ... vCPUs for this VM bring, where more gain nothing, and what its neighbours lose; --set "
     "then applies to all of them"},
    {OPTION_FLAG, 0, "blame", NULL, 0, 0,
     "who makes whom wait, and where: each workload and background load is left out once; --set then applies "
     "to all runs"},
    {OPTION_END, 0, NULL, NULL, 0, 0, NULL},
};

const struct command command_table[] = {
    {"inspect", "LOG...", 1, -1, "what is in these counter logs",
     "Lists machines, VMs, disks, NICs, interval, gaps and missing counters of PerfMon logs (CSV or "
     "TSV), the true CPU use of a Hyper-V host beside what Task Manager in its root shows, and values "
     "over known thresholds.",
     NULL, false, "hvplan inspect host.csv\n", cmd_inspect},
    {"calibrate", "LOG...", 1, -1, "counter logs to a model, with a report card",
     "Fits a model to PerfMon logs and says how far it can be trusted: the error of each counter in a "
     "back-test, a grade, and what the log could not tell. Exits 5 when the model is not good enough to "
     "plan with; it is written all the same.",
     calibrate_options, false, "hvplan calibrate host.csv --inventory inventory.yaml -o host.yaml\n",
     cmd_calibrate},
    {"simulate", "MODEL.yaml", 1, 1, "run a model: response times, bottleneck, where time goes",
     "Runs the model until its response times are known to the precision asked for. With --gate exits 99 "
     "if a service objective of the model is predicted to break.",
     simulate_options, true,
     "hvplan simulate host.yaml\nhvplan simulate host.yaml -o result.html --precision 1%\n", cmd_simulate},
    {"compare", "MODEL.yaml [SCENARIOS.yaml]", 1, 2, "a model against what-ifs, on the same random numbers",
     "Runs the unchanged model (scenario 'baseline') and each what-if on the same random numbers, and "
     "prints paired differences with intervals and where the bottleneck moves. SCENARIOS.yaml alone is "
     "enough when it names its model. With --gate exits 99 if an objective is predicted to break in a "
     "what-if.",
     compare_options, true,
     "hvplan compare host.yaml --set vms.web01.vcpus=2\n"
     "hvplan compare host.yaml what-ifs.yaml -o what-ifs.html\n"
     "hvplan compare host.yaml --vcpu-curve web01\n"
     "hvplan compare host.yaml --blame -o blame.html\n",
     cmd_compare},
    {"report", "RESULT.json", 1, 1, "a result again: on the terminal, or as .html, .md, .csv",
     "Renders a result that simulate or compare has written with -o RESULT.json.", NULL, false,
     "hvplan report result.json -o result.html\n", cmd_report},
    {"check", "FILE...", 1, -1, "validate input files without running them",
     "Reads model, scenarios, study, fleet, inventory and result files and counter logs, and lists all "
     "errors, each with file:line:column.",
     NULL, false, "hvplan check host.yaml what-ifs.yaml\n", cmd_check},
    {"schema", "KIND", 1, 1, "JSON Schema of a file kind, for editors",
     "Prints the JSON Schema of model, scenarios, study, fleet, inventory or result.", NULL, false,
     "hvplan schema model -o model.schema.json\n", cmd_schema},
    {"explain", "[TERM]", 0, -1, "what a key, parameter, metric, counter or code means",
     "Prints meaning, unit, default and source of one term: a key, mechanism, parameter, metric, counter, "
     "code, "
     "processor generation or kind, also with names of your own hosts and VMs in it; without a term, the "
     "list "
     "of all terms.",
     NULL, false,
     "hvplan explain slat\nhvplan explain vms.web01.lock_share\nhvplan explain CPU Wait Time Per Dispatch\n"
     "hvplan explain generations\nhvplan explain W303\n",
     cmd_explain},
    {"counters", "[VERSION]", 0, 1, "the counters to log, for logman and typeperf",
     "Prints the counter paths that calibrate best, one a line, in the form that typeperf -cf and logman "
     "create counter -cf read; with a Hyper-V version, those that it has (none: a machine without Hyper-V).",
     NULL, false, "hvplan counters -o counters.txt\nhvplan counters 2008r2\n", cmd_counters},
};
const int command_count = sizeof command_table / sizeof *command_table;

const struct command *command_find(const char *name, const char **nearest)
{
    const char *names[sizeof command_table / sizeof *command_table];
    *nearest = NULL;
    for (int i = 0; i < command_count; i++) {
        names[i] = command_table[i].name;
        if (strcmp(name, names[i]) == 0)
            return &command_table[i];
    }
    *nearest = text_nearest(name, names, (size_t)command_count);
    return NULL;
}

void command_tables(const struct command *c, const struct option_row *tables[4])
{
    int n = 0;
    if (c->options)
        tables[n++] = c->options;
    if (c->simulates)
        tables[n++] = command_simulation;
    tables[n++] = command_common;
    tables[n] = NULL;
}
