/* report_json.h - the result inside the HTML report.
 *
 * Does      writes the same JSON as report_json, with "<" escaped, for a <script type="application/json">
 */
#ifndef HVPLAN_REPORTS_REPORT_JSON_H
#define HVPLAN_REPORTS_REPORT_JSON_H

#include "model/host/result.h"
#include <stdio.h>

void report_json_in_html(FILE *out, const struct result *r);

#endif
