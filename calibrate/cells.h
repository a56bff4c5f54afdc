/* cells.h - a line of a delimited file as cells.
 *
 * Does      splits at a delimiter; quoted cells may hold delimiters and doubled quotes
 * Owns      the cells point into the line, which is changed in place where quotes are doubled
 */
#ifndef HVPLAN_CALIBRATE_CELLS_H
#define HVPLAN_CALIBRATE_CELLS_H

#include "model/base/arena.h"
#include <stdbool.h>

struct cell {
    const char *text; /* not ended by NUL */
    size_t n;
};
struct cells {
    struct cell *cell;
    int n, room;
    bool open; /* the last cell's quote is not closed */
};

/* `paths`: an unquoted cell that starts with a backslash goes on over delimiters inside brackets (headers of
 * old logs). */
void cells_split(struct arena *a, struct cells *c, char *line, size_t n, char delimiter, bool paths);
/* The delimiter of a header line: what stands between the first two cells. 0 if there is one cell only. */
char cells_delimiter(const char *line, size_t n);

#endif
