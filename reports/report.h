/* report.h - results out. Sees model/base and model/host/result.h only.
 *
 * Does      writes one struct result as JSON, text, Markdown, CSV or one-file HTML; reads a result JSON back;
 *           writes counter logs as PDH-CSV
 * Errors    writing returns false when the stream failed; reading collects located errors
 */
#ifndef HVPLAN_REPORTS_REPORT_H
#define HVPLAN_REPORTS_REPORT_H

#include "model/host/result.h"
#include <stdbool.h>
#include <stdio.h>

struct text_style {
    int width;    /* columns of the terminal, 80 if unknown */
    bool color;   /* ANSI colours */
    bool unicode; /* bars and lines; plain ASCII otherwise */
    bool verbose; /* every metric, not only the ones that matter */
};

bool report_json(FILE *out, const struct result *r);
bool report_text(FILE *out, const struct result *r, const struct text_style *style);
bool report_markdown(FILE *out, const struct result *r);
bool report_csv(FILE *out, const struct result *r);
bool report_html(FILE *out, const struct result *r);

/* NULL after errors. */
struct result *report_read(struct arena *a, const char *path, struct errs *e);

/* PDH-CSV 4.0 as PerfMon writes it: quoted, CRLF, a first row whose rates are " ", UTC bias 0.
 * start: seconds since 1970. */
bool report_perfmon(FILE *out, const struct counter_log *log, int64_t start_s);

#endif
