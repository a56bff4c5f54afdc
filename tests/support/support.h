/* support.h - what every test file needs: cmocka and assertions on doubles.
 *
 * cmocka 1.1.5 compares doubles as float; use assert_close.
 */
#ifndef HVPLAN_TESTS_SUPPORT_H
#define HVPLAN_TESTS_SUPPORT_H

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */
#include <stdbool.h>

/* |actual - expected| <= rel x |expected| (<= rel when expected is 0). NaN never passes unless expected is
 * NaN. rel above 0.05 is refused: such a test says nothing. */
#define assert_close(actual, expected, rel)                                                                  \
    support_close((actual), (expected), (rel), #actual, __FILE__, __LINE__)
void support_close(double actual, double expected, double rel, const char *text, const char *file, int line);

/* Statistical acceptance: |mean - truth| <= 4 standard errors and the standard error < 0.5 % of truth. */
#define assert_statistical(mean, std_error, truth)                                                           \
    support_statistical((mean), (std_error), (truth), #mean, __FILE__, __LINE__)
void support_statistical(double mean, double std_error, double truth, const char *text, const char *file,
                         int line);
/* The same rule as a predicate: a twin that is 5 % off must yield false. */
bool support_statistically_equal(double mean, double std_error, double truth);

/* fn(arg), called in a child process, ends the program and writes `text` to stderr ("" = anything). */
#define assert_dies(fn, arg, text) support_dies((fn), (arg), (text), #fn, __FILE__, __LINE__)
void support_dies(void (*fn)(void *), void *arg, const char *text, const char *name, const char *file,
                  int line);

#endif
