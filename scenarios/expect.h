/* expect.h - what a row expects, in words, and what is wrong with what was found.
 *
 * Does      error texts of bind.c; also the allowed values of `explain`
 * Owns      texts live in the arena given
 */
#ifndef HVPLAN_SCENARIOS_EXPECT_H
#define HVPLAN_SCENARIOS_EXPECT_H

#include "scenarios/shape.h"
#include "scenarios/yamltree.h"

/* "whole number such as 8, 1 to 512" */
char *expect_value(struct arena *a, const struct key_row *row);
/* "1 to 512", or NULL where the row has no range. */
char *expect_range(struct arena *a, const struct key_row *row);
/* Error text for a node of the wrong kind. */
char *expect_kind(struct arena *a, const struct key_row *row, const struct node *found);
/* Reads a number of the row's unit and range; returns the error text or NULL. */
char *expect_number(struct arena *a, const struct key_row *row, const char *text, double *value);
/* Is `word` one of the words of `words`, which blanks part? */
bool expect_has_word(const char *words, const char *word);
/* "call lock" -> "call or lock" */
char *expect_or(struct arena *a, const char *words);

#endif
