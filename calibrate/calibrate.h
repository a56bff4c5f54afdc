/* calibrate.h - from counter logs to a model that says how far to trust it.
 *
 * Does      `inspect`: what is in the logs; `calibrate`: model tree, report card; `against`: grade of a
 *           model on a log
 * Errors    unreadable or empty logs; nothing to calibrate from
 */
#ifndef HVPLAN_CALIBRATE_CALIBRATE_H
#define HVPLAN_CALIBRATE_CALIBRATE_H

#include "calibrate/counterlog.h"
#include "model/host/result.h"
#include "scenarios/yamltree.h"

/* What is in one or several logs. */
struct inspect_column {
    const char *path;
    uint64_t values, missing, bad;
    double min, mean, max;
};
struct inspect_machine {
    const char *name;
    bool hyperv;     /* a Hyper-V host (has hypervisor counters) */
    int lps;         /* 0 = the log does not say */
    const char **vm; /* names */
    int *vcpus;      /* by VM */
    int vms;
    const char **disk, **nic;
    int disks, nics;
    double true_cpu,
        task_manager;     /* means, 0..1; NaN = not in the log; true_cpu of a guest: what its host counts */
    const char *guest_of; /* the Hyper-V host in the same logs that runs this machine; else NULL */
    double guest_clock;   /* of such a guest: busy by its own clock, mean over its processors */
};
struct inspect_finding {
    const char *code, *counter,
        *text; /* PAL and other thresholds; text says threshold, value, source, when */
};
struct inspection {
    const char **file;
    int files;
    const char *first, *last; /* local stamps as text */
    double interval_s;        /* median */
    uint64_t rows;
    int gaps;
    double longest_gap_s;
    struct inspect_column *column;
    int columns;
    struct inspect_machine *machine;
    int machines;
    struct inspect_finding *finding;
    int findings;
    int stars; /* data completeness, 1..5 */
};
struct inspection *inspect_logs(struct arena *a, const char *const *paths, int n, struct errs *e);

struct calibration {
    struct node
        *model; /* hvplan.model/1, with a `calibration:` section (grade, log, guessed paths, intervals) */
    struct report_card card;
    bool good_enough; /* false: the command exits 5 */
};
/* inventory may be NULL. seed and threads are those of the back-test's simulations. NULL after errors. */
struct calibration *calibrate_logs(struct arena *a, const char *const *paths, int n, const char *inventory,
                                   uint64_t seed, int threads, struct errs *e);
/* Grades `model_path` on the logs. */
struct calibration *calibrate_against(struct arena *a, const char *const *paths, int n,
                                      const char *model_path, uint64_t seed, int threads, struct errs *e);

#endif
