/* view_queues.h - queues of links and disks over time.
 *
 * Does      a row a queue and scenario: mean, highest and last part of the time, and its course as a line of blocks
 * Order     queues as the scenarios list them (the longest first), scenarios of one queue below each other
 */
#ifndef HVPLAN_REPORTS_VIEW_QUEUES_H
#define HVPLAN_REPORTS_VIEW_QUEUES_H

#include "reports/view.h"

void view_queues(const struct view_context *c, struct view_section *s);

#endif
