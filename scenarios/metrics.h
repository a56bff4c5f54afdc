/* metrics.h - the names of metrics in results, and what they mean.
 *
 * Does      rows for `explain` and the docs; H, V, D, N, W stand for names of hosts, VMs, disks, adapters, workloads
 * Units     as the result says them
 */
#ifndef HVPLAN_SCENARIOS_METRICS_H
#define HVPLAN_SCENARIOS_METRICS_H

#include <stddef.h>

struct metric_row {
    const char *name, *unit, *text;
};
extern const struct metric_row metrics_rows[];
extern const size_t metrics_count;

#endif
