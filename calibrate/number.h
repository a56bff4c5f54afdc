/* number.h - decimal numbers of a log, exactly.
 *
 * Does      converts text to the nearest double, bit for bit what strtod gives in the C locale
 * Errors    returned: not a number, or trailing characters
 */
#ifndef HVPLAN_CALIBRATE_NUMBER_H
#define HVPLAN_CALIBRATE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* The whole of text[0..n) is one decimal number; no blanks, no hexadecimal, no infinities. text[n] must be
 * readable and no part of a number (the delimiter, a quote or NUL). */
bool number_parse(const char *text, size_t n, double *value);

#endif
