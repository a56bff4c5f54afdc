/* cells.c - a line of a delimited file as cells. */
#include "calibrate/cells.h"
#include <string.h>

static void cell_add(struct arena *a, struct cells *c, const char *text, size_t n)
{
    *ARENA_PUSH(a, c->cell, c->n, c->room) = (struct cell){text, n};
}

/* Reads the quoted cell at line[i] == '"'; returns the index behind its closing quote. */
static size_t quoted(struct arena *a, struct cells *c, char *line, size_t i, size_t n)
{
    const size_t first = i + 1;
    size_t to = first;
    for (i = first; i < n; i++) {
        if (line[i] == '"') {
            if (i + 1 >= n || line[i + 1] != '"') {
                cell_add(a, c, line + first, to - first);
                return i + 1;
            }
            i++;
        }
        line[to++] = line[i];
    }
    c->open = true;
    cell_add(a, c, line + first, to - first);
    return n;
}

static size_t bare(struct arena *a, struct cells *c, const char *line, size_t i, size_t n, char delimiter,
                   bool paths)
{
    const size_t first = i;
    const bool path = paths && line[i] == '\\' && memchr(line + i, '(', n - i) != NULL;
    int depth = 0;
    for (; i < n && (line[i] != delimiter || depth > 0); i++) {
        depth += path && line[i] == '(' ? 1 : 0;
        depth -= path && line[i] == ')' && depth > 0 ? 1 : 0;
    }
    cell_add(a, c, line + first, i - first);
    return i;
}

void cells_split(struct arena *a, struct cells *c, char *line, size_t n, char delimiter, bool paths)
{
    c->n = 0;
    c->open = false;
    size_t i = 0;
    for (;;) {
        if (i < n && line[i] == '"') {
            i = quoted(a, c, line, i, n);
            while (i < n &&
                   line[i] != delimiter) { /* what stands between a closing quote and the delimiter */
                i++;
            }
        } else if (i < n) {
            i = bare(a, c, line, i, n, delimiter, paths);
        } else {
            cell_add(a, c, line + n, 0);
        }
        if (i >= n) {
            return;
        }
        i++;
    }
}

char cells_delimiter(const char *line, size_t n)
{
    bool quote = false;
    for (size_t i = 0; i < n; i++) {
        quote = line[i] == '"' ? !quote : quote;
        if (!quote && (line[i] == ',' || line[i] == '\t' || line[i] == ';')) {
            return line[i];
        }
    }
    return 0;
}
