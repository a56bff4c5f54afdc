/* paragraph.h - text broken at blanks and, always, at its own newlines. */
#ifndef HVPLAN_CLI_PARAGRAPH_H
#define HVPLAN_CLI_PARAGRAPH_H

#include <stdio.h>

/* Lines of at most `width` columns; all but the first begin with `indent` blanks, and the first stands at that column already.
 * Ends with a newline. */
void paragraph_print(FILE *out, const char *text, int indent, int width);

#endif
