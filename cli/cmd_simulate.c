/* cmd_simulate.c - hvplan simulate MODEL.yaml */
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/simulation.h"
#include "model/base/text.h"
#include "reports/report.h"
#include "scenarios/load.h"
#include <string.h>
#include <time.h>

enum { DEFAULT_INTERVAL_S = 15, DEFAULT_SAMPLES = 240 };

/* The first sample's stamp: a fixed day, so that one seed gives one log; 2026-01-05 00:00 UTC, a Monday. */
static const int64_t log_start_s = 1767571200;

static bool emit_log(struct session *s, const struct options *o, const struct model *m, const char *path)
{
    const double interval_s = options_number(o, "interval", DEFAULT_INTERVAL_S * 1e9) * 1e-9;
    const int samples = (int)options_whole(o, "samples", DEFAULT_SAMPLES);
    const uint64_t seed = options_whole(o, "seed", study_defaults().seed);
    const struct counter_log *log = study_log(s->arena, m, seed, interval_s, samples);
    struct output out;
    if (!output_open(s, &out, path))
        return false;
    const bool written = report_perfmon(out.stream, log, log_start_s);
    return output_close(s, &out, written);
}

/* A name without suffix is fine: a pipe has none. */
static bool is_csv(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    return !dot || text_same(dot, ".csv");
}

static bool log_options_fit(const struct session *s, const struct options *o)
{
    const char *log = options_text(o, "emit-log");
    if (log && !is_csv(log)) {
        session_usage(s, "a log is written as .csv, not as %s; relog makes others of it", log);
        return false;
    }
    if (log)
        return true;
    if (options_value(o, "interval")->given || options_value(o, "samples")->given) {
        session_usage(s, "--interval and --samples are those of --emit-log FILE.csv");
        return false;
    }
    return true;
}

int cmd_simulate(struct session *s, const struct options *o)
{
    if (!simulation_options_fit(s, o) || !log_options_fit(s, o))
        return EXIT_USAGE;
    const char *path = o->operand[0], *log = options_text(o, "emit-log");
    const struct model *m = model_read(s->arena, path, s->errs);
    if (!m)
        return session_finish(s, false);
    session_input(s, path);
    if (log && !emit_log(s, o, m, log))
        return EXIT_INTERNAL;
    const struct study_case only = {.name = "baseline", .model = m};
    return simulation_run(s, o, &only, 1);
}
