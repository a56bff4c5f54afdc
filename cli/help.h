/* help.h - help texts, generated from the tables of command.h. */
#ifndef HVPLAN_CLI_HELP_H
#define HVPLAN_CLI_HELP_H

#include "cli/command.h"
#include <stdio.h>

void help_overview(FILE *out);
void help_command(FILE *out, const struct command *c);

#endif
