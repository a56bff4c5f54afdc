/* terminal.c - width, colours and character set of a stream. */
#include "cli/terminal.h"
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int terminal_width(FILE *stream)
{
    struct winsize size;
    if (ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    const char *columns = getenv("COLUMNS");
    const long said = columns ? strtol(columns, NULL, 10) : 0;
    return said >= 20 && said <= 1000 ? (int)said : 80;
}

/* NO_COLOR counts when it is set and not empty (no-color.org). */
static bool wants_color(FILE *stream)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(fileno(stream)) && !(no && *no) && term && strcmp(term, "dumb") != 0;
}

struct text_style terminal_style(const struct session *s, FILE *stream)
{
    return (struct text_style){.width = terminal_width(stream),
                               .color = wants_color(stream),
                               .unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0,
                               .verbose = s->verbose};
}
