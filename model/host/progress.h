/* progress.h - what a running VP gets done, and when the next thing happens to it.
 *
 * Does      books wall time and work of an LP up to now; schedules the LP's next event: end of work, of the quantum, of the
 *           guest's time slice, of a reserve, a limit or a group's budget
 * Units     wall ns; work in reference ns
 * Order     book before anything changes that work depends on, plan after it
 */
#ifndef HVPLAN_HOST_PROGRESS_H
#define HVPLAN_HOST_PROGRESS_H

#include "model/host/run.h"

void progress_book(struct lp *lp);
void progress_plan(struct lp *lp);

#endif
