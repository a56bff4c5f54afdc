/* quantity.h - numbers as people read them: "214 ± 4 ms", "41.0 %", "−117 ± 5 ms".
 *
 * Does      scales to ns, us, ms, s, %, KiB ..., keeps three significant digits, and lets the half width decide the digits of
 *           a value that has one
 * Units     the unit strings of struct metric: "s", "ns", "1", "/s", "bytes", "packets", "LPs", "" = plain number
 * Owns      nothing; texts live in the caller's arena
 * Absent    what is not finite prints as "n/a", as it is null in the JSON
 */
#ifndef HVPLAN_REPORTS_QUANTITY_H
#define HVPLAN_REPORTS_QUANTITY_H

#include "model/base/arena.h"
#include <stdbool.h>

/* "214 ms" */
char *quantity_value(struct arena *a, double v, const char *unit, bool unicode);
/* "214 ± 4 ms"; without a half width (NaN) as quantity_value. */
char *quantity_interval(struct arena *a, double v, double half_width, const char *unit, bool unicode);
/* "−117 ± 5 ms", "+3 ± 1 ms": a difference, always with its sign. */
char *quantity_delta(struct arena *a, double v, double half_width, const char *unit, bool unicode);
/* "−55 %" of base, "42 times" from ten-fold on; "n/a" when base is 0 or unknown. */
char *quantity_relative(struct arena *a, double delta, double base, bool unicode);
/* "1.31 ± 0.05x": a factor on the load. */
char *quantity_factor(struct arena *a, double v, double half_width, bool unicode);
/* A number of jobs or operations has the unit "1" but is no share; so this gives the unit to print a metric in. */
const char *quantity_unit(const char *metric, const char *unit);

#endif
