/* sniff.h - what a file is that is not a text of counters.
 *
 * Does      recognises binary and other formats by their first bytes, for a message that helps
 */
#ifndef HVPLAN_CALIBRATE_SNIFF_H
#define HVPLAN_CALIBRATE_SNIFF_H

#include <stddef.h>

/* What to tell the user about a file that begins with these bytes; NULL if nothing speaks against text. */
const char *sniff_advice(const unsigned char *head, size_t n);

#endif
