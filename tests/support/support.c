/* support.c - assertions on doubles and on the end of a program. */
#include "tests/support/support.h"
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

void support_close(double actual, double expected, double rel, const char *text, const char *file, int line)
{
    if (rel > 0.05) {
        print_error("%s:%d: relative tolerance %g says nothing\n", file, line, rel);
        _fail(file, line);
    }
    const double scale = expected == 0.0 ? 1.0 : fabs(expected);
    const bool same = isnan(expected) ? isnan(actual) : fabs(actual - expected) <= rel * scale;
    if (!same) {
        print_error("%s:%d: %s = %.17g, expected %.17g within %g\n", file, line, text, actual, expected, rel);
        _fail(file, line);
    }
}

bool support_statistically_equal(double mean, double std_error, double truth)
{
    return fabs(mean - truth) <= 4.0 * std_error && std_error < 0.005 * fabs(truth);
}

void support_statistical(double mean, double std_error, double truth, const char *text, const char *file,
                         int line)
{
    if (!support_statistically_equal(mean, std_error, truth)) {
        print_error("%s:%d: %s = %.9g, standard error %.3g, truth %.9g\n", file, line, text, mean, std_error,
                    truth);
        _fail(file, line);
    }
}

/* What the child writes to stderr, cut to size - 1 characters; the rest is read so that the child cannot
 * block. */
static void read_all(int fd, char *out, size_t size)
{
    size_t used = 0;
    char piece[512];
    for (ssize_t n; (n = read(fd, piece, sizeof piece)) > 0;) {
        const size_t take = (size_t)n < size - 1 - used ? (size_t)n : size - 1 - used;
        memcpy(out + used, piece, take);
        used += take;
    }
    out[used] = '\0';
}

/* The child of support_dies: no core file, stderr into the pipe, success if fn comes back. */
static void run_child(void (*fn)(void *), void *arg, int out)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    dup2(out, STDERR_FILENO);
    for (int sig = 1; sig < 32; sig++)
        signal(sig, SIG_DFL); /* cmocka catches them */
    fn(arg);
    _exit(0);
}

void support_dies(void (*fn)(void *), void *arg, const char *text, const char *name, const char *file,
                  int line)
{
    int ends[2];
    if (pipe(ends) != 0)
        _fail(file, line);
    const pid_t child = fork();
    if (child < 0)
        _fail(file, line);
    if (child == 0)
        run_child(fn, arg, ends[1]);
    close(ends[1]);
    char written[4096];
    read_all(ends[0], written, sizeof written);
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    const bool died = !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    if (!died || !strstr(written, text)) {
        print_error("%s:%d: %s %s; stderr: %s\n", file, line, name, died ? "died otherwise" : "came back",
                    written);
        _fail(file, line);
    }
}
