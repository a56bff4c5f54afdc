/* fixture_result.h - a result as a comparison of three scenarios would give it, for tests of reports.
 *
 * Does      builds a coherent result: breakdowns add up to responses, differences to values; names and texts hold what breaks
 *           careless writers (< > & " ' | and the end of a script)
 * Shape     3 scenarios (the last saturated), 1 host, 3 VMs, 2 workloads, an external service, a report card
 */
#ifndef HVPLAN_TESTS_FIXTURE_RESULT_H
#define HVPLAN_TESTS_FIXTURE_RESULT_H

#include "model/host/result.h"

struct result *fixture_result(struct arena *a);
/* Only the first scenario, as `simulate` gives it, without a card. */
struct result *fixture_result_single(struct arena *a);
/* The three scenarios as points of a vCPU curve of web01, and as the cases of a blame. */
struct result *fixture_result_curve(struct arena *a);
struct result *fixture_result_blame(struct arena *a);
/* Only the report card, as `calibrate` gives it. */
struct result *fixture_result_card(struct arena *a);

#endif
