/* terminal.h - what the stream can show: width, colours, more than ASCII. */
#ifndef HVPLAN_CLI_TERMINAL_H
#define HVPLAN_CLI_TERMINAL_H

#include "cli/session.h"
#include "reports/report.h"

/* NO_COLOR and streams that are no terminal: no colours. COLUMNS counts where there is no terminal. */
struct text_style terminal_style(const struct session *s, FILE *stream);
int terminal_width(FILE *stream);

#endif
