/* memory_fit.h - "it fits" against "it fits and still performs".
 *
 * Does      reads a scenario's result: the VMs of a host have room, and yet page, lack file cache or their buffer; asks what a
 *           restart of each VM would take
 * Units     bytes; texts are whole clauses for a warning, NULL = nothing to say
 * Owns      texts live in the arena
 * Order     both are about a host that is not over-committed (W304); of one that is they say nothing
 */
#ifndef HVPLAN_HOST_MEMORY_FIT_H
#define HVPLAN_HOST_MEMORY_FIT_H

#include "model/host/result.h"
#include "model/host/run.h"

/* What VMs that fit suffer all the same, with the figures. */
const char *memory_fit_suffers(struct arena *a, const struct model *m, int host,
                               const struct scenario_result *s);
/* What the host itself would have to page while a VM restarts (Smart Paging, from 2012). */
const char *memory_fit_restart(struct arena *a, const struct run *run, int host);
/* Is any VM of the model of a kind that Smart Paging helps to restart? */
bool memory_fit_restarts(const struct model *m);

#endif
