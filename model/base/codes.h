/* codes.h - the one table of warning codes; every layer takes its codes from here.
 *
 * Does      code, title, meaning, what to do; for warnings in results, `hvplan explain W301` and the docs
 * Shape     W1xx model file, W2xx log and calibration, W3xx simulation, W4xx unsupported configuration
 * Order     by code; a code is never given to something else
 */
#ifndef HVPLAN_BASE_CODES_H
#define HVPLAN_BASE_CODES_H

#include <stddef.h>

struct code_row {
    const char *code;   /* "W301" */
    const char *title;  /* a few words */
    const char *text;   /* what it means */
    const char *advice; /* what to do */
};
extern const struct code_row codes_rows[];
extern const size_t codes_count;

/* NULL if there is no such code. */
const struct code_row *codes_find(const char *code);

#endif
