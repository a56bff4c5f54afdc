/* metrics.h - from the counters of a window to the metrics of product.md.
 *
 * Does      one walk names and computes every metric
 * Units     as each metric says
 * Order     hosts, VMs, virtual disks, disks, NICs, memory, externals, pools, locks, workloads, as the model lists them
 */
#ifndef HVPLAN_HOST_METRICS_H
#define HVPLAN_HOST_METRICS_H

#include "model/host/collect.h"
#include "model/host/result.h"

/* A window of one replication. */
struct window {
    const struct run *run; /* any replication of the model: its structure is the same in all */
    const struct layout *layout;
    const double *delta; /* counters at the end minus at the start */
    double ns;
};

/* Hypervisor time of a host by cause, in LPs. */
void metrics_accounts(const struct window *w, const struct host *h, double lps[ACCOUNTS]);

typedef void (*metric_sink)(void *context, const char *name, const char *unit, double value);
/* Calls sink for each metric; names live in the arena. */
void metrics_walk(const struct window *w, struct arena *a, metric_sink sink, void *context);
#endif
