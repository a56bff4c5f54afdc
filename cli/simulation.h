/* simulation.h - what simulate and compare share: options to a study, its run, its output, the exit code. */
#ifndef HVPLAN_CLI_SIMULATION_H
#define HVPLAN_CLI_SIMULATION_H

#include "cli/output.h"
#include "model/host/study.h"

/* False after a usage error has been printed: the formats and options fit together. */
bool simulation_options_fit(const struct session *s, const struct options *o);
/* Runs the cases, writes the result, returns the exit code. With --gate the objectives of the last case must
 * hold, and those of every case after the first. */
int simulation_run(struct session *s, const struct options *o, const struct study_case *cases, int n);
/* The two halves of simulation_run, for answers that are read from the result: the study, ... */
bool simulation_study(struct session *s, const struct options *o, const struct study_case *cases, int n,
                      struct result *r);
/* ... then output and exit code. `precise` is what simulation_study returned. */
int simulation_end(struct session *s, const struct options *o, const struct result *r, bool precise);

#endif
