/* term.h - what a terminal shows: widths, wrapping, colours, bars, tables.
 *
 * Does      measures and wraps UTF-8 by terminal columns; draws tables that never pass the width
 * Units     widths in terminal columns
 * Shape     width 40..200; a table too wide is drawn in blocks that repeat the heads
 * Owns      scratch goes to the arena given
 */
#ifndef HVPLAN_REPORTS_TERM_H
#define HVPLAN_REPORTS_TERM_H

#include "reports/report.h"
#include "reports/table.h"

struct term {
    FILE *out;
    struct arena *arena;
    struct text_style style;
};

/* Terminal columns of a UTF-8 text: combining marks 0, wide East Asian characters 2. */
int term_width(const char *s);
/* A copy without control characters (a name from a file must not move the cursor or colour the screen). */
const char *term_clean(struct arena *a, const char *s);
/* The next line of *rest, at most `width` columns, cut at a blank, else after one of "./_,:\\", else hard. NULL at the end. */
char *term_wrap(struct arena *a, const char **rest, int width);
/* "█████▌  " in unicode, "#####   " else. */
char *term_bar(struct arena *a, double share, int width, bool unicode);
/* Colour on and off; empty without style.color. */
const char *term_tone(const struct term *t, enum tone tone);
const char *term_bold(const struct term *t);
const char *term_off(const struct term *t);
/* A paragraph wrapped to the width: `first` before its first line, as many blanks before the others. */
void term_paragraph(const struct term *t, const char *first, const char *text, enum tone tone);
void term_heading(const struct term *t, const char *text);
void term_table(const struct term *t, const struct table *table);

#endif
