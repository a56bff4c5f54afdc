/* output.c - results to stdout or to files that appear whole. */
#include "cli/output.h"
#include "cli/terminal.h"
#include "model/base/text.h"
#include "reports/report.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct suffix_row {
    const char *suffix;
    enum output_format format;
} suffix_rows[] = {
    {".json", OUTPUT_JSON},         {".html", OUTPUT_HTML}, {".htm", OUTPUT_HTML}, {".md", OUTPUT_MARKDOWN},
    {".markdown", OUTPUT_MARKDOWN}, {".csv", OUTPUT_CSV},   {".txt", OUTPUT_TEXT},
};

static bool is_stdout(const char *path)
{
    return !path || strcmp(path, "-") == 0;
}

enum output_format output_format_of(const struct session *s, const char *path)
{
    if (is_stdout(path))
        return s->json ? OUTPUT_JSON : OUTPUT_TEXT;
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof suffix_rows / sizeof *suffix_rows; i++)
        if (text_same(dot, suffix_rows[i].suffix))
            return s->json && suffix_rows[i].format != OUTPUT_JSON ? OUTPUT_UNKNOWN : suffix_rows[i].format;
    return OUTPUT_UNKNOWN;
}

/* A file of our own beside `path`, readable as the umask says. */
static FILE *open_temporary(const struct session *s, struct output *o)
{
    for (int attempt = 0; attempt < 100; attempt++) {
        o->temporary = arena_printf(s->arena, "%s.part%ld.%d", o->path, (long)getpid(), attempt);
        const int file = open(o->temporary, O_WRONLY | O_CREAT | O_EXCL, 0666);
        if (file >= 0)
            return fdopen(file, "w");
        if (errno != EEXIST)
            break;
    }
    return NULL;
}

bool output_open(const struct session *s, struct output *o, const char *path)
{
    *o = (struct output){.stream = stdout};
    if (is_stdout(path))
        return true;
    o->path = path;
    struct stat info;
    const bool in_place = stat(path, &info) == 0 && !S_ISREG(info.st_mode);
    o->stream = in_place ? fopen(path, "w") : open_temporary(s, o);
    if (!o->stream)
        session_complain(s, "cannot write %s: %s", path, strerror(errno));
    return o->stream != NULL;
}

bool output_close(const struct session *s, struct output *o, bool well)
{
    well = fflush(o->stream) == 0 && !ferror(o->stream) && well;
    int problem = errno;
    if (o->path && fclose(o->stream) != 0 && well) {
        problem = errno;
        well = false;
    }
    if (well && o->temporary && rename(o->temporary, o->path) != 0) {
        problem = errno;
        well = false;
    }
    if (!well) {
        if (o->temporary)
            unlink(o->temporary);
        session_complain(s, "cannot write %s: %s", o->path ? o->path : "stdout", strerror(problem));
    } else if (o->path) {
        session_note(s, "written: %s", o->path);
    }
    return well;
}

static bool write_result(const struct session *s, enum output_format format, FILE *out,
                         const struct result *r)
{
    const struct text_style style = terminal_style(s, out);
    switch (format) {
    case OUTPUT_JSON:
        return report_json(out, r);
    case OUTPUT_HTML:
        return report_html(out, r);
    case OUTPUT_MARKDOWN:
        return report_markdown(out, r);
    case OUTPUT_CSV:
        return report_csv(out, r);
    case OUTPUT_TEXT:
    case OUTPUT_UNKNOWN:
        break;
    }
    return report_text(out, r, &style);
}

bool output_result(const struct session *s, const char *path, const struct result *r)
{
    struct output o;
    if (!output_open(s, &o, path))
        return false;
    const bool written = write_result(s, output_format_of(s, path), o.stream, r);
    return output_close(s, &o, written);
}

void output_result_to_stderr(const struct session *s, const struct result *r)
{
    if (!s->quiet)
        (void)write_result(s, OUTPUT_TEXT, stderr, r);
}
