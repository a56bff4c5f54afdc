/* units.h - quantities as people write them: "12 ms", "4 GiB", "1 Gbps", "40 /s", "15 %".
 *
 * Does      parses and prints quantities; the only place that knows factors
 * Units     internal: time ns, bytes, bytes per second, per second, fraction (15 % = 0.15), count, money
 * Errors    returned; a bare number where a unit is due is one
 */
#ifndef HVPLAN_BASE_UNITS_H
#define HVPLAN_BASE_UNITS_H

#include "model/base/arena.h"
#include <stdbool.h>

enum unit {
    UNIT_NONE,  /* plain number */
    UNIT_TIME,  /* -> ns:  ns us ms s min h d; "us" may be written with a micro sign; "0 s" needs its unit too
                 */
    UNIT_BYTES, /* -> bytes:  B KiB MiB GiB TiB (1024) kB KB MB GB TB (1000; KB = kB) */
    UNIT_BANDWIDTH, /* -> bytes per second:  bps kbps Kbps Mbps Gbps, B/s KiB/s MiB/s GiB/s kB/s MB/s GB/s */
    UNIT_RATE,      /* -> per second:  /s /min /h */
    UNIT_FRACTION,  /* -> 1:  "15 %"; a bare number is an error */
    UNIT_CORES,     /* -> LPs:  "0.2 cores" */
    UNIT_COUNT      /* whole number without unit */
};

enum units_status {
    UNITS_OK,
    UNITS_NOT_A_NUMBER,
    UNITS_MISSING, /* a bare number where a unit is due */
    UNITS_UNKNOWN, /* the suffix is no unit of this kind */
    UNITS_RANGE    /* over 1e300, too small to differ from zero, minus zero; UNIT_COUNT: not whole */
};

/* Parses the whole of `text` (blanks around and between number and unit allowed, exponent allowed). */
enum units_status units_parse(const char *text, enum unit unit, double *value) HVPLAN_MUST_USE;
/* Shortest good form, e.g. 12000000 ns -> "12 ms"; parses back to the same double within 1e-9 relative. */
char *units_format(struct arena *a, double value, enum unit unit);
/* "time such as 12 ms", for error texts. */
const char *units_example(enum unit unit);
/* JSON Schema pattern (ECMA regular expression) of the accepted texts; NULL for UNIT_NONE and UNIT_COUNT. */
const char *units_pattern(enum unit unit);
const char *units_name(enum unit unit);

#endif
