/* stamp.h - time stamps of counter logs.
 *
 * Units     ns since 1970-01-01 00:00 in the log's local time
 */
#ifndef HVPLAN_CALIBRATE_STAMP_H
#define HVPLAN_CALIBRATE_STAMP_H

#include "model/base/arena.h"
#include <stdbool.h>
#include <stdint.h>

/* "05/11/2015 00:01:00.645" (month first, as PerfMon writes it in every locale), also "2015-05-11
 * 00:01:00.645". Fraction and, in re-saved files, seconds may be absent. */
bool stamp_parse(const char *text, size_t n, int64_t *at_ns);
/* "2015-05-11 00:01:00.645" */
char *stamp_text(struct arena *a, int64_t at_ns);

#endif
