/* table.c - see table.h. */
#include "reports/table.h"
#include "model/base/check.h"

#include <math.h>
#include <string.h>

struct table *table_new(struct arena *a, const char *caption, int heads)
{
    struct table *t = ARENA_NEW(a, struct table);
    t->arena = a;
    t->caption = caption;
    t->heads = heads;
    return t;
}

/* Columns first, rows after: a column that comes later would shift every cell. */
static void column_push(struct table *t, struct column column)
{
    CHECK(t->cells == 0);
    *ARENA_PUSH(t->arena, t->column, t->columns, t->column_capacity) = column;
}

void table_column(struct table *t, const char *title, bool number)
{
    column_push(t, (struct column){title, number, 0});
}

void table_bar_column(struct table *t, const char *title, int width)
{
    column_push(t, (struct column){title, true, width});
}

struct cell *table_number(struct table *t, const char *text, double value)
{
    struct cell *c = ARENA_PUSH(t->arena, t->cell, t->cells, t->cell_capacity);
    *c = (struct cell){text, value, (double)NAN, TONE_PLAIN};
    return c;
}

struct cell *table_text(struct table *t, const char *text)
{
    return table_number(t, text, (double)NAN);
}

int table_rows(const struct table *t)
{
    CHECK(t->columns > 0 && t->cells % t->columns == 0);
    return t->cells / t->columns;
}

const struct cell *table_at(const struct table *t, int row, int column)
{
    CHECK(row >= 0 && column >= 0 && column < t->columns && row * t->columns + column < t->cells);
    return &t->cell[row * t->columns + column];
}

bool table_repeats(const struct table *t, int row, int column)
{
    if (row == 0 || column >= t->heads - 1)
        return false;
    for (int c = 0; c <= column; c++) {
        if (strcmp(table_at(t, row, c)->text, table_at(t, row - 1, c)->text) != 0)
            return false;
    }
    return true;
}

bool table_column_empty(const struct table *t, int column)
{
    for (int r = 0; r < table_rows(t); r++) {
        if (table_at(t, r, column)->text[0] != '\0')
            return false;
    }
    return true;
}
