/* json_out.h - the little that commands need around Jansson. */
#ifndef HVPLAN_CLI_JSON_OUT_H
#define HVPLAN_CLI_JSON_OUT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* NULL becomes null. */
json_t *json_out_text(const char *text);
/* NaN and infinities become null. */
json_t *json_out_number(double v);
/* Writes and releases `root`. */
bool json_out_write(FILE *out, json_t *root);

#endif
