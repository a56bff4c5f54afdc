/* study.h - questions put to models: replications, warm-up, stopping, comparison, bottleneck.
 *
 * Does      runs every case on the same random numbers until the workloads' response times are known to the precision asked
 * Units     seconds in the options
 * Shape     1..1000 cases
 * Owns      results live in the arena given
 * Order     one seed gives the same bytes for any number of threads
 * Errors    a breach of a conservation law is a CHECK (a defect of hvplan), saturation is a finding, not an error
 */
#ifndef HVPLAN_HOST_STUDY_H
#define HVPLAN_HOST_STUDY_H

#include "model/host/model.h"
#include "model/host/result.h"

struct study_progress {
    double precision_now, precision_target; /* relative half-width of the worst objective metric */
    double done;                            /* 0..1, an estimate */
    const char *phase;                      /* "warm-up", "running", "bottleneck" */
};
/* Return false to stop early (interrupt): the result is then marked incomplete. */
typedef bool (*study_progress_fn)(const struct study_progress *p, void *context);

struct study_options {
    uint64_t seed;
    int threads;           /* 0 = all */
    double precision;      /* 0.02 */
    double level;          /* 0.95 */
    int replications;      /* 8 */
    uint64_t max_events;   /* of all cases together; then "precision not reached" */
    bool prove_bottleneck; /* perturbation runs beside utilization */
    study_progress_fn progress;
    void *context;
};
struct study_options study_defaults(void);

struct study_case {
    const char *name;
    const struct model *model;
    const struct change_row *change;
    int changes;
};

/* Fills out->scenario, comparison, assumed, warning. out->provenance.incomplete is set when stopped early.
 * Returns false when the precision was not reached for some objective metric. */
bool study_run(struct arena *a, const struct study_options *o, const struct study_case *cases, int n,
               struct result *out);

/* What PerfMon would have logged on the model's hosts: `rows` samples `interval_s` apart, after the warm-up; fewer when an
 * open load piles up so far that the run ends. */
struct counter_log *study_log(struct arena *a, const struct model *m, uint64_t seed, double interval_s,
                              int rows);

#endif
