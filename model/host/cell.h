/* cell.h - one replication of one case, with its counters kept at regular times.
 *
 * Does      runs on demand up to a time, remembers the counters at the end of every bin; windows are differences
 * Shape     at most 512 bins are kept: when they are full every second one goes and bins are twice as long
 * Order     all cells of a study have the same bins
 * Owns      an arena of its own
 */
#ifndef HVPLAN_HOST_CELL_H
#define HVPLAN_HOST_CELL_H

#include "model/host/collect.h"

struct cell {
    struct arena *arena;
    struct run *run;
    struct layout *layout;
    double **bin; /* counters at time (i + 1) x width */
    int bins;
    sim_ns width;
    sim_ns stopped; /* saturation ended the run here; 0 = not */
    double *last;   /* counters then */
};

struct cell *cell_new(const struct model *m, const char *name, uint64_t seed, int replication, sim_ns width);
void cell_free(struct cell *c);
/* Runs to the end of the bin that holds `until`. */
void cell_advance(struct cell *c, sim_ns until);
/* End of the last bin. */
sim_ns cell_now(const struct cell *c);
/* Counters at the end of bin i minus those at the end of bin j (j = -1: from the start). */
void cell_delta(const struct cell *c, int j, int i, double *out);
/* Bin whose end is nearest to `t`; -1 = the start. */
int cell_bin_at(const struct cell *c, sim_ns t);
/* Percentiles are over jobs that end from now on. */
void cell_record(struct cell *c);

#endif
