/* progress.h - the bar on the terminal, and Ctrl-C.
 *
 * Does      shows how far a simulation is, the time left and the precision reached so far; notes an interrupt
 * Order     progress_start, then study_run with progress_step, then progress_end
 */
#ifndef HVPLAN_CLI_PROGRESS_H
#define HVPLAN_CLI_PROGRESS_H

#include "cli/session.h"
#include "model/host/study.h"
#include <time.h>

struct progress {
    bool show, drawn;
    bool unicode;
    int width;
    struct timespec start;
    double last_s; /* when it was drawn */
};

/* From here on Ctrl-C asks the simulation to end; a second one ends the program. */
void progress_start(struct progress *p, const struct session *s);
/* A study_progress_fn; context = struct progress. */
bool progress_step(const struct study_progress *now, void *context);
void progress_end(struct progress *p);
bool progress_interrupted(void);

#endif
