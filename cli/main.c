/* main.c - hvplan: finds the command, reads its options, runs it; the only place that exits. */
#include "cli/build_info.h"
#include "cli/command.h"
#include "cli/help.h"
#include <gsl/gsl_errno.h>
#include <locale.h>
#include <string.h>

static const struct option_row *const no_command_tables[] = {command_common, NULL};

static int print_version(void)
{
    printf("hvplan %s (commit %s)\n", build_info_version(), build_info_commit());
    return EXIT_DONE;
}

/* An unknown option before the command may have made its value look like the command. */
static const char *option_problem(const struct session *s, int words)
{
    const struct option_row **tables =
        ARENA_ARRAY(s->arena, const struct option_row *, (size_t)command_count + 3);
    int n = 0;
    for (int i = 0; i < command_count; i++)
        if (command_table[i].options)
            tables[n++] = command_table[i].options;
    tables[n++] = command_simulation;
    tables[n] = command_common;
    struct options o;
    options_parse(&o, s->arena, tables, s->argument, words);
    return o.error;
}

static int unknown_command(const struct session *s, const char *name, const char *nearest)
{
    if (nearest)
        return session_usage(s, "unknown command '%s' (did you mean '%s'?)", name, nearest);
    return session_usage(s, "unknown command '%s'", name);
}

/* hvplan alone, hvplan --help, hvplan --version, hvplan help [COMMAND]. */
static int run_without_command(struct session *s, const struct options *o)
{
    const char *nearest;
    if (o->error)
        return session_usage(s, "%s", o->error);
    if (options_flag(o, "version"))
        return print_version();
    if (o->operands < 2) {
        const bool asked = options_flag(o, "help") || o->operands == 1;
        help_overview(asked ? stdout : stderr);
        return asked ? EXIT_DONE : EXIT_USAGE;
    }
    const struct command *c = command_find(o->operand[1], &nearest);
    if (!c)
        return unknown_command(s, o->operand[1], nearest);
    help_command(stdout, c);
    return EXIT_DONE;
}

static int check_operands(const struct session *s, const struct command *c, const struct options *o)
{
    if (o->operands < c->least)
        return session_usage(s, "needs %s", c->operands);
    if (c->most >= 0 && o->operands > c->most)
        return session_usage(s, "does not know what to do with '%s'", o->operand[c->most]);
    return EXIT_DONE;
}

static int run_command(struct session *s, const struct command *c, const char *const *words, int n)
{
    const struct option_row *tables[4];
    struct options o;
    s->command = c->name;
    command_tables(c, tables);
    options_parse(&o, s->arena, tables, words, n);
    if (o.error)
        return session_usage(s, "%s", o.error);
    if (options_flag(&o, "help")) {
        help_command(stdout, c);
        return EXIT_DONE;
    }
    if (options_flag(&o, "version"))
        return print_version();
    session_options(s, &o);
    const int code = check_operands(s, c, &o);
    return code ? code : c->run(s, &o);
}

static bool table_takes_value(const struct option_row *row, const char *word)
{
    for (; row && row->type != OPTION_END; row++) {
        if (row->type == OPTION_FLAG)
            continue;
        if (row->letter && word[0] == '-' && word[1] == row->letter && word[2] == '\0')
            return true;
        if (strncmp(word, "--", 2) == 0 && strcmp(word + 2, row->name) == 0)
            return true;
    }
    return false;
}

/* Whether the word after this one belongs to it, in any command. */
static bool takes_value(const char *word)
{
    bool takes = table_takes_value(command_common, word) || table_takes_value(command_simulation, word);
    for (int i = 0; i < command_count; i++)
        takes = takes || table_takes_value(command_table[i].options, word);
    return takes;
}

/* The command is the first word that is neither an option nor the value of one; -1 if there is none. */
static int find_command_word(const struct session *s)
{
    for (int i = 0; i < s->arguments; i++) {
        if (takes_value(s->argument[i]))
            i++;
        else if (s->argument[i][0] != '-')
            return i;
    }
    return -1;
}

static int dispatch(struct session *s)
{
    const int at = find_command_word(s);
    if (at < 0 || strcmp(s->argument[at], "help") == 0) {
        struct options o;
        options_parse(&o, s->arena, no_command_tables, s->argument, s->arguments);
        return run_without_command(s, &o);
    }
    const char *nearest;
    const struct command *c = command_find(s->argument[at], &nearest);
    if (!c) {
        const char *problem = option_problem(s, at);
        return problem ? session_usage(s, "%s", problem) : unknown_command(s, s->argument[at], nearest);
    }
    const char **words = ARENA_ARRAY(s->arena, const char *, (size_t)s->arguments);
    int n = 0;
    for (int i = 0; i < s->arguments; i++)
        if (i != at)
            words[n++] = s->argument[i];
    return run_command(s, c, words, n);
}

int main(int argc, char **argv)
{
    gsl_set_error_handler_off();
    setlocale(LC_CTYPE, ""); /* for the character set of the terminal; numbers stay in the C locale */
    struct arena *arena = arena_new();
    struct session session;
    session_init(&session, arena, argc, argv);
    int code = dispatch(&session);
    if (fflush(stdout) != 0 && code == EXIT_DONE)
        code = EXIT_INTERNAL;
    arena_free(arena);
    return code;
}
