/* help.c - help texts from the tables. */
#include "cli/help.h"
#include "cli/paragraph.h"
#include <string.h>

enum { OPTION_COLUMN = 28, WIDTH = 98 };

void help_overview(FILE *out)
{
    fputs("hvplan - capacity planner and what-if simulator for Microsoft Hyper-V hosts\n\n"
          "Usage: hvplan COMMAND ... [options]\n\nCommands:\n",
          out);
    for (int i = 0; i < command_count; i++)
        fprintf(out, "  %-11s %s\n", command_table[i].name, command_table[i].summary);
    fputs("\nExample: from a day of counters to an answer\n"
          "  hvplan calibrate host.csv -o host.yaml\n"
          "  hvplan compare host.yaml --set vms.web01.vcpus=2\n\n"
          "Exit codes: 0 done; 1 internal error or output not writable; 2 usage; 3 input unreadable;\n"
          "  4 input invalid; 5 calibration not good enough to plan with; 6 precision not reached;\n"
          "  99 an objective breaks (--gate); 130 interrupted\n\n"
          "hvplan COMMAND --help says more about a command.\n",
          out);
}

static void print_option(FILE *out, const struct option_row *row)
{
    int used = row->letter ? fprintf(out, "  -%c, --%s", row->letter, row->name)
                           : fprintf(out, "      --%s", row->name);
    if (row->argument)
        used += fprintf(out, " %s", row->argument);
    fprintf(out, "%*s", used < OPTION_COLUMN - 1 ? OPTION_COLUMN - used : 1, "");
    paragraph_print(out, row->help, OPTION_COLUMN, WIDTH);
}

static void print_examples(FILE *out, const char *text)
{
    fputs("\nExample:\n", out);
    while (*text) {
        const size_t line = strcspn(text, "\n");
        fprintf(out, "  %.*s\n", (int)line, text);
        text += line + 1;
    }
}

void help_command(FILE *out, const struct command *c)
{
    fprintf(out, "Usage: hvplan %s %s%s[options]\n\n", c->name, c->operands, *c->operands ? " " : "");
    paragraph_print(out, c->text, 0, WIDTH);
    fputs("\nOptions:\n", out);
    const struct option_row *tables[4];
    command_tables(c, tables);
    for (int t = 0; tables[t]; t++)
        for (const struct option_row *row = tables[t]; row->type != OPTION_END; row++)
            print_option(out, row);
    print_examples(out, c->example);
}
