/* emit_cpu.h - the processor half of a counter log: what each observer of the same processors sees.
 *
 * Does      logical processors, partitions, virtual processors with their intercept classes; the root's own view; each guest's
 * Order     hosts as the model lists them; on each: the hypervisor, LPs, root VPs, the root's processors, VMs
 * Source    TLFS 2.0a, appendix J; what root and guests see: Eales 2016-10-24, BizTalk Server Hyper-V Guide
 */
#ifndef HVPLAN_HOST_EMIT_CPU_H
#define HVPLAN_HOST_EMIT_CPU_H

#include "model/host/sheet.h"

/* A machine without Hyper-V. */
void emit_cpu_native(struct sheet *s, const struct host *h);
/* The hypervisor, its LPs and root VPs, and what Task Manager in the root shows. */
void emit_cpu_host(struct sheet *s, const struct host *h);
/* The virtual processors of a VM, as its host sees them. */
void emit_cpu_vm(struct sheet *s, const struct vm *vm);
/* What the VM logs of itself. */
void emit_cpu_guest(struct sheet *s, const struct vm *vm);

#endif
