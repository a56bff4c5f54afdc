/* hostsim.h - runs a model written as YAML text and looks up what came out.
 *
 * Errors    a model that does not load, or a metric that is not there, fails the test
 */
#ifndef HVPLAN_TESTS_HOSTSIM_H
#define HVPLAN_TESTS_HOSTSIM_H

#include "model/host/study.h"

struct model *hostsim_model(struct arena *a, const char *yaml);
/* printf for YAML. */
struct model *hostsim_modelf(struct arena *a, const char *yaml, ...) HVPLAN_PRINTF(2, 3);
/* The model alone, by utilization, to `precision`. */
struct result *hostsim_run(struct arena *a, const struct model *m, double precision);
/* Two models side by side; scenario[0] and [1]. */
struct result *hostsim_pair(struct arena *a, const struct model *base, const struct model *other,
                            double precision);

double hostsim_mean(const struct scenario_result *s, const char *metric);
/* Standard error of the mean over the replications. */
double hostsim_error(const struct scenario_result *s, const char *metric);
/* Paired difference and its half-width; *verdict may be NULL. */
double hostsim_delta(const struct result *r, const char *metric, double *half_width, enum verdict *verdict);
/* Seconds of wait, service and overhead of a workload on a resource; 0 if it has no such row. */
struct breakdown_row hostsim_row(const struct scenario_result *s, const char *workload, const char *resource);

#endif
