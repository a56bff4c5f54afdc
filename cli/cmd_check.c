/* cmd_check.c - hvplan check FILE... */
#include "calibrate/counterlog.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "model/base/text.h"
#include "reports/report.h"
#include "scenarios/load.h"
#include <string.h>

static void check_log(struct arena *a, const char *path, struct errs *e)
{
    struct log_reader *log = log_open(a, path, e);
    int64_t at_ns;
    const double *value;
    if (!log)
        return;
    while (log_next(log, &at_ns, &value)) {
    }
    log_close(log);
}

static void check_result(struct arena *a, const char *path, struct errs *e)
{
    (void)report_read(a, path, e);
}

static void check_yaml(struct arena *a, const char *path, struct errs *e)
{
    (void)check_file(a, path, e);
}

/* By suffix; everything else is YAML and says in its schema line what it is. */
static const struct reader_row {
    const char *suffix;
    void (*check)(struct arena *a, const char *path, struct errs *e);
} reader_rows[] = {{".json", check_result}, {".csv", check_log}, {".tsv", check_log}, {".blg", check_log}};

static void check_one(struct session *s, const char *path)
{
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof reader_rows / sizeof *reader_rows; i++) {
        if (text_same(dot, reader_rows[i].suffix)) {
            reader_rows[i].check(s->arena, path, s->errs);
            return;
        }
    }
    check_yaml(s->arena, path, s->errs);
}

static json_t *errors_json(const struct errs *e)
{
    json_t *all = json_array();
    for (size_t i = 0; i < errs_count(e); i++) {
        const struct err *err = errs_get(e, i);
        json_array_append_new(all,
                              json_pack("{s:o, s:i, s:i, s:o, s:s, s:o, s:i}", "file",
                                        json_out_text(err->pos.file), "line", err->pos.line, "column",
                                        err->pos.column, "path", json_out_text(err->path), "text", err->text,
                                        "nearest", json_out_text(err->nearest), "exit_code", (int)err->kind));
    }
    return all;
}

static json_t *warnings_json(const struct errs *e)
{
    json_t *all = json_array();
    for (size_t i = 0; i < errs_warning_count(e); i++) {
        const struct warning *w = errs_warning(e, i);
        json_array_append_new(all, json_pack("{s:s, s:s, s:o}", "code", w->code, "text", w->text, "where",
                                             json_out_text(w->where)));
    }
    return all;
}

static bool write_json(const struct session *s, const char *path)
{
    struct output out;
    if (!output_open(s, &out, path))
        return false;
    json_t *root = json_pack("{s:b, s:o, s:o}", "valid", !errs_any(s->errs), "errors", errors_json(s->errs),
                             "warnings", warnings_json(s->errs));
    const bool well = json_out_write(out.stream, root);
    return output_close(s, &out, well);
}

int cmd_check(struct session *s, const struct options *o)
{
    const char *path = options_text(o, "output");
    const enum output_format format = output_format_of(s, path);
    if (format != OUTPUT_JSON && (path || format != OUTPUT_TEXT))
        return session_usage(s, "check writes .json files");
    for (int i = 0; i < o->operands; i++) {
        const size_t before = errs_count(s->errs);
        check_one(s, o->operand[i]);
        if (errs_count(s->errs) == before)
            session_note(s, "%s: valid", o->operand[i]);
    }
    if (format == OUTPUT_JSON && !write_json(s, path))
        return EXIT_INTERNAL;
    return session_finish(s, false);
}
