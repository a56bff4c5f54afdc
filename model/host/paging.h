/* paging.h - hard faults as part of the jobs that fault.
 *
 * Does      cuts a burst of CPU work at its faults; each takes the guest's CPU and a page read through the whole virtual
 *           path of the VM's first disk that its own initiator (iSCSI) does not have to reach, and now and then a write
 * Units     reference ns
 * Shape     a VM without a disk faults for its CPU only
 * Order     OP_CPU or OP_CPU_PART, then OP_FAULT, then OP_PAGE_OUT (program.c emits them where memory can lack)
 * Source    parameters page_rate, fault_cpu, page_writes of mechanism `memory`
 */
#ifndef HVPLAN_HOST_PAGING_H
#define HVPLAN_HOST_PAGING_H

#include "model/host/job.h"

#define PAGING_PAGE_BYTES 4096.0
#define PAGING_RUN 16.0 /* modified pages are written together */

/* Index of the VM's disk with the paging file; -1 = it has none. */
int paging_disk(const struct vm_spec *vm);

/* First piece of `native` ns of the job's own work; the others follow its faults. */
double paging_cut(struct job *j, const struct instruction *in, const struct plan *p, double native);
/* How often an OP_FAULT or OP_PAGE_OUT is done. */
int paging_operations(struct job *j, const struct instruction *in);
/* Means of both for `native` ns, at the VM's memory now. */
double paging_expected(const struct instruction *in, const struct plan *p, double native);

/* Stages around those of a disk operation. */
bool paging_trap(struct job *j, const struct instruction *in, const struct plan *p);
bool paging_go_on(struct job *j, const struct instruction *in, const struct plan *p);
bool paging_out(struct job *j, const struct instruction *in, const struct plan *p);
bool paging_out_done(struct job *j, const struct instruction *in, const struct plan *p);

#endif
