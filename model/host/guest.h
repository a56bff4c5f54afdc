/* guest.h - threads of a VM on its VPs.
 *
 * Does      shares a VM's VPs among its threads by the guest's quantum; interrupts run before threads on the VP they hit;
 *           a thread that ends a burst and has more to do goes on without queueing again
 * Order     FIFO queue of threads; round robin by quantum
 */
#ifndef HVPLAN_HOST_GUEST_H
#define HVPLAN_HOST_GUEST_H

#include "model/host/run.h"

/* A thread wants to run. burst->left = total > 0. */
void guest_submit(struct vm *vm, struct burst *b);
/* An interrupt (or DPC) for VP `index`, or any VP if index < 0. */
void guest_interrupt(struct vm *vm, int index, struct burst *b);
/* The same for one VP; root VPs take all their work this way. */
void guest_interrupt_vp(struct vp *vp, struct burst *b);
/* Ends the suspension that a burst with `suspends` left behind. */
void guest_resume(struct vp *vp);
/* The scheduler's side: what the VP should run now; NULL = nothing. */
static inline struct burst *guest_active(const struct vp *vp)
{
    return vp->interrupt ? vp->interrupt : vp->burst;
}
/* The active burst has ended: calls its done, takes the next thread. */
void guest_complete(struct vp *vp);
/* The guest's quantum has ended. */
void guest_rotate(struct vp *vp);
/* The VP went from idle to work or back. */
void guest_count_active(struct vm *vm, int change);
double guest_queue_area(const struct vm *vm);
double guest_present_area(const struct vm *vm);

#endif
