/* text.h - names: nearest match, legal names, hashing, number printing.
 *
 * Owns      nothing; results go to the caller's arena
 */
#ifndef HVPLAN_BASE_TEXT_H
#define HVPLAN_BASE_TEXT_H

#include "model/base/arena.h"
#include <stdbool.h>
#include <stdint.h>

/* The candidate nearest to `name` (Damerau-Levenshtein, no regard to case) if it is near enough to be a
 * typing slip (distance <= 1 + length / 4 and less than the length), the first of several equally near; else
 * the only one that goes on behind `name` with '_'; else NULL. */
const char *text_nearest(const char *name, const char *const *candidates, size_t n);
/* [A-Za-z0-9_-]{1,64} */
bool text_is_name(const char *s);
/* A legal name made of `label`: other characters become '_', runs squeezed, cut at 64; "x" if nothing is
 * left. */
char *text_to_name(struct arena *a, const char *label);
/* FNV-1a, 64 bit: names of random streams. */
uint64_t text_hash(const char *s);
/* Equality without regard to ASCII case. */
bool text_same(const char *a, const char *b);
/* Shortest decimal that reads back as the same double ("0.1", "1e+30"); no locale. */
char *text_double(struct arena *a, double v);
/* The same with `digits` significant digits (1..17), trailing zeros dropped. */
char *text_number(struct arena *a, double v, int digits);
/* Reads [+-]digits[.digits][e[+-]digits] at `s` as that number x 10^shift, correctly rounded, in any locale;
 * at most 100 characters before the exponent. Returns where it ends, or NULL if there is no number (then
 * *value is untouched). A number beyond the range of double gives infinity. */
const char *text_scan_number(const char *s, int shift, double *value);
/* SHA-256 of a buffer as 64 hex digits, for provenance. */
char *text_sha256(struct arena *a, const void *data, size_t n);

#endif
