/* command.h - the commands of hvplan as a table: names, options, examples, functions.
 *
 * Does      one row a command drives dispatch, suggestions and help
 */
#ifndef HVPLAN_CLI_COMMAND_H
#define HVPLAN_CLI_COMMAND_H

#include "cli/options.h"
#include "cli/session.h"

/* What a command exits with; 3 and 4 are those of errs_exit_code. */
enum exit_code {
    EXIT_DONE = 0,
    EXIT_INTERNAL = 1,
    EXIT_USAGE = 2,
    EXIT_NOT_GOOD_ENOUGH = 5,
    EXIT_PRECISION = 6,
    EXIT_GATE = 99,
    EXIT_INTERRUPTED = 130
};

struct command {
    const char *name;
    const char *operands;             /* as help shows them: "MODEL.yaml" */
    int least, most;                  /* operands; most < 0: any number */
    const char *summary;              /* one line, for the list of commands */
    const char *text;                 /* what it does, for its own help */
    const struct option_row *options; /* beside the common ones; NULL = none */
    bool simulates;                   /* has the options of a simulation as well */
    const char *example;              /* command lines, each ends in \n */
    int (*run)(struct session *s, const struct options *o);
};

extern const struct command command_table[];
extern const int command_count;
extern const struct option_row command_common[];
extern const struct option_row command_simulation[];

/* NULL if there is none; *nearest is then the nearest name, or NULL. */
const struct command *command_find(const char *name, const char **nearest);
/* The option tables of a command, closed by NULL. */
void command_tables(const struct command *c, const struct option_row *tables[4]);

#endif
