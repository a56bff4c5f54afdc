/* resolve_cpu.h - completes the processors of one host from their generation. */
#ifndef HVPLAN_SCENARIOS_RESOLVE_CPU_H
#define HVPLAN_SCENARIOS_RESOLVE_CPU_H

#include "scenarios/resolve.h"

/* What the file does not state comes from the generation, else from what is usual. */
void resolve_cpu(struct resolve *r, int host);
/* Warning W104 for each stated value that the generation contradicts; the stated one holds. */
void resolve_cpu_check(struct resolve *r, int host);

#endif
