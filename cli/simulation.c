/* simulation.c - the common part of simulate and compare. */
#include "cli/simulation.h"
#include "cli/command.h"
#include "cli/progress.h"

bool simulation_options_fit(const struct session *s, const struct options *o)
{
    const char *path = options_text(o, "output");
    if (output_format_of(s, path) != OUTPUT_UNKNOWN)
        return true;
    if (s->json)
        session_usage(s, "--json and -o %s do not agree", path);
    else
        session_usage(s, "cannot tell the format of %s: it ends in .json, .html, .md, .csv or .txt", path);
    return false;
}

static struct study_options study_options_of(const struct session *s, const struct options *o,
                                             struct progress *p)
{
    struct study_options study = study_defaults();
    study.seed = options_whole(o, "seed", study.seed);
    study.threads = s->threads;
    study.precision = options_number(o, "precision", study.precision);
    study.replications = (int)options_whole(o, "replications", (uint64_t)study.replications);
    study.max_events = options_whole(o, "max-events", study.max_events);
    study.progress = progress_step;
    study.context = p;
    return study;
}

static void remember_traces(struct session *s, const struct model *m)
{
    for (int i = 0; i < m->workloads; i++)
        if (m->workload[i].arrivals == ARRIVAL_TRACE)
            session_input(s, m->workload[i].trace.path);
}

static bool objectives_hold(const struct result *r)
{
    for (int i = r->scenarios > 1 ? 1 : 0; i < r->scenarios; i++)
        for (int j = 0; j < r->scenario[i].objectives; j++)
            if (!r->scenario[i].objective[j].met)
                return false;
    return true;
}

static int exit_code_of(const struct session *s, const struct options *o, const struct result *r,
                        bool precise)
{
    if (r->provenance.incomplete) {
        session_complain(s, "interrupted: the result is marked incomplete");
        return EXIT_INTERRUPTED;
    }
    if (options_flag(o, "gate") && !objectives_hold(r)) {
        session_complain(s, "a service objective is predicted to break");
        return EXIT_GATE;
    }
    if (!precise) {
        session_complain(
            s, "the precision asked for was not reached: see the intervals; more --max-events may help");
        return EXIT_PRECISION;
    }
    return EXIT_DONE;
}

bool simulation_study(struct session *s, const struct options *o, const struct study_case *cases, int n,
                      struct result *r)
{
    for (int i = 0; i < n; i++)
        remember_traces(s, cases[i].model);
    struct progress progress;
    progress_start(&progress, s);
    const struct study_options study = study_options_of(s, o, &progress);
    const bool precise = study_run(s->arena, &study, cases, n, r);
    progress_end(&progress);
    session_provenance(s, study.seed, r);
    session_warnings_to(s, r);
    return precise;
}

int simulation_end(struct session *s, const struct options *o, const struct result *r, bool precise)
{
    if (!output_result(s, options_text(o, "output"), r))
        return EXIT_INTERNAL;
    return exit_code_of(s, o, r, precise);
}

int simulation_run(struct session *s, const struct options *o, const struct study_case *cases, int n)
{
    struct result r = {0};
    const bool precise = simulation_study(s, o, cases, n, &r);
    return simulation_end(s, o, &r, precise);
}
