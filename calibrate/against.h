/* against.h - an existing model put beside a log that it was not fitted to.
 *
 * Does      pairs hosts, VMs, disks and adapters of model and log by name or label; gives the model the log's load
 * Owns      the copy of the tree lives in the arena given; names in `measured` become those of the model
 * Errors    ERR_INVALID: the file is no model
 */
#ifndef HVPLAN_CALIBRATE_AGAINST_H
#define HVPLAN_CALIBRATE_AGAINST_H

#include "calibrate/fit.h"

/* A copy of the model with the rates of the log. NULL after errors. */
struct node *against_load(struct arena *a, const struct node *model, struct fit *measured, struct errs *e);

#endif
