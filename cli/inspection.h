/* inspection.h - an inspection as text and as JSON. */
#ifndef HVPLAN_CLI_INSPECTION_H
#define HVPLAN_CLI_INSPECTION_H

#include "calibrate/calibrate.h"
#include <stdio.h>

/* verbose: every column, not only those with missing or bad values. */
void inspection_text(FILE *out, const struct inspection *i, bool verbose);
bool inspection_json(FILE *out, const struct inspection *i);

#endif
