/* session.h - what one command carries along: arena, errors, verbosity, provenance.
 *
 * Does      prints errors, warnings and notes to stderr; remembers arguments and the digests of every input
 * Owns      an arena that ends with the program's command
 * Errors    session_finish turns what was collected into the exit code
 */
#ifndef HVPLAN_CLI_SESSION_H
#define HVPLAN_CLI_SESSION_H

#include "cli/options.h"
#include "model/base/errs.h"
#include "model/host/result.h"

struct session {
    struct arena *arena;
    struct errs *errs;
    const char *command;   /* name, for messages */
    const char **argument; /* all words after the program's name */
    int arguments;
    bool quiet, verbose, json;
    bool progress; /* stderr is a terminal and nobody said no */
    int threads;   /* 0 = all */
    struct input_row *input;
    int inputs, input_capacity;
};

void session_init(struct session *s, struct arena *a, int argc, char **argv);
/* Takes the options that every command has. */
void session_options(struct session *s, const struct options *o);

/* Prints "hvplan COMMAND: text" and where help is; returns the exit code of usage errors. */
int session_usage(const struct session *s, const char *fmt, ...) HVPLAN_PRINTF(2, 3);
/* A line for people on stderr, unless -q. */
void session_note(const struct session *s, const char *fmt, ...) HVPLAN_PRINTF(2, 3);
/* As above, also with -q: something failed. */
void session_complain(const struct session *s, const char *fmt, ...) HVPLAN_PRINTF(2, 3);

/* Remembers an input and its SHA-256. A file that cannot be read is left to its reader to complain about;
 * stdin has no digest. The same path counts once. */
void session_input(struct session *s, const char *path);
/* Version, commit, seed, arguments and inputs. Keeps `incomplete`. */
void session_provenance(const struct session *s, uint64_t seed, struct result *r);
/* Moves the warnings collected so far in front of those of the result. */
void session_warnings_to(struct session *s, struct result *r);

/* Prints errors, and warnings unless -q or `warned` (they are in a result already); 0, 3 or 4. */
int session_finish(struct session *s, bool warned);

#endif
