/* steps.h - stages of CPU, external, pool, lock, fork and message instructions.
 *
 * Does      each stage does one transition and returns true if it is over at once
 */
#ifndef HVPLAN_HOST_STEPS_H
#define HVPLAN_HOST_STEPS_H

#include "model/host/job.h"

/* Puts a burst of `native` reference ns of the job's own and `o` of overhead on a VP of `vm`; the phase is charged to
 * row_vcpu / row_lp of `p`. interrupt: at interrupt level, on vCPU 0 where the version has one channel only. */
bool steps_burst(struct job *j, struct vm *vm, double native, double tax, const struct overhead *o,
                 bool interrupt);
/* The same at interrupt level, on VP `index` of the VM (< 0: any); overhead alone. */
bool steps_interrupt(struct job *j, struct vm *vm, int index, const struct overhead *o);
/* Intercepted on the suspended VP `vp`, which runs it when it resumes and is Suspended again after it. */
void steps_exit(struct job *j, struct vp *vp, double hypervisor_ns);
/* A burst on a root VP (index < 0: any), all of it overhead; charged to `row`. */
bool steps_root(struct job *j, struct host *h, int index, double ns, int row);
/* A pure delay; the phase (job_phase) is charged to `row` when it ends. */
bool steps_delay(struct job *j, double ns, int row);
/* Takes a server of `s` until steps_release; the wait is charged to `row`. s NULL: nothing to take, but released alike. */
bool steps_hold(struct job *j, struct station *s, int row);
/* Gives back what was taken last. */
void steps_release(struct job *j);
bool steps_cpu(struct job *j, const struct instruction *in, const struct plan *p);
bool steps_cpu_parts(struct job *j, const struct instruction *in, const struct plan *p);
bool steps_cpu_part(struct job *j, const struct instruction *in, const struct plan *p);
bool steps_spawn(struct job *j, const struct instruction *in, const struct plan *p);
bool steps_external(struct job *j, const struct instruction *in, const struct plan *p);
bool steps_pool(struct job *j, const struct instruction *in, const struct plan *p);
bool steps_enter(struct job *j, const struct instruction *in, const struct plan *p);
bool steps_lock(struct job *j, const struct instruction *in, const struct plan *p);
bool steps_leave(struct job *j, const struct instruction *in, const struct plan *p);
bool steps_fork(struct job *j, const struct instruction *in, const struct plan *p);

#endif
