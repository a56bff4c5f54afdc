/* json_out.c - the little that commands need around Jansson. */
#include "cli/json_out.h"
#include <math.h>

json_t *json_out_text(const char *text)
{
    return text ? json_string(text) : json_null();
}

json_t *json_out_number(double v)
{
    return isfinite(v) ? json_real(v) : json_null();
}

bool json_out_write(FILE *out, json_t *root)
{
    const bool well = root && json_dumpf(root, out, JSON_INDENT(2)) == 0 && fputc('\n', out) != EOF;
    json_decref(root);
    return well;
}
