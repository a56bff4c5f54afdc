/* storage.c - virtual disks through the root to physical disks. */
#include "model/host/storage.h"
#include "model/host/device.h"
#include "model/host/exits.h"
#include "model/host/steps.h"
#include <math.h>

#define NORMAL_BYTES                                                                                         \
    8192.0 /* learn.microsoft.com, Hyper-V storage I/O performance: IOPS are normalized to 8 KB */

double storage_expected(const struct step *s, const struct plan *p)
{
    const double count = (double)(s->count > 0 ? s->count : 1) * p->pieces;
    if (p->skipped)
        return 0.0;
    return s->kind == STEP_WRITE ? count : count * p->vm->read_factor;
}

int storage_operations(struct job *j, const struct instruction *in)
{
    const struct plan *p = job_plan(j, in);
    const double factor = p->vm->read_factor; /* a smaller file cache */
    const int count = in->step->count > 0 ? in->step->count : 1;
    if (p->skipped)
        return 0;
    if (in->step->kind == STEP_WRITE || factor <= 1.0)
        return count * p->pieces;
    return device_count(count * factor, &j->rng) * p->pieces;
}

double storage_quota_ns(const struct plan *p)
{
    const double most = p->disk->spec->maximum_iops;
    return most > 0.0 ? ceil(p->bytes / NORMAL_BYTES) / most * 1e9 : 0.0;
}

/* ---- guest and root side ---- */

bool storage_channel(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    return p->disk->channel ? steps_hold(j, p->disk->channel, p->row_device) : true;
}

bool storage_submit(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    const bool done = steps_burst(j, p->vm, 0.0, 0.0, &p->submit, false);
    if (!done)
        j->burst.suspends = p->trips.submit > 0;
    return done;
}

bool storage_exits(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    return exits_walk(j, p->vm, p->trips.submit, &p->trips, p->row_root);
}

bool storage_root(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    return steps_root(j, p->vm->host, -1, p->root_ns, p->row_root);
}

bool storage_delay(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    job_phase(j, 0.0, p->latency_ns);
    return steps_delay(j, p->latency_ns, p->row_device);
}

/* Storage QoS as a token bucket: an operation counts as many as 8 KiB go into it, and what was not used of the maximum
 * lately may be used later. */
bool storage_throttle(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    struct vdisk *v = p->disk;
    const double quota = storage_quota_ns(p);
    if (quota <= 0.0)
        return true;
    const double now = (double)job_run(j)->sim.now;
    const double start = fmax(now, v->qos_due_ns - v->qos_burst_ns);
    v->qos_due_ns = fmax(start, v->qos_due_ns) + quota;
    job_phase(j, 0.0, 0.0);
    return steps_delay(j, start - now, p->row_device);
}

static void account(struct job *j, const struct instruction *in, const struct plan *p)
{
    const bool write = in->step->kind == STEP_WRITE;
    const double ns = (double)(job_run(j)->sim.now - j->device_since);
    device_view(p->device, -1);
    device_account(&p->disk->done, write, p->bytes, ns);
    device_account(&p->device->done, write, p->bytes, ns);
}

bool storage_complete(struct job *j, const struct instruction *in, const struct plan *p)
{
    account(j, in, p);
    const bool done = steps_burst(j, p->vm, 0.0, 0.0, &p->complete, true);
    if (!done)
        j->burst.suspends = p->trips.complete > 0;
    return done;
}

bool storage_leave(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    if (!exits_walk(j, p->vm, p->trips.complete, &p->trips, p->row_root))
        return false;
    if (p->disk->channel)
        steps_release(j);
    return true;
}

/* ---- an initiator in the guest: the loop around request, LUN and answer (program.c) ---- */

bool storage_loop(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)p;
    j->loop = storage_operations(j, in);
    return true;
}

bool storage_served(struct job *j, const struct instruction *in, const struct plan *p)
{
    account(j, in, p);
    return true;
}

bool storage_finish(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    return steps_burst(j, p->vm, 0.0, 0.0, &p->complete, false);
}
