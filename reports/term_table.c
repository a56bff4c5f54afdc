/* term_table.c - a table on a terminal: columns shrink by wrapping first, then the table is split into blocks. */
#include "model/base/check.h"
#include "reports/term.h"

#include <math.h>
#include <string.h>

enum { GAP = 2, NARROWEST = 10, TITLE_WIDEST = 14 };

struct layout {
    const struct term *term;
    const struct table *table;
    const char **text; /* cells, cleaned, repeats left out */
    int *width;        /* by column; 0 = not drawn */
    int available;
};

static int column_bar(const struct column *c)
{
    return c->bar ? c->bar + 1 : 0;
}

static int longest_cell(const struct layout *l, int column)
{
    int longest = 0;
    for (int r = 0; r < table_rows(l->table); r++) {
        int w = term_width(l->text[r * l->table->columns + column]);
        longest = w > longest ? w : longest;
    }
    return longest + column_bar(&l->table->column[column]);
}

/* Long titles wrap (a scenario's name may be a sentence), so they widen a column only up to a point. */
static int natural_width(const struct layout *l, int column)
{
    int title = term_width(l->table->column[column].title), cells = longest_cell(l, column);
    if (cells == column_bar(&l->table->column[column]) && table_column_empty(l->table, column))
        return 0;
    int wanted = title < TITLE_WIDEST ? title : TITLE_WIDEST;
    return cells > wanted ? cells : wanted;
}

/* Every drawn column is preceded by a gap; the first one's is the indent of the table. */
static int total_width(const struct layout *l)
{
    int total = 0;
    for (int c = 0; c < l->table->columns; c++)
        total += l->width[c] ? l->width[c] + GAP : 0;
    return total - GAP;
}

static int widest_text_column(const struct layout *l, int below)
{
    int widest = -1;
    for (int c = 0; c < below; c++) {
        if (!l->table->column[c].number && l->width[c] > NARROWEST &&
            (widest < 0 || l->width[c] > l->width[widest]))
            widest = c;
    }
    return widest;
}

/* Numbers are never wrapped or cut, so only columns of text give way. */
static void layout_fit(struct layout *l)
{
    int columns = l->table->columns;
    for (int c = 0; c < columns; c++)
        l->width[c] = natural_width(l, c);
    int widest;
    while (total_width(l) > l->available && (widest = widest_text_column(l, columns)) >= 0)
        l->width[widest]--;
    if (total_width(l) <= l->available)
        return;
    /* Wrapping alone does not do it: blocks it will be, so give the heads up to half of the width back. */
    int half = (l->available - GAP) / 2, heads = -GAP;
    for (int c = 0; c < columns; c++) {
        l->width[c] = natural_width(l, c);
        if (!l->table->column[c].number && c >= l->table->heads && l->width[c] > half)
            l->width[c] = half;
        heads += c < l->table->heads && l->width[c] ? l->width[c] + GAP : 0;
    }
    for (; heads > half && (widest = widest_text_column(l, l->table->heads)) >= 0; heads--)
        l->width[widest]--;
}

/* One line of a cell as wide as its column, bar and colour included. */
static const char *cell_line(const struct layout *l, const char *text, int column, const struct cell *cell,
                             bool first)
{
    const struct column *c = &l->table->column[column];
    const struct term *t = l->term;
    bool has_bar = c->bar && cell;
    int pad = l->width[column] - (has_bar ? column_bar(c) : 0) - term_width(text);
    const char *on = cell && *text ? term_tone(t, cell->tone) : "", *off = *on ? term_off(t) : "", *bar = "";
    if (has_bar) {
        double share = first ? cell->share : 0.0;
        bar = arena_printf(t->arena, "%s%s%s ", on, term_bar(t->arena, share, c->bar, t->style.unicode), off);
    }
    if (c->number)
        return arena_printf(t->arena, "%s%*s%s%s%s", bar, pad, "", on, text, off);
    return arena_printf(t->arena, "%s%s%s%*s", on, text, off, pad, "");
}

static void print_line(const struct term *t, const char *line)
{
    size_t n = strlen(line);
    while (n > 0 && line[n - 1] == ' ')
        n--;
    fprintf(t->out, "%.*s\n", (int)n, line);
}

/* The columns of one block: the heads and [from, to). */
static bool in_block(const struct layout *l, int column, int from, int to)
{
    bool wanted = column < l->table->heads || (column >= from && column < to);
    return wanted && l->width[column];
}

/* One row, `row` -1 = the titles; wrapped cells take further lines. */
static void print_row(const struct layout *l, int row, int from, int to)
{
    int columns = l->table->columns;
    struct arena *a = l->term->arena;
    const char **rest = ARENA_ARRAY(a, const char *, (size_t)columns);
    for (int c = 0; c < columns; c++)
        rest[c] = row < 0 ? term_clean(a, l->table->column[c].title) : l->text[row * columns + c];
    bool more = true;
    for (bool first = true; more; first = false) {
        const char *line = "";
        more = false;
        for (int c = 0; c < columns; c++) {
            if (!in_block(l, c, from, to))
                continue;
            const struct cell *cell = row < 0 ? NULL : table_at(l->table, row, c);
            int room = l->width[c] - (cell ? column_bar(&l->table->column[c]) : 0);
            const char *part = term_wrap(a, &rest[c], room);
            line = arena_printf(a, "%s%*s%s", line, GAP, "", cell_line(l, part ? part : "", c, cell, first));
            more = more || rest[c][strspn(rest[c], " ")] != '\0';
        }
        print_line(l->term, line);
    }
}

static void print_rule(const struct layout *l, int from, int to)
{
    const struct term *t = l->term;
    fputs(term_tone(t, TONE_DIM), t->out);
    for (int c = 0; c < l->table->columns; c++) {
        if (!in_block(l, c, from, to))
            continue;
        fprintf(t->out, "%*s", GAP, "");
        for (int i = 0; i < l->width[c]; i++)
            fputs(t->style.unicode ? "\xE2\x94\x80" : "-", t->out);
    }
    fprintf(t->out, "%s\n", term_off(t));
}

/* A block takes as many columns as fit, and always one, so that the table comes to an end. */
static int block_end(const struct layout *l, int from)
{
    int used = -GAP, to = from;
    for (int c = 0; c < l->table->heads; c++)
        used += l->width[c] ? l->width[c] + GAP : 0;
    for (; to < l->table->columns; to++) {
        int w = l->width[to] ? l->width[to] + GAP : 0;
        if (to > from && used + w > l->available)
            break;
        used += w;
    }
    return to;
}

void term_table(const struct term *t, const struct table *table)
{
    int rows = table_rows(table), columns = table->columns;
    if (rows == 0)
        return;
    struct layout l = {t, table, NULL, NULL, t->style.width - GAP};
    l.width = ARENA_ARRAY(t->arena, int, (size_t)columns);
    l.text = ARENA_ARRAY(t->arena, const char *, (size_t)(rows * columns));
    for (int i = 0; i < rows * columns; i++) {
        bool repeats = table_repeats(table, i / columns, i % columns);
        l.text[i] = repeats ? "" : term_clean(t->arena, table->cell[i].text);
    }
    layout_fit(&l);
    if (table->caption[0])
        term_paragraph(t, "  ", table->caption, TONE_DIM);
    for (int from = table->heads, to; from < columns || from == table->heads; from = to) {
        to = block_end(&l, from);
        print_row(&l, -1, from, to);
        print_rule(&l, from, to);
        for (int r = 0; r < rows; r++)
            print_row(&l, r, from, to);
        if (to >= columns)
            break;
        fputc('\n', t->out);
    }
}
