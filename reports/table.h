/* table.h - one table, drawn by every format.
 *
 * Does      holds columns and cells row by row; text, Markdown and HTML each draw the same table
 * Shape     any number of rows; every row has all cells (table_row fills it one by one)
 * Owns      everything in the arena given; texts are kept, not copied
 * Errors    a cell too many or too few is a CHECK
 */
#ifndef HVPLAN_REPORTS_TABLE_H
#define HVPLAN_REPORTS_TABLE_H

#include "model/base/arena.h"
#include <stdbool.h>

enum tone { TONE_PLAIN, TONE_GOOD, TONE_BAD, TONE_WARN, TONE_DIM };

struct column {
    const char *title;
    bool number; /* right-aligned, never wrapped */
    int bar;     /* terminal columns of the bar before the text; 0 = none */
};

struct cell {
    const char *text;
    double value; /* the unrounded figure behind the text, in the result's unit; NaN = none */
    double share; /* 0..1 for bars and heat; NaN = none */
    enum tone tone;
};

struct table {
    struct arena *arena;
    const char *caption;
    struct column *column;
    int columns, column_capacity;
    int heads;         /* leading columns that name the row; repeated when a terminal splits the table */
    struct cell *cell; /* rows x columns */
    int cells, cell_capacity;
    struct table *next; /* of the same section */
};

struct table *table_new(struct arena *a, const char *caption, int heads);
void table_column(struct table *t, const char *title, bool number);
/* A column of numbers with a bar of `width` terminal columns. */
void table_bar_column(struct table *t, const char *title, int width);
/* Appends the next cell; the caller may set tone and share of what is returned until the next call. */
struct cell *table_text(struct table *t, const char *text);
struct cell *table_number(struct table *t, const char *text, double value);
int table_rows(const struct table *t);
const struct cell *table_at(const struct table *t, int row, int column);
/* The cell says the same as the one above it and so do all heads before it: may be left out where space counts. */
bool table_repeats(const struct table *t, int row, int column);
/* A column in which no row says anything may be left out. */
bool table_column_empty(const struct table *t, int column);

#endif
