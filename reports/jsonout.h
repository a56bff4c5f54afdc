/* jsonout.h - a Jansson tree as text.
 *
 * Does      writes keys in the order in which they were set and numbers as the shortest decimal that reads back the same (Jansson
 *           prints 17 digits, so 0.1 would become 0.10000000000000001)
 */
#ifndef HVPLAN_REPORTS_JSONOUT_H
#define HVPLAN_REPORTS_JSONOUT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* Values without children share a line with their siblings; the rest is indented by two. in_html escapes "<", so that no text
 * can end the <script> around it. */
void jsonout_write(FILE *out, json_t *tree, bool in_html);

#endif
