/* guest.c - threads of a VM on its VPs. */
#include "model/host/guest.h"
#include "model/host/sched.h"

static bool queue_empty(const struct vm *vm)
{
    return vm->queue == NULL;
}

static void book_areas(struct vm *vm)
{
    const sim_ns now = vm->run->sim.now;
    const double dt = (double)(now - vm->area_since);
    vm->queue_area += (double)vm->queued * dt;
    vm->present_area += (double)vm->active * dt;
    vm->area_since = now;
}

void guest_count_active(struct vm *vm, int change)
{
    book_areas(vm);
    vm->active += change;
}

double guest_queue_area(const struct vm *vm)
{
    return vm->queue_area + (double)vm->queued * (double)(vm->run->sim.now - vm->area_since);
}

double guest_present_area(const struct vm *vm)
{
    return vm->present_area + (double)vm->active * (double)(vm->run->sim.now - vm->area_since);
}

static void queue_push(struct vm *vm, struct burst *b)
{
    book_areas(vm);
    b->next = NULL;
    if (vm->queue_tail)
        vm->queue_tail->next = b;
    else
        vm->queue = b;
    vm->queue_tail = b;
    vm->queued++;
}

static struct burst *queue_pop(struct vm *vm)
{
    struct burst *b = vm->queue;
    if (!b)
        return NULL;
    book_areas(vm);
    vm->queue = b->next;
    if (!vm->queue)
        vm->queue_tail = NULL;
    vm->queued--;
    return b;
}

static void vp_take_thread(struct vp *vp, struct burst *b)
{
    vp->burst = b;
    b->vp = vp;
    vp->slice_left = vp->vm->spec->guest_quantum_ns;
}

static void mark_idle(struct vp *vp)
{
    if (!vp->vm)
        return;
    vp->vm->idle[vp->index / 64] |= UINT64_C(1) << (vp->index % 64);
    guest_count_active(vp->vm, -1);
}

static void mark_busy(struct vp *vp)
{
    if (!vp->vm)
        return;
    vp->vm->idle[vp->index / 64] &= ~(UINT64_C(1) << (vp->index % 64));
    guest_count_active(vp->vm, 1);
}

static bool vp_idle(const struct vp *vp)
{
    return vp->vm ? vp->vm->idle[vp->index / 64] >> (vp->index % 64) & 1 : vp->state == VP_IDLE;
}

/* The thread's last VP if it is idle, else the lowest idle one, else NULL. */
static struct vp *find_idle(const struct vm *vm, const struct burst *b)
{
    if (b->vp && b->vp->vm == vm && vp_idle(b->vp))
        return b->vp;
    for (int word = 0; word * 64 < vm->vps; word++)
        if (vm->idle[word])
            return &vm->vp[word * 64 + __builtin_ctzll(vm->idle[word])];
    return NULL;
}

static void burst_begin(struct burst *b)
{
    b->lp_wait_ns = 0.0;
    b->hypervisor_ns = 0.0;
}

void guest_submit(struct vm *vm, struct burst *b)
{
    struct vp *vp = vm->continuing;
    burst_begin(b);
    if (vp && !vp->burst && vp->slice_left >= 1.0) {
        vp->burst = b; /* the thread goes on in its time slice */
        b->vp = vp;
        vm->continuing = NULL;
        return;
    }
    vp = find_idle(vm, b);
    if (!vp) {
        queue_push(vm, b);
        return;
    }
    vp_take_thread(vp, b);
    mark_busy(vp);
    sched_ready(vp);
}

static void interrupt_push(struct vp *vp, struct burst *b)
{
    b->next = NULL;
    b->vp = vp;
    if (vp->interrupt)
        vp->interrupt_tail->next = b;
    else
        vp->interrupt = b;
    vp->interrupt_tail = b;
}

void guest_interrupt_vp(struct vp *vp, struct burst *b)
{
    burst_begin(b);
    sched_before_change(vp);
    const bool idle = vp_idle(vp) && !vp->suspended && vp->state == VP_IDLE;
    if (!vp->vm)
        vp->host->lp[vp->pinned].interrupts++;
    interrupt_push(vp, b);
    if (idle) {
        mark_busy(vp);
        sched_ready(vp);
    } else {
        sched_after_change(vp);
    }
}

void guest_interrupt(struct vm *vm, int index, struct burst *b)
{
    struct vp *vp = index >= 0 ? &vm->vp[index] : find_idle(vm, b);
    if (!vp)
        vp = b->vp && b->vp->vm == vm ? b->vp : &vm->vp[0];
    guest_interrupt_vp(vp, b);
}

static struct burst *pop_active(struct vp *vp)
{
    struct burst *b = vp->interrupt;
    if (b) {
        vp->interrupt = b->next;
        return b;
    }
    b = vp->burst;
    vp->burst = NULL;
    return b;
}

/* A VP whose thread has ended takes the next one, or is idle. */
static void take_next(struct vp *vp)
{
    if (vp->vm && !vp->burst && !queue_empty(vp->vm))
        vp_take_thread(vp, queue_pop(vp->vm));
    if (!guest_active(vp))
        mark_idle(vp);
}

void guest_complete(struct vp *vp)
{
    struct run *run = vp->host->run;
    const bool interrupt = vp->interrupt != NULL;
    struct burst *b = pop_active(vp);
    for (int i = 0; b->account && i < ACCOUNTS; i++) {
        vp->host->account[i] += b->hypervisor_ns * b->account[i];
        vp->account[i] += b->hypervisor_ns * b->account[i];
    }
    vp->suspended = b->suspends;
    if (vp->vm && !interrupt && !b->suspends)
        vp->vm->continuing = vp;
    b->done(run, b); /* b belongs to its owner again, and may be running elsewhere by now */
    if (vp->vm)
        vp->vm->continuing = NULL;
    if (!vp->suspended)
        take_next(vp);
}

void guest_resume(struct vp *vp)
{
    vp->suspended = false;
    if (vp->state != VP_SUSPENDED)
        return; /* still inside guest_complete, which goes on with it */
    take_next(vp);
    if (guest_active(vp))
        sched_ready(vp);
    else
        vp->state = VP_IDLE;
}

void guest_rotate(struct vp *vp)
{
    struct vm *vm = vp->vm;
    if (vm && !queue_empty(vm)) {
        struct burst *out = vp->burst;
        vp_take_thread(vp, queue_pop(vm));
        queue_push(vm, out);
    } else {
        vp->slice_left = vm ? vm->spec->guest_quantum_ns : 1e18;
    }
}
