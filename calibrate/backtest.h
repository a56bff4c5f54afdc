/* backtest.h - a model against a log: simulates it and compares counter by counter.
 *
 * Does      gives the model the load of the log, runs it, and makes rows of measured and predicted counters
 * Owns      the arena of the fit
 * Errors    those of loading the model
 */
#ifndef HVPLAN_CALIBRATE_BACKTEST_H
#define HVPLAN_CALIBRATE_BACKTEST_H

#include "calibrate/fit.h"
#include "model/host/result.h"

struct backtest_options {
    uint64_t seed;
    int threads;
};

/* Gives `f` the rates that `measured` found; demands stay those of `f`. */
void backtest_load(struct fit *f, const struct fit *measured);
/* Simulates the tree and compares it with `measured`. Names are those of `measured`. false after errors. */
bool backtest_run(struct arena *a, const struct node *root, const struct fit *measured,
                  const struct backtest_options *o, struct report_card *card, struct errs *e);

#endif
