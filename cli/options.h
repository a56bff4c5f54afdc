/* options.h - the words after `hvplan`: one row an option drives parsing, suggestions and help.
 *
 * Does      splits a command line into options and operands by the tables of its command; checks values
 *           and ranges
 * Shape     options anywhere; `--opt value`, `--opt=value`, `-o value`, `-ovalue`; `--` ends the
 *           options
 * Units     numbers in the internal unit of units.h
 * Owns      nothing: texts point into argv, lists live in the arena
 * Errors    a text that names the mistake and the nearest known option; the command then exits 2
 */
#ifndef HVPLAN_CLI_OPTIONS_H
#define HVPLAN_CLI_OPTIONS_H

#include "model/base/arena.h"
#include <stdbool.h>
#include <stdint.h>

enum option_type {
    OPTION_END, /* closes a table */
    OPTION_FLAG,
    OPTION_TEXT,
    OPTION_LIST,  /* may be repeated */
    OPTION_WHOLE, /* whole number */
    OPTION_FRACTION,
    OPTION_TIME
};

struct option_row {
    enum option_type type;
    char letter; /* 0 = none */
    const char *name;
    const char *argument; /* as help shows it: "FILE"; NULL for flags */
    double lo, hi;        /* range of numbers, both ends allowed */
    const char *help;
};

struct option_value {
    const struct option_row *row;
    bool given;
    const char *text;  /* OPTION_TEXT */
    double number;     /* OPTION_FRACTION, OPTION_TIME */
    uint64_t whole;    /* OPTION_WHOLE */
    const char **list; /* OPTION_LIST */
    int n, capacity;
};

enum { OPTIONS_MOST = 32 };

struct options {
    struct arena *arena;
    struct option_value value[OPTIONS_MOST];
    int n;
    const char **operand;
    int operands, capacity;
    const char *error; /* NULL = well */
};

/* Tables are closed by a row of OPTION_END; `tables` itself is closed by NULL. */
void options_parse(struct options *o, struct arena *a, const struct option_row *const *tables,
                   const char *const *words, int n);

/* Asking for an option that the command does not have is a defect: CHECK. */
bool options_flag(const struct options *o, const char *name);
const char *options_text(const struct options *o, const char *name); /* NULL if not given */
double options_number(const struct options *o, const char *name, double otherwise);
uint64_t options_whole(const struct options *o, const char *name, uint64_t otherwise);
const struct option_value *options_value(const struct options *o, const char *name);

#endif
