/* session.c - messages, provenance, exit code of one command. */
#include "cli/session.h"
#include "cli/build_info.h"
#include "model/base/text.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void session_init(struct session *s, struct arena *a, int argc, char **argv)
{
    *s = (struct session){.arena = a, .errs = errs_new(a), .arguments = argc > 1 ? argc - 1 : 0};
    s->argument = ARENA_ARRAY(a, const char *, (size_t)s->arguments);
    for (int i = 0; i < s->arguments; i++)
        s->argument[i] = argv[i + 1];
}

static bool terminal_moves(void)
{
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
}

void session_options(struct session *s, const struct options *o)
{
    s->quiet = options_flag(o, "quiet");
    s->verbose = options_flag(o, "verbose");
    s->json = options_flag(o, "json");
    s->progress = !s->quiet && !options_flag(o, "no-progress") && terminal_moves();
    s->threads = (int)options_whole(o, "threads", 0);
}

static void say(const struct session *s, const char *fmt, va_list args)
{
    fprintf(stderr, "hvplan%s%s: ", s->command ? " " : "", s->command ? s->command : "");
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
}

int session_usage(const struct session *s, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say(s, fmt, args);
    va_end(args);
    fprintf(stderr, "hvplan%s%s --help says more.\n", s->command ? " " : "", s->command ? s->command : "");
    return 2;
}

void session_note(const struct session *s, const char *fmt, ...)
{
    if (s->quiet)
        return;
    va_list args;
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fputc('\n', stderr);
}

void session_complain(const struct session *s, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say(s, fmt, args);
    va_end(args);
}

/* NULL if the file cannot be mapped. */
static const char *digest_of(struct arena *a, const char *path)
{
    const int file = open(path, O_RDONLY);
    if (file < 0)
        return NULL;
    struct stat info;
    const char *digest = NULL;
    if (fstat(file, &info) == 0 && S_ISREG(info.st_mode)) {
        const size_t size = (size_t)info.st_size;
        void *data = size ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0) : NULL;
        if (data != MAP_FAILED)
            digest = text_sha256(a, data ? data : "", size);
        if (data && data != MAP_FAILED)
            munmap(data, size);
    }
    close(file);
    return digest;
}

void session_input(struct session *s, const char *path)
{
    for (int i = 0; i < s->inputs; i++)
        if (strcmp(s->input[i].path, path) == 0)
            return;
    const char *digest = strcmp(path, "-") == 0 ? "" : digest_of(s->arena, path);
    if (digest)
        *ARENA_PUSH(s->arena, s->input, s->inputs, s->input_capacity) = (struct input_row){path, digest};
}

void session_provenance(const struct session *s, uint64_t seed, struct result *r)
{
    const bool incomplete = r->provenance.incomplete;
    r->version = build_info_version();
    r->commit = build_info_commit();
    r->provenance = (struct provenance){.seed = seed,
                                        .argument = s->argument,
                                        .arguments = s->arguments,
                                        .input = s->input,
                                        .inputs = s->inputs,
                                        .incomplete = incomplete};
}

void session_warnings_to(struct session *s, struct result *r)
{
    const size_t own = errs_warning_count(s->errs);
    struct warning *all = ARENA_ARRAY(s->arena, struct warning, own + (size_t)r->warnings);
    for (size_t i = 0; i < own; i++)
        all[i] = *errs_warning(s->errs, i);
    for (int i = 0; i < r->warnings; i++)
        all[own + (size_t)i] = r->warning[i];
    r->warning = all;
    r->warnings += (int)own;
}

static void print_warnings(const struct session *s)
{
    for (size_t i = 0; i < errs_warning_count(s->errs); i++) {
        const struct warning *w = errs_warning(s->errs, i);
        fprintf(stderr, "warning %s: %s%s%s\n", w->code, w->where ? w->where : "", w->where ? ": " : "",
                w->text);
    }
}

int session_finish(struct session *s, bool warned)
{
    const size_t n = errs_count(s->errs), dropped = errs_dropped(s->errs);
    if (!s->quiet && !warned)
        print_warnings(s);
    for (size_t i = 0; i < n; i++)
        fprintf(stderr, "%s\n", errs_format(s->arena, errs_get(s->errs, i)));
    if (n > 0)
        fprintf(stderr, "hvplan: %zu error%s\n", n + dropped, n + dropped == 1 ? "" : "s");
    return errs_exit_code(s->errs);
}
