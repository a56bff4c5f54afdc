/* view_observers.h - the section that shows the same processors as each observer sees them.
 *
 * Does      fills one section, see view.h
 * Order     hosts, then VMs, each in all scenarios
 */
#ifndef HVPLAN_REPORTS_VIEW_OBSERVERS_H
#define HVPLAN_REPORTS_VIEW_OBSERVERS_H

#include "reports/view.h"

void view_observers_processors(const struct view_context *c, struct view_section *s);

#endif
